#include "learning/signals/calibration.h"

#include "base/random.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

struct Sample {
    std::vector<double> scores;
    std::vector<std::uint8_t> answers;
};

/// Yes with the probability that `slope` times the score and `offset` are the log odds of.
Sample sample(std::size_t count, std::uint64_t seed, double slope, double offset)
{
    base::Generator generator(seed);
    Sample out;
    for (std::size_t row = 0; row < count; ++row) {
        const double score = 2 * generator.normal();
        out.scores.push_back(score);
        out.answers.push_back(generator.uniform() < 1 / (1 + std::exp(-(slope * score + offset))) ? 1 : 0);
    }
    return out;
}

Reliability reliability(const Sample& sample, const Calibration& calibration)
{
    std::vector<double> probabilities;
    for (const double score : sample.scores)
        probabilities.push_back(calibration.probability(score));
    return reliabilityOf(probabilities, sample.answers);
}

} // namespace

class CalibrationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsSlopeAndOffset()
    {
        const Sample known = sample(40'000, 1, 0.4, -1);
        const auto fitted = fitCalibration(known.scores, known.answers);
        QVERIFY(fitted);
        QVERIFY(std::abs(fitted->slope - 0.4) < 0.02 && std::abs(fitted->offset + 1) < 0.04);
    }

    void makesProbabilitiesOfWhatIsTooSure()
    {
        const Sample known = sample(3000, 1, 0.3, -0.7), unseen = sample(3000, 2, 0.3, -0.7);
        const auto fitted = fitCalibration(known.scores, known.answers);
        const Reliability before = reliability(unseen, {}), after = reliability(unseen, *fitted);
        QVERIFY(after.brier < before.brier - 0.02);
        QVERIFY(after.logLoss < before.logLoss - 0.05);
        QVERIFY(after.calibrationError < 0.05 && before.calibrationError > 0.1);
        QVERIFY(after.brier < after.brierOfRate);
    }

    void neverTurnsARankingRound()
    {
        const Sample known = sample(3000, 1, -0.5, 0.5);
        const auto fitted = fitCalibration(known.scores, known.answers);
        QVERIFY(fitted);
        QCOMPARE(fitted->slope, 0.0);
        const double rate = static_cast<double>(std::ranges::count(known.answers, 1)) / 3000;
        QVERIFY(std::abs(fitted->probability(5) - rate) < 1e-3);
    }

    void staysFiniteWhereAnswersAreParted()
    {
        const std::vector<double> scores{-3, -2, -1, 1, 2, 3};
        const std::vector<std::uint8_t> answers{0, 0, 0, 1, 1, 1};
        const auto fitted = fitCalibration(scores, answers);
        QVERIFY(fitted && std::isfinite(fitted->slope) && fitted->slope > 0);
        const std::vector<double> same(6, 0.5);
        const auto flat = fitCalibration(same, answers);
        QVERIFY(flat && std::abs(flat->probability(0.5) - 0.5) < 1e-6);
    }

    void countsReliability()
    {
        const std::vector<double> said{0.2, 0.2, 0.8, 0.8};
        const std::vector<std::uint8_t> answers{0, 1, 1, 1};
        const Reliability out = reliabilityOf(said, answers);
        QVERIFY(std::abs(out.brier - (0.04 + 0.64 + 0.04 + 0.04) / 4) < 1e-12);
        QVERIFY(std::abs(out.brierOfRate - 0.1875) < 1e-12);
        QVERIFY(std::abs(out.logLoss + (std::log(0.8) + std::log(0.2) + 2 * std::log(0.8)) / 4) < 1e-12);
        QCOMPARE(out.bins.size(), std::size_t{4}); // one each: no bin is empty
        QVERIFY(std::abs(out.calibrationError - (0.2 + 0.8 + 0.2 + 0.2) / 4) < 1e-12);
        const Reliability none = reliabilityOf({}, {});
        QVERIFY(std::isnan(none.brier) && none.bins.empty());
        const std::vector<double> sure{0, 1};
        QVERIFY(std::isfinite(reliabilityOf(sure, std::vector<std::uint8_t>{1, 0}).logLoss));
    }

    void refusesWhatCannotBeFitted()
    {
        const std::vector<double> scores{1, 2};
        QVERIFY(!fitCalibration(scores, std::vector<std::uint8_t>{1, 1}));
        QVERIFY(!fitCalibration(scores, std::vector<std::uint8_t>{1}));
        const std::vector<double> unknown{1, std::numeric_limits<double>::quiet_NaN()};
        QVERIFY(!fitCalibration(unknown, std::vector<std::uint8_t>{1, 0}));
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"

#include "learning/signals/evidence.h"

#include "base/random.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

struct Series {
    std::vector<double> scores;
    std::vector<std::uint8_t> answers;
};

/// Scores and answers that each hang together for a month, and are related by `strength`.
Series series(std::size_t count, std::uint64_t seed, double strength)
{
    base::Generator generator(seed);
    Series out;
    double score = 0, other = 0;
    const double keep = 0.95, fresh = std::sqrt(1 - keep * keep);
    for (std::size_t row = 0; row < count; ++row) {
        score = keep * score + fresh * generator.normal();
        other = keep * other + fresh * generator.normal();
        out.scores.push_back(score);
        out.answers.push_back(strength * score + other > 0.5 ? 1 : 0);
    }
    return out;
}

} // namespace

class EvidenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areaIsTheShareOfPairs()
    {
        const std::vector<double> scores{0.1, 0.4, 0.35, 0.8};
        QCOMPARE(areaUnderCurve(scores, std::vector<std::uint8_t>{0, 0, 1, 1}), 0.75);
        QCOMPARE(areaUnderCurve(scores, std::vector<std::uint8_t>{1, 0, 0, 0}), 0.0);
        const std::vector<double> tied{1, 1, 1, 1};
        QCOMPARE(areaUnderCurve(tied, std::vector<std::uint8_t>{0, 0, 1, 1}), 0.5);
        QVERIFY(std::isnan(areaUnderCurve(scores, std::vector<std::uint8_t>{1, 1, 1, 1})));
    }

    void ranksWithinAStretch()
    {
        // The second model was told of a higher base rate, after which fewer yes came: that says nothing of how well either ranks.
        const std::vector<double> scores{0.1, 0.2, 0.3, 0.8, 0.8, 0.8};
        const std::vector<std::uint8_t> answers{0, 1, 1, 0, 1, 0};
        const std::vector<std::size_t> stretches{0, 0, 0, 1, 1, 1};
        QCOMPARE(areaUnderCurve(scores, answers, stretches), 3.0 / 4);
        QVERIFY(areaUnderCurve(scores, answers) < 0.5);
        QVERIFY(std::isnan(areaUnderCurve(scores, answers, std::vector<std::size_t>{0, 1, 2, 3, 4, 5})));
    }

    void tellsASignalFromLuck()
    {
        const Series real = series(3000, 3, 1);
        const Evidence found = evidenceOf(real.scores, real.answers, {}, {});
        QVERIFY(found.area > 0.7 && found.low > 0.5 && found.low < found.area && found.high > found.area);
        QVERIFY(found.chance < 0.01);
    }

    void blocksForgiveWhatHangsTogether()
    {
        // Series that hang together and have nothing to do with one another: taken day by day, luck would look like skill.
        int rejectedByBlocks = 0, rejectedByDays = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            const Series noise = series(1500, seed, 0);
            rejectedByBlocks += evidenceOf(noise.scores, noise.answers, {}, {.draws = 300}).chance <= 0.05 ? 1 : 0;
            rejectedByDays +=
                evidenceOf(noise.scores, noise.answers, {}, {.block = 1, .draws = 300}).chance <= 0.05 ? 1 : 0;
        }
        QVERIFY2(rejectedByBlocks <= 6, qPrintable(QString::number(rejectedByBlocks)));
        QVERIFY2(rejectedByDays > 8, qPrintable(QString::number(rejectedByDays)));
    }

    void isNotKnownOfLittle()
    {
        const Series few = series(20, 1, 1);
        QVERIFY(std::isnan(evidenceOf(few.scores, few.answers, {}, {}).low));
        const std::vector<double> scores(100, 0.5);
        const Evidence none = evidenceOf(scores, std::vector<std::uint8_t>(100, 0), {}, {});
        QVERIFY(std::isnan(none.area) && std::isnan(none.chance));
        std::stop_source stop;
        stop.request_stop();
        const Series some = series(100, 1, 1);
        QVERIFY(std::isnan(evidenceOf(some.scores, some.answers, {}, {}, stop.get_token()).chance));
    }

    void sameSeedSameFigures()
    {
        const Series some = series(500, 4, 0.5);
        const Evidence a = evidenceOf(some.scores, some.answers, {}, {}),
                       b = evidenceOf(some.scores, some.answers, {}, {});
        QVERIFY(a.low == b.low && a.high == b.high && a.chance == b.chance);
    }
};

QTEST_GUILESS_MAIN(EvidenceTest)
#include "evidence_test.moc"

#include "risk/regimes/gaussian_mixture.h"

#include "base/random.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace vegadesk;
using namespace vegadesk::risk;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

struct Source {
    double weight, x, y, deviationX, deviationY;
};
constexpr std::array<Source, 3> sources{{{0.5, -4, 0, 0.8, 1.2}, {0.3, 2, 3, 1, 0.6}, {0.2, 9, -3, 1.5, 1}}};

std::vector<double> draw(std::size_t count, std::uint64_t seed)
{
    base::Generator generator(seed);
    std::vector<double> values;
    for (std::size_t point = 0; point < count; ++point) {
        const double pick = generator.uniform();
        const Source& source = sources[pick < 0.5 ? 0 : pick < 0.8 ? 1 : 2];
        values.push_back(source.x + source.deviationX * generator.normal());
        values.push_back(source.y + source.deviationY * generator.normal());
    }
    return values;
}

bool isFinite(const GaussianMixture& mixture)
{
    return std::ranges::all_of(mixture.components(), [](const MixtureComponent& component) {
        const auto finite = [](double value) { return std::isfinite(value); };
        return finite(component.weight) && std::ranges::all_of(component.mean, finite) &&
               std::ranges::all_of(component.covariance, finite);
    });
}

} // namespace

class GaussianMixtureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversWhatItWasDrawnFrom_data()
    {
        QTest::addColumn<quint64>("seed");
        for (const quint64 seed : {1, 7, 2026})
            QTest::addRow("seed %llu", seed) << seed;
    }
    void recoversWhatItWasDrawnFrom()
    {
        QFETCH(const quint64, seed);
        constexpr std::size_t count = 2000;
        const std::vector<double> values = draw(count, seed);
        MixtureSettings settings;
        settings.seed = seed;
        const auto fits = fitMixtures({values, 2}, settings);
        QVERIFY(fits && fits->size() >= 3);
        QVERIFY(std::ranges::is_sorted(*fits, {}, &MixtureFit::bic));
        const MixtureFit* fit = &fits->front();
        QCOMPARE(fit->mixture.components().size(), sources.size());
        std::vector<MixtureComponent> found(fit->mixture.components().begin(), fit->mixture.components().end());
        std::ranges::sort(found, {}, [](const MixtureComponent& each) { return each.mean[0]; });
        for (std::size_t at = 0; at < sources.size(); ++at) {
            const double held = count * sources[at].weight;
            QVERIFY(std::abs(found[at].mean[0] - sources[at].x) < 3 * sources[at].deviationX / std::sqrt(held));
            QVERIFY(std::abs(found[at].mean[1] - sources[at].y) < 3 * sources[at].deviationY / std::sqrt(held));
            const double weightError = std::sqrt(sources[at].weight * (1 - sources[at].weight) / count);
            QVERIFY(std::abs(found[at].weight - sources[at].weight) < 3 * weightError);
            const double variance = sources[at].deviationX * sources[at].deviationX;
            QVERIFY(std::abs(found[at].covariance[0] - variance) < 4 * variance * std::sqrt(2 / held));
        }
    }

    void eachStepGains_data()
    {
        QTest::addColumn<int>("components");
        for (int count = 1; count <= 5; ++count)
            QTest::addRow("%d", count) << count;
    }
    void eachStepGains()
    {
        QFETCH(const int, components);
        const std::vector<double> values = draw(300, 3);
        MixtureSettings settings;
        settings.tolerance = 1e-12;
        const auto fit = fitMixture({values, 2}, static_cast<std::size_t>(components), settings);
        QVERIFY(fit);
        QVERIFY(fit->objective.size() >= 2);
        for (std::size_t step = 1; step < fit->objective.size(); ++step)
            QVERIFY(fit->objective[step] >= fit->objective[step - 1] - 1e-9 * std::abs(fit->objective[step]));
    }

    void thinColumnsAndEqualPointsStayFinite_data()
    {
        QTest::addColumn<std::vector<double>>("values");
        base::Generator generator(5);
        std::vector<double> constant, twice, equal, twoPlaces;
        for (int point = 0; point < 100; ++point) {
            const double x = generator.normal();
            constant.insert(constant.end(), {x, 0.1});
            twice.insert(twice.end(), {std::floor(x), std::floor(x)});
            equal.insert(equal.end(), {3.7, -1e9});
            twoPlaces.insert(twoPlaces.end(), {point % 2 == 0 ? 1.0 : 2.0, 1});
        }
        QTest::newRow("a constant column") << constant;
        QTest::newRow("whole numbers on a line") << twice;
        QTest::newRow("one place") << equal;
        QTest::newRow("two places") << twoPlaces;
    }
    void thinColumnsAndEqualPointsStayFinite()
    {
        QFETCH(const std::vector<double>, values);
        const PointsView points{values, 2};
        const auto fits = fitMixtures(points, {});
        QVERIFY(fits && !fits->empty());
        for (const MixtureFit& fit : *fits) {
            QVERIFY(isFinite(fit.mixture));
            QVERIFY(std::isfinite(fit.bic));
            std::vector<double> shares(fit.mixture.components().size());
            for (std::size_t row = 0; row < points.size(); ++row) {
                QVERIFY(std::isfinite(fit.mixture.posterior(points[row], shares)));
                QVERIFY(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-12);
            }
        }
    }

    void aPointFarOutHasAComponentToo()
    {
        const std::vector<double> values = draw(300, 1);
        const auto fit = fitMixture({values, 2}, 3, {});
        QVERIFY(fit);
        std::vector<double> shares(3);
        const std::vector<double> far{1e6, -1e6};
        QVERIFY(std::isfinite(fit->mixture.posterior(far, shares)));
        QVERIFY(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-12);
    }

    void anotherOrderOfComponentsIsTheSameMixture()
    {
        const std::vector<double> values = draw(300, 1);
        const auto fit = fitMixture({values, 2}, 3, {});
        QVERIFY(fit);
        GaussianMixture turned = fit->mixture;
        const std::vector<std::size_t> order{2, 0, 1};
        turned.reorder(order);
        const PointsView points{values, 2};
        std::vector<double> before(3), after(3);
        for (std::size_t row = 0; row < points.size(); ++row) {
            fit->mixture.posterior(points[row], before);
            turned.posterior(points[row], after);
            for (std::size_t at = 0; at < 3; ++at)
                QVERIFY(std::abs(after[at] - before[order[at]]) < 1e-12);
        }
    }

    void densityIsTheGaussians()
    {
        // Two independent columns, and weights of a half on one and the same Gaussian.
        const auto mixture = GaussianMixture::from({{0.5, {1, 2}, {4, 0, 0, 9}}, {0.5, {1, 2}, {4, 0, 0, 9}}});
        QVERIFY(mixture);
        const std::vector<double> point{3, -1};
        const double expected = -std::log(2 * 3.14159265358979323846 * 6) - 0.5 * (1 + 1);
        QVERIFY(std::abs(mixture->logDensity(point) - expected) < 1e-14);
        const auto slanted = GaussianMixture::from({{1, {0, 0}, {2, 1, 1, 2}}}); // inverse (2, −1; −1, 2) / 3
        const std::vector<double> off{1, -2};
        QVERIFY(std::abs(slanted->logDensity(off) + std::log(2 * 3.14159265358979323846 * std::sqrt(3.0)) +
                         0.5 * (2 + 8 + 4) / 3) < 1e-14);
    }

    void namesWhatIsWrong_data()
    {
        QTest::addColumn<std::vector<double>>("values");
        QTest::addColumn<int>("dimension");
        QTest::addColumn<int>("components");
        QTest::addColumn<double>("ridge");
        QTest::addColumn<QString>("field");
        const std::vector<double> good = draw(50, 1);
        std::vector<double> holed = good;
        holed[7] = notANumber;
        QTest::newRow("dimension") << good << 3 << 1 << 1e-3 << "dimension";
        QTest::newRow("none") << good << 2 << 0 << 1e-3 << "components";
        QTest::newRow("too many") << good << 2 << 17 << 1e-3 << "components";
        QTest::newRow("too few points") << draw(5, 1) << 2 << 1 << 1e-3 << "points";
        QTest::newRow("no points") << std::vector<double>{} << 2 << 1 << 1e-3 << "points";
        QTest::newRow("not a number") << holed << 2 << 1 << 1e-3 << "value 7";
        QTest::newRow("ridge") << good << 2 << 1 << 0.0 << "ridge";
    }
    void namesWhatIsWrong()
    {
        QFETCH(const std::vector<double>, values);
        QFETCH(const int, dimension);
        QFETCH(const int, components);
        QFETCH(const double, ridge);
        QFETCH(const QString, field);
        MixtureSettings settings;
        settings.ridge = ridge;
        const auto fit =
            fitMixture({values, static_cast<std::size_t>(dimension)}, static_cast<std::size_t>(components), settings);
        QVERIFY(!fit);
        QCOMPARE(QString::fromStdString(fit.error().field), field);
        QVERIFY(!GaussianMixture::from({{1, {0, 0}, {1, 2, 2, 1}}})); // not positive definite
        QVERIFY(!GaussianMixture::from({{0.7, {0}, {1}}, {0.7, {0}, {1}}}));
    }

    void aComponentHoldsItsShareOrThereIsNone()
    {
        const std::vector<double> values = draw(300, 1);
        MixtureSettings settings;
        settings.shareLeast = 0.4; // three cannot
        QVERIFY(!fitMixture({values, 2}, 3, settings));
        const auto fits = fitMixtures({values, 2}, settings);
        QVERIFY(fits);
        QVERIFY(std::ranges::all_of(*fits, [](const MixtureFit& fit) { return fit.mixture.components().size() < 3; }));
    }

    void aRefitStaysWhereItStands()
    {
        const std::vector<double> values = draw(2000, 1), others = draw(2000, 2);
        MixtureSettings settings;
        settings.tolerance = 1e-9;
        const auto fit = fitMixture({values, 2}, 3, settings);
        QVERIFY(fit);
        const auto again = refitMixture({values, 2}, fit->mixture, settings);
        QVERIFY(again && std::abs(again->logLikelihood - fit->logLikelihood) < 1e-3);
        const auto moved = refitMixture({others, 2}, fit->mixture, settings);
        QVERIFY(moved);
        for (std::size_t at = 0; at < 3; ++at) // by name: no component has changed places
            QVERIFY(std::abs(moved->mixture.components()[at].mean[0] - fit->mixture.components()[at].mean[0]) < 0.5);
        QVERIFY(!refitMixture({values, 1}, fit->mixture, settings));
    }

    void sameSeedSameBits()
    {
        const std::vector<double> values = draw(300, 1);
        const auto first = fitMixture({values, 2}, 4, {}), second = fitMixture({values, 2}, 4, {});
        QVERIFY(first && second);
        QVERIFY(first->objective == second->objective);
        QVERIFY(first->logLikelihood == second->logLikelihood);
    }
};

QTEST_GUILESS_MAIN(GaussianMixtureTest)
#include "gaussian_mixture_test.moc"

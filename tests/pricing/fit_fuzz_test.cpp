#include "any_double.h"
#include "base/random.h"
#include "pricing/calibration/calibration.h"
#include "pricing/surface/slice_arbitrage.h"
#include "pricing/surface/surface_fit.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;
using fuzz::anyDouble;

namespace
{

/// One expiry of a market that has lost its mind: a level, a tilt and noise that no model can follow.
std::vector<double> wildVols(base::Generator& generator, std::size_t count)
{
    const double level = std::exp(generator.uniform(std::log(0.03), std::log(3)));
    const double tilt = generator.uniform(-0.5, 0.5), noise = generator.uniform(0, 0.5);
    std::vector<double> out;
    for (std::size_t i = 0; i < count; ++i) {
        const double place = static_cast<double>(i) / static_cast<double>(count) - 0.5;
        out.push_back(level * std::exp(tilt * place + noise * generator.uniform(-1, 1)));
    }
    return out;
}

calibration::Slice wildSlice(base::Generator& generator)
{
    calibration::Slice out;
    out.market = {std::exp(generator.uniform(0, 8)), generator.uniform(-0.02, 0.15), generator.uniform(-0.02, 0.15)};
    out.years = std::exp(generator.uniform(std::log(0.003), std::log(5)));
    const auto count = static_cast<std::size_t>(generator.integer(4, 14));
    out.vols = wildVols(generator, count);
    for (std::size_t i = 0; i < count; ++i)
        out.strikes.push_back(out.market.spot *
                              std::exp(out.vols[i] * std::sqrt(out.years) * generator.uniform(-2.5, 2.5)));
    if (generator.integer(0, 1) == 1) {
        for (std::size_t i = 0; i < count; ++i)
            out.weights.push_back(generator.uniform(0, 100));
    }
    return out;
}

/// One number of a slice replaced by anything.
void spoil(calibration::Slice& slice, base::Generator& generator)
{
    const auto row =
        static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(slice.strikes.size()) - 1));
    const std::array numbers{&slice.market.spot, &slice.market.rate,  &slice.market.dividendYield,
                             &slice.years,       &slice.strikes[row], &slice.vols[row]};
    *numbers[static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(numbers.size()) - 1))] =
        anyDouble(generator);
}

SmileQuotes wildSmile(base::Generator& generator, double years)
{
    SmileQuotes out;
    out.years = years;
    out.forward = 100;
    const auto count = static_cast<std::size_t>(generator.integer(1, 25));
    const std::vector<double> vols = wildVols(generator, count);
    double k = -generator.uniform(0.1, 2.5) * vols.front() * std::sqrt(years);
    for (const double vol : vols) {
        const double half = vol * generator.uniform(0, 0.2);
        out.add(k, vol - half, vol, vol + half, std::max(leastQuoteError, half));
        k += generator.uniform(0.01, 0.4) * vol * std::sqrt(years);
    }
    return out;
}

std::vector<SmileQuotes> wildSurface(base::Generator& generator)
{
    std::vector<SmileQuotes> out;
    double years = 0;
    for (auto left = generator.integer(1, 6); left > 0; --left) {
        years += std::exp(generator.uniform(std::log(0.003), std::log(1)));
        out.push_back(wildSmile(generator, years));
    }
    return out;
}

bool isWithinBox(const HestonParameters& each)
{
    const auto isIn = [](double value, double low, double high) {
        return value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
    };
    return isIn(each.v0, 1e-5, 4) && isIn(each.kappa, 1e-3, 100) && isIn(each.theta, 1e-5, 4) &&
           isIn(each.sigma, 1e-3, 20) && std::abs(each.rho) <= 0.999 + 1e-9;
}

bool isWithinBox(const MertonParameters& each)
{
    return each.vol >= 1e-3 * (1 - 1e-9) && each.vol <= 5 * (1 + 1e-9) && each.intensity >= 1e-3 * (1 - 1e-9) &&
           each.intensity <= 50 * (1 + 1e-9) && std::abs(each.jumpMean) <= 2 &&
           each.jumpDeviation >= 1e-3 * (1 - 1e-9) && each.jumpDeviation <= 2 * (1 + 1e-9);
}

bool isWithinBox(const BatesParameters& each)
{
    return isWithinBox(each.heston) &&
           isWithinBox(MertonParameters{1, each.intensity, each.jumpMean, each.jumpDeviation});
}

/// What every answer must be, whatever was asked.
template<class Parameters>
QByteArray whatIsWrong(const base::Result<calibration::Fit<Parameters>>& fit, std::size_t quotes)
{
    if (!fit)
        return fit.error().field.empty() ? "an error that names nothing" : "";
    if (!isWithinBox(fit->parameters))
        return "parameters outside their box";
    if (fit->residuals.size() != quotes || !std::isfinite(fit->rootMeanSquare))
        return "no errors";
    if (!std::ranges::all_of(fit->residuals, [](double each) { return std::isfinite(each); }))
        return "an error that is no number";
    const auto isOutside = [](const calibration::EdgeParameter& each) {
        return each.name.empty() || !(each.value >= each.low - 1e-9 && each.value <= each.high * (1 + 1e-9));
    };
    return std::ranges::any_of(fit->atEdge, isOutside) ? "an edge that is none" : "";
}

std::size_t countOf(const std::vector<calibration::Slice>& slices)
{
    std::size_t count = 0;
    for (const calibration::Slice& each : slices)
        count += each.strikes.size();
    return count;
}

} // namespace

/// Random quotes into every fit: first from the domain, where there must be an answer and it must keep its promises, then
/// with numbers of any bits among them, where it may refuse by name but not break.
class FitFuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelsFitWildQuotes();
    void modelsSurviveAnything();
    void surfaceHasNoArbitrage();
    void surfaceSurvivesAnything();
};

void FitFuzzTest::modelsFitWildQuotes()
{
    base::Generator generator(1501);
    calibration::Options options;
    options.maxIterations = 12;
    for (int i = 0; i < 60; ++i) {
        const std::vector slices{wildSlice(generator), wildSlice(generator)};
        const std::size_t count = countOf(slices);
        const auto heston = calibration::fitHeston(slices, options);
        const auto merton = calibration::fitMerton(slices, options);
        const auto bates = calibration::fitBates(slices, options);
        const QByteArray round = QByteArray::number(i) + ": ";
        QVERIFY2(heston && merton && bates, round + "not fitted");
        QVERIFY2(whatIsWrong(heston, count).isEmpty(), round + whatIsWrong(heston, count));
        QVERIFY2(whatIsWrong(merton, count).isEmpty(), round + whatIsWrong(merton, count));
        QVERIFY2(whatIsWrong(bates, count).isEmpty(), round + whatIsWrong(bates, count));
    }
}

void FitFuzzTest::modelsSurviveAnything()
{
    base::Generator generator(1502);
    calibration::Options options;
    options.maxIterations = 4;
    int fitted = 0, refused = 0;
    for (int i = 0; i < 150; ++i) {
        std::vector slices{wildSlice(generator), wildSlice(generator)};
        spoil(slices[static_cast<std::size_t>(i % 2)], generator);
        const std::size_t count = countOf(slices);
        const auto heston = calibration::fitHeston(slices, options);
        const auto merton = calibration::fitMerton(slices, options);
        const QByteArray round = QByteArray::number(i) + ": ";
        QVERIFY2(whatIsWrong(heston, count).isEmpty(), round + whatIsWrong(heston, count));
        QVERIFY2(whatIsWrong(merton, count).isEmpty(), round + whatIsWrong(merton, count));
        ++(heston ? fitted : refused);
    }
    QVERIFY(fitted > 0 && refused > 0);
}

void FitFuzzTest::surfaceHasNoArbitrage()
{
    base::Generator generator(1503);
    for (int i = 0; i < 150; ++i) {
        const auto quotes = wildSurface(generator);
        const auto surface = fitSurface(quotes);
        const QByteArray round = QByteArray::number(i);
        QVERIFY2(surface, round);
        QCOMPARE(surface->slices().size(), quotes.size());
        QVERIFY2(findArbitrage(*surface).empty(), round);
        for (std::size_t slice = 0; slice < quotes.size(); ++slice) {
            for (const double k : quotes[slice].k)
                QVERIFY2(surface->slices()[slice].svi.totalVariance(k) >= 0, round);
        }
    }
}

void FitFuzzTest::surfaceSurvivesAnything()
{
    base::Generator generator(1504);
    int fitted = 0, refused = 0;
    for (int i = 0; i < 400; ++i) {
        auto quotes = wildSurface(generator);
        SmileQuotes& smile =
            quotes[static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(quotes.size()) - 1))];
        const auto row = static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(smile.size()) - 1));
        const std::array numbers{&smile.years, &smile.k[row], &smile.mid[row], &smile.error[row]};
        *numbers[static_cast<std::size_t>(generator.integer(0, 3))] = anyDouble(generator);
        const auto surface = fitSurface(quotes);
        ++(surface ? fitted : refused);
        const QByteArray round = QByteArray::number(i);
        if (!surface) {
            QVERIFY2(!surface.error().field.empty(), round);
            continue;
        }
        QVERIFY2(findArbitrage(*surface).empty(), round);
        for (const SurfaceSlice& each : surface->slices())
            QVERIFY2(std::isfinite(each.svi.totalVariance(0)), round);
    }
    QVERIFY(fitted > 0 && refused > 0);
}

QTEST_GUILESS_MAIN(FitFuzzTest)
#include "fit_fuzz_test.moc"

#include "pricing/surface/surface_fit.h"

#include "base/random.h"
#include "chains.h"
#include "pricing/surface/essvi.h"
#include "pricing/surface/svi_fit.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <stop_token>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
const base::Instant now = market::fromNewYork(base::makeDate(2026, 11, 20), std::chrono::hours(12));

/// A surface without arbitrage: SSVI with a constant correlation.
SviSlice trueSlice(double years)
{
    const double theta = 0.05 * years + 0.002;
    return EssviSlice{theta, -0.6, 0.9 * std::sqrt(theta)}.toSvi();
}

SmileQuotes quotesOf(const SviSlice& slice, double years, std::size_t count, double halfSpread)
{
    SmileQuotes out;
    out.years = years;
    out.forward = 100;
    const double deviation = std::sqrt(slice.totalVariance(0));
    for (std::size_t i = 0; i < count; ++i) {
        const double share = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
        const double k = deviation * (-4 + 7 * share);
        const double vol = std::sqrt(slice.totalVariance(k) / years);
        out.add(k, vol - halfSpread, vol, vol + halfSpread, std::max(leastQuoteError, halfSpread));
    }
    return out;
}

std::vector<SmileQuotes> trueQuotes(std::size_t count)
{
    std::vector<SmileQuotes> out;
    for (const double years : {0.02, 0.1, 0.25, 0.5, 1.0, 2.0})
        out.push_back(quotesOf(trueSlice(years), years, count, 0.002));
    return out;
}

void addNoise(std::vector<SmileQuotes>& quotes, base::Generator& generator, double size)
{
    for (SmileQuotes& each : quotes) {
        const double level = size * generator.normal();
        for (double& mid : each.mid)
            mid = std::max(0.02, mid + level + 0.3 * size * generator.normal());
    }
}

QString describe(const std::vector<ArbitrageViolation>& found)
{
    if (found.empty())
        return {};
    return QStringLiteral("%1 violations, the first in slice %2 on [%3, %4], %5 deep")
        .arg(found.size())
        .arg(found[0].slice)
        .arg(found[0].interval.low)
        .arg(found[0].interval.high)
        .arg(found[0].interval.worst);
}

} // namespace

class SurfaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversWhatItWasMadeFrom();
    void noiseNeverLeavesArbitrage_data();
    void noiseNeverLeavesArbitrage();
    void crossingQuotesAreReconciled();
    void vogtsQuotesAreMended();
    void fewQuotes_data();
    void fewQuotes();
    void fewQuotesBetweenNeighbours();
    void outliersDoNotRule();
    void interpolatesInTime();
    void betweenSlicesNothingFalls();
    void extrapolates();
    void forwardsAndDiscounts();
    void findsArbitrage();
    void surfacesRefused_data();
    void surfacesRefused();
    void quotesRefused_data();
    void quotesRefused();
    void stops();
    void essviChainIsFree();
    void fitKeepsLimits();
    void leavesOutBadQuotes();
};

void SurfaceTest::recoversWhatItWasMadeFrom()
{
    const std::vector<SmileQuotes> quotes = trueQuotes(60);
    const auto surface = fitSurface(quotes);
    QVERIFY2(surface, surface ? "" : surface.error().message().c_str());
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        const SurfaceSlice& slice = surface->slices()[i];
        QVERIFY2(slice.rootMeanSquare < 1e-5, qPrintable(QStringLiteral("slice %1: %2").arg(i).arg(slice.rootMeanSquare)));
        QCOMPARE(slice.insideShare, 1.0);
        QCOMPARE(slice.quotes, std::size_t{60});
        QCOMPARE(slice.origin, SliceOrigin::Svi);
    }
    QVERIFY2(findArbitrage(*surface).empty(), qPrintable(describe(findArbitrage(*surface))));
}

void SurfaceTest::noiseNeverLeavesArbitrage_data()
{
    QTest::addColumn<double>("size");
    QTest::addColumn<int>("quotes");
    QTest::newRow("a little") << 0.002 << 30;
    QTest::newRow("two points") << 0.02 << 30;
    QTest::newRow("six points") << 0.06 << 30;
    QTest::newRow("few quotes") << 0.02 << 6;
    QTest::newRow("fewest") << 0.03 << 3;
}

void SurfaceTest::noiseNeverLeavesArbitrage()
{
    QFETCH(double, size);
    QFETCH(int, quotes);
    base::Generator generator(701);
    int arbitrageInQuotes = 0;
    for (int i = 0; i < 40; ++i) {
        std::vector<SmileQuotes> noisy = trueQuotes(static_cast<std::size_t>(quotes));
        addNoise(noisy, generator, size);
        const auto surface = fitSurface(noisy);
        QVERIFY2(surface, surface ? "" : surface.error().message().c_str());
        const auto found = findArbitrage(*surface);
        QVERIFY2(found.empty(), qPrintable(QStringLiteral("run %1: %2").arg(i).arg(describe(found))));
        const auto free = fitSurface(noisy, {notANumber, false});
        QVERIFY(free);
        arbitrageInQuotes += findArbitrage(*free).empty() ? 0 : 1;
    }
    if (size >= 0.02 && quotes > 5)
        QVERIFY2(arbitrageInQuotes > 20, qPrintable(QString::number(arbitrageInQuotes)));
}

/// The second expiry is quoted below the first. Neither can have its way; both stay close.
void SurfaceTest::crossingQuotesAreReconciled()
{
    std::vector<SmileQuotes> quotes;
    const SviSlice first = trueSlice(0.25);
    SviSlice second = first;
    second.a -= 0.0004;
    quotes.push_back(quotesOf(first, 0.25, 40, 0.002));
    quotes.push_back(quotesOf(second, 0.26, 40, 0.002));
    const auto free = fitSurface(quotes, {notANumber, false});
    QVERIFY(free && !findArbitrage(*free).empty());
    const auto surface = fitSurface(quotes);
    QVERIFY(surface);
    QVERIFY2(findArbitrage(*surface).empty(), qPrintable(describe(findArbitrage(*surface))));
    const double gap = 0.0004 / (2 * std::sqrt(first.totalVariance(0) * 0.25)); // in volatility
    for (const SurfaceSlice& slice : surface->slices())
        QVERIFY2(slice.rootMeanSquare < 1.5 * gap, qPrintable(QString::number(slice.rootMeanSquare / gap)));
}

void SurfaceTest::vogtsQuotesAreMended()
{
    const SviSlice vogt{-0.0410, 0.1331, 0.3060, 0.3586, 0.4153};
    SmileQuotes quotes;
    quotes.years = 1;
    quotes.forward = 100;
    for (double k = -1.5; k <= 1.5; k += 0.05) {
        const double vol = std::sqrt(vogt.totalVariance(k));
        quotes.add(k, vol - 0.002, vol, vol + 0.002, 0.002);
    }
    const auto free = fitSurface(std::vector{quotes}, {notANumber, false});
    QVERIFY(free);
    const auto found = findArbitrage(*free);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].kind, ArbitrageKind::Butterfly);
    QVERIFY(std::abs(found[0].interval.worst + 0.032863573) < 1e-6);
    const auto surface = fitSurface(std::vector{quotes});
    QVERIFY(surface);
    QVERIFY2(findArbitrage(*surface).empty(), qPrintable(describe(findArbitrage(*surface))));
    QVERIFY2(surface->slices()[0].rootMeanSquare < 0.007, qPrintable(QString::number(surface->slices()[0].rootMeanSquare)));
}

void SurfaceTest::fewQuotes_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {1, 2, 3, 4})
        QTest::addRow("%d", count) << count;
}

void SurfaceTest::fewQuotes()
{
    QFETCH(int, count);
    const auto surface = fitSurface(std::vector{quotesOf(flatSlice(0.04), 1, static_cast<std::size_t>(count), 0.01)});
    QVERIFY(surface);
    const SurfaceSlice& slice = surface->slices()[0];
    QCOMPARE(slice.origin, SliceOrigin::Flat);
    QVERIFY(findArbitrage(*surface).empty());
    for (const double strike : {60.0, 100.0, 150.0})
        QVERIFY2(std::abs(surface->volatility(strike, 1) - 0.2) < 1e-4,
                 qPrintable(QString::number(surface->volatility(strike, 1))));
}

void SurfaceTest::fewQuotesBetweenNeighbours()
{
    std::vector<SmileQuotes> quotes = trueQuotes(40);
    quotes[2] = quotesOf(trueSlice(0.25), 0.25, 1, 0.002); // one quote, half a deviation out
    const auto surface = fitSurface(quotes);
    QVERIFY(surface);
    QCOMPARE(surface->slices()[2].origin, SliceOrigin::Level);
    QCOMPARE(surface->slices()[1].origin, SliceOrigin::Svi);
    QVERIFY(findArbitrage(*surface).empty());
    for (const double k : {-0.2, -0.05, 0.1}) {
        const double vol = std::sqrt(surface->slices()[2].svi.totalVariance(k) / 0.25);
        QVERIFY2(std::abs(vol - std::sqrt(trueSlice(0.25).totalVariance(k) / 0.25)) < 0.01,
                 qPrintable(QStringLiteral("k %1: %2").arg(k).arg(vol)));
    }
}

void SurfaceTest::outliersDoNotRule()
{
    std::vector<SmileQuotes> quotes{quotesOf(trueSlice(0.5), 0.5, 41, 0.002)};
    quotes[0].mid[10] += 0.15; // wrong by seventy-five spreads
    const auto surface = fitSurface(quotes);
    QVERIFY(surface);
    for (std::size_t i = 0; i < quotes[0].size(); ++i) {
        const double vol = std::sqrt(surface->slices()[0].svi.totalVariance(quotes[0].k[i]) / 0.5);
        QVERIFY(i == 10 || std::abs(vol - quotes[0].mid[i]) < 0.003);
    }
}

void SurfaceTest::interpolatesInTime()
{
    const auto surface = fitSurface(trueQuotes(40));
    QVERIFY(surface);
    const auto& slices = surface->slices();
    for (const double k : {-0.5, 0.0, 0.3}) {
        for (std::size_t i = 0; i < slices.size(); ++i) {
            QVERIFY(std::abs(surface->totalVariance(k, slices[i].years) - slices[i].svi.totalVariance(k)) < 1e-15);
            if (i == 0)
                continue;
            const double middle = 0.5 * (slices[i - 1].years + slices[i].years);
            const double mean = 0.5 * (slices[i - 1].svi.totalVariance(k) + slices[i].svi.totalVariance(k));
            QVERIFY(std::abs(surface->totalVariance(k, middle) - mean) < 1e-15);
        }
    }
    QVERIFY(std::abs(surface->volatility(110, 0.3) - std::sqrt(surface->totalVariance(std::log(1.1), 0.3) / 0.3)) < 1e-15);
    QVERIFY(std::isnan(surface->totalVariance(0, 0)) && std::isnan(surface->volatility(100, -1)));
    QVERIFY(std::isnan(surface->volatility(-5, 0.3)) && std::isnan(surface->totalVariance(0, notANumber)));
}

void SurfaceTest::betweenSlicesNothingFalls()
{
    base::Generator generator(702);
    std::vector<SmileQuotes> noisy = trueQuotes(30);
    addNoise(noisy, generator, 0.03);
    const auto surface = fitSurface(noisy);
    QVERIFY(surface);
    for (double k = -2; k <= 2; k += 0.1) {
        double before = 0;
        for (double years = 0.005; years < 4; years *= 1.05) {
            const double w = surface->totalVariance(k, years);
            QVERIFY(w >= before - 1e-12);
            before = w;
        }
    }
}

void SurfaceTest::extrapolates()
{
    const auto surface = fitSurface(trueQuotes(40));
    QVERIFY(surface);
    const SurfaceSlice& first = surface->slices().front();
    const SurfaceSlice& last = surface->slices().back();
    const SurfaceSlice& before = surface->slices()[surface->slices().size() - 2];
    QVERIFY(std::abs(surface->volatility(97, 0.001) - surface->volatility(97, first.years)) < 1e-12);
    const double forwardVariance =
        (last.svi.totalVariance(0) - before.svi.totalVariance(0)) / (last.years - before.years);
    for (const double k : {-1.0, 0.0, 0.8})
        QVERIFY(std::abs(surface->totalVariance(k, last.years + 3) - last.svi.totalVariance(k) - 3 * forwardVariance) < 1e-14);
    QVERIFY(last.svi.leftSlope() < 2 && last.svi.rightSlope() < 2);
}

void SurfaceTest::forwardsAndDiscounts()
{
    std::vector<SurfaceSlice> slices(2);
    slices[0].years = 0.5;
    slices[0].forward = 102;
    slices[0].discount = 0.98;
    slices[1].years = 1;
    slices[1].forward = 103;
    slices[1].discount = 0.95;
    slices[0].svi = flatSlice(0.02);
    slices[1].svi = flatSlice(0.05);
    const auto surface = VolatilitySurface::make(slices, 100);
    QVERIFY(surface);
    QCOMPARE(surface->forward(0), 100.0);
    QCOMPARE(surface->forward(0.5), 102.0);
    QCOMPARE(surface->forward(1), 103.0);
    QCOMPARE(surface->forward(0.75), std::sqrt(102.0 * 103.0));
    QCOMPARE(surface->forward(1.5), 103 * 103 / 102.0);
    QCOMPARE(surface->discount(0.25), std::sqrt(0.98));
    QCOMPARE(VolatilitySurface::make(slices)->forward(0.1), 102.0);
}

void SurfaceTest::findsArbitrage()
{
    std::vector<SurfaceSlice> slices(3);
    slices[0].svi = trueSlice(0.5);
    slices[1].svi = slices[0].svi;
    slices[1].svi.a -= 0.001;
    slices[2].svi = {-0.0410 + 0.05, 0.9, 0.95, 0.3586, 0.02}; // a kink, and a sharp one
    for (std::size_t i = 0; i < slices.size(); ++i) {
        slices[i].years = 0.5 * static_cast<double>(i + 1);
        slices[i].forward = 100;
    }
    const auto surface = VolatilitySurface::make(slices);
    QVERIFY(surface);
    const auto found = findArbitrage(*surface);
    QVERIFY(std::ranges::any_of(found, [](const ArbitrageViolation& each) {
        return each.kind == ArbitrageKind::Calendar && each.slice == 1 && std::abs(each.interval.worst + 0.001) < 1e-12;
    }));
    QVERIFY(std::ranges::any_of(found, [](const ArbitrageViolation& each) {
        return each.kind == ArbitrageKind::Butterfly && each.slice == 2;
    }));
    QVERIFY(std::ranges::none_of(found, [](const ArbitrageViolation& each) { return each.slice == 0; }));
}

void SurfaceTest::surfacesRefused_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("field");
    QTest::newRow("nothing") << 0 << "slices";
    QTest::newRow("years of 0") << 1 << "years";
    QTest::newRow("years twice") << 2 << "years";
    QTest::newRow("forward") << 3 << "forward";
    QTest::newRow("discount") << 4 << "discount";
    QTest::newRow("rho") << 5 << "SVI rho";
    QTest::newRow("negative variance") << 6 << "SVI least variance";
    QTest::newRow("b") << 7 << "SVI b";
    QTest::newRow("sigma") << 8 << "SVI sigma";
    QTest::newRow("a") << 9 << "SVI a or m";
}

void SurfaceTest::surfacesRefused()
{
    QFETCH(int, what);
    QFETCH(QString, field);
    std::vector<SurfaceSlice> slices(2);
    for (std::size_t i = 0; i < 2; ++i) {
        slices[i].years = 0.5 * static_cast<double>(i + 1);
        slices[i].forward = 100;
        slices[i].svi = {0.01, 0.1, 0, 0, 0.1};
    }
    switch (what) {
    case 0: slices.clear(); break;
    case 1: slices[0].years = 0; break;
    case 2: slices[1].years = slices[0].years; break;
    case 3: slices[1].forward = notANumber; break;
    case 4: slices[1].discount = 0; break;
    case 5: slices[1].svi.rho = 1.5; break;
    case 6: slices[1].svi.a = -1; break;
    case 7: slices[1].svi.b = -0.1; break;
    case 8: slices[1].svi.sigma = 0; break;
    default: slices[1].svi.a = notANumber; break;
    }
    const auto surface = VolatilitySurface::make(slices);
    QVERIFY(!surface);
    QCOMPARE(QString::fromStdString(surface.error().field), field);
}

void SurfaceTest::quotesRefused_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("field");
    QTest::newRow("no expiries") << 0 << "quotes";
    QTest::newRow("no quotes in any") << 1 << "quotes";
    QTest::newRow("years") << 2 << "years";
    QTest::newRow("unlike lengths") << 3 << "columns of the expiry at 0.1 years";
    QTest::newRow("k not ascending") << 4 << "k of the expiry at 0.1 years";
    QTest::newRow("negative vol") << 5 << "mid of the expiry at 0.1 years";
    QTest::newRow("vol not known") << 6 << "mid of the expiry at 0.1 years";
    QTest::newRow("no error") << 7 << "error of the expiry at 0.1 years";
}

void SurfaceTest::quotesRefused()
{
    QFETCH(int, what);
    QFETCH(QString, field);
    std::vector<SmileQuotes> quotes = trueQuotes(10);
    switch (what) {
    case 0: quotes.clear(); break;
    case 1: quotes.assign(2, {}); break;
    case 2: quotes[1].years = quotes[0].years; break;
    case 3: quotes[1].bid.pop_back(); break;
    case 4: std::swap(quotes[1].k[3], quotes[1].k[4]); break;
    case 5: quotes[1].mid[3] = -0.2; break;
    case 6: quotes[1].mid[3] = notANumber; break;
    default: quotes[1].error[3] = 0; break;
    }
    const auto surface = fitSurface(quotes);
    QVERIFY(!surface);
    QCOMPARE(QString::fromStdString(surface.error().field), field);
}

void SurfaceTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const auto surface = fitSurface(trueQuotes(20), {}, source.get_token());
    QVERIFY(!surface);
    QCOMPARE(surface.error().kind, base::ErrorKind::Cancelled);
}

void SurfaceTest::essviChainIsFree()
{
    base::Generator generator(703);
    for (int i = 0; i < 60; ++i) {
        std::vector<SmileQuotes> noisy = trueQuotes(20);
        addNoise(noisy, generator, 0.08);
        std::vector<SliceTarget> targets;
        for (const SmileQuotes& each : noisy)
            targets.push_back({each.years, each.k, each.mid, each.error});
        const auto chain = fitEssviChain(targets);
        for (std::size_t slice = 0; slice < chain.size(); ++slice) {
            QVERIFY(isFreeOfButterflies(chain[slice].slice.toSvi()));
            if (slice == 0)
                continue;
            QVERIFY(mayFollow(chain[slice - 1].slice, chain[slice].slice));
            QVERIFY(isCalendarFree(chain[slice - 1].slice.toSvi(), chain[slice].slice.toSvi()));
        }
    }
}

void SurfaceTest::fitKeepsLimits()
{
    base::Generator generator(704);
    const SviSlice floor = trueSlice(0.4), safe = trueSlice(0.5), ceiling = trueSlice(0.6);
    for (int i = 0; i < 60; ++i) {
        SmileQuotes quotes = quotesOf(safe, 0.5, 25, 0.002);
        const double level = generator.uniform(-0.1, 0.1), tilt = generator.uniform(-0.4, 0.4);
        for (std::size_t row = 0; row < quotes.size(); ++row)
            quotes.mid[row] = std::max(0.05, quotes.mid[row] + level + tilt * quotes.k[row]);
        const SliceTarget target{0.5, quotes.k, quotes.mid, quotes.error};
        const SliceLimits limits{true, &floor, &ceiling};
        const SliceFit fit = fitSlice(target, quasiExplicitStart(target), safe, limits);
        QVERIFY(obeys(fit.slice, limits));
        QVERIFY2(fit.cost <= costOf(target, safe) * 1.0001,
                 qPrintable(QStringLiteral("run %1: %2 against %3").arg(i).arg(fit.cost).arg(costOf(target, safe))));
    }
}

void SurfaceTest::leavesOutBadQuotes()
{
    auto chain = chains::smooth({100, 0.03, 0.01}, now, {60}, market::ExerciseStyle::European, 0.02);
    market::Expiration& expiration = chain.expirations[0];
    const auto take = [&] { return quotesForFit(expiration, analyse(expiration, now, 100, {0.03, 0.01})); };
    const SmileQuotes all = take();
    QCOMPARE(all.size() + all.leftOut, expiration.strikes.size());
    const auto count = expiration.strikes.size();
    const std::array<std::array<double, 2>, 5> bad{{{5, 1}, {5, notANumber}, {notANumber, 5}, {0, 0.05}, {-1, 2}}};
    for (std::size_t i = 0; i < bad.size(); ++i)
        chains::setQuote(expiration.calls, count - 8 + i, bad[i][0], bad[i][1], now);
    const auto locked = count / 2 + 4;
    const double mid = expiration.calls.quoteAt(locked).mid();
    chains::setQuote(expiration.calls, locked, mid, mid, now);
    expiration.puts.flags[8].set(market::QuoteFlag::Stale);
    const SmileQuotes some = take();
    QCOMPARE(some.leftOut, all.leftOut + 6);
    QCOMPARE(some.size() + 6, all.size());
    const auto row = std::ranges::find_if(
        some.k, [&](double k) { return std::abs(k - std::log(expiration.strikes[locked] / some.forward)) < 1e-9; });
    QVERIFY(row != some.k.end()); // a locked quote is a price
    QCOMPARE(some.error[static_cast<std::size_t>(row - some.k.begin())], leastQuoteError);
    for (std::size_t i = 0; i < some.size(); ++i) {
        QVERIFY(some.bid[i] <= some.mid[i] && some.mid[i] <= some.ask[i]);
        QVERIFY(std::abs(some.mid[i] - chains::smoothVolatility(some.k[i], some.years)) < 1e-3);
    }
}

QTEST_GUILESS_MAIN(SurfaceTest)
#include "surface_test.moc"

#include "pricing/surface/surface_fit.h"

#include "pricing/surface/svi_fit.h"
#include "surface_quotes.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <stop_token>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;
using namespace surface_quotes;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

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

class SurfaceFitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversWhatItWasMadeFrom();
    void noiseNeverLeavesArbitrage_data();
    void noiseNeverLeavesArbitrage();
    void nonsenseNeverLeavesArbitrage();
    void crossingQuotesAreReconciled();
    void vogtsQuotesAreMended();
    void fewQuotes_data();
    void fewQuotes();
    void fewQuotesBetweenNeighbours();
    void outliersDoNotRule();
    void quotesRefused_data();
    void quotesRefused();
    void stops();
    void essviChainIsFree();
    void fitKeepsLimits();
};

void SurfaceFitTest::recoversWhatItWasMadeFrom()
{
    const std::vector<SmileQuotes> quotes = trueQuotes(60);
    const auto surface = fitSurface(quotes);
    QVERIFY2(surface, surface ? "" : surface.error().message().c_str());
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        const SurfaceSlice& slice = surface->slices()[i];
        QVERIFY2(slice.rootMeanSquare < 1e-5,
                 qPrintable(QStringLiteral("slice %1: %2").arg(i).arg(slice.rootMeanSquare)));
        QCOMPARE(slice.insideShare, 1.0);
        QCOMPARE(slice.quotes, std::size_t{60});
        QCOMPARE(slice.origin, SliceOrigin::Svi);
    }
    QVERIFY2(findArbitrage(*surface).empty(), qPrintable(describe(findArbitrage(*surface))));
}

void SurfaceFitTest::noiseNeverLeavesArbitrage_data()
{
    QTest::addColumn<double>("size");
    QTest::addColumn<int>("quotes");
    QTest::newRow("a little") << 0.002 << 30;
    QTest::newRow("two points") << 0.02 << 30;
    QTest::newRow("six points") << 0.06 << 30;
    QTest::newRow("few quotes") << 0.02 << 6;
    QTest::newRow("fewest") << 0.03 << 3;
}

void SurfaceFitTest::noiseNeverLeavesArbitrage()
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

/// Quotes of no market at all: from minutes to decades, 1 % to 500 %, a strike or thirty anywhere.
void SurfaceFitTest::nonsenseNeverLeavesArbitrage()
{
    base::Generator generator(705);
    for (int i = 0; i < 150; ++i) {
        std::vector<SmileQuotes> quotes;
        double years = 1e-5 * std::exp(generator.uniform(0, 8));
        for (std::int64_t expiry = generator.integer(1, 8); expiry > 0; --expiry) {
            SmileQuotes& each = quotes.emplace_back();
            each.years = years;
            each.forward = 100;
            const double width = std::exp(generator.uniform(-6, 1));
            double k = generator.uniform(-1, 0.2) * width;
            for (std::int64_t row = generator.integer(1, 30); row > 0; --row) {
                const double vol = std::exp(generator.uniform(std::log(0.01), std::log(5)));
                each.add(k, 0.9 * vol, vol, 1.1 * vol, 0.1 * vol);
                k += generator.uniform(0.001, 0.1) * width;
            }
            years *= 1 + std::exp(generator.uniform(-8, 2));
        }
        const auto surface = fitSurface(quotes);
        QVERIFY2(surface, surface ? "" : surface.error().message().c_str());
        const auto found = findArbitrage(*surface);
        QVERIFY2(found.empty(), qPrintable(QStringLiteral("run %1: %2").arg(i).arg(describe(found))));
        for (const SurfaceSlice& slice : surface->slices())
            QVERIFY(std::isfinite(slice.rootMeanSquare) && slice.svi.leftSlope() <= 2 && slice.svi.rightSlope() <= 2);
    }
}

/// The second expiry is quoted below the first. Neither can have its way; both stay close.
void SurfaceFitTest::crossingQuotesAreReconciled()
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

void SurfaceFitTest::vogtsQuotesAreMended()
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
    QVERIFY2(surface->slices()[0].rootMeanSquare < 0.007,
             qPrintable(QString::number(surface->slices()[0].rootMeanSquare)));
}

void SurfaceFitTest::fewQuotes_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {1, 2, 3, 4})
        QTest::addRow("%d", count) << count;
}

void SurfaceFitTest::fewQuotes()
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

void SurfaceFitTest::fewQuotesBetweenNeighbours()
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

void SurfaceFitTest::outliersDoNotRule()
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

void SurfaceFitTest::quotesRefused_data()
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

void SurfaceFitTest::quotesRefused()
{
    QFETCH(int, what);
    QFETCH(QString, field);
    std::vector<SmileQuotes> quotes = trueQuotes(10);
    switch (what) {
    case 0:
        quotes.clear();
        break;
    case 1:
        quotes.assign(2, {});
        break;
    case 2:
        quotes[1].years = quotes[0].years;
        break;
    case 3:
        quotes[1].bid.pop_back();
        break;
    case 4:
        std::swap(quotes[1].k[3], quotes[1].k[4]);
        break;
    case 5:
        quotes[1].mid[3] = -0.2;
        break;
    case 6:
        quotes[1].mid[3] = notANumber;
        break;
    default:
        quotes[1].error[3] = 0;
        break;
    }
    const auto surface = fitSurface(quotes);
    QVERIFY(!surface);
    QCOMPARE(QString::fromStdString(surface.error().field), field);
}

void SurfaceFitTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const auto surface = fitSurface(trueQuotes(20), {}, source.get_token());
    QVERIFY(!surface);
    QCOMPARE(surface.error().kind, base::ErrorKind::Cancelled);
}

void SurfaceFitTest::essviChainIsFree()
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

void SurfaceFitTest::fitKeepsLimits()
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

QTEST_GUILESS_MAIN(SurfaceFitTest)
#include "surface_fit_test.moc"

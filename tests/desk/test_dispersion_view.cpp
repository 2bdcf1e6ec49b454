#include "desk/dispersion_view.h"
#include "strategies/volatility/implied_correlation.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace std::chrono_literals;
using desk::DispersionGap;
using desk::DispersionView;

namespace
{

/// Domain reference F5.
const desk::DispersionBasket basket{"IDX", {{"AAA", 0.40}, {"BBB", 0.35}, {"CCC", 0.25}}};
const std::map<std::string, double> volatilities{{"IDX", 0.22}, {"AAA", 0.30}, {"BBB", 0.25}, {"CCC", 0.40}};
constexpr double exact = 0.2615, proxy = 0.51186;
const base::Date firstDay = base::makeDate(2026, 1, 5);

bool isNear(double found, double wanted, double bound)
{
    return std::abs(found - wanted) < bound;
}

/// A move of each name on a day: the members' own ones are a day apart, so that no two of them ever move together.
double moveOf(const std::string& symbol, std::size_t day)
{
    if (symbol == "IDX")
        return 0.01;
    const std::size_t place = symbol[0] - 'A';
    return day % 3 == place ? 0.02 : 0;
}

desk::DispersionDays someDays(std::size_t count)
{
    desk::DispersionDays days;
    for (const auto& [symbol, volatility] : volatilities) {
        double close = 100;
        for (std::size_t day = 0; day < count; ++day) {
            market::Candle bar;
            bar.time = base::Instant((firstDay + std::chrono::days(day)).time_since_epoch());
            close *= std::exp(moveOf(symbol, day));
            bar.close = close;
            bar.impliedVolatility = volatility;
            days[symbol].push_back(bar);
        }
    }
    return days;
}

desk::DispersionNames someNames()
{
    desk::DispersionNames names;
    for (const auto& [symbol, volatility] : volatilities)
        names[symbol] = {DispersionGap::None, volatility, 100, false, {}};
    return names;
}

desk::HeldGreeks held(double dollarDelta, double gamma, double theta, double vega, double betaDelta,
                      int unknownCount = 0)
{
    desk::GreekSums greeks;
    greeks.delta = dollarDelta / 100;
    greeks.dollarDelta = dollarDelta;
    greeks.gamma = gamma;
    greeks.theta = theta;
    greeks.vega = vega;
    greeks.unknownCount = unknownCount;
    return {greeks, betaDelta};
}

DispersionView viewOf(const desk::DispersionNames& names, const desk::DispersionDays& days)
{
    return desk::dispersionView(
        basket, names, days,
        std::make_shared<const desk::DispersionHistory>(desk::dispersionHistory(basket, days, {})));
}

} // namespace

class DispersionViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothCorrelationsAreTheReferences()
    {
        const DispersionView view = viewOf(someNames(), {});
        QVERIFY(isNear(view.exact, exact, 5e-5));
        QVERIFY(isNear(view.proxy, proxy, 5e-6));
        QCOMPARE(view.known, 3U);
        QVERIFY(isNear(view.coverage, 1, 1e-12));
        QCOMPARE(view.members.size(), 3U);
        QCOMPARE(view.members[1].symbol, std::string("BBB"));
        QCOMPARE(view.members[1].weight, 0.35);
        QVERIFY(isNear(view.members[1].share, 0.35, 1e-12));
        QVERIFY(std::isnan(view.realisedMonth) && std::isnan(view.percentile) && view.history->empty());
        QVERIFY(!view.members[1].hasDays);
    }

    void aNameWithoutQuotesIsLeftOut()
    {
        desk::DispersionNames names = someNames();
        names["CCC"] = {DispersionGap::Quotes, desk::unknown, desk::unknown, false, {}};
        names.erase("BBB");
        names["BBB"].gap = DispersionGap::Listing;
        DispersionView view = viewOf(names, {});
        QCOMPARE(view.known, 1U);
        QVERIFY(std::isnan(view.exact) && std::isnan(view.proxy)); // one alone correlates with nobody
        QVERIFY(view.members[2].gap == DispersionGap::Quotes && std::isnan(view.members[2].share));
        QVERIFY(view.members[1].gap == DispersionGap::Listing);

        names["BBB"] = {DispersionGap::None, 0.25, 100, false, {}};
        view = viewOf(names, {});
        QVERIFY(isNear(view.coverage, 0.75, 1e-12));
        QVERIFY(isNear(view.members[0].share, 0.40 / 0.75, 1e-12));
        const auto wanted = strategies::impliedCorrelation(
            0.22, std::vector<strategies::BasketMember>{{0.40 / 0.75, 0.30}, {0.35 / 0.75, 0.25}});
        QVERIFY(isNear(view.exact, wanted->exact, 1e-12));
        names.erase("AAA"); // not even asked for yet
        QVERIFY(viewOf(names, {}).members[0].gap == DispersionGap::Listing);
    }

    void realisedIsOfCompletedDays()
    {
        const desk::DispersionDays days = someDays(80);
        const DispersionView view = viewOf(someNames(), days);
        // Each member moves on every third day: its variance is a third of that move's square.
        QVERIFY(isNear(view.members[0].realisedMonth, 0.02 * std::sqrt(252.0 / 3), 1e-12));
        QVERIFY(isNear(view.members[0].realisedQuarter, 0.02 * std::sqrt(252.0 / 3), 1e-12));
        QVERIFY(isNear(view.index.realisedMonth, 0.01 * std::sqrt(252.0), 1e-12));
        QVERIFY(isNear(view.pairwiseMonth, 0, 1e-12));
        QVERIFY(isNear(view.pairwiseQuarter, 0, 1e-12));
        const double own = 0.4 * 0.4 + 0.35 * 0.35 + 0.25 * 0.25, variance = 0.02 * 0.02 / 3;
        QVERIFY(isNear(view.realisedMonth, (0.01 * 0.01 - own * variance) / (variance - own * variance), 1e-9));
        QVERIFY(isNear(view.realisedQuarter, view.realisedMonth, 1e-9));
        QVERIFY(view.index.hasDays && view.members[2].hasDays);

        const DispersionView early = viewOf(someNames(), someDays(63)); // a close before the first move is missing
        QVERIFY(!std::isnan(early.realisedMonth) && std::isnan(early.realisedQuarter));
        QVERIFY(std::isnan(early.members[0].realisedQuarter));
    }

    void historyIsOfTheBars()
    {
        desk::DispersionDays days = someDays(80);
        days["BBB"].erase(days["BBB"].begin() + 70); // a day that it did not trade
        days["IDX"][79].impliedVolatility = days["IDX"][60].impliedVolatility = desk::unknown;
        const base::Date last = firstDay + std::chrono::days(79);
        const auto history = desk::dispersionHistory(basket, days, {{last, {0.5, 0.6}}, {firstDay, {0.9, 0.9}}});
        QCOMPARE(history.size(), 80U);
        QCOMPARE(history.front().date, firstDay);
        QVERIFY(isNear(history.front().exact, exact, 5e-5)); // what the bars say goes before what was seen
        QVERIFY(isNear(history.front().proxy, proxy, 5e-6));
        QVERIFY(std::isnan(history[20].realised));
        QVERIFY(!std::isnan(history[21].realised));
        QVERIFY(std::isnan(history[60].exact)); // nobody saw it
        QCOMPARE(history[79].exact, 0.5);
        QCOMPARE(history[79].proxy, 0.6);
        QVERIFY(!std::isnan(history[70].exact) && history[70].exact != history[69].exact); // of the other two
        QVERIFY(!std::isnan(history[70].realised));

        const DispersionView view =
            desk::dispersionView(basket, someNames(), days, std::make_shared<const desk::DispersionHistory>(history));
        QVERIFY(isNear(view.median, exact, 5e-5));
        QVERIFY(view.percentile < 0.1); // as low as nearly all days
    }

    void historyEndsAfterThreeYears()
    {
        const auto history = desk::dispersionHistory(basket, someDays(800), {});
        QCOMPARE(history.size(), 756U);
        QCOMPARE(history.back().date, firstDay + std::chrono::days(799));
        QVERIFY(!std::isnan(history.front().realised)); // its window reaches back beyond what is shown
        QVERIFY(desk::dispersionHistory(basket, {}, {}).empty());
    }

    void whatIsHeldAddsUp()
    {
        desk::DispersionNames names = someNames();
        names["IDX"].held = held(-5'000, -2, 40, -300, -5'000);
        names["AAA"].held = held(3'000, 1, -15, 120, 3'600);
        names["BBB"].held = held(1'500, 0.5, -10, 90, 1'200, 1);
        names["BBB"].spot = 50;
        const desk::DispersionResidual left = viewOf(names, {}).residual;
        QVERIFY(left.hasPositions);
        QVERIFY(isNear(left.dollarDelta, -500, 1e-9));
        QVERIFY(isNear(left.betaDelta, -200, 1e-9));
        QVERIFY(isNear(left.gamma, -2 * 100 + 1 * 100 + 0.5 * 25, 1e-9)); // Γ S² for 1 %
        QVERIFY(isNear(left.theta, 15, 1e-9));
        QCOMPARE(left.indexVega, -300.0);
        QCOMPARE(left.memberVega, 210.0);
        QVERIFY(isNear(left.vegaRatio, 0.7, 1e-12));
        QVERIFY(isNear(left.thetaRatio, 0.715447, 5e-7)); // F5
        QCOMPARE(left.unknownCount, 1);

        names["CCC"].held = held(desk::unknown, 1, -1, 10, 0);
        const desk::DispersionResidual part = viewOf(names, {}).residual;
        QVERIFY(std::isnan(part.dollarDelta)); // no total without it
        QCOMPARE(part.memberVega, 220.0);
    }

    void nothingHeldIsNoZero()
    {
        desk::DispersionNames names = someNames();
        const desk::DispersionResidual none = viewOf(names, {}).residual;
        QVERIFY(!none.hasPositions && std::isnan(none.dollarDelta) && std::isnan(none.vegaRatio));
        names["AAA"].held = held(3'000, 1, -15, 120, 3'600);
        const desk::DispersionResidual alone = viewOf(names, {}).residual;
        QCOMPARE(alone.indexVega, 0.0);
        QVERIFY(std::isnan(alone.vegaRatio)); // there is no index leg to compare with
        names["AAA"].held->greeks.gamma = 0;  // shares have none, whatever the spot
        names["AAA"].spot = desk::unknown;
        QCOMPARE(viewOf(names, {}).residual.gamma, 0.0);
    }
};

QTEST_GUILESS_MAIN(DispersionViewTest)
#include "test_dispersion_view.moc"

#include "risk/exposure.h"

#include "market/symbols.h"
#include "risk/market_rig.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using testing::decimal;
using testing::MarketRig;

namespace
{

constexpr base::Date december = base::makeDate(2026, 12, 18);

std::string spy(Right right, double strike)
{
    return MarketRig::symbolOf("SPY", december, right, strike);
}

double priceAt(const MarketRig& rig, const std::string& symbol, double spot, double volatility)
{
    const InstrumentState state = rig.instrument(symbol).value();
    return pricing::blackScholesPrice(state.option->right, {spot, rig.rate, 0}, state.option->strike.toDouble(),
                                      state.years, volatility);
}

} // namespace

class ExposureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyBookHasNone()
    {
        const MarketRig rig;
        const Exposure exposure = exposureOf("SPY", rig.state(), nullptr);
        QCOMPARE(exposure.size(), 0.0);
        QCOMPARE(exposure.dollarDelta, 0.0);
        QVERIFY(exposure.unknown.empty());
    }

    void stressIsFullRevaluation()
    {
        MarketRig rig;
        const std::string put = spy(Right::Put, 570);
        rig.hold(put, -3);
        const Exposure exposure = exposureOf("SPY", rig.state(), nullptr);
        // At 510 the put is worth its intrinsic value or more: American.
        const double stressed = std::max(priceAt(rig, put, 510, 0.30), 60.0);
        const double expected = -300 * (stressed - priceAt(rig, put, 600, 0.20));
        QVERIFY2(std::abs(exposure.worstStress - expected) < 1e-6, qPrintable(QString::number(exposure.worstStress)));
        const double delta = rig.instrument(put)->delta;
        QVERIFY(std::abs(exposure.dollarDelta - std::abs(-300 * delta * 600)) < 1e-6);
    }

    void anIndexOptionMayBeWorthLessThanIntrinsic()
    {
        MarketRig rig;
        const std::string put = MarketRig::symbolOf("SPX", base::makeDate(2027, 11, 19), Right::Put, 6000);
        rig.hold(put, -1);
        const double stressed = priceAt(rig, put, 5100, 0.30);
        const double expected = -100 * (stressed - priceAt(rig, put, 6000, 0.20));
        QVERIFY(std::abs(exposureOf("SPX", rig.state(), nullptr).worstStress - expected) < 1e-5);
    }

    void premiumIsWhatWasPaidNet()
    {
        MarketRig rig;
        rig.hold(spy(Right::Call, 600), 2);
        rig.positions.back().averageOpenPrice = decimal("10");
        QVERIFY(std::abs(exposureOf("SPY", rig.state(), nullptr).premium - 2000) < 1e-9);
        // Closing one takes off what was paid for it, not what it fetches.
        const auto close = rig.order("SPY", {MarketRig::leg(spy(Right::Call, 600), Action::SellToClose)});
        QVERIFY(std::abs(exposureOf("SPY", rig.state(), &close).premium - 1000) < 1e-9);
        const auto more = rig.order("SPY", {MarketRig::leg(spy(Right::Call, 600), Action::BuyToOpen)});
        QVERIFY(std::abs(exposureOf("SPY", rig.state(), &more).premium - (2000 + more.price->toDouble() * 100)) < 1e-9);
    }

    void workingOrdersCountWhereTheyHurt()
    {
        MarketRig rig;
        rig.hold(spy(Right::Put, 580), -5);
        const Exposure naked = exposureOf("SPY", rig.state(), nullptr);
        // A wing that may be bought helps nothing yet.
        rig.working.push_back(rig.order("SPY", {MarketRig::leg(spy(Right::Put, 575), Action::BuyToOpen, 5)}));
        const Exposure hoped = exposureOf("SPY", rig.state(), nullptr);
        QVERIFY(hoped.margin >= naked.margin);
        QVERIFY(hoped.worstStress <= naked.worstStress);
        // One that may be sold uncovers already.
        rig.working.clear();
        rig.hold(spy(Right::Put, 575), 5);
        QVERIFY(std::abs(exposureOf("SPY", rig.state(), nullptr).held - 2500) < 1e-6);
        rig.working.push_back(rig.order("SPY", {MarketRig::leg(spy(Right::Put, 575), Action::SellToClose, 5)}));
        QVERIFY(exposureOf("SPY", rig.state(), nullptr).margin >= naked.margin);
    }

    void protectionLowersWhatTheBrokerHoldsAndNotTheLimitsMeasure()
    {
        MarketRig rig;
        rig.hold("SPY", 100);
        rig.hold(spy(Right::Put, 600), 1);
        const Exposure exposure = exposureOf("SPY", rig.state(), nullptr);
        QVERIFY(std::abs(exposure.held - 0.1 * 60'000) < 1e-6);
        QVERIFY(exposure.margin > 0.5 * 60'000);
    }

    void deltasOfWorkingOrdersAreTakenAtTheirWorst()
    {
        MarketRig rig;
        rig.hold("SPY", 100);
        rig.working.push_back(rig.order("SPY", {MarketRig::leg("SPY", Action::SellToClose, 100)}));
        rig.working.push_back(rig.order("QQQ", {MarketRig::leg("QQQ", Action::SellToOpen, 50)}));
        QVERIFY(std::abs(exposureOf("SPY", rig.state(), nullptr).dollarDelta - 60'000) < 1e-6);
        QVERIFY(std::abs(dollarDeltaOf("QQQ", rig.state()).dollarDelta - 25'000) < 1e-6);
        QCOMPARE(underlyingsOf(rig.state()), (std::vector<std::string>{"QQQ", "SPY"}));
    }

    void whatIsMissingIsNamed()
    {
        MarketRig rig;
        const std::string call = spy(Right::Call, 600);
        rig.hold(call, 1);
        rig.withoutVolatility.insert(call);
        const Exposure exposure = exposureOf("SPY", rig.state(), nullptr);
        QVERIFY(std::isnan(exposure.size()));
        QVERIFY(std::isnan(exposure.dollarDelta));
        const std::string name = market::contractName(call);
        QCOMPARE(exposure.unknown, (std::vector<std::string>{"the volatility of " + name, "the delta of " + name}));
    }
};

QTEST_APPLESS_MAIN(ExposureTest)
#include "exposure_test.moc"

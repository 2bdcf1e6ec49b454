#include "risk/hedging/hedge_planner.h"

#include "base/random.h"
#include "pricing/heston/heston.h"
#include "pricing/implied_volatility.h"
#include "risk/hedging/hedge_band.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using market::unknown;
using portfolio::Action;

namespace
{

bool isNear(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

/// The option of the domain reference's F1, ten contracts of it with its gamma, delta one half.
HedgeState stateOf(double unitDelta)
{
    HedgeState state;
    state.now = base::Instant(std::chrono::hours(10));
    state.units = 1000;
    state.delta = unitDelta * state.units;
    state.deltaAtHedgeVolatility = state.delta;
    state.gamma = 0.039695255 * state.units;
    state.spot = 100;
    state.rate = 0.02;
    state.years = 0.25;
    state.volatility = 0.2;
    return state;
}

/// A day of a call under Heston's model, delta-hedged: its own start, so that samples do not hang on each other.
std::vector<HedgeSample> hestonDays(double correlation, std::size_t count, std::uint64_t seed)
{
    base::Generator generator(seed);
    std::vector<HedgeSample> samples;
    for (std::size_t day = 0; day < count; ++day) {
        constexpr double step = 1.0 / 252, years = 0.25, spot = 100;
        const double strike = generator.uniform(88, 114);
        pricing::HestonParameters model{0.04, 3, 0.04, 0.5, correlation};
        const double before = pricing::hestonPrice(Right::Call, {spot, 0, 0}, strike, years, model);
        const double volatility = pricing::impliedVolatility(Right::Call, {spot, 0, 0}, strike, years, before);
        const pricing::Greeks greeks = pricing::blackScholes(Right::Call, {spot, 0, 0}, strike, years, volatility);
        const double first = generator.normal(), second = generator.normal();
        const double deviation = std::sqrt(model.v0 * step);
        const double after = spot * std::exp(deviation * first - 0.5 * deviation * deviation);
        model.v0 += model.sigma * deviation * (correlation * first + std::sqrt(1 - correlation * correlation) * second);
        model.v0 = std::max(model.v0, 1e-4);
        const double value = pricing::hestonPrice(Right::Call, {after, 0, 0}, strike, years - step, model);
        samples.push_back({greeks.delta, greeks.vega, spot, years, after - spot, value - before});
    }
    return samples;
}

double varianceOf(const std::vector<HedgeSample>& samples, const std::function<double(const HedgeSample&)>& delta)
{
    double sum = 0, squares = 0;
    for (const HedgeSample& sample : samples) {
        const double left = sample.valueMove - delta(sample) * sample.spotMove;
        sum += left;
        squares += left * left;
    }
    const auto count = static_cast<double>(samples.size());
    return squares / count - sum * sum / (count * count);
}

} // namespace

Q_DECLARE_METATYPE(vegadesk::risk::HedgeVerdict)

class HedgePlannerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bandsHaveThePinsDigits() // domain reference, F7
    {
        const double gamma = 0.039695255;
        QVERIFY(isNear(whalleyWilmottHalfWidth(100, 0.25, 0.02, gamma, 0.0002, 1), 0.036097, 5e-7));
        QVERIFY(isNear(whalleyWilmottHalfWidth(100, 0.25, 0.02, gamma, 0.001, 1), 0.061726, 5e-7));
        QVERIFY(isNear(whalleyWilmottHalfWidth(100, 0.25, 0.02, gamma, 0.0002, 10), 0.016755, 5e-7));
        const ZakamoulineBand bought = zakamoulineBand(100, 0.25, 0.02, 0.2, gamma, 0.0002, 1);
        QVERIFY(isNear(bought.staticPart, 0.0002, 1e-12));
        QVERIFY(isNear(bought.gammaPart, 0.022182, 5e-7));
        QVERIFY(isNear(bought.volatilityShift, -0.0233594, 5e-8));
        QVERIFY(isNear(bought.hedgeVolatility, 0.197650, 5e-7));
        const ZakamoulineBand sold = zakamoulineBand(100, 0.25, 0.02, 0.2, -gamma, 0.0002, 1);
        QVERIFY(isNear(sold.hedgeVolatility, 0.202322, 5e-7));
        QCOMPARE(sold.gammaPart, bought.gammaPart);
        QVERIFY(std::isnan(zakamoulineBand(100, 0, 0.02, 0.2, gamma, 0.0002, 1).gammaPart));
        QVERIFY(std::isnan(zakamoulineBand(100, 0.25, 0.02, unknown, gamma, 0.0002, 1).hedgeVolatility));
    }

    void eachPolicyTradesToItsOwnEdge_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<qint64>("shares"); // from a delta of 0.2 a unit of a thousand
        QTest::newRow("fixed time") << int(HedgePolicy::FixedTime) << qint64{-200};
        QTest::newRow("fixed band") << int(HedgePolicy::FixedBand) << qint64{-100};
        QTest::newRow("Whalley-Wilmott") << int(HedgePolicy::WhalleyWilmott) << qint64{-164};
        QTest::newRow("Zakamouline") << int(HedgePolicy::Zakamouline) << qint64{-178};
    }
    void eachPolicyTradesToItsOwnEdge()
    {
        QFETCH(const int, policy);
        QFETCH(const qint64, shares);
        HedgeSettings settings;
        settings.policy = static_cast<HedgePolicy>(policy);
        HedgeState state = stateOf(0.2);
        const HedgeDecision decision = planHedge(settings, state);
        QVERIFY(decision.verdict == HedgeVerdict::Trade);
        QCOMPARE(qint64{decision.shares}, shares);
        // What is left is inside the band, and mirrored for the other sign.
        state.delta += static_cast<double>(decision.shares);
        state.deltaAtHedgeVolatility = state.delta;
        QVERIFY(planHedge(settings, state).verdict != HedgeVerdict::Trade);
        QCOMPARE(qint64{planHedge(settings, stateOf(-0.2)).shares}, -shares);
    }

    void sharesComeInLots()
    {
        HedgeSettings settings;
        settings.policy = HedgePolicy::FixedBand;
        settings.lot = 100;
        QCOMPARE(planHedge(settings, stateOf(0.26)).shares, std::int64_t{-200}); // 160 beyond the edge
        const HedgeDecision small = planHedge(settings, stateOf(0.14));
        QVERIFY(small.verdict == HedgeVerdict::BelowLot);
        QCOMPARE(small.shares, std::int64_t{0});
    }

    void nothingIsTradedWhenItMustNotBe_data()
    {
        QTest::addColumn<std::function<void(HedgeState&)>>("spoil");
        QTest::addColumn<HedgeVerdict>("verdict");
        const auto row = [](const char* name, HedgeVerdict verdict, std::function<void(HedgeState&)> spoil) {
            QTest::newRow(name) << std::move(spoil) << verdict;
        };
        using enum HedgeVerdict;
        row("as it is", Trade, [](HedgeState&) {});
        row("another is working", Working, [](HedgeState& state) { state.isHedgeWorking = true; });
        row("a quote that is flagged", Quote, [](HedgeState& state) { state.isQuoteUsable = false; });
        row("the last two minutes", NearClose,
            [](HedgeState& state) { state.sessionClose = state.now + std::chrono::seconds(119); });
        row("two minutes before the close", Trade,
            [](HedgeState& state) { state.sessionClose = state.now + std::chrono::seconds(120); });
        row("inside", Inside, [](HedgeState& state) { state.delta = 30; });
        row("delta not known", Unknown, [](HedgeState& state) { state.delta = unknown; });
        row("gamma not known", Unknown, [](HedgeState& state) { state.gamma = unknown; });
        row("spot not known", Unknown, [](HedgeState& state) { state.spot = unknown; });
        row("no units", Unknown, [](HedgeState& state) { state.units = 0; });
        row("beyond any number", Unknown, [](HedgeState& state) { state.delta = 1e300; });
    }
    void nothingIsTradedWhenItMustNotBe()
    {
        QFETCH(const std::function<void(HedgeState&)>, spoil);
        QFETCH(const HedgeVerdict, verdict);
        HedgeState state = stateOf(0.2);
        spoil(state);
        const HedgeDecision decision = planHedge({}, state);
        QVERIFY(decision.verdict == verdict);
        QCOMPARE(decision.shares != 0, verdict == HedgeVerdict::Trade);
    }

    void fixedTimeWaitsForItsTurn()
    {
        HedgeSettings settings;
        settings.policy = HedgePolicy::FixedTime;
        HedgeState state = stateOf(0.02);
        state.lastHedge = state.now - settings.interval + std::chrono::seconds(1);
        QVERIFY(planHedge(settings, state).verdict == HedgeVerdict::NotDue);
        state.now += std::chrono::seconds(1);
        QVERIFY(planHedge(settings, state).verdict == HedgeVerdict::Trade);
    }

    void ordersNeverCrossZero_data()
    {
        QTest::addColumn<qint64>("held");
        QTest::addColumn<qint64>("shares");
        QTest::addColumn<int>("action");
        QTest::addColumn<qint64>("quantity");
        QTest::addColumn<QString>("price");
        QTest::newRow("buys") << qint64{0} << qint64{50} << int(Action::BuyToOpen) << qint64{50} << "101.12";
        QTest::newRow("buys more") << qint64{10} << qint64{50} << int(Action::BuyToOpen) << qint64{50} << "101.12";
        QTest::newRow("covers") << qint64{-80} << qint64{50} << int(Action::BuyToClose) << qint64{50} << "101.12";
        QTest::newRow("covers all first")
            << qint64{-20} << qint64{50} << int(Action::BuyToClose) << qint64{20} << "101.12";
        QTest::newRow("sells") << qint64{30} << qint64{-20} << int(Action::SellToClose) << qint64{20} << "99.89";
        QTest::newRow("sells all first") << qint64{30} << qint64{-50} << int(Action::SellToClose) << qint64{30}
                                         << "99.89";
        QTest::newRow("sells short") << qint64{0} << qint64{-50} << int(Action::SellToOpen) << qint64{50} << "99.89";
    }
    void ordersNeverCrossZero()
    {
        QFETCH(const qint64, held);
        QFETCH(const qint64, shares);
        QFETCH(const int, action);
        QFETCH(const qint64, quantity);
        QFETCH(const QString, price);
        HedgeDecision decision;
        decision.verdict = HedgeVerdict::Trade;
        decision.shares = shares;
        market::Quote quote;
        quote.bid = 99.99, quote.ask = 101.01;
        const auto intent = hedgeIntent(decision, "SPY", held, quote, 0.001, "hedge:book");
        QVERIFY(intent);
        QCOMPARE(int(intent->legs.at(0).action), action);
        QVERIFY(intent->legs.at(0).quantity == base::Quantity(quantity));
        QVERIFY(intent->legs.at(0).type == market::InstrumentType::Equity && intent->legs.at(0).symbol == "SPY");
        QCOMPARE(QString::fromStdString(intent->price->toString()), price);
        QVERIFY(intent->effect == (shares > 0 ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit));
        QCOMPARE(intent->origin, std::string("hedge:book"));
        QVERIFY(!hedgeIntent(decision, "SPY", held, {}, 0.001, "hedge:book"));
        decision.verdict = HedgeVerdict::Working;
        QVERIFY(!hedgeIntent(decision, "SPY", held, quote, 0.001, "hedge:book"));
    }

    /// A put that nobody would hold on to moves like the shares it is worth; as a European one it would not.
    void americanPutsHaveTheirOwnDelta()
    {
        RiskBook book;
        book.underlyings = {{.symbol = "SPY", .spot = 70, .rate = 0.05}};
        RiskPosition puts;
        puts.quantity = 3, puts.multiplier = 100, puts.years = 1, puts.volatility = 0.2;
        puts.option.emplace();
        puts.option->right = Right::Put;
        puts.option->strike = base::Decimal::fromDouble(100).value();
        book.positions = {puts};
        QVERIFY(isNear(netDeltas(book)[0].shares, -300, 1e-9));
        book.positions[0].style = market::ExerciseStyle::European;
        const pricing::Greeks european = pricing::blackScholes(Right::Put, {70, 0.05, 0}, 100, 1, 0.2);
        QVERIFY(isNear(netDeltas(book)[0].shares, 300 * european.delta, 1e-9));
        QVERIFY(european.delta > -0.95);
    }

    void deltasAreNetByUnderlyingAndByBeta()
    {
        RiskBook book;
        book.underlyings = {{.symbol = "SPY", .spot = 100, .rate = 0.02, .beta = 1},
                            {.symbol = "NVDA", .spot = 50, .beta = 1.8}};
        RiskPosition calls;
        calls.quantity = -2, calls.multiplier = 100, calls.years = 0.25, calls.volatility = 0.2;
        calls.option.emplace();
        calls.option->right = Right::Call;
        calls.option->strike = base::Decimal::fromDouble(100).value();
        RiskPosition shares;
        shares.quantity = 150;
        RiskPosition others;
        others.underlying = 1, others.quantity = -40;
        book.positions = {calls, shares, others};
        const std::vector<UnderlyingDelta> deltas = netDeltas(book);
        QCOMPARE(deltas.size(), std::size_t{2});
        QVERIFY(isNear(deltas[0].shares, 150 - 200 * 0.539827837, 1e-6)); // domain reference, F1
        QVERIFY(isNear(deltas[0].gamma, -200 * 0.039695255, 1e-6));
        QVERIFY(isNear(deltas[0].dollars, 100 * deltas[0].shares, 1e-9));
        QVERIFY(isNear(deltas[1].betaDollars, -40 * 50 * 1.8, 1e-9));
        QVERIFY(isNear(betaWeightedShares(deltas, 500), (deltas[0].dollars - 3600) / 500, 1e-9));
        book.underlyings[1].beta = unknown;
        QVERIFY(std::isnan(betaWeightedShares(netDeltas(book), 500)));
        book.positions[0].volatility = unknown;
        QVERIFY(std::isnan(netDeltas(book)[0].shares));
    }

    void minimumVarianceBeatsBlackScholesOnHeston_data()
    {
        QTest::addColumn<double>("correlation");
        QTest::newRow("prices fall as volatility rises") << -0.7;
        QTest::newRow("prices rise with volatility") << 0.7;
    }
    /// Coefficients of one history, variance of another.
    void minimumVarianceBeatsBlackScholesOnHeston()
    {
        QFETCH(const double, correlation);
        const auto fit = fitMinimumVariance(hestonDays(correlation, 600, 1));
        QVERIFY(fit);
        const std::vector<HedgeSample> later = hestonDays(correlation, 600, 2);
        const auto adjusted = [&](const HedgeSample& sample) {
            return minimumVarianceDelta(*fit, sample.delta, sample.vega, sample.spot, sample.years);
        };
        const double plain = varianceOf(later, [](const HedgeSample& sample) { return sample.delta; });
        const double least = varianceOf(later, adjusted);
        QVERIFY2(least < 0.95 * plain, qPrintable(QString("%1 of %2").arg(least).arg(plain)));
        for (const HedgeSample& sample : later)
            QVERIFY((adjusted(sample) - sample.delta) * correlation > 0);
    }

    void minimumVarianceFindsItsCoefficients()
    {
        base::Generator generator(3);
        std::vector<HedgeSample> samples;
        for (int day = 0; day < 40; ++day) {
            const double delta = generator.uniform(0.05, 0.95), move = generator.normal();
            const double slope = (-0.2 + 0.3 * delta - 0.1 * delta * delta) / std::sqrt(0.25);
            samples.push_back({delta, 20, 100, 0.25, move, delta * move + 20 * slope * move / 100});
        }
        const auto fit = fitMinimumVariance(samples);
        QVERIFY(fit);
        QVERIFY(isNear(fit->a, -0.2, 1e-10) && isNear(fit->b, 0.3, 1e-10) && isNear(fit->c, -0.1, 1e-10));
        QVERIFY(isNear(minimumVarianceDelta(*fit, 0.5, 20, 100, 0.25), 0.5 + 0.4 * (-0.2 + 0.15 - 0.025), 1e-10));
        QVERIFY(std::isnan(minimumVarianceDelta(*fit, 0.5, 20, 100, 0)));
        for (HedgeSample& sample : samples)
            sample.delta = 0.5;
        QVERIFY(!fitMinimumVariance(samples)); // one delta tells no curve
        samples[3].valueMove = unknown;
        QCOMPARE(fitMinimumVariance(samples).error().field, std::string("hedge sample 3"));
        samples.resize(29);
        QVERIFY(!fitMinimumVariance(samples));
    }
};

QTEST_GUILESS_MAIN(HedgePlannerTest)
#include "hedge_planner_test.moc"

#include "portfolio/hedge_ledger.h"

#include "base/random.h"
#include "market/calendar.h"
#include "pricing/black_scholes.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using market::Right;

namespace
{

const base::Instant opening = market::fromNewYork(base::makeDate(2023, 3, 1), std::chrono::hours(10));
const base::Instant expiry = market::fromNewYork(base::makeDate(2023, 6, 16), std::chrono::hours(16));

struct Picture {
    base::Instant at = opening;
    double spot = 100, volatility = 0.2, rate = 0.04, dividendYield = 0.01;
};

MarkedPosition option(const Picture& picture, Right right, double strike, base::Quantity quantity = 0)
{
    MarkedPosition position;
    position.symbol = (right == Right::Call ? "C" : "P") + std::to_string(static_cast<int>(strike));
    position.underlying = "SPY";
    position.quantity = quantity;
    position.multiplier = 100;
    position.option =
        market::OptionTerms{"SPY", base::makeDate(2023, 6, 16), right, base::Decimal::fromDouble(strike).value()};
    position.style = market::ExerciseStyle::European;
    position.spot = picture.spot;
    position.rate = picture.rate;
    position.dividendYield = picture.dividendYield;
    position.years = market::yearsUntil(picture.at, expiry);
    position.volatility = picture.volatility;
    position.mark = pricing::blackScholesPrice(right, {picture.spot, picture.rate, picture.dividendYield}, strike,
                                               position.years, picture.volatility);
    return position;
}

MarkedPosition shares(const Picture& picture, base::Quantity quantity = 0)
{
    MarkedPosition position;
    position.symbol = position.underlying = "SPY";
    position.quantity = quantity;
    position.spot = position.mark = picture.spot;
    position.rate = picture.rate;
    position.dividendYield = picture.dividendYield;
    return position;
}

std::vector<MarkedPosition> marked(const Picture& picture)
{
    return {option(picture, Right::Call, 100), option(picture, Right::Put, 100), option(picture, Right::Call, 110),
            shares(picture)};
}

HedgeTrade at(const MarkedPosition& traded, double price, HedgeEvent event = HedgeEvent::Trade)
{
    HedgeTrade trade;
    trade.traded = traded;
    trade.price = price;
    trade.event = event;
    return trade;
}

bool isNear(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace

class HedgeLedgerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The books, added up beside the ledger, and the terms of the identity come to the same, whatever happens.
    void bothAccountsOfTheProfitAreOne()
    {
        base::Generator generator(1);
        HedgeLedger ledger("gamma_scalping:SPY:1", "SPY");
        Picture now;
        double cash = 0, financing = 0;
        std::map<std::string, double> held;
        const auto trade = [&](const MarkedPosition& traded, double price, double fees, HedgeEvent event) {
            HedgeTrade each = at(traded, price, event);
            each.fees = fees;
            ledger.trade(now.at, each);
            cash -= traded.shares() * price + fees;
            held[traded.symbol] += traded.shares();
        };
        const auto worth = [&] {
            double value = 0;
            for (const MarkedPosition& each : marked(now))
                value += held[each.symbol] * each.mark;
            return value;
        };
        trade(option(now, Right::Call, 100, 10), option(now, Right::Call, 100).mark + 0.02, 6.5, HedgeEvent::Trade);
        trade(option(now, Right::Put, 100, 10), option(now, Right::Put, 100).mark + 0.03, 6.5, HedgeEvent::Trade);
        trade(option(now, Right::Call, 110, -4), option(now, Right::Call, 110).mark - 0.01, 2.6, HedgeEvent::Trade);
        for (int step = 0; step < 200; ++step) {
            const double years = 0.25 / 365;
            for (const MarkedPosition& each : marked(now)) {
                financing -= held[each.symbol] * each.mark * now.rate * years;
                financing += each.option ? 0 : held[each.symbol] * each.spot * now.dividendYield * years;
            }
            now.at += std::chrono::hours(6);
            now.spot *= std::exp(0.012 * generator.normal());
            now.volatility = std::max(0.08, now.volatility + 0.01 * generator.normal());
            now.rate = 0.04 + 0.005 * generator.normal();
            QVERIFY(ledger.mark(now.at, marked(now)));
            if (step % 3 == 0)
                trade(shares(now, generator.integer(-300, 300)), now.spot + 0.01, 0.2, HedgeEvent::Hedge);
        }
        const HedgedProfit& total = ledger.total();
        QVERIFY2(isNear(total.profit() - total.financing, worth() + cash, 1e-6),
                 qPrintable(QString("%1 %2").arg(total.profit()).arg(worth() + cash)));
        QVERIFY(isNear(total.financing, financing, 1e-6));
        QVERIFY2(isNear(total.explained(), total.profit(), 1e-6),
                 qPrintable(QString("%1 %2").arg(total.explained()).arg(total.profit())));
        QVERIFY(std::abs(total.unexplained) < 1e-6); // these marks are the model's own
        HedgedProfit rows;
        for (const HedgeRow& row : ledger.rows()) {
            QVERIFY(isNear(row.step.profit(), row.step.explained(), 1e-8));
            rows += row.step;
        }
        QVERIFY(isNear(rows.profit(), total.profit(), 1e-9));
    }

    /// A hedged straddle over an hour: the identity's term is the profit, and what is left is third order.
    void aShortStepEarnsTheIdentity_data()
    {
        QTest::addColumn<double>("move"); // in deviations
        QTest::newRow("nothing moves") << 0.0;
        QTest::newRow("one deviation: even") << 1.0;
        QTest::newRow("two down") << -2.0;
        QTest::newRow("three up") << 3.0;
    }
    void aShortStepEarnsTheIdentity()
    {
        QFETCH(const double, move);
        Picture now;
        HedgeLedger ledger("group", "SPY");
        const MarkedPosition call = option(now, Right::Call, 100, 50), put = option(now, Right::Put, 100, 50);
        ledger.trade(now.at, at(call, call.mark));
        ledger.trade(now.at, at(put, put.mark));
        const double delta = ledger.rows().back().deltaAfter;
        QVERIFY(std::abs(delta) > 100);
        HedgeTrade hedge =
            at(shares(now, base::Quantity::fromUnits(std::llround(-1e8 * delta))), now.spot, HedgeEvent::Hedge);
        hedge.band = 0;
        hedge.reason = "at entry";
        ledger.trade(now.at, hedge);
        QVERIFY(isNear(ledger.rows().back().deltaBefore, delta, 1e-9));
        QVERIFY(std::abs(ledger.rows().back().deltaAfter) < 1e-3);
        const double gamma = ledger.rows().back().gamma;

        Picture next = now;
        next.at += std::chrono::hours(1);
        const double years = 1.0 / (365 * 24), relative = move * now.volatility * std::sqrt(years);
        next.spot *= 1 + relative;
        QVERIFY(ledger.mark(next.at, marked(next)));
        const HedgedProfit& step = ledger.rows().back().step;
        const double identity = 0.5 * gamma * 100 * 100 * (relative * relative - 0.04 * years);
        QVERIFY2(isNear(step.scalped(), identity, 1e-9),
                 qPrintable(QString("%1 %2").arg(step.scalped()).arg(identity)));
        QVERIFY(isNear(step.profit(), step.explained(), 1e-8));
        QVERIFY(isNear(step.residual(), step.higherOrder, 1e-8)); // nothing was re-marked
        const double largest = 0.5 * gamma * 100 * 100 * 0.04 * years * std::max(1.0, move * move);
        QVERIFY2(std::abs(step.higherOrder) < 0.02 * largest,
                 qPrintable(QString("%1 of %2").arg(step.higherOrder).arg(largest)));
        QVERIFY(std::abs(step.delta) < 1e-3 * largest + 1e-3);
    }

    void aRemarkOfVolatilityIsNotScalped()
    {
        Picture now;
        HedgeLedger ledger("group", "SPY");
        const MarkedPosition call = option(now, Right::Call, 100, 10);
        ledger.trade(now.at, at(call, call.mark));
        Picture next = now;
        next.volatility = 0.25;
        QVERIFY(ledger.mark(next.at, marked(next)));
        const HedgedProfit& step = ledger.rows().back().step;
        const double expected = 1000 * (option(next, Right::Call, 100).mark - call.mark);
        QVERIFY(isNear(step.vega, expected, 1e-9) && isNear(step.profit(), expected, 1e-9));
        QVERIFY(step.scalped() == 0 && step.higherOrder == 0 && step.delta == 0);
        QVERIFY(isNear(ledger.rows().back().volatility, 0.25, 1e-12));
    }

    void whatIsNotKnownWaits()
    {
        Picture now;
        HedgeLedger ledger("group", "SPY");
        MarkedPosition call = option(now, Right::Call, 100, 1), put = option(now, Right::Put, 100, 1);
        call.volatility = market::unknown; // bought on a quote that says nothing of volatility
        ledger.trade(now.at, at(call, call.mark + 0.05));
        ledger.trade(now.at, at(put, put.mark + 0.05));
        QVERIFY(std::isnan(ledger.rows().back().deltaAfter));
        QVERIFY(isNear(ledger.total().costs, -5, 1e-9)); // the put's; the call's waits for a mark
        std::vector<MarkedPosition> incomplete = marked(now);
        incomplete[1].mark = market::unknown;
        QVERIFY(!ledger.mark(now.at, incomplete));
        incomplete.erase(incomplete.begin() + 1);
        QVERIFY(!ledger.mark(now.at, incomplete));
        QCOMPARE(ledger.rows().size(), std::size_t(2));
        QVERIFY(ledger.mark(now.at, marked(now)));
        QVERIFY(isNear(ledger.total().unexplained, -5, 1e-9));

        // A day without marks is in the step of the next one.
        Picture later = now;
        later.at += std::chrono::hours(24);
        QVERIFY(ledger.mark(later.at, marked(later)));
        const HedgedProfit& step = ledger.rows().back().step;
        const double gamma =
            2 * 100 * pricing::blackScholes(Right::Call, {100, 0.04, 0.01}, 100, call.years, 0.2).gamma;
        QVERIFY(isNear(step.theta, -0.5 * gamma * 100 * 100 * 0.04 / 365, 1e-9));
        QVERIFY(!ledger.mark(now.at, marked(now))); // and never backwards
    }

    /// Marks become one before anything that was traded does, the older ones first in the end, and no dollar is lost.
    void aLedgerKeepsItsSumInFewerRows()
    {
        Picture now;
        HedgeLedger ledger("group", "SPY");
        const MarkedPosition call = option(now, Right::Call, 100, 10);
        ledger.trade(now.at, at(call, call.mark));
        const auto pass = [&](int minutes) {
            for (int minute = 0; minute < minutes; ++minute) {
                now.at += std::chrono::minutes(1);
                now.spot += minute % 2 == 0 ? 0.02 : -0.01;
                QVERIFY(ledger.mark(now.at, marked(now)));
                ledger.keepRows(40);
                QVERIFY(ledger.rows().size() <= 40);
            }
        };
        const auto tied = [&] {
            HedgedProfit sum;
            std::size_t joined = 0;
            for (const HedgeRow& row : ledger.rows()) {
                sum += row.step;
                joined += row.joined;
            }
            return joined == ledger.written() && isNear(sum.profit(), ledger.total().profit(), 1e-9) &&
                   isNear(sum.explained(), ledger.total().explained(), 1e-9);
        };
        pass(39);
        QCOMPARE(ledger.rows().size(), std::size_t(40)); // all of them
        pass(161);
        QCOMPARE(ledger.written(), std::size_t(201));
        QVERIFY(tied());
        QCOMPARE(ledger.rows().front().event, HedgeEvent::Trade);
        QVERIFY(ledger.rows().front().joined == 1 && ledger.rows()[1].joined > ledger.rows().back().joined);
        QVERIFY(ledger.rows().back().at == now.at);
        QVERIFY(std::ranges::is_sorted(ledger.rows(), {}, &HedgeRow::at));

        for (int hedge = 0; hedge < 100; ++hedge) {
            ledger.trade(now.at, at(shares(now, hedge % 2 == 0 ? -10 : 10), now.spot - 0.01, HedgeEvent::Hedge));
            ledger.keepRows(40);
            QVERIFY(ledger.rows().size() <= 40);
        }
        QVERIFY(tied());
        QCOMPARE(ledger.rows().front().event, HedgeEvent::Mark); // too many trades: the oldest are in one row
        QVERIFY(ledger.rows().front().joined > 100);
        QCOMPARE(ledger.rows().back().event, HedgeEvent::Hedge);
    }

    void aSettlementEndsIt()
    {
        Picture now;
        HedgeLedger ledger("group", "SPY");
        const MarkedPosition call = option(now, Right::Call, 100, -2);
        ledger.trade(now.at, at(call, call.mark));
        ledger.trade(now.at, at(option(now, Right::Call, 100, 2), 3, HedgeEvent::Settlement));
        QVERIFY(ledger.isFlat());
        QVERIFY(isNear(ledger.total().settlements, -200 * (3 - call.mark), 1e-9));
        QVERIFY(isNear(ledger.total().profit(), ledger.total().settlements, 1e-9));
        QVERIFY(isNear(ledger.total().explained(), ledger.total().settlements, 1e-9));
        QVERIFY(!ledger.mark(now.at, marked(now)));
        QCOMPARE(ledger.held("C100"), base::Quantity(0));
    }
};

QTEST_GUILESS_MAIN(HedgeLedgerTest)
#include "hedge_ledger_test.moc"

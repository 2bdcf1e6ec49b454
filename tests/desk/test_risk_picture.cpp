#include "desk/risk_picture.h"

#include "market/symbols.h"

#include <QTest>

#include <map>

using namespace vegadesk;
using desk::riskPictureOf;

namespace
{

constexpr auto call = "SPY   261218C00600000";
constexpr auto put = "SPY   261218P00550000";

portfolio::Position held(std::string symbol, base::Quantity quantity, int multiplier = 100)
{
    portfolio::Position position;
    position.symbol = std::move(symbol);
    position.underlying = "SPY";
    position.quantity = quantity;
    position.multiplier = multiplier;
    return position;
}

risk::InstrumentState instrument(const std::string& symbol)
{
    risk::InstrumentState state;
    state.symbol = symbol;
    state.underlying = "SPY";
    state.spot = 590;
    state.quote.bid = 5;
    state.quote.ask = 5.2;
    if (const auto terms = market::parseOccSymbol(symbol)) {
        state.option = *terms;
        state.years = 0.08;
        state.volatility = 0.16;
        state.rate = 0.041;
        state.dividendYield = -0.0005; // as parity may have it
        state.style = market::ExerciseStyle::American;
    } else {
        state.quote.bid = 589.99;
        state.quote.ask = 590.01;
    }
    return state;
}

risk::GateState stateOf(std::vector<portfolio::Position> positions)
{
    risk::GateState state;
    state.now = *base::parseInstant("2026-11-19T15:00:00Z");
    state.netLiquidation = 100'000;
    state.positions = std::move(positions);
    state.instrument = [](const std::string& symbol) { return std::optional(instrument(symbol)); };
    return state;
}

/// A trade that holds so many.
trading::TradeGroup trade(std::string name, const std::string& symbol, base::Quantity quantity)
{
    trading::TradeGroup group;
    group.name = std::move(name);
    group.underlying = "SPY";
    group.ledger.adopt(held(symbol, quantity));
    return group;
}

execution::Order settlement(std::vector<portfolio::Fill> fills)
{
    execution::Order order;
    order.isExternal = true;
    order.intent.origin = execution::settlementOrigin;
    order.intent.underlying = "SPY";
    order.fills = std::move(fills);
    return order;
}

/// As it is attributed to what `last` shows.
std::vector<portfolio::AttributedTrade> attributed(const execution::Order& order, const portfolio::Fill& fill,
                                                   int multiplier, const portfolio::Marking& last)
{
    return desk::attributedTrades({desk::tradeOf(order, fill, multiplier)}, portfolio::Attribution(last).state());
}

portfolio::Fill fill(std::string symbol, portfolio::Action action, base::Quantity quantity, const char* price)
{
    portfolio::Fill out;
    out.fillId = symbol;
    out.symbol = std::move(symbol);
    out.action = action;
    out.quantity = quantity;
    out.price = *base::Decimal::parse(price);
    out.at = *base::parseInstant("2026-11-19T15:00:00Z");
    return out;
}

} // namespace

class RiskPictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPositionHasItsOwnRatesAndMark()
    {
        const desk::RiskPicture picture = riskPictureOf(stateOf({held(call, -3), held("SPY", 100, 1)}), {});
        QCOMPARE(picture.book.underlyings.size(), 1U);
        QCOMPARE(picture.book.underlyings.front().spot, 590.0);
        QCOMPARE(picture.book.positions.size(), 2U);
        const risk::RiskPosition& option = picture.book.positions.front();
        QCOMPARE(option.quantity, -3.0);
        QCOMPARE(option.mark, 5.1);
        QCOMPARE(option.rate, 0.041);
        QCOMPARE(option.dividendYield, 0.0); // a hair below 0 is 0
        QVERIFY(!picture.book.positions.back().option);
        QCOMPARE(picture.book.positions.back().mark, 590.0);
        QVERIFY(!picture.isOld);
        QCOMPARE(picture.marking.positions.size(), 2U);
        QCOMPARE(picture.marking.positions.front().quantity, base::Quantity(-3));
        QCOMPARE(picture.marking.positions.front().spot, 590.0);
    }

    void tradesOfStrategiesAreApart()
    {
        const trading::TradeGroup one = trade("one", call, -2), two = trade("two", call, 1);
        const desk::RiskPicture picture = riskPictureOf(stateOf({held(call, -4)}), {&one, &two});
        std::map<std::string, double> quantities;
        for (const risk::RiskPosition& position : picture.book.positions)
            quantities[position.group] = position.quantity;
        QCOMPARE(quantities, (std::map<std::string, double>{{"one", -2}, {"two", 1}, {"", -3}}));
    }

    void whatIsNotKnownStaysSo()
    {
        risk::GateState state = stateOf({held(call, 1), held("SPY", 10, 1)});
        state.instrument = [](const std::string&) { return std::optional<risk::InstrumentState>(); };
        state.isFeedAlive = false;
        const desk::RiskPicture picture = riskPictureOf(state, {});
        QVERIFY(picture.isOld);
        QVERIFY(picture.book.positions.front().option); // its symbol says what it is
        QVERIFY(qIsNaN(picture.book.positions.front().volatility));
        QVERIFY(qIsNaN(picture.book.underlyings.front().spot));
        QVERIFY(qIsNaN(picture.marking.positions.front().mark));
    }

    void aFillIsOfItsOrdersTrade()
    {
        execution::Order order;
        order.intent.underlying = "SPY";
        order.intent.group = "one";
        order.intent.legs = {{call, market::InstrumentType::EquityOption, portfolio::Action::SellToOpen, 2}};
        order.fills = {fill(call, portfolio::Action::SellToOpen, 2, "5.10")};
        const auto trades = attributed(order, order.fills.front(), 100, {});
        QCOMPARE(trades.size(), 1U);
        QCOMPARE(trades.front().group, std::string("one"));
        QCOMPARE(trades.front().quantity, base::Quantity(-2));
        QCOMPARE(trades.front().fees,
                 *base::Decimal::parse("2.24")); // 2 of commission, 0.20 of clearing, 0.04 estimated
        QVERIFY(!trades.front().isSettlement);
    }

    void anExpiryIsOfTheTradesThatHeld()
    {
        const trading::TradeGroup one = trade("one", call, -2), two = trade("two", call, -1);
        const auto last = riskPictureOf(stateOf({held(call, -4)}), {&one, &two}).marking;
        const execution::Order order = settlement({fill(call, portfolio::Action::BuyToClose, 4, "0")});
        std::map<std::string, double> quantities;
        for (const portfolio::AttributedTrade& part : attributed(order, order.fills.front(), 100, last)) {
            QVERIFY(part.isSettlement);
            QCOMPARE(part.fees, base::Decimal{});
            quantities[part.group] = part.quantity.toDouble();
        }
        QCOMPARE(quantities, (std::map<std::string, double>{{"one", 2}, {"two", 1}, {"", 1}}));
    }

    void assignedSharesGoToTheTradeOfTheirOptions()
    {
        const trading::TradeGroup one = trade("one", put, -1);
        const auto last = riskPictureOf(stateOf({held(put, -1)}), {&one}).marking;
        const execution::Order order = settlement(
            {fill(put, portfolio::Action::BuyToClose, 1, "0"), fill("SPY", portfolio::Action::BuyToOpen, 100, "550")});
        const auto trades = attributed(order, order.fills.back(), 1, last);
        QCOMPARE(trades.size(), 1U);
        QCOMPARE(trades.front().group, std::string("one"));
        QCOMPARE(trades.front().quantity, base::Quantity(100));
        // Of two trades' options nobody knows which share is whose.
        const trading::TradeGroup two = trade("two", put, -1);
        const auto both = riskPictureOf(stateOf({held(put, -2)}), {&one, &two}).marking;
        QVERIFY(attributed(order, order.fills.back(), 1, both).front().group.empty());
    }

    /// The second of two settlements between two pictures takes what the first has left, as does one after a trade.
    void settlementsOfOneMomentTakeNothingTwice()
    {
        const trading::TradeGroup one = trade("one", call, -2), two = trade("two", call, -2);
        const portfolio::Attribution before(riskPictureOf(stateOf({held(call, -4)}), {&one, &two}).marking);
        execution::Order bought;
        bought.intent.underlying = "SPY";
        bought.intent.group = "one";
        bought.intent.legs = {{call, market::InstrumentType::EquityOption, portfolio::Action::BuyToClose, 1}};
        bought.fills = {fill(call, portfolio::Action::BuyToClose, 1, "4")};
        const execution::Order first = settlement({fill(call, portfolio::Action::BuyToClose, 2, "0")}),
                               second = settlement({fill(call, portfolio::Action::BuyToClose, 1, "0")});
        std::map<std::string, double> settled;
        for (const portfolio::AttributedTrade& part : desk::attributedTrades(
                 {desk::tradeOf(bought, bought.fills.front(), 100), desk::tradeOf(first, first.fills.front(), 100),
                  desk::tradeOf(second, second.fills.front(), 100)},
                 before.state()))
            settled[part.group] += part.isSettlement ? part.quantity.toDouble() : 0;
        QCOMPARE(settled, (std::map<std::string, double>{{"one", 1}, {"two", 2}}));
    }
};

QTEST_APPLESS_MAIN(RiskPictureTest)
#include "test_risk_picture.moc"

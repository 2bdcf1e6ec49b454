#include "trading/book_signals.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using trading::bookSignals;

namespace
{

portfolio::Position held(std::string symbol, std::string underlying, std::int64_t quantity)
{
    portfolio::Position position;
    position.symbol = std::move(symbol);
    position.underlying = std::move(underlying);
    position.quantity = quantity;
    return position;
}

/// Shares of two underlyings and a call of one.
risk::GateState account()
{
    risk::GateState state;
    state.positions = {held("SPY", "SPY", 10), held("AAPL", "AAPL", -100), held("AAPL call", "AAPL", 3)};
    state.instrument = [](const std::string& symbol) {
        risk::InstrumentState instrument;
        instrument.multiplier = symbol == "AAPL call" ? 100 : 1;
        instrument.delta = symbol == "AAPL call" ? 0.4 : 1;
        instrument.spot = symbol == "SPY" ? 500 : 200;
        return std::optional(instrument);
    };
    return state;
}

} // namespace

class BookSignalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRestOfTheAccountInBetas()
    {
        const std::vector<portfolio::Position> own{held("AAPL call", "AAPL", 2)};
        const strategies::Signals signals = bookSignals(account(), "AAPL", own, {{"SPY", 1.0}, {"AAPL", 1.25}});
        QCOMPARE(signals.at("beta"), 1.25);
        // 10 x 500 of the fund; 100 shares short, and the one call that is not the trade's own.
        QCOMPARE(signals.at("book_beta_dollars"), 5'000 + 1.25 * 200 * (-100 + 40));
    }

    void whatIsNotKnownIsLeftOut()
    {
        const strategies::Signals halves = bookSignals(account(), "AAPL", {}, {{"AAPL", 1.25}});
        QCOMPARE(halves.size(), std::size_t(1)); // nobody knows what the fund moves like
        QCOMPARE(halves.at("beta"), 1.25);
        QVERIFY(bookSignals(account(), "QQQ", {}, {{"SPY", 1.0}, {"AAPL", market::unknown}}).empty());
        risk::GateState blind = account();
        blind.instrument = [](const std::string&) { return std::optional<risk::InstrumentState>(); };
        QVERIFY(!bookSignals(blind, "AAPL", {}, {{"SPY", 1.0}, {"AAPL", 1.25}}).contains("book_beta_dollars"));
    }

    void anEmptyAccountMovesLikeNothing()
    {
        QCOMPARE(bookSignals({}, "SPY", {}, {{"SPY", 1.0}}).at("book_beta_dollars"), 0.0);
    }
};

QTEST_APPLESS_MAIN(BookSignalsTest)
#include "book_signals_test.moc"

#pragma once

#include "base/clock.h"
#include "base/journal.h"
#include "base/log.h"
#include "execution/order_manager.h"
#include "market/option_chain.h"
#include "market/symbols.h"
#include "risk/wide_limits.h"
#include "tastytrade/connection.h"
#include "venue/venue.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

namespace vegadesk::tests
{

inline constexpr const char* runToken = "run-token-of-the-test";
inline constexpr int patience = 60'000; // ms until an answer counts as missing, on a slow machine too
inline const base::Instant thursday = *base::parseInstant("2026-11-19T15:00:00Z"); // 10:00 in New York

inline venue::VenueSettings settings(std::uint16_t port = 0)
{
    venue::VenueSettings settings;
    settings.seed = 5;
    settings.start = thursday;
    settings.port = port;
    settings.token = runToken;
    settings.exchange.withExamplePositions = false;
    return settings;
}

inline std::unique_ptr<venue::Venue> startVenue(std::uint16_t port = 0, bool withExamplePositions = false)
{
    venue::VenueSettings chosen = settings(port);
    chosen.exchange.withExamplePositions = withExamplePositions;
    auto venue = std::make_unique<venue::Venue>(chosen);
    const auto started = venue->start();
    if (!started)
        qFatal("%s", started.error().message().c_str());
    return venue;
}

/// The real client on its own thread; the test's thread is the trading thread and the venue's as well.
class Client : public execution::BrokerListener, public execution::OrderObserver
{
    QObject m_context; // first, because the connection calls through it until it is gone

public:
    explicit Client(const venue::Venue& venue, std::string_view token = runToken,
                    base::Nanos snapshotGap = std::chrono::milliseconds(100))
    {
        base::log::configure(qEnvironmentVariableIsSet("VEGADESK_TEST_LOG") ? base::log::Level::Debug
                                                                            : base::log::Level::Off);
        tastytrade::ConnectionOptions options;
        options.endpoints = tastytrade::Endpoints::venue(venue.port());
        options.trading = [this](std::function<void()> call) {
            QMetaObject::invokeMethod(&m_context, std::move(call), Qt::QueuedConnection);
        };
        auto made =
            tastytrade::Connection::make(std::move(options), tastytrade::Credentials::venue(token), clock, book);
        if (!made)
            qFatal("%s", made.error().message().c_str());
        connection = std::move(*made);
        manager.emplace(*connection->broker(), journal, clock,
                        execution::OrderManagerSettings{.idPrefix = "test-SIM00001", .snapshotGap = snapshotGap});
        manager->restore({});
        manager->addObserver(this);
        connection->broker()->setListener(this);
        connection->start();
    }
    /// As the listener heard it: the connection itself knows sooner.
    bool isConnected() const
    {
        return !states.empty() && states.back() == execution::ConnectionState::Connected &&
               connection->feed().state() == market::FeedState::Live;
    }
    /// A client that gave the answer up asks again, as the program does.
    base::Result<market::ChainDefinition> chain(const std::string& underlying)
    {
        const auto result = std::make_shared<std::optional<base::Result<market::ChainDefinition>>>();
        const auto ask = [&] {
            connection->referenceData().optionChain(underlying, [result](auto answer) { *result = std::move(answer); });
        };
        ask();
        const auto hasCome = [&] {
            if (*result && !**result && (**result).error().kind == base::ErrorKind::Timeout) {
                result->reset();
                ask();
            }
            return result->has_value();
        };
        if (!QTest::qWaitFor(hasCome, 2 * patience))
            return base::fail(base::ErrorKind::Timeout, underlying, {}, "no chain came");
        return std::move(**result);
    }
    market::InstrumentIndex stream(const std::string& symbol)
    {
        market::Instrument instrument;
        instrument.symbol = instrument.streamerSymbol = instrument.underlying = symbol;
        const auto index = book.add(instrument);
        connection->feed().setWanted({index});
        return index;
    }
    bool hasQuote(market::InstrumentIndex index) const { return std::isfinite(book.quote(index).mid()); }

    /// Buys shares of SPY through the gate, well above the market or far below it; also in the place of a working order.
    base::Result<std::string> buy(std::int64_t shares, double ofAsk = 1.005, const std::string& replaced = {})
    {
        risk::GateState state = gateState();
        if (!replaced.empty())
            state.replaced = {replaced, manager->find(replaced)->intent};
        auto approved = m_gate.approve(order(portfolio::Action::BuyToOpen, shares, ofAsk), state);
        if (!approved)
            return base::fail(base::ErrorKind::Refused, "gate", {}, approved.error().sentence());
        return replaced.empty() ? manager->submit(std::move(*approved))
                                : manager->replace(replaced, std::move(*approved));
    }
    /// The same, and two orders behind it: one sells well above the market, one stops far below it.
    base::Result<std::vector<std::string>> buyInBracket(std::int64_t shares)
    {
        using portfolio::Action;
        portfolio::ComplexIntent intent{portfolio::ComplexKind::Otoco, order(Action::BuyToOpen, shares, 1.005), {}};
        intent.orders = {order(Action::SellToClose, shares, 1.05), order(Action::SellToClose, shares, 0.95)};
        portfolio::OrderIntent& stop = intent.orders.back();
        stop.type = portfolio::OrderType::Stop;
        stop.stopTrigger = std::exchange(stop.price, std::nullopt);
        stop.effect = portfolio::PriceEffect::None;
        auto approved = m_gate.approve(intent, gateState());
        if (!approved)
            return base::fail(base::ErrorKind::Refused, "gate", {}, approved.error().sentence());
        return manager->submit(std::move(*approved));
    }
    portfolio::OrderIntent order(portfolio::Action action, std::int64_t shares, double ofAsk) const
    {
        const market::Quote quote = book.quote(*book.find("SPY"));
        portfolio::OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {{"SPY", market::InstrumentType::Equity, action, shares}};
        intent.price = base::Decimal::fromDouble(quote.ask * ofAsk)->roundedTo(base::Decimal::cent());
        intent.effect = portfolio::isBuy(action) ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
        return intent;
    }
    risk::GateState gateState() const
    {
        const market::Quote quote = book.quote(*book.find("SPY"));
        risk::GateState state;
        state.now = clock.now();
        state.netLiquidation = state.netLiquidationAtSessionStart = state.buyingPower = 1e5;
        state.instrument = [quote](const std::string& symbol) {
            risk::InstrumentState spy;
            spy.symbol = spy.underlying = symbol;
            spy.type = market::InstrumentType::Equity;
            spy.multiplier = 1;
            spy.quote = quote;
            spy.spot = quote.mid();
            spy.delta = 1;
            return std::optional(spy);
        };
        return state;
    }
    execution::OrderStatus statusOf(const std::string& id) const { return manager->find(id)->status; }

    void onOrder(const execution::BrokerOrder& order) override { manager->brokerReported(order); }
    void onPosition(const portfolio::Position& position) override
    {
        positions[position.symbol] = position.quantity;
        manager->positionReported(position);
    }
    void onBalances(const portfolio::Balances& values) override { balances = values; }
    void onUnreadable(const execution::Unreadable&) override {}
    void onConnection(execution::ConnectionState state, std::string_view why) override
    {
        states.push_back(state);
        if (!why.empty())
            reason = why;
        manager->connectionChanged(state);
    }
    void onOrderChanged(const execution::Order&) override {}
    void onFill(const execution::Order&, const portfolio::Fill& fill) override { fills.push_back(fill); }
    void onDifference(const execution::Difference& difference) override { differences.push_back(difference.sentence); }

    base::ScaledClock clock{thursday, 1};
    market::Book book;
    base::MemoryJournal journal;
    std::unique_ptr<tastytrade::Connection> connection;
    std::optional<execution::OrderManager> manager;
    std::vector<execution::ConnectionState> states;
    std::string reason;
    std::map<std::string, base::Quantity> positions;
    portfolio::Balances balances;
    std::vector<portfolio::Fill> fills;
    std::vector<std::string> differences;

private:
    risk::Gate m_gate{testing::wideLimits(risk::Tolerance::Moderate)};
};

} // namespace vegadesk::tests

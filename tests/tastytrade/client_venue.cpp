#include "base/clock.h"
#include "base/journal.h"
#include "base/log.h"
#include "execution/order_manager.h"
#include "market/option_chain.h"
#include "market/symbols.h"
#include "tastytrade/connection.h"
#include "venue/venue.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using tastytrade::Connection;

namespace
{

constexpr const char* runToken = "run-token-of-the-test";
constexpr int patience = 60'000; // ms until an answer counts as missing, on a slow machine too
const base::Instant thursday = *base::parseInstant("2026-11-19T15:00:00Z"); // 10:00 in New York

venue::VenueSettings settings(std::uint16_t port = 0)
{
    venue::VenueSettings settings;
    settings.seed = 5;
    settings.start = thursday;
    settings.port = port;
    settings.token = runToken;
    settings.exchange.withExamplePositions = false;
    return settings;
}

std::unique_ptr<venue::Venue> startVenue(std::uint16_t port = 0, bool withExamplePositions = false)
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
    explicit Client(const venue::Venue& venue, std::string_view token = runToken, base::Nanos snapshotGap = 100ms)
    {
        base::log::configure(qEnvironmentVariableIsSet("VEGADESK_TEST_LOG") ? base::log::Level::Debug
                                                                            : base::log::Level::Off);
        tastytrade::ConnectionOptions options;
        options.endpoints = tastytrade::Endpoints::venue(venue.port());
        options.trading = [this](std::function<void()> call) {
            QMetaObject::invokeMethod(&m_context, std::move(call), Qt::QueuedConnection);
        };
        auto made = Connection::make(std::move(options), tastytrade::Credentials::venue(token), clock, book);
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
    std::unique_ptr<Connection> connection;
    std::optional<execution::OrderManager> manager;
    std::vector<execution::ConnectionState> states;
    std::string reason;
    std::map<std::string, std::int64_t> positions;
    portfolio::Balances balances;
    std::vector<portfolio::Fill> fills;
    std::vector<std::string> differences;

private:
    risk::Gate m_gate{risk::limitsFor(risk::Tolerance::Moderate)};
};

} // namespace

class ClientVenueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chainStreams();
    void candlesArrive();
    void orderIsCheckedSentAndFilled();
    void orderIsReplaced_data();
    void orderIsReplaced();
    void aBracketLivesAndIsCancelled_data();
    void aBracketLivesAndIsCancelled();
    void lostAnswerIsFoundAgain();
    void lostRequestIsProvenAbsent();
    void expiriesReachTheBooks();
    void venueGoesAndComesBack();
    void revokedTokensAreReplaced();
    void wrongTokenIsTriedTwice();
};

void ClientVenueTest::chainStreams()
{
    const auto venue = startVenue();
    Client client(*venue);
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    const auto definition = client.chain("SPX");
    QVERIFY2(definition, definition ? "" : definition.error().message().c_str());
    QCOMPARE(definition->underlying.type, market::InstrumentType::Index);
    QVERIFY(definition->options.size() > 100);
    const market::Instrument& any = definition->options.front();
    QCOMPARE(any.style, market::ExerciseStyle::European);
    QVERIFY(any.expiresAt > thursday);

    std::vector<market::InstrumentIndex> wanted{client.book.add(definition->underlying)};
    const base::Date expiry = any.option->expiry;
    for (const market::Instrument& option : definition->options) {
        if (option.option->expiry == expiry)
            wanted.push_back(client.book.add(option));
    }
    client.connection->feed().setWanted({wanted.begin(), wanted.end()});
    const auto quoted = [&] {
        return std::ranges::count_if(wanted, [&](auto index) { return std::isfinite(client.book.quote(index).ask); });
    };
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::size_t>(quoted()), wanted.size(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::any_of(wanted, [&](auto index) { return std::isfinite(client.book.latest(index).greeks.delta); }),
        patience);
    QTRY_VERIFY_WITH_TIMEOUT(client.connection->counters().subscriptions >= wanted.size() * 3, patience);
    QCOMPARE(client.connection->counters().quarantined, 0U);
    QCOMPARE(client.connection->account(), QString("SIM00001"));
}

void ClientVenueTest::candlesArrive()
{
    const auto venue = startVenue();
    Client client(*venue);
    std::optional<base::Result<std::vector<market::Candle>>> result;
    const base::Instant from = thursday - 30 * 24h;
    client.connection->referenceData().candles("SPY", "1d", from, [&](auto answer) { result = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), patience);
    QVERIFY2(*result, *result ? "" : result->error().message().c_str());
    QVERIFY((*result)->size() > 15);
    QVERIFY(std::ranges::is_sorted(**result, {}, &market::Candle::time));
    for (const market::Candle& candle : **result)
        QVERIFY(candle.time >= from && candle.low <= candle.open && candle.close <= candle.high && candle.low > 0);
}

void ClientVenueTest::orderIsCheckedSentAndFilled()
{
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);

    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    intent.price = base::Decimal::fromInteger(static_cast<std::int64_t>(client.book.quote(spy).ask) + 1);
    intent.effect = portfolio::PriceEffect::Debit;
    std::optional<base::Result<portfolio::DryRunResult>> dryRun;
    client.connection->broker()->dryRun(intent, [&](auto answer) { dryRun = std::move(answer); });
    QVERIFY(!dryRun); // later, never inside the call
    QTRY_VERIFY_WITH_TIMEOUT(dryRun.has_value(), patience);
    QVERIFY2(*dryRun, *dryRun ? "" : dryRun->error().message().c_str());
    QVERIFY((*dryRun)->errors.empty());
    QVERIFY((*dryRun)->changeInBuyingPower > base::Decimal{});
    intent.legs[0].quantity = 1'000'000;
    dryRun.reset();
    client.connection->broker()->dryRun(intent, [&](auto answer) { dryRun = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(dryRun.has_value(), patience);
    QVERIFY(*dryRun && !(*dryRun)->errors.empty()); // refused by the broker's checks, which is an answer

    const auto id = client.buy(10);
    QVERIFY2(id, id ? "" : id.error().message().c_str());
    QTRY_COMPARE_WITH_TIMEOUT(client.statusOf(*id), execution::OrderStatus::Filled, patience);
    QTRY_COMPARE_WITH_TIMEOUT(client.positions["SPY"], 10, patience);
    QVERIFY(!client.fills.empty());
    QTRY_VERIFY_WITH_TIMEOUT(client.balances.cash < base::Decimal::fromInteger(100'000), patience);
    std::optional<base::Result<std::vector<portfolio::Position>>> positions;
    client.connection->broker()->positions([&](auto answer) { positions = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(positions.has_value(), patience);
    QVERIFY(*positions);
    QCOMPARE((*positions)->size(), 1U);
    QCOMPARE((*positions)->front().quantity, 10);
    QVERIFY(client.differences.empty());
}

void ClientVenueTest::orderIsReplaced_data()
{
    QTest::addColumn<bool>("isLost");
    QTest::newRow("answered") << false;
    QTest::newRow("the answer is lost") << true;
}

void ClientVenueTest::orderIsReplaced()
{
    QFETCH(bool, isLost);
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    const auto old = client.buy(10, 0.95);
    QVERIFY2(old, old ? "" : old.error().message().c_str());
    QTRY_VERIFY_WITH_TIMEOUT(execution::isReplaceable(*client.manager->find(*old)), patience);
    QTRY_COMPARE_WITH_TIMEOUT(venue->exchange().orders().front()->state, tastytrade::wire::OrderState::Live, patience);

    venue::Faults faults;
    faults.lostOrderAnswers = isLost ? 1 : 0;
    venue->setFaults(faults);
    const auto next = client.buy(10, 1.005, *old);
    QVERIFY2(next, next ? "" : next.error().message().c_str());
    const auto isFilled = [&] { return client.statusOf(*next) == execution::OrderStatus::Filled; };
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), isFilled()), patience);
    QTRY_COMPARE_WITH_TIMEOUT(client.statusOf(*old), execution::OrderStatus::Cancelled, patience);
    QCOMPARE(client.manager->find(*old)->replacedBy, *next);
    QCOMPARE(venue->exchange().orders().size(), 2U);
    QCOMPARE(venue->faults().lostOrderAnswers, 0);
    QTRY_COMPARE_WITH_TIMEOUT(client.positions["SPY"], 10, patience);
    QVERIFY2(client.differences.empty(), client.differences.empty() ? "" : client.differences.front().c_str());
}

void ClientVenueTest::aBracketLivesAndIsCancelled_data()
{
    QTest::addColumn<bool>("isLost");
    QTest::newRow("answered") << false;
    QTest::newRow("the answer is lost") << true;
}

void ClientVenueTest::aBracketLivesAndIsCancelled()
{
    using execution::OrderStatus;
    QFETCH(bool, isLost);
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    venue::Faults faults;
    faults.lostOrderAnswers = isLost ? 1 : 0;
    venue->setFaults(faults);
    const auto ids = client.buyInBracket(10);
    QVERIFY2(ids, ids ? "" : ids.error().message().c_str());
    QCOMPARE(ids->size(), 3U);
    const auto is = [&](std::size_t part, OrderStatus status) { return client.statusOf((*ids)[part]) == status; };
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), is(0, OrderStatus::Filled)), patience);
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), is(1, OrderStatus::Working) && is(2, OrderStatus::Working)),
                             patience);
    QCOMPARE(venue->exchange().orders().size(), 3U);
    QCOMPARE(venue->faults().lostOrderAnswers, 0);
    QCOMPARE(client.manager->claims().orders.size(), 1U); // one of two
    QVERIFY(client.manager->cancel((*ids)[1]));
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), is(1, OrderStatus::Cancelled) && is(2, OrderStatus::Cancelled)),
                             patience);
    QTRY_COMPARE_WITH_TIMEOUT(client.positions["SPY"], 10, patience);
    QVERIFY2(client.differences.empty(), client.differences.empty() ? "" : client.differences.front().c_str());
}

void ClientVenueTest::lostAnswerIsFoundAgain()
{
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    venue::Faults faults;
    faults.lostOrderAnswers = 1;
    venue->setFaults(faults);
    const auto id = client.buy(10);
    QVERIFY(id);
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), client.statusOf(*id) == execution::OrderStatus::Filled),
                             patience);
    QCOMPARE(venue->exchange().orders().size(), 1U); // taken once, sent once
    QCOMPARE(venue->exchange().orders().front()->externalId, *id);
}

void ClientVenueTest::lostRequestIsProvenAbsent()
{
    const auto venue = startVenue();
    Client client(*venue);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    venue::Faults faults;
    faults.lostOrderRequests = 1;
    venue->setFaults(faults);
    const auto id = client.buy(10);
    QVERIFY(id);
    QTRY_COMPARE_WITH_TIMEOUT(client.statusOf(*id), execution::OrderStatus::Unknown, patience);
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), client.statusOf(*id) == execution::OrderStatus::NotPlaced),
                             patience);
    QVERIFY(venue->exchange().orders().empty());
    QCOMPARE(venue->faults().lostOrderRequests, 0); // one request came, and no second one
}

void ClientVenueTest::expiriesReachTheBooks()
{
    const auto venue = startVenue(0, true);
    // On a slow machine the list of settlements comes after more than one list of positions: that is no difference yet.
    Client client(*venue, runToken, 60s);
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    const auto held = [&] { return client.manager->expectedPositions().value_or(execution::Quantities{}); };
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), !held().empty()), patience);
    const execution::Quantities before = held();
    QVERIFY(std::ranges::any_of(before, [](const auto& entry) { return entry.second < 0; }));

    venue->skip(120 * 24h); // past every expiry of the example book
    const auto atTheVenue = [&] {
        execution::Quantities left;
        for (const auto& position : venue->exchange().positions(false))
            left[position.values.symbol] = position.values.quantity;
        return left;
    };
    QTRY_VERIFY_WITH_TIMEOUT(atTheVenue() != before, patience);
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), held() == atTheVenue()), patience);
    for (const auto& [symbol, quantity] : held())
        QVERIFY2(!market::parseOccSymbol(symbol), symbol.c_str()); // shares alone are left
    QVERIFY2(client.differences.empty(), client.differences.empty() ? "" : client.differences.front().c_str());
    for (const execution::Order* order : client.manager->orders())
        QCOMPARE(order->intent.origin, std::string(execution::settlementOrigin));
    QVERIFY(client.fills.size() >= before.size() - 1); // all but the shares, and what was delivered
}

void ClientVenueTest::venueGoesAndComesBack()
{
    auto venue = startVenue();
    const std::uint16_t port = venue->port();
    Client client(*venue);
    QSignalSpy feedStates(client.connection.get(), &Connection::feedStateChanged);
    const auto spy = client.stream("SPY");
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected() && client.hasQuote(spy), patience);
    client.states.clear();

    venue.reset();
    QTRY_COMPARE_WITH_TIMEOUT(client.connection->feed().state(), market::FeedState::Disconnected, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!client.states.empty(), patience);
    QCOMPARE(client.states.front(), execution::ConnectionState::Disconnected);
    QVERIFY(!client.reason.empty());
    const base::Instant last = client.book.quote(spy).time;

    venue = startVenue(port);
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(client.book.quote(spy).time > last, patience); // subscribed again without being asked
    QCOMPARE(client.states.back(), execution::ConnectionState::Connected);
    // And reconciled: polled, since the snapshot that the end cut off may be waited for still.
    QTRY_VERIFY_WITH_TIMEOUT((client.manager->poll(), client.manager->lastSnapshotAt() > last), patience);
    QVERIFY(client.connection->counters().reconnects >= 2);
    QTRY_VERIFY_WITH_TIMEOUT(feedStates.size() >= 3, patience); // these come by a queue
}

void ClientVenueTest::revokedTokensAreReplaced()
{
    const auto venue = startVenue();
    Client client(*venue);
    QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), patience);
    QVERIFY(venue->apply(venue::FaultAction::ExpireTokens));
    std::optional<base::Result<portfolio::Balances>> balances;
    client.connection->broker()->balances([&](auto answer) { balances = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(balances.has_value(), patience);
    QVERIFY2(*balances, *balances ? "" : balances->error().message().c_str());
    QCOMPARE((*balances)->cash, base::Decimal::fromInteger(100'000));
}

void ClientVenueTest::wrongTokenIsTriedTwice()
{
    const auto venue = startVenue();
    Client client(*venue, "another-run's-token");
    QTRY_VERIFY_WITH_TIMEOUT(client.reason.find("no further attempt") != std::string::npos, patience);
    QCOMPARE(client.connection->accountState(), execution::ConnectionState::Disconnected);
    QVERIFY(client.connection->account().isEmpty());
}

QTEST_GUILESS_MAIN(ClientVenueTest)
#include "client_venue.moc"

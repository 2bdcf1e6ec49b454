#include "tastytrade/client_on_venue.h"

#include "market/calendar.h"
#include "venue/clock_change.h"

#include <QSignalSpy>
#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tests;
using tastytrade::Connection;

/// The real client on the real venue, over sockets.
class ClientVenueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chainStreams();
    void candlesArrive();
    void figuresOfUnderlyingsArrive();
    void orderIsCheckedSentAndFilled();
    void orderIsReplaced_data();
    void orderIsReplaced();
    void aBracketLivesAndIsCancelled_data();
    void aBracketLivesAndIsCancelled();
    void expiriesReachTheBooks();
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

void ClientVenueTest::figuresOfUnderlyingsArrive()
{
    const auto venue = startVenue();
    Client client(*venue);
    std::optional<base::Result<std::vector<market::UnderlyingMetrics>>> result;
    client.connection->referenceData().metrics({"KO", "SPX"}, [&](auto answer) { result = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), patience);
    QVERIFY2(*result, *result ? "" : result->error().message().c_str());
    QCOMPARE((*result)->size(), 2U);
    const auto of = [&](const char* symbol) {
        return *std::ranges::find((*result)->begin(), (*result)->end(), symbol, &market::UnderlyingMetrics::symbol);
    };
    const market::UnderlyingMetrics shares = of("KO"), index = of("SPX");
    QVERIFY(shares.dividend > 0 && shares.impliedVolatilityRank >= 0 && shares.impliedVolatilityRank <= 1);
    const base::Date today = market::newYorkDate(thursday);
    QVERIFY(std::ranges::any_of(shares.exDates, [today](base::Date date) { return date > today; }));
    QVERIFY(shares.earnings && *shares.earnings > today);
    QVERIFY(std::isnan(index.dividend)); // an index pays nothing
    QVERIFY(index.exDates.empty() && !index.earnings);
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
    // What an order takes of buying power goes by the price of the moment; here two answers are compared.
    venue::ClockChange pause;
    pause.isPaused = true;
    QVERIFY(venue->changeClock(pause));
    std::optional<base::Result<portfolio::DryRunResult>> dryRun;
    client.connection->broker()->dryRun(intent, [&](auto answer) { dryRun = std::move(answer); });
    QVERIFY(!dryRun); // later, never inside the call
    QTRY_VERIFY_WITH_TIMEOUT(dryRun.has_value(), patience);
    QVERIFY2(*dryRun, *dryRun ? "" : dryRun->error().message().c_str());
    QVERIFY((*dryRun)->errors.empty());
    QVERIFY((*dryRun)->changeInBuyingPower > base::Decimal{});
    // Orders that depend on each other are checked as one; the figures are the first one's.
    portfolio::ComplexIntent bracket{portfolio::ComplexKind::Oto, intent, {intent}};
    bracket.orders[0].legs[0].action = portfolio::Action::SellToClose;
    bracket.orders[0].price = *intent.price + base::Decimal::fromInteger(20);
    bracket.orders[0].effect = portfolio::PriceEffect::Credit;
    const base::Decimal alone = (*dryRun)->changeInBuyingPower;
    dryRun.reset();
    client.connection->broker()->dryRunComplex(bracket, [&](auto answer) { dryRun = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(dryRun.has_value(), patience);
    QVERIFY2(*dryRun, *dryRun ? "" : dryRun->error().message().c_str());
    QVERIFY((*dryRun)->errors.empty());
    QCOMPARE((*dryRun)->changeInBuyingPower, alone);
    bracket.orders[0].effect = portfolio::PriceEffect::Debit;
    dryRun.reset();
    client.connection->broker()->dryRunComplex(bracket, [&](auto answer) { dryRun = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(dryRun.has_value(), patience);
    QVERIFY(*dryRun && !(*dryRun)->errors.empty());
    intent.legs[0].quantity = 1'000'000;
    dryRun.reset();
    client.connection->broker()->dryRun(intent, [&](auto answer) { dryRun = std::move(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(dryRun.has_value(), patience);
    QVERIFY(*dryRun && !(*dryRun)->errors.empty()); // refused by the broker's checks, which is an answer
    pause.isPaused = false;
    QVERIFY(venue->changeClock(pause));

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

    venue::ClockChange expiry;
    expiry.to = venue->now() + 120 * 24h; // past every expiry of the example book
    QVERIFY(venue->changeClock(expiry));
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

QTEST_GUILESS_MAIN(ClientVenueTest)
#include "client_venue.moc"

#include "desk/trading_session.h"

#include "desk/odd_session.h"
#include "execution/journal_codec.h"
#include "market/calendar.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;

namespace
{

/// Ten shares that the gamma scalper of an earlier run bought and still holds.
void writeHedgedTrade(const std::string& journalFile, base::Instant at)
{
    const auto journal = storage::SqliteJournal::open(
        {.file = journalFile, .executor = [](const std::function<void()>& work) { work(); }});
    const std::string id = "venue-ODD-1";
    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    intent.price = base::Decimal::fromInteger(500);
    intent.origin = "strategy:gamma_scalping";
    intent.group = "gamma_scalping:SPY:1";
    const auto append = [&](const char* kind, std::string payload) {
        (*journal)->append({at, kind, id, std::move(payload)}, [](const base::Result<void>&) {});
    };
    append("order.intent", execution::toJson(execution::JournalledIntent{intent, {}}));
    append("order.fill", execution::toJson(portfolio::Fill{id, id, "SPY", portfolio::Action::BuyToOpen, 10,
                                                           base::Decimal::fromInteger(500), at}));
    append("order.update", execution::toJson(execution::OrderUpdate{execution::OrderStatus::Filled, id, {}}));
}

} // namespace

class TradingSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJournalThatCannotBeOpenedIsTriedAgain();
    void realMoneyIsArmedByHandAndDisarmsByItself();
    void onlyRealMoneyIsArmed();
    void allOrdersAreCancelledAndTradingGoesOn();
    void whatCannotBeChangedIsSaid();
    void hedgeLedgersArePublishedOnceMarksAreKnown();
    void aLookIsAnsweredByItsNumberAndEndsWithTheSession();
};

void TradingSessionTest::aJournalThatCannotBeOpenedIsTriedAgain()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    session.open(setup(folder, broker, "later"));
    QCOMPARE(notices.filter(QStringLiteral("it is tried again")).size(), 1);
    session.send({});
    QVERIFY2(notices.last().startsWith(QStringLiteral("Nothing was sent")), qPrintable(notices.last()));

    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QCOMPARE(notices.filter(QStringLiteral("it is tried again")).size(), 1);
    QCOMPARE(notices.filter(QStringLiteral("can be used again")).size(), 1);
}

void TradingSessionTest::realMoneyIsArmedByHandAndDisarmsByItself()
{
    OddSession odd;
    const auto clock =
        std::make_shared<base::ManualClock>(market::fromNewYork(base::makeDate(2026, 11, 20), std::chrono::hours(10)));
    desk::SessionSetup live = setup(odd.folder, odd.broker);
    live.environment = desk::Environment::Live;
    live.marketClock = clock;
    odd.session.open(live);
    odd.session.setFeedState(market::FeedState::Live);
    const auto view = [&] { return odd.views->trading.load(); };
    QVERIFY(view()->needsArming);
    QVERIFY(!view()->isArmed);

    odd.session.armLive(); // the account's stream does not stand yet
    QVERIFY(!view()->isArmed);
    QVERIFY2(odd.notices.join(u'|').contains(QLatin1String("could not be armed")), qPrintable(odd.notices.join(u'|')));
    odd.broker.listener->onConnection(execution::ConnectionState::Connected, {});
    odd.session.armLive();
    QVERIFY(view()->isArmed);

    odd.broker.listener->onConnection(execution::ConnectionState::Connecting, "Bye");
    odd.session.setFeedState(market::FeedState::Live); // the next picture
    QVERIFY(!view()->isArmed);
    QVERIFY(view()->disarmedReason.find("connection") != std::string::npos);
    odd.broker.listener->onConnection(execution::ConnectionState::Connected, {});
    odd.session.setFeedState(market::FeedState::Live);
    QVERIFY(!view()->isArmed); // nobody did it anew

    odd.session.armLive();
    QVERIFY(view()->isArmed);
    odd.session.stopAll();
    QVERIFY(!view()->isArmed);
    odd.session.armLive(); // for closes
    QVERIFY(view()->isArmed);
    odd.session.disarmLive();
    QVERIFY(!view()->isArmed);
    odd.session.armLive();
    clock->advance(std::chrono::hours(6)); // the session has ended
    odd.session.setFeedState(market::FeedState::Live);
    QVERIFY(!view()->isArmed);

    QStringList kinds;
    odd.session.close();
    const auto journal = storage::SqliteJournal::open(
        {.file = live.journalFile, .executor = [](const std::function<void()>& work) { work(); }});
    QVERIFY(journal);
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    for (const base::JournalRecord& record : *records) {
        if (record.kind.starts_with("live."))
            kinds << QString::fromStdString(record.kind).mid(5);
    }
    QCOMPARE(kinds, (QStringList{"armed", "disarmed", "armed", "disarmed", "armed", "disarmed", "armed", "disarmed"}));
}

void TradingSessionTest::onlyRealMoneyIsArmed()
{
    OddSession odd;
    odd.session.open(setup(odd.folder, odd.broker));
    odd.session.armLive();
    QVERIFY(!odd.views->trading.load()->needsArming);
    QVERIFY(!odd.views->trading.load()->isArmed);
    QVERIFY(odd.notices.isEmpty());
}

void TradingSessionTest::allOrdersAreCancelledAndTradingGoesOn()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    session.cancelAll();
    QVERIFY2(notices.last().startsWith(QStringLiteral("No order was cancelled")), qPrintable(notices.last()));
    execution::BrokerOrder& working = broker.listed.emplace_back();
    working.brokerId = "elsewhere";
    working.intent.underlying = "SPY";
    working.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    working.intent.price = base::Decimal::fromInteger(1);
    session.open(setup(folder, broker));
    QTRY_VERIFY_WITH_TIMEOUT(!views->trading.load()->orders.empty(), 60'000);
    session.cancelAll();
    QVERIFY(views->trading.load()->isCancellingAll);
    QVERIFY(views->trading.load()->state == desk::DeskState::Active);
    QTRY_COMPARE_WITH_TIMEOUT(broker.cancelled, QStringList{QStringLiteral("elsewhere")}, 60'000);
    broker.listed.front().status = execution::OrderStatus::Cancelled;
    QTRY_VERIFY_WITH_TIMEOUT(!views->trading.load()->isCancellingAll, 60'000);
    QCOMPARE(notices.filter(QStringLiteral("No order is working any more")).size(), 1);
}

void TradingSessionTest::whatCannotBeChangedIsSaid()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.ordersPerMinute = 7;
    session.open(wanted);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QCOMPARE(views->trading.load()->ordersLeft, std::optional(7));
    session.setOrdersPerMinute(5);
    session.replaceOrder("no-such-order", {});
    QCOMPARE(notices.filter(QStringLiteral("The order is not known any more.")).size(), 1);
    QCOMPARE(views->trading.load()->ordersPerMinute, 5);
    session.stageReplacement(3, "no-such-order", {});
    const auto ticket = views->ticket.load();
    QCOMPARE(ticket->request, std::uint64_t{3});
    QCOMPARE(ticket->replaces, std::string("no-such-order"));
    QVERIFY(!ticket->isAllowed);
    QCOMPARE(ticket->verdict, std::vector<std::string>{"The order is not known any more."});
}

void TradingSessionTest::hedgeLedgersArePublishedOnceMarksAreKnown()
{
    const QTemporaryDir folder;
    const auto book = std::make_shared<market::Book>();
    const auto views = std::make_shared<desk::TradingViews>();
    OddBroker broker;
    desk::TradingSession session(book, views);
    broker.session = &session;
    portfolio::Position& position = broker.held.emplace_back();
    position.symbol = position.underlying = "SPY";
    position.type = market::InstrumentType::Equity;
    position.multiplier = 1;
    position.quantity = 10;
    desk::SessionSetup wanted = setup(folder, broker);
    const base::Instant noon = market::fromNewYork(base::makeDate(2023, 3, 1), std::chrono::hours(12));
    const auto clock = std::make_shared<desk::MarketClock>();
    clock->follow(noon, 1, true);
    wanted.marketClock = clock;
    writeHedgedTrade(wanted.journalFile, noon - std::chrono::hours(1));
    session.setStaleAfter(std::chrono::hours(1));

    session.open(wanted);
    const auto ledgers = [&] { return views->strategies.load()->ledgers; };
    QCOMPARE(ledgers().size(), std::size_t(1));
    QCOMPARE(ledgers().front().group, std::string("gamma_scalping:SPY:1"));
    QVERIFY(!ledgers().front().ledger);

    auto definition = std::make_shared<market::ChainDefinition>();
    definition->underlying.symbol = definition->underlying.underlying = "SPY";
    definition->underlying.type = market::InstrumentType::Equity;
    const market::InstrumentIndex index = book->add(definition->underlying);
    session.addDefinition(definition);
    const auto quote = [&](double spot) {
        book->put(index, market::Quote{spot - 0.01, spot + 0.01, 100, 100, base::SystemClock().now()});
    };
    quote(510);
    QTRY_VERIFY_WITH_TIMEOUT(!ledgers().empty() && ledgers().front().ledger, 60'000);
    QVERIFY(ledgers().front().ledger->since == noon);
    clock->follow(noon + std::chrono::minutes(2), 1, true);
    quote(511);
    QTRY_VERIFY_WITH_TIMEOUT(ledgers().front().ledger->hedges > 9.99, 60'000); // a dollar on ten shares
    // A feed that is silent has no marks that time may pass between.
    session.setFeedState(market::FeedState::Disconnected);
    const auto before = ledgers().front().ledger;
    clock->follow(noon + std::chrono::minutes(4), 1, true);
    session.setFeedState(market::FeedState::Disconnected); // and once more: it is looked at then
    QVERIFY(ledgers().front().ledger == before);
    session.close();
    QVERIFY(ledgers().empty());
}

void TradingSessionTest::aLookIsAnsweredByItsNumberAndEndsWithTheSession()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    session.lookAtEntry(1, {"iron_condor", "SPY", {}});
    QCOMPARE(views->entryLook.load()->request, std::uint64_t{0}); // nothing to look with
    session.open(setup(folder, broker));
    session.lookAtEntry(2, {"iron_condor", "QQQ", {}});
    session.lookAtEntry(3, {"iron_condor", "SPY", {}});
    QTRY_COMPARE_WITH_TIMEOUT(views->entryLook.load()->request, std::uint64_t{3}, 60'000);
    const auto look = views->entryLook.load();
    QCOMPARE(look->underlyings, std::vector<std::string>{"SPY"});
    QVERIFY2(look->whyNot.find("SPY") != std::string::npos, look->whyNot.c_str()); // it is not listed
    QVERIFY(views->trading.load()->orders.empty() && views->strategies.load()->rows.empty());
    session.close();
    QCOMPARE(views->entryLook.load()->request, std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TradingSessionTest)
#include "test_trading_session.moc"

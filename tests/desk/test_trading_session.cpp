#include "desk/trading_session.h"

#include "base/log.h"
#include "desk/market_clock.h"
#include "execution/journal_codec.h"
#include "market/book.h"
#include "market/calendar.h"
#include "risk/wide_limits.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <stdexcept>

using namespace vegadesk;

namespace
{

/// A broker that says what a test tells it to, through the session's own way in.
class OddBroker final : public execution::Broker
{
public:
    desk::TradingSession* session = nullptr;
    std::vector<portfolio::Position> held;
    std::vector<execution::BrokerOrder> listed;
    QStringList cancelled;
    bool throws = false; ///< when asked for orders
    int asked = 0;

    execution::BrokerListener* listener = nullptr;

    void setListener(execution::BrokerListener* told) override { listener = told; }
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void replace(const std::string&, execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void cancel(const std::string& brokerId, Done<execution::BrokerOrder>) override
    {
        cancelled << QString::fromStdString(brokerId);
    }
    void placeComplex(execution::SendableComplexOrder, Done<std::vector<execution::BrokerOrder>>) override {}
    void cancelComplex(const std::string&, Done<std::vector<execution::BrokerOrder>>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>> done) override
    {
        ++asked;
        if (throws)
            throw std::overflow_error("an odd number");
        later([this, done] { done(listed); });
    }
    void settlements(base::Date, Done<std::vector<execution::Settlement>>) override {}
    void positions(Done<std::vector<portfolio::Position>> done) override
    {
        later([this, done] { done(held); });
    }
    void balances(Done<portfolio::Balances> done) override
    {
        portfolio::Balances balances;
        balances.cash = balances.netLiquidation = base::Decimal::fromInteger(100'000);
        later([done, balances] { done(balances); });
    }

private:
    void later(std::function<void()> work)
    {
        QMetaObject::invokeMethod(
            session, [this, work = std::move(work)] { session->guarded(work); }, Qt::QueuedConnection);
    }
};

/// A session with it, and what it says.
struct OddSession {
    OddSession()
    {
        base::log::configure(base::log::Level::Off);
        broker.session = &session;
        QObject::connect(&session, &desk::TradingSession::noticed, &session,
                         [this](const desk::Notice& notice) { notices << QString::fromStdString(notice.text); });
    }

    QTemporaryDir folder;
    std::shared_ptr<desk::TradingViews> views = std::make_shared<desk::TradingViews>();
    OddBroker broker; // outlives the session, which lets go of it at its end
    desk::TradingSession session{std::make_shared<market::Book>(), views};
    QStringList notices;
};

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
    void whatIsThrownHaltsAndIsSaid_data();
    void whatIsThrownHaltsAndIsSaid();
    void aJournalThatCannotBeOpenedIsTriedAgain();
    void whatIsThrownAtTheStartLeavesNothingBehind_data();
    void whatIsThrownAtTheStartLeavesNothingBehind();
    void aStopWaitsForTheSession_data();
    void aStopWaitsForTheSession();
    void aHaltFileHaltsUntilSomebodyResumes_data();
    void aHaltFileHaltsUntilSomebodyResumes();
    void aHaltFileComesBeforeWhatWaits();
    void aHaltFileThatStaysKeepsTradingHalted();
    void aStoppedMarketStopsNoWait();
    void realMoneyIsArmedByHandAndDisarmsByItself();
    void onlyRealMoneyIsArmed();
    void allOrdersAreCancelledAndTradingGoesOn();
    void whatCannotBeChangedIsSaid();
    void hedgeLedgersArePublishedOnceMarksAreKnown();
    void aLookIsAnsweredByItsNumberAndEndsWithTheSession();

private:
    static desk::SessionSetup setup(const QTemporaryDir& folder, OddBroker& broker, const char* journalFolder = ".")
    {
        desk::SessionSetup setup;
        setup.account = "ODD";
        setup.journalFile = folder.filePath(QStringLiteral("%1/journal.sqlite").arg(journalFolder)).toStdString();
        setup.storeFile = folder.filePath(QStringLiteral("store.sqlite")).toStdString();
        const auto clock = std::make_shared<desk::MarketClock>();
        clock->follow(base::SystemClock().now(), 50, false); // what is done every few seconds need not be waited for
        setup.marketClock = clock;
        setup.journalRetry = std::chrono::milliseconds(20);
        setup.broker = &broker;
        setup.limits = testing::wideLimits(risk::Tolerance::Moderate);
        return setup;
    }
};

void TradingSessionTest::whatIsThrownHaltsAndIsSaid_data()
{
    QTest::addColumn<qint64>("quantity");
    QTest::addColumn<bool>("isHalted");
    QTest::newRow("an account") << qint64{100} << false;
    QTest::newRow("more than sums can hold") << qint64{4'000'000'000} << true;
}

void TradingSessionTest::whatIsThrownHaltsAndIsSaid()
{
    QFETCH(qint64, quantity);
    QFETCH(bool, isHalted);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    portfolio::Position& position = broker.held.emplace_back();
    position.symbol = position.underlying = "SPY";
    position.type = market::InstrumentType::Equity;
    position.multiplier = 1;
    position.quantity = quantity;
    position.averageOpenPrice = base::Decimal::fromInteger(1'000'000);

    session.open(setup(folder, broker));
    if (!isHalted) {
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
        QVERIFY(views->trading.load()->state == desk::DeskState::Active);
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(views->trading.load()->state == desk::DeskState::Halted, 60'000);
    QCOMPARE(notices.filter(QStringLiteral("could not be reckoned with")).size(), 2); // what happened, and the halt
    const int asked = broker.asked;
    QTRY_VERIFY_WITH_TIMEOUT(broker.asked > asked, 60'000); // it lives, and goes on asking
}

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

void TradingSessionTest::whatIsThrownAtTheStartLeavesNothingBehind_data()
{
    QTest::addColumn<bool>("isTriedAgain");
    QTest::newRow("at once") << false;
    QTest::newRow("when the journal is tried again") << true;
}

void TradingSessionTest::whatIsThrownAtTheStartLeavesNothingBehind()
{
    QFETCH(bool, isTriedAgain);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    broker.throws = true;
    const desk::SessionSetup wanted = setup(folder, broker, "later");
    if (!isTriedAgain)
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    session.guarded([&] { session.open(wanted); });
    if (isTriedAgain)
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    const auto said = [&] { return notices.filter(QStringLiteral("could not be started (an odd number)")); };
    QTRY_COMPARE_WITH_TIMEOUT(said().size(), 1, 60'000);
    QTRY_VERIFY2_WITH_TIMEOUT(session.findChildren<QTimer*>().empty(), "it is not tried again", 60'000);
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    for (const auto asked : {&desk::TradingSession::stopAll, &desk::TradingSession::resume}) {
        notices.clear();
        (session.*asked)();
        QCOMPARE(notices.filter(QStringLiteral("Trading could not be started")).size(), 1);
    }

    broker.throws = false;
    session.open(wanted); // the journal is nobody's
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QVERIFY(views->trading.load()->state == desk::DeskState::Active);
}

void TradingSessionTest::aStopWaitsForTheSession_data()
{
    QTest::addColumn<bool>("isBeforeOpen");
    QTest::addColumn<bool>("isTakenBack");
    QTest::newRow("while the journal is tried") << false << false;
    QTest::newRow("taken back") << false << true;
    QTest::newRow("before there is a session") << true << false;
}

void TradingSessionTest::aStopWaitsForTheSession()
{
    QFETCH(bool, isBeforeOpen);
    QFETCH(bool, isTakenBack);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    execution::BrokerOrder& working = broker.listed.emplace_back();
    working.brokerId = "elsewhere";
    working.intent.underlying = "SPY";
    working.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    working.intent.price = base::Decimal::fromInteger(1);
    std::vector<desk::DeskState> states; // as they were published when something was said
    connect(&session, &desk::TradingSession::noticed, this, [&] { states.push_back(views->trading.load()->state); });

    if (isBeforeOpen)
        session.stopAll();
    session.open(setup(folder, broker, "later"));
    if (!isBeforeOpen)
        session.stopAll();
    QCOMPARE(notices.filter(QStringLiteral("will be stopped")).size(), 1);
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    if (isTakenBack) {
        session.resume();
        QVERIFY(views->trading.load()->state == desk::DeskState::Active);
    }

    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QVERIFY((views->trading.load()->state == desk::DeskState::Halted) != isTakenBack);
    QCOMPARE(notices.filter(QStringLiteral("Trading is halted: stopped by hand")).size(), isTakenBack ? 0 : 1);
    QCOMPARE(notices.filter(QStringLiteral("orders can be sent.")).size(), isTakenBack ? 1 : 0);
    QVERIFY(notices.last().contains(QStringLiteral("can be used again")));
    QVERIFY2((states.back() == desk::DeskState::Halted) != isTakenBack, "not for a moment can an order be sent");
    const QStringList cancelled = isTakenBack ? QStringList() : QStringList{QStringLiteral("elsewhere")};
    QTRY_COMPARE_WITH_TIMEOUT(broker.cancelled, cancelled, 60'000);
}

void TradingSessionTest::aHaltFileHaltsUntilSomebodyResumes_data()
{
    QTest::addColumn<bool>("isThereAtTheStart");
    QTest::newRow("at the start") << true;
    QTest::newRow("while it trades") << false;
}

void TradingSessionTest::aHaltFileHaltsUntilSomebodyResumes()
{
    QFETCH(bool, isThereAtTheStart);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    execution::BrokerOrder& working = broker.listed.emplace_back();
    working.brokerId = "elsewhere";
    working.intent.underlying = "SPY";
    working.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    working.intent.price = base::Decimal::fromInteger(1);
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.haltFile = watchdog::HaltFile::of(folder.path().toStdString(), "venue");
    const auto state = [&] { return views->trading.load()->state; };
    const auto said = [&] {
        return notices.filter(QStringLiteral("Trading is halted: stopped in the watchdog")).size();
    };
    const auto halt = [&] { QVERIFY(wanted.haltFile.write(base::SystemClock().now(), "the watchdog")); };

    if (isThereAtTheStart)
        halt();
    session.open(wanted);
    QVERIFY((state() == desk::DeskState::Halted) == isThereAtTheStart); // before anything else
    if (!isThereAtTheStart) {
        QTRY_VERIFY_WITH_TIMEOUT(!views->trading.load()->orders.empty(), 60'000);
        QVERIFY(broker.cancelled.isEmpty());
        halt();
    }
    QTRY_VERIFY_WITH_TIMEOUT(state() == desk::DeskState::Halted, 60'000);
    QCOMPARE(views->trading.load()->stateReason, std::string("stopped in the watchdog"));
    QTRY_COMPARE_WITH_TIMEOUT(broker.cancelled.value(0), QStringLiteral("elsewhere"), 60'000);
    QCOMPARE(said(), 1); // not at each tick

    // A restart finds it so, also where the file has been lost meanwhile: the halt is in the journal.
    QVERIFY(wanted.haltFile.remove());
    session.open(wanted);
    QVERIFY(state() == desk::DeskState::Halted);
    halt();
    session.close();
    session.open(wanted);
    QVERIFY(state() == desk::DeskState::Halted);
    session.resume();
    QVERIFY(state() == desk::DeskState::Active);
    QVERIFY(!wanted.haltFile.isThere());
    const int asked = broker.asked;
    QTRY_VERIFY_WITH_TIMEOUT(broker.asked > asked + 1, 60'000); // some ticks later
    QVERIFY(state() == desk::DeskState::Active);
    halt(); // and it can be stopped again
    QTRY_VERIFY_WITH_TIMEOUT(state() == desk::DeskState::Halted, 60'000);
}

/// A process that was frozen goes on with what waits, which may be an order: before it is judged, trading is halted.
void TradingSessionTest::aHaltFileComesBeforeWhatWaits()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.haltFile = watchdog::HaltFile::of(folder.path().toStdString(), "venue");
    session.open(wanted);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    notices.clear();
    QVERIFY(wanted.haltFile.write(base::SystemClock().now(), "the watchdog"));
    QStringList before;
    session.guarded([&] { before = notices; });
    QCOMPARE(before.filter(QStringLiteral("Trading is halted: stopped in the watchdog")).size(), 1);
}

void TradingSessionTest::aHaltFileThatStaysKeepsTradingHalted()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    QVERIFY(
        QDir(folder.path()).mkpath(QStringLiteral("venue.halt/with something in it"))); // no file can be removed there
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.haltFile = watchdog::HaltFile::of(folder.path().toStdString(), "venue");
    session.open(wanted);
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    session.resume();
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    QCOMPARE(notices.filter(QStringLiteral("Trading stays halted")).size(), 1);
}

/// What the broker holds is known after two answers that are some time apart, by a clock that goes on.
void TradingSessionTest::aStoppedMarketStopsNoWait()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    desk::SessionSetup stopped = setup(folder, broker);
    const auto clock = std::make_shared<desk::MarketClock>();
    const base::Instant at = base::SystemClock().now();
    clock->follow(at, 50, true);
    stopped.marketClock = clock;
    stopped.spanClock = std::make_shared<base::ScaledClock>(at, 50);
    session.open(stopped);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QVERIFY(clock->now() == at);
    QTRY_VERIFY_WITH_TIMEOUT(views->trading.load()->reconciledAt == at, 60'000); // the market's time is what is shown
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

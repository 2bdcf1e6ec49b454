#include "market/book.h"
#include "trading/loop_checks.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;

namespace
{

/// A broker that nobody can reach yet.
class SilentBroker final : public execution::Broker
{
public:
    void setListener(execution::BrokerListener*) override {}
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder, Done<execution::BrokerOrder>) override { ++placed; }
    void replace(const std::string&, execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void cancel(const std::string&, Done<execution::BrokerOrder>) override {}
    void placeComplex(execution::SendableComplexOrder, Done<std::vector<execution::BrokerOrder>>) override {}
    void cancelComplex(const std::string&, Done<std::vector<execution::BrokerOrder>>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>>) override {}
    void settlements(base::Date, Done<std::vector<execution::Settlement>>) override {}
    void positions(Done<std::vector<portfolio::Position>>) override {}
    void balances(Done<portfolio::Balances>) override {}
    int placed = 0;
};

/// Its disk is full.
class FullJournal final : public base::Journal
{
public:
    void append(base::JournalRecord record, Done done) override
    {
        if (hasRoom) {
            written.push_back(std::move(record));
            return done({});
        }
        done(base::fail(base::ErrorKind::Storage, "journal", "", "the disk is full"));
    }
    base::Result<std::vector<base::JournalRecord>> readAll() override { return std::vector<base::JournalRecord>{}; }

    bool hasRoom = false;
    std::vector<base::JournalRecord> written;
};

/// A loop whose journal has no room.
struct FullDisk {
    static trading::LoopSettings settings()
    {
        trading::LoopSettings settings;
        settings.orders.idPrefix = "test";
        return settings;
    }

    SilentBroker broker;
    FullJournal journal;
    base::ManualClock clock{TestMarket().now()};
    trading::Loop loop{settings(), risk::limitsFor(risk::Tolerance::Moderate), broker, journal, clock};
};

} // namespace

class LoopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentBeforeTheAccountIsKnown();
    void aTicketOrderFillsAndTheBooksAgree();
    void aValueBuysAFractionThatClosesToNothing();
    void netLiquidationFollowsTheMarks();
    void theHardLimitsRefuseWithTheirReason_data();
    void theHardLimitsRefuseWithTheirReason();
    void whatWasNotSentMayComeAgainAtOnce();
    void nobodySendsWhereNothingMayBeSent();
    void sharesNeedAQuoteOfNow();
    void haltingCancelsEverythingAndStopsStrategies();
    void theDailyLossStopHoldsUntilTheNextSession();
    void theSessionsStartSurvivesARestart();
    void aHaltThatIsNotOnDiskIsSaid();
    void aHaltIsWrittenAsSoonAsThereIsRoom();
};

void LoopTest::nothingIsSentBeforeTheAccountIsKnown()
{
    const TestMarket market;
    SilentBroker broker;
    base::MemoryJournal journal;
    base::ManualClock clock(market.now());
    trading::LoopSettings settings;
    settings.orders.idPrefix = "test";
    trading::Loop loop(settings, risk::limitsFor(risk::Tolerance::Moderate), broker, journal, clock);
    loop.start({});
    QVERIFY(!loop.isReady());
    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{"SPY", shares, Action::BuyToOpen, 1}};
    const auto sent = loop.submit(intent);
    QVERIFY(!sent);
    QVERIFY(has(sent.error(), "not_ready"));
    QCOMPARE(broker.placed, 0);
    QVERIFY(std::isnan(loop.account().netLiquidation));
}

void LoopTest::aHaltThatIsNotOnDiskIsSaid()
{
    FullDisk disk;
    disk.loop.start({});
    const auto acknowledged = [&] { return disk.loop.acknowledge(execution::Difference::Kind::Journal, "journal"); };
    acknowledged(); // of what the start wrote
    QVERIFY(disk.loop.orders().differences().empty());
    disk.loop.setTradingState(risk::TradingState::Halted, {"by hand"});
    const auto& open = disk.loop.orders().differences();
    QCOMPARE(open.size(), std::size_t(1));
    QVERIFY2(open.front().sentence.find("the disk is full") != std::string::npos, open.front().sentence.c_str());
}

void LoopTest::aHaltIsWrittenAsSoonAsThereIsRoom()
{
    FullDisk disk;
    disk.loop.start({});
    disk.loop.setTradingState(risk::TradingState::Halted, {"by hand"});
    const auto later = [&] {
        disk.clock.advance(std::chrono::seconds(3));
        disk.loop.step();
    };
    later(); // still full
    disk.journal.hasRoom = true;
    later();
    later(); // once is enough
    QCOMPARE(count(disk.journal.written, "trading.state"), std::size_t(1));

    // A restart finds it.
    trading::Loop again(FullDisk::settings(), risk::limitsFor(risk::Tolerance::Moderate), disk.broker, disk.journal,
                        disk.clock);
    const std::vector<base::JournalRecord> records = disk.journal.written; // it grows while it is read
    again.start(records);
    QCOMPARE(again.tradingState(), risk::TradingState::Halted);
}

void LoopTest::aTicketOrderFillsAndTheBooksAgree()
{
    WideRig rig;
    rig.show();
    QVERIFY(near(rig.loop->account().netLiquidation, 100'000, 1e-6));
    const std::string call = rig.option(1, Right::Call, 500);
    const portfolio::OrderIntent intent = rig.taker({{call, option, Action::BuyToOpen, 3}});
    QVERIFY(rig.loop->preview(intent));
    QVERIFY(!rig.send(intent).empty());

    QCOMPARE(rig.loop->positions().size(), std::size_t(1));
    const trading::AccountFigures account = rig.loop->account();
    QVERIFY(near(account.netLiquidation, rig.broker.account().netLiquidation(), 1e-6));
    const double halfSpread = 0.5 * rig.loop->markets().instrument(call, true)->quote.spread();
    const double fees = rig.loop->ledger().fees().toDouble();
    QVERIFY(near(account.dayProfit, -300 * halfSpread - fees, 1e-6));
    QVERIFY(near(account.openProfit, -300 * halfSpread, 1e-6));
    QVERIFY(near(account.dailyLoss, -account.dayProfit / 100'000, 1e-12));
    QCOMPARE(account.unknownMarks, 0);
    QCOMPARE(count(rig.journal.records(), "order.intent"), std::size_t(1));
    QCOMPARE(rig.loop->gateState().positions.size(), std::size_t(1));
}

void LoopTest::aValueBuysAFractionThatClosesToNothing()
{
    WideRig rig;
    rig.show();
    portfolio::OrderIntent buy;
    buy.underlying = "SPY";
    buy.legs = {{"SPY", shares, Action::BuyToOpen, 0}};
    buy.type = portfolio::OrderType::NotionalMarket;
    buy.value = base::Decimal::fromInteger(300);
    const auto preview = rig.loop->preview(buy);
    QVERIFY(preview && near(preview->leverageAfter, 300 / 100'000.0, 1e-6));
    QVERIFY(!rig.send(buy).empty());
    QCOMPARE(execution::toText(rig.last().status), std::string_view("filled"));
    QVERIFY(rig.last().intent == buy);
    QCOMPARE(rig.loop->positions().size(), std::size_t{1});
    const base::Quantity held = rig.loop->positions()[0].quantity; // 300 dollars at 500.01
    QCOMPARE(held.toString(), std::string("0.59998"));
    QVERIFY(near(rig.loop->account().netLiquidation, rig.broker.account().netLiquidation(), 1e-6));

    rig.restart();
    rig.show(520);
    QVERIFY(rig.loop->positions().at(0).quantity == held);
    QVERIFY(rig.loop->gateState().workingOrders.empty());
    QVERIFY(near(rig.loop->account().netLiquidation, rig.broker.account().netLiquidation(), 1e-6));

    portfolio::OrderIntent sell;
    sell.underlying = "SPY";
    sell.legs = {{"SPY", shares, Action::SellToClose, held}};
    sell.type = portfolio::OrderType::Market;
    sell.origin = "close";
    QVERIFY(!rig.send(sell).empty());
    QVERIFY(rig.loop->positions().empty());
    QVERIFY(rig.broker.account().held().empty());
    QVERIFY(rig.differences.empty());
    QVERIFY(near(rig.loop->account().netLiquidation, 100'000 + held.toDouble() * (519.99 - 500.01), 0.01));
}

void LoopTest::netLiquidationFollowsTheMarks()
{
    WideRig rig;
    rig.show();
    QVERIFY(!rig.send(rig.taker({{rig.option(1, Right::Put, 490), option, Action::BuyToOpen, 5}})).empty());
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 80}})).empty());
    for (const double spot : {495.0, 512.0, 470.0}) {
        rig.show(spot);
        QVERIFY(near(rig.loop->account().netLiquidation, rig.broker.account().netLiquidation(), 1e-6));
    }
    rig.nextDay(480);
    QVERIFY(near(rig.loop->account().netLiquidation, rig.broker.account().netLiquidation(), 1e-6));
    // The new day is measured from the last figure of the day before, so the night counts.
    const double dayProfit = rig.loop->account().dayProfit;
    QVERIFY(near(rig.loop->account().netLiquidation - dayProfit, rig.loop->account().atSessionStart, 1e-6));
    QVERIFY(std::abs(dayProfit) > 100);
}

void LoopTest::theHardLimitsRefuseWithTheirReason_data()
{
    QTest::addColumn<int>("puts");
    QTest::addColumn<int>("stock");
    QTest::addColumn<QString>("code");
    QTest::newRow("position: premium beyond a quarter") << 20 << 0 << "position_limit";
    QTest::newRow("leverage: delta beyond twice") << 0 << 401 << "leverage";
}

void LoopTest::theHardLimitsRefuseWithTheirReason()
{
    QFETCH(int, puts);
    QFETCH(int, stock);
    QFETCH(QString, code);
    WideRig rig;
    rig.show();
    const auto leg = puts > 0 ? portfolio::OrderLeg{rig.option(1, Right::Put, 510), option, Action::BuyToOpen, puts}
                              : portfolio::OrderLeg{"SPY", shares, Action::BuyToOpen, stock};
    const auto sent = rig.loop->submit(rig.taker({leg}));
    QVERIFY(!sent);
    QVERIFY2(has(sent.error(), code.toStdString()), sent.error().sentence().c_str());
    QCOMPARE(rig.refusals.size(), std::size_t(1));
    QCOMPARE(count(rig.journal.records(), "gate.refused"), std::size_t(1));
    QVERIFY(rig.loop->orders().orders().empty());
}

void LoopTest::whatWasNotSentMayComeAgainAtOnce()
{
    WideRig rig;
    rig.show();
    rig.send(rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "9.00"));
    rig.loop->setTradingState(risk::TradingState::Halted, {"by hand"});
    rig.loop->setTradingState(risk::TradingState::Active, {"by hand"});
    const portfolio::OrderIntent order = rig.taker({{rig.option(1, Right::Call, 540), option, Action::BuyToOpen, 1}});
    const auto early = rig.loop->submit(order); // the cancels are still on their way
    QVERIFY(!early && has(early.error(), "not_sent"));
    for (int round = 0; round < 3; ++round) {
        rig.loop->step();
        rig.pump();
    }
    const auto sent = rig.loop->submit(order);
    QVERIFY2(sent, sent ? "" : sent.error().sentence().c_str());
}

void LoopTest::nobodySendsWhereNothingMayBeSent()
{
    TestMarket market;
    market.volatility = 0.15;
    Rig rig(market);
    rig.sendRefusal = {"this account is only looked at"};
    rig.restart();
    rig.show();
    const auto ticket = rig.loop->submit(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}}));
    QVERIFY(!ticket && has(ticket.error(), "not_armed"));
    QVERIFY(rig.loop->arm(make("gamma_scalping", {{"entry", "always"}}), "SPY"));
    rig.show(501);
    QVERIFY(!rig.proposals.empty());
    QVERIFY(has(rig.refusals.back(), "not_armed"));
    QVERIFY(rig.loop->orders().orders().empty());
}

/// Through the book, as the desk does it: three hours without a quote.
void LoopTest::sharesNeedAQuoteOfNow()
{
    WideRig rig;
    rig.show();
    market::Instrument share;
    share.symbol = share.streamerSymbol = share.underlying = "SPY";
    share.type = shares;
    share.multiplier = 1;
    market::Book book;
    const base::Instant now = rig.clock.now();
    book.put(book.add(share), market::Quote{499.99, 500.01, 100, 100, now - std::chrono::hours(3)});
    const market::ChainDefinition listed{share, {}};
    const auto showAs = [&](base::Nanos staleAfter) {
        const auto chain =
            std::make_shared<const market::OptionChain>(market::makeChain(listed, book, now, staleAfter));
        rig.loop->onMarket(chain, std::make_shared<const pricing::ChainAnalytics>(pricing::analyse(*chain, now, {})));
    };
    const portfolio::OrderIntent buy = rig.order({{"SPY", shares, Action::BuyToOpen, 50}}, "500.00");
    showAs(std::chrono::seconds(10));
    const auto refused = rig.loop->preview(buy);
    QVERIFY(!refused && has(refused.error(), "quote") && has(refused.error(), "unknown_value"));
    QVERIFY(std::isnan(rig.loop->markets().mid("SPY")));
    showAs(base::Nanos{0}); // a recording's quotes have no age
    QVERIFY(rig.loop->preview(buy));
    rig.loop->setFeedAlive(false);
    const auto down = rig.loop->preview(buy);
    QVERIFY(!down && has(down.error(), "feed_down"));
}

void LoopTest::haltingCancelsEverythingAndStopsStrategies()
{
    TestMarket market;
    market.volatility = 0.15; // a straddle fits the budget
    Rig rig(market);
    rig.show();
    rig.send(rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "9.00"));
    QCOMPARE(rig.last().status, execution::OrderStatus::Working);
    QVERIFY(rig.loop->arm(make("gamma_scalping", {{"entry", "always"}}), "SPY"));
    rig.loop->setTradingState(risk::TradingState::Halted, {"by hand"});
    for (int round = 0; round < 3; ++round) {
        rig.loop->step();
        rig.pump();
    }
    QCOMPARE(rig.last().status, execution::OrderStatus::Cancelled);
    rig.show(501);
    QVERIFY(rig.proposals.empty());
    QVERIFY(!rig.loop->submit(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}})));
    rig.loop->setTradingState(risk::TradingState::Active, {"by hand"});
    rig.show(501);
    QVERIFY(!rig.proposals.empty());
}

void LoopTest::theDailyLossStopHoldsUntilTheNextSession()
{
    WideRig rig;
    rig.show();
    rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 45}}));
    rig.send(rig.taker({{rig.option(2, Right::Call, 500), option, Action::BuyToOpen, 6}}));
    QCOMPARE(rig.loop->positions().size(), std::size_t(2));
    rig.show(480);
    QVERIFY2(rig.loop->account().dailyLoss > 0.05, qPrintable(QString::number(rig.loop->account().dailyLoss)));
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    QVERIFY(!rig.loop->tradingStateReason().isEmpty());
    QVERIFY(!rig.loop->submit(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}})));
    rig.show(500); // it has come back, and the stop still holds
    QVERIFY(rig.loop->account().dailyLoss < 0.01);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::SellToClose, 45}})).empty()); // closing stays possible
    rig.nextDay(500);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}})).empty());
}

void LoopTest::theSessionsStartSurvivesARestart()
{
    WideRig rig;
    rig.show();
    rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 90}}));
    rig.show(490);
    const double loss = rig.loop->account().dailyLoss;
    QVERIFY(loss > 0.008);
    rig.restart();
    rig.show(490);
    QVERIFY(near(rig.loop->account().dailyLoss, loss, 1e-6));
}

QTEST_GUILESS_MAIN(LoopTest)
#include "loop_test.moc"

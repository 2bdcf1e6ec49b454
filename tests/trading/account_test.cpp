#include "trading/hand_rig.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;

class AccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBooksBeginWhenTwoAnswersAgree();
    void whatTheBrokerHoldsIsMeasuredAndCanBeClosed();
    void onlyClosesPassWhileSomethingCannotBeRead();
    void anExpiredContractBecomesItsShares();
    void aSettlementIsBookedOnceOverRestarts();
    void cashThatMovesWithPositionsIsNoDeposit();
    void theDaysProfitIsByOurOwnMarks();
};

void AccountTest::theBooksBeginWhenTwoAnswersAgree()
{
    HandRig rig;
    rig.broker.hold("SPY", 10, 500, 500);
    rig.start();
    QVERIFY(rig.loop->isReady());
    QCOMPARE(rig.loop->ledger().quantity("SPY"), std::int64_t{10});

    HandRig racing;
    racing.start();
    racing.loop.reset();
    racing.journal = {};
    racing.broker.hold("SPY", 10, 500, 500);
    trading::LoopSettings settings;
    settings.orders.idPrefix = "test-HAND";
    racing.loop = std::make_unique<trading::Loop>(settings, racing.limits, racing.broker, racing.journal, racing.clock);
    racing.loop->start({});
    racing.broker.deliver();
    QVERIFY(!racing.loop->isReady()); // one answer may be in the middle of a fill
    racing.broker.held.front().quantity = 20;
    racing.pass(3);
    QVERIFY(!racing.loop->isReady());
    racing.pass(3);
    QVERIFY(racing.loop->isReady());
    QCOMPARE(racing.loop->ledger().quantity("SPY"), std::int64_t{20});
}

void AccountTest::whatTheBrokerHoldsIsMeasuredAndCanBeClosed()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    const double before = rig.loop->account().netLiquidation;
    rig.broker.hold("SPY", 20, 495, 495); // delivered, transferred, bought elsewhere: no order says
    rig.pass(90);
    QCOMPARE(rig.loop->positions().size(), std::size_t{1});
    QCOMPARE(rig.loop->positions()[0].quantity, std::int64_t{20});
    QCOMPARE(rig.loop->gateState().positions.size(), std::size_t{1});
    QCOMPARE(rig.loop->gateState().frozenUnderlyings, std::vector<std::string>{"SPY"});
    QVERIFY(near(rig.loop->account().netLiquidation, before)); // the broker's figure says what it is worth
    rig.show(500);

    portfolio::OrderIntent close;
    close.underlying = "SPY";
    close.origin = "close";
    close.effect = portfolio::PriceEffect::Credit;
    close.price = base::Decimal::fromDouble(rig.loop->markets().instrument("SPY", true)->quote.bid).value();
    close.legs = {{"SPY", shares, Action::SellToClose, 20}};
    const auto allowed = rig.loop->preview(close);
    QVERIFY2(allowed, allowed ? "" : allowed.error().sentence().c_str());
    close.legs[0].quantity = 21;
    QVERIFY(!rig.loop->preview(close));

    QVERIFY(rig.loop->acknowledge(execution::Difference::Kind::Position, "SPY"));
    QVERIFY(rig.loop->gateState().frozenUnderlyings.empty());
    rig.pass(90);
    QVERIFY(rig.loop->orders().differences().empty());
}

void AccountTest::onlyClosesPassWhileSomethingCannotBeRead()
{
    HandRig rig;
    rig.start();
    rig.broker.tellUnreadable({"position without a symbol", "", "the symbol is missing"});
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    QVERIFY(rig.loop->acknowledge(execution::Difference::Kind::Unreadable, "position without a symbol"));
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void AccountTest::anExpiredContractBecomesItsShares()
{
    HandRig rig;
    const std::string call =
        market::toOccSymbol({"SPY", rig.market.expiries[0], Right::Call, base::Decimal::fromInteger(490)}).value();
    rig.broker.hold(call, 1, 8, 8);
    rig.start();
    rig.show(500);
    rig.clock.set(market::expiryInstant(rig.market.expiries[0], market::Settlement::PM) + std::chrono::seconds(1));
    rig.broker.held.clear();
    rig.broker.hold("SPY", 100, 490, 490);
    rig.broker.account.cash -= base::Decimal::fromInteger(49'000);
    rig.pass(90);
    QCOMPARE(rig.loop->orders().orders().size(), std::size_t{1});
    QCOMPARE(rig.loop->orders().orders()[0]->intent.origin, std::string(execution::settlementOrigin));
    QVERIFY(rig.loop->orders().differences().empty());
    QCOMPARE(rig.loop->positions().size(), std::size_t{1});
    QCOMPARE(rig.loop->positions()[0].symbol, std::string("SPY"));
    QCOMPARE(rig.loop->positions()[0].averageOpenPrice, base::Decimal::fromInteger(490));
    QCOMPARE(rig.loop->ledger().realized(), base::Decimal::fromInteger(-800)); // the premium; the gain is in the shares
    QVERIFY(rig.loop->gateState().frozenUnderlyings.empty());
    QVERIFY(rig.moved.empty());
    QVERIFY(near(rig.loop->account().cash, 51'000));
}

void AccountTest::aSettlementIsBookedOnceOverRestarts()
{
    Rig rig;
    rig.show();
    const std::string put = rig.option(1, Right::Put, 500);
    auto intent = rig.taker({{put, option, Action::BuyToOpen, 1}});
    intent.group = "by hand";
    QVERIFY(!rig.send(intent).empty());
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(rig.broker.settle([](base::Date, market::Settlement) { return std::optional(480.0); }));
    rig.pump();
    const auto check = [&] {
        QCOMPARE(rig.loop->ledger().quantity("SPY"), std::int64_t{-100});
        QCOMPARE(rig.loop->ledger().quantity(put), std::int64_t{0});
        const trading::TradeGroup* const group = rig.loop->groups().find("by hand");
        QVERIFY(group);
        QCOMPARE(group->positions().size(), std::size_t{1});
        QCOMPARE(group->positions()[0].quantity, std::int64_t{-100});
        QVERIFY(rig.differences.empty());
    };
    check();
    rig.restart();
    check();
}

void AccountTest::cashThatMovesWithPositionsIsNoDeposit()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    rig.pass(30);
    rig.broker.hold("SPY", 100, 500, 500); // bought elsewhere, without an order that we are shown
    rig.broker.pay(-50'000);
    rig.broker.account.netLiquidation += base::Decimal::fromInteger(50'000);
    rig.pass(120);
    QVERIFY(rig.moved.empty());
    QVERIFY(near(rig.loop->account().atSessionStart, 100'000));
}

/// The broker reads the market a moment later than we do. Its net liquidation is the one that counts; the day's profit is what the
/// positions made, and does not jump when the broker speaks.
void AccountTest::theDaysProfitIsByOurOwnMarks()
{
    HandRig rig;
    rig.broker.hold("SPY", 20, 500, 500);
    rig.broker.account.cash = base::Decimal::fromInteger(90'000);
    rig.broker.account.netLiquidation = base::Decimal::fromInteger(100'000);
    rig.start();
    rig.show(500);
    QVERIFY(near(rig.loop->account().dayProfit, 0, 1e-6));
    rig.show(502);
    QVERIFY(near(rig.loop->account().dayProfit, 40, 1e-6));
    const auto tell = [&](std::int64_t netLiquidation) {
        rig.broker.account.netLiquidation = base::Decimal::fromInteger(netLiquidation);
        rig.broker.pay(0);
        rig.pass(1);
        return rig.loop->account();
    };
    // 15 dollars behind ours.
    QVERIFY(near(tell(100'025).netLiquidation, 100'025, 1e-6));
    QVERIFY(near(rig.loop->account().dayProfit, 40, 1e-6));
    QVERIFY(near(rig.loop->account().atSessionStart, 99'985, 1e-6));
    // A real loss does not hide in that, neither at once nor in small steps: a thousandth in all is the most.
    for (const auto& [netLiquidation, profit] :
         {std::pair{99'985, 40.0}, {99'945, 40.0}, {99'905, 0.0}, {99'865, -40.0}, {98'865, -1'040.0}})
        QVERIFY2(near(tell(netLiquidation).dayProfit, profit, 1e-6), qPrintable(QString::number(netLiquidation)));
}

QTEST_GUILESS_MAIN(AccountTest)
#include "account_test.moc"

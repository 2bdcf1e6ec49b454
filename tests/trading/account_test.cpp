#include "portfolio/profit_and_loss.h"
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
    void lotsAgreeWithTheBooks();
    void lotsFollowTheBroker();
    void aDividendIsProfitOfItsTrade_data();
    void aDividendIsProfitOfItsTrade();
    void aDividendThatCameMeanwhileIsBookedOnce();
    void aDividendStaysDividedAsItWas();
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
    QVERIFY(rig.broker.settle([](std::string_view, base::Date, market::Settlement) { return std::optional(480.0); }));
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

namespace
{

portfolio::LotBook::Mark marksOf(const trading::Loop& loop)
{
    return [&loop](const portfolio::LotHolding& holding) { return loop.mark(holding.symbol); };
}

constexpr double halfACent = 0.005;

/// What has been made since the account began, and in each trade: the same by lots as by the account and the trades' own ledgers.
void compareSinceEntry(const Rig& rig)
{
    const portfolio::LotBook& lots = rig.loop->lots();
    const portfolio::LotProfit all = lots.profit(marksOf(*rig.loop));
    QCOMPARE(all.unknownMarks, 0);
    const double made = (lots.realized() + all.open - lots.fees()).toDouble();
    QVERIFY2(near(made, rig.loop->account().netLiquidation - 100'000, halfACent), qPrintable(QString::number(made)));
    for (const portfolio::Position& position : rig.loop->positions()) {
        base::Quantity held;
        for (const portfolio::LotHolding* const holding : lots.holdingsOf(position.symbol))
            held += holding->quantity();
        QCOMPARE(held, position.quantity);
    }
    const auto byGroup = lots.profitBy(portfolio::LotKey::Group, marksOf(*rig.loop));
    for (const trading::TradeGroup* const group : rig.loop->groups().all()) {
        const auto found = byGroup.find(group->name);
        if (found == byGroup.end()) // over since an earlier day
            continue;
        const portfolio::LotProfit& profit = found->second;
        const double ofGroup = (profit.realized + profit.open + profit.income - profit.fees).toDouble();
        QVERIFY2(near(ofGroup, rig.loop->profitOf(*group), halfACent), group->name.c_str());
    }
}

void compareDay(const Rig& rig)
{
    const portfolio::LotProfit all = rig.loop->lots().profit(marksOf(*rig.loop));
    const double day = (all.day - all.feesToday).toDouble();
    QVERIFY2(near(day, rig.loop->account().dayProfit, halfACent), qPrintable(QString::number(day)));
}

/// On the day on which all of it was opened.
void comparePositions(const Rig& rig)
{
    const auto bySymbol = rig.loop->lots().profitBy(portfolio::LotKey::Symbol, marksOf(*rig.loop));
    for (const portfolio::Position& position : rig.loop->positions()) {
        // The ledger closes by the average price and lots by the oldest; together with what is open both have made the same.
        const double open = portfolio::profitOf(position, rig.loop->mark(position.symbol)).open;
        const portfolio::LotProfit& ours = bySymbol.at(position.symbol);
        QVERIFY2(near((ours.open + ours.realizedToday).toDouble(), open + position.realizedToday.toDouble(), halfACent),
                 position.symbol.c_str());
    }
}

} // namespace

void AccountTest::lotsAgreeWithTheBooks()
{
    WideRig rig;
    rig.show(500);
    const std::string put = rig.option(1, Right::Put, 500), call = rig.option(1, Right::Call, 510);
    const auto trade = [&](const std::string& symbol, Action action, std::int64_t quantity, const char* group) {
        auto intent = rig.taker({{symbol, option, action, quantity}});
        intent.group = group;
        QVERIFY(!rig.send(intent).empty());
        rig.show();
    };
    trade(put, Action::BuyToOpen, 2, "");
    rig.show(497);
    trade(put, Action::BuyToOpen, 2, "hedge");
    trade(put, Action::BuyToOpen, 1, "");
    trade(call, Action::SellToOpen, 1, "hedge");
    compareSinceEntry(rig);
    compareDay(rig);
    comparePositions(rig);
    const portfolio::LotHolding* held = rig.loop->lots().find(put, "");
    QVERIFY(held && held->lots.size() == 2);
    QCOMPARE(held->lots[0].quantity, base::Quantity(2));
    QCOMPARE(held->lots[1].quantity, base::Quantity(1));
    QVERIFY(held->lots[0].price < held->lots[1].price);
    trade(put, Action::SellToClose, 1, "");
    compareSinceEntry(rig);
    compareDay(rig);
    comparePositions(rig);
    rig.nextDay(503);
    compareSinceEntry(rig);
    compareDay(rig);
    trade(put, Action::SellToClose, 1, "hedge"); // from an earlier day
    trade(put, Action::BuyToOpen, 1, "");
    compareSinceEntry(rig);
    compareDay(rig);
    rig.restart(); // from the journal
    rig.show(504);
    held = rig.loop->lots().find(put, "");
    QVERIFY(held && held->lots.size() == 3);
    compareSinceEntry(rig);

    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(rig.broker.settle([](std::string_view, base::Date, market::Settlement) { return std::optional(480.0); }));
    rig.pump();
    const portfolio::LotBook& lots = rig.loop->lots();
    for (const auto& [group, contracts] : {std::pair("", 3), std::pair("hedge", 1)}) {
        const portfolio::LotHolding* const shares = lots.find("SPY", group);
        QVERIFY2(shares, group);
        QCOMPARE(shares->quantity(), base::Quantity(-100 * contracts));
        QVERIFY(lots.find(put, group)->lots.empty());
    }
    QCOMPARE(lots.realized() - lots.fees() - lots.cost() + base::Decimal::fromInteger(100'000),
             rig.broker.account().ledger().cash());
}

void AccountTest::lotsFollowTheBroker()
{
    HandRig rig;
    rig.broker.hold("SPY", 20, 495, 498);
    rig.start();
    rig.show(500);
    const auto held = [&] { return rig.loop->lots().find("SPY", ""); };
    QCOMPARE(held()->quantity(), base::Quantity(20));
    QCOMPARE(held()->lots[0].openedAt, base::Instant{}); // when, the broker does not say
    QVERIFY(near(rig.loop->lots().profit(marksOf(*rig.loop)).open.toDouble(), 100));
    QVERIFY(near(rig.loop->lots().profit(marksOf(*rig.loop)).day.toDouble(), 40));
    rig.broker.held.front().quantity = 40; // a split
    rig.broker.held.front().averageOpenPrice = base::Decimal::parse("247.5").value();
    rig.broker.held.front().averageDailyMarketClosePrice = base::Decimal::parse("249").value();
    rig.pass(90);
    rig.show(250);
    QCOMPARE(held()->quantity(), base::Quantity(40));
    QVERIFY(near(rig.loop->lots().profit(marksOf(*rig.loop)).open.toDouble(), 100));
    QVERIFY(near(rig.loop->lots().profit(marksOf(*rig.loop)).day.toDouble(), 40));
}

void AccountTest::aDividendIsProfitOfItsTrade_data()
{
    QTest::addColumn<int>("dollars");
    QTest::newRow("as small as what readers are apart by") << 20;
    QTest::newRow("larger than that") << 500;
    QTest::newRow("owed by who is short") << -150;
}

void AccountTest::aDividendIsProfitOfItsTrade()
{
    QFETCH(const int, dollars);
    HandRig rig;
    rig.broker.hold("SPY", dollars > 0 ? 100 : -100, 500, 500);
    rig.start();
    rig.show(500);
    rig.pass(30);
    const double before = rig.loop->account().dayProfit;
    rig.broker.paid.push_back({"7", "SPY", base::Decimal::fromInteger(dollars), rig.clock.now()});
    rig.broker.pay(dollars);
    rig.pass(120);
    QVERIFY2(rig.moved.empty(), "nothing was paid in");
    QCOMPARE(rig.dividends.size(), std::size_t{1});
    QCOMPARE(rig.dividends[0].underlying, std::string("SPY"));
    QCOMPARE(rig.dividends[0].amount, base::Decimal::fromInteger(dollars));
    QVERIFY(near(rig.loop->account().dayProfit - before, dollars));
    QCOMPARE(rig.loop->lots().find("SPY", "")->incomeToday, base::Decimal::fromInteger(dollars));
    rig.broker.pay(1'000); // and this was
    rig.pass(120);
    QCOMPARE(rig.moved, std::vector{1'000.0});
    QVERIFY(near(rig.loop->account().dayProfit - before, dollars));
    rig.start();
    rig.pass(120);
    QCOMPARE(rig.dividends.size(), std::size_t{1});
    QCOMPARE(rig.loop->lots().income(), base::Decimal::fromInteger(dollars));
}

void AccountTest::aDividendThatCameMeanwhileIsBookedOnce()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.broker.paid.push_back({"1", "SPY", base::Decimal::fromInteger(70), rig.clock.now() - std::chrono::hours(2)});
    rig.start();
    rig.pass(60);
    QVERIFY2(rig.dividends.empty(), "one from before the first run is nobody's");
    rig.loop.reset();
    rig.broker.paid.push_back({"2", "SPY", base::Decimal::fromInteger(80), rig.clock.now() + std::chrono::seconds(1)});
    rig.clock.advance(std::chrono::minutes(5));
    rig.start();
    rig.pass(60);
    QCOMPARE(rig.dividends.size(), std::size_t{1});
    QCOMPARE(rig.dividends[0].amount, base::Decimal::fromInteger(80));
    QVERIFY(rig.moved.empty());
    rig.start();
    rig.pass(60);
    QCOMPARE(rig.dividends.size(), std::size_t{1});
}

/// Half of the shares are a trade's, and half were held before the first run: only the broker knows of those, and the journal
/// not.
void AccountTest::aDividendStaysDividedAsItWas()
{
    HandRig rig;
    rig.limits = testing::wideLimits(risk::Tolerance::Moderate);
    rig.broker.hold("SPY", 10, 500, 500);
    rig.start();
    rig.show(500);
    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{"SPY", shares, Action::BuyToOpen, 10}};
    intent.price = base::Decimal::fromDouble(rig.loop->markets().instrument("SPY", true)->quote.ask).value();
    intent.effect = portfolio::PriceEffect::Debit;
    intent.group = "covered";
    const auto sent = rig.loop->submit(intent);
    QVERIFY2(sent, sent ? "" : sent.error().sentence().c_str());
    rig.pass(1);
    rig.broker.fillLast(500, rig.clock.now());
    rig.broker.held.front().quantity = 20;
    rig.pass(1);
    QCOMPARE(rig.loop->lots().find("SPY", "covered")->quantity(), base::Quantity(10));

    rig.pass(90);
    rig.broker.paid.push_back({"7", "SPY", base::Decimal::fromInteger(40), rig.clock.now()});
    rig.broker.pay(40);
    rig.pass(120);
    const auto incomeOf = [&](const char* group) { return rig.loop->lots().find("SPY", group)->income; };
    const double profit = rig.loop->profitOf(*rig.loop->groups().find("covered"));
    QCOMPARE(incomeOf("covered"), base::Decimal::fromInteger(20));
    QCOMPARE(incomeOf(""), base::Decimal::fromInteger(20));
    rig.start();
    rig.show(500);
    QCOMPARE(incomeOf("covered"), base::Decimal::fromInteger(20));
    QCOMPARE(incomeOf(""), base::Decimal::fromInteger(20));
    QVERIFY(near(rig.loop->profitOf(*rig.loop->groups().find("covered")), profit));
    QCOMPARE(rig.loop->lots().find("SPY", "covered")->incomeToday, base::Decimal::fromInteger(20));
}

QTEST_GUILESS_MAIN(AccountTest)
#include "account_test.moc"

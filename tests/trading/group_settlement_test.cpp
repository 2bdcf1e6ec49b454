#include "market/symbols.h"
#include "trading/loop_checks.h"
#include "trading/tight_lipped_broker.h"

#include <QTest>

#include <cstdlib>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;

class GroupSettlementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settlementReachesTheGroupWithItsShares();
    void anExpiryThatOnlyTheHistoryTellsClosesTheGroup_data();
    void anExpiryThatOnlyTheHistoryTellsClosesTheGroup();
    void sharesAreDividedByContracts_data();
    void sharesAreDividedByContracts();
};

void GroupSettlementTest::settlementReachesTheGroupWithItsShares()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}}),
                          "SPY"));
    rig.show();
    const trading::TradeGroup& group = *rig.loop->groups().all().at(0);
    const base::Quantity condors = group.positions().at(0).quantity;
    const double shortPut = [&] {
        double strike = 0;
        for (const portfolio::OrderLeg& leg : rig.last().intent.legs) {
            const auto terms = market::parseOccSymbol(leg.symbol).value();
            if (terms.right == Right::Put && leg.action == Action::SellToOpen)
                strike = terms.strike.toDouble();
        }
        return strike;
    }();
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(rig.broker.settle(
        [&](std::string_view, base::Date, market::Settlement) { return std::optional(shortPut - 1); }));
    rig.pump();
    const auto held = group.positions();
    QCOMPARE(held.size(), std::size_t(1));
    QCOMPARE(held[0].symbol, std::string("SPY"));
    QCOMPARE(held[0].quantity, 100 * condors.abs());
    QVERIFY(group.isOpen); // the strategy still has shares to get rid of
}

void GroupSettlementTest::anExpiryThatOnlyTheHistoryTellsClosesTheGroup_data()
{
    QTest::addColumn<QString>("underlying");
    QTest::addColumn<double>("settledAt");
    QTest::addColumn<bool>("isOpen");
    QTest::newRow("worthless") << "SPY" << 500.0 << false;
    QTest::newRow("assigned on both puts") << "SPY" << 300.0 << false; // the shares of one put pay for the other's
    QTest::newRow("assigned on one put") << "SPY" << 0.0 << true;      // between the two: shares are left
    QTest::newRow("settled in cash") << "SPX" << 300.0 << false;
}

void GroupSettlementTest::anExpiryThatOnlyTheHistoryTellsClosesTheGroup()
{
    QFETCH(QString, underlying);
    QFETCH(double, settledAt);
    QFETCH(bool, isOpen);
    TestMarket market;
    market.underlying = underlying.toStdString();
    Rig rig(market);
    auto made = std::make_unique<TightLippedBroker>(rig.broker);
    const TightLippedBroker& line = *made;
    rig.loop.reset();
    rig.line = std::move(made);
    rig.restart();
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}}),
                          market.underlying));
    rig.show();
    const trading::TradeGroup& group = *rig.loop->groups().all().at(0);
    const auto wait = [&](int seconds) {
        for (int i = 0; i < seconds; ++i) {
            rig.clock.advance(std::chrono::seconds(1));
            rig.loop->step();
            rig.pump();
        }
    };
    wait(20); // the books are agreed on
    QVERIFY(rig.loop->orders().expectedPositions() && rig.loop->orders().expectedPositions()->size() == 4);

    double shortPut = 0;
    for (const portfolio::OrderLeg& leg : rig.loop->orders().orders().at(0)->intent.legs) {
        const auto terms = market::parseOccSymbol(leg.symbol).value();
        if (terms.right == Right::Put && leg.action == Action::SellToOpen)
            shortPut = terms.strike.toDouble();
    }
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    const double at = settledAt > 0 ? settledAt : shortPut - 1;
    QVERIFY(rig.broker.settle([&](std::string_view, base::Date, market::Settlement) { return std::optional(at); }));
    rig.pump();
    QVERIFY(group.isOpen); // nobody has told yet
    QCOMPARE(group.positions().size(), std::size_t(4));
    wait(60);

    QCOMPARE(group.isOpen, isOpen);
    QCOMPARE(group.positions().size(), std::size_t(isOpen ? 1 : 0));
    QVERIFY(line.asked > 0);
    QVERIFY2(rig.differences.empty(), rig.differences.empty() ? "" : rig.differences[0].sentence.c_str());
    QVERIFY(rig.loop->orders().frozenUnderlyings().empty());
    QCOMPARE(rig.loop->ledger().cash(), rig.broker.account().ledger().cash());
    if (isOpen)
        return;
    QCOMPARE(group.exitReason, std::string("settlement"));
    QVERIFY(near(rig.loop->profitOf(group), rig.broker.account().netLiquidation() - 100'000, 1e-6));
    QCOMPARE(rig.loop->runners().at(0).group, std::string()); // the strategy is free for the next trade
}

void GroupSettlementTest::sharesAreDividedByContracts_data()
{
    QTest::addColumn<qint64>("mine");
    QTest::addColumn<qint64>("other");
    QTest::addColumn<qint64>("shares");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("a few") << qint64{2} << qint64{1} << qint64{300} << qint64{200};
    QTest::newRow("not the same for each contract") << qint64{2} << qint64{1} << qint64{250} << qint64{166};
    QTest::newRow("very many") << qint64{60'000} << qint64{30'000} << qint64{9'000'000} << qint64{6'000'000};
}

/// Of calls that were assigned, in two groups.
void GroupSettlementTest::sharesAreDividedByContracts()
{
    QFETCH(qint64, mine);
    QFETCH(qint64, other);
    QFETCH(qint64, shares);
    QFETCH(qint64, expected);
    const std::string call = "SPY   261218C00500000";
    trading::TradeGroups groups;
    const portfolio::InstrumentFacts contract{"SPY", market::InstrumentType::EquityOption, 100};
    const portfolio::InstrumentFacts stock{"SPY", market::InstrumentType::Equity, 1};
    const auto fillOf = [](const std::string& order, const std::string& symbol, Action action,
                           base::Quantity quantity) {
        return portfolio::Fill{.fillId = symbol,
                               .orderId = order,
                               .symbol = symbol,
                               .action = action,
                               .quantity = quantity,
                               .price = base::Decimal::fromInteger(1)};
    };
    for (const auto& [name, quantity] : {std::pair("mine", mine), std::pair("other", other)}) {
        execution::Order order;
        order.brokerId = name;
        order.intent.group = name;
        order.intent.underlying = "SPY";
        groups.book(order, fillOf(name, call, Action::SellToOpen, quantity), contract, {});
    }
    execution::Order settlement;
    settlement.brokerId = "settlement";
    settlement.intent.legs = {{call, market::InstrumentType::EquityOption, Action::BuyToClose, mine + other},
                              {"SPY", market::InstrumentType::Equity, Action::SellToOpen, shares}};
    QCOMPARE(groups.bookSettlement(settlement, fillOf("settlement", call, Action::BuyToClose, mine + other), contract)
                 .size(),
             std::size_t{2});
    groups.bookSettlement(settlement, fillOf("settlement", "SPY", Action::SellToOpen, shares), stock);
    const auto held = groups.find("mine")->positions();
    QCOMPARE(held.size(), std::size_t{1});
    QCOMPARE(held[0].symbol, std::string("SPY"));
    QCOMPARE(held[0].quantity, base::Quantity(-expected));
}

QTEST_GUILESS_MAIN(GroupSettlementTest)
#include "group_settlement_test.moc"

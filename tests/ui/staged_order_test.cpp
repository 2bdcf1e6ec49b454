#include "market/symbols.h"
#include "ui/models/staged_order.h"

#include <QSignalSpy>
#include <QTest>

#include <initializer_list>
#include <numeric>

using namespace vegadesk;
using portfolio::Action;
using portfolio::PriceEffect;

namespace
{
const base::Date december = base::makeDate(2026, 12, 18);

ui::StagedLeg option(const std::string& underlying, market::Right right, int strike, std::int64_t quantity)
{
    const market::OptionTerms terms{underlying, december, right, base::Decimal::fromInteger(strike)};
    return {
        market::toOccSymbol(terms).value(), underlying, market::InstrumentType::EquityOption, terms, quantity, false};
}

ui::StagedLeg put(int strike, std::int64_t quantity)
{
    return option("SPY", market::Right::Put, strike, quantity);
}

base::Decimal decimal(const char* text)
{
    return base::Decimal::parse(text).value();
}
} // namespace

class StagedOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsToTheLegOfThatSymbol();
    void dropsALegThatReachesZero();
    void refusesAFifthLeg();
    void startsAgainForAnotherUnderlying();
    void keepsALimitWhileTheMixStays();
    void forgetsTheLimitWhenTheMixChanges();
    void saysWhichSideEachLegTakes_data();
    void saysWhichSideEachLegTakes();
    void turnsTheSignOfTheLimitIntoAnEffect_data();
    void turnsTheSignOfTheLimitIntoAnEffect();
    void keepsQuantitiesWhole_data();
    void keepsQuantitiesWhole();
    void rollsALegToAnotherStrike();
    void rollsOntoAStagedStrike();
    void givesBackWhatWasLoaded();
    void forgetsTheOriginOnceALegOpens();
    void hasNoPriceForAMarketOrder();
    void staysQuietWhenNothingChanges();
};

void StagedOrderTest::addsToTheLegOfThatSymbol()
{
    ui::StagedOrder staged;
    QSignalSpy changed(&staged, &ui::StagedOrder::changed);
    QVERIFY(staged.add(put(555, -1)));
    QVERIFY(staged.add(put(555, -1)));
    QVERIFY(staged.add(put(545, 1)));
    QCOMPARE(staged.legs().size(), std::size_t{2});
    QCOMPARE(staged.quantityOf(put(555, 0).symbol), std::int64_t{-2});
    QCOMPARE(staged.quantityOf("nothing"), std::int64_t{0});
    QCOMPARE(staged.underlying(), std::string("SPY"));
    QCOMPARE(changed.size(), 3);
}

void StagedOrderTest::dropsALegThatReachesZero()
{
    ui::StagedOrder staged;
    staged.add(put(555, -1));
    staged.add(put(545, 1));
    staged.add(put(555, 1));
    QCOMPARE(staged.legs().size(), std::size_t{1});
    QCOMPARE(staged.legs().front().symbol, put(545, 0).symbol);
    staged.setQuantity(0, 0);
    QVERIFY(staged.legs().empty());
    QVERIFY(staged.underlying().empty());
}

void StagedOrderTest::refusesAFifthLeg()
{
    ui::StagedOrder staged;
    for (const int strike : {540, 545, 550, 555})
        QVERIFY(staged.add(put(strike, 1)));
    QSignalSpy changed(&staged, &ui::StagedOrder::changed);
    QSignalSpy refused(&staged, &ui::StagedOrder::refused);
    QVERIFY(!staged.add(put(560, 1)));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(staged.legs().size(), std::size_t{4});
    QVERIFY2(staged.add(put(555, 1)), "more of a staged leg is not a fifth one");
}

void StagedOrderTest::startsAgainForAnotherUnderlying()
{
    ui::StagedOrder staged;
    for (const int strike : {540, 545, 550, 555})
        staged.add(put(strike, 1));
    staged.setLimit(decimal("3.2"));
    QVERIFY(staged.add(option("QQQ", market::Right::Call, 500, -2)));
    QCOMPARE(staged.legs().size(), std::size_t{1});
    QCOMPARE(staged.underlying(), std::string("QQQ"));
    QVERIFY(!staged.limit());
}

void StagedOrderTest::keepsALimitWhileTheMixStays()
{
    ui::StagedOrder staged;
    staged.add(put(555, -1));
    staged.setLimit(decimal("-2.1"));
    staged.add(put(555, -1));
    QVERIFY2(staged.limit() == decimal("-2.1"), "the limit is per unit, and the unit is the same");
    staged.setQuantity(0, -5);
    QVERIFY(staged.limit() == decimal("-2.1"));
}

void StagedOrderTest::forgetsTheLimitWhenTheMixChanges()
{
    ui::StagedOrder staged;
    staged.add(put(555, -1));
    staged.setLimit(decimal("-2.1"));
    staged.add(put(545, 1));
    QVERIFY(!staged.limit());
    staged.setLimit(decimal("-0.7"));
    staged.setQuantity(0, -2);
    QVERIFY2(!staged.limit(), "one by two is another order than one by one");
    staged.setLimit(decimal("-3"));
    staged.setQuantity(0, 2);
    QVERIFY2(!staged.limit(), "so is the other side");
}

void StagedOrderTest::saysWhichSideEachLegTakes_data()
{
    QTest::addColumn<qint64>("quantity");
    QTest::addColumn<bool>("isClosing");
    QTest::addColumn<int>("action");
    QTest::newRow("buy open") << qint64{3} << false << static_cast<int>(Action::BuyToOpen);
    QTest::newRow("sell open") << qint64{-3} << false << static_cast<int>(Action::SellToOpen);
    QTest::newRow("buy close") << qint64{3} << true << static_cast<int>(Action::BuyToClose);
    QTest::newRow("sell close") << qint64{-3} << true << static_cast<int>(Action::SellToClose);
}

void StagedOrderTest::saysWhichSideEachLegTakes()
{
    QFETCH(const qint64, quantity);
    QFETCH(const bool, isClosing);
    QFETCH(const int, action);
    ui::StagedOrder staged;
    ui::StagedLeg leg = put(555, quantity);
    leg.isClosing = isClosing;
    staged.add(leg);
    const portfolio::OrderIntent intent = staged.intent(decimal("1"));
    QCOMPARE(static_cast<int>(intent.legs.at(0).action), action);
    QCOMPARE(intent.legs.at(0).quantity, std::int64_t{3});
    staged.setQuantity(0, -quantity);
    QVERIFY2(!staged.legs().at(0).isClosing, "the other side closes nothing");
}

void StagedOrderTest::turnsTheSignOfTheLimitIntoAnEffect_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<QByteArray>("fallback");
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<int>("effect");
    QTest::newRow("paid") << QByteArray("1.25") << QByteArray("9") << QByteArray("1.25")
                          << static_cast<int>(PriceEffect::Debit);
    QTest::newRow("received") << QByteArray("-2.11") << QByteArray("9") << QByteArray("2.11")
                              << static_cast<int>(PriceEffect::Credit);
    QTest::newRow("even") << QByteArray("0") << QByteArray("9") << QByteArray("0.0")
                          << static_cast<int>(PriceEffect::None);
    QTest::newRow("mid paid") << QByteArray() << QByteArray("0.4") << QByteArray("0.4")
                              << static_cast<int>(PriceEffect::Debit);
    QTest::newRow("mid received") << QByteArray() << QByteArray("-0.4") << QByteArray("0.4")
                                  << static_cast<int>(PriceEffect::Credit);
}

void StagedOrderTest::turnsTheSignOfTheLimitIntoAnEffect()
{
    QFETCH(const QByteArray, limit);
    QFETCH(const QByteArray, fallback);
    QFETCH(const QByteArray, price);
    QFETCH(const int, effect);
    ui::StagedOrder staged;
    staged.add(put(555, -1));
    if (!limit.isEmpty())
        staged.setLimit(decimal(limit.constData()));
    const portfolio::OrderIntent intent = staged.intent(decimal(fallback.constData()));
    QCOMPARE(QByteArray::fromStdString(intent.price->toString()),
             QByteArray::fromStdString(decimal(price.constData()).toString()));
    QCOMPARE(static_cast<int>(intent.effect), effect);
}

void StagedOrderTest::keepsQuantitiesWhole_data()
{
    QTest::addColumn<QList<int>>("quantities");
    QTest::addColumn<qint64>("units");
    QTest::newRow("one leg of five") << QList<int>{5} << qint64{5};
    QTest::newRow("spread times three") << QList<int>{3, -3} << qint64{3};
    QTest::newRow("butterfly") << QList<int>{1, -2, 1} << qint64{1};
    QTest::newRow("butterfly times two") << QList<int>{2, -4, 2} << qint64{2};
    QTest::newRow("two by three") << QList<int>{-2, 3} << qint64{1};
}

void StagedOrderTest::keepsQuantitiesWhole()
{
    QFETCH(const QList<int>, quantities);
    QFETCH(const qint64, units);
    ui::StagedOrder staged;
    int strike = 540;
    for (const int quantity : quantities)
        staged.add(put(strike += 5, quantity));
    const portfolio::OrderIntent intent = staged.intent(decimal("1"));
    QCOMPARE(portfolio::unitCount(intent), units);
    for (qsizetype i = 0; i < quantities.size(); ++i)
        QCOMPARE(intent.legs.at(static_cast<std::size_t>(i)).quantity, std::int64_t{std::abs(quantities[i])});
}

void StagedOrderTest::rollsALegToAnotherStrike()
{
    ui::StagedOrder staged;
    staged.add(put(555, -2));
    staged.add(put(545, 2));
    staged.setLimit(decimal("-0.9"));
    staged.replace(0, put(560, 0));
    QCOMPARE(staged.legs().size(), std::size_t{2});
    QCOMPARE(staged.quantityOf(put(560, 0).symbol), std::int64_t{-2});
    QCOMPARE(staged.quantityOf(put(555, 0).symbol), std::int64_t{0});
    QVERIFY(!staged.limit());
}

void StagedOrderTest::rollsOntoAStagedStrike()
{
    ui::StagedOrder staged;
    staged.add(put(555, -2));
    staged.add(put(545, 1));
    staged.replace(1, put(555, 0));
    QCOMPARE(staged.legs().size(), std::size_t{1});
    QCOMPARE(staged.quantityOf(put(555, 0).symbol), std::int64_t{-1});
    staged.add(put(545, 1));
    staged.replace(1, put(555, 0));
    QVERIFY2(staged.legs().empty(), "minus one and one leave nothing");
}

void StagedOrderTest::givesBackWhatWasLoaded()
{
    ui::StagedOrder staged;
    portfolio::OrderIntent closing;
    closing.underlying = "SPY";
    closing.origin = "close";
    closing.group = "strategy:iron_condor/SPY";
    closing.price = decimal("1.1");
    closing.effect = PriceEffect::Credit;
    closing.timeInForce = portfolio::TimeInForce::Gtc;
    ui::StagedLeg leg = put(555, -4);
    leg.isClosing = true;
    closing.legs = {{leg.symbol, leg.type, Action::SellToClose, 4}};
    QSignalSpy changed(&staged, &ui::StagedOrder::changed);
    staged.load(closing, {leg});
    QCOMPARE(changed.size(), 1);
    QVERIFY(staged.intent(decimal("7")) == closing);
}

void StagedOrderTest::forgetsTheOriginOnceALegOpens()
{
    ui::StagedOrder staged;
    ui::StagedLeg leg = put(555, -4);
    leg.isClosing = true;
    portfolio::OrderIntent closing;
    closing.underlying = "SPY";
    closing.origin = "close";
    staged.load(closing, {leg});
    QCOMPARE(staged.intent(decimal("1")).origin, std::string("close"));
    staged.add(put(545, 1));
    QCOMPARE(staged.intent(decimal("1")).origin, std::string("ticket"));
    staged.clear();
    QVERIFY(staged.intent(decimal("1")).group.empty());
}

void StagedOrderTest::hasNoPriceForAMarketOrder()
{
    ui::StagedOrder staged;
    staged.add(put(555, 1));
    staged.setType(portfolio::OrderType::Market);
    const portfolio::OrderIntent intent = staged.intent(decimal("1"));
    QVERIFY(!intent.price);
    QCOMPARE(intent.effect, PriceEffect::None);
    QVERIFY(!ui::StagedOrder().intent(decimal("1")).price);
}

void StagedOrderTest::staysQuietWhenNothingChanges()
{
    ui::StagedOrder staged;
    staged.add(put(555, 1));
    staged.setLimit(decimal("2"));
    QSignalSpy changed(&staged, &ui::StagedOrder::changed);
    staged.setLimit(decimal("2"));
    staged.setQuantity(0, 1);
    staged.setQuantity(7, 1);
    staged.remove(7);
    staged.setType(portfolio::OrderType::Limit);
    QVERIFY(!staged.add(put(555, 0)));
    QCOMPARE(changed.size(), 0);
}

QTEST_GUILESS_MAIN(StagedOrderTest)
#include "staged_order_test.moc"

#include "market/symbols.h"
#include "no_warnings.h"
#include "ui/models/exit_plan.h"
#include "ui/models/order_choices.h"
#include "ui/models/words.h"
#include "ui/panels/exit_rows.h"
#include "ui/panels/limit_row.h"
#include "ui/panels/trigger_row.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::ui;
using portfolio::Action;
using portfolio::OrderType;
using portfolio::TimeInForce;

Q_DECLARE_METATYPE(OrderType)
Q_DECLARE_METATYPE(TimeInForce)
Q_DECLARE_METATYPE(ExitSide)

namespace
{

StagedLeg put(int strike, std::int64_t quantity, bool isClosing = false)
{
    const market::OptionTerms terms{"SPY", base::makeDate(2026, 12, 18), market::Right::Put,
                                    base::Decimal::fromInteger(strike)};
    return {
        market::toOccSymbol(terms).value(), "SPY", market::InstrumentType::EquityOption, terms, quantity, isClosing};
}

base::Decimal price(const char* text)
{
    return base::Decimal::parse(text).value();
}

/// Cents below three dollars, five above.
market::TickTable pennies()
{
    return {{base::Decimal::fromInteger(3), price("0.01")}, {{}, price("0.05")}};
}

portfolio::OrderIntent entry(Action action, const char* limit)
{
    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{put(555, 1).symbol, market::InstrumentType::EquityOption, action, 3}};
    intent.price = price(limit);
    intent.effect = portfolio::isBuy(action) ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    return intent;
}

QStringList enabledOf(const QComboBox& box)
{
    QStringList enabled;
    for (int i = 0; i < box.count(); ++i) {
        if (qobject_cast<const QStandardItemModel*>(box.model())->item(i)->isEnabled())
            enabled << box.itemText(i);
    }
    return enabled;
}

} // namespace

/// Types, triggers, dates and exits of the order ticket: what may be chosen, and what comes of it.
class TicketTermsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { test::failOnWarnings(); }

    void whatTheBrokerTakes_data()
    {
        QTest::addColumn<OrderType>("type");
        QTest::addColumn<TimeInForce>("time");
        QTest::addColumn<bool>("isClosing");
        QTest::addColumn<bool>("isTaken");
        const auto row = [](const char* name, OrderType type, TimeInForce time, bool isClosing, bool isTaken) {
            QTest::newRow(name) << type << time << isClosing << isTaken;
        };
        row("limit, day", OrderType::Limit, TimeInForce::Day, false, true);
        row("limit, till a date", OrderType::Limit, TimeInForce::Gtd, false, true);
        row("limit, at once", OrderType::Limit, TimeInForce::Ioc, false, true);
        row("market, day", OrderType::Market, TimeInForce::Day, false, true);
        row("market, for good", OrderType::Market, TimeInForce::Gtc, true, false);
        row("market, till a date", OrderType::Market, TimeInForce::Gtd, true, false);
        row("opening stop, day", OrderType::Stop, TimeInForce::Day, false, true);
        row("opening stop, for good", OrderType::Stop, TimeInForce::Gtc, false, false);
        row("opening stop, till a date", OrderType::Stop, TimeInForce::Gtd, false, false);
        row("closing stop, for good", OrderType::Stop, TimeInForce::Gtc, true, true);
        row("opening stop limit, for good", OrderType::StopLimit, TimeInForce::Gtc, false, true);
        row("stop, at once", OrderType::Stop, TimeInForce::Ioc, true, false);
        row("stop limit, at once", OrderType::StopLimit, TimeInForce::Ioc, true, false);
    }
    void whatTheBrokerTakes()
    {
        QFETCH(const OrderType, type);
        QFETCH(const TimeInForce, time);
        QFETCH(const bool, isClosing);
        QFETCH(const bool, isTaken);
        const std::vector legs{put(555, 1, isClosing)};
        QCOMPARE(timeRefusal(time, type, legs).isEmpty(), isTaken);
        StagedOrder staged;
        staged.add(legs.front());
        staged.setType(type);
        staged.setTimeInForce(time);
        QCOMPARE(staged.timeInForce(), isTaken ? time : TimeInForce::Day); // never staged, whatever is asked for
    }

    void anAmountOfDollars()
    {
        const StagedLeg shares{"KO", "KO", market::InstrumentType::Equity, {}, 1};
        QVERIFY(!typeRefusal(OrderType::NotionalMarket, std::vector{put(555, 1)}).isEmpty());
        QVERIFY(!typeRefusal(OrderType::NotionalMarket, std::vector{shares, put(555, 1)}).isEmpty());
        StagedOrder staged;
        staged.add(shares);
        staged.setTimeInForce(TimeInForce::Gtc);
        staged.setType(OrderType::NotionalMarket);
        QCOMPARE(staged.type(), OrderType::NotionalMarket);
        QCOMPARE(staged.timeInForce(), TimeInForce::Day);
        QVERIFY(staged.value().has_value());
        TriggerRow row;
        row.setTerms(staged);
        auto* const box = row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_value"));
        QVERIFY(box->isVisibleTo(&row) &&
                !row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_trigger"))->isVisibleTo(&row));
        QCOMPARE(box->minimum(), 5.0);
        connect(&row, &TriggerRow::valueEdited, &staged, &StagedOrder::setValue);
        box->setValue(37.5);
        const portfolio::OrderIntent intent = staged.intent({});
        QCOMPARE(intent.value, std::optional(price("37.5")));
        QCOMPARE(intent.type, OrderType::NotionalMarket);
        QVERIFY(intent.legs.front().quantity == 0 && !intent.price);
        LimitRow limit;
        limit.setTerms(staged, 1);
        QVERIFY(!limit.findChild<QSpinBox*>(QStringLiteral("ticket_units"))->isEnabled());
        QVERIFY(!exitRefusal(staged).isEmpty());
        StagedOrder again; // as the list of orders stages it once more
        again.load(intent, stagedLegs(intent));
        QVERIFY(again.intent({}) == intent);
        // Another type takes the amount away, and what was one share is one again.
        staged.setType(OrderType::Limit);
        QVERIFY(!staged.value() && staged.intent({}).legs.front().quantity == 1);
        staged.setType(OrderType::NotionalMarket);
        staged.add(put(555, 1));
        QCOMPARE(staged.type(), OrderType::Limit); // of another underlying: a new order
    }

    void partsOfAUnitAreNotTakenForTensOfThem()
    {
        StagedOrder staged;
        staged.add(put(555, 2));
        LimitRow row;
        row.setTerms(staged, 2);
        row.show();
        auto* const units = row.findChild<QSpinBox*>(QStringLiteral("ticket_units"));
        QSignalSpy edited(&row, &LimitRow::unitsEdited);
        for (const char* const typed : {"1.5", "2,5", "0.2"}) {
            units->setFocus();
            units->selectAll();
            QTest::keyClicks(units, QString::fromLatin1(typed));
            row.commit();
            QCOMPARE(units->value(), 2);
        }
        QVERIFY(edited.empty());
        units->selectAll();
        QTest::keyClicks(units, QStringLiteral("7"));
        row.commit();
        QCOMPARE(units->value(), 7);
    }

    void whatGuardsAPositionStaysForTheNextDay()
    {
        StagedOrder closing, opening;
        closing.add(put(555, -1, true));
        opening.add(put(555, 1));
        ExitPlan plan;
        plan.stop.isOn = true;
        for (StagedOrder* const staged : {&closing, &opening})
            staged->setExits(plan);
        QCOMPARE(closing.timeInForce(), TimeInForce::Gtc);
        QCOMPARE(opening.timeInForce(), TimeInForce::Day); // its exits have a life of their own
        closing.setTimeInForce(TimeInForce::Day);          // as somebody wants it
        plan.target.isOn = true;
        closing.setExits(plan);
        QCOMPARE(closing.timeInForce(), TimeInForce::Day);
    }

    void aFractionGoesAtTheMarket()
    {
        StagedOrder staged;
        portfolio::OrderIntent close;
        close.underlying = "KO";
        close.type = OrderType::Market;
        const StagedLeg half{"KO", "KO", market::InstrumentType::Equity, {}, -base::Quantity::parse("0.5").value(),
                             true};
        staged.load(close, {half});
        QCOMPARE(staged.type(), OrderType::Market);
        staged.setType(OrderType::Limit);
        QCOMPARE(staged.type(), OrderType::Market);
        QVERIFY(staged.intent({}).legs.front().quantity == base::Quantity::parse("0.5").value());
    }

    void aSecondLegTakesTheStopAway()
    {
        StagedOrder staged;
        staged.add(put(555, 1));
        staged.setType(OrderType::StopLimit);
        staged.setTrigger(price("2.40"));
        staged.setLimit(price("2.45"));
        const portfolio::OrderIntent alone = staged.intent(price("1"));
        QCOMPARE(alone.stopTrigger, std::optional(price("2.40")));
        QCOMPARE(alone.price, std::optional(price("2.45")));
        staged.add(put(545, -1));
        QCOMPARE(staged.type(), OrderType::Limit);
        QVERIFY(!staged.intent(price("1")).stopTrigger);
        QCOMPARE(staged.intent(price("1")).price, std::optional(price("1")));
    }

    void aLimitBehindATriggerIsAnotherOne()
    {
        StagedOrder staged;
        staged.add(put(555, 1));
        staged.setLimit(price("2.00"));
        staged.setType(OrderType::Market);
        staged.setType(OrderType::Limit);
        QVERIFY(staged.limit());
        staged.setType(OrderType::StopLimit);
        QVERIFY(!staged.limit());
        staged.setTrigger(price("2.50"));
        staged.setExits({{true, {}, {}}, {}});
        staged.setUnits(4);
        QCOMPARE(staged.legs().front().quantity, std::int64_t{4});
        QCOMPARE(staged.trigger(), std::optional(price("2.50"))); // of one unit
        QVERIFY(staged.exits().target.isOn);
        staged.setQuantity(0, -4);
        QVERIFY(!staged.trigger());
        QVERIFY(!staged.exits().target.isOn);
    }

    void aDateGoesWithTheTime()
    {
        StagedOrder staged;
        staged.add(put(555, 1));
        staged.setTimeInForce(TimeInForce::Gtd);
        staged.setGtcDate(base::makeDate(2026, 12, 1));
        QCOMPARE(staged.intent({}).gtcDate, std::optional(base::makeDate(2026, 12, 1)));
        staged.setTimeInForce(TimeInForce::Gtc);
        QVERIFY(!staged.intent({}).gtcDate);
        QVERIFY(!staged.gtcDate());
    }

    void aTriggerLiesBeyondTheMarket_data()
    {
        QTest::addColumn<bool>("buys");
        QTest::addColumn<double>("bid");
        QTest::addColumn<double>("ask");
        QTest::addColumn<QString>("trigger");
        QTest::newRow("buys") << true << 2.00 << 2.10 << "2.31";
        QTest::newRow("sells") << false << 2.00 << 2.10 << "1.80";
        QTest::newRow("buys over the coarser tick") << true << 2.80 << 2.90 << "3.20";
        QTest::newRow("sells the nearly worthless") << false << 0.02 << 0.03 << "0.01";
        QTest::newRow("no bid") << false << 0.0 << 0.05 << "";
        QTest::newRow("no ask") << true << 0.05 << std::nan("") << "";
    }
    void aTriggerLiesBeyondTheMarket()
    {
        QFETCH(const bool, buys);
        QFETCH(const double, bid);
        QFETCH(const double, ask);
        QFETCH(const QString, trigger);
        const auto chosen = usualTrigger(buys, true, bid, ask, pennies());
        QCOMPARE(chosen ? QString::fromStdString(chosen->toFixed(2)) : QString(), trigger);
        if (!chosen)
            return;
        QVERIFY(triggerRefusal(*chosen, buys, (bid + ask) / 2).isEmpty());
        QVERIFY(!triggerRefusal(*chosen, !buys, (bid + ask) / 2).isEmpty());
        QVERIFY(triggerRefusal(*chosen, !buys, std::nan("")).isEmpty()); // not known is not wrong
        const base::Decimal limit = usualStopLimit(*chosen, buys, pennies());
        QCOMPARE(limit.isNegative(), !buys);
        QVERIFY(limit.abs().isMultipleOf(market::tickAt(pennies(), limit)));
        QVERIFY(buys ? limit > *chosen : limit.abs() <= *chosen);
    }

    void exitsAreCountedInThePremium_data()
    {
        QTest::addColumn<ExitSide>("side");
        QTest::addColumn<double>("net");
        QTest::addColumn<double>("percent");
        QTest::addColumn<QString>("price");
        QTest::newRow("target of a long") << ExitSide::Target << 2.0 << 50.0 << "3.00";
        QTest::newRow("stop of a long") << ExitSide::Stop << 2.0 << 25.0 << "1.50";
        QTest::newRow("target of a short") << ExitSide::Target << -2.0 << 50.0 << "1.00";
        QTest::newRow("stop of a short") << ExitSide::Stop << -2.0 << 100.0 << "4.00";
        QTest::newRow("on the coarser tick") << ExitSide::Target << 2.13 << 60.0 << "3.40";
        QTest::newRow("a stop in the profit") << ExitSide::Stop << 2.0 << -10.0 << "2.20";
        QTest::newRow("nothing is left") << ExitSide::Stop << 2.0 << 100.0 << "";
        QTest::newRow("nothing to count in") << ExitSide::Target << 0.0 << 50.0 << "";
        QTest::newRow("not known") << ExitSide::Target << std::nan("") << 50.0 << "";
    }
    void exitsAreCountedInThePremium()
    {
        QFETCH(const ExitSide, side);
        QFETCH(const double, net);
        QFETCH(const double, percent);
        QFETCH(const QString, price);
        const auto found = exitPrice(side, percent, net, pennies());
        QCOMPARE(found ? QString::fromStdString(found->toFixed(2)) : QString(), price);
        if (found)
            QVERIFY(std::fabs(exitPercent(side, *found, net) - percent) < 2.5);
    }

    void aBracketClosesWhatItsEntryOpens_data()
    {
        QTest::addColumn<bool>("buys");
        QTest::newRow("bought") << true;
        QTest::newRow("sold") << false;
    }
    void aBracketClosesWhatItsEntryOpens()
    {
        QFETCH(const bool, buys);
        const portfolio::OrderIntent opening = entry(buys ? Action::BuyToOpen : Action::SellToOpen, "2.00");
        const auto both = bracketOf(opening, {price("3.00"), price("1.00")});
        QCOMPARE(both.kind, portfolio::ComplexKind::Otoco);
        QVERIFY(*both.trigger == opening);
        QCOMPARE(both.orders.size(), std::size_t{2});
        const auto& [target, stop] = std::tie(both.orders[0], both.orders[1]);
        for (const portfolio::OrderIntent* const close : {&target, &stop}) {
            QCOMPARE(close->legs.front().action, buys ? Action::SellToClose : Action::BuyToClose);
            QCOMPARE(close->legs.front().quantity, std::int64_t{3});
            QCOMPARE(close->timeInForce, TimeInForce::Gtc);
        }
        QCOMPARE(target.type, OrderType::Limit);
        QCOMPARE(target.price, std::optional(price("3.00")));
        QCOMPARE(target.effect, buys ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit);
        QCOMPARE(stop.type, OrderType::Stop);
        QCOMPARE(stop.stopTrigger, std::optional(price("1.00")));
        QVERIFY(!stop.price);
        const auto one = bracketOf(opening, {{}, price("1.00")});
        QCOMPARE(one.kind, portfolio::ComplexKind::Oto);
        QVERIFY(one.orders.at(0) == stop);
    }

    void aHeldOneIsLeftEitherWay()
    {
        portfolio::OrderIntent close = entry(Action::SellToClose, "2.50");
        close.origin = "close";
        const auto pair = pairOf(close, {price("3.00"), price("1.00")});
        QCOMPARE(pair.kind, portfolio::ComplexKind::Oco);
        QVERIFY(!pair.trigger);
        QCOMPARE(pair.orders.at(0).price, std::optional(price("3.00")));
        QCOMPARE(pair.orders.at(0).effect, portfolio::PriceEffect::Credit);
        QCOMPARE(pair.orders.at(1).stopTrigger, std::optional(price("1.00")));
        QVERIFY(pair.orders.at(0).legs == pair.orders.at(1).legs);
        QCOMPARE(pair.orders.at(1).origin, std::string("close"));
    }

    void exitsAreOfferedWhereTheyGo()
    {
        StagedOrder staged;
        staged.add(put(555, -1));
        QVERIFY(exitRefusal(staged).isEmpty() && stopRefusal(staged).isEmpty());
        staged.add(put(545, 1));
        QVERIFY(exitRefusal(staged).isEmpty());
        QVERIFY(!stopRefusal(staged).isEmpty()); // of two legs a limit alone
        StagedOrder roll;
        roll.add(put(555, 1, true));
        QVERIFY(exitRefusal(roll).isEmpty());
        roll.setType(OrderType::Market);
        QVERIFY(!exitRefusal(roll).isEmpty());
        roll.setType(OrderType::Limit);
        roll.add(put(545, -1));
        QVERIFY(!exitRefusal(roll).isEmpty());
    }

    void whatCannotBeChosenIsGrey()
    {
        LimitRow row;
        StagedOrder staged;
        staged.add(put(555, 1));
        const auto* const types = row.findChild<QComboBox*>(QStringLiteral("ticket_type"));
        const auto* const times = row.findChild<QComboBox*>(QStringLiteral("ticket_time_in_force"));
        row.setTerms(staged, 1);
        QCOMPARE(enabledOf(*types).size(), 4);
        QCOMPARE(enabledOf(*times).size(), 4);
        staged.setType(OrderType::Stop);
        row.setTerms(staged, 1);
        QCOMPARE(enabledOf(*times), QStringList{times->itemText(0)});
        QVERIFY(times->toolTip().contains(QStringLiteral("stop")));
        QVERIFY(!row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"))->isEnabled());
        staged.add(put(545, -1));
        row.setTerms(staged, 1);
        QCOMPARE(enabledOf(*types), QStringList{types->itemText(0)});
        QVERIFY(types->toolTip().contains(QStringLiteral("one leg")));
    }

    void aTriggerSaysWhereTheMarketIs()
    {
        TriggerRow row;
        StagedOrder staged;
        staged.add(put(555, 1));
        row.setTerms(staged);
        QVERIFY(row.isHidden());
        staged.setType(OrderType::Stop);
        staged.setTrigger(price("2.40"));
        row.setMarket(2.00, pennies());
        row.setTerms(staged);
        QVERIFY(!row.isHidden());
        QVERIFY(row.refusal().isEmpty());
        row.setMarket(2.50, pennies());
        QVERIFY2(row.refusal().contains(QStringLiteral("2.50")), qPrintable(row.refusal()));
        QSignalSpy edited(&row, &TriggerRow::triggerEdited);
        auto* const box = row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_trigger"));
        box->setValue(3.02);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited.at(0).at(0).value<base::Decimal>(), price("3.00")); // on the grid
    }

    void aDateIsWithinItsBounds()
    {
        TriggerRow row;
        StagedOrder staged;
        staged.add(put(555, 1));
        staged.setTimeInForce(TimeInForce::Gtd);
        row.setDates(base::makeDate(2026, 11, 26), base::makeDate(2026, 12, 18));
        staged.setGtcDate(base::makeDate(2026, 12, 1));
        row.setTerms(staged);
        auto* const date = row.findChild<QDateEdit*>();
        QCOMPARE(date->date(), QDate(2026, 12, 1));
        QSignalSpy chosen(&row, &TriggerRow::dateChosen);
        date->setDate(QDate(2027, 3, 1));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).value<base::Date>(), base::makeDate(2026, 12, 18));
    }

    void exitsAreTypedEitherWay()
    {
        ExitRows rows;
        StagedOrder staged;
        staged.add(put(555, 1));
        connect(&rows, &ExitRows::planEdited, &staged, &StagedOrder::setExits);
        const auto draw = [&] { rows.setPlan(staged, {2.0, pennies(), 100, -100}); };
        draw();
        auto* const chip = rows.findChild<QPushButton*>(QStringLiteral("exit_target_chip"));
        auto* const percent = rows.findChild<QDoubleSpinBox*>(QStringLiteral("exit_target_percent"));
        auto* const box = rows.findChild<QDoubleSpinBox*>(QStringLiteral("exit_target_price"));
        QVERIFY(percent->isHidden());
        chip->click();
        draw();
        QVERIFY(staged.exits().target.isOn && !staged.exits().stop.isOn);
        QVERIFY(!percent->isHidden());
        QCOMPARE(box->value(), 3.0);
        QCOMPARE(rows.findChild<QLabel*>(QStringLiteral("exit_target_outcome"))->text(), QStringLiteral("+100.00"));
        percent->setValue(25);
        draw();
        QCOMPARE(box->value(), 2.5);
        box->setValue(2.2);
        draw();
        QCOMPARE(percent->value(), 10.0);
        QCOMPARE(staged.exits().target.price, std::optional(price("2.20")));
        chip->click();
        QVERIFY(!staged.exits().target.isOn);
    }

    void aClosesExitsComeTogether()
    {
        ExitRows rows;
        StagedOrder staged;
        staged.add(put(555, -1, true));
        connect(&rows, &ExitRows::planEdited, &staged, &StagedOrder::setExits);
        rows.setPlan(staged, {2.0, pennies()});
        rows.findChild<QPushButton*>(QStringLiteral("exit_stop_chip"))->click();
        QVERIFY(staged.exits().target.isOn && staged.exits().stop.isOn);
        staged.setExits({});
        staged.add(put(545, 1, true));
        rows.setPlan(staged, {2.0, pennies()});
        const auto* const chip = rows.findChild<QPushButton*>(QStringLiteral("exit_target_chip"));
        QVERIFY(!chip->isEnabled());
        QVERIFY(chip->toolTip().contains(QStringLiteral("one leg")));
    }
};

QTEST_MAIN(TicketTermsTest)
#include "ticket_terms_test.moc"

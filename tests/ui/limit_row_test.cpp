#include "desk/views.h"
#include "ui/panels/limit_row.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include <cmath>

using namespace vegadesk;

namespace
{
base::Decimal price(const char* text)
{
    return base::Decimal::parse(text).value();
}
} // namespace

class LimitRowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void limitIsReadAsTyped_data();
    void limitIsReadAsTyped();
    void aZeroOnTheWayKeepsTheSide();
    void limitArrowsMoveTheShownPrice();
    void typingSurvivesTheMarket_data();
    void typingSurvivesTheMarket();
    void escapeUndoesTheTypingAlone();
    void limitStaysOnTheGrid();
    void sliderRunsFromNaturalPastMid();
};

void LimitRowTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void LimitRowTest::limitIsReadAsTyped_data()
{
    QTest::addColumn<double>("before");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("after");
    const auto row = [](double before, const char* typed, double after) {
        QTest::addRow("%g, %s", before, typed) << before << QString::fromUtf8(typed) << after;
    };
    row(-2.11, "2.2", -2.2);
    row(2.11, "2.2", 2.2);
    row(2.11, "2.2 cr", -2.2);
    row(-2.11, "2.2 db", 2.2);
    row(-2.11, "+2.2", 2.2);
    row(2.11, "-2.2", -2.2);
    row(2.11, "\u22122.2", -2.2);
    row(-2.11, "1,250.5", -1250.5);
    row(0, "0.05", 0.05);
    row(2.11, "nonsense", 2.11);
    row(2.11, "2.2 xy", 2.11);
}

void LimitRowTest::limitIsReadAsTyped()
{
    QFETCH(const double, before);
    QFETCH(const QString, typed);
    QFETCH(const double, after);
    ui::LimitEdit edit;
    edit.setValue(before);
    edit.findChild<QLineEdit*>()->setText(typed);
    edit.interpretText();
    QVERIFY2(std::fabs(edit.value() - after) < 1e-9, qPrintable(QString::number(edit.value())));
}

void LimitRowTest::aZeroOnTheWayKeepsTheSide()
{
    ui::LimitEdit edit;
    for (const double before : {-0.47, 0.47}) {
        edit.setValue(before);
        for (const char* const typed : {"0", "0.50"}) {
            edit.findChild<QLineEdit*>()->setText(QString::fromLatin1(typed));
            edit.interpretText();
        }
        QCOMPARE(edit.value(), std::copysign(0.50, before));
    }
}

void LimitRowTest::limitArrowsMoveTheShownPrice()
{
    ui::LimitEdit edit;
    edit.setSingleStep(0.05);
    edit.setValue(-2.10);
    edit.stepUp();
    QCOMPARE(edit.text(), QStringLiteral("2.15 cr"));
    edit.setValue(2.10);
    edit.stepDown();
    QCOMPARE(edit.text(), QStringLiteral("2.05 db"));
}

void LimitRowTest::typingSurvivesTheMarket_data()
{
    QTest::addColumn<bool>("isFollowingMid");
    QTest::newRow("a limit of one's own") << false;
    QTest::newRow("following the mid") << true;
}

/// A price or a quantity of which a refresh eats a digit is an order nobody wanted.
void LimitRowTest::typingSurvivesTheMarket()
{
    QFETCH(const bool, isFollowingMid);
    ui::LimitRow row;
    auto* const limit = row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"));
    auto* const units = row.findChild<QSpinBox*>(QStringLiteral("ticket_units"));
    ui::StagedOrder staged;
    std::int64_t quantity = 1;
    double mid = 14.06;
    const auto refresh = [&] { // what the ticket does ten times a second
        mid += 0.01;
        row.setMarket(mid + 0.1, mid, mid < 14.1 ? 0.01 : 0.05);
        row.setLimit(base::Decimal::fromDouble(std::round(mid * 100) / 100).value(), isFollowingMid);
        row.setTerms(staged, quantity);
    };
    refresh();
    row.show();
    QVERIFY(QTest::qWaitForWindowExposed(&row));
    QSignalSpy limits(&row, &ui::LimitRow::limitEdited), quantities(&row, &ui::LimitRow::unitsEdited);
    const auto type = [&](QAbstractSpinBox& box, const char* keys) {
        box.setFocus();
        box.selectAll();
        for (const char* key = keys; *key != '\0'; ++key) {
            QTest::keyClick(&box, *key);
            refresh();
        }
    };
    type(*limit, "13.85");
    QVERIFY2(limit->text().contains(QStringLiteral("13.85")), qPrintable(limit->text()));
    QTest::keyClick(limit, Qt::Key_Return);
    QCOMPARE(limits.size(), 1);
    QCOMPARE(limits.at(0).at(0).value<base::Decimal>(), price("13.85"));
    type(*units, "7");
    row.commit(); // as sending does
    QCOMPARE(quantities.size(), 1);
    QCOMPARE(quantities.at(0).at(0).toInt(), 7);
    quantity = 3;
    refresh();
    QCOMPARE(units->value(), 3); // nobody types any more
}

void LimitRowTest::escapeUndoesTheTypingAlone()
{
    ui::LimitRow row;
    row.setMarket(2.2, 2.1, 0.01);
    row.setLimit(price("2.1"), false);
    row.show();
    QVERIFY(QTest::qWaitForWindowExposed(&row));
    auto* const limit = row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"));
    QSignalSpy limits(&row, &ui::LimitRow::limitEdited);
    auto* const line = limit->findChild<QLineEdit*>();
    limit->setFocus();
    limit->selectAll();
    QTest::keyClicks(limit, QStringLiteral("9.99"));
    QVERIFY(line->text().contains(QStringLiteral("9.99")));
    QTest::keyClick(limit, Qt::Key_Escape);
    QVERIFY2(line->text().contains(QStringLiteral("2.10")), qPrintable(line->text()));
    row.commit();
    QVERIFY(limits.isEmpty());
    QCOMPARE(limit->value(), 2.1);
}

void LimitRowTest::limitStaysOnTheGrid()
{
    ui::LimitRow row;
    row.setMarket(-2.00, -2.10, 0.05);
    QSignalSpy edited(&row, &ui::LimitRow::limitEdited);
    row.findChild<QDoubleSpinBox*>(QStringLiteral("ticket_limit"))->setValue(-2.13);
    QCOMPARE(edited.size(), 1);
    QVERIFY(edited.at(0).at(0).value<base::Decimal>() == price("-2.15"));
}

void LimitRowTest::sliderRunsFromNaturalPastMid()
{
    ui::LimitRow row;
    row.setMarket(-2.00, -2.10, 0.01);
    row.setLimit(price("-2.10"), true);
    auto* const slider = row.findChild<QSlider*>();
    QCOMPARE(slider->maximum(), 20);
    QCOMPARE(slider->value(), 10);
    QSignalSpy edited(&row, &ui::LimitRow::limitEdited);
    slider->setValue(0);
    QVERIFY(edited.at(0).at(0).value<base::Decimal>() == price("-2.00"));
    slider->setValue(20);
    QVERIFY(edited.at(1).at(0).value<base::Decimal>() == price("-2.20"));
    row.setMarket(desk::unknown, desk::unknown, 0.01);
    QCOMPARE(slider->maximum(), 0);
}

QTEST_MAIN(LimitRowTest)
#include "limit_row_test.moc"

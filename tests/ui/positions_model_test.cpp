#include "ui/models/positions_model.h"
#include "ui/models/words.h"
#include "ui/position_views.h"
#include "ui/theme/format.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::test;

namespace
{
using Tester = QAbstractItemModelTester;
constexpr auto report = Tester::FailureReportingMode::QtTest;
QString shown(const QAbstractItemModel& model, int row, int column, const QModelIndex& parent = {})
{
    return model.index(row, column, parent).data().toString();
}
desk::PositionRow shares(std::int64_t quantity)
{
    desk::PositionRow row;
    row.position.symbol = row.position.underlying = "SPY";
    row.position.type = market::InstrumentType::Equity;
    row.position.quantity = quantity;
    return row;
}
} // namespace

Q_DECLARE_METATYPE(std::vector<vegadesk::desk::PositionRow>)

class PositionsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void quantityOfAGroup_data();
    void quantityOfAGroup();
    void zeroHasNoColour();
    void changeInPlace();
    void resetForAnotherLayout();
    void showWhatIsNotKnown();
    void offerARollWhereOneOrderTakesIt();
    void sayWhereTheProfitCameFrom();
    void lotsAreUnderTheirPosition();

private:
    ui::Theme m_theme;
};

void PositionsModelTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void PositionsModelTest::quantityOfAGroup_data()
{
    QTest::addColumn<std::vector<desk::PositionRow>>("rows");
    QTest::addColumn<QString>("quantity");
    const auto call = [](int strike, std::int64_t quantity) { return position(market::Right::Call, strike, quantity); };
    const auto put = [](int strike, std::int64_t quantity) { return position(market::Right::Put, strike, quantity); };
    const auto row = [](const char* name, std::vector<desk::PositionRow> rows, const QString& quantity) {
        QTest::newRow(name) << std::move(rows) << quantity;
    };
    row("one long", {call(600, 3)}, QStringLiteral("3"));
    row("one short", {call(600, -3)}, ui::number(-3, 0));
    row("short shares", {shares(-250)}, ui::number(-250, 0));
    row("a spread", {put(545, 5), put(555, -5)}, QStringLiteral("5"));
    row("a short straddle", {call(600, -2), put(600, -2)}, QStringLiteral("2"));
    row("a ratio", {call(600, -2), call(610, 4)}, QStringLiteral("2"));
    row("a covered call", {shares(200), call(610, -2)}, QStringLiteral("2"));
    row("an odd lot beside a call", {shares(150), call(610, -1)}, QString());
    row("no strategy", {call(600, 3), call(610, 1), put(500, -7)}, QString());
    desk::PositionRow part = shares(0);
    part.position.quantity = base::Quantity::parse("0.52341").value();
    row("a fraction", {part}, ui::number(0.52341, 5));
    row("a fraction beside a call", {part, call(610, -1)}, QString());
    row("closed today", {call(600, 0), put(500, -7)}, ui::number(-7, 0));
}

void PositionsModelTest::quantityOfAGroup()
{
    QFETCH(const std::vector<desk::PositionRow>, rows);
    QFETCH(const QString, quantity);
    desk::PositionGroup group;
    group.title = group.underlying = "SPY";
    group.rows = rows;
    ui::PositionsModel model(m_theme);
    model.update({group});
    QCOMPARE(shown(model, 0, ui::PositionsModel::QuantityColumn), quantity);
    for (int leg = 0; leg < static_cast<int>(rows.size()); ++leg)
        QCOMPARE(shown(model, leg, ui::PositionsModel::QuantityColumn, model.index(0, 0)),
                 ui::quantityText(rows[static_cast<std::size_t>(leg)].position.quantity));
}

void PositionsModelTest::zeroHasNoColour()
{
    std::vector<desk::PositionGroup> groups = someGroups();
    groups[0].openProfit = 0.004;
    groups[0].dayProfit = -0.004;
    groups[0].rows[0].openProfit = 0;
    groups[0].rows[0].dayProfit = 0.006;
    ui::PositionsModel model(m_theme);
    model.update(groups);
    const auto colour = [&](int column, const QModelIndex& parent = {}) {
        return model.index(0, column, parent).data(Qt::ForegroundRole).value<QColor>();
    };
    QCOMPARE(colour(ui::PositionsModel::OpenColumn), m_theme.color(ui::Role::Text));
    QCOMPARE(colour(ui::PositionsModel::DayColumn), m_theme.color(ui::Role::Text));
    QCOMPARE(colour(ui::PositionsModel::OpenColumn, model.index(0, 0)), m_theme.color(ui::Role::Text));
    QCOMPARE(colour(ui::PositionsModel::DayColumn, model.index(0, 0)), m_theme.color(ui::Role::Gain));
}

void PositionsModelTest::changeInPlace()
{
    ui::PositionsModel model(m_theme);
    const Tester tester(&model, report);
    std::vector<desk::PositionGroup> groups = someGroups();
    model.update(groups);
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex condor = model.index(0, 0);
    QCOMPARE(model.rowCount(condor), 2);
    QCOMPARE(shown(model, 0, ui::PositionsModel::QuantityColumn), QStringLiteral("5"));
    QCOMPARE(shown(model, 1, ui::PositionsModel::PositionColumn, condor), QStringLiteral("555 P"));
    QCOMPARE(shown(model, 1, ui::PositionsModel::DeltaColumn, condor), ui::number(-4.25, 1));

    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update(groups);
    QCOMPARE(changed.size(), 0);
    groups[0].rows[1].mark = 2.25;
    groups[1].dayProfit = 12;
    model.update(groups);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex().parent(), condor);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(1).at(0).toModelIndex().parent(), QModelIndex());
    QCOMPARE(shown(model, 1, ui::PositionsModel::MarkColumn, condor), QStringLiteral("2.25"));
}

void PositionsModelTest::resetForAnotherLayout()
{
    ui::PositionsModel model(m_theme);
    const Tester tester(&model, report);
    std::vector<desk::PositionGroup> groups = someGroups();
    model.update(groups);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    groups[0].rows.pop_back();
    model.update(groups);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    model.update({});
    QCOMPARE(model.rowCount(), 0);
}

void PositionsModelTest::showWhatIsNotKnown()
{
    ui::PositionsModel model(m_theme);
    std::vector<desk::PositionGroup> groups = someGroups();
    groups[1].rows[0].isStale = true;
    groups[1].greeks.unknownCount = 1;
    model.update(groups);
    QCOMPARE(shown(model, 1, ui::PositionsModel::DayColumn), ui::number(desk::unknown, 2));
    const QModelIndex stale = model.index(0, ui::PositionsModel::MarkColumn, model.index(1, 0));
    QCOMPARE(stale.data(Qt::ForegroundRole).value<QColor>(), m_theme.color(ui::Role::Faint));
    QVERIFY(!model.index(1, ui::PositionsModel::DeltaColumn).data(Qt::ToolTipRole).toString().isEmpty());
    QVERIFY(model.leg(stale) != nullptr);
    QVERIFY(model.leg(model.index(1, 0)) == nullptr);
    QCOMPARE(model.group(stale)->underlying, std::string("NVDA"));
}

void PositionsModelTest::offerARollWhereOneOrderTakesIt()
{
    ui::PositionsModel model(m_theme);
    std::vector<desk::PositionGroup> groups = someGroups();
    desk::PositionRow shares;
    shares.position.symbol = "NVDA";
    shares.position.quantity = 100;
    groups[1].rows.push_back(shares);
    model.update(groups);
    const int roll = ui::PositionsModel::RollColumn;
    const QModelIndex spread = model.index(0, 0), mixed = model.index(1, 0);
    QCOMPARE(shown(model, 0, roll), QStringLiteral("roll"));
    QCOMPARE(shown(model, 1, roll, spread), QStringLiteral("roll"));
    QCOMPARE(shown(model, 1, roll), QString());
    QCOMPARE(shown(model, 0, roll, mixed), QStringLiteral("roll"));
    QCOMPARE(shown(model, 1, roll, mixed), QString());
    QVERIFY(model.index(1, roll).data(Qt::ToolTipRole).toString().contains(QStringLiteral("leg by leg")));
    QCOMPARE(model.rows(spread).size(), std::size_t{2});
    QCOMPARE(model.rows(model.index(1, 0, spread)).size(), std::size_t{1});
    QVERIFY(model.rows({}).empty());
}

void PositionsModelTest::sayWhereTheProfitCameFrom()
{
    using Level = desk::AttributionRow::Level;
    ui::PositionsModel model(m_theme);
    model.update(someGroups());
    const QModelIndex condor = model.index(0, 0), leg = model.index(0, ui::PositionsModel::DayColumn, condor);
    QVERIFY2(!leg.data(Qt::ToolTipRole).isValid(), "nothing is known yet");
    auto risk = std::make_shared<desk::RiskView>();
    desk::AttributionRow row{Level::Group, "SPY iron condor", "SPY", {-41.2, 34.25}, -6.95};
    risk->attribution.today.push_back(row);
    row = {Level::Position, test::symbol(market::Right::Put, 545), "SPY", {12.5}, 12.5};
    risk->attribution.sinceEntry.push_back(row);
    model.setAttribution(risk);
    const QString ofGroup = condor.siblingAtColumn(ui::PositionsModel::DayColumn).data(Qt::ToolTipRole).toString();
    for (const QString& words : {QStringLiteral("delta"), ui::signedMoney(-41.2), QStringLiteral("gamma"),
                                 ui::signedMoney(34.25), ui::signedMoney(-6.95)})
        QVERIFY2(ofGroup.contains(words), qPrintable(ofGroup));
    QVERIFY2(!ofGroup.contains(QStringLiteral("vega")), "a part of nothing is not said");
    QVERIFY(leg.data(Qt::ToolTipRole).toString().contains(ui::signedMoney(12.5)));
    const QString name = model.index(0, 0, condor).data(Qt::ToolTipRole).toString();
    QVERIFY(name.contains(QStringLiteral("opened at")) && name.contains(ui::signedMoney(12.5)));
    const QModelIndex other = model.index(1, ui::PositionsModel::DayColumn, condor);
    QVERIFY2(!other.data(Qt::ToolTipRole).isValid(), "of another position nothing is known");
}

void PositionsModelTest::lotsAreUnderTheirPosition()
{
    ui::PositionsModel model(m_theme);
    const Tester tester(&model, report);
    std::vector<desk::PositionGroup> groups = someGroups();
    desk::PositionRow& put = groups[0].rows[1];
    put.lots = {{{}, {}, -2, 1.25, -50, -20}, {*base::parseInstant("2026-11-19T15:00:00Z"), "condor", -3, 1.5, 0, 30}};
    put.realized = -120;
    put.realizedToday = 45;
    model.update(groups);
    const QModelIndex leg = model.index(1, 0, model.index(0, 0));
    QCOMPARE(model.rowCount(leg), 2);
    QCOMPARE(model.rowCount(model.index(0, 0, model.index(0, 0))), 0);
    const QModelIndex first = model.index(0, 0, leg), second = model.index(1, 0, leg);
    QCOMPARE(second.parent(), leg);
    QCOMPARE(model.rowCount(second), 0);
    QVERIFY(model.lot(second) && !model.lot(leg));
    QCOMPARE(model.leg(second)->position.symbol, put.position.symbol);
    QCOMPARE(model.group(second)->title, groups[0].title);
    QVERIFY(first.data().toString().startsWith(QStringLiteral("earlier")));
    QCOMPARE(second.data().toString(), QStringLiteral("19 Nov 2026 10:00 at 1.50 · condor"));
    QCOMPARE(shown(model, 0, ui::PositionsModel::QuantityColumn, leg), ui::number(-2, 0));
    QCOMPARE(shown(model, 0, ui::PositionsModel::OpenColumn, leg), ui::signedMoney(-50));
    QCOMPARE(shown(model, 1, ui::PositionsModel::DayColumn, leg), ui::signedMoney(30));
    QCOMPARE(shown(model, 0, ui::PositionsModel::CloseColumn, leg), QString());
    const QString realized = leg.siblingAtColumn(ui::PositionsModel::OpenColumn).data(Qt::ToolTipRole).toString();
    QVERIFY2(realized.contains(ui::signedMoney(-120)) && realized.contains(ui::signedMoney(45)), qPrintable(realized));

    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    groups[0].rows[1].openProfit = -75;
    groups[0].rows[1].lots[0].openProfit = -75;
    model.update(groups);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(1).at(0).toModelIndex().parent(), leg);
    groups[0].rows[1].lots.pop_back();
    model.update(groups);
    QCOMPARE(reset.size(), 1);
}

QTEST_MAIN(PositionsModelTest)
#include "positions_model_test.moc"

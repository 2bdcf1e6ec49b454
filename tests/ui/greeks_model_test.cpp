#include "ui/models/greeks_model.h"

#include "market/symbols.h"
#include "ui/position_views.h"
#include "ui/theme/format.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::test;

namespace
{
QString shown(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

/// All alike.
desk::GreekSums sums(double each)
{
    return {each, each, each, each, each, 0};
}
} // namespace

class GreeksModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sumsAreByUnderlying();
    void figuresAreByTheChosenModel();
    void apartIsByWhatWasAddedUp();
    void aStagedOrderIsItsOwn();
    void barsFollowTheLargest();

private:
    ui::Theme m_theme;
};

void GreeksModelTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void GreeksModelTest::sumsAreByUnderlying()
{
    ui::GreeksModel model(m_theme);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    desk::TradingView trading;
    trading.greeks.vega = -60;
    trading.groups = someGroups();
    trading.groups.push_back(trading.groups.front());
    for (desk::PositionGroup& group : trading.groups)
        group.greeks.vega = -20;
    trading.groups.back().greeks.vega = desk::unknown;
    model.update(trading, nullptr, {});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(shown(model, 0, ui::GreeksModel::VegaColumn), ui::number(-60, 1));
    QCOMPARE(shown(model, 2, ui::GreeksModel::NameColumn), QStringLiteral("SPY"));
    QCOMPARE(shown(model, 2, ui::GreeksModel::VegaColumn), ui::number(-20, 1)); // one group known, one not
    QCOMPARE(shown(model, 2, ui::GreeksModel::DeltaColumn), ui::number(desk::unknown, 1));
    desk::TicketView ticket;
    ticket.intent.underlying = "SPY";
    model.update(trading, &ticket, {});
    QCOMPARE(model.rowCount(), 4);
    QVERIFY(shown(model, 3, ui::GreeksModel::NameColumn).contains(QStringLiteral("SPY")));
}

void GreeksModelTest::figuresAreByTheChosenModel()
{
    ui::GreeksModel model(m_theme);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    desk::TradingView trading;
    trading.groups = {
        {"SPY", "SPY", {position(market::Right::Put, 545, 5), position(market::Right::Put, 555, -5)}, 0, 0, 0, {}}};
    for (desk::PositionRow& row : trading.groups[0].rows)
        row.greeks = sums(row.position.quantity > 0 ? -150 : 200);
    trading.groups[0].greeks = trading.greeks = sums(50);
    desk::GreeksView greeks;
    greeks.contracts = {{symbol(market::Right::Put, 545), sums(-31), sums(-29), 4},
                        {symbol(market::Right::Put, 555), sums(-42), sums(-41), 7}};
    const auto delta = [&] { return shown(model, 1, ui::GreeksModel::DeltaColumn); };
    const auto help = [&] { return model.index(1, ui::GreeksModel::DeltaColumn).data(Qt::ToolTipRole).toString(); };

    greeks.model = "black_scholes";
    model.update(trading, nullptr, greeks);
    QCOMPARE(delta(), ui::number(50, 1));
    QVERIFY2(help().contains(ui::number(60, 1)), qPrintable(help())); // the broker's: 5 × (41 − 29)
    QCOMPARE(model.brokerAge(), 7.0);
    QVERIFY2(!model.disagrees(), "60 and 50, of 355 that nearly cancel");

    greeks.model = "heston";
    model.update(trading, nullptr, greeks);
    QCOMPARE(delta(), ui::number(55, 1)); // 5 × (42 − 31)
    QVERIFY(!model.disagrees());
    QVERIFY(model.coverage().isWhole());

    for (const auto& [id, word] : {std::pair{"american_heston", "American Heston"}, {"neural", "Neural"}}) {
        const auto words = ui::GreeksModel::coverageWords({1, 2}, id);
        QVERIFY2(words.contains(QString::fromLatin1(word)), qPrintable(words));
    }
    greeks.contracts[0].model = {};
    model.update(trading, nullptr, greeks);
    QCOMPARE(delta(), ui::number(-150 + 5 * 42, 1));
    QCOMPARE(model.coverage(), (ui::GreeksModel::Coverage{1, 2}));
    QCOMPARE(shown(model, 1, ui::GreeksModel::NameColumn), QStringLiteral("SPY · 1 of 2"));
    QVERIFY(model.index(1, ui::GreeksModel::NameColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("Heston")));

    greeks.model = "broker";
    model.update(trading, nullptr, greeks);
    QCOMPARE(delta(), ui::number(60, 1));
    QVERIFY2(help().contains(ui::number(50, 1)), qPrintable(help()));
}

/// By what was added up, and with a band, so that no colour flickers.
void GreeksModelTest::apartIsByWhatWasAddedUp()
{
    ui::GreeksModel model(m_theme);
    desk::TradingView trading;
    trading.groups = {
        {"SPY", "SPY", {position(market::Right::Put, 545, 5), position(market::Right::Put, 555, -5)}, 0, 0, 0, {}}};
    desk::GreeksView greeks;
    greeks.model = "black_scholes";
    const auto isAmber = [&](double ours, double brokers) {
        trading.groups[0].rows[0].greeks = sums(-1000);
        trading.groups[0].rows[1].greeks = sums(1000 + ours);
        trading.groups[0].greeks = trading.greeks = sums(ours);
        greeks.contracts = {{symbol(market::Right::Put, 545), {}, sums(-200), 4},
                            {symbol(market::Right::Put, 555), {}, sums((1000 + brokers) / -5), 7}};
        model.update(trading, nullptr, greeks);
        return model.index(1, ui::GreeksModel::DeltaColumn).data(Qt::ForegroundRole).value<QColor>() ==
               m_theme.color(ui::Role::Warning);
    };
    QVERIFY2(!isAmber(2, 0.5), "nothing is left of either");
    QVERIFY2(!isAmber(0, 190), "not a tenth of what was added up");
    QVERIFY(isAmber(0, 250));
    QVERIFY2(isAmber(0, 190), "nor together again yet");
    QVERIFY(!isAmber(0, 100));
    QVERIFY(!isAmber(0, 190));
}

void GreeksModelTest::aStagedOrderIsItsOwn()
{
    ui::GreeksModel model(m_theme);
    desk::TicketView ticket;
    ticket.intent.underlying = "SPY";
    ticket.greeks = {500, 500, 500, 500, 500, 0}; // of what is held after an order that closes
    desk::TicketLeg leg;
    leg.leg = {symbol(market::Right::Put, 545), market::InstrumentType::EquityOption, portfolio::Action::SellToClose,
               2};
    leg.option = market::parseOccSymbol(leg.leg.symbol).value();
    leg.greeks = {60, 60, 60, 60, 60, 0};
    ticket.legs = {leg};
    desk::GreeksView greeks;
    greeks.model = "black_scholes";
    model.update({}, &ticket, greeks);
    QCOMPARE(shown(model, 1, ui::GreeksModel::DeltaColumn), ui::number(60, 1));
}

void GreeksModelTest::barsFollowTheLargest()
{
    ui::GreeksModel model(m_theme);
    desk::TradingView trading;
    trading.groups = someGroups();
    trading.groups[0].greeks.gamma = -8;
    trading.groups[1].greeks.gamma = 2;
    model.update(trading, nullptr, {});
    const auto bar = [&](int row) {
        return model.index(row, ui::GreeksModel::GammaColumn).data(ui::GreeksModel::barRole);
    };
    QVERIFY(!bar(0).isValid());
    QCOMPARE(bar(1).toDouble(), 0.25); // NVDA
    QCOMPARE(bar(2).toDouble(), -1.0); // SPY
}

QTEST_MAIN(GreeksModelTest)
#include "greeks_model_test.moc"

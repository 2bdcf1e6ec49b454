#include "no_warnings.h"
#include "ui/models/watch_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;

namespace
{
std::shared_ptr<const desk::WatchView> view(std::vector<desk::WatchRow> rows)
{
    auto made = std::make_shared<desk::WatchView>();
    made->rows = std::move(rows);
    return made;
}

desk::WatchRow priced(const char* symbol, double last, double changeFraction)
{
    desk::WatchRow row;
    row.symbol = symbol;
    row.last = last;
    row.changeFraction = changeFraction;
    row.isStale = false;
    return row;
}
} // namespace

class WatchModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void symbolsAppearBeforeTheirPrices()
    {
        WatchModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSymbols({"SPY", "QQQ"});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, WatchModel::Last).data().toString(), QStringLiteral("–"));
        model.update(view({priced("QQQ", 503.18, -0.0012), priced("SPY", 585.42, 0.0031)}));
        QCOMPARE(model.index(0, WatchModel::Last).data().toString(), QStringLiteral("585.42"));
        QCOMPARE(model.index(0, WatchModel::Change).data().toString(), QStringLiteral("▲\u20090.31"));
        QCOMPARE(model.index(1, WatchModel::Change).data().toString(), QStringLiteral("▼\u20090.12"));
        model.setSymbols({"QQQ"});
        QCOMPARE(model.index(0, WatchModel::Last).data().toString(), QStringLiteral("503.18"));
    }

    void onlyChangedRowsAreTold()
    {
        WatchModel model;
        model.setSymbols({"A", "B", "C", "D"});
        model.update(view({priced("A", 1, 0), priced("B", 2, 0), priced("C", 3, 0), priced("D", 4, 0)}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.update(view({priced("A", 1, 0), priced("B", 2.5, 0), priced("C", 3.5, 0), priced("D", 4, 0)}));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().row(), 2);
        model.update(view({priced("A", 1, 0), priced("B", 2.5, 0), priced("C", 3.5, 0), priced("D", 5, 0)}));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[1][0].toModelIndex().row(), 3);
    }

    void staleIsSaid()
    {
        WatchModel model;
        model.setSymbols({"SPY"});
        auto row = priced("SPY", 585.42, 0);
        model.update(view({row}));
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("stale")));
        row.isStale = true;
        model.update(view({row}));
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("stale")));
        QCOMPARE(model.index(0, WatchModel::Last).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("SPY last 585.42"));
    }
};

QTEST_MAIN(WatchModelTest)
#include "watch_model_test.moc"

#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/models/connections_model.h"
#include "ui/panels/connections.h"

#include <QLabel>
#include <QListWidget>
#include <QTableView>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;

namespace
{

desk::ConnectionsView healthy()
{
    desk::ConnectionsView view;
    using Kind = desk::ConnectionRow::Kind;
    view.rows = {{Kind::Quotes, "127.0.0.1", desk::Light::Live, {}, 0.2, desk::unknown, 40'000, 1500, 0, 0},
                 {Kind::Account, "127.0.0.1", desk::Light::Live, {}, 12, 0.0031, 17, desk::unknown, 0, 0},
                 {Kind::Requests, "127.0.0.1", desk::Light::Live, {}, desk::unknown, 0.0123, 88, desk::unknown, 0, 0}};
    view.reconciledAt = base::fromUnixMillis(1'795'185'528'049);
    view.clockAhead = 0.2;
    return view;
}

} // namespace

class ConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void eachWayHasItsRow()
    {
        test::DeskFixture fixture;
        ConnectionsPanel panel(fixture.context());
        panel.show(healthy());
        const auto* const model = panel.findChild<QTableView*>()->model();
        QCOMPARE(model->rowCount(), 3);
        const auto cell = [&](int row, int column) { return model->index(row, column).data().toString(); };
        QVERIFY(cell(0, ConnectionsModel::StateColumn).contains(QStringLiteral("live")));
        QCOMPARE(cell(0, ConnectionsModel::SilentColumn), QStringLiteral("0.2 s"));
        QCOMPARE(cell(0, ConnectionsModel::LatencyColumn), QStringLiteral("–")); // quotes answer nothing
        QCOMPARE(cell(1, ConnectionsModel::LatencyColumn), QStringLiteral("3.1 ms"));
        QCOMPARE(cell(1, ConnectionsModel::SilentColumn), QStringLiteral("12 s"));
        QCOMPARE(cell(2, ConnectionsModel::ReconnectsColumn), QString());
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("reconciled"))->text().contains(QStringLiteral("agreed at")));
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("clock"))->text().contains(QStringLiteral("agree")));
        QVERIFY(panel.titleCount().isEmpty());
    }

    void whatIsWrongIsSaid()
    {
        test::DeskFixture fixture;
        ConnectionsPanel panel(fixture.context());
        panel.show(healthy());
        desk::ConnectionsView ill = healthy();
        ill.rows[0].light = desk::Light::Down;
        ill.rows[0].why = "no keepalive for 60 s";
        ill.rows[0].reconnects = 3;
        ill.quarantinedCount = 2;
        ill.quarantined = {{"dxLink", "no array", "{\"type\":1}"}, {"orders", "no id", "{}"}};
        ill.differences = 1;
        ill.clockAhead = -3.24;
        panel.show(ill);
        const auto* const clock = panel.findChild<QLabel*>(QStringLiteral("clock"));
        QVERIFY(clock->text().contains(QStringLiteral("3.2 s ahead")));
        QCOMPARE(clock->property("tone").toString(), QStringLiteral("warning"));
        ill.clockAhead = 2.1;
        panel.show(ill);
        QVERIFY(clock->text().contains(QStringLiteral("2.1 s behind")));
        const auto* const model = panel.findChild<QTableView*>()->model();
        const QModelIndex state = model->index(0, ConnectionsModel::StateColumn);
        QVERIFY(state.data().toString().contains(QStringLiteral("down")));
        QVERIFY(state.data(Qt::ToolTipRole).toString().contains(QStringLiteral("no keepalive")));
        QCOMPARE(model->index(0, ConnectionsModel::ReconnectsColumn).data().toString(), QStringLiteral("3"));
        const auto* const list = panel.findChild<QListWidget*>(QStringLiteral("quarantined"));
        QCOMPARE(list->count(), 2);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("no array")));
        QCOMPARE(panel.titleCount(), QStringLiteral("2"));
        QVERIFY(
            panel.findChild<QLabel*>(QStringLiteral("reconciled"))->text().contains(QStringLiteral("1 difference")));
    }

    void beforeAnythingIsConnected()
    {
        test::DeskFixture fixture;
        ConnectionsPanel panel(fixture.context());
        panel.refresh(); // a desk that was not started
        QCOMPARE(panel.findChild<QTableView*>()->model()->rowCount(), 0);
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("reconciled"))->text().contains(QStringLiteral("not yet")));
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("clock"))->text().contains(QStringLiteral("not known")));
    }
};

QTEST_MAIN(ConnectionsTest)
#include "connections_test.moc"

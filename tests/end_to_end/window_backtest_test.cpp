#include "ui/dialogs/backtest_dialog.h"
#include "workstation.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

using namespace vegadesk;
using tests::Workstation;

namespace
{

constexpr int patienceMs = 60'000;
using Report = std::shared_ptr<const desk::BacktestReport>;

} // namespace

/// Backtests from the window's dialog: run, cancelled, looked into, compared, saved and read back.
class WindowBacktestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunIsLookedIntoComparedAndSaved()
    {
        Workstation desk;
        m_dialog = desk.window().openBacktest();
        QSignalSpy finished(&desk.desk(), &desk::Desk::backtestFinished);
        part<QComboBox>("backtest_strategy")
            ->setCurrentIndex(part<QComboBox>("backtest_strategy")->findData(QStringLiteral("iron_condor")));
        part<QComboBox>("backtest_tolerance")->setCurrentIndex(2);
        setDates(QDate(2023, 1, 3), QDate(2023, 6, 30));
        const Report first = run(finished);
        QVERIFY(first);
        QVERIFY2(first->failure.empty(), first->failure.c_str());
        QVERIFY(!first->trades.empty());
        QCOMPARE(first->request.tolerance, risk::Tolerance::High);

        lookAtATrade();
        saveAndReadBack(*first);

        // One that takes long is cancelled; what was done until then is a run too.
        setDates(QDate(2016, 1, 4), QDate(2025, 12, 31));
        QTest::mouseClick(part<QPushButton>("backtest_run"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("backtest_cancel")->isEnabled(), patienceMs);
        QTest::mouseClick(part<QPushButton>("backtest_cancel"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        QVERIFY(finished.takeFirst().front().value<Report>()->isCancelled);
        QTRY_VERIFY(part<QPushButton>("backtest_run")->isEnabled());
        QVERIFY(part<QLabel>("backtest_message")->text().startsWith(QStringLiteral("Cancelled")));

        setDates(QDate(2023, 1, 3), QDate(2023, 6, 30));
        part<QComboBox>("backtest_tolerance")->setCurrentIndex(0);
        const Report second = run(finished);
        QVERIFY(second);
        QVERIFY2(second->failure.empty(), second->failure.c_str());
        compareWith(*second);
        desk.window().close();
    }

private:
    template<class Widget>
    Widget* part(const char* name)
    {
        return m_dialog->findChild<Widget*>(QString::fromLatin1(name));
    }

    void setDates(const QDate& from, const QDate& to)
    {
        part<QDateEdit>("backtest_start")->setDate(from);
        part<QDateEdit>("backtest_end")->setDate(to);
    }

    Report run(QSignalSpy& finished)
    {
        QTest::mouseClick(part<QPushButton>("backtest_run"), Qt::LeftButton);
        if (!QTest::qWaitFor([&] { return finished.size() == 1; }, patienceMs))
            return nullptr;
        return finished.takeFirst().front().value<Report>();
    }

    /// A double click shows the chain and payoff as they were, at the entry and at the exit.
    void lookAtATrade()
    {
        part<QTabWidget>("backtest_tabs")->setCurrentIndex(2);
        auto* const trades = part<QAbstractItemView>("backtest_trades");
        QTRY_VERIFY(trades->isVisible());
        const QPoint row = trades->visualRect(trades->model()->index(0, 0)).center();
        QTest::mouseClick(trades->viewport(), Qt::LeftButton, {}, row);
        QTest::mouseDClick(trades->viewport(), Qt::LeftButton, {}, row);
        auto* const window = part<QDialog>("backtest_trade");
        QVERIFY(window);
        auto* const legs = window->findChild<QAbstractItemView*>(QStringLiteral("backtest_trade_legs"));
        auto* const chain = window->findChild<QAbstractItemView*>(QStringLiteral("backtest_trade_chain"));
        QTRY_VERIFY_WITH_TIMEOUT(legs->isVisible(), patienceMs);
        QCOMPARE(legs->model()->rowCount(), 4);
        QVERIFY(chain->model()->rowCount() > 8);
        const QString entry = window->findChild<QLabel*>(QStringLiteral("backtest_trade_facts"))->text();
        const auto moments =
            window->findChild<QWidget*>(QStringLiteral("backtest_trade_moment"))->findChildren<QPushButton*>();
        moments.at(1)->click();
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QLabel*>(QStringLiteral("backtest_trade_facts"))->text() != entry,
                                 patienceMs);
        QVERIFY(legs->isVisible());
        window->close();
    }

    void saveAndReadBack(const desk::BacktestReport& report)
    {
        const QTemporaryDir folder;
        const auto save = [&](const QString& file) {
            part<QPushButton>("backtest_export")->click();
            auto* const chooser = part<QFileDialog>("backtest_export_file");
            chooser->setDirectory(folder.path());
            chooser->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
            QMetaObject::invokeMethod(chooser, "accept");
            QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("backtest_export")->isEnabled(), patienceMs);
        };
        save(folder.filePath(QStringLiteral("report.json")));
        QFile json(folder.filePath(QStringLiteral("report.json")));
        QVERIFY2(json.open(QIODevice::ReadOnly), qPrintable(part<QLabel>("backtest_message")->text()));
        const QJsonObject read = QJsonDocument::fromJson(json.readAll()).object();
        QCOMPARE(read.value(QStringLiteral("trades")).toArray().size(), static_cast<qsizetype>(report.trades.size()));
        QCOMPARE(read.value(QStringLiteral("config")).toObject().value(QStringLiteral("tolerance")).toString(),
                 QStringLiteral("high"));
        const double last = read.value(QStringLiteral("equity")).toArray().last().toObject()["equity"].toDouble();
        QCOMPARE(last, report.equity.back());

        save(folder.filePath(QStringLiteral("report.html")));
        QFile page(folder.filePath(QStringLiteral("report.html")));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QVERIFY(page.readAll().contains("</html>"));
        save(folder.filePath(QStringLiteral("trades.csv")));
        QFile table(folder.filePath(QStringLiteral("trades.csv")));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QCOMPARE(table.readAll().count('\n'), static_cast<qsizetype>(report.trades.size()) + 1);
        QVERIFY(part<QLabel>("backtest_message")->text().contains(table.fileName()));
    }

    void compareWith(const desk::BacktestReport& newest)
    {
        part<QPushButton>("backtest_compare_open")->click();
        auto* const window = part<QDialog>("backtest_compare");
        QVERIFY(window);
        auto* const list = window->findChild<QTreeWidget*>(QStringLiteral("backtest_compare_runs"));
        auto* const table = window->findChild<QAbstractItemView*>(QStringLiteral("backtest_compare_table"));
        QTRY_VERIFY_WITH_TIMEOUT(
            !window->findChild<QLabel*>(QStringLiteral("backtest_compare_state"))->text().endsWith(u'…'), patienceMs);
        // The newest and the first of this session; the cancelled one between them only where a day of it was done.
        for (int i = 0; i < list->topLevelItemCount(); ++i) {
            QTreeWidgetItem* const item = list->topLevelItem(i);
            const bool isChosen = i == 0 || item->text(0).startsWith(QStringLiteral("run 1 "));
            if (item->childCount() == 0)
                item->setCheckState(0, isChosen ? Qt::Checked : Qt::Unchecked);
        }
        QCOMPARE(table->model()->columnCount(), 3);
        QStringList names;
        for (int i = 0; i < table->model()->rowCount(); ++i)
            names << table->model()->index(i, 0).data().toString();
        QCOMPARE(names.indexOf(QStringLiteral("Tolerance")), 1); // under its heading; nothing else was changed
        QCOMPARE(table->model()->index(1, 1).data().toString(), QStringLiteral("low"));
        QCOMPARE(table->model()->index(1, 2).data().toString(), QStringLiteral("high"));
        QVERIFY(names.contains(QStringLiteral("Net profit")));
        QCOMPARE(names.size(), static_cast<qsizetype>(newest.metrics.size()) + 3);
        window->close();
    }

    QDialog* m_dialog = nullptr;
};

QTEST_MAIN(WindowBacktestTest)
#include "window_backtest_test.moc"

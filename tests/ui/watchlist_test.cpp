#include "ui/panels/watchlist.h"

#include "desk_fixture.h"
#include "no_warnings.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;

class WatchlistTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_fixture->desk().setWatchlist({"SPY", "QQQ", "IWM"});
        m_panel = std::make_unique<WatchlistPanel>(m_fixture->context());
        m_panel->resize(250, 400);
        m_panel->show();
        m_view = m_panel->findChild<QTableView*>(QStringLiteral("watch_view"));
        QVERIFY(m_view);
    }
    void cleanup()
    {
        m_panel.reset();
        m_fixture.reset();
    }

    void theShownChainIsSelected()
    {
        m_panel->show(std::make_shared<const desk::WatchView>(), QStringLiteral("QQQ"));
        QCOMPARE(m_view->currentIndex().row(), 1);
        m_panel->show(std::make_shared<const desk::WatchView>(), QStringLiteral("NVDA")); // not on the list
        QVERIFY(!m_view->currentIndex().isValid());
    }

    void pricesAreNeverCut()
    {
        m_fixture->theme().apply();
        m_fixture->desk().setWatchlist({"GOOGL", "SPX"});
        m_panel->resize(m_panel->minimumSizeHint().width(), 400);
        auto view = std::make_shared<desk::WatchView>();
        view->rows = {{"GOOGL", {}, 349.46, 349.48, 349.47, 1, -0.1234, false},
                      {"SPX", {}, 23456.77, 23456.79, 23456.78, 1, 0.0111, false}};
        m_panel->show(view, QStringLiteral("SPX"));
        QVERIFY2(m_panel->width() <= 250, qPrintable(QString::number(m_panel->width()))); // the shipped layout's
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < m_view->model()->columnCount(); ++column) {
                const QModelIndex index = m_view->model()->index(row, column);
                const int needed = m_view->sizeHintForIndex(index).width();
                QVERIFY2(m_view->columnWidth(column) >= needed, qPrintable(index.data().toString()));
            }
        }
        QVERIFY(m_view->horizontalHeader()->length() <= m_view->viewport()->width());
    }

    void symbolsAreAddedOnce()
    {
        auto* const edit = m_panel->findChild<QLineEdit*>(QStringLiteral("watch_add"));
        QTest::keyClicks(edit, QStringLiteral(" nvda "));
        QTest::keyClick(edit, Qt::Key_Return);
        const QStringList wanted{"SPY", "QQQ", "IWM", "NVDA"};
        QCOMPARE(m_fixture->desk().settings().watchlist(), wanted);
        QCOMPARE(m_view->currentIndex().row(), 3);
        QVERIFY(edit->text().isEmpty());
        QVERIFY(m_panel->add(QStringLiteral("SPY")));
        QCOMPARE(m_fixture->desk().settings().watchlist(), wanted);
        QCOMPARE(m_view->currentIndex().row(), 0);
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("digits first") << "1SPY";
        QTest::newRow("an option") << "SPY   261218C00600000";
        QTest::newRow("punctuation") << "SP;Y";
    }
    void nonsenseIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!m_panel->add(text));
        QCOMPARE(m_fixture->desk().settings().watchlist().size(), 3);
    }

    void keysRemoveAndMove()
    {
        m_view->setCurrentIndex(m_view->model()->index(0, 0));
        QTest::keyClick(m_view, Qt::Key_Down, Qt::ControlModifier);
        const QStringList moved{"QQQ", "SPY", "IWM"};
        QCOMPARE(m_fixture->desk().settings().watchlist(), moved);
        QCOMPARE(m_view->currentIndex().row(), 1);
        QTest::keyClick(m_view, Qt::Key_Delete);
        const QStringList left{"QQQ", "IWM"};
        QCOMPARE(m_fixture->desk().settings().watchlist(), left);
        QTest::keyClick(m_view, Qt::Key_Delete);
        QTest::keyClick(m_view, Qt::Key_Delete); // the last one stays
        QCOMPARE(m_fixture->desk().settings().watchlist().size(), 1);
    }

private:
    std::unique_ptr<test::DeskFixture> m_fixture;
    std::unique_ptr<WatchlistPanel> m_panel;
    QTableView* m_view = nullptr;
};

QTEST_MAIN(WatchlistTest)
#include "watchlist_test.moc"

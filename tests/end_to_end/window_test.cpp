#include "workstation.h"

#include "base/clock.h"
#include "market/symbols.h"
#include "storage/sqlite_journal.h"
#include "ui/dialogs/backtest_dialog.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include <cmath>
#include <set>
#include <signal.h>

using namespace vegadesk;
using execution::OrderStatus;
using market::Right;
using portfolio::Action;
using tests::limitOrder;
using tests::marketOrder;
using tests::optionLeg;
using tests::RunningDesk;
using tests::Workstation;

namespace
{

constexpr int patienceMs = 60'000;

} // namespace

/// What a user does in the window, from the first order to an exchange that dies.
class WindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTwoLegOrderGoesThroughTheWindow()
    {
        Workstation desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady(), patienceMs);
        const QString liveStatus = QString::fromStdString(desk.desk().status()->source);
        QVERIFY(!liveStatus.isEmpty());

        // Buy an at-the-money call, sell one three strikes further.
        const int row = desk.middleRow();
        desk.click(row, Right::Call, ui::ChainField::Ask);
        desk.click(row + 3, Right::Call, ui::ChainField::Bid);
        QCOMPARE(desk.window().staged().legs().size(), std::size_t{2});
        const std::string bought = desk.window().staged().legs()[0].symbol;
        const std::string sold = desk.window().staged().legs()[1].symbol;
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().ticket()->legs.size() == 2 && !desk.desk().ticket()->spots.empty(),
                                 patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QPushButton>("ticket_dry_run")->isEnabled(), patienceMs);

        desk.press("ticket_dry_run");
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().dryRun()->isDone, patienceMs);
        QVERIFY2(desk.desk().dryRun()->result.has_value(), desk.desk().dryRun()->failure.c_str());
        QCOMPARE(desk.desk().dryRun()->result->totalFees.toDouble(), desk.desk().ticket()->fees);

        QVERIFY2(fillsFromTheTicket(desk), qPrintable(desk.whatHappened()));
        QVERIFY(desk.window().staged().legs().empty());

        QTRY_VERIFY_WITH_TIMEOUT(desk.position(bought) && desk.position(sold), patienceMs);
        QCOMPARE(desk.position(bought)->position.quantity, std::int64_t{1});
        QCOMPARE(desk.position(sold)->position.quantity, std::int64_t{-1});
        const auto isReckoned = [&](const std::string& symbol) {
            const desk::PositionRow* const held = desk.position(symbol);
            return held && std::isfinite(held->greeks.delta) && std::isfinite(held->openProfit);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isReckoned(bought) && isReckoned(sold), patienceMs);
        QVERIFY(desk.position(bought)->greeks.delta > 0);
        QVERIFY(desk.position(sold)->greeks.delta < 0);

        // And the window shows it: the symbol's terms stand in the positions' tree, the order in the orders' table.
        const auto shows = [&](const char* name, const QString& text) {
            const QAbstractItemModel* const model = desk.widget<QAbstractItemView>(name)->model();
            return !model->match(model->index(0, 0), Qt::DisplayRole, text, 1, Qt::MatchContains | Qt::MatchRecursive)
                        .isEmpty();
        };
        desk.window().showPanel(QStringLiteral("positions"));
        QTRY_VERIFY_WITH_TIMEOUT(shows("positions_view", QStringLiteral("SPY")), patienceMs);
        desk.window().showPanel(QStringLiteral("orders"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QAbstractItemView>("orders_view")->model()->rowCount() >= 1, patienceMs);
        rollsFromTheRow(desk, bought);
    }

    void aDifferenceGoesWhenItIsSeen()
    {
        // The same account as in an earlier run, and a journal that ended with five shares which the venue knows nothing of.
        RunningDesk earlier;
        QTRY_VERIFY_WITH_TIMEOUT(earlier.hasAccount(), patienceMs);
        const QString account = QString::fromStdString(earlier.desk().trading()->account);
        earlier.end();
        const auto prepare = [&](const QString& directory) {
            const QString tape = QStringLiteral("/venue-seed-7.tape");
            QVERIFY(QFile::copy(earlier.directory() + tape, directory + tape));
            auto journal = storage::SqliteJournal::open(
                {.file = (directory + QStringLiteral("/venue-%1-journal.sqlite").arg(account)).toStdString(),
                 .executor = [](const std::function<void()>& work) { work(); }});
            QVERIFY(journal);
            (*journal)->append({base::SystemClock().now(), "positions",
                                QStringLiteral("venue-%1-positions").arg(account).toStdString(), R"({"SPY":5})"},
                               {});
            QCOMPARE((*journal)->readAll().value().size(), std::size_t{1});
        };
        desk::DeskOptions options;
        options.venueSpeed = 5; // a difference is one after ten seconds of the market's, either way
        Workstation desk(options, prepare);
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady() && !desk.desk().trading()->differences.empty(), 2 * patienceMs);
        QCOMPARE(desk.desk().trading()->account, account.toStdString());
        desk.click(desk.middleRow(), Right::Call, ui::ChainField::Ask);
        QTRY_VERIFY2_WITH_TIMEOUT(desk.verdict().contains(QStringLiteral("differ")), qPrintable(desk.verdict()),
                                  patienceMs);

        QTest::keyClick(&desk.window(), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QPushButton>("risk_acknowledge"), patienceMs);
        for (std::size_t open = desk.desk().trading()->differences.size(); open > 0; --open) {
            QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QPushButton>("risk_acknowledge"), patienceMs);
            desk.press("risk_acknowledge");
            QTRY_COMPARE_WITH_TIMEOUT(desk.desk().trading()->differences.size(), open - 1, patienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(
                desk.window().findChildren<QPushButton*>(QStringLiteral("risk_acknowledge")).size() ==
                    static_cast<qsizetype>(open - 1),
                patienceMs);
        }
        QTRY_VERIFY2_WITH_TIMEOUT(!desk.verdict().contains(QStringLiteral("differ")), qPrintable(desk.verdict()),
                                  patienceMs);
        QCOMPARE(desk.notices().filter(QStringLiteral("Taken as seen")).isEmpty(), false);
    }

    void liveIsRefusedUntilCredentialsExist()
    {
        Workstation desk;
        const auto refused = desk.desk().switchTo(desk::Environment::Live);
        QVERIFY(!refused);
        QVERIFY(QString::fromStdString(refused.error().message()).contains(QStringLiteral("TW_LIVE_CLIENT_SECRET")));
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady(), patienceMs);
        QCOMPARE(desk.desk().status()->environment, desk::Environment::Venue);
    }

    void aBacktestRunsFromTheDialogAndOneIsCancelled()
    {
        Workstation desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady(), patienceMs);
        QDialog* const dialog = desk.window().openBacktest();
        const auto find = [&]<class Widget>(Widget*, const char* name) {
            return dialog->findChild<Widget*>(QString::fromLatin1(name));
        };
        auto* const strategy = find(static_cast<QComboBox*>(nullptr), "backtest_strategy");
        auto* const start = find(static_cast<QDateEdit*>(nullptr), "backtest_start");
        auto* const end = find(static_cast<QDateEdit*>(nullptr), "backtest_end");
        auto* const run = find(static_cast<QPushButton*>(nullptr), "backtest_run");
        auto* const cancel = find(static_cast<QPushButton*>(nullptr), "backtest_cancel");
        auto* const metrics = find(static_cast<QAbstractItemView*>(nullptr), "backtest_metrics");
        QSignalSpy finished(&desk.desk(), &desk::Desk::backtestFinished);

        strategy->setCurrentIndex(strategy->findData(QStringLiteral("iron_condor")));
        start->setDate(QDate(2023, 1, 3));
        end->setDate(QDate(2023, 6, 30));
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
        auto report = finished.takeFirst().front().value<std::shared_ptr<const desk::BacktestReport>>();
        QVERIFY2(report->failure.empty(), report->failure.c_str());
        QVERIFY(!report->isCancelled);
        QVERIFY(report->equity.size() > 100);
        QVERIFY(!report->trades.empty());
        QTRY_VERIFY_WITH_TIMEOUT(metrics->model()->rowCount() > 5, patienceMs);

        start->setDate(QDate(2018, 1, 2));
        end->setDate(QDate(2025, 12, 31));
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(cancel->isEnabled(), patienceMs);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patienceMs);
        report = finished.takeFirst().front().value<std::shared_ptr<const desk::BacktestReport>>();
        QVERIFY(report->isCancelled);
    }

    void theWindowSurvivesTheVenueBeingKilled()
    {
        Workstation desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady(), patienceMs);
        // One order filled, one resting far from the market.
        QTRY_VERIFY_WITH_TIMEOUT(desk.rowNear(1.01).call.ask > 0 && desk.rowNear(1.01).put.bid > 1, patienceMs);
        const auto bought = desk.rowNear(1.01);
        const auto purchase = marketOrder("SPY", {optionLeg(bought.call.symbol, Action::BuyToOpen)});
        QTRY_VERIFY2_WITH_TIMEOUT(desk.fills(purchase), qPrintable(desk.whatHappened()), patienceMs);
        const auto resting =
            limitOrder("SPY", {optionLeg(bought.put.symbol, Action::BuyToOpen)}, bought.put.bid - 0.50);
        desk.desk().stageTicket(resting);
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().ticket()->isAllowed && desk.desk().ticket()->intent == resting,
                                 patienceMs);
        desk.desk().send(resting);
        QTRY_VERIFY_WITH_TIMEOUT(desk.newestIs(OrderStatus::Working), patienceMs);
        const std::size_t ordersBefore = desk.desk().trading()->orders.size();

        ::kill(static_cast<pid_t>(desk.desk().venueProcessId()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.notices().filter(QStringLiteral("stale")).isEmpty(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().trading()->isStale, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().chain()->rows.front().call.flags.has(market::QuoteFlag::Stale) ||
                                     desk.desk().chain()->rows.back().call.flags.has(market::QuoteFlag::Stale),
                                 patienceMs);

        // It is started again on its old port; the streams come back and the books are reconciled.
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().status()->feed == desk::Light::Live, 2 * patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasAccount(), 2 * patienceMs);
        const auto isFresh = [&] {
            const auto row = desk.rowNear(1.0);
            return std::isfinite(row.call.bid) && !row.call.flags.has(market::QuoteFlag::Stale);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isFresh(), patienceMs);
        const base::Instant back = desk.desk().status()->marketTime;
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().trading()->reconciledAt > back - std::chrono::seconds(5), patienceMs);
        QVERIFY(desk.desk().trading()->differences.empty());
        QCOMPARE(desk.desk().trading()->orders.size(), ordersBefore);
        std::set<std::string> ids;
        const auto view = desk.desk().trading();
        for (const execution::Order& order : view->orders) {
            QVERIFY(!order.isExternal);
            QVERIFY(ids.insert(order.brokerId).second);
        }
        QVERIFY(desk.position(bought.call.symbol));
        QCOMPARE(desk.position(bought.call.symbol)->position.quantity, std::int64_t{1});

        // The resting order is the very one that was sent before: it can still be cancelled.
        QCOMPARE(desk.newestOrder()->status, OrderStatus::Working);
        desk.desk().cancelOrder(desk.newestOrder()->externalId);
        QTRY_VERIFY_WITH_TIMEOUT(desk.newestIs(OrderStatus::Cancelled), patienceMs);
    }

    void initTestCase()
    {
        // A picture of the desk as it is started; the venue needs a session, whatever today is.
        QVERIFY(QFile::exists(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli")));
    }

private:
    /// Sends what is staged, somewhat above its natural price. On a slow machine the market moves on while the broker checks
    /// it, or a quote is too old for a moment: then it is taken back, and tried again.
    static bool fillsFromTheTicket(Workstation& desk)
    {
        const std::vector<ui::StagedLeg> legs = desk.window().staged().legs();
        constexpr int tries = 6, momentMs = 20'000;
        for (int attempt = 0; attempt < tries; ++attempt) {
            if (desk.window().staged().legs().empty()) {
                for (const ui::StagedLeg& leg : legs)
                    desk.window().staged().add(leg);
            }
            const auto isPriced = [&] {
                return desk.desk().ticket()->legs.size() == legs.size() && desk.desk().ticket()->natural > 0;
            };
            if (!QTest::qWaitFor(isPriced, momentMs))
                continue;
            const double limit = 1.05 * desk.desk().ticket()->natural + 0.02;
            desk.window().staged().setLimit(base::Decimal::fromDouble(std::round(100 * limit) / 100).value());
            if (!QTest::qWaitFor([&] { return desk.canSend(); }, momentMs))
                continue;
            desk.press("ticket_send");
            if (QTest::qWaitFor([&] { return desk.newestIs(OrderStatus::Filled); }, momentMs))
                return true;
            // What is being checked must stay known, however long that takes: no reason of the market's.
            if (!desk.notices().filter(QStringLiteral("not a known instrument")).isEmpty())
                return false;
            desk.desk().cancelAllOrders();
            const auto isOver = [&] {
                const execution::Order* const order = desk.newestOrder();
                return !order || (execution::isTerminal(order->status) && !desk.desk().trading()->isCancellingAll);
            };
            if (!QTest::qWaitFor(isOver, patienceMs))
                return false;
            if (desk.newestIs(OrderStatus::Filled))
                return true;
        }
        return false;
    }

    /// A key on the leg's row stages its roll and sends nothing; the what-if draws it in another world.
    static void rollsFromTheRow(Workstation& desk, const std::string& symbol)
    {
        desk.window().showPanel(QStringLiteral("positions"));
        auto* const view = desk.widget<QAbstractItemView>("positions_view");
        desk.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.window()));
        view->setFocus();
        const std::size_t orders = desk.desk().trading()->orders.size();
        const market::OptionTerms before = *market::parseOccSymbol(symbol);
        const auto group = view->model()->match(view->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("SPY"));
        QCOMPARE(group.size(), 1);
        const auto isFound = [&] {
            for (int row = 0; row < view->model()->rowCount(group.front()); ++row) {
                view->setCurrentIndex(view->model()->index(row, 0, group.front()));
                desk.window().staged().clear();
                QTest::keyClick(view, Qt::Key_R);
                if (desk.window().staged().quantityOf(symbol) != 0)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isFound(), qPrintable(desk.notices().join(QLatin1Char('\n'))), patienceMs);
        const std::vector<ui::StagedLeg> legs = desk.window().staged().legs();
        QCOMPARE(legs.size(), std::size_t{2});
        QVERIFY(legs[0].isClosing && !legs[1].isClosing);
        QCOMPARE(legs[0].quantity, std::int64_t{-1});
        QCOMPARE(legs[1].quantity, std::int64_t{1});
        QVERIFY(legs[1].option->expiry > before.expiry);
        QCOMPARE(legs[1].option->right, before.right);
        QTRY_VERIFY2_WITH_TIMEOUT(desk.canSend(), qPrintable(desk.verdict()), patienceMs);

        desk.widget<QPushButton>("what_if_toggle")->click();
        desk.widget<QSlider>("what_if_spot")->setValue(-10);
        desk.widget<QSlider>("what_if_volatility")->setValue(4);
        const desk::WhatIf asked{-0.05, 0.04, 0};
        const auto isDrawn = [&] {
            const auto ticket = desk.desk().ticket();
            return ticket->whatIf && ticket->whatIf->whatIf == asked && std::isfinite(ticket->whatIf->profit);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.widget<QLabel>("what_if_profit")->text().isEmpty(), patienceMs);
        // Looking changes nothing about the order; the market may, for a moment.
        QTRY_VERIFY2_WITH_TIMEOUT(desk.canSend(), qPrintable(desk.verdict()), patienceMs);
        QCOMPARE(desk.desk().trading()->orders.size(), orders);
        desk.window().staged().clear();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.desk().ticket()->whatIf, patienceMs);
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"

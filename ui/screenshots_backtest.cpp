#include "ui/screenshots.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>

namespace vegadesk::ui
{

namespace
{
enum Page : int { EquityPage, FiguresPage, TradesPage, AttributionPage, HedgesPage, MonthsPage, AssumptionsPage };

template<class Widget>
Widget* part(const QWidget& in, const char* name)
{
    return in.findChild<Widget*>(QString::fromLatin1(name));
}
} // namespace

/// A hedged strategy, which has ledgers, and then the one that stays in front.
void Screenshots::addBacktest()
{
    addRun("gamma_scalping");
    addRun("iron_condor");
}

void Screenshots::addRun(const char* strategy)
{
    addStep("backtest", 10'000, false, [this, strategy] {
        if (!m_dialog)
            m_dialog = m_window.openBacktest();
        auto* const choice = part<QComboBox>(*m_dialog, "backtest_strategy");
        auto* const run = part<QPushButton>(*m_dialog, "backtest_run");
        if (!choice || !run || !run->isEnabled())
            return Progress::Waiting;
        choice->setCurrentIndex(choice->findData(QString::fromLatin1(strategy)));
        run->click();
        return Progress::Done;
    });
    const auto isFinished = std::make_shared<bool>(false);
    connect(&m_desk, &desk::Desk::backtestFinished, this,
            [isFinished, strategy](const std::shared_ptr<const desk::BacktestReport>& report) {
                *isFinished = *isFinished || report->request.strategy == strategy;
            });
    addStep("backtest's report", 120'000, false,
            [isFinished] { return *isFinished ? Progress::Done : Progress::Waiting; });
}

void Screenshots::addBacktestPages(const QString& suffix)
{
    const auto show = [this](int page, int run) {
        m_dialog = m_window.openBacktest();
        part<QComboBox>(*m_dialog, "backtest_runs")->setCurrentIndex(run);
        part<QTabWidget>(*m_dialog, "backtest_tabs")->setCurrentIndex(page);
        return Progress::Done;
    };
    for (const auto& [page, name] : {std::pair{FiguresPage, "figures"}, std::pair{TradesPage, "trades"},
                                     std::pair{AttributionPage, "attribution"}, std::pair{HedgesPage, "hedges"},
                                     std::pair{MonthsPage, "months"}, std::pair{AssumptionsPage, "assumptions"}}) {
        const int run = page == HedgesPage ? 1 : 0; // newest first: the hedged one is the older
        addStep("page of the backtest", 1000, true, [show, page, run] { return show(page, run); });
        addSettle();
        addStep("picture of the page", 1000, true, [this, suffix, name] {
            return save(m_dialog, QStringLiteral("backtest_") + QString::fromLatin1(name) + suffix);
        });
    }
    addStep("a trade of the backtest", 1000, true, [this, show] {
        show(TradesPage, 0);
        auto* const trades = part<QAbstractItemView>(*m_dialog, "backtest_trades");
        if (trades->model()->rowCount() > 0)
            Q_EMIT trades->activated(trades->model()->index(0, 0));
        return Progress::Done;
    });
    addStep("its chain", 20'000, false, [this] {
        const auto* const legs = part<QAbstractItemView>(*m_dialog, "backtest_trade_legs");
        return legs && legs->isVisible() ? Progress::Done : Progress::Waiting;
    });
    addSettle();
    addStep("trade's picture", 1000, true, [this, suffix] {
        auto* const window = part<QDialog>(*m_dialog, "backtest_trade");
        if (!window) // the run had no trade
            return Progress::Done;
        const Progress progress = save(window, QStringLiteral("backtest_trade") + suffix);
        window->close();
        return progress;
    });
    addStep("comparison", 1000, true, [this] {
        part<QPushButton>(*m_dialog, "backtest_compare_open")->click();
        return Progress::Done;
    });
    addStep("earlier runs", 20'000, false, [this] {
        const auto* const state = part<QLabel>(*m_dialog, "backtest_compare_state");
        return state && !state->text().endsWith(u'…') ? Progress::Done : Progress::Waiting;
    });
    addSettle();
    addStep("comparison's picture", 1000, true, [this, suffix, show] {
        auto* const window = part<QDialog>(*m_dialog, "backtest_compare");
        const Progress progress = save(window, QStringLiteral("backtest_compare") + suffix);
        window->close();
        show(EquityPage, 0);
        m_dialog->hide();
        return progress;
    });
}

} // namespace vegadesk::ui

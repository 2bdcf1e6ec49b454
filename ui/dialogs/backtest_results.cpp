#include "ui/dialogs/backtest_results.h"

#include "ui/models/backtest_models.h"
#include "ui/models/monthly_returns_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/plots/equity_plot.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr std::size_t runsKept = 8, runsCompared = 4;
} // namespace

BacktestResults::BacktestResults(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_pages(new QStackedLayout(this)), m_choice(new QComboBox(this)),
      m_plot(new EquityPlot(theme, this)), m_metrics(new MetricsModel(theme, this)),
      m_trades(new TradesModel(theme, this)), m_months(new MonthlyReturnsModel(theme, this)),
      m_metricsView(new QTableView(this)), m_first(makeLabel({}, "label", this)), m_honesty(makeLabel({}, "", this))
{
    m_choice->setObjectName(QStringLiteral("backtest_runs"));
    m_choice->setAccessibleName(tr("run"));
    connect(m_choice, &QComboBox::currentIndexChanged, this, &BacktestResults::draw);

    m_metricsView->setObjectName(QStringLiteral("backtest_metrics"));
    m_metricsView->setModel(m_metrics);
    prepareTable(*m_metricsView, theme, -1);
    auto* const trades = new QTableView(this);
    trades->setObjectName(QStringLiteral("backtest_trades"));
    trades->setModel(m_trades);
    prepareTable(*trades, theme, TradesModel::ReasonColumn);
    setColumnWidths(*trades, *trades->horizontalHeader(), {9, 9, 26, 10, 8, 6});
    m_plot->setObjectName(QStringLiteral("backtest_plot"));
    m_plot->setAccessibleName(tr("equity and drawdown over time"));

    auto* const tabs = new QTabWidget(this);
    tabs->setDocumentMode(true);
    tabs->tabBar()->setDrawBase(false); // its line would run above the tabs
    tabs->addTab(m_plot, tr("Equity and drawdown"));
    tabs->addTab(m_metricsView, tr("Figures"));
    auto* const months = new QTableView(this);
    months->setObjectName(QStringLiteral("backtest_months"));
    months->setModel(m_months);
    prepareTable(*months, theme, -1);
    months->verticalHeader()->show();
    setColumnWidths(*months, *months->horizontalHeader(), {8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9});
    tabs->addTab(trades, tr("Trades"));
    tabs->addTab(months, tr("Months"));
    tabs->addTab(makeAssumptions(), tr("Assumptions"));
    m_first->setWordWrap(true);
    m_first->setObjectName(QStringLiteral("backtest_first_assumption"));

    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_choice);
    column->addWidget(tabs, 1);
    column->addWidget(m_first);

    QLabel* const empty =
        makeLabel(tr("Choose a strategy and dates, then run it. The chart, figures and trades appear here; "
                     "later runs can be compared with earlier ones."),
                  "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(page);
}

QWidget* BacktestResults::makeAssumptions()
{
    m_honesty->setObjectName(QStringLiteral("backtest_honesty"));
    m_honesty->setWordWrap(true);
    m_honesty->setAlignment(Qt::AlignTop);
    m_honesty->setMargin(Theme::unit);
    m_honesty->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidget(m_honesty);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

void BacktestResults::add(const Report& report, const QString& strategy)
{
    m_runs.insert(m_runs.begin(), {report, strategy, ++m_count});
    if (m_runs.size() > runsKept)
        m_runs.pop_back();
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const Run& run : m_runs) {
        const desk::BacktestRequest& request = run.report->request;
        QString line = tr("Run %1 · %2 · %3, %4 to %5")
                           .arg(number(run.number, 0), run.strategy, text(request.underlying), dateText(request.start),
                                dateText(request.end));
        if (!run.report->equity.empty() && run.report->equity.front() > 0)
            line += QStringLiteral(" · ") + signedPercent(run.report->equity.back() / run.report->equity.front() - 1);
        if (run.report->isCancelled)
            line += tr(" · cancelled");
        m_choice->addItem(line);
    }
    m_choice->setCurrentIndex(0);
    m_pages->setCurrentIndex(1);
    draw(0);
}

void BacktestResults::draw(int index)
{
    if (index < 0 || index >= static_cast<int>(m_runs.size()))
        return;
    const Run& chosen = m_runs[static_cast<std::size_t>(index)];
    std::vector<Report> all, compared{chosen.report};
    QStringList titles{tr("run %1").arg(number(chosen.number, 0))};
    for (const Run& run : m_runs) {
        all.push_back(run.report);
        if (run.report != chosen.report && compared.size() < runsCompared) {
            compared.push_back(run.report);
            titles << tr("run %1").arg(number(run.number, 0));
        }
    }
    m_plot->setReports(chosen.report, all);
    m_metrics->setReports(std::move(compared), std::move(titles));
    setColumnWidths(*m_metricsView, *m_metricsView->horizontalHeader(), {26, 14, 14, 14, 14});
    m_trades->setReport(chosen.report);
    QStringList sentences;
    for (const std::string& sentence : chosen.report->honesty)
        sentences << text(sentence);
    m_honesty->setText(sentences.join(QStringLiteral("\n\n")));
    m_first->setText(sentences.value(0));
    m_first->setVisible(!sentences.isEmpty());
    m_months->setReport(*chosen.report);
}

} // namespace vegadesk::ui

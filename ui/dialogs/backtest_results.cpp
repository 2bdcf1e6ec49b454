#include "ui/dialogs/backtest_results.h"

#include "ui/dialogs/backtest_attribution.h"
#include "ui/dialogs/backtest_compare.h"
#include "ui/dialogs/backtest_ledger.h"
#include "ui/dialogs/backtest_trade.h"
#include "ui/models/backtest_models.h"
#include "ui/models/monthly_returns_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/sorted_table.h"
#include "ui/panels/table_look.h"
#include "ui/plots/equity_plot.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::size_t runsKept = 8, runsCompared = 4;
} // namespace

BacktestResults::BacktestResults(const PanelContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_pages(new QStackedLayout(this)), m_choice(new QComboBox(this)),
      m_compare(new QPushButton(tr("Compare…"), this)), m_export(new QPushButton(tr("Export report…"), this)),
      m_copy(new QPushButton(tr("Copy", "a table"), this)), m_tabs(nullptr),
      m_plot(new EquityPlot(context.theme, this)), m_metrics(new MetricsModel(context.theme, this)),
      m_trades(new TradesModel(context.theme, this)), m_months(new MonthlyReturnsModel(context.theme, this)),
      m_attribution(new BacktestAttribution(context.theme, this)), m_ledgers(new BacktestLedgers(context.theme, this)),
      m_metricsView(new QTableView(this)), m_monthsView(new QTableView(this)), m_tradesView(nullptr),
      m_first(makeLabel({}, "label", this)), m_honesty(makeLabel({}, "", this))
{
    m_tabs = makeTabs();
    m_first->setWordWrap(true);
    m_first->setObjectName(QStringLiteral("backtest_first_assumption"));
    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(makeHead());
    column->addWidget(m_tabs, 1);
    column->addWidget(m_first);

    QLabel* const empty =
        makeLabel(tr("Choose a strategy and dates, then run it. The chart, figures and trades appear here; "
                     "later runs can be compared with earlier ones."),
                  "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(page);

    connect(&m_context.desk.backtestDetails(), &desk::BacktestDetails::saved, this,
            [this](quint64 question, const QString& file, const QString& failure) {
                if (question != m_saving)
                    return;
                m_saving = 0;
                m_export->setEnabled(true);
                Q_EMIT said(failure.isEmpty() ? tr("The report is in %1").arg(file)
                                              : tr("The report was not written: %1").arg(failure),
                            !failure.isEmpty());
            });
}

QWidget* BacktestResults::makeHead()
{
    auto* const head = new QWidget(this);
    m_choice->setObjectName(QStringLiteral("backtest_runs"));
    m_choice->setAccessibleName(tr("run"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &BacktestResults::draw);
    m_compare->setObjectName(QStringLiteral("backtest_compare_open"));
    m_compare->setToolTip(tr("Puts runs of this and of earlier sessions beside each other"));
    m_compare->setAutoDefault(false);
    connect(m_compare, &QPushButton::clicked, this, &BacktestResults::openCompare);
    m_export->setObjectName(QStringLiteral("backtest_export"));
    m_export->setToolTip(tr("Saves the run as a page, as JSON, or its trades as a table"));
    m_export->setAutoDefault(false);
    connect(m_export, &QPushButton::clicked, this, &BacktestResults::askFile);
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::unit);
    row->addWidget(m_choice, 1);
    row->addWidget(m_compare);
    row->addWidget(m_export);
    return head;
}

QTabWidget* BacktestResults::makeTabs()
{
    const Theme& theme = m_context.theme;
    m_metricsView->setObjectName(QStringLiteral("backtest_metrics"));
    m_metricsView->setModel(m_metrics);
    prepareTable(*m_metricsView, theme, -1);
    m_plot->setObjectName(QStringLiteral("backtest_plot"));
    m_plot->setAccessibleName(tr("equity and drawdown over time"));
    m_monthsView->setObjectName(QStringLiteral("backtest_months"));
    m_monthsView->setModel(m_months);
    prepareTable(*m_monthsView, theme, -1);
    m_monthsView->verticalHeader()->show();
    setColumnWidths(*m_monthsView, *m_monthsView->horizontalHeader(), {8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9});

    auto* const tabs = new QTabWidget(this);
    tabs->setObjectName(QStringLiteral("backtest_tabs"));
    tabs->setDocumentMode(true);
    tabs->setUsesScrollButtons(true);
    tabs->tabBar()->setDrawBase(false); // its line would run above the tabs
    tabs->addTab(m_plot, tr("Equity"));
    tabs->addTab(m_metricsView, tr("Figures"));
    tabs->addTab(makeTrades(), tr("Trades"));
    tabs->addTab(m_attribution, tr("Attribution"));
    tabs->addTab(m_ledgers, tr("Hedges"));
    tabs->addTab(m_monthsView, tr("Months"));
    tabs->addTab(makeAssumptions(), tr("Assumptions"));
    m_copy->setObjectName(QStringLiteral("backtest_copy"));
    m_copy->setProperty("kind", QStringLiteral("flat"));
    m_copy->setAutoDefault(false);
    m_copy->setToolTip(tr("Copies every row, for a spreadsheet (Ctrl+C in the table)"));
    tabs->setCornerWidget(m_copy);
    connect(m_copy, &QPushButton::clicked, this, &BacktestResults::copyTab);
    connect(tabs, &QTabWidget::currentChanged, this, [this] { m_copy->setEnabled(shownTable() != nullptr); });
    m_copy->setEnabled(false); // the chart is in front
    return tabs;
}

QTableView* BacktestResults::makeTrades()
{
    m_tradesView = new QTableView(this);
    m_tradesView->setObjectName(QStringLiteral("backtest_trades"));
    m_tradesView->setToolTip(tr("Double click or Enter shows a trade's chain and payoff as they were"));
    m_sortedTrades = sortTable(*m_tradesView, *m_trades);
    prepareTable(*m_tradesView, m_context.theme, TradesModel::TitleColumn);
    setColumnWidths(*m_tradesView, *m_tradesView->horizontalHeader(), {9, 9, 26, 10, 7, 6, 20});
    connect(m_tradesView, &QTableView::activated, this,
            [this](const QModelIndex& index) { openTrade(m_sortedTrades->mapToSource(index).row()); });
    return m_tradesView;
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
    for (const BacktestRun& run : m_runs) {
        const desk::BacktestTrial& trial = run.report->trial;
        QString line =
            tr("Run %1 · %2 · %3, %4 to %5")
                .arg(number(run.number, 0), run.strategy, text(trial.underlying), text(trial.first), text(trial.last));
        if (!run.report->equity.empty() && run.report->equity.front() > 0)
            line += QStringLiteral(" · ") + signedPercent(run.report->equity.back() / run.report->equity.front() - 1);
        if (run.report->isCancelled)
            line += tr(" · cancelled");
        m_choice->addItem(line);
    }
    m_choice->setCurrentIndex(0);
    m_pages->setCurrentIndex(1);
    draw(0);
    if (m_comparison)
        m_comparison->setRuns(m_runs);
}

void BacktestResults::draw(int index)
{
    if (index < 0 || index >= static_cast<int>(m_runs.size()))
        return;
    const BacktestRun& chosen = m_runs[static_cast<std::size_t>(index)];
    m_shown = chosen.report;
    std::vector<Report> all, compared{chosen.report};
    QStringList titles{tr("run %1").arg(number(chosen.number, 0))};
    for (const BacktestRun& run : m_runs) {
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
    m_attribution->setReport(chosen.report);
    m_ledgers->setReport(chosen.report);
    m_months->setReport(*chosen.report);
    m_honesty->setText(honestyOf(*chosen.report));
    m_first->setText(chosen.report->honesty.empty() ? QString() : text(chosen.report->honesty.front()));
    m_first->setVisible(!chosen.report->honesty.empty());
}

QString BacktestResults::intervalText(const desk::BacktestInterval& interval)
{
    const auto said = [&interval](double value) {
        if (std::isinf(value))
            return tr("no end", "of an interval");
        return interval.id == "max_drawdown" ? percent(value, 1) : number(value, 2);
    };
    return tr("%1 %2 to %3", "figure, from, to").arg(metricTitle(interval.id), said(interval.low), said(interval.high));
}

QString BacktestResults::honestyOf(const desk::BacktestReport& report) const
{
    QStringList sentences, intervals;
    for (const std::string& sentence : report.honesty)
        sentences << text(sentence);
    for (const desk::BacktestInterval& interval : report.intervals) {
        if (!std::isnan(interval.low))
            intervals << intervalText(interval);
    }
    if (!intervals.isEmpty())
        sentences << tr("Had the same days come in another order, nine times in ten: %1 (of %2 draws).")
                         .arg(intervals.join(QStringLiteral("; ")), number(static_cast<double>(report.draws), 0));
    return sentences.join(QStringLiteral("\n\n"));
}

void BacktestResults::openTrade(int row)
{
    if (!m_shown || row < 0 || row >= static_cast<int>(m_shown->trades.size()))
        return;
    auto* const window = new BacktestTradeWindow(m_context.desk.backtestDetails(), m_context.theme, m_shown,
                                                 static_cast<std::size_t>(row), this);
    window->setModal(false);
    static_cast<QWidget*>(window)->show();
}

void BacktestResults::openCompare()
{
    if (!m_comparison) {
        m_comparison =
            new BacktestCompare(m_context.desk.backtestDetails(), m_context.theme, m_context.desk.strategies(), this);
        m_comparison->setAttribute(Qt::WA_DeleteOnClose);
        m_comparison->setRuns(m_runs);
    }
    m_comparison->show();
    m_comparison->raise();
}

void BacktestResults::askFile()
{
    auto* const chooser = new QFileDialog(this, tr("Export report"));
    chooser->setObjectName(QStringLiteral("backtest_export_file"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setFileMode(QFileDialog::AnyFile);
    chooser->setNameFilters({tr("Report as a page (*.html)"), tr("Report as JSON (*.json)"), tr("Trades (*.csv)")});
    chooser->setDefaultSuffix(QStringLiteral("html"));
    connect(chooser, &QFileDialog::filterSelected, chooser, [chooser](const QString& filter) {
        chooser->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    connect(chooser, &QFileDialog::fileSelected, this,
            [this, chooser](const QString& file) { save(file, chooser->selectedNameFilter()); });
    chooser->open();
}

/// By the name's ending, and where that says nothing by the filter.
void BacktestResults::save(const QString& file, const QString& filter)
{
    const auto isFormat = [&](const char* suffix) {
        const QString ending = QLatin1Char('.') + QLatin1String(suffix);
        for (const char* const known : {"html", "htm", "json", "csv"}) {
            if (file.endsWith(QLatin1Char('.') + QLatin1String(known), Qt::CaseInsensitive))
                return file.endsWith(ending, Qt::CaseInsensitive);
        }
        return filter.contains(ending);
    };
    m_saving = m_context.desk.backtestDetails().save(m_shown,
                                                     isFormat("json")  ? desk::ReportFormat::Json
                                                     : isFormat("csv") ? desk::ReportFormat::Trades
                                                                       : desk::ReportFormat::Page,
                                                     file);
    m_export->setEnabled(false);
    Q_EMIT said(tr("Writing %1 …").arg(file), false);
}

QTableView* BacktestResults::shownTable() const
{
    const QWidget* const page = m_tabs ? m_tabs->currentWidget() : nullptr;
    if (page == m_attribution)
        return &m_attribution->table();
    if (page == m_ledgers)
        return &m_ledgers->table();
    for (QTableView* const view : {m_metricsView, m_monthsView, m_tradesView}) {
        if (page == view)
            return view;
    }
    return nullptr;
}

void BacktestResults::copyTab()
{
    if (const QTableView* const view = shownTable())
        copyTable(*view);
}

} // namespace vegadesk::ui

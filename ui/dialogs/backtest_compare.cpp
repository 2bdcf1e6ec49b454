#include "ui/dialogs/backtest_compare.h"

#include "ui/models/comparison_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/sorted_table.h"
#include "ui/panels/table_look.h"
#include "ui/plots/curve_plot.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int choiceWidth = 340, secondsPerDay = 86'400;
/// So many runs of one strategy, no further apart, are taken for those of one sweep.
constexpr std::size_t batchLeast = 4;
constexpr base::Nanos batchGap = std::chrono::minutes(1);

double daysOf(base::Instant at)
{
    return base::seconds(at.time_since_epoch()) / secondsPerDay;
}

QString dayWords(double days)
{
    const auto whole = std::chrono::floor<std::chrono::days>(std::chrono::duration<double>(days * secondsPerDay));
    return dateText(base::Date(whole));
}

/// The part that was earned of what the run began with.
CurvePlot::Curve curveOf(const desk::BacktestReport& report, const QString& name, bool isStrong)
{
    CurvePlot::Curve curve{name, {}, {}, isStrong};
    for (std::size_t i = 0; i < report.times.size(); ++i) {
        curve.xs << daysOf(report.times[i]);
        curve.ys << report.equity[i] / report.equity.front() - 1;
    }
    return curve;
}

double figureOf(const desk::BacktestTrial& trial, const char* id)
{
    const auto metric = std::ranges::find(trial.metrics, std::string(id), &desk::BacktestMetric::id);
    return metric == trial.metrics.end() ? desk::unknown : metric->value;
}
} // namespace

BacktestCompare::BacktestCompare(desk::BacktestDetails& details, const Theme& theme,
                                 std::vector<desk::StrategyOption> strategies, QWidget* parent)
    : QDialog(parent), m_details(details), m_strategies(std::move(strategies)), m_filter(new QLineEdit(this)),
      m_list(new QTreeWidget(this)), m_state(makeLabel({}, "dim", this)), m_hint(makeLabel({}, "dim", this)),
      m_missing(makeLabel({}, "dim", this)), m_pages(new QStackedLayout), m_plot(new CurvePlot(theme, this)),
      m_model(new ComparisonModel(theme, this)), m_view(new QTableView(this))
{
    setObjectName(QStringLiteral("backtest_compare"));
    setWindowTitle(tr("Compare backtests"));
    setModal(false);
    resize(1080, 760);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    row->setSpacing(Theme::unit * 2);
    row->addWidget(makeChoice());
    row->addLayout(m_pages, 1);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("backtest_compare_hint"));
    m_hint->setText(tr("Choose two runs or more."));
    m_pages->addWidget(m_hint);
    m_pages->addWidget(makePage(theme));

    connect(m_filter, &QLineEdit::textChanged, this, &BacktestCompare::filter);
    connect(m_list, &QTreeWidget::itemChanged, this, &BacktestCompare::draw);
    connect(&m_details, &desk::BacktestDetails::trialsRead, this, &BacktestCompare::take);
    m_state->setText(tr("Reading the runs of earlier sessions …"));
    m_question = m_details.readTrials(trialsShown);
}

QWidget* BacktestCompare::makeChoice()
{
    auto* const side = new QWidget(this);
    side->setFixedWidth(choiceWidth);
    m_filter->setObjectName(QStringLiteral("backtest_compare_filter"));
    m_filter->setPlaceholderText(tr("Filter by strategy, symbol or date"));
    m_filter->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("backtest_compare_runs"));
    m_list->setAccessibleName(tr("runs to compare"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHeaderHidden(true);
    m_list->setIndentation(Theme::unit * 2);
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_state->setObjectName(QStringLiteral("backtest_compare_state"));
    m_state->setWordWrap(true);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addWidget(m_state);
    return side;
}

QWidget* BacktestCompare::makePage(const Theme& theme)
{
    m_plot->setObjectName(QStringLiteral("backtest_compare_plot"));
    m_plot->setAccessibleName(tr("return of the chosen runs over time"));
    m_plot->setAxes(dayWords, 5, [](double fraction) { return percent(fraction, 1); }, 5);
    m_missing->setObjectName(QStringLiteral("backtest_compare_missing"));
    m_missing->setWordWrap(true);
    m_view->setObjectName(QStringLiteral("backtest_compare_table"));
    m_view->setAccessibleName(tr("settings that differ, and figures"));
    m_view->setModel(m_model); // in its own order: settings, then figures
    prepareTable(*m_view, theme, -1);
    auto* const copy = new QShortcut(QKeySequence(QKeySequence::Copy), m_view);
    copy->setContext(Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, [this] { copyTable(*m_view); });
    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_plot, 2);
    column->addWidget(m_missing);
    column->addWidget(m_view, 3);
    return page;
}

void BacktestCompare::setRuns(const std::vector<BacktestRun>& runs)
{
    m_runs = runs;
    fill();
}

void BacktestCompare::take(quint64 question, const desk::TrialsView& trials)
{
    if (question != m_question)
        return;
    m_question = 0;
    m_trials = trials.trials;
    setLook(*m_state, "tone", QString::fromLatin1(trials.failure.empty() ? "dim" : "warning"));
    m_state->setText(trials.failure.empty()
                         ? tr("Earlier runs are kept with their settings and figures, without their curves.")
                         : tr("The runs of earlier sessions cannot be read: %1").arg(text(trials.failure)));
    fill();
}

QString BacktestCompare::strategyTitle(const std::string& name) const
{
    const auto option = std::ranges::find(m_strategies, name, &desk::StrategyOption::name);
    return text(option == m_strategies.end() ? name : option->title);
}

void BacktestCompare::fill()
{
    const auto keyOf = [](const Choice& choice) { return choice.title + text(choice.trial.content); };
    QSet<QString> chosen;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i]->checkState(0) == Qt::Checked)
            chosen.insert(keyOf(m_choices[i]));
    }
    addChoices();
    const QSignalBlocker quiet(m_list);
    m_items.clear();
    m_list->clear();
    QTreeWidgetItem* parent = m_list->invisibleRootItem();
    for (std::size_t i = 0, batchEnd = 0; i < m_choices.size(); ++i) {
        if (i >= batchEnd) {
            const std::size_t count = batchFrom(i);
            batchEnd = i + count;
            parent = count == 1 ? m_list->invisibleRootItem() : addBatch(i, count);
        }
        const Choice& choice = m_choices[i];
        auto* const item = m_items.emplace_back(new QTreeWidgetItem(parent, {choice.line}));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool isFirstTwo = m_isNew && i < 2 && choice.report;
        item->setCheckState(0, chosen.contains(keyOf(choice)) || isFirstTwo ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(0, choice.line + u'\n' + text(choice.trial.data));
        if (item->checkState(0) == Qt::Checked && item->parent())
            item->parent()->setExpanded(true);
    }
    m_isNew = m_isNew && m_runs.empty();
    filter();
    draw();
}

void BacktestCompare::addChoices()
{
    m_choices.clear();
    QSet<QString> here;
    for (const BacktestRun& run : m_runs) {
        const desk::BacktestTrial& trial = run.report->trial;
        here.insert(text(trial.content));
        m_choices.push_back({trial, run.report, tr("run %1").arg(number(run.number, 0)), run.strategy});
    }
    for (const desk::BacktestTrial& trial : m_trials) {
        if (!here.contains(text(trial.content)))
            m_choices.push_back({trial, nullptr, newYorkText(trial.at, tr("d MMM HH:mm:ss", "date format")),
                                 strategyTitle(trial.strategy)});
    }
    for (Choice& choice : m_choices)
        choice.line = tr("%1 · %2 · %3, %4 to %5 · %6", "run, strategy, symbol, days, return")
                          .arg(choice.title, choice.line, text(choice.trial.underlying), text(choice.trial.first),
                               text(choice.trial.last), signedPercent(figureOf(choice.trial, "total_return")));
}

std::size_t BacktestCompare::batchFrom(std::size_t place) const
{
    const auto goesOn = [this](std::size_t next) {
        const Choice &one = m_choices[next - 1], &other = m_choices[next];
        return !one.report && !other.report && one.trial.strategy == other.trial.strategy &&
               one.trial.underlying == other.trial.underlying && one.trial.data == other.trial.data &&
               one.trial.at - other.trial.at <= batchGap;
    };
    std::size_t end = place + 1;
    while (end < m_choices.size() && goesOn(end))
        ++end;
    return end - place < batchLeast ? 1 : end - place;
}

QTreeWidgetItem* BacktestCompare::addBatch(std::size_t place, std::size_t count)
{
    const desk::BacktestTrial& newest = m_choices[place].trial;
    std::string first = newest.first, last = newest.last;
    for (std::size_t i = place; i < place + count; ++i) {
        first = std::min(first, m_choices[i].trial.first);
        last = std::max(last, m_choices[i].trial.last);
    }
    const QString line = tr("%1 · %2 · %3, %4 to %5", "time, strategy, symbol, days")
                             .arg(newYorkText(newest.at, tr("d MMM HH:mm", "date format")),
                                  strategyTitle(newest.strategy), text(newest.underlying), text(first), text(last)) +
                         QStringLiteral(" · ") + tr("%n run(s) in a row", nullptr, static_cast<int>(count));
    auto* const item = new QTreeWidgetItem(m_list, {line});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(0, tr("Runs that were made one after another, as a sweep or a walk-forward makes them"));
    return item;
}

/// What is chosen stays in sight, and a batch as long as one of its runs does.
void BacktestCompare::filter()
{
    const QString wanted = m_filter->text().trimmed();
    for (QTreeWidgetItem* const item : m_items)
        item->setHidden(item->checkState(0) != Qt::Checked && !item->toolTip(0).contains(wanted, Qt::CaseInsensitive));
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const batch = m_list->topLevelItem(i);
        bool isEmpty = batch->childCount() > 0;
        for (int child = 0; child < batch->childCount(); ++child)
            isEmpty = isEmpty && batch->child(child)->isHidden();
        if (batch->childCount() > 0)
            batch->setHidden(isEmpty);
    }
}

void BacktestCompare::draw()
{
    std::vector<desk::BacktestTrial> trials;
    QStringList titles, without;
    std::vector<CurvePlot::Curve> curves;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i]->checkState(0) != Qt::Checked)
            continue;
        const Choice& choice = m_choices[i];
        trials.push_back(choice.trial);
        titles << choice.title;
        if (choice.report && choice.report->times.size() > 1 && choice.report->equity.front() > 0)
            curves.push_back(curveOf(*choice.report, choice.title, curves.empty()));
        else
            without << choice.title;
    }
    m_pages->setCurrentIndex(trials.size() > 1 ? 1 : 0);
    m_model->setRuns(trials, titles);
    m_view->horizontalHeader()->resizeSections(QHeaderView::ResizeToContents);
    m_plot->setCurves(std::move(curves));
    m_missing->setVisible(!without.isEmpty());
    m_missing->setText(tr("No curve is kept of %1: run it again with its settings, and it is drawn.")
                           .arg(without.join(QStringLiteral(", "))));
}

} // namespace vegadesk::ui

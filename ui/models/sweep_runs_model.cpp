#include "ui/models/sweep_runs_model.h"

#include "desk/sweep_figures.h"
#include "ui/models/backtest_models.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace vegadesk::ui
{

namespace
{
/// Shown first, in this order; the others follow as the report has them.
constexpr std::array<std::string_view, 10> first{"sharpe",  "deflated_sharpe", "net_profit", "cagr",   "max_drawdown",
                                                 "sortino", "calmar",          "win_rate",   "trades", "profit_factor"};

std::size_t rank(const std::string& id)
{
    return static_cast<std::size_t>(std::ranges::find(first, id) - first.begin());
}
} // namespace

SweepRunsModel::SweepRunsModel(const Theme& theme, QObject* parent) : QAbstractTableModel(parent), m_theme(theme) {}

void SweepRunsModel::setReport(std::shared_ptr<const desk::SweepReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    m_metrics.clear();
    if (m_report) {
        for (std::size_t i = 0; i < m_report->metrics.size(); ++i)
            m_metrics.push_back(i);
        std::ranges::stable_sort(m_metrics, {}, [this](std::size_t i) { return rank(m_report->metrics[i].id); });
    }
    endResetModel();
}

int SweepRunsModel::columnOf(const std::string& metric) const
{
    for (std::size_t i = 0; i < m_metrics.size(); ++i) {
        if (m_report->metrics[m_metrics[i]].id == metric)
            return axisCount() + static_cast<int>(i);
    }
    return -1;
}

int SweepRunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->runs.size());
}

int SweepRunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_report ? 0 : axisCount() + static_cast<int>(m_metrics.size()) + 1;
}

QVariant SweepRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (isNote(section) ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (isNote(section))
        return tr("note");
    return section < axisCount()
               ? axisTitle(m_report->axes[static_cast<std::size_t>(section)])
               : metricTitle(m_report->metrics[m_metrics[static_cast<std::size_t>(section - axisCount())]].id);
}

QString SweepRunsModel::noteOf(const desk::SweepRun& run) const
{
    if (!run.failure.empty())
        return tr("failed: %1").arg(text(run.failure));
    if (run.figures.empty())
        return tr("did not run");
    return run.wasKnown ? tr("ran before") : QString();
}

QVariant SweepRunsModel::sortKey(const desk::SweepRun& run, int column) const
{
    if (isNote(column))
        return noteOf(run);
    if (column < axisCount())
        return static_cast<qulonglong>(run.places[static_cast<std::size_t>(column)]);
    const double figure = desk::figureOf(run, m_metrics[static_cast<std::size_t>(column - axisCount())]);
    return std::isnan(figure) ? -std::numeric_limits<double>::infinity() : figure; // what is not known lies below
}

QVariant SweepRunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::SweepRun& run = m_report->runs[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case sortRole:
        return sortKey(run, column);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        if (isNote(column))
            return noteOf(run);
        if (column < axisCount()) {
            const auto axis = static_cast<std::size_t>(column);
            return axisValueText(m_report->axes[axis], run.places[axis]);
        }
        const std::size_t metric = m_metrics[static_cast<std::size_t>(column - axisCount())];
        const desk::SweepMetric& of = m_report->metrics[metric];
        return metricText({of.id, of.unit, desk::figureOf(run, metric)});
    }
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, role);
    case Qt::ForegroundRole:
        if (column < axisCount() || isNote(column))
            return m_theme.color(run.failure.empty() ? Role::Dim : Role::Warning);
        return {};
    default:
        return {};
    }
}

} // namespace vegadesk::ui

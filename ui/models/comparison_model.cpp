#include "ui/models/comparison_model.h"

#include "ui/models/backtest_models.h"
#include "ui/models/column_table.h"
#include "ui/models/parameter_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <set>

namespace vegadesk::ui
{

namespace
{
/// Empty where the run has none of that name.
std::string settingOf(const desk::BacktestTrial& run, const std::string& name)
{
    const auto found = std::ranges::find(run.settings, name, &std::pair<std::string, std::string>::first);
    return found == run.settings.end() ? std::string() : found->second;
}

/// Text of a setting as a number where it is one.
QVariant plainOf(const std::string& value)
{
    bool isNumber = false;
    const double number = text(value).toDouble(&isNumber);
    return isNumber ? QVariant(number) : QVariant(text(value));
}
} // namespace

ComparisonModel::ComparisonModel(const Theme& theme, QObject* parent) : QAbstractTableModel(parent), m_theme(theme) {}

void ComparisonModel::setRuns(const std::vector<desk::BacktestTrial>& runs, QStringList titles)
{
    beginResetModel();
    m_titles = std::move(titles);
    m_rows.clear();
    if (runs.size() > 1) {
        m_rows.push_back({tr("Settings that differ"), {}, {}});
        addSettings(runs);
        if (m_rows.size() == 1)
            m_rows.front().name = tr("No setting differs");
        m_rows.push_back({tr("Figures"), {}, {}});
        addFigures(runs);
    }
    endResetModel();
}

void ComparisonModel::addSettings(const std::vector<desk::BacktestTrial>& runs)
{
    std::set<std::string> names;
    for (const desk::BacktestTrial& run : runs) {
        for (const auto& [name, value] : run.settings)
            names.insert(name);
    }
    for (const std::string& name : names) {
        const std::string first = settingOf(runs.front(), name);
        const auto isSame = [&](const desk::BacktestTrial& run) { return settingOf(run, name) == first; };
        if (std::ranges::all_of(runs, isSame))
            continue;
        Row row{parameterTitle(name), {}, {}, true};
        for (const desk::BacktestTrial& run : runs) {
            const std::string value = settingOf(run, name);
            row.shown << (value.empty() ? number(desk::unknown, 0) : choiceWord(value));
            row.plain.push_back(plainOf(value));
        }
        m_rows.push_back(std::move(row));
    }
}

void ComparisonModel::addFigures(const std::vector<desk::BacktestTrial>& runs)
{
    // In the order of a report, which a kept run has lost.
    std::vector<std::string> ids;
    for (const desk::BacktestTrial& run : runs) {
        for (const desk::BacktestMetric& metric : run.metrics) {
            if (std::ranges::find(ids, metric.id) == ids.end())
                ids.push_back(metric.id);
        }
    }
    std::ranges::stable_sort(ids, {}, &metricPlace);
    for (const std::string& id : ids) {
        Row row{metricTitle(id), {}, {}};
        for (const desk::BacktestTrial& run : runs) {
            const auto metric = std::ranges::find(run.metrics, id, &desk::BacktestMetric::id);
            const bool isKnown = metric != run.metrics.end();
            row.shown << (isKnown ? metricText(*metric) : number(desk::unknown, 0));
            row.plain.emplace_back(isKnown ? metric->value : desk::unknown);
        }
        m_rows.push_back(std::move(row));
    }
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_rows.empty() ? 0 : 1 + static_cast<int>(m_titles.size());
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return section == 0 ? QString() : m_titles.value(section - 1);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isHeading = row.shown.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return index.column() == 0 ? row.name : row.shown.value(index.column() - 1);
    case plainRole:
        if (index.column() == 0 || isHeading)
            return index.column() == 0 ? row.name : QString();
        return row.plain[static_cast<std::size_t>(index.column() - 1)];
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case Qt::ForegroundRole:
        return index.column() == 0 && !isHeading ? QVariant(m_theme.color(Role::Dim)) : QVariant();
    case Qt::FontRole:
        return isHeading || row.isSetting ? QVariant(m_theme.strongFont()) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui

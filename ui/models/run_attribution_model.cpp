#include "ui/models/run_attribution_model.h"

#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr auto columns = [] {
    std::array<Column, RunAttributionModel::columnTotal> all{}; // the parts' names are risk_words.h's
    all[RunAttributionModel::ScopeColumn] = {QT_TRANSLATE_NOOP("Columns", "profit of"), nullptr, false};
    all[RunAttributionModel::OpenedColumn] = {QT_TRANSLATE_NOOP("Columns", "opened"),
                                              QT_TRANSLATE_NOOP("Columns", "New York date"), false};
    all[RunAttributionModel::TotalColumn] = {
        QT_TRANSLATE_NOOP("Columns", "total"),
        QT_TRANSLATE_NOOP("Columns", "Dollars; the columns behind it add up to it, to the cent")};
    return all;
}();
} // namespace

RunAttributionModel::RunAttributionModel(const Theme& theme, QObject* parent)
    : ColumnTable(columns, parent), m_theme(theme)
{
}

void RunAttributionModel::setReport(std::shared_ptr<const desk::BacktestReport> report)
{
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int RunAttributionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->attribution.size());
}

const desk::BacktestTrade* RunAttributionModel::tradeOf(int row) const
{
    const auto trade = static_cast<std::size_t>(row) - 1; // of the first row beyond all
    return trade < m_report->trades.size() ? &m_report->trades[trade] : nullptr;
}

QString RunAttributionModel::titleOf(int row) const
{
    if (row == 0)
        return tr("Whole run");
    const desk::BacktestTrade* const trade = tradeOf(row);
    return trade ? text(trade->title) : tr("Of no trade: interest and the like");
}

QVariant RunAttributionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < FirstPartColumn || section >= columnTotal)
        return ColumnTable::headerData(section, orientation, role);
    const auto part = static_cast<std::size_t>(section - FirstPartColumn);
    if (role == Qt::DisplayRole)
        return attributionWord(part);
    return role == Qt::ToolTipRole ? QVariant(attributionHelp(part))
                                   : ColumnTable::headerData(section, orientation, role);
}

QVariant RunAttributionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const desk::AttributionRow& row = m_report->attribution[static_cast<std::size_t>(index.row())];
    const desk::BacktestTrade* const trade = tradeOf(index.row());
    const int column = index.column();
    const double dollars = column < TotalColumn    ? desk::unknown
                           : column == TotalColumn ? row.total
                                                   : row.parts[static_cast<std::size_t>(column - FirstPartColumn)];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (column == ScopeColumn)
            return titleOf(index.row());
        if (column == OpenedColumn)
            return trade ? newYorkText(trade->opened, tr("d MMM yy", "date format")) : QString();
        return signedMoney(dollars);
    case plainRole:
        if (column == OpenedColumn)
            return trade ? newYorkText(trade->opened, QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
        return column == ScopeColumn ? QVariant(titleOf(index.row())) : QVariant(dollars);
    case pinnedRole:
        return index.row() == 0;
    case Qt::ToolTipRole:
        return column == ScopeColumn ? QVariant(titleOf(index.row())) : QVariant();
    case Qt::TextAlignmentRole:
        return alignment(column);
    case Qt::ForegroundRole:
        return column < TotalColumn ? QVariant() : m_theme.signColor(dollars);
    case Qt::FontRole:
        return index.row() == 0 || column == TotalColumn ? QVariant(m_theme.strongFont()) : QVariant();
    default:
        return {};
    }
}

} // namespace vegadesk::ui

#include "ui/models/amounts_model.h"

#include "ui/theme/format.h"

#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{Column{"", nullptr, false}, Column{"", nullptr, false}, Column{"", nullptr}};
} // namespace

AmountsModel::AmountsModel(const Theme& theme, bool areLosses, QObject* parent)
    : ColumnTable(columns, parent), m_theme(theme), m_areLosses(areLosses)
{
}

void AmountsModel::setRows(std::vector<AmountRow> rows)
{
    double largest = 0;
    for (const AmountRow& row : rows)
        largest = std::fmax(largest, std::fabs(row.amount));
    const bool isRescaled = largest != m_largest;
    m_largest = largest;
    sync(m_rows, std::move(rows), [](const AmountRow& row) { return row.name; }, std::equal_to<>());
    if (isRescaled)
        tellRuns(std::vector<bool>(m_rows.size(), true));
}

int AmountsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QColor AmountsModel::colourOf(int row) const
{
    const double amount = m_rows[static_cast<std::size_t>(row)].amount;
    return m_theme.signColor(m_areLosses ? -amount : amount, 0);
}

QVariant AmountsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AmountRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (index.column() == NameColumn)
            return role == Qt::DisplayRole || row.detail.isEmpty() ? row.name
                                                                   : row.name + QStringLiteral(", ") + row.detail;
        if (index.column() == AmountColumn)
            return m_areLosses ? number(row.amount, 0) : signedNumber(row.amount, 0);
        return {};
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return index.column() == AmountColumn ? QVariant(colourOf(index.row())) : QVariant();
    case Qt::ToolTipRole:
        return row.help.isEmpty() ? QVariant() : row.help;
    case barRole:
        if (index.column() != BarColumn || std::isnan(row.amount) || m_largest <= 0)
            return {};
        return row.amount / m_largest;
    case detailRole:
        return index.column() == NameColumn ? row.detail : QString();
    default:
        return {};
    }
}

} // namespace vegadesk::ui

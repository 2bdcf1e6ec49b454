#pragma once

#include <QAbstractTableModel>
#include <QCoreApplication>

#include <algorithm>
#include <span>
#include <vector>

namespace vegadesk::ui
{

/// Whether a cell would show the same: "not known" equals "not known".
inline bool isSameNumber(double a, double b)
{
    return a == b || (a != a && b != b);
}

/// What a cell is sorted and copied by: a number, or text; of cells that have none it is what they show.
inline constexpr int plainRole = Qt::UserRole + 20;
/// True of a row that stays above the others, however they are sorted.
inline constexpr int pinnedRole = Qt::UserRole + 21;

struct Column {
    const char* title; ///< QT_TRANSLATE_NOOP("Columns", …)
    const char* about; ///< tooltip of the header, same context; may be null
    bool isNumber = true;
};

inline QVariant columnHeader(const Column& column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return QCoreApplication::translate("Columns", column.title);
    case Qt::ToolTipRole:
        return column.about ? QCoreApplication::translate("Columns", column.about) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

/// A model's headerData() by its columns.
inline QVariant sectionHeader(std::span<const Column> columns, int section, Qt::Orientation orientation, int role)
{
    if (orientation != Qt::Horizontal || section < 0 || section >= static_cast<int>(columns.size()))
        return {};
    return columnHeader(columns[static_cast<std::size_t>(section)], role);
}

/// A table whose columns are described by data, and which tells its view only what changed.
class ColumnTable : public QAbstractTableModel
{
public:
    ColumnTable(std::span<const Column> columns, QObject* parent) : QAbstractTableModel(parent), m_columns(columns) {}

    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return sectionHeader(m_columns, section, orientation, role);
    }

protected:
    QVariant alignment(int column) const
    {
        return columnHeader(m_columns[static_cast<std::size_t>(column)], Qt::TextAlignmentRole);
    }

    /// Turns `rows` into `next` with the fewest words to the view: rows that appear before or after the known ones are
    /// inserted, rows that left the end are removed, changed ones are told as runs. Anything else is a reset.
    template<class Row, class KeyOf, class Same>
    void sync(std::vector<Row>& rows, std::vector<Row> next, KeyOf keyOf, Same same)
    {
        const auto first = rows.empty() ? next.end() : std::ranges::find(next, keyOf(rows.front()), keyOf);
        const auto offset = static_cast<std::size_t>(first - next.begin());
        const std::size_t kept = std::min(rows.size(), next.size() - offset);
        bool isAligned = kept > 0;
        for (std::size_t i = 0; i < kept && isAligned; ++i)
            isAligned = keyOf(rows[i]) == keyOf(next[offset + i]);
        if (!isAligned) {
            if (rows.empty() && next.empty())
                return;
            beginResetModel();
            rows = std::move(next);
            endResetModel();
            return;
        }
        std::vector<bool> isChanged(next.size(), false);
        for (std::size_t i = 0; i < kept; ++i)
            isChanged[offset + i] = !same(rows[i], next[offset + i]);
        if (rows.size() > kept) {
            beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(rows.size()) - 1);
            rows.resize(kept);
            endRemoveRows();
        }
        if (offset > 0) {
            beginInsertRows({}, 0, static_cast<int>(offset) - 1);
            rows.insert(rows.begin(), next.begin(), first);
            endInsertRows();
        }
        if (next.size() > rows.size()) {
            beginInsertRows({}, static_cast<int>(rows.size()), static_cast<int>(next.size()) - 1);
            rows.insert(rows.end(), next.begin() + static_cast<std::ptrdiff_t>(rows.size()), next.end());
            endInsertRows();
        }
        rows = std::move(next);
        tellRuns(isChanged);
    }

    void tellRuns(const std::vector<bool>& isChanged)
    {
        const auto end = static_cast<int>(isChanged.size());
        for (int row = 0; row < end; ++row) {
            if (!isChanged[static_cast<std::size_t>(row)])
                continue;
            const int firstRow = row;
            while (row + 1 < end && isChanged[static_cast<std::size_t>(row) + 1])
                ++row;
            Q_EMIT dataChanged(index(firstRow, 0), index(row, columnCount() - 1));
        }
    }

private:
    std::span<const Column> m_columns;
};

} // namespace vegadesk::ui

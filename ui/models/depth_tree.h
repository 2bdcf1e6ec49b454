#pragma once

#include "ui/models/column_table.h"

#include <QAbstractItemModel>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace vegadesk::ui
{

/// A tree whose rows are a list, each with its depth: a row's children are those that follow it one deeper. Figures change in
/// place; only another set of rows resets it.
class DepthTree : public QAbstractItemModel
{
public:
    DepthTree(std::span<const Column> columns, QObject* parent) : QAbstractItemModel(parent), m_columns(columns) {}

    /// Of a valid index its place in the list.
    static std::size_t placeOf(const QModelIndex& index) { return static_cast<std::size_t>(index.internalId()); }
    QModelIndex indexOf(std::size_t place, int column = 0) const
    {
        return createIndex(m_nodes[place].row, column, static_cast<quintptr>(place));
    }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override
    {
        if (!hasIndex(row, column, parent))
            return {};
        return createIndex(row, column, static_cast<quintptr>(childrenOf(parent)[static_cast<std::size_t>(row)]));
    }

    QModelIndex parent(const QModelIndex& child) const override
    {
        if (!child.isValid() || m_nodes[placeOf(child)].parent < 0)
            return {};
        return indexOf(static_cast<std::size_t>(m_nodes[placeOf(child)].parent));
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.column() > 0 ? 0 : static_cast<int>(childrenOf(parent).size());
    }

    int columnCount(const QModelIndex& = {}) const override { return static_cast<int>(m_columns.size()); }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return sectionHeader(m_columns, section, orientation, role);
    }

protected:
    QVariant alignment(int column) const
    {
        return columnHeader(m_columns[static_cast<std::size_t>(column)], Qt::TextAlignmentRole);
    }

    /// Turns `rows` into `next`. Rows with the same keys (and a member `depth`, which starts at 0 and grows by one at most) in the
    /// same order are the same rows.
    template<class Row, class KeyOf, class Same>
    void sync(std::vector<Row>& rows, std::vector<Row> next, KeyOf keyOf, Same same)
    {
        const bool isAligned = std::ranges::equal(
            rows, next, [&](const Row& a, const Row& b) { return a.depth == b.depth && keyOf(a) == keyOf(b); });
        if (!isAligned) {
            beginResetModel();
            rows = std::move(next);
            std::vector<int> depths;
            for (const Row& row : rows)
                depths.push_back(row.depth);
            link(depths);
            endResetModel();
            return;
        }
        const std::vector<Row> before = std::exchange(rows, std::move(next));
        for (std::size_t place = 0; place < rows.size(); ++place)
            if (!same(before[place], rows[place]))
                Q_EMIT dataChanged(indexOf(place), indexOf(place, columnCount() - 1));
    }

private:
    struct Node {
        int parent = -1; ///< its place; −1 at the top
        int row = 0;     ///< among its siblings
        std::vector<int> children;
    };

    const std::vector<int>& childrenOf(const QModelIndex& parent) const
    {
        return parent.isValid() ? m_nodes[placeOf(parent)].children : m_top;
    }

    void link(const std::vector<int>& depths)
    {
        m_nodes.assign(depths.size(), {});
        m_top.clear();
        std::vector<int> line; // the ancestors of what comes next
        for (std::size_t place = 0; place < depths.size(); ++place) {
            line.resize(std::min(line.size(), static_cast<std::size_t>(depths[place])));
            Node& node = m_nodes[place];
            node.parent = line.empty() ? -1 : line.back();
            std::vector<int>& siblings = line.empty() ? m_top : m_nodes[static_cast<std::size_t>(node.parent)].children;
            node.row = static_cast<int>(siblings.size());
            siblings.push_back(static_cast<int>(place));
            line.push_back(static_cast<int>(place));
        }
    }

    std::span<const Column> m_columns;
    std::vector<Node> m_nodes;
    std::vector<int> m_top;
};

} // namespace vegadesk::ui

#pragma once

#include <QAbstractItemView>

#include <initializer_list>
#include <map>
#include <vector>

class QHeaderView;
class QTimer;

namespace vegadesk::ui
{

/// Columns as wide as what they show, so that no number is cut: where there is no room for all, columns leave in a given order
/// and come back with the room. The first column has what is left; its header names those that are gone. What cannot leave
/// is scrolled. Widths only grow while figures change, or the table would never stand still. Owned by the view.
class ColumnFitter : public QObject
{
    Q_OBJECT

public:
    /// `leaving`: the columns that may, the least important first. Call once the model is set.
    ColumnFitter(QAbstractItemView& view, QHeaderView& header, std::initializer_list<int> leaving);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();
    int widthOf(int column);

    QAbstractItemView& m_view;
    QHeaderView& m_header;
    std::vector<int> m_leaving;
    std::map<int, int> m_widest; ///< by column, since the font changed
    QTimer* m_due;
};

} // namespace vegadesk::ui

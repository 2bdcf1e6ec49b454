#pragma once

#include "desk/views.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// The watchlist: symbol, last, change in percent. The symbols are the user's; prices come from the desk's view as
/// far as it has them, so that a symbol appears at once and its price when it arrives.
class WatchModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Symbol, Last, Change, columns };

    explicit WatchModel(QObject* parent = nullptr);

    void setSymbols(const QStringList& symbols);
    const QStringList& symbols() const { return m_symbols; }
    /// Once a frame: tells the views which rows changed, as runs.
    void update(std::shared_ptr<const desk::WatchView> view);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const desk::WatchRow& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

private:
    desk::WatchRow rowFor(const QString& symbol) const;
    QStringList m_symbols;
    std::vector<desk::WatchRow> m_rows;
    std::shared_ptr<const desk::WatchView> m_view;
};

} // namespace vegadesk::ui

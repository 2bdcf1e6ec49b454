#pragma once

#include <QSortFilterProxyModel>
#include <QString>

class QTableView;

namespace vegadesk::ui
{

/// A model's rows in the order that its columns' plainRole gives; what is not known comes before every number, and rows that are
/// pinnedRole stay first.
class SortedRows : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

/// Shows `model` in the view, sorted by clicks of its headers (a third one gives the model's own order back); Ctrl+C copies all
/// rows as copyTable() does. Before prepareTable().
SortedRows* sortTable(QTableView& view, QAbstractItemModel& model);

/// Every row under its header, tabs between, numbers as a spreadsheet reads them.
QString tableText(const QAbstractItemModel& model);
/// Puts the view's rows, in their order, on the clipboard.
void copyTable(const QTableView& view);

} // namespace vegadesk::ui

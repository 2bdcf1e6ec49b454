#pragma once

#include "desk/hedge_views.h"
#include "ui/models/hedge_ledger_model.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTableView;

namespace vegadesk::ui
{

/// The hedge ledger of one trade: every mark and hedge, its sums by the books, and what ties them to the gamma held.
class HedgeLedgerTable : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the table's, and with "_tie" that of the words above it.
    HedgeLedgerTable(const Theme& theme, HedgeLedgerModel::Order order, const QString& name, QWidget* parent = nullptr);

    void setLedger(const std::shared_ptr<const desk::HedgeLedgerView>& ledger);
    /// No table, and why not.
    void setEmpty(const QString& why);
    QTableView& table() { return *m_view; }

private:
    HedgeLedgerModel* m_model;
    QTableView* m_view;
    QLabel* m_tie;
};

} // namespace vegadesk::ui

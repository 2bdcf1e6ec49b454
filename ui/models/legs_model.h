#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/models/staged_order.h"
#include "ui/theme/theme.h"

#include <memory>

namespace vegadesk::ui
{

/// The staged legs with their prices; quantities are edited here.
class LegsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        ActionColumn,
        QuantityColumn,
        ExpiryColumn,
        StrikeColumn,
        RightColumn,
        MidColumn,
        DeltaColumn,
        RemoveColumn
    };

    LegsModel(StagedOrder& staged, const Theme& theme, QObject* parent = nullptr);

    /// Prices of the staged legs; legs it does not know show an en dash.
    void setTicket(std::shared_ptr<const desk::TicketView> ticket);
    /// "477 C" in the strikes' column, where the rights' own is not shown.
    void setRightsBesideStrikes(bool areBeside);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void take();
    const desk::TicketLeg* priced(const std::string& symbol) const;
    QString display(const StagedLeg& leg, int column) const;

    StagedOrder& m_staged;
    const Theme& m_theme;
    std::vector<StagedLeg> m_legs;
    std::shared_ptr<const desk::TicketView> m_ticket;
    bool m_hasRightsBesideStrikes = false;
};

} // namespace vegadesk::ui

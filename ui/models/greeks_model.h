#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <QString>

namespace vegadesk::ui
{

/// The portfolio's Greeks, each underlying's, and what the staged order would add.
class GreeksModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { NameColumn, DeltaColumn, DollarDeltaColumn, GammaColumn, ThetaColumn, VegaColumn };
    /// The cell's part of the largest figure in its column among the underlyings, −1 to 1; invalid for no bar.
    static constexpr int barRole = Qt::UserRole + 1;

    explicit GreeksModel(const Theme& theme, QObject* parent = nullptr);

    /// `staged` null: no order is staged.
    void update(const desk::TradingView& trading, const desk::TicketView* staged);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    enum class Kind : std::uint8_t { Portfolio, Underlying, Staged };
    struct Row {
        Kind kind = Kind::Portfolio;
        QString name;
        desk::GreekSums greeks;
    };
    double largest(int column) const;

    const Theme& m_theme;
    std::vector<Row> m_rows;
};

} // namespace vegadesk::ui

#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <QString>

namespace vegadesk::ui
{

/// The portfolio's Greeks, each underlying's, and what the staged order would add: by the chain's model, and beside it what the
/// broker says (or what we say, where the broker's are shown).
class GreeksModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { NameColumn, DeltaColumn, DollarDeltaColumn, GammaColumn, ThetaColumn, VegaColumn };
    /// The cell's part of the largest figure in its column among the underlyings, −1 to 1; invalid for no bar.
    static constexpr int barRole = Qt::UserRole + 1;

    explicit GreeksModel(const Theme& theme, QObject* parent = nullptr);

    /// `staged` null: no order is staged.
    void update(const desk::TradingView& trading, const desk::TicketView* staged, const desk::GreeksView& greeks);

    int fallbacks() const { return m_fallbacks; } ///< positions and legs that the chosen model has no figures of
    double brokerAge() const
    {
        return m_brokerAge;
    }                       ///< seconds, of the oldest of the broker's figures; NaN without any
    bool disagrees() const; ///< somewhere the two sides are more than a tenth apart

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    enum class Kind : std::uint8_t { Portfolio, Underlying, Staged };
    struct Row {
        Kind kind = Kind::Portfolio;
        QString name;
        desk::GreekSums greeks, other;
    };
    static bool disagrees(const Row& row, int column);
    double largest(int column) const;

    const Theme& m_theme;
    std::vector<Row> m_rows;
    bool m_isBrokers = false; ///< the broker's are shown
    int m_fallbacks = 0;
    double m_brokerAge = desk::unknown;
};

} // namespace vegadesk::ui

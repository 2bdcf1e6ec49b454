#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <QString>

#include <array>
#include <string>

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

    /// Of how many options the chosen model has figures: the others are by Black-Scholes at each strike's own volatility.
    struct Coverage {
        int priced = 0, options = 0;

        bool isWhole() const { return priced == options; }
        friend bool operator==(const Coverage&, const Coverage&) = default;
    };
    /// "3 of 8 by Heston, the others by Black-Scholes"; `model` as GreeksView::model.
    static QString coverageWords(const Coverage& coverage, const std::string& model);

    explicit GreeksModel(const Theme& theme, QObject* parent = nullptr);

    /// `staged` null: no order is staged.
    void update(const desk::TradingView& trading, const desk::TicketView* staged, const desk::GreeksView& greeks);

    const Coverage& coverage() const { return m_coverage; } ///< of positions and staged legs
    /// Seconds, of the oldest of the broker's figures; NaN without any.
    double brokerAge() const { return m_brokerAge; }
    /// Somewhere the two sides are more apart than a tenth of what they add up.
    bool disagrees() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    enum class Kind : std::uint8_t { Portfolio, Underlying, Staged };
    struct Row {
        Kind kind = Kind::Portfolio;
        QString name;
        desk::GreekSums greeks, other, size;
        Coverage coverage;
        std::array<bool, VegaColumn + 1> isApart{}; ///< by column
    };
    static bool isApart(const Row& row, int column, bool wasApart);
    double largest(int column) const;

    const Theme& m_theme;
    std::vector<Row> m_rows;
    std::string m_model; ///< that is shown
    Coverage m_coverage;
    double m_brokerAge = desk::unknown;
};

} // namespace vegadesk::ui

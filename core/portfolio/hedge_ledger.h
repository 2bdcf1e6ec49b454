#pragma once

#include "portfolio/marking.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::portfolio
{

/// Profit of a hedged position by two accounts of the same cash. Both sum to the same: profit() is explained().
struct HedgedProfit {
    /// What the books say. Of these financing alone moves no cash of the position: an account earns or pays it on its balance.
    double options = 0; ///< the moves of the options' marks
    double hedges = 0;  ///< the move of the underlying times the shares held
    double financing =
        0; ///< −r (options' marks + shares' worth) Δt, and the yield on the shares, at the options' rates
    double settlements = 0; ///< expiry, exercise and assignment against the mark
    double costs = 0;       ///< trades against the mark, and fees: negative is paid

    /// Why.
    double gamma = 0; ///< ½ Γ ΔS²
    double theta = 0; ///< −½ Γ S² σ² Δt
    double delta = 0; ///< what was not hedged: net delta times ΔS − (r − q) S Δt
    double vega = 0;  ///< re-mark: the model at the step's end, at the implied volatility of then and of its start
    double higherOrder = 0; ///< what else the model's price did at the volatility it had: third order and up, rates
    double unexplained = 0; ///< what the marks did beside the model

    double profit() const { return options + hedges + financing + settlements + costs; }
    double explained() const { return gamma + theta + delta + vega + higherOrder + unexplained + settlements + costs; }
    /// Σ ½ Γ S² [(ΔS/S)² − σ² Δt]: what gamma earned and what it was paid with.
    double scalped() const { return gamma + theta; }
    /// What the identity does not hold.
    double residual() const { return vega + higherOrder + unexplained; }
    HedgedProfit& operator+=(const HedgedProfit& other);
};

enum class HedgeEvent : std::uint8_t {
    Mark,
    Hedge, ///< shares traded for delta's sake
    Trade, ///< any other: the options, and what leaves with them
    Settlement
};
std::string_view toText(HedgeEvent event); ///< "mark", "hedge", "trade", "settlement"

struct HedgeRow {
    base::Instant at{};
    HedgeEvent event = HedgeEvent::Mark;
    double spot = market::unknown;
    /// Of what is held after the event: shares per dollar, and the volatility that the theta is of, weighted by gamma.
    double gamma = market::unknown, volatility = market::unknown;
    double deltaBefore = market::unknown, deltaAfter = market::unknown; ///< net, shares
    std::string symbol;                                                 ///< traded or settled; empty of a mark
    double quantity = 0;                                                ///< of it, signed
    double price = market::unknown;                                     ///< that was paid, per share
    double band = market::unknown; ///< half-width in shares that asked for a hedge; 0 of one by the clock
    std::string reason;            ///< in the words of who asked
    std::size_t joined = 1;        ///< rows that this one stands for, as the last of them; see HedgeLedger::keepRows()
    HedgedProfit step;             ///< since the row before
};

/// What was traded, at the mark it is measured against.
struct HedgeTrade {
    MarkedPosition traded;                ///< quantity: bought, or below 0 sold
    double price = market::unknown;       ///< per share; of a settlement what it was settled at
    double fees = 0;                      ///< paid, positive
    HedgeEvent event = HedgeEvent::Trade; ///< any but Mark
    double band = market::unknown;
    std::string reason;
};

/// The account of one hedged trade: a row for every mark and every hedge, and what ties its profit to the gamma it held.
///
/// Ties     profit() is the change of Σ quantity · multiplier · mark plus the cash of all trades and fees, plus the financing of
///          what was invested. With an option's Θ = −½ Γ S² σ² − (r − q) S Δ + r V (Black and Scholes 1973, eq. 7) a step's
///          terms are ½ Γ S² [(ΔS/S)² − σ² Δt] of all options, net delta times the excess move of the underlying, the re-mark of
///          volatility and the remainder, each computed by itself: explained() equals profit() but for rounding.
/// Order    mark, then trade: trades are measured against the last mark of what they trade. One that was never marked, or whose
///          figures were not known, is taken at its price, and what the next mark makes of that is unexplained.
/// Unknown  a marking that does not know all that is held writes no row; the next one that does covers the time since.
/// Source   Ahmad and Wilmott (2005), "Which free lunch would you like today, Sir?", eq. 2 for the identity.
class HedgeLedger
{
public:
    HedgeLedger(std::string group, std::string underlying);

    /// `market` holds what is held, at least; its quantities are not looked at. Whether a row was written.
    bool mark(base::Instant at, std::span<const MarkedPosition> market);
    void trade(base::Instant at, const HedgeTrade& trade);
    /// Leaves at most so many rows, and never fewer than 8; their steps still sum to total(). Marks that follow each other
    /// become one first, two by two, so that the older a time is the fewer marks it has; where events alone are too many, the oldest
    /// of everything become one.
    void keepRows(std::size_t most);

    const std::string& group() const { return m_group; }
    const std::string& underlying() const { return m_underlying; }
    const std::vector<HedgeRow>& rows() const { return m_rows; }
    const HedgedProfit& total() const { return m_total; }          ///< of all rows
    std::size_t written() const { return m_written; }              ///< rows ever, those that became one counted each
    std::optional<base::Instant> markedAt() const { return m_at; } ///< empty: nothing was traded yet
    base::Quantity held(std::string_view symbol) const;
    bool isFlat() const;
    std::vector<std::string> symbols() const; ///< of what is held

private:
    struct Holding {
        MarkedPosition last;     ///< as it was marked, with the quantity held
        bool isModelled = false; ///< all figures of `last` are known
    };
    struct Exposure {
        double delta = 0, gamma = 0, volatility = market::unknown;
    };
    Holding* find(std::string_view symbol);
    Exposure exposure() const;
    void add(HedgeRow row);

    std::string m_group, m_underlying;
    std::vector<Holding> m_holdings;   // few: a scan is the fastest search
    std::optional<base::Instant> m_at; ///< of the last marking
    std::vector<HedgeRow> m_rows;
    std::size_t m_written = 0;
    HedgedProfit m_total;
};

} // namespace vegadesk::portfolio

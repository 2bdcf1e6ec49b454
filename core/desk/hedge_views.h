#pragma once

#include "desk/views.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// Hedge ledgers as they are shown, of backtests and of the strategies at work. As in views.h: dollars, signed; what is not known is
/// NaN.
namespace vegadesk::desk
{

/// A step of a hedged trade: portfolio/hedge_ledger.h has the account of it.
struct HedgeStep {
    base::Instant at{};
    std::string event; ///< "mark", "hedge", "trade", "settlement"
    double spot = unknown, gamma = unknown, volatility = unknown;
    double deltaBefore = unknown, deltaAfter = unknown; ///< net, shares
    std::string symbol;                                 ///< traded or settled; empty of a mark
    double quantity = 0, price = unknown;
    double band = unknown; ///< half-width in shares that asked for a hedge; 0 of one by the clock
    std::string reason;
    std::size_t joined = 1; ///< marks and trades that it stands for, of a ledger that keeps no more rows
    double cost = 0;        ///< trades against the mark, and fees: negative is paid
    double scalped = 0;     ///< ½ Γ S² [(ΔS/S)² − σ² Δt]
    double unhedged = 0;    ///< net delta times the move beyond carry
    double residual = 0;    ///< what neither explains: vega, higher order, marks beside the model
    double settled = 0;     ///< expiry, exercise and assignment against the mark
    double profit = 0;      ///< by the books: the sum of the five above
    double financing = 0;   ///< of that profit, what moves no cash of the trade
};

struct HedgeLedgerView {
    std::string group;
    base::Instant
        since{}; ///< a trade of an earlier run of the program was taken over then; epoch: from its first fill on
    std::vector<HedgeStep> steps;
    HedgeStep total;                ///< sums of the dollars above; everything else is empty
    double options = 0, hedges = 0; ///< of `total.profit`: moves of the options' marks and of the shares
    double vega = 0, higherOrder = 0, unexplained = 0; ///< what `total.residual` is made of
};

/// Ledgers of closed trades that the desk keeps, the last ones.
inline constexpr std::size_t closedLedgersKept = 20;

/// Of a trade at work.
struct LiveLedger {
    std::string group;
    /// Null: a trade of an earlier run of the program, until the marks of all that it holds are known.
    std::shared_ptr<const HedgeLedgerView> ledger;
};

} // namespace vegadesk::desk

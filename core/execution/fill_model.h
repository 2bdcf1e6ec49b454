#pragma once

#include "market/quote.h"
#include "portfolio/order_intent.h"

#include <cstdint>
#include <span>
#include <vector>

namespace vegadesk::execution
{

/// How a simulated market fills orders; the same model serves the venue and the backtests.
struct FillSettings {
    /// Where a taker fills between mid (0) and the far touch (1).
    double spreadFraction = 1.0;
    /// On top of that, against us, as a fraction of each leg's price (0.001 is the backtest's default, the venue has 0).
    /// The result is rounded against us to the leg's tick: a simulation that wants the bare fraction passes a fine tick.
    double slippage = 0;
    /// Fill no more than the displayed size; the rest keeps working.
    bool capAtDisplayedSize = true;
};

struct LegQuote {
    market::Quote quote;
    market::QuoteFlags flags;
    base::Decimal tick; ///< > 0; legs fill on it
};

/// What fills now. Zero units: nothing does.
struct FillDecision {
    std::int64_t units = 0;               ///< of the spread
    std::vector<base::Decimal> legPrices; ///< one a leg, on its tick, never negative
};

/// Buys at the ask, sells at the bid, all legs at the same instant; nothing fills on a flagged quote. A limit order fills
/// only when the natural net price is at the limit or better, and never better than natural: a taker pays the natural
/// price, an order that was `resting` before this quote came fills at its limit. A multi-leg fill's prices add up to that net.
/// "Natural" is what the settings make of the quote: with slippage a limit needs that much room, or it does not fill.
/// A spread may sell a leg at a bid of zero, a single leg may not. Sizes that are not known do not cap.
/// Stop orders: ask only once triggered; a Stop then fills as a market order, a StopLimit as a limit order.
class FillModel
{
public:
    explicit FillModel(FillSettings settings) : m_settings(settings) {}
    /// `legs` has one entry a leg of `intent`, in its order; `remainingUnits` > 0.
    FillDecision fill(const portfolio::OrderIntent& intent, std::span<const LegQuote> legs, std::int64_t remainingUnits,
                      bool resting) const;
    const FillSettings& settings() const { return m_settings; }

private:
    FillSettings m_settings;
};

/// Net price of one unit when every leg crosses its spread: positive is paid. NaN when a leg cannot be traded.
double naturalPrice(const portfolio::OrderIntent& intent, std::span<const LegQuote> legs);

} // namespace vegadesk::execution

#pragma once

#include "base/error.h"
#include "market/quote.h"
#include "portfolio/order_intent.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vegadesk::execution
{

enum class PassiveFills : std::uint8_t { AtTouch, Through };

/// How a simulated market fills orders; the same model serves the venue and the backtests.
struct FillSettings {
    /// Where a taker fills between mid (0) and the far touch (1).
    double spreadFraction = 1.0;
    /// When a resting order fills. AtTouch: once the natural price has come to its limit. Through: once that is beyond it, so
    /// that our order may have been the last in the queue.
    PassiveFills passive = PassiveFills::AtTouch;
    /// Of a resting order whose limit gives up the mid or more: the chance at each new quote that somebody takes it before the
    /// market has come to it, 0 to 1. Nobody knows it; 0 and 1 are the extremes that it lies between.
    double passiveChance = 0;
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

/// Settings by name, without slippage: what backtests offer.
struct FillPreset {
    std::string_view name;
    std::string_view about; ///< one sentence
    FillSettings settings;
};
/// "broker" first, which is the default: takers cross the spread, resting orders need a trade-through.
std::span<const FillPreset> fillPresets();
/// Errors: names the ones there are.
base::Result<const FillPreset*> findFillPreset(std::string_view name);

/// How an order meets a quote.
struct Standing {
    bool isResting = false;   ///< it was there before the quote came
    bool wasAtMarket = false; ///< the market was at its limit when it came: what that left over needs no trade-through
    double draw = 1;          ///< evenly distributed over [0, 1), of this order at this quote; 1: no chance
};

/// What fills now. Zero units: nothing does.
struct FillDecision {
    base::Quantity units = 0;             ///< of the spread
    std::vector<base::Decimal> legPrices; ///< one a leg, on its tick, never negative
};

/// Buys at the ask, sells at the bid, all legs at the same instant; nothing fills on a flagged quote. A limit order fills
/// only when the natural net price is at the limit or better, and never better than natural: a taker pays the natural
/// price, an order that rested before this quote came fills at its limit, and when by FillSettings::passive and passiveChance. A multi-leg fill's prices add up to that net.
/// "Natural" is what the settings make of the quote: with slippage a limit needs that much room, or it does not fill.
/// A spread may sell a leg at a bid of zero, a single leg may not. Sizes that are not known do not cap.
/// Stop orders: ask only once triggered; a Stop then fills as a market order, a StopLimit as a limit order.
class FillModel
{
public:
    explicit FillModel(FillSettings settings) : m_settings(settings) {}
    /// `legs` has one entry a leg of `intent`, in its order; `remainingUnits` > 0.
    FillDecision fill(const portfolio::OrderIntent& intent, std::span<const LegQuote> legs,
                      base::Quantity remainingUnits, const Standing& standing) const;
    const FillSettings& settings() const { return m_settings; }

private:
    FillSettings m_settings;
};

/// Net price of one unit when every leg crosses its spread: positive is paid. NaN when a leg cannot be traded.
double naturalPrice(const portfolio::OrderIntent& intent, std::span<const LegQuote> legs);

} // namespace vegadesk::execution

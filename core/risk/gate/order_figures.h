#pragma once

#include "portfolio/cover.h"
#include "risk/gate/measures.h"

#include <span>
#include <vector>

namespace vegadesk::risk
{

/// Of the order alone at its expiry, in cash: infinite when not limited, NaN when it cannot be said. Of several expiries it
/// is a matter of volatilities then, and a search that the gate has no time for.
struct Outcome {
    double maxLoss = market::unknown, maxProfit = market::unknown; ///< both positive where there is such an outcome
};
/// `instruments` are those of the legs.
Outcome outcomeOf(const portfolio::OrderIntent& intent, std::span<const InstrumentState> instruments);

/// What the broker will want free for the order: the rise of the requirement and the options' premium, less a credit.
double buyingPowerNeeded(const portfolio::OrderIntent& intent, const GateState& state,
                         std::span<const InstrumentState> instruments);
/// The same by what is measured already; of a replacement what it needs beyond the replaced one, which the broker frees.
double buyingPowerNeeded(const portfolio::OrderIntent& intent, const GateState& state,
                         std::span<const InstrumentState> instruments, const Measures& measures);

/// By how much the order raises what is uncovered in its underlying, each working order filled or not, whichever leaves more
/// uncovered. What is not a known instrument is not counted.
portfolio::Uncovered uncoveredBy(const portfolio::OrderIntent& intent, const GateState& state, BookCache& book);

/// Says what an order leaves uncovered. Of one that only opens, calls alone: a short put's loss has a bound, and whoever sells
/// shares short knows.
std::vector<base::Sentence> uncoveredWarnings(const portfolio::OrderIntent& intent, const GateState& state,
                                              BookCache& book);

} // namespace vegadesk::risk

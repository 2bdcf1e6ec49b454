#pragma once

#include "risk/gate/gate_state.h"

#include <span>
#include <vector>

namespace vegadesk::risk
{

/// The order's instruments, in its legs' order; shorter when one is not known (checkShape() says which).
std::vector<InstrumentState> instrumentsOf(const portfolio::OrderIntent& intent, const GateState& state);
std::vector<InstrumentState> instrumentsOf(const portfolio::OrderIntent& intent, const GateState& state,
                                           BookCache& book);

/// What makes an order impossible or senseless whatever the book: legs, instruments, prices' form, quantities against the
/// position. Adds to `refusals`; nothing after it makes sense when it did.
void checkShape(const portfolio::OrderIntent& intent, const GateState& state, BookCache& book,
                std::vector<Refusal>& refusals);

/// A NotionalMarket order as what it trades now, when it crosses the spread; any other as it is.
portfolio::OrderIntent sizedNow(const portfolio::OrderIntent& intent, const GateState& state);
/// A working order as what it may still trade: one that closes for a value, while no price is known, all that is held.
portfolio::OrderIntent claimOf(const portfolio::OrderIntent& working, const GateState& state);

/// The order's net price per unit now: positive is paid. NaN where a quote it needs is missing, an ask of 0 included.
struct NetQuote {
    double natural = market::unknown; ///< every leg crosses its spread
    double mid = market::unknown;
    double gross = market::unknown; ///< Σ of the legs' natural prices without sign
};
NetQuote netQuoteOf(const portfolio::OrderIntent& intent, std::span<const InstrumentState> instruments);

/// Is the price one that somebody could mean, given the quotes? `instruments` are those of the legs. With `warnings`, quotes
/// that are only old go there instead of being refused.
void checkPrice(const portfolio::OrderIntent& intent, std::span<const InstrumentState> instruments,
                std::vector<Refusal>& refusals, std::vector<base::Sentence>* warnings = nullptr);

/// Same legs (in any order), type, time in force and prices; whoever asks.
bool isSameOrder(const portfolio::OrderIntent& a, const portfolio::OrderIntent& b);

/// Quantity of `symbol` that may still be closed by selling (from a long) or buying (from a short): the position less what
/// working orders already trade on that side.
base::Quantity closableQuantity(const GateState& state, const std::string& symbol, bool bySelling);

} // namespace vegadesk::risk

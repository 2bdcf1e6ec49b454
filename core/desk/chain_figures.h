#pragma once

#include "base/time.h"
#include "desk/chain_pricer.h"
#include "desk/reference_pricer.h"
#include "desk/variance_clock.h"
#include "desk/views.h"
#include "market/book.h"

#include <set>
#include <string>

/// The figures of the chain's views, from quotes and from what was fitted to them.
namespace vegadesk::desk
{

/// What figures are made with. All of it is borrowed.
struct FigureSources {
    ChainModel model = ChainModel::BlackScholes; ///< the chosen one
    const ChainFits& fits;
    const ReferenceFigures& reference;
    TimeBasis basis = TimeBasis::Calendar;
    base::Instant now{}; ///< by the market's clock
};

/// One side of one strike: its quote, and Greeks from its own volatility in calendar time.
ChainCell chainCell(const market::OptionColumns& quotes, const pricing::ExpirationAnalytics& expiration,
                    market::Right right, std::size_t row);

/// Greeks and theoretical prices by the chosen model, in place of those by each strike's own volatility, which stay where it
/// is not there for this chain; and everything that is quoted in volatility in the time that was chosen.
///   boundaries  of this expiration alone
void applyModel(ChainView& view, const market::Expiration& expiration, const pricing::ExpirationAnalytics& analytics,
                pricing::AmericanBoundaries& boundaries, const FigureSources& sources);

/// By the fitted surface: what each cell's strike is worth as a bet, and how far the tabs' expiries may move the price.
void applyProbabilities(ChainView& view, const market::OptionChain& chain,
                        const pricing::ExpirationAnalytics& analytics, const FigureSources& sources);

/// Of these options, those that the Book does not know left out; in calendar time, so that they compare with the broker's.
/// Only the options of `chain` have figures by a fitted model or by QuantLib.
GreeksView contractGreeks(const std::set<std::string>& symbols, const market::Book& book,
                          const market::OptionChain& chain, double spot, const FigureSources& sources);

} // namespace vegadesk::desk

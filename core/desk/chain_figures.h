#pragma once

#include "base/time.h"
#include "desk/chain_pricer.h"
#include "desk/live_chain.h"
#include "desk/reference_pricer.h"
#include "desk/variance_clock.h"
#include "desk/views.h"
#include "market/book.h"

#include <map>
#include <set>
#include <string>
#include <vector>

/// The figures of the chain's views, from quotes and from what was fitted to them.
namespace vegadesk::desk
{

/// What figures are made with. All of it is borrowed.
struct FigureSources {
    ChainModel model = ChainModel::BlackScholes; ///< the chosen one
    const ChainFits& fits;
    const ReferenceFigures& reference;
    QuotedTime time;     ///< that the figures are said in, and of
    base::Instant now{}; ///< by the market's clock; later than that where no quote is new enough
};

/// One side of one strike: its quote, and Greeks from its own volatility in calendar time.
ChainCell chainCell(const market::OptionColumns& quotes, const pricing::ExpirationAnalytics& expiration,
                    market::Right right, std::size_t row);

/// Greeks and theoretical prices by the chosen model, in place of those by each strike's own volatility, which stay where it
/// is not there for this chain; and everything that is quoted in volatility in the time that was chosen. Theta is what the next
/// calendar day takes in that time, by every model and by the broker's figures too.
///   boundaries  of this expiration alone
void applyModel(ChainView& view, const market::Expiration& expiration, const pricing::ExpirationAnalytics& analytics,
                pricing::AmericanBoundaries& boundaries, const FigureSources& sources);

/// By the fitted surface: what each cell's strike is worth as a bet, and how far the tabs' expiries may move the price.
void applyProbabilities(ChainView& view, const market::OptionChain& chain,
                        const pricing::ExpirationAnalytics& analytics, const FigureSources& sources);

/// The figures of what is held, worked and staged. An American expiration that is asked for keeps its exercise boundaries from call
/// to call, as LiveExpiration does.
class ContractFigures
{
public:
    /// Of these options, those that the Book does not know left out. Vegas are to volatilities of calendar time, as the broker's are;
    /// thetas, the broker's too, of the next calendar day in the chosen time.
    /// Only the options of `chain` have figures by a fitted model or by QuantLib.
    ///   wall  by our own clock
    GreeksView update(const std::set<std::string>& symbols, const market::Book& book, const market::OptionChain& chain,
                      double spot, const FigureSources& sources, base::Instant wall);

private:
    struct Sides {
        const pricing::ExpirationAnalytics* analytics = nullptr; ///< of m_live, until its next update
        std::vector<double> volatilities;                        ///< of a model that has one a strike
        pricing::GreeksColumns calls, puts;
    };
    Sides priceSides(ChainModel model, const market::Expiration& expiration, std::size_t place, double spot,
                     const FigureSources& sources, base::Instant wall);

    std::map<std::size_t, LiveExpiration> m_live; ///< by the expiration's place in the chain
};

} // namespace vegadesk::desk

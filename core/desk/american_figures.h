#pragma once

#include "base/time.h"
#include "learning/pricer/american_heston_fit.h"
#include "market/option_chain.h"
#include "pricing/chain_analytics.h"
#include "pricing/heston/american_heston.h"
#include "pricing/surface/smile_quotes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// American options of a chain under Heston's model: by finite differences, and by the networks that they taught.
namespace vegadesk::desk
{

struct ChainFits;

/// Finite differences of one expiration under one law: one solution a side, which gives all strikes at any spot.
struct SolvedExpiration {
    std::string root;
    base::Date date{};
    pricing::MarketPoint market; ///< its rate and yield are the solutions'; at its spot are the gaps
    double years = 0;
    pricing::HestonParameters parameters;
    pricing::AmericanHestonSolution callSolution, putSolution;
    std::vector<double> strikes;
    std::vector<double> callGaps,
        putGaps; ///< the networks' price less this at these inputs, dollars; NaN where they have none
    std::vector<double> callBounds, putBounds; ///< what they promise of those prices

    bool isOf(const market::Expiration& expiration) const
    {
        return root == expiration.root && date == expiration.date && strikes == expiration.strikes;
    }
    const std::vector<double>& gaps(market::Right right) const
    {
        return right == market::Right::Call ? callGaps : putGaps;
    }
    const std::vector<double>& bounds(market::Right right) const
    {
        return right == market::Right::Call ? callBounds : putBounds;
    }
};

/// Some ten milliseconds.
///   networks  to compare with; null: there are none
/// Errors  as pricing::AmericanHestonSolution::solve().
base::Result<std::shared_ptr<const SolvedExpiration>> solveExpiration(const market::Expiration& expiration,
                                                                      const pricing::ExpirationAnalytics& analytics,
                                                                      const pricing::HestonParameters& parameters,
                                                                      const learning::NeuralAmericanHeston* networks);

/// One side at the spot of `analytics`, in pricing's units; the vega is to the square root of v0, and there is no rho.
/// Errors  NaN throughout for another expiration than was solved, and where the analytics are not American.
pricing::GreeksColumns readSolved(const SolvedExpiration& solved, const market::Expiration& expiration,
                                  const pricing::ExpirationAnalytics& analytics, market::Right right);

/// One side by the networks. Columns are as long as the strikes.
struct NeuralSide {
    pricing::GreeksColumns figures;     ///< as readSolved()'s, with rho
    std::vector<double> bounds;         ///< dollars; NaN where the price is not the networks'
    std::vector<std::uint8_t> isSolved; ///< outside what they were trained in: by finite differences
};
/// Needs   fits.has(ChainModel::Neural).
/// Errors  NaN outside what the networks were trained in where fits.solved is not of this expiration, and throughout where the
///         analytics are not American.
NeuralSide priceByNetworks(const ChainFits& fits, const market::Expiration& expiration,
                           const pricing::ExpirationAnalytics& analytics, market::Right right);

/// One expiration as the networks are fitted to it: the mids as they are traded, of the quotes that the other models are fitted to, with
/// those' errors.
///   vegas  one a quote is appended: what makes a price's error one in volatility
learning::PricedSlice asTraded(const market::Expiration& expiration, const pricing::ExpirationAnalytics& analytics,
                               const pricing::SmileQuotes& quotes, std::vector<double>& vegas);

/// Root mean square in volatility of residuals in price; NaN, a quote that did not count, is left out.
double volatilityError(const std::vector<double>& residuals, const std::vector<double>& vegas);

} // namespace vegadesk::desk

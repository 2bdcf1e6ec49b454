#include "desk/american_figures.h"

#include "desk/chain_pricer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vegadesk::desk
{

namespace
{

/// Columns in which nothing is known.
pricing::GreeksColumns unknownFigures(std::size_t count)
{
    pricing::GreeksColumns out;
    for (auto* const column : {&out.price, &out.delta, &out.gamma, &out.vega, &out.theta, &out.rho})
        column->assign(count, std::numeric_limits<double>::quiet_NaN());
    return out;
}

/// From a derivative by the variance to one by its square root.
double vegaFactor(const pricing::HestonParameters& parameters)
{
    return 2 * std::sqrt(parameters.v0);
}

pricing::AmericanHestonValue valueAt(const SolvedExpiration& solved, market::Right right, double spot, double strike)
{
    const pricing::MarketPoint market{spot, solved.market.rate, solved.market.dividendYield};
    const auto& solution = right == market::Right::Call ? solved.callSolution : solved.putSolution;
    return pricing::readAmericanHeston(solution, right, market, strike, solved.years, solved.parameters);
}

void compare(SolvedExpiration& solved, const learning::NeuralAmericanHeston& networks, market::Right right)
{
    if (pricing::exerciseNeverPays(right, solved.market)) // no network is asked
        return;
    const bool isCall = right == market::Right::Call;
    std::vector<double>& gaps = isCall ? solved.callGaps : solved.putGaps;
    learning::NeuralHestonView view;
    view.price = gaps;
    view.bound = isCall ? solved.callBounds : solved.putBounds;
    networks.strip(right, solved.market, solved.years, solved.parameters, solved.strikes, view);
    for (std::size_t row = 0; row < solved.strikes.size(); ++row)
        gaps[row] -= valueAt(solved, right, solved.market.spot, solved.strikes[row]).price;
}

} // namespace

base::Result<std::shared_ptr<const SolvedExpiration>> solveExpiration(const market::Expiration& expiration,
                                                                      const pricing::ExpirationAnalytics& analytics,
                                                                      const pricing::HestonParameters& parameters,
                                                                      const learning::NeuralAmericanHeston* networks)
{
    auto solved = std::make_shared<SolvedExpiration>();
    solved->root = expiration.root;
    solved->date = expiration.date;
    solved->market = analytics.market;
    solved->years = analytics.years;
    solved->parameters = parameters;
    solved->strikes = expiration.strikes;
    for (auto* const column : {&solved->callGaps, &solved->putGaps, &solved->callBounds, &solved->putBounds})
        column->assign(expiration.strikes.size(), std::numeric_limits<double>::quiet_NaN());
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        auto& solution = right == market::Right::Call ? solved->callSolution : solved->putSolution;
        const auto done = solution.solve(right, solved->market.rate, solved->market.dividendYield,
                                         std::span(&solved->years, 1), parameters);
        if (!done)
            return tl::make_unexpected(done.error());
        if (networks)
            compare(*solved, *networks, right);
    }
    return std::shared_ptr<const SolvedExpiration>(std::move(solved));
}

pricing::GreeksColumns readSolved(const SolvedExpiration& solved, const market::Expiration& expiration,
                                  const pricing::ExpirationAnalytics& analytics, market::Right right)
{
    pricing::GreeksColumns out = unknownFigures(expiration.strikes.size());
    if (analytics.style != market::ExerciseStyle::American || !solved.isOf(expiration))
        return out;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const pricing::AmericanHestonValue value =
            valueAt(solved, right, analytics.market.spot, expiration.strikes[row]);
        out.price[row] = value.price;
        out.delta[row] = value.delta;
        out.gamma[row] = value.gamma;
        out.vega[row] = value.byV0 * vegaFactor(solved.parameters);
        out.theta[row] = value.theta;
    }
    return out;
}

NeuralSide priceByNetworks(const ChainFits& fits, const market::Expiration& expiration,
                           const pricing::ExpirationAnalytics& analytics, market::Right right)
{
    const std::size_t count = expiration.strikes.size();
    NeuralSide out{unknownFigures(count), std::vector<double>(count, std::numeric_limits<double>::quiet_NaN()),
                   std::vector<std::uint8_t>(count)};
    if (analytics.style != market::ExerciseStyle::American)
        return out;
    pricing::GreeksColumns& figures = out.figures;
    learning::NeuralHestonView view;
    view.price = figures.price;
    view.delta = figures.delta;
    view.gamma = figures.gamma;
    view.theta = figures.theta;
    view.rho = figures.rho;
    view.byV0 = figures.vega;
    view.bound = out.bounds;
    fits.networks->strip(right, analytics.market, analytics.years, *fits.american, expiration.strikes, view);
    for (double& vega : figures.vega)
        vega *= vegaFactor(*fits.american);
    if (!fits.solved || !fits.solved->isOf(expiration))
        return out;
    const pricing::GreeksColumns classical = readSolved(*fits.solved, expiration, analytics, right);
    for (std::size_t row = 0; row < count; ++row) {
        if (std::isfinite(figures.price[row]) || !std::isfinite(classical.price[row]))
            continue;
        figures.price[row] = classical.price[row];
        figures.delta[row] = classical.delta[row];
        figures.gamma[row] = classical.gamma[row];
        figures.vega[row] = classical.vega[row];
        figures.theta[row] = classical.theta[row];
        figures.rho[row] = classical.rho[row];
        out.isSolved[row] = 1;
    }
    return out;
}

double volatilityError(const std::vector<double>& residuals, const std::vector<double>& vegas)
{
    double squares = 0, count = 0;
    for (std::size_t i = 0; i < residuals.size(); ++i) {
        if (!std::isfinite(residuals[i]))
            continue;
        squares += (residuals[i] / vegas[i]) * (residuals[i] / vegas[i]);
        ++count;
    }
    return std::sqrt(squares / count);
}

learning::PricedSlice asTraded(const market::Expiration& expiration, const pricing::ExpirationAnalytics& analytics,
                               const pricing::SmileQuotes& quotes, std::vector<double>& vegas)
{
    learning::PricedSlice slice;
    slice.market = analytics.market;
    slice.years = analytics.years;
    std::size_t quote = 0;
    for (std::size_t row = 0; row < expiration.strikes.size() && quote < quotes.size(); ++row) {
        const double strike = expiration.strikes[row];
        if (std::log(strike / quotes.forward) != quotes.k[quote]) // it took no part
            continue;
        const market::Right right = strike >= quotes.forward ? market::Right::Call : market::Right::Put;
        const double price = expiration.side(right).quoteAt(row).mid();
        const double vega = pricing::blackScholes(right, slice.market, strike, slice.years, quotes.mid[quote]).vega;
        const double error = vega * quotes.error[quote];
        ++quote;
        if (!(price > 0) || !(error > 0))
            continue;
        slice.rights.push_back(right);
        slice.strikes.push_back(strike);
        slice.prices.push_back(price);
        slice.errors.push_back(error);
        vegas.push_back(vega);
    }
    return slice;
}

} // namespace vegadesk::desk

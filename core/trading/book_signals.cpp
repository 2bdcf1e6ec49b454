#include "trading/book_signals.h"

#include <cmath>

namespace vegadesk::trading
{

namespace
{

double betaOf(const Betas& betas, std::string_view underlying)
{
    const auto known = betas.find(underlying);
    return known == betas.end() ? market::unknown : known->second;
}

double betaDollars(const risk::GateState& account, const portfolio::Position& position, const Betas& betas)
{
    const auto instrument = account.instrument(position.symbol);
    if (!instrument)
        return market::unknown;
    return position.quantity.toDouble() * instrument->multiplier * instrument->delta * instrument->spot *
           betaOf(betas, position.underlying);
}

} // namespace

strategies::Signals bookSignals(const risk::GateState& account, std::string_view underlying,
                                std::span<const portfolio::Position> own, const Betas& betas)
{
    strategies::Signals signals;
    if (const double beta = betaOf(betas, underlying); std::isfinite(beta))
        signals["beta"] = beta;
    double dollars = 0;
    for (const portfolio::Position& position : account.positions)
        dollars += betaDollars(account, position, betas);
    for (const portfolio::Position& position : own)
        dollars -= betaDollars(account, position, betas);
    if (std::isfinite(dollars))
        signals["book_beta_dollars"] = dollars;
    return signals;
}

} // namespace vegadesk::trading

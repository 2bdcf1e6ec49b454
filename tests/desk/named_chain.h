#pragma once

#include "market/option_chain.h"
#include "market/symbols.h"

#include <cmath>

namespace chains
{

using namespace vegadesk;

/// With symbols, and strikes in whole thousandths as those can say.
inline market::OptionChain named(market::OptionChain chain)
{
    for (market::Expiration& expiration : chain.expirations)
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            expiration.strikes[row] = std::round(1000 * expiration.strikes[row]) / 1000;
            const base::Decimal strike = base::Decimal::fromDouble(expiration.strikes[row]).value();
            for (const market::Right right : {market::Right::Call, market::Right::Put})
                expiration.side(right).symbols[row] =
                    market::toOccSymbol({"XYZ", expiration.date, right, strike}).value();
        }
    return chain;
}

} // namespace chains

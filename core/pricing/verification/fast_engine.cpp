#include "pricing/implied_volatility.h"
#include "pricing/verification/engine.h"

#include <array>

namespace vegadesk::pricing::verification
{

namespace
{

base::Result<Answers> blackScholesAnswers(const Case& row)
{
    const Greeks greeks = blackScholes(row.right, row.market(), row["K"], row["T"], row["sigma"]);
    return Answers{{"price", greeks.price}, {"delta", greeks.delta}, {"gamma", greeks.gamma},
                   {"vega", greeks.vega},   {"theta", greeks.theta}, {"rho", greeks.rho}};
}

base::Result<Answers> impliedVolatilityAnswers(const Case& row)
{
    return Answers{{"sigma", impliedVolatility(row.right, row.market(), row["K"], row["T"], row["price"])}};
}

} // namespace

std::span<const Engine> fastEngines()
{
    static constexpr std::array all{Engine{"fast", "black_scholes", blackScholesAnswers},
                                    Engine{"fast", "implied_vol", impliedVolatilityAnswers}};
    return all;
}

} // namespace vegadesk::pricing::verification

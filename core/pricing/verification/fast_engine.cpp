#include "pricing/american/american.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/heston/heston.h"
#include "pricing/implied_volatility.h"
#include "pricing/jump/merton.h"
#include "pricing/verification/engine.h"

#include <array>

namespace vegadesk::pricing::verification
{

namespace
{

/// Of any kernel's value that has the first Greeks without vega by these names.
template<class Value>
Answers firstGreeks(const Value& value)
{
    return {{"price", value.price},
            {"delta", value.delta},
            {"gamma", value.gamma},
            {"theta", value.theta},
            {"rho", value.rho}};
}

base::Result<Answers> blackScholesAnswers(const Case& row)
{
    const Greeks greeks = blackScholes(row.right, row.market(), row["K"], row["T"], row["sigma"]);
    const HigherGreeks higher = higherGreeks(row.right, row.market(), row["K"], row["T"], row["sigma"]);
    Answers out = firstGreeks(greeks);
    out.insert({{"vega", greeks.vega},
                {"rho_q", higher.dividendRho},
                {"vanna", higher.vanna},
                {"volga", higher.volga},
                {"charm", higher.charm}});
    return out;
}

base::Result<Answers> impliedVolatilityAnswers(const Case& row)
{
    return Answers{{"sigma", impliedVolatility(row.right, row.market(), row["K"], row["T"], row["price"])}};
}

base::Result<Answers> mertonAnswers(const Case& row)
{
    const MertonValue value =
        merton(row.right, row.market(), row["K"], row["T"], {row["sigma"], row["lambda"], row["mu_j"], row["delta_j"]});
    Answers out = firstGreeks(value);
    out.emplace("vega", value.vega);
    return out;
}

base::Result<Answers> hestonAnswers(const Case& row)
{
    const HestonValue value = heston(row.right, row.market(), row["K"], row["T"],
                                     {row["v0"], row["kappa"], row["theta_v"], row["sigma_v"], row["rho_c"]});
    Answers out = firstGreeks(value);
    out.insert({{"dV_dv0", value.byV0},
                {"dV_dkappa", value.byKappa},
                {"dV_dtheta", value.byTheta},
                {"dV_dsigma", value.bySigma},
                {"dV_drho", value.byRho}});
    return out;
}

base::Result<Answers> americanAnswers(const Case& row)
{
    const Greeks greeks = american(row.right, row.market(), row["K"], row["T"], row["sigma"]);
    Answers out = firstGreeks(greeks);
    out.emplace("vega", greeks.vega);
    return out;
}

base::Result<Answers> dividendAnswers(const Case& row)
{
    std::vector<CashDividend> dividends;
    for (const auto& [years, amount] : row.dividends)
        dividends.push_back({years, amount});
    const auto price =
        row.style == market::ExerciseStyle::American ? americanPriceWithDividends : europeanPriceWithDividends;
    return Answers{{"price", price(row.right, row.market(), dividends, row["K"], row["T"], row["sigma"])}};
}

} // namespace

std::span<const Engine> fastEngines()
{
    static constexpr std::array all{Engine{"fast", "black_scholes", blackScholesAnswers},
                                    Engine{"fast", "implied_vol", impliedVolatilityAnswers},
                                    Engine{"fast", "merton", mertonAnswers},
                                    Engine{"fast", "heston", hestonAnswers},
                                    Engine{"fast", "american", americanAnswers},
                                    Engine{"fast", "dividend", dividendAnswers}};
    return all;
}

} // namespace vegadesk::pricing::verification

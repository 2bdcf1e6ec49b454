#include "pricing/reference/quantlib.h"
#include "pricing/verification/engine.h"

#include <array>

namespace vegadesk::pricing::verification
{

namespace
{

Answers toAnswers(const Greeks& greeks)
{
    return {{"price", greeks.price}, {"delta", greeks.delta}, {"gamma", greeks.gamma},
            {"vega", greeks.vega},   {"theta", greeks.theta}, {"rho", greeks.rho}};
}

base::Result<Answers> blackScholesAnswers(const Case& row)
{
    const auto greeks = reference::blackScholes(row.right, row.market(), row["K"], row["T"], row["sigma"]);
    const auto second = reference::blackScholesSecondOrder(row.right, row.market(), row["K"], row["T"], row["sigma"]);
    if (!greeks || !second)
        return tl::make_unexpected(greeks ? second.error() : greeks.error());
    Answers out = toAnswers(*greeks);
    out.insert(
        {{"rho_q", second->rhoYield}, {"vanna", second->vanna}, {"volga", second->volga}, {"charm", second->charm}});
    return out;
}

base::Result<Answers> impliedVolatilityAnswers(const Case& row)
{
    const double strike = row["K"];
    const double price = row["price"];
    double vol = 0;
    const auto done =
        reference::impliedVolatilityStrip(row.right, row.market(), row["T"], {&strike, 1}, {&price, 1}, {&vol, 1});
    return done ? base::Result<Answers>(Answers{{"sigma", vol}}) : tl::make_unexpected(done.error());
}

base::Result<Answers> mertonAnswers(const Case& row)
{
    return reference::merton(row.right, row.market(), row["K"], row["T"], row["sigma"],
                             {row["lambda"], row["mu_j"], row["delta_j"]})
        .map(toAnswers);
}

base::Result<Answers> hestonAnswers(const Case& row)
{
    const auto value = reference::heston(row.right, row.market(), row["K"], row["T"],
                                         {row["v0"], row["kappa"], row["theta_v"], row["sigma_v"], row["rho_c"]});
    if (!value)
        return tl::make_unexpected(value.error());
    Answers out = toAnswers(value->greeks);
    out.insert({{"dV_dv0", value->byV0},
                {"dV_dkappa", value->byKappa},
                {"dV_dtheta", value->byTheta},
                {"dV_dsigma", value->bySigma},
                {"dV_drho", value->byRho}});
    return out;
}

base::Result<Answers> americanAnswers(const Case& row)
{
    return reference::american(row.right, row.market(), row["K"], row["T"], row["sigma"]).map(toAnswers);
}

base::Result<Answers> dividendAnswers(const Case& row)
{
    std::vector<CashDividend> dividends;
    for (const auto& [years, amount] : row.dividends)
        dividends.push_back({years, amount});
    return reference::withDividends(row.right, row.style, row.market(), row["K"], row["T"], row["sigma"], dividends)
        .map(toAnswers);
}

} // namespace

std::span<const Engine> quantLibEngines()
{
    static constexpr std::array all{Engine{"quantlib", "black_scholes", blackScholesAnswers},
                                    Engine{"quantlib", "implied_vol", impliedVolatilityAnswers},
                                    Engine{"quantlib", "merton", mertonAnswers},
                                    Engine{"quantlib", "heston", hestonAnswers},
                                    Engine{"quantlib", "american", americanAnswers},
                                    Engine{"quantlib", "dividend", dividendAnswers}};
    return all;
}

} // namespace vegadesk::pricing::verification

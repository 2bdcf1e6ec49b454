#include "pricing/verification/scales.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace vegadesk::pricing::verification
{

namespace
{

double greekScale(std::string_view column, const Case& row, double deviation)
{
    const double spot = row["S"];
    const double years = row["T"];
    const double rate = std::abs(row["r"]);
    const double yield = std::abs(row.numberOr("q", 0));
    const double root = std::sqrt(years);
    const MarketPoint market = row.market();
    if (column == "delta")
        return std::max(1.0, std::exp(-market.dividendYield * years));
    if (column == "gamma")
        return 0.4 / (spot * deviation);
    if (column == "vega")
        return 0.4 * spot * root;
    if (column == "theta")
        return spot * (0.2 * deviation / years + rate + yield);
    if (column == "rho")
        return row["K"] * years * std::exp(-market.rate * years);
    if (column == "rho_q")
        return spot * years * std::exp(-market.dividendYield * years);
    if (column == "vanna")
        return (0.25 / deviation + 0.4) * root;
    if (column == "volga")
        return (0.3 + 0.25 * deviation) * spot * years / deviation;
    if (column == "charm")
        return yield + 0.4 * std::abs(market.rate - market.dividendYield) / deviation +
               (0.13 + 0.2 * deviation) / years;
    throw std::out_of_range("no scale for " + std::string(column));
}

} // namespace

double blackScholesScale(std::string_view column, const Case& row)
{
    return greekScale(column, row, row["sigma"] * std::sqrt(row["T"]));
}

double mertonScale(std::string_view column, const Case& row)
{
    const double variance =
        row["sigma"] * row["sigma"] + row["lambda"] * (row["mu_j"] * row["mu_j"] + row["delta_j"] * row["delta_j"]);
    return greekScale(column, row, std::sqrt(variance * row["T"]));
}

double hestonScale(std::string_view column, const Case& row)
{
    const double spot = row["S"];
    const double years = row["T"];
    const double kappa = row["kappa"];
    const double weight = kappa > 0 ? -std::expm1(-kappa * years) / kappa : years;
    const double deviation = std::sqrt(row["theta_v"] * years + (row["v0"] - row["theta_v"]) * weight);
    if (column == "dV_dv0")
        return 0.2 * spot * weight / deviation;
    if (column == "dV_dtheta")
        return 0.2 * spot * (years - weight) / deviation;
    if (column == "dV_dkappa")
        return 0.2 * spot * deviation * years / (1 + kappa * years);
    if (column == "dV_dsigma")
        return 0.2 * spot * deviation * weight;
    if (column == "dV_drho")
        return 0.2 * spot * deviation * std::min(1.0, row["sigma_v"] * weight);
    return greekScale(column, row, deviation);
}

} // namespace vegadesk::pricing::verification

#include "pricing/calibration/quotes.h"

#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::pricing::calibration
{

namespace
{

constexpr double mostVol = 100; // squares of errors beyond add up to nothing of use

base::Result<void> checkSlice(const Slice& slice, std::size_t index)
{
    const auto field = [&](std::string_view what) { return fmt::format("{} of slice {}", what, index); };
    if (slice.strikes.empty())
        return base::badInput(field("strikes"), "none", "one at least");
    if (slice.vols.size() != slice.strikes.size())
        return base::badInput(field("volatilities"), fmt::format("{}", slice.vols.size()),
                              fmt::format("as many as strikes, {}", slice.strikes.size()));
    if (!slice.weights.empty() && slice.weights.size() != slice.strikes.size())
        return base::badInput(field("weights"), fmt::format("{}", slice.weights.size()),
                              fmt::format("none, or as many as strikes, {}", slice.strikes.size()));
    if (!std::isfinite(slice.years) || slice.years <= 0)
        return base::badInput(field("years"), fmt::format("{}", slice.years), "a positive number of years");
    for (std::size_t i = 0; i < slice.strikes.size(); ++i) {
        if (const auto checked = checkInputs(slice.market, slice.strikes[i], slice.years, slice.vols[i]); !checked)
            return base::badInput(field(checked.error().field), checked.error().value, checked.error().allowed);
        if (slice.vols[i] <= 0 || slice.vols[i] > mostVol)
            return base::badInput(field("volatility"), fmt::format("{}", slice.vols[i]),
                                  fmt::format("above 0, up to {}; 0.2 is 20 %", mostVol));
        if (!slice.weights.empty() && !(std::isfinite(slice.weights[i]) && slice.weights[i] >= 0))
            return base::badInput(field("weight"), fmt::format("{}", slice.weights[i]), "zero or a positive number");
    }
    return {};
}

double forwardOf(const Slice& slice)
{
    return slice.market.spot * std::exp((slice.market.rate - slice.market.dividendYield) * slice.years);
}

double volNearTheMoney(const Slice& slice)
{
    const double forward = forwardOf(slice);
    const auto distance = [&](double strike) { return std::abs(std::log(strike / forward)); };
    const auto nearest = std::min_element(slice.strikes.begin(), slice.strikes.end(),
                                          [&](double a, double b) { return distance(a) < distance(b); });
    return slice.vols[static_cast<std::size_t>(nearest - slice.strikes.begin())];
}

Wing wingOf(const Slice& slice, Right right, std::size_t firstRow)
{
    Wing wing;
    wing.right = right;
    wing.market = slice.market;
    wing.years = slice.years;
    const double forward = forwardOf(slice);
    for (std::size_t i = 0; i < slice.strikes.size(); ++i) {
        if ((slice.strikes[i] >= forward) != (right == Right::Call))
            continue;
        wing.strikes.push_back(slice.strikes[i]);
        wing.vols.push_back(slice.vols[i]);
        wing.weights.push_back(slice.weights.empty() ? 1 : slice.weights[i]);
        wing.rows.push_back(firstRow + i);
    }
    wing.prices.resize(wing.strikes.size());
    wing.vegas.resize(wing.strikes.size());
    GreeksView view;
    view.price = wing.prices;
    view.vega = wing.vegas;
    blackScholesStrip(right, wing.market, wing.years, wing.strikes, wing.vols, view);
    return wing;
}

} // namespace

base::Result<Quotes> Quotes::make(std::span<const Slice> slices)
{
    if (slices.empty())
        return base::badInput("slices", "none", "one at least");
    Quotes out;
    const Slice* first = &slices.front();
    const Slice* last = &slices.front();
    std::size_t longest = 0;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const Slice& slice = slices[i];
        if (const auto checked = checkSlice(slice, i); !checked)
            return tl::make_unexpected(checked.error());
        for (const Right right : {Right::Put, Right::Call}) {
            Wing wing = wingOf(slice, right, out.m_count);
            longest = std::max(longest, wing.strikes.size());
            if (!wing.strikes.empty())
                out.m_wings.push_back(std::move(wing));
        }
        out.m_count += slice.strikes.size();
        first = slice.years < first->years ? &slice : first;
        last = slice.years > last->years ? &slice : last;
    }
    out.m_nearVol = volNearTheMoney(*first);
    out.m_farVol = volNearTheMoney(*last);
    for (auto* column : {&out.m_price, &out.m_vol, &out.m_vega})
        column->resize(longest);
    for (auto& column : out.m_derivative)
        column.resize(longest);
    return out;
}

std::size_t Quotes::weightedCount() const
{
    std::size_t count = 0;
    for (const Wing& wing : m_wings)
        count += static_cast<std::size_t>(std::ranges::count_if(wing.weights, [](double each) { return each > 0; }));
    return count;
}

bool Quotes::toResiduals(const Wing& wing, std::size_t parameterCount, Residuals& residuals, Jacobian& jacobian)
{
    const std::size_t size = wing.strikes.size();
    const auto prices = price(wing);
    const auto vols = std::span(m_vol).first(size);
    const auto vegas = std::span(m_vega).first(size);
    impliedVolatilityStrip(wing.right, wing.market, wing.years, wing.strikes, prices, vols);
    GreeksView view;
    view.vega = vegas;
    blackScholesStrip(wing.right, wing.market, wing.years, wing.strikes, vols, view);
    for (std::size_t i = 0; i < size; ++i) {
        if (std::isnan(prices[i]))
            return false;
        // A price at the lower bound has volatility 0, the limit of those near it; at the upper bound it has none, and
        // its own error counts, in the quote's vega.
        const bool hasVol = vegas[i] > 1e-200;
        const bool isNothing = !hasVol && prices[i] <= wing.prices[i];
        const double vega = hasVol ? vegas[i] : isNothing ? std::numeric_limits<double>::infinity() : wing.vegas[i];
        const double error = hasVol      ? vols[i] - wing.vols[i]
                             : isNothing ? -wing.vols[i]
                                         : (prices[i] - wing.prices[i]) / vega;
        const auto row = static_cast<Eigen::Index>(wing.rows[i]);
        residuals[row] = wing.weights[i] * error;
        for (std::size_t k = 0; k < parameterCount; ++k)
            jacobian(row, static_cast<Eigen::Index>(k)) = wing.weights[i] * m_derivative[k][i] / vega;
    }
    return true;
}

} // namespace vegadesk::pricing::calibration

#include "pricing/surface/variance_index.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::pricing
{

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool hasBid(const market::OptionColumns& side, std::size_t row)
{
    return side.bid[row] > 0 && side.ask[row] >= side.bid[row];
}

/// What each strike puts into the sum; NaN where nothing.
std::vector<double> takenMids(const market::Expiration& expiration, std::size_t centre)
{
    const std::size_t count = expiration.strikes.size();
    std::vector<double> mids(count, none);
    mids[centre] = 0.5 * (expiration.calls.quoteAt(centre).mid() + expiration.puts.quoteAt(centre).mid());
    const auto walk = [&](const market::OptionColumns& side, auto next) {
        int without = 0;
        for (std::size_t row = next(centre); row < count && without < 2; row = next(row)) {
            without = hasBid(side, row) ? 0 : without + 1;
            if (without == 0)
                mids[row] = side.quoteAt(row).mid();
        }
    };
    // Below row 0 the index wraps around and ends the walk.
    walk(expiration.puts, [](std::size_t row) { return row - 1; });
    walk(expiration.calls, [](std::size_t row) { return row + 1; });
    return mids;
}

} // namespace

base::Result<ModelFreeVariance> modelFreeVariance(const market::Expiration& expiration, double years, double rate)
{
    if (!(years > 0) || !std::isfinite(years))
        return base::badInput("years", fmt::format("{}", years), "a positive number");
    const std::vector<double>& strikes = expiration.strikes;
    const double growth = std::exp(rate * years);
    double least = std::numeric_limits<double>::infinity();
    ModelFreeVariance out;
    out.years = years;
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        const double difference = expiration.calls.quoteAt(row).mid() - expiration.puts.quoteAt(row).mid();
        if (std::abs(difference) < least) {
            least = std::abs(difference);
            out.forward = strikes[row] + growth * difference;
        }
    }
    if (!(out.forward > 0))
        return base::badInput("quotes", "no pair", "a strike whose call and put both have a mid");
    std::size_t centre = strikes.size();
    for (std::size_t row = 0; row < strikes.size() && strikes[row] <= out.forward; ++row)
        centre = row;
    if (centre == strikes.size())
        return base::badInput("strikes", "none", fmt::format("one at or below the forward {}", out.forward));
    out.centreStrike = strikes[centre];

    const std::vector<double> mids = takenMids(expiration, centre);
    std::vector<std::size_t> taken;
    for (std::size_t row = 0; row < mids.size(); ++row) {
        if (mids[row] > 0)
            taken.push_back(row);
    }
    if (taken.size() < 2)
        return base::badInput("quotes", fmt::format("{}", taken.size()), "two or more options with a bid");
    double sum = 0;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        const std::size_t before = taken[i == 0 ? i : i - 1], after = taken[i + 1 == taken.size() ? i : i + 1];
        const bool isEnd = i == 0 || i + 1 == taken.size();
        const double width = (strikes[after] - strikes[before]) / (isEnd ? 1 : 2);
        const double strike = strikes[taken[i]];
        sum += width / (strike * strike) * growth * mids[taken[i]];
    }
    const double offset = out.forward / out.centreStrike - 1;
    out.variance = (2 * sum - offset * offset) / years;
    out.options = taken.size() + 1; // a call and a put at the centre
    return out;
}

base::Result<double> varianceIndex(const ModelFreeVariance& near, const ModelFreeVariance& next, double targetYears)
{
    if (!(near.years > 0) || !(next.years > near.years))
        return base::badInput("years", fmt::format("{}, {}", near.years, next.years), "two that ascend from above 0");
    if (!(targetYears > 0))
        return base::badInput("target years", fmt::format("{}", targetYears), "a positive number");
    const double share = (targetYears - near.years) / (next.years - near.years);
    const double total = (1 - share) * near.years * near.variance + share * next.years * next.variance;
    if (!(total >= 0))
        return base::badInput("total variance", fmt::format("{}", total), "0 or more");
    return 100 * std::sqrt(total / targetYears);
}

} // namespace vegadesk::pricing

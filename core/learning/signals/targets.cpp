#include "learning/signals/targets.h"

#include "pricing/normal_distribution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr std::size_t skewYear = 252;
constexpr double unusualSkew = 0.5;         // in normal deviations of a year's skews, from their median
constexpr double normalDeviations = 1.4826; // a normal's deviation over its median absolute one

constexpr std::array infos{
    TargetInfo{Target::VolatilityBeatsImplied, "volatility_beats_implied", "Realised above implied volatility",
               "Is the volatility realised over the 21 trading days after the close of t (root of the mean squared log "
               "return, 252 a year) above the implied volatility of 30 days at that close?"},
    TargetInfo{Target::PremiumPays, "premium_pays", "Selling premium pays in this regime",
               "Would a straddle at the money, sold at the close of t at the implied volatility of then and held 21 "
               "trading days without a hedge, have kept something after costs of 5 % of its credit? Asked only on days "
               "whose regime was known at the close of t-1, and judged for each regime."},
    TargetInfo{Target::SkewReverts, "skew_reverts", "An unusual skew reverts",
               "Is the skew's distance at the close of t from its median of the 252 days until then at least halved 21 "
               "trading days later? Asked only where that distance is more than half a robust deviation. Needs chains: "
               "volatility indices know no skew."},
};

double realisedAfter(std::span<const HistoryDay> days, std::size_t entry)
{
    double sum = 0;
    for (std::size_t at = entry + 1; at <= entry + horizonDays; ++at) {
        const double step = std::log(days[at].close / days[at - 1].close);
        sum += step * step;
    }
    return std::sqrt(sum * tradingDaysPerYear / static_cast<double>(horizonDays));
}

double medianOf(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

std::optional<bool> skewReverts(std::span<const HistoryDay> days, std::size_t entry)
{
    const double later = days[entry + horizonDays].skew;
    if (std::isnan(later) || std::isnan(days[entry].skew) || entry + 1 < skewYear)
        return std::nullopt;
    std::vector<double> past;
    for (const HistoryDay& day : days.subspan(entry + 1 - skewYear, skewYear))
        if (!std::isnan(day.skew))
            past.push_back(day.skew);
    if (past.size() < skewYear / 2)
        return std::nullopt;
    const double middle = medianOf(past);
    for (double& value : past)
        value = std::abs(value - middle);
    const double usual = normalDeviations * medianOf(past);
    const double distance = std::abs(days[entry].skew - middle);
    if (!(usual > 0 && distance > unusualSkew * usual))
        return std::nullopt;
    return std::abs(later - middle) <= distance / 2;
}

} // namespace

std::span<const TargetInfo> targets()
{
    return infos;
}

const TargetInfo& infoOf(Target target)
{
    return infos[static_cast<std::size_t>(target)];
}

base::Result<Target> targetNamed(std::string_view name)
{
    std::string known;
    for (const TargetInfo& info : infos) {
        if (info.name == name)
            return info.target;
        known += (known.empty() ? "" : ", ") + std::string(info.name);
    }
    return base::badInput("target", name, known);
}

double straddleCredit(double volatility, std::size_t tradingDays)
{
    const double years = static_cast<double>(tradingDays) / tradingDaysPerYear;
    return 2 * (2 * pricing::normalCdf(volatility * std::sqrt(years) / 2) - 1);
}

std::optional<bool> answerOf(Target target, std::span<const HistoryDay> days, std::size_t known,
                             const risk::RegimeDay& regime)
{
    const std::size_t entry = known + 1, end = known + labelDays;
    if (end >= days.size())
        return std::nullopt;
    if (target == Target::SkewReverts)
        return skewReverts(days, entry);
    const double implied = days[entry].implied;
    if (std::isnan(implied))
        return std::nullopt;
    if (target == Target::VolatilityBeatsImplied)
        return realisedAfter(days, entry) > implied;
    if (!regime.regime)
        return std::nullopt;
    const double move = std::abs(days[end].close / days[entry].close - 1);
    return straddleCredit(implied, horizonDays) * (1 - straddleCost) > move;
}

} // namespace vegadesk::learning::market_signals

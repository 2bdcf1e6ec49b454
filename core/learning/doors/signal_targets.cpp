#include "learning/doors/signal_targets.h"

#include <array>
#include <string>

namespace vegadesk::learning::market_signals
{

namespace
{

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

} // namespace vegadesk::learning::market_signals

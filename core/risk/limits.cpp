#include "risk/limits.h"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::risk
{

namespace
{

/// Rows of the table "Limits: definitions and profiles".
constexpr Limits low{.largestPosition = 0.10, .dailyLossNoNewRisk = 0.01, .dailyLossStop = 0.02, .leverage = 1.0};
constexpr Limits moderate{.largestPosition = 0.25, .dailyLossNoNewRisk = 0.025, .dailyLossStop = 0.05, .leverage = 2.0};
constexpr Limits high{.largestPosition = 0.25, .dailyLossNoNewRisk = 0.04, .dailyLossStop = 0.05, .leverage = 2.0};

} // namespace

Limits limitsFor(Tolerance tolerance)
{
    switch (tolerance) {
    case Tolerance::Low:
        return low;
    case Tolerance::Moderate:
        return moderate;
    case Tolerance::High:
        return high;
    }
    return low;
}

base::Result<Limits> checked(const Limits& limits)
{
    struct Rule {
        const char* field;
        double value;
        double cap;
    };
    const std::array rules{
        Rule{"largest position", limits.largestPosition, hardPositionCap},
        Rule{"daily loss, stop", limits.dailyLossStop, hardDailyLossCap},
        Rule{"daily loss, no new risk", limits.dailyLossNoNewRisk, limits.dailyLossStop},
        Rule{"leverage", limits.leverage, hardLeverageCap},
    };
    for (const Rule& rule : rules) {
        if (!(rule.value > 0 && rule.value <= rule.cap)) // NaN fails too
            return base::badInput(rule.field, fmt::format("{:g}", rule.value),
                                  fmt::format("more than 0 and at most {:g}", rule.cap));
    }
    return limits;
}

std::string_view toText(Tolerance tolerance)
{
    switch (tolerance) {
    case Tolerance::Low:
        return "low";
    case Tolerance::Moderate:
        return "moderate";
    case Tolerance::High:
        return "high";
    }
    return {};
}

} // namespace vegadesk::risk

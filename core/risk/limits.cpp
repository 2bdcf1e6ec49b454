#include "risk/limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <type_traits>
#include <utility>

namespace vegadesk::risk
{

namespace
{

/// Rows of the table "Limits: definitions and profiles".
constexpr Limits low{.largestPosition = 0.10,
                     .dailyLossNoNewRisk = 0.01,
                     .dailyLossStop = 0.02,
                     .leverage = 1.0,
                     .strategyPositions = 8,
                     .tradeLoss = 0.01,
                     .buyingPowerUsed = 0.25,
                     .stress = 0.05,
                     .valueAtRisk = 0.01,
                     .creditStopLoss = 1.5,
                     .size = {1, 0.6, 0.25},
                     .refusesLegStates = true};
constexpr Limits moderate{};
constexpr Limits high{.largestPosition = 0.25,
                      .dailyLossNoNewRisk = 0.04,
                      .dailyLossStop = 0.05,
                      .leverage = 2.0,
                      .strategyPositions = 30,
                      .tradeLoss = 0.04,
                      .buyingPowerUsed = 0.60,
                      .stress = 0.20,
                      .valueAtRisk = 0.04,
                      .creditStopLoss = 3,
                      .size = {1, 0.9, 0.6}};

constexpr double mostPositions = 1000, mostCreditMultiple = 100; // more would be a slip of the finger

/// A field that is one member of the limits.
template<auto member>
constexpr LimitField field(std::string_view id, std::string_view name, double cap, bool isHardCap,
                           std::string_view below = {})
{
    using Number = std::remove_cvref_t<decltype(std::declval<Limits>().*member)>;
    return {id,
            name,
            cap,
            isHardCap,
            [](const Limits& limits) { return static_cast<double>(limits.*member); },
            [](Limits& limits, double value) {
                if constexpr (std::is_integral_v<Number>)
                    // Any other value would not be a number of that type; checked() refuses it as one of the ends.
                    limits.*member = static_cast<Number>(value >= 0 ? std::min(std::round(value), 1e9) : 0);
                else
                    limits.*member = value;
            },
            below};
}

/// The same for a size multiplier.
template<auto member>
constexpr LimitField sizeField(std::string_view id, std::string_view name, std::string_view below = {})
{
    return {id,
            name,
            1,
            false,
            [](const Limits& limits) { return limits.size.*member; },
            [](Limits& limits, double value) { limits.size.*member = value; },
            below};
}

constexpr std::array fields{
    field<&Limits::largestPosition>("position", "largest position", hardPositionCap, true),
    field<&Limits::dailyLossNoNewRisk>("daily-loss-no-new-risk", "daily loss, no new risk", hardDailyLossCap, true,
                                       "daily-loss-stop"),
    field<&Limits::dailyLossStop>("daily-loss-stop", "daily loss, stop", hardDailyLossCap, true),
    field<&Limits::leverage>("leverage", "leverage", hardLeverageCap, true),
    field<&Limits::strategyPositions>("strategy-positions", "strategy positions", mostPositions, false),
    field<&Limits::tradeLoss>("trade-loss", "loss of one trade", hardTradeLossCap, true),
    field<&Limits::buyingPowerUsed>("buying-power-used", "buying power used", hardBuyingPowerCap, true),
    field<&Limits::stress>("stress", "stress", 1, false),
    field<&Limits::valueAtRisk>("value-at-risk", "value at risk", 1, false),
    field<&Limits::creditStopLoss>("credit-stop-loss", "stop loss of a credit", mostCreditMultiple, false),
    sizeField<&SizeMultipliers::calm>("size-calm", "size when calm"),
    sizeField<&SizeMultipliers::normal>("size-normal", "size when normal", "size-calm"),
    sizeField<&SizeMultipliers::stressed>("size-stressed", "size when stressed", "size-normal"),
};

} // namespace

double LimitField::most(const Limits& limits) const
{
    const auto other = std::ranges::find(fields, below, &LimitField::id);
    return other == fields.end() ? cap : std::min(cap, other->value(limits));
}

bool LimitField::allows(const Limits& limits) const
{
    const double own = value(limits);
    return own > 0 && own <= most(limits);
}

std::span<const LimitField> limitFields()
{
    return fields;
}

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
    for (const LimitField& field : fields) {
        if (!field.allows(limits))
            return base::badInput(field.name, fmt::format("{:g}", field.value(limits)),
                                  fmt::format("more than 0 and at most {:g}", field.most(limits)));
    }
    struct Rule {
        const char* field;
        double value;
    };
    const OrderCaps& orders = limits.orders;
    const std::array rules{
        Rule{"contracts of a leg", static_cast<double>(orders.contractsPerLeg)},
        Rule{"multiple of the quoted size", orders.quotedSize},
        Rule{"notional of an order", orders.orderNotional},
        Rule{"notional of a day", orders.dayNotional},
        Rule{"orders a day", static_cast<double>(orders.ordersPerDay)},
        Rule{"working orders", static_cast<double>(orders.workingOrders)},
        Rule{"replacements of an order", static_cast<double>(orders.replacementsPerOrder)},
    };
    for (const Rule& rule : rules) {
        if (!(rule.value > 0 && std::isfinite(rule.value)))
            return base::badInput(rule.field, fmt::format("{:g}", rule.value), "more than 0");
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

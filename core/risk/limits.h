#pragma once

#include "base/error.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace vegadesk::risk
{

enum class Tolerance : std::uint8_t { Low, Moderate, High };

/// Caps that no profile may exceed, as fractions of net liquidation (leverage as a multiple).
inline constexpr double hardPositionCap = 0.25;
inline constexpr double hardDailyLossCap = 0.05;
inline constexpr double hardLeverageCap = 2.0;
inline constexpr double hardTradeLossCap = 0.25;
inline constexpr double hardBuyingPowerCap = 1.0;

/// What a position's size is multiplied by in each regime; 0 to 1.
struct SizeMultipliers {
    double calm = 1, normal = 0.75, stressed = 0.4;

    friend bool operator==(const SizeMultipliers&, const SizeMultipliers&) = default;
};

/// What no order and no day of ours comes near: beyond it somebody's finger or program went wrong. The same in every profile.
struct OrderCaps {
    int contractsPerLeg = 1000;    ///< of options
    double quotedSize = 10;        ///< contracts opened in a leg, as a multiple of those quoted at its touch
    double orderNotional = 3;      ///< what the legs trade for without sign, as a multiple of net liquidation
    double dayNotional = 20;       ///< likewise of everything traded and working in one underlying on a New York date
    int ordersPerDay = 1000;       ///< in the account
    int workingOrders = 50;        ///< in the account
    int replacementsPerOrder = 50; ///< of one order and those that took its place

    friend bool operator==(const OrderCaps&, const OrderCaps&) = default;
};

/// Limits in force. Fractions of net liquidation: 0.25 is 25 %. Moderate is the default. Table: design, "Limits: definitions
/// and profiles".
struct Limits {
    double largestPosition = 0.25;     ///< (0, 0.25]
    double dailyLossNoNewRisk = 0.025; ///< (0, dailyLossStop]
    double dailyLossStop = 0.05;       ///< (0, 0.05]
    double leverage = 2.0;             ///< (0, 2]
    int strategyPositions = 16;        ///< at once; 1 or more
    double tradeLoss = 0.02;           ///< of one trade in options, and the budget a strategy sizes one by; (0, 0.25]
    double buyingPowerUsed = 0.5;      ///< (0, 1]
    double stress = 0.10;              ///< every underlying 15 % lower with volatilities half as high again; (0, 1]
    double valueAtRisk = 0.02;         ///< of one day, at 95 %; (0, 1]
    double creditStopLoss = 2;         ///< of a credit trade, as a multiple of the credit; above 0
    SizeMultipliers size = {};
    /// Refuse an order where a single one of its legs would break a limit. Brokers fill a spread whole or not at all, so
    /// elsewhere that is said and no reason.
    bool refusesLegStates = false;
    OrderCaps orders = {};

    friend bool operator==(const Limits&, const Limits&) = default;
};

/// A figure of a profile that the user may change: above 0, and at most `cap` and the figure `below`.
struct LimitField {
    std::string_view id;   ///< in the settings and the window
    std::string_view name; ///< in errors
    double cap;            ///< what no profile may exceed, or the most that still makes sense
    bool isHardCap;        ///< the former
    double (*value)(const Limits&);
    void (*set)(Limits&, double); ///< a count is rounded
    std::string_view below{};     ///< id of a figure that it must not exceed; empty: none

    double most(const Limits& limits) const;
    /// NaN is not.
    bool allows(const Limits& limits) const;
};
/// The table "Limits: definitions and profiles", row by row.
std::span<const LimitField> limitFields();

Limits limitsFor(Tolerance tolerance);
/// Refuses anything above the hard caps or outside its range, by field.
base::Result<Limits> checked(const Limits& limits);
std::string_view toText(Tolerance tolerance);

} // namespace vegadesk::risk

#pragma once

#include "calibrate_fit.h"

#include <QJsonArray>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::cli
{

/// What a surface is asked beside its own figures.
struct OutlookRequest {
    std::vector<double> strikes;                     ///< each: of ending above and below, and of being touched
    std::optional<std::pair<double, double>> profit; ///< break-evens between which a position gains

    bool isEmpty() const { return strikes.empty() && !profit; }
};

/// How far each expiry of a fitted surface expects the price to go, and how likely what was asked for is: what the market
/// charges for, not what it foresees. See pricing/surface/distribution.h.
std::string outlookText(const CalibrationReport& report, const OutlookRequest& request);
/// One object an expiry, in the report's order.
QJsonArray outlookJson(const CalibrationReport& report, const OutlookRequest& request);

} // namespace vegadesk::cli

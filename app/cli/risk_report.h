#pragma once

#include "history_days.h"
#include "risk_input.h"

#include "risk/limits.h"

#include <string>
#include <vector>

namespace vegadesk::cli
{

/// A figure beside the profile's limit; fractions of net liquidation, leverage a multiple.
struct RiskLimit {
    std::string id; ///< "leverage", as desk::Gauge
    double value = market::unknown, limit = market::unknown;
};

/// What the window would show of the same book: its views, made by its code.
struct RiskReport {
    std::string source;
    base::Instant at{};
    double netLiquidation = market::unknown;
    risk::Tolerance tolerance = risk::Tolerance::Moderate;
    desk::ExposureView exposure;
    desk::StressView stress;
    desk::ValueAtRiskView valueAtRisk;
    std::vector<RiskLimit> limits;
    std::vector<HistoryDays> history; ///< by symbol
    std::vector<std::string> warnings;
};

RiskReport riskReportOf(const RiskInput& input, const desk::ClosesBySymbol& closes, risk::Tolerance tolerance);

std::string toText(const RiskReport& report);
std::string toJsonText(const RiskReport& report);

} // namespace vegadesk::cli

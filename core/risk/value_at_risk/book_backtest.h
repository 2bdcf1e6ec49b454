#pragma once

#include "risk/value_at_risk/value_at_risk.h"
#include "risk/value_at_risk/var_backtest.h"

#include <optional>
#include <stop_token>

namespace vegadesk::risk
{

struct BookBacktestSettings {
    VarSettings var;             ///< its days are what each forecast looks back on; horizon 1
    std::size_t testDays = 500;  ///< the latest that many are forecast, fewer where the history is shorter
    std::size_t warmUp = 250;    ///< days before the first forecast, at least leastHistory
    std::size_t paths = 1000;    ///< of the Monte Carlo each day, 200 or more: var.paths would take minutes
    std::size_t refitEvery = 21; ///< days, of VolatilityFilter::Garch
};
/// With fewer days to forecast nothing is tested.
inline constexpr std::size_t leastTestDays = 20;

/// One method's forecasts and what the tests say of them.
struct MethodBacktest {
    VarMethod method = VarMethod::DeltaNormal;
    std::vector<double> valuesAtRisk, expectedShortfalls; ///< by day
    std::vector<std::uint8_t> hits;                       ///< 1 where the loss was larger than the value at risk
    std::size_t hitCount = 0;
    LikelihoodRatio kupiec;
    Christoffersen christoffersen;
    TrafficLights lights;
    std::optional<AcerbiSzekely> shortfall; ///< none where some day's shortfall was no loss
};

struct BookBacktest {
    BookBacktestSettings settings;
    std::vector<base::Date> dates;
    std::vector<double> profits;         ///< of today's book by each day's moves, full revaluation
    std::vector<MethodBacktest> methods; ///< in the order of varMethods; without those refused
    std::vector<RefusedMethod> refused;
    std::vector<UnknownPosition> unknown; ///< in none of the figures
    std::vector<base::Sentence> warnings;

    const MethodBacktest* find(VarMethod method) const;
};

/// Would the forecasts for today's book have been right? Each day's are made from the days before it alone: shortening the history
/// at its end changes no earlier digit.
///
/// Methods  as valueAtRisk(), but that filtered historical and Monte Carlo read the book from ProfitSurface, the latter with
///          settings.paths.
/// Errors   as valueAtRisk(); BadInput for a setting out of range or a history of fewer than warmUp + leastTestDays days;
///          Cancelled within a day's work after `stop`.
base::Result<BookBacktest> backtestBook(const RiskBook& book, const FactorHistory& history,
                                        const BookBacktestSettings& settings = {}, const std::stop_token& stop = {});

} // namespace vegadesk::risk

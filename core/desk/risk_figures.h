#pragma once

#include "desk/risk_picture.h"
#include "desk/risk_views.h"
#include "portfolio/attribution.h"
#include "portfolio/greek_table.h"
#include "risk/regimes/regimes.h"
#include "risk/stress/stress_grid.h"
#include "risk/value_at_risk/book_backtest.h"
#include "risk/value_at_risk/value_at_risk.h"

/// What the window shows of risk, from what the core worked out. No state, any thread.
namespace vegadesk::desk
{

StressView stressView(const risk::StressGrid& grid, const risk::RiskBook& book);

ValueAtRiskView valueAtRiskView(const risk::VarReport& report, const risk::RiskBook& book,
                                const risk::FactorHistory& history);
/// One a method.
std::vector<RiskBacktestView> backtestViews(const risk::BookBacktest& backtest);

/// `closes` is as long as the filter's days.
RegimeView regimeView(const risk::RegimeFilter& filter, const std::vector<double>& closes);

AttributionView attributionView(const portfolio::Attribution& attribution);

/// Greeks by underlying and expiration with margins; without hedges.
ExposureView exposureView(const RiskPicture& picture, const portfolio::BetaReference& reference);

} // namespace vegadesk::desk

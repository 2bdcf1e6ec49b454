#pragma once

#include "backtest/engine_runs.h"
#include "backtest/scripted_source.h"
#include "market/calendar.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace vegadesk::tests
{

/// A condor of one dollar's width, sold at 30 deltas, that stays until it expires, whatever dividend its calls owe.
inline backtest::Config condor(double capital)
{
    backtest::Config config = configFor("iron_condor", {{"wings", "width"},
                                                        {"ex_dividend", "hold"},
                                                        {"wing_width", "1"},
                                                        {"short_delta", "0.3"},
                                                        {"min_credit", "0.05"},
                                                        {"exit_days", "0"},
                                                        {"price_room", "0"},
                                                        {"loss_multiple", "10"},
                                                        {"profit_target", "1"}});
    config.tolerance = risk::Tolerance::High;
    config.capital = capital;
    config.withSensitivity = false;
    config.fills.slippage = 0;
    return config;
}

/// One a trading day, from that of TestMarket on.
inline std::vector<TestMarket> days(const std::vector<double>& spots)
{
    std::vector<TestMarket> markets;
    TestMarket market;
    market.halfSpread = 0.01;
    market.strikeStep = 1;
    market.firstStrike = 470;
    market.lastStrike = 580;
    for (const double spot : spots) {
        market.spot = spot;
        markets.push_back(market);
        market.today = market::nextTradingDay(market.today);
    }
    return markets;
}

inline std::size_t countOf(const backtest::Report& report, std::string_view kind)
{
    return static_cast<std::size_t>(std::ranges::count(report.decisions, kind, &backtest::Decision::kind));
}

} // namespace vegadesk::tests

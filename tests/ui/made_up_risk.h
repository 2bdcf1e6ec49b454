#pragma once

#include "desk/risk_views.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <memory>

/// The risk of a made-up book: an iron condor's puts and shares in SPY, a covered call in AAPL. The figures fit each other where a
/// panel adds them up.
namespace vegadesk::test
{

inline constexpr base::Instant riskTime =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 27) + std::chrono::hours(15);

inline desk::StressView someStress()
{
    desk::StressView view;
    view.spotMoves = {-0.30, -0.20, -0.15, -0.10, -0.05, -0.03, 0, 0.03, 0.05, 0.10, 0.15, 0.20, 0.25};
    view.volatilityMoves = {-0.5, -0.25, 0, 0.25, 0.5, 1.0};
    view.days = {0, 1, 5, 21};
    // Long shares, short gamma and vega, and time that pays: nothing without a move today.
    for (std::size_t day = 0; day < view.days.size(); ++day)
        for (std::size_t volatility = 0; volatility < view.volatilityMoves.size(); ++volatility)
            for (std::size_t spot = 0; spot < view.spotMoves.size(); ++spot) {
                const double move = view.spotMoves[spot];
                const double profit = 21'000 * move - 60'000 * move * move - 2'100 * view.volatilityMoves[volatility] +
                                      46.0 * view.days[day];
                view.profits.push_back(profit);
                if (!(view.worst.profit <= profit))
                    view.worst = {spot, volatility, day, profit};
            }
    view.worstLegs = {{"SPY   261224P00450000", -8'412.5}, {"AAPL", -5'160}, {"AAPL  270115C00185000", 1'842.25}};
    view.liquidation = view.worst.profit - 612;
    view.isMarginCallKnown = true;
    view.marginCallMove = -0.224;
    view.historical = {{"19 October 1987", -0.2047, 3.13, -9'204}, {"15 October 2008", -0.0903, 0.256, -2'923},
                       {"24 August 2015", -0.0394, 0.453, -1'871}, {"5 February 2018", -0.041, 1.157, -3'391.5},
                       {"16 March 2020", -0.1198, 0.43, -4'278},   {"5 August 2024", -0.03, 0.649, 210}};
    view.seconds = 0.043;
    view.leftOut = {"XYZ   261218C00010000"};
    return view;
}

inline desk::ValueAtRiskView someValueAtRisk()
{
    desk::ValueAtRiskView view;
    view.historyDays = 750;
    view.rows = {{"delta_normal", 611.4, 766.8, desk::unknown, ""},
                 {"cornish_fisher", 842.1, 1'304, desk::unknown, ""},
                 {"historical", 903.5, 1'288.25, desk::unknown, ""},
                 {"filtered_historical", 951.2, 1'345.5, desk::unknown, ""},
                 {"monte_carlo", 918.8, 1'301.75, 14.2, ""}};
    view.shown = 2;
    view.disagrees = true;
    view.contributions = {{"AAPL", 540.25}, {"SPY", 421.5}, {"MSFT", -58.25}};
    view.modelledVolatility = {"AAPL"};
    return view;
}

inline desk::RiskBacktestView someBacktest(const std::string& method, double valueAtRisk)
{
    desk::RiskBacktestView view;
    view.method = method;
    base::Generator random(7);
    base::Date date = base::makeDate(2025, 11, 26);
    for (int day = 0; day < 250; ++day) {
        date += std::chrono::days(day % 5 == 4 ? 3 : 1);
        double noise = 0;
        for (int i = 0; i < 12; ++i)
            noise += random.uniform();
        const double scale = 1 + 0.5 * std::sin(day / 25.0);
        view.dates.push_back(date);
        view.profits.push_back(35 + (noise - 6) * 430 * scale);
        view.valuesAtRisk.push_back(valueAtRisk * (1 + 0.4 * std::sin((day - 8) / 25.0)));
        view.expectedShortfalls.push_back(1.4 * view.valuesAtRisk.back());
        view.hits += view.profits.back() < -view.valuesAtRisk.back();
    }
    view.expectedHits = 12.5;
    view.zone = "green";
    view.tests = {{"kupiec", 0.19, 0.66, false},
                  {"christoffersen", 4.9, 0.027, true},
                  {"conditional_coverage", 5.1, 0.078, false},
                  {"acerbi_szekely", 0.04, 0.52, false}};
    return view;
}

inline desk::RegimeView someRegimes(int days = 800)
{
    desk::RegimeView view;
    view.index = "SPY";
    view.names = {"calm", "normal", "stressed"};
    view.probabilities.resize(3);
    base::Generator random(11);
    base::Date date = base::makeDate(2026, 11, 27) - std::chrono::days(days * 7 / 5 + 2);
    double close = 380;
    for (int day = 0; day < days; ++day) {
        date += std::chrono::days(day % 5 == 4 ? 3 : 1);
        const double heat =
            std::exp(-std::pow((day - 260) / 30.0, 2)) + 0.9 * std::exp(-std::pow((day - 640) / 22.0, 2));
        const double stressed = std::min(0.97, 0.02 + heat),
                     normal = (1 - stressed) * (0.3 + 0.25 * std::sin(day / 40.0));
        close *= 1 + (random.uniform() - 0.49) * (0.012 + 0.03 * heat);
        view.dates.push_back(date);
        view.closes.push_back(close);
        view.probabilities[0].push_back(1 - stressed - normal);
        view.probabilities[1].push_back(normal);
        view.probabilities[2].push_back(stressed);
        view.regime.push_back(day < 20 ? -1 : stressed > 0.6 ? 2 : normal > 0.45 ? 1 : 0);
    }
    view.sizeMultiplier = 1;
    return view;
}

inline desk::AttributionRow someProfit(desk::AttributionRow::Level level, std::string title, std::string underlying,
                                       const std::array<double, 11>& parts)
{
    desk::AttributionRow row{level, std::move(title), std::move(underlying), parts, 0, 0};
    for (const double part : parts)
        row.total += part;
    return row;
}

inline desk::AttributionView someAttribution()
{
    using Level = desk::AttributionRow::Level;
    desk::AttributionView view;
    view.todayFrom = riskTime - std::chrono::hours(1);
    view.today = {
        someProfit(Level::Book, "", "", {-212.4, 31.05, 42.18, -18.6, 0.12, -2.4, 0.55, 0, 0, -2.24, 1.02}),
        someProfit(Level::Underlying, "AAPL", "AAPL", {-171.2, -3.15, 8.3, -4.1, 0.02, -0.4, 0.05, 0, 0, 0, 0.31}),
        someProfit(Level::Position, "AAPL", "AAPL", {-236, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
        someProfit(Level::Position, "AAPL  270115C00185000", "AAPL",
                   {64.8, -3.15, 8.3, -4.1, 0.02, -0.4, 0.05, 0, 0, 0, 0.31}),
        someProfit(Level::Underlying, "SPY", "SPY", {-41.2, 34.2, 33.88, -14.5, 0.1, -2, 0.5, 0, 0, -2.24, 0.71}),
        someProfit(Level::Group, "SPY iron condor", "SPY",
                   {-41.2, 34.2, 33.88, -14.5, 0.1, -2, 0.5, 0, 0, -2.24, 0.71}),
        someProfit(Level::Position, "SPY   261218P00545000", "SPY",
                   {-41.2, 34.2, 33.88, -14.5, 0.1, -2, 0.5, 0, 0, -2.24, 0.71})};
    view.sinceEntry = view.today;
    for (desk::AttributionRow& row : view.sinceEntry) {
        row.total = 0;
        for (double& part : row.parts)
            row.total += part *= -3;
    }
    return view;
}

inline desk::GreekSums someGreeks(double delta, double spot)
{
    return {delta, delta * spot, -0.02 * std::abs(delta), 0.31 * std::abs(delta), -1.4 * std::abs(delta), 0};
}

inline desk::ExposureView someExposure()
{
    desk::ExposureView view;
    view.index = "SPY";
    const auto december = base::makeDate(2026, 12, 24), january = base::makeDate(2027, 1, 15);
    view.underlyings = {{"AAPL",
                         1.21,
                         someGreeks(68.2, 172),
                         14'193,
                         3'440,
                         1'720,
                         {{"AAPL", std::nullopt, 0, {100, 17'217, 0, 0, 0, 0}, 20'833, 0},
                          {"AAPL", january, 49, someGreeks(-31.8, 172), -6'618, 1}}},
                        {"SPY",
                         1,
                         someGreeks(-5.4, 467.6),
                         -2'525,
                         1'000,
                         812,
                         {{"SPY", december, 27, someGreeks(1.6, 467.6), 748, 2},
                          {"SPY", january, 49, someGreeks(-7, 467.6), -3'273, 10}}},
                        {"XYZ",
                         desk::unknown,
                         {desk::unknown, desk::unknown, desk::unknown, desk::unknown, desk::unknown, 1},
                         desk::unknown,
                         desk::unknown,
                         desk::unknown,
                         {{"XYZ",
                           january,
                           49,
                           {desk::unknown, desk::unknown, desk::unknown, desk::unknown, desk::unknown, 1},
                           desk::unknown,
                           3}}}};
    view.greeks = {62.8, 9'205, -1.47, 22.8, -103, 1};
    view.betaDelta = 11'668;
    view.margin = 4'440;
    view.portfolioMargin = 2'532;
    view.brokerMargin = 4'440.5;
    portfolio::OrderIntent hedge;
    hedge.underlying = "AAPL";
    hedge.legs = {{"AAPL", market::InstrumentType::Equity, portfolio::Action::SellToClose, 48}};
    hedge.type = portfolio::OrderType::Market;
    hedge.origin = "hedge:planner";
    view.hedges = {{"AAPL", 68.2, 20, hedge, "Whalley-Wilmott: delta is outside its band; back to its edge."},
                   {"SPY", -5.4, 18.5, std::nullopt, "Whalley-Wilmott: delta is inside its band."}};
    return view;
}

inline std::shared_ptr<desk::RiskView> someRisk()
{
    auto view = std::make_shared<desk::RiskView>();
    view->version = 1;
    view->at = riskTime;
    view->tolerance = "moderate";
    view->valueAtRisk = someValueAtRisk();
    for (const desk::ValueAtRiskRow& row : view->valueAtRisk.rows)
        view->backtests.push_back(someBacktest(row.id, row.valueAtRisk));
    view->stress = someStress();
    view->regimes = someRegimes();
    view->attribution = someAttribution();
    view->exposure = someExposure();
    return view;
}

} // namespace vegadesk::test

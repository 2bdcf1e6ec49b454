#include "backtest/trials.h"

#include "backtest/data_hash.h"
#include "backtest/signal_days.h"
#include "strategies/rules/rules_file.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

std::string canonicalName(std::string_view strategy)
{
    if (!strategy.starts_with(strategies::rulesPrefix))
        return std::string(strategy);
    const std::string path(strategy.substr(strategies::rulesPrefix.size()));
    return std::string(strategies::rulesPrefix) + history::canonicalPath(path);
}

} // namespace

std::vector<Setting> settingsOf(const Config& config)
{
    const auto number = [](double value) { return fmt::format("{}", value); };
    const auto word = [](bool isSo) { return std::string(isSo ? "yes" : "no"); };
    std::vector<Setting> settings{
        {"strategy", config.strategy, ""},
        {"capital", number(config.capital), "dollars"},
        {"tolerance", std::string(risk::toText(config.tolerance)), ""},
        {"slippage", number(config.fills.slippage), "of price"},
        {"spread", number(config.fills.spreadFraction), "of the half-spread"},
        {"latency", number(base::seconds(config.latency)), "seconds"},
        {"risk_free_rate", number(config.riskFreeRate), "per year"},
        {"interest_rate", number(config.interestRate), "per year"},
        {"passive_fills", config.fills.passive == execution::PassiveFills::Through ? "through" : "at the touch", ""},
        {"passive_chance", number(config.fills.passiveChance), "a quote"},
        {"displayed_size", word(config.fills.capAtDisplayedSize), ""},
        {"dividend_assignment", word(config.realism.dividendAssignment), ""},
        {"assignment_chance", number(config.realism.assignmentChance), "a day"},
        {"assignment_time_value", number(config.realism.assignmentTimeValue), "dollars a share"},
        {"exercise_threshold", number(config.realism.exerciseThreshold), "dollars a share"},
        {"exercises_longs", word(config.realism.exercisesLongs), ""},
        {"pin_width", number(config.realism.pinWidth), "of the strike"},
        {"pin_deviation", number(config.realism.pinDeviation), "of the strike"},
        {"settled_cash_only", word(config.realism.settledCashOnly), ""},
        {"cash_share", number(config.realism.cashShare), "of the risk-free rate"},
        {"debit_spread", number(config.realism.debitSpread), "per year"},
        {"borrow_rate", number(config.realism.borrowRate), "per year"},
        {"margin_call", std::string(toText(config.realism.marginCall)), ""},
        {"realism_seed", fmt::format("{}", config.realism.seed), ""},
    };
    if (config.rules)
        settings.push_back({"rules_content", config.rules->content, ""});
    for (const auto& [name, value] : strategies::wordsOf(config.filter))
        settings.push_back({name, value, ""});
    for (const FollowedSignal& each : config.signals) {
        if (each.series)
            settings.push_back({std::string(signalModelPrefix) + each.name, modelOf(*each.series), ""});
    }
    for (const base::ParameterSpec& spec : config.parameters.specs())
        settings.push_back({spec.name, config.parameters.toText(spec.name), spec.unit});
    return settings;
}

std::string contentHash(const Config& config, std::string_view dataHash)
{
    std::string text = fmt::format("engine={}\n", engineVersion);
    for (const Setting& setting : settingsOf(config))
        text += fmt::format("{}={}\n", setting.name,
                            setting.name == "strategy" ? canonicalName(setting.value) : setting.value);
    return hashOfText(text + std::string(dataHash));
}

std::string familyOf(std::string_view strategy, std::string_view underlying, std::string_view origin)
{
    return fmt::format("{} on {}, {}", canonicalName(strategy), underlying, origin);
}

double dailySharpe(const Report& report)
{
    return report.metric("sharpe") / std::sqrt(tradingDaysPerYear);
}

HoldingPeriod holdingPeriod(const Report& report)
{
    HoldingPeriod held;
    if (report.trades.empty())
        return held;
    for (const Trade& trade : report.trades) {
        const base::Instant end = trade.isOpen && !report.equity.empty() ? report.equity.back().at : trade.closedAt;
        const double days = base::seconds(std::max(base::Nanos{0}, end - trade.openedAt)) / 86'400;
        const double tradingDays = days * tradingDaysPerYear / 365;
        held.longest = std::max(held.longest, tradingDays);
        held.mean += tradingDays / static_cast<double>(report.trades.size());
    }
    return held;
}

std::string sentenceOf(const TrialCount& trials, double deflatedSharpe)
{
    const std::string chance =
        std::isfinite(deflatedSharpe) ? fmt::format("{:.1f} %", 100 * deflatedSharpe) : std::string("not known");
    return fmt::format(
        "Trials: {}, which is how many different runs of this strategy on this underlying and source there "
        "were, this one included. The probability that its Sharpe ratio is more than the best of as many "
        "without skill would show: {}. A result picked from many runs is worth less than it looks.",
        trials.count, chance);
}

void judge(Report& report, const TrialCount& trials)
{
    const std::string before = sentenceOf(report.trials, report.metric("deflated_sharpe"));
    report.trials = trials;
    const double deflated = deflatedSharpe(report.metrics, trials.sharpeVariance, trials.count);
    setMetric(report.metrics, "trials", static_cast<double>(trials.count));
    setMetric(report.metrics, "deflated_sharpe", deflated);
    std::ranges::replace(report.honesty, before, sentenceOf(trials, deflated));
}

Bootstrap bootstrapOf(const Report& report, const std::stop_token& stop)
{
    std::vector<double> profits;
    for (const Trade& trade : report.trades) {
        if (!trade.isOpen)
            profits.push_back(trade.profit);
    }
    BootstrapSettings settings;
    settings.meanBlock = std::max(1.0, std::round(holdingPeriod(report).mean));
    return bootstrap(dailyReturns(report.equity), profits, report.config.riskFreeRate, settings, stop);
}

} // namespace vegadesk::backtest

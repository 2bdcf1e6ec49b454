#include "backtest_realism.h"

#include "history/event_table.h"
#include "option_checks.h"

namespace vegadesk::cli
{

void RealismOptions::describe(CLI::App& app, CLI::Option* data)
{
    std::string presets = "How orders fill:";
    for (const execution::FillPreset& preset : execution::fillPresets())
        presets.append("\n  ").append(preset.name).append(": ").append(preset.about);
    app.add_option("--fills", m_fills, presets)->capture_default_str();
    app.add_option("--spread", m_spread, "Part of the half-spread that a taker pays, 0 to 1 [1, or as --fills says]");
    app.add_option("--passive-chance", m_passiveChance,
                   "Chance that a resting order at the mid or beyond fills at a new quote [0, or as --fills says]");
    app.add_flag("--any-size", m_takesAnySize, "Orders fill in full, whatever size is displayed");
    app.add_flag("--no-dividend-assignment", m_withoutDividendAssignment,
                 "Short calls are not exercised for dividends larger than their time value");
    app.add_option("--assignment-chance", m_realism.assignmentChance,
                   "Chance a day that a short contract in the money without time value is assigned")
        ->capture_default_str();
    m_assignmentTimeValue = app.add_option("--assignment-time-value", m_realism.assignmentTimeValue,
                                           "Up to how much time value that may happen, dollars a share")
                                ->capture_default_str();
    app.add_option("--exercise-threshold", m_realism.exerciseThreshold,
                   "In the money by so much, options are exercised at expiry, dollars a share")
        ->capture_default_str();
    app.add_flag("--leave-longs", m_leavesLongs, "Long options that deliver shares are never exercised");
    app.add_option("--pin-width", m_realism.pinWidth,
                   "So near to the strike at expiry, as a part of it, assignment is by chance")
        ->capture_default_str();
    m_pinDeviation = app.add_option("--pin-deviation", m_realism.pinDeviation,
                                    "How far the price moves until the exercise cutoff, as a part of the strike")
                         ->capture_default_str();
    app.add_flag("--settled-cash-only", m_realism.settledCashOnly, "A cash account: only settled cash buys anything");
    app.add_option("--cash-interest", m_realism.cashShare, "Part of the risk-free rate paid on settled cash")
        ->capture_default_str();
    app.add_option("--debit-spread", m_realism.debitSpread, "Rate per year over the risk-free one on debts")
        ->capture_default_str();
    app.add_option("--borrow-rate", m_realism.borrowRate, "Rate per year on the value of shares sold short")
        ->capture_default_str();
    app.add_option("--margin-call", m_marginCall,
                   "What happens when margin is missing: next-day, at-once (everything is closed) or ignored")
        ->capture_default_str();
    m_seed = app.add_option("--chance-seed", m_realism.seed,
                            "Of assignments, pins and resting orders that are left to chance")
                 ->check(anySeed())
                 ->capture_default_str();
    app.add_flag("--dividend-dates", m_hasDividendDates,
                 "Simulated shares pay dividends on their days and companies report, instead of a continuous yield")
        ->excludes(data);
    app.add_option(
        "--events", m_eventFile,
        "CSV file of dividends, reports, splits and mergers: underlying, kind, announced, effective, pay_date, amount, "
        "new_shares, old_shares");
}

base::Result<void> RealismOptions::apply(backtest::Config& config) const
{
    const auto preset = execution::findFillPreset(m_fills);
    if (!preset)
        return tl::make_unexpected(preset.error());
    config.fills = (*preset)->settings;
    config.fills.spreadFraction = m_spread.value_or(config.fills.spreadFraction);
    config.fills.passiveChance = m_passiveChance.value_or(config.fills.passiveChance);
    config.fills.capAtDisplayedSize = !m_takesAnySize;
    config.realism = m_realism;
    config.realism.dividendAssignment = !m_withoutDividendAssignment;
    config.realism.exercisesLongs = !m_leavesLongs;
    if (const auto used = checkUse(config); !used)
        return used;
    using enum backtest::MarginCall;
    for (const backtest::MarginCall rule : {Ignored, NextDay, AtOnce}) {
        if (m_marginCall == backtest::toText(rule)) {
            config.realism.marginCall = rule;
            return {};
        }
    }
    return base::badInput("--margin-call", m_marginCall, "ignored, next-day or at-once");
}

base::Result<void> RealismOptions::checkUse(const backtest::Config& config) const
{
    const backtest::Realism& realism = config.realism;
    const bool isPinned = realism.pinWidth > 0 && realism.pinDeviation > 0;
    const bool isByChance = isPinned || realism.assignmentChance > 0 || config.fills.passiveChance > 0;
    struct Use {
        const CLI::Option* option;
        bool counts;
        std::string_view allowed;
    };
    for (const Use& use :
         {Use{m_assignmentTimeValue, realism.assignmentChance > 0, "only with --assignment-chance above 0"},
          Use{m_pinDeviation, realism.pinWidth > 0, "only with --pin-width above 0"},
          Use{m_seed, isByChance,
              "only with --assignment-chance, --pin-width and --pin-deviation, or --passive-chance "
              "above 0"}}) {
        if (use.option->count() > 0 && !use.counts)
            return base::badInput(use.option->get_name(), use.option->results().front(), use.allowed);
    }
    return {};
}

history::CorporateEvents RealismOptions::events() const
{
    return m_hasDividendDates ? history::CorporateEvents::Scheduled : history::CorporateEvents::Ignored;
}

base::Result<std::unique_ptr<history::ChainSource>>
RealismOptions::withEvents(std::unique_ptr<history::ChainSource> source) const
{
    if (m_eventFile.empty())
        return source;
    return history::withEventTable(std::move(source), m_eventFile);
}

} // namespace vegadesk::cli

#include "monitoring/alert_rules.h"

#include "base/sentence.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace vegadesk::monitoring
{

namespace
{

using base::translatable;

constexpr double cash = 1e9; ///< beyond any account of ours

constexpr std::array table{
    Measure{"daily_loss", translatable("Core", "Daily loss"), Unit::Fraction, false, 0, 1},
    Measure{"leverage", translatable("Core", "Leverage"), Unit::Multiple, false, 0, 100},
    Measure{"largest_position", translatable("Core", "Largest position"), Unit::Fraction, false, 0, 10},
    Measure{"buying_power", translatable("Core", "Buying power used"), Unit::Fraction, false, 0, 10},
    Measure{"value_at_risk", translatable("Core", "Value at risk"), Unit::Fraction, false, 0, 10},
    Measure{"expected_shortfall", translatable("Core", "Expected shortfall"), Unit::Fraction, false, 0, 10},
    Measure{"stress", translatable("Core", "Stress loss"), Unit::Fraction, false, 0, 10},
    Measure{"stressed_regime", translatable("Core", "Probability of the stressed regime"), Unit::Fraction, false, 0, 1},
    Measure{"net_liquidation", translatable("Core", "Net liquidation"), Unit::Dollars, false, -cash, cash},
    Measure{"day_profit", translatable("Core", "Profit today"), Unit::Dollars, false, -cash, cash},
    Measure{"theta", translatable("Core", "Theta a day"), Unit::Dollars, false, -cash, cash},
    Measure{"vega", translatable("Core", "Vega a point"), Unit::Dollars, false, -cash, cash},
    Measure{"dollar_delta", translatable("Core", "Dollar delta"), Unit::Dollars, true, -cash, cash},
    Measure{"position_profit", translatable("Core", "Open profit of an underlying"), Unit::Dollars, true, -cash, cash},
    Measure{"price", translatable("Core", "Price"), Unit::Price, true, 0, 1e7},
    Measure{"change", translatable("Core", "Change since the close"), Unit::Fraction, true, -1, 10},
    Measure{"unknown_orders", translatable("Core", "Orders whose outcome is not known"), Unit::Count, false, 0, 1000},
    Measure{"quote_age", translatable("Core", "Time without a quote"), Unit::Seconds, false, 0, 86'400},
};

} // namespace

std::string_view toText(Unit unit)
{
    switch (unit) {
    case Unit::Fraction:
        return "fraction";
    case Unit::Dollars:
        return "dollars";
    case Unit::Multiple:
        return "multiple";
    case Unit::Price:
        return "price";
    case Unit::Count:
        return "count";
    case Unit::Seconds:
        break;
    }
    return "seconds";
}

std::span<const Measure> measures()
{
    return table;
}

const Measure* findMeasure(std::string_view id)
{
    const auto found = std::ranges::find(table, id, &Measure::id);
    return found == table.end() ? nullptr : &*found;
}

base::Result<AlertRule> checked(AlertRule rule)
{
    const Measure* const measure = findMeasure(rule.measure);
    if (!measure)
        return base::badInput("measure", rule.measure, "one of the measures that alerts watch");
    if (rule.id.empty())
        return base::badInput("alert", {}, "an id");
    if (measure->wantsSubject && rule.subject.empty())
        return base::badInput("subject", {}, fmt::format("a symbol, which {} is watched of", measure->id));
    if (!measure->wantsSubject && !rule.subject.empty())
        return base::badInput("subject", rule.subject, fmt::format("nothing: {} is the account's", measure->id));
    if (!(rule.threshold >= measure->lowest && rule.threshold <= measure->highest)) // NaN fails too
        return base::badInput("threshold", fmt::format("{:g}", rule.threshold),
                              fmt::format("{:g} to {:g}", measure->lowest, measure->highest));
    return rule;
}

void Figures::set(std::string_view measure, std::string_view subject, double value)
{
    m_values[{std::string(measure), std::string(subject)}] = value;
}

double Figures::of(std::string_view measure, std::string_view subject) const
{
    const auto found = m_values.find({std::string(measure), std::string(subject)});
    return found == m_values.end() ? market::unknown : found->second;
}

} // namespace vegadesk::monitoring

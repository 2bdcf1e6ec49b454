#include "monitoring/alert_evaluator.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::monitoring
{

namespace
{

using base::SentenceNumber;
using base::translatable;

/// In the figure's own direction: positive is beyond.
double beyond(const AlertRule& rule, double value)
{
    return rule.isAbove ? value - rule.threshold : rule.threshold - value;
}

double marginOf(const AlertRule& rule)
{
    const Measure& measure = *findMeasure(rule.measure);
    const double least = measure.lowest >= 0 ? 0 : measure.unit == Unit::Dollars ? 10 : 0.001;
    return std::max(least, AlertEvaluator::backFraction * std::abs(rule.threshold));
}

/// As a person reads it: a fraction in percent.
SentenceNumber shown(Unit unit, double value)
{
    switch (unit) {
    case Unit::Fraction:
        return {100 * value, 1};
    case Unit::Multiple:
    case Unit::Price:
        return {value, 2};
    case Unit::Dollars:
    case Unit::Count:
    case Unit::Seconds:
        break;
    }
    return {value, 0};
}

const char* formOf(Unit unit, bool isAbove, bool hasSubject)
{
    const bool isPercent = unit == Unit::Fraction;
    if (hasSubject) {
        if (isPercent)
            return isAbove ? translatable("Core", "%1, %2: %3 %, above %4 %.")
                           : translatable("Core", "%1, %2: %3 %, below %4 %.");
        return isAbove ? translatable("Core", "%1, %2: %3, above %4.") : translatable("Core", "%1, %2: %3, below %4.");
    }
    if (isPercent)
        return isAbove ? translatable("Core", "%1: %2 %, above %3 %.") : translatable("Core", "%1: %2 %, below %3 %.");
    return isAbove ? translatable("Core", "%1: %2, above %3.") : translatable("Core", "%1: %2, below %3.");
}

base::Sentence sentenceOf(const AlertRule& rule, double value)
{
    const Measure& measure = *findMeasure(rule.measure);
    base::Sentence sentence{formOf(measure.unit, rule.isAbove, !rule.subject.empty()), {std::string(measure.title)}};
    if (!rule.subject.empty())
        sentence.parts.push_back(rule.subject);
    sentence.parts.push_back(shown(measure.unit, value));
    sentence.parts.push_back(shown(measure.unit, rule.threshold));
    return sentence;
}

} // namespace

void AlertEvaluator::setRules(std::vector<AlertRule> rules)
{
    std::vector<Watched> watched;
    for (AlertRule& rule : rules) {
        if (!rule.isOn || !checked(rule))
            continue;
        const auto before = std::ranges::find_if(m_watched, [&](const Watched& old) {
            return old.rule.id == rule.id && old.rule.measure == rule.measure && old.rule.subject == rule.subject &&
                   old.rule.isAbove == rule.isAbove && old.rule.threshold == rule.threshold;
        });
        const bool isBeyond = before != m_watched.end() && before->isBeyond;
        watched.push_back({std::move(rule), isBeyond});
    }
    m_watched = std::move(watched);
}

std::vector<Alert> AlertEvaluator::evaluate(const Figures& figures, base::Instant now)
{
    std::vector<Alert> alerts;
    for (Watched& watched : m_watched) {
        const double value = figures.of(watched.rule.measure, watched.rule.subject);
        const double by = beyond(watched.rule, value);
        if (by > 0 && !watched.isBeyond) {
            watched.isBeyond = true;
            alerts.push_back({watched.rule, value, now, sentenceOf(watched.rule, value)});
        } else if (by <= -marginOf(watched.rule)) {
            watched.isBeyond = false;
        }
    }
    return alerts;
}

} // namespace vegadesk::monitoring

#include "ui/models/alert_words.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{

struct AlertWords {
    Q_DECLARE_TR_FUNCTIONS(AlertWords)
};

bool isUnit(const desk::AlertMeasure& measure, std::string_view unit)
{
    return measure.unit == unit;
}

} // namespace

const desk::AlertMeasure* findAlertMeasure(const std::vector<desk::AlertMeasure>& measures, std::string_view id)
{
    const auto found = std::ranges::find(measures, id, &desk::AlertMeasure::id);
    return found == measures.end() ? nullptr : &*found;
}

QString alertFigureText(const desk::AlertMeasure& measure, double value)
{
    if (isUnit(measure, "fraction")) {
        // A second decimal only where it says something.
        const bool isTenth = std::fabs(value * 1000 - std::round(value * 1000)) < 1e-6;
        return percent(value, isTenth ? 1 : 2);
    }
    if (std::isnan(value))
        return number(value, 0);
    if (isUnit(measure, "multiple"))
        return number(value, 2) + u'x';
    if (isUnit(measure, "price"))
        return number(value, 2);
    if (isUnit(measure, "seconds"))
        return AlertWords::tr("%1 s", "seconds").arg(number(value, 0));
    return number(value, 0);
}

QString alertRuleText(const monitoring::AlertRule& rule, const std::vector<desk::AlertMeasure>& measures)
{
    const desk::AlertMeasure* const measure = findAlertMeasure(measures, rule.measure);
    if (!measure)
        return text(rule.measure);
    const QString of = rule.subject.empty() ? text(measure->title)
                                            : AlertWords::tr("%1, %2").arg(text(measure->title), text(rule.subject));
    const QString threshold = alertFigureText(*measure, rule.threshold);
    return rule.isAbove ? AlertWords::tr("%1 above %2").arg(of, threshold)
                        : AlertWords::tr("%1 below %2").arg(of, threshold);
}

QString alertRuleProblem(const monitoring::AlertRule& rule, const std::vector<desk::AlertMeasure>& measures)
{
    const desk::AlertMeasure* const measure = findAlertMeasure(measures, rule.measure);
    if (!measure)
        return AlertWords::tr("The measure “%1” is not one that alerts watch.").arg(text(rule.measure));
    if (measure->wantsSubject && rule.subject.empty())
        return AlertWords::tr("The symbol is missing: %1 is watched of one.").arg(text(measure->title));
    if (!measure->wantsSubject && !rule.subject.empty())
        return AlertWords::tr("The symbol “%1” has to go: %2 is the account's.")
            .arg(text(rule.subject), text(measure->title));
    if (!(rule.threshold >= measure->lowest && rule.threshold <= measure->highest)) // NaN fails too
        return AlertWords::tr("The threshold %1 is not allowed: %2 to %3.")
            .arg(alertFigureText(*measure, rule.threshold), alertFigureText(*measure, measure->lowest),
                 alertFigureText(*measure, measure->highest));
    return {};
}

TypedUnit typedUnit(const desk::AlertMeasure& measure)
{
    if (isUnit(measure, "fraction"))
        return {100, 2, AlertWords::tr(" %")};
    if (isUnit(measure, "multiple"))
        return {1, 2, QStringLiteral("x")};
    if (isUnit(measure, "price"))
        return {1, 2, {}};
    if (isUnit(measure, "seconds"))
        return {1, 0, AlertWords::tr(" s", "seconds")};
    return {1, 0, {}};
}

std::vector<monitoring::AlertRule> suggestedAlertRules(const std::vector<desk::Gauge>& gauges)
{
    const auto shareOfLimit = [&gauges](const char* id, double share, double fallback) {
        const auto gauge = std::ranges::find(gauges, id, &desk::Gauge::id);
        const double limit = gauge == gauges.end() || !(gauge->limit > 0) ? fallback : gauge->limit;
        return std::round(share * limit * 1000) / 1000;
    };
    const auto make = [](const char* measure, double threshold, bool playsSound) {
        monitoring::AlertRule rule;
        rule.measure = measure;
        rule.threshold = threshold;
        rule.playsSound = playsSound;
        return rule;
    };
    return {make("daily_loss", shareOfLimit("daily_loss", 0.6, 0.05), true),
            make("leverage", shareOfLimit("leverage", 0.8, 2), false),
            make("value_at_risk", shareOfLimit("value_at_risk", 0.8, 0.02), false),
            make("stressed_regime", 0.5, false),
            make("quote_age", 30, false),
            make("unknown_orders", 0, true)};
}

} // namespace vegadesk::ui

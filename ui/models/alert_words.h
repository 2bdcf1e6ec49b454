#pragma once

#include "desk/risk_views.h"

#include <QString>

#include <string_view>
#include <vector>

/// The window's words for alert rules, translated. A fraction is typed and read in percent.
namespace vegadesk::ui
{

/// Null for an unknown id.
const desk::AlertMeasure* findAlertMeasure(const std::vector<desk::AlertMeasure>& measures, std::string_view id);

/// "3.0 %", "1.80x", "1,250", "30 s", in the measure's unit; an en dash when not known.
QString alertFigureText(const desk::AlertMeasure& measure, double value);
/// "Daily loss above 3.0 %", "Price of SPY below 650.00"; the id of a measure that is not known.
QString alertRuleText(const monitoring::AlertRule& rule, const std::vector<desk::AlertMeasure>& measures);
/// Why it cannot be kept, with field, value and what is allowed, one sentence; empty when it can.
QString alertRuleProblem(const monitoring::AlertRule& rule, const std::vector<desk::AlertMeasure>& measures);

/// How a threshold is typed: that many times the value, with decimals and a suffix.
struct TypedUnit {
    double factor = 1;
    int decimals = 0;
    QString suffix;
};
TypedUnit typedUnit(const desk::AlertMeasure& measure);

/// Rules that most want, with thresholds from the gauges' limits, where these are known, and otherwise from those of the moderate
/// tolerance. Without ids.
std::vector<monitoring::AlertRule> suggestedAlertRules(const std::vector<desk::Gauge>& gauges);

} // namespace vegadesk::ui

#pragma once

#include "desk/risk_views.h"
#include "risk/limits.h"

#include <QString>

/// The window's words for the limits that a user may change, and what of each is used now.
namespace vegadesk::ui
{

QString limitWord(std::string_view id); ///< of a risk::LimitField
QString limitHelp(std::string_view id);
/// What a field shows and takes of a figure: 0.25 is 25 of "%".
struct LimitUnit {
    double scale = 1;
    int decimals = 0;
    QString suffix;
};
LimitUnit limitUnit(std::string_view id);
QString limitText(std::string_view id, double value); ///< "25 %", "2x", "16"

/// NaN where nothing is used, or it is not known.
double limitUsed(std::string_view id, const desk::TradingView& trading, const desk::RiskView& risk);
/// "Stress: 120 % is not allowed, but more than 0 and at most 100 %." Of a figure that `limits` has and that is not allowed.
QString limitProblem(const risk::LimitField& field, const risk::Limits& limits);

} // namespace vegadesk::ui

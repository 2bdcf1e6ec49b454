#pragma once

#include "desk/risk_views.h"
#include "ui/theme/theme.h"

#include <QString>

/// The window's words for the figures of risk, translated.
namespace vegadesk::ui
{

QString methodWord(std::string_view id);                ///< "Historical" of "historical"; the id itself of another
QString methodHelp(std::string_view id);                ///< how it reckons, one sentence
QString regimeWord(std::string_view name);              ///< "calm"
Role regimeRole(std::size_t regime, std::size_t count); ///< by variance: the lowest is Gain, the highest Loss
QString toleranceWord(std::string_view id);             ///< "Moderate"
QString zoneWord(std::string_view id);                  ///< "green zone"
QString zoneHelp(std::string_view id);                  ///< what it says of the model, one sentence
Role zoneRole(std::string_view id);
QString attributionWord(std::size_t part);                 ///< of desk::attributionParts
QString attributionHelp(std::size_t part);                 ///< what that part is, one sentence
QString attributionTitle(const desk::AttributionRow& row); ///< "Whole book", "shares", "24 Dec 26 463 P", …

/// What a test of a back-test found, as a trader would say it, with its probability.
QString testSentence(const desk::RiskBacktestTest& test, const desk::RiskBacktestView& of);
/// "±0 %" for none: "spot −15 %" has its sign.
QString moveText(double move);
/// Today's and since entry's parts of what `row` finds among the rows of both; empty where neither knows it.
QString attributionTip(const desk::AttributionRow* today, const desk::AttributionRow* sinceEntry);
/// "SPY 24 Dec 26 450 P" of an option's symbol; any other as it is.
QString symbolWords(const std::string& symbol);
/// "2 positions are left out: AAPL, MSFT"; empty for none.
QString leftOutWords(const std::vector<std::string>& names);

} // namespace vegadesk::ui

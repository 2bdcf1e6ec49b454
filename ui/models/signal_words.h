#pragma once

#include "desk/signals_view.h"

#include <QString>

#include <string_view>

/// The window's words for trained models: questions, verdicts, features.
namespace vegadesk::ui
{

/// "Selling premium pays"; an unknown name as it is.
QString signalTargetWord(std::string_view target);
/// The question in a sentence; empty for an unknown name.
QString signalQuestion(std::string_view target);
/// "signal", "no signal", "cannot be read".
QString signalVerdictWord(const desk::SignalRow& row);
/// Whether the model is worth anything, and by what, in a sentence or two; of one that cannot be read why.
QString signalVerdict(const desk::SignalRow& row);
/// What a demonstration is; empty for other models.
QString signalDemonstration(const desk::SignalRow& row);
/// What it says of the coming session, or why nothing.
QString signalTodayText(const desk::SignalToday& today);
/// "realised volatility, 21 days"; an unknown name as it is.
QString signalFeatureWord(std::string_view feature);

} // namespace vegadesk::ui

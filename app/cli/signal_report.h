#pragma once

#include "learning/doors/signal_library.h"

#include <QJsonObject>

#include <string>

namespace vegadesk::cli
{

/// What a signal is, what it is worth and by what.
std::string toText(const learning::market_signals::SignalInfo& info);
/// All its figures.
QJsonObject toJson(const learning::market_signals::SignalInfo& info);

/// For the session after `lastDay`, and whether it is a forecast.
std::string toText(const learning::market_signals::SignalInfo& info,
                   const learning::market_signals::Prediction& prediction, base::Date lastDay);
QJsonObject toJson(const learning::market_signals::SignalInfo& info,
                   const learning::market_signals::Prediction& prediction, base::Date lastDay);
/// A probability of a session that the model was not trained on.
bool isForecast(const learning::market_signals::Prediction& prediction);

/// A line of a list: name, question, figures, verdict in a word.
std::string lineOf(const std::string& name, const learning::market_signals::SignalInfo& info);

} // namespace vegadesk::cli

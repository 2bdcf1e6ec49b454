#pragma once

#include "backtest/engine.h"

#include <QJsonObject>

#include <string>

namespace vegadesk::cli
{

/// The whole report; numbers that are not known are null. Everything but "run" is the same for equal runs, as long as no other run
/// was counted among the trials between them.
QJsonObject toJson(const backtest::Report& report);
/// For a terminal: metrics, the equity curve as a line of blocks, the trades, and what to keep in mind.
std::string toText(const backtest::Report& report);

} // namespace vegadesk::cli

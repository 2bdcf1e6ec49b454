#pragma once

#include "backtest/engine.h"

#include <QJsonObject>

namespace vegadesk::desk
{

/// The whole report; numbers that are not known are null. Everything but "run" is the same for equal runs, as long as no other run
/// was counted among the trials between them.
QJsonObject toJson(const backtest::Report& report);

} // namespace vegadesk::desk

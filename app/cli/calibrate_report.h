#pragma once

#include "calibrate_fit.h"

#include <QJsonObject>

#include <string>

namespace vegadesk::cli
{

std::string toText(const CalibrationReport& report);
QJsonObject toJson(const CalibrationReport& report);

} // namespace vegadesk::cli

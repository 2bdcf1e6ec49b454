#pragma once

#include "learning/training/recipe.h"

#include <QJsonObject>

#include <string>

namespace vegadesk::cli
{

/// What a network was made by and how far from its teacher it is.
std::string toText(const learning::TrainedModel& model);
QJsonObject toJson(const learning::TrainedModel& model);
/// Held-out error against seconds of training, as a picture.
std::string errorPlot(const learning::TrainedModel& model);

} // namespace vegadesk::cli

#pragma once

#include "base/parameters.h"

#include <QString>

#include <string>

/// The window's words for the parameters of strategies and the settings of runs.
namespace vegadesk::ui
{

/// "min_iv_rank" → "Lowest IV rank"; of a name that the window does not know its words: "Own name".
QString parameterTitle(const std::string& name);
/// The same with its unit.
QString parameterLabel(const base::ParameterSpec& spec);
/// "fixed_band" → "fixed band": a value of a parameter that is one of several words; any other text as it is.
QString choiceWord(const std::string& choice);

} // namespace vegadesk::ui

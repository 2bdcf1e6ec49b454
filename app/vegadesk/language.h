#pragma once

#include "desk/settings.h"

namespace vegadesk
{

/// Installs the translations of the language the settings ask for, Qt's own included, and makes it the locale of
/// numbers and dates. Call before the first widget.
void installLanguage(const desk::Settings& settings);

} // namespace vegadesk

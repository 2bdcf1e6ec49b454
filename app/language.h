#pragma once

#include <QString>

namespace vegadesk
{

/// Installs the translations of a language, a choice of desk::setting::language, Qt's own included, and makes it the locale
/// of numbers and dates. Call before the first widget.
void installLanguage(const QString& choice);

} // namespace vegadesk

#pragma once

#include "base/sentence.h"
#include "base/time.h"

#include <QString>

namespace vegadesk::desk
{

/// The sentence in the application's language, with its numbers in the locale's form. Where there is no translation it
/// stays English. Any thread.
QString translated(const base::Sentence& sentence);

/// "1,234.50", "−3.2": the locale's digits with a true minus sign.
QString sentenceNumber(double value, int decimals);
/// "16:05", in New York.
QString newYorkTime(base::Instant at);

} // namespace vegadesk::desk

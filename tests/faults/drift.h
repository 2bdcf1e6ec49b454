#pragma once

#include "base/random.h"

#include <QByteArray>

namespace vegadesk::faults
{

/// A JSON text as another version of the broker, or a bad day of its, might send it: a field is gone, new or of another
/// kind, a word is one nobody knows, or the text ends early. Numbers stay what they are: another number in its place is a
/// lie that no reader can tell from the truth.
QByteArray drifted(const QByteArray& text, base::Generator& chance);

} // namespace vegadesk::faults

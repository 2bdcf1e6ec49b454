#pragma once

#include "base/time.h"

#include <QByteArray>

#include <optional>

namespace vegadesk::tastytrade::wire
{

/// The Date header of HTTP, "Thu, 26 Nov 2026 14:30:00 GMT": when the answer was written, by the server's clock, in whole
/// seconds. Source: RFC 9110, 5.6.7, the one form that a sender may use.
QByteArray printHttpDate(base::Instant at);
/// Nothing for other text, and for years before 1970 or after 2261.
std::optional<base::Instant> parseHttpDate(const QByteArray& text);

} // namespace vegadesk::tastytrade::wire

#pragma once

namespace vegadesk::tastytrade
{

/// <product>/<version>: without one of this form the broker's gateway answers 401 with a web page.
extern const char* const userAgent;
/// The `source` field of orders.
inline constexpr const char* sourceName = "vegadesk";

} // namespace vegadesk::tastytrade

#pragma once

#include "base/time.h"

#include <cstdint>
#include <string_view>

namespace vegadesk::venue
{

/// When an order may trade: Regular from the open to the close of the stock session; Extended from 7:00 to 20:00 in New York
/// on days with a session; Overnight from 20:00 on the evening before such a day until its 20:00; Futures from 18:00 on that
/// evening until 17:00 (13:15 on half days).
/// Source  the protocol reference, 7.2, which gives them in the time of Chicago.
enum class TradingHours : std::uint8_t { Regular, Extended, Overnight, Futures };

/// By the broker's word for an order's lifetime ("Ext", "GTC Ext Overnight"); Regular for an empty one.
TradingHours tradingHoursOf(std::string_view timeInForceText);
bool isTrading(TradingHours hours, base::Instant at);
/// The first moment after `at` in which trading begins.
base::Instant nextTrading(TradingHours hours, base::Instant at);
/// The end of a day of futures that has a session.
base::Instant futuresClose(base::Date date);
/// 20:00 in New York: orders for a day of extended hours end there.
base::Instant extendedClose(base::Date date);

} // namespace vegadesk::venue

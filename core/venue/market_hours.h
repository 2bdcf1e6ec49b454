#pragma once

#include "base/error.h"
#include "base/time.h"
#include "tastytrade/wire/market_time.h"

#include <optional>
#include <string_view>

namespace vegadesk::venue
{

/// Instruments that trade at the same hours.
enum class HoursOf : std::uint8_t { Equity, Cme, Cfe };
/// "Equity", "CME", "CFE". Errors: another word.
std::string_view toText(HoursOf collection);
base::Result<HoursOf> hoursFromText(std::string_view text);

/// The trading hours of one day; none on a day without trading.
///
/// Equities  from 8:15 in New York to 20:00, open from 9:30 to the close of the stock session.
/// Futures   from 18:00 the evening before to 17:00, on half days to 13:15. Their own holidays, which are fewer, are not known here:
///           a day without stocks is one without futures.
std::optional<tastytrade::wire::SessionHours> hoursOn(HoursOf collection, base::Date date);
/// The session that runs at `now`, or else the day's that is over or to come, with its neighbours.
tastytrade::wire::MarketSession currentSession(HoursOf collection, base::Instant now);
/// That of `date`, which is a trading day, as it is at `now`.
tastytrade::wire::MarketSession sessionOf(HoursOf collection, base::Date date, base::Instant now);
/// Of the years of `from` and of the one after.
tastytrade::wire::MarketHolidays holidaysFrom(base::Date from);

} // namespace vegadesk::venue

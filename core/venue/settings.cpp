#include "venue/settings.h"

#include "market/calendar.h"

#include <string>

namespace vegadesk::venue
{

base::Result<void> VenueSettings::check() const
{
    if (!(speed > 0) || speed > 100'000)
        return base::badInput("speed", std::to_string(speed), "above 0, up to 100000");
    if (!(quotesPerSecond >= 1) || quotesPerSecond > 200'000)
        return base::badInput("quotesPerSecond", std::to_string(quotesPerSecond), "1 to 200000");
    if (!(quotesPerSymbolPerSecond >= 0))
        return base::badInput("quotesPerSymbolPerSecond", std::to_string(quotesPerSymbolPerSecond), "0 or more");
    if (start &&
        !market::isKnownYear(static_cast<int>(std::chrono::year_month_day(market::newYorkDate(*start)).year())))
        return base::badInput("start", base::formatInstant(*start), "a moment from 1998 to 2099");
    if (accessTokenLife.count() < 1)
        return base::badInput("accessTokenLife", std::to_string(accessTokenLife.count()), "1 s or more");
    return {};
}

} // namespace vegadesk::venue

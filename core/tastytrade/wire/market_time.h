#pragma once

#include "tastytrade/wire/described.h"

namespace vegadesk::tastytrade::wire
{

/// One trading day of a collection of instruments.
struct SessionHours {
    static constexpr std::string_view what = "session hours";
    std::string collection; ///< "Equity", "CME", "CFE"
    std::optional<base::Date> date;
    std::optional<base::Instant> startAt, openAt, closeAt, closeAtExtended;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("instrument-collection", self.collection);
        io("session-date", self.date);
        io.zulu("start-at", self.startAt);
        io.zulu("open-at", self.openAt);
        io.zulu("close-at", self.closeAt);
        io.zulu("close-at-ext", self.closeAtExtended);
    }
    friend bool operator==(const SessionHours&, const SessionHours&) = default;
};

/// Data of GET /market-time/equities/sessions/current and its kin: the session that runs, or the day's that is over or to
/// come, and the ones beside it.
struct MarketSession {
    static constexpr std::string_view what = "market session";
    SessionHours hours;
    std::string state; ///< "Open", "Closed", "Pre-market", "Extended"
    std::optional<SessionHours> next, previous;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        SessionHours::describe(io, self.hours);
        io("state", self.state);
        io("next-session", self.next);
        io("previous-session", self.previous);
    }
    friend bool operator==(const MarketSession&, const MarketSession&) = default;
};

/// Data of GET /market-time/equities/holidays.
struct MarketHolidays {
    static constexpr std::string_view what = "holidays";
    std::vector<std::string> halfDays, holidays; ///< dates, "2026-11-27"

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io("market-half-days", self.halfDays);
        io("market-holidays", self.holidays);
    }
    friend bool operator==(const MarketHolidays&, const MarketHolidays&) = default;
};

} // namespace vegadesk::tastytrade::wire

#include "base/log.h"
#include "market/calendar.h"
#include "tastytrade/wire/json.h"
#include "venue/clock_change.h"
#include "venue/quote_alerts.h"
#include "venue/venue_private.h"

#include <algorithm>
#include <utility>

/// What time brings to the venue: ticks, faults that a file announces, and changes of its clock.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

constexpr qint64 alertPeriodMs = 500;    ///< between two looks at the quote alerts
constexpr qint64 livedPeriodMs = 60'000; ///< a quiet exchange says so often how far it has come

} // namespace

void Venue::Private::tick()
{
    applySchedule();
    clients->tick();
    exchange->setSessionOffline(faults.isSessionOffline);
    if (settings.skipClosedHours && settings.clock == nullptr)
        skipClosedHours();
    exchange->advanceTo(now());
    if (hasNews || sinceLived.hasExpired(livedPeriodMs))
        sayLived();
    if (std::exchange(wasOpen, exchange->isMarketOpen()) && !wasOpen)
        saveSnapshot();
    if (wasOpen && sinceAlerts.hasExpired(alertPeriodMs))
        fireAlerts();
    const double seconds = settings.clock == nullptr ? static_cast<double>(sinceTick.nsecsElapsed()) * 1e-9
                                                     : std::chrono::duration<double>(tickPeriod).count();
    sinceTick.restart();
    if (exchange->isMarketOpen() && !faults.isFeedSilent)
        clients->streamQuotes(seconds, settings.quotesPerSecond, settings.quotesPerSymbolPerSecond);
}

/// Each fires once, and not while nobody would hear it.
void Venue::Private::fireAlerts()
{
    sinceAlerts.restart();
    if (rest->lists().alerts().empty() || !clients->wantsAlerts())
        return;
    const std::vector<wire::QuoteAlert> alerts = rest->lists().alerts();
    for (const AlertOutcome& outcome : alertsOver(alerts, *market, exchange->now())) {
        if (const auto removed = rest->lists().removeAlert(outcome.id); !removed) {
            base::log::error("{}", removed.error().message());
            return; // it would fire again and again
        }
        if (!outcome.isFired)
            continue;
        const auto alert = std::ranges::find(alerts, outcome.id, &wire::QuoteAlert::id);
        clients->notifyAlert(wire::print(wire::AlertNotice{*alert, exchange->now()}));
    }
}

void Venue::Private::applySchedule()
{
    if (!schedule)
        return;
    std::vector<FaultAction> actions;
    for (const FaultSchedule::Event& event : schedule->advanceTo(faultClock().now() - scheduleStart, faults, actions))
        base::log::info("fault at {:.3f} s: {}", base::seconds(event.at), event.text);
    for (const FaultAction action : actions) {
        if (const auto done = apply(action); !done)
            base::log::error("{}", done.error().message());
    }
}

base::Result<void> Venue::Private::apply(FaultAction action)
{
    switch (action) {
    case FaultAction::CutConnections:
        clients->cutAll();
        break;
    case FaultAction::ExpireTokens:
        credentials.revokeAll();
        break;
    case FaultAction::ResetAccount:
        exchange->advanceTo(now());
        if (tape) {
            if (const auto written = tape->accountReset(exchange->now()); !written)
                return written;
        }
        exchange->reset();
        break;
    }
    return {};
}

/// What has happened stays: a restart goes on after it.
void Venue::Private::sayLived()
{
    hasNews = false;
    sinceLived.restart();
    if (!tape)
        return;
    // Where the clock stands still, a restart goes on from here and not from when it was stopped.
    const bool isPaused = venueClock && venueClock->isPaused();
    const auto written =
        isPaused ? tape->started(exchange->now(), wallClock.now(), venueClock->speed()) : tape->lived(exchange->now());
    if (!written)
        base::log::error("{}", written.error().message());
}

/// At the end of a session and of the process: the next start replays what came after.
void Venue::Private::saveSnapshot()
{
    if (!tape)
        return;
    sayLived();
    if (const auto written = tape->saveSnapshot(*exchange); !written)
        base::log::error("{}", written.error().message());
}

base::Result<void> Venue::Private::changeClock(const ClockChange& change)
{
    const bool goesBack = change.to && *change.to < exchange->now();
    if (goesBack) {
        const auto refuse = [&](const char* why) {
            return base::fail(base::ErrorKind::Refused, "clock", base::formatInstant(*change.to), why);
        };
        if (tape)
            return refuse("an account that a file keeps cannot go back in time");
        if (!exchange->isUntouched())
            return refuse(
                "an account that something happened to cannot go back in time; POST /venue/reset-account empties it");
        clients->cutAll();
        exchange->restartAt(*change.to);
    }
    if (change.speed)
        venueClock->setSpeed(*change.speed);
    if (change.isPaused)
        venueClock->setPaused(*change.isPaused);
    moveClock(change.to.value_or(venueClock->now()));
    tick();
    return {};
}

base::Result<void> Venue::Private::obey(const QByteArray& line)
{
    const auto object = wire::parseObject(line, "clock");
    const auto change = object ? parseClockChange(*object, now()) : tl::make_unexpected(object.error());
    return change ? changeClock(*change) : tl::make_unexpected(change.error());
}

/// A change is a start of its own on the tape: the clock goes on from there after a restart.
void Venue::Private::moveClock(Instant at)
{
    venueClock->set(at);
    if (tape) {
        if (const auto written = tape->started(at, wallClock.now(), venueClock->speed()); !written)
            base::log::error("{}", written.error().message());
    }
    Q_EMIT q->clockMoved();
}

void Venue::Private::skipClosedHours()
{
    constexpr auto lead = std::chrono::seconds(15);
    const Instant at = venueClock->now();
    if (market::isOpen(at) || venueClock->isPaused())
        return;
    const base::Date today = market::newYorkDate(at);
    const auto session = market::sessionOn(today);
    const bool isBefore = session && at < session->open;
    const Instant open = isBefore ? session->open : market::sessionOn(market::nextTradingDay(today))->open;
    if (open - at > lead)
        moveClock(open - lead);
}

} // namespace vegadesk::venue

#pragma once

#include "base/clock.h"
#include "base/decimal.h"
#include "venue/exchange.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace vegadesk::venue
{

struct VenueSettings {
    std::uint16_t port = 0;   ///< on 127.0.0.1; 0: any free one
    std::uint64_t seed = 287; ///< of the simulated market; with this one its levels look familiar in 2026
    /// How many seconds pass at the venue in one of ours, in (0, 100,000].
    double speed = 1;
    /// Where the venue's clock starts. None: now if the exchanges are in session, else 10:00 of the next trading day;
    /// with a replay, its first instant.
    std::optional<base::Instant> start;
    /// When a session closes, the clock jumps to 15 s before the next open; false: nights pass like days.
    bool skipClosedHours = false;
    ExchangeSettings exchange;
    /// This run's client secret and refresh token; empty: a random one.
    std::string token;
    std::chrono::seconds accessTokenLife{900};
    /// https and wss instead of http and ws, for clients that know nothing else.
    bool usesTls = false;
    /// Option quotes sent a second, all clients together, 1 to 200,000.
    double quotesPerSecond = 1500;
    /// And of these at most so many of one option; 0: no such limit.
    double quotesPerSymbolPerSecond = 5;
    /// Where orders are written down, so that a venue started again on the same file is the same account; empty: nothing
    /// outlives the process. See OrderTape.
    std::string stateFile;
    /// File of what is to go wrong, and when (see FaultSchedule); empty: nothing.
    std::string faultsFile;
    /// Folder of recorded quotes to replay (see history/importers.h); empty: the simulated market.
    std::string replayFolder;
    /// Time source for tests; null: the steady clock, scaled by `speed`.
    const base::Clock* clock = nullptr;

    /// Names the first setting outside its range.
    base::Result<void> check() const;
};

} // namespace vegadesk::venue

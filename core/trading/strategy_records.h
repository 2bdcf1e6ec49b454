#pragma once

#include "base/journal.h"
#include "trading/constituent.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::trading
{

enum class RunnerState : std::uint8_t {
    Armed,  ///< enters, hedges, adjusts and exits
    Paused, ///< hedges and exits what it holds, opens nothing
    Off     ///< does nothing; what it holds stays for a person to close
};
std::string_view toText(RunnerState state); ///< "armed", "paused", "off"

/// A strategy at work in one underlying, as it outlives the program.
struct RememberedRunner {
    std::string strategy, underlying;
    RunnerState state = RunnerState::Off;
    std::vector<std::pair<std::string, std::string>> parameters; ///< as texts, by name
    std::vector<Constituent> constituents{};                     ///< that it trades too

    friend bool operator==(const RememberedRunner&, const RememberedRunner&) = default;
};

/// Kind strategy.runner: one was armed, paused, turned off or taken away. Keys begin with the account's prefix.
base::JournalRecord runnerRecord(base::Instant at, const std::string& prefix, const RememberedRunner& runner);
base::JournalRecord runnerRemovedRecord(base::Instant at, const std::string& prefix, std::string_view strategy,
                                        std::string_view underlying);

/// The last word on each that was not taken away, in the order they came. A record that cannot be read is left out, and one
/// whose state cannot be read is Off.
std::vector<RememberedRunner> rememberedRunners(std::span<const base::JournalRecord> records,
                                                const std::string& prefix);

} // namespace vegadesk::trading

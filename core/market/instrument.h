#pragma once

#include "base/decimal.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::market
{

enum class InstrumentType : std::uint8_t { Equity, Index, EquityOption, Future, FutureOption, Cryptocurrency };
enum class Right : std::uint8_t { Call, Put };
enum class ExerciseStyle : std::uint8_t { American, European };
enum class Settlement : std::uint8_t { AM, PM };
enum class ExpirationType : std::uint8_t { Regular, Weekly, Quarterly, EndOfMonth };

/// The broker's word: "Equity", "Equity Option", … (an index is an "Equity" there). Parsing an unknown word fails.
std::string_view toWire(InstrumentType type);
base::Result<InstrumentType> instrumentTypeFromWire(std::string_view text);

/// What an option's symbol says.
struct OptionTerms {
    std::string root; ///< "SPXW"; 1 to 6 characters
    base::Date expiry{};
    Right right = Right::Call;
    base::Decimal strike; ///< > 0, whole thousandths

    friend bool operator==(const OptionTerms&, const OptionTerms&) = default;
};

/// Rungs from low price to high; a rung applies below its threshold, the last has none.
struct TickRung {
    std::optional<base::Decimal> below;
    base::Decimal tick;
};
using TickTable = std::vector<TickRung>;
/// The tick that applies at `price` (its absolute value); 0.01 for an empty table.
base::Decimal tickAt(const TickTable& table, base::Decimal price);

/// Anything that can be quoted or traded.
struct Instrument {
    std::string symbol;         ///< the broker's symbol: "SPY", "SPY   261218C00600000"
    std::string streamerSymbol; ///< dxLink's: "SPY", ".SPY261218C600"
    InstrumentType type = InstrumentType::Equity;
    std::string underlying; ///< of an option: "SPX" for SPXW; otherwise the symbol itself
    std::string description;
    int multiplier = 1; ///< shares or index dollars per contract
    TickTable ticks;
    // Options only:
    std::optional<OptionTerms> option;
    ExerciseStyle style = ExerciseStyle::American;
    Settlement settlement = Settlement::PM;
    ExpirationType expirationType = ExpirationType::Regular;
    base::Instant expiresAt{}; ///< when it stops existing; trading may stop earlier (AM settlement)

    bool isOption() const { return option.has_value(); }
};

} // namespace vegadesk::market

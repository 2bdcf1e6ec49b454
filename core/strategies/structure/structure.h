#pragma once

#include "market/instrument.h"
#include "strategies/signal_filter.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

/// A strategy as data: which options it opens and when, what it leaves by, how large it may be. The built-in ones are made of
/// parameters, a user's own of a rules file; both run by the same code, see structure_strategy.h.
namespace vegadesk::strategies
{

inline constexpr double never = std::numeric_limits<double>::infinity();

enum class StrikeBy : std::uint8_t {
    Delta,    ///< whose absolute delta is nearest to `value`
    Forward,  ///< nearest to the forward, where call and put are both quoted
    Distance, ///< `value` dollars out of the money from another leg's
    SameAs    ///< another leg's
};

struct LegRule {
    std::string name; ///< "short put": in reasons, and what other legs refer to
    bool isBought = false;
    market::Right right = market::Right::Call;
    int ratio = 1; ///< contracts a unit
    StrikeBy by = StrikeBy::Delta;
    double value = 0;
    double tolerance = 0; ///< how far the strike found may be from that, in delta or dollars
    /// Index of the leg that Distance and SameAs go by, and that one of Delta must be out of the money of. It goes by none itself.
    std::optional<std::size_t> from{};
    bool isFar = false; ///< of the far expiry
};

/// Calendar days to an expiry.
struct ExpiryRule {
    int days = 45;
    int tolerance = 10;
};

enum class Earnings : std::uint8_t { Ignored, Avoided };

struct EntryRules {
    double leastRank = 0, mostRank = 1;    ///< of implied volatility; 0 and 1 ask for none
    double leastRatio = 0;                 ///< of a credit to the width; it is more than 0 in any case
    double mostRatio = 1;                  ///< of a debit to the width, where there is a width
    double leastFrontExcess = -never;      ///< of the near expiry's volatility at the money over the far one's
    Earnings earnings = Earnings::Ignored; ///< Avoided: none expected up to the last expiry
    std::vector<SignalRule> signals{};
};

/// Of the credit taken in, or of the premium paid where there was none.
struct ExitRules {
    double profitTarget = never; ///< that part can be had now, across the spreads
    double lossMultiple = never; ///< of that, open loss at the mids; credits also obey the limits' stop
    int days = -1;               ///< to the nearest expiry, or fewer; -1: none
    double shortDelta = never;   ///< a short leg's absolute delta is beyond this: its side is closed
    int pinDays = -1;            ///< so near to expiry a short leg within pinBand of the spot is closed; -1: none
    bool leavesBeforeExDividend = false; ///< an in-the-money short call on the eve of the ex-date is closed
};
inline constexpr double pinBand = 0.005; ///< of the spot; domain reference, B1 row 9

/// The side of a condor that is not threatened is brought nearer, once the other's short delta is beyond `testedDelta` and its own
/// has fallen below `untestedDelta`.
struct RollRules {
    double testedDelta = never;
    double untestedDelta = 0.1;
};

struct Structure {
    std::string unit;  ///< "condor"
    std::string units; ///< "condors"
    bool isCredit = false;
    ExpiryRule near{};
    std::optional<ExpiryRule> far{}; ///< with legs that are isFar
    std::vector<LegRule> legs{};
    EntryRules entry{};
    ExitRules exit{};
    RollRules roll{};
    std::int64_t mostUnits = 100;
    /// Per year: units are no more than bring the account's exposure by their delta to it, see risk::sizeForVolatility(); NaN: not asked.
    double volatilityTarget = std::numeric_limits<double>::quiet_NaN();
    double priceRoom = 0.003;
};

} // namespace vegadesk::strategies

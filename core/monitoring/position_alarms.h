#pragma once

#include "base/sentence.h"
#include "base/time.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::monitoring
{

/// A dividend that has been announced.
struct Dividend {
    double amount = market::unknown; ///< per share
    base::Date exDate{};
};

/// What is held of one instrument, as the alarms see it.
struct HeldInstrument {
    std::string symbol, underlying;
    std::optional<market::OptionTerms> option; ///< empty: shares
    market::ExerciseStyle style = market::ExerciseStyle::American;
    double quantity = 0; ///< signed: negative is short
    int multiplier = 1;
    double spot = market::unknown;    ///< of the underlying
    double rate = 0;                  ///< per year, continuous
    double years = 0;                 ///< to expiry; options only
    std::optional<Dividend> dividend{}; ///< the underlying's next
    /// Of a call, per share: its value above the intrinsic one right after the ex-date, by a model. NaN: not known.
    double timeValueAfterDividend = market::unknown;
};

/// What a position brings by itself, whatever the market does now.
enum class AlarmKind : std::uint8_t {
    EarlyAssignment,  ///< a short call that its holder had better exercise before the ex-date
    ExpiryAssignment, ///< a short option in the money that expires within a session
    ExpiryExercise,   ///< a long one likewise, which is exercised unless told otherwise
    Pin,              ///< a short option that expires today, its strike within half a percent of the spot
    DividendOwed,     ///< short shares over the ex-date
    DividendForgone   ///< a long call that had better be exercised before it
};

struct Alarm {
    AlarmKind kind = AlarmKind::EarlyAssignment;
    std::string symbol;
    base::Date day{}; ///< the ex-date or the expiry: an alarm of the same kind, symbol and day is the same one
    base::Sentence sentence;
};

/// Everything that is due, in the order of `held`. `now` is the market's time.
///
/// Early    an American call in the money, the ex-date on the next trading day at the latest and before its expiry ends: due
///          where less than the dividend is left of its time value after that. Where that is not known, the interest on the
///          strike until expiry stands for it, which is most of it for a call deep in the money.
/// Source   domain reference, B1 row 8 and oracle F9.
std::vector<Alarm> positionAlarms(std::span<const HeldInstrument> held, base::Instant now);

} // namespace vegadesk::monitoring

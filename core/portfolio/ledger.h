#pragma once

#include "base/error.h"
#include "portfolio/fees.h"
#include "portfolio/position.h"

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::portfolio
{

/// What a ledger must know of an instrument to book a fill in it.
struct InstrumentFacts {
    std::string underlying;
    market::InstrumentType type = market::InstrumentType::EquityOption;
    int multiplier = 100; ///< > 0
};

/// value · part / whole (not 0), rounded half away from zero to a hundred-millionth.
base::Decimal shareOf(base::Decimal value, base::Quantity part, base::Quantity whole);

/// Whether a fill can be booked at all; names the field that it cannot.
base::Result<void> checkFill(const Fill& fill, const InstrumentFacts& facts);

/// What one fill did.
struct Booking {
    bool isNew = false;     ///< false: this fill was booked before and changed nothing
    base::Decimal cash;     ///< signed, fees included: positive is received
    base::Decimal realized; ///< profit of the part that closed, without fees
};

/// What a ledger must keep to go on as it is. The ids of fills are not in it: one that was booked before must not come again.
struct LedgerState {
    struct Holding {
        Position position;
        base::Decimal openCost; ///< signed as the quantity
        bool isOfToday = true;  ///< the day's basis follows the open price
    };
    std::vector<Holding> holdings; ///< one a symbol
    base::Decimal cash, realized, fees;
};

/// Positions and cash as our fills add up to them. Every fill counts once, by order id and fill id.
///
/// Exact   cash, open costs and realised profit are kept as Decimal, and at any moment
///             cash - start cash = realised - Σ open costs - fees,
///         all of them since start(), and but for what adopt() and moveCash() changed.
///         The average open price is derived from the open cost and rounded to eight decimals.
/// Errors  a fill without ids, without a quantity above 0 or with a negative price is refused by field.
class Ledger
{
public:
    explicit Ledger(std::string account = {}) : m_account(std::move(account)) {}

    /// Starts over from what the broker says the account holds. Fill ids already seen stay seen.
    void start(std::span<const Position> positions, base::Decimal cash);
    LedgerState state() const;
    void restore(const LedgerState& state);
    base::Result<Booking> book(const Fill& fill, const InstrumentFacts& facts, const Fees& fees = {});
    /// What the broker holds of one instrument, where no fill explains it: replaces position and open cost, moves no cash.
    void adopt(const Position& position);
    /// Paid in or out, and whatever else is no fill.
    void moveCash(base::Decimal amount) { m_cash += amount; }
    /// A new trading day: today's realised profit starts at 0, and the day's basis becomes the last mark
    /// (`mark` gives it per share; NaN leaves the old basis).
    void startDay(const std::function<double(const Position&)>& mark);

    /// Nonzero positions by symbol, and those closed today.
    std::vector<Position> positions() const;
    /// Null when nothing was ever held.
    const Position* find(std::string_view symbol) const;
    base::Quantity quantity(std::string_view symbol) const;

    base::Decimal cash() const { return m_cash; }
    base::Decimal realized() const { return m_realized; } ///< since the start, without fees
    base::Decimal fees() const { return m_fees; }         ///< since the start
    /// Cash that went into what is open now: positive for what was bought, negative for what was sold short.
    base::Decimal openCost() const;

private:
    using Holding = LedgerState::Holding;
    Holding& holdingFor(const Fill& fill, const InstrumentFacts& facts);
    static Holding holdingOf(const Position& position);
    static void refreshAverages(Holding& holding);

    std::string m_account;
    std::map<std::string, Holding, std::less<>> m_holdings;
    std::set<std::pair<std::string, std::string>> m_booked; ///< order id, fill id
    base::Decimal m_cash, m_realized, m_fees;
};

} // namespace vegadesk::portfolio

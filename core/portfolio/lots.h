#pragma once

#include "portfolio/ledger.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::portfolio
{

/// What one fill opened, as much of it as is still held.
struct Lot {
    base::Instant openedAt{};    ///< zero: not known, it is the broker's word
    base::Decimal price;         ///< per share
    base::Quantity quantity = 0; ///< signed: negative is short
    base::Decimal cost;          ///< cash that went into it: negative was received
    base::Decimal
        dayBasis; ///< what its profit of the day is measured from, as the cost: the last mark before, or the cost of today
};

/// A lot that was closed, or the part of it that was.
struct ClosedLot {
    base::Instant openedAt{}, closedAt{};
    base::Decimal openPrice, closePrice; ///< per share
    base::Quantity quantity = 0;         ///< signed as it was held
    base::Decimal realized;              ///< since entry, without fees
    base::Decimal dayProfit;             ///< of today alone, without fees
};

/// One instrument in one strategy's trade. Lots ascend by time and are all long or all short.
struct LotHolding {
    std::string symbol, group, underlying; ///< group empty: opened by hand
    market::InstrumentType type = market::InstrumentType::EquityOption;
    int multiplier = 100;
    std::vector<Lot> lots;
    base::Decimal realized, fees; ///< since entry; fees are positive
    /// What was closed today made since its entry, and since today began; and today's fees.
    base::Decimal realizedToday, closedDayProfit, feesToday;
    base::Decimal income, incomeToday; ///< cash that came for it without a trade: dividends; below 0 of short shares

    base::Quantity quantity() const;
    base::Decimal cost() const;
};

/// Without fees and income but where it says so. `open` and `day` are of what has a mark.
struct LotProfit {
    base::Decimal realized, open;  ///< since entry
    base::Decimal realizedToday;   ///< since entry, of what was closed today: as Position::realizedToday
    base::Decimal day;             ///< today's, open and closed
    base::Decimal fees, feesToday; ///< positive
    base::Decimal income, incomeToday;
    int unknownMarks = 0; ///< holdings whose mark is not known

    LotProfit& operator+=(const LotProfit& other);
};

enum class LotKey : std::uint8_t { Symbol, Underlying, Group };

struct LotBookState {
    std::vector<LotHolding> holdings;
    base::Decimal realized, fees, income;
};

/// Fills as lots, first in, first out within each instrument and trade: what was opened when, and what closing it made.
///
/// Ledger   the same fills in a Ledger give the same quantities, fees and cash: at any moment
///              cash moved = realised + income - Σ costs - fees
///          to the last decimal. A Ledger realises by the average open price and so may realise sooner or later; where nothing
///          is held both have realised the same.
/// Groups   a trade's holding is its own: one trade may be long what another is short, and neither closes the other.
///          trading::TradeGroups says which trade a fill is of, and divides settlements.
/// Exact    Decimal throughout. A part of a lot takes its share of cost and basis, the rest keeps what is left of both.
/// Errors   as Ledger::book().
class LotBook
{
public:
    using Mark = std::function<double(const LotHolding&)>; ///< per share; NaN: not known

    /// What the fill closed, oldest lot first. Empty too for a fill that was booked before, which changes nothing.
    base::Result<std::vector<ClosedLot>> book(const Fill& fill, const InstrumentFacts& facts, std::string_view group,
                                              const Fees& fees = {});
    /// What the broker holds, where no fill explains it: one lot of that average price, in the place of the trade's lots. Today it
    /// is measured from the last close, and from its price where the broker tells none.
    void adopt(const Position& position, std::string_view group);
    /// What the broker holds in all: what the trades' lots leave of it is adopted as no trade's, at the price that gives all of them
    /// together the broker's average, unless the lots say as much already.
    void agree(const Position& position);
    /// The price that lots opened before `dayStart` are measured from today: the broker's of the last close.
    void setDayBasis(std::string_view symbol, base::Decimal price, base::Instant dayStart);
    /// Cash without a trade, as a dividend.
    void pay(std::string_view symbol, std::string_view group, const InstrumentFacts& facts, base::Decimal amount);
    /// A new trading day: the day's basis becomes the mark (an unknown one leaves the old basis). A holding that is closed leaves,
    /// once nothing is held any more of its trade in the underlying.
    void startDay(const Mark& mark);

    LotBookState state() const;
    /// Fill ids already seen stay seen.
    void restore(LotBookState state);

    /// By symbol, then group; closed ones that have not left are among them.
    std::vector<LotHolding> holdings() const;
    /// Of one instrument, by group.
    std::vector<const LotHolding*> holdingsOf(std::string_view symbol) const;
    /// Null when nothing was held.
    const LotHolding* find(std::string_view symbol, std::string_view group) const;
    base::Decimal realized() const { return m_realized; } ///< of all since the start, without fees
    base::Decimal fees() const { return m_fees; }         ///< of all since the start
    base::Decimal income() const { return m_income; }     ///< of all since the start
    base::Decimal cost() const;

    /// Of holdings() together, and apart.
    LotProfit profit(const Mark& mark) const;
    std::map<std::string, LotProfit, std::less<>> profitBy(LotKey key, const Mark& mark) const;

private:
    using Key = std::pair<std::string, std::string>; ///< symbol, group
    LotHolding& holdingFor(std::string_view symbol, std::string_view group, const InstrumentFacts& facts);

    std::map<Key, LotHolding> m_holdings;
    std::set<std::pair<std::string, std::string>> m_booked; ///< order id, fill id
    base::Decimal m_realized, m_fees, m_income;
};

/// Of one holding.
LotProfit profitOf(const LotHolding& holding, double mark);
/// Of one of its lots: nothing but `open` and `day`.
LotProfit profitOf(const Lot& lot, int multiplier, double mark);

} // namespace vegadesk::portfolio

#pragma once

#include "base/time.h"
#include "execution/order.h"
#include "portfolio/attribution.h"
#include "portfolio/lots.h"

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

/// A part of a settlement's fill and the trade that it is of; empty: no trade's.
struct SettledPart {
    std::string group;
    portfolio::Fill fill;
};

/// The account's lots, beside its books: the same fills, settlements and dividends, by the trades that TradeGroups says.
///
/// Broker  what fills do not explain is the broker's word, held by no trade, as of the Ledger. A split is no fill either: the
///         trades keep the lots that they opened, and the rest comes or goes without one.
/// Day     a New York date, begun by the first thing that happens on it. Lots from before are measured from the last mark, after a
///         start of the program from the broker's close.
class AccountLots
{
public:
    using Mark = std::function<double(std::string_view symbol)>; ///< per share; NaN: not known

    explicit AccountLots(Mark mark) : m_mark(std::move(mark)) {}

    /// Something happens on that date.
    void rollTo(base::Date day);
    /// It is that date; a simulated market that began anew may be on an earlier one.
    void beginDay(base::Date day);
    /// Once the account's positions are known.
    void begin(std::span<const portfolio::Position> positions);
    void agree(const portfolio::Position& position) { m_book.agree(position); }

    void book(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts, std::string_view group,
              const portfolio::Fees& fees);
    /// `parts` by trade; what they leave of the fill is no trade's.
    void settle(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts,
                std::span<const SettledPart> parts);
    /// By the shares that each trade holds now; no trade's where none are held.
    std::vector<portfolio::AttributedCash> divided(const execution::CashDividend& dividend) const;
    void pay(std::span<const portfolio::AttributedCash> parts);

    const portfolio::LotBook& lots() const { return m_book; }

private:
    Mark m_mark;
    base::Date m_day{};
    portfolio::LotBook m_book;
};

} // namespace vegadesk::trading

#pragma once

#include "market/quote.h"
#include "portfolio/ledger.h"
#include "trading/markets.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

struct AccountFigures {
    double netLiquidation = market::unknown;
    /// Net liquidation when the New York date began, with what was paid in or out since. See `sessionSince`.
    double atSessionStart = market::unknown;
    std::optional<base::Instant> sessionSince; ///< the day is only known from here on: its beginning was not seen
    double dayProfit = market::unknown;
    double dailyLoss = market::unknown; ///< fraction of the session's start, positive is a loss
    double cash = market::unknown;
    double buyingPower = market::unknown; ///< as the broker says
    double requirement = market::unknown; ///< as the broker says
    double openProfit = market::unknown;  ///< of positions whose mark is known
    int unknownMarks = 0;
};

/// The account as limits and profit are reckoned from: the ledger, the marks of what is held, and where the day began.
///
/// Money   net liquidation is the broker's last figure plus how our own marks have moved since; a position whose quote is
///         flagged keeps its last good mark, one that never had a mark counts at the broker's own basis and is counted in
///         `unknownMarks`.
/// Day     begins where the last one ended. A first day begins at the previous close by the positions' own basis, once
///         every mark is known; until then with the first figure there is, and says since when.
/// Profit  of the day is by our own marks: the broker reads the same market a moment sooner or later, and where its figure
///         differs from ours by no more than that, the day's start moves along, not the profit. `readersApart` bounds how far
///         in all, so that nothing real can hide in it.
class AccountBooks
{
public:
    static constexpr double readersApart = 0.001; ///< of the day's start

    /// `markets` must outlive this.
    explicit AccountBooks(const Markets& markets) : m_markets(markets) {}

    bool hasPositions() const { return m_hasPositions; }
    bool isReady() const { return m_hasPositions && m_hasBalances; }
    /// Starts the ledger from the broker's positions.
    void begin(std::span<const portfolio::Position> positions);
    void setBalances(const portfolio::Balances& balances);

    base::Result<portfolio::Booking> book(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts,
                                          const portfolio::Fees& fees);
    /// A fill of a settlement: the broker's last net liquidation has it already.
    base::Result<portfolio::Booking> settle(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts);
    /// The broker's word on a position that no fill explains.
    void adopt(const portfolio::Position& position);
    void refreshMarks(std::string_view underlying);

    const portfolio::Ledger& ledger() const { return m_ledger; }
    const portfolio::Balances& balances() const { return m_balances; }
    std::vector<portfolio::Position> positions() const; ///< nonzero ones
    double mark(std::string_view symbol) const;         ///< per share: the last good mid; NaN when there never was one
    double netLiquidation() const;                      ///< NaN until isReady()
    AccountFigures figures() const;

    /// A new New York date; `start` is its first figure where it is known from an earlier run, and `since` as sessionSince.
    void beginDay(base::Date date, std::optional<double> start, std::optional<base::Instant> since);
    base::Date day() const { return m_day; }
    /// Looks for a better start of the day than there is; true when it found one, which then is in figures().
    bool improveDayStart(base::Instant now);
    void noteEndOfStep() { m_lastNetLiquidation = netLiquidation(); }

    /// The broker's cash less ours, as of its last balances.
    base::Decimal cashGap() const { return m_balances.cash - m_ledger.cash(); }
    std::uint64_t balancesCount() const { return m_balancesCount; } ///< how often they came
    /// Paid in (or out, negative): no profit of the day.
    void addDeposit(base::Decimal amount);
    /// Cash that a holding brought: the day's profit has it.
    void addDividend(base::Decimal amount);

private:
    void takeMark(std::string_view symbol, bool isFilled = false);
    double ownValue() const;
    double valueOf(const portfolio::Position& position) const;
    void startDayWith(double start);
    std::optional<double> startFromPreviousClose() const;

    const Markets& m_markets;
    portfolio::Ledger m_ledger;
    std::map<std::string, double, std::less<>> m_marks; ///< last good mid of what is held
    bool m_hasPositions = false, m_hasBalances = false;
    portfolio::Balances m_balances;
    std::uint64_t m_balancesCount = 0;
    double m_valueOffset = market::unknown; ///< broker's net liquidation less our own value, when it last spoke

    base::Date m_day{};
    double m_dayStart = market::unknown;
    double m_apart = 0; ///< by how much the broker has read the market otherwise than we since then
    std::optional<base::Instant> m_dayStartSeenAt; ///< set while the day's beginning was not seen
    double m_lastNetLiquidation = market::unknown;
};

} // namespace vegadesk::trading

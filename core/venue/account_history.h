#pragma once

#include "base/error.h"
#include "portfolio/fees.h"
#include "portfolio/position.h"
#include "tastytrade/wire/account_history.h"
#include "tastytrade/wire/order.h"
#include "tastytrade/wire/transaction.h"

#include <QJsonObject>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// What the account was worth from one moment to the next.
struct WorthRow {
    base::Instant from{};
    base::Decimal open, high, low, close;
};

/// What an AccountHistory must keep to go on as it is.
struct AccountHistoryState {
    std::vector<tastytrade::wire::Transaction> transactions; ///< oldest first
    std::vector<tastytrade::wire::BalanceSnapshot> balances; ///< likewise
    std::vector<WorthRow> minutes, days;                     ///< likewise
    std::int64_t booked = 0;                                 ///< transactions since the start, those forgotten included
    base::Instant sampledAt{};                               ///< of the last sample, and what it said
    std::optional<base::Decimal> lastWorth;
};
QJsonObject toJson(const AccountHistoryState& state);
base::Result<AccountHistoryState> parseAccountHistory(const QJsonObject& object);

/// The account's past: its transactions but for what expiries moved, its balance before and after each session, and what it was
/// worth every five minutes of one.
///
/// Bounds  the newest 3,000 transactions, 260 balances (half a year), 2,000 rows of five minutes (a month) and 1,500 of days
///         (six years); older ones are forgotten.
class AccountHistory
{
public:
    static constexpr std::size_t transactionsMost = 3000, balancesMost = 260, minutesMost = 2000, daysMost = 1500;
    static constexpr base::Nanos samplePeriod = std::chrono::minutes(5);

    /// Begins at `start`: nothing before it is sampled.
    explicit AccountHistory(base::Instant start) { m_state.sampledAt = start; }
    explicit AccountHistory(AccountHistoryState state) : m_state(std::move(state)) {}
    const AccountHistoryState& state() const { return m_state; }

    /// Money that was paid in.
    void bookDeposit(const std::string& account, base::Decimal amount, base::Instant at);
    /// Paid to a holder of the stock, or by whoever is short of it.
    void bookDividend(const std::string& account, const std::string& symbol, base::Decimal perShare,
                      base::Decimal amount, base::Instant at);
    /// What the account began with besides money.
    void bookDelivery(const portfolio::Position& position, base::Instant at);
    /// One fill of leg `leg` of `order`.
    void bookTrade(const tastytrade::wire::Order& order, std::size_t leg, const portfolio::Fill& fill, int multiplier,
                   const portfolio::Fees& fees);
    /// Of the trade that was booked last, where it is not quantity times price.
    void correctValue(base::Decimal value);
    /// The day's gain or loss of a future.
    void bookMarkToMarket(const std::string& account, const market::Instrument& future, base::Decimal settlement,
                          base::Decimal amount, base::Instant at);
    /// `timeOfDay` is "BOD" or "EOD".
    void bookBalance(tastytrade::wire::AccountBalance balance, std::string timeOfDay);
    /// Samples the moments that are due after the last one and up to `until`. Nothing may have changed in between.
    void sampleUntil(base::Instant until, const std::function<base::Decimal(base::Instant)>& worth);

    const std::vector<tastytrade::wire::Transaction>& transactions() const { return m_state.transactions; }
    const std::vector<tastytrade::wire::BalanceSnapshot>& balances() const { return m_state.balances; }
    /// Rows that begin at `from` or later and reach `now`, when the account is worth `worth`: of five minutes, or of sessions.
    std::vector<WorthRow> minutesSince(base::Instant from, base::Instant now, base::Decimal worth) const;
    std::vector<WorthRow> daysSince(base::Instant from, base::Instant now, base::Decimal worth) const;

private:
    tastytrade::wire::Transaction& book(const std::string& account, const char* type, base::Instant at);
    void sample(base::Instant at, base::Decimal worth, bool isFirstOfSession);

    AccountHistoryState m_state;
    base::Instant m_due{}; ///< the next sample; zero: not looked up yet
};

} // namespace vegadesk::venue

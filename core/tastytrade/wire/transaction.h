#pragma once

#include "execution/order.h"
#include "tastytrade/wire/json.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// A line of GET /accounts/{n}/transactions: something that changed positions or cash.
struct Transaction {
    std::string id; ///< digits
    std::string account;
    std::string type;    ///< "Receive Deliver", "Trade", "Money Movement"
    std::string subType; ///< "Expiration", "Cash Settled Assignment", "Buy to Open"
    std::string description;
    std::string symbol, underlying; ///< empty where only cash moved
    std::optional<market::InstrumentType> instrumentType;
    std::optional<portfolio::Action> action; ///< none where an option is taken away
    std::int64_t quantity = 0;               ///< without a sign
    std::optional<base::Decimal> price;
    base::Decimal value; ///< signed: positive was received; without fees
    base::Instant executedAt{};

    friend bool operator==(const Transaction&, const Transaction&) = default;
};
/// Errors: no id or type; a quantity that is no whole number.
base::Result<Transaction> parseTransaction(const QJsonObject& object);
QJsonObject toJson(const Transaction& transaction);

/// The options taken away among `transactions`, each with the shares that changed hands for it.
///
/// Rows    "Receive Deliver" of the sub types Expiration, Exercise, Assignment and the two "Cash Settled …". Their price is
///         the strike; what was paid is their value, so that is where the price of the closing comes from. Shares come as
///         rows of their own, at the strike, at the same moment. Everything else (splits, transfers, trades) is left out.
/// Source  rows as clients of the broker describe them; its own documents do not list the sub types.
std::vector<execution::Settlement> settlementsIn(std::span<const Transaction> transactions);

} // namespace vegadesk::tastytrade::wire

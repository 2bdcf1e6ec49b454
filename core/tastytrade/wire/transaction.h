#pragma once

#include "execution/order.h"
#include "tastytrade/wire/described.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// What a transaction cost and where it came from. Amounts are signed: what was paid is below 0.
struct TransactionDetails {
    static constexpr std::string_view what = "transaction";
    std::optional<base::Decimal> regulatoryFees, clearingFees, commission, indexOptionFees, otherCharge;
    bool isEstimatedFee = false;
    std::optional<base::Date> date;
    std::string currency, orderId, venue, exchange, exchangeOrder, globalOrder, group, groupFill, execution, execId;
    std::string otherChargeDescription, reverses;
    std::optional<std::int64_t> legCount;
    std::optional<base::Date> costBasisDate;

    template<class Io, class Self>
    static void describe(Io& io, Self& self)
    {
        io.amount("regulatory-fees", self.regulatoryFees);
        io.amount("clearing-fees", self.clearingFees);
        io.amount("commission", self.commission);
        io.amount("proprietary-index-option-fees", self.indexOptionFees);
        io.amount("other-charge", self.otherCharge);
        io("other-charge-description", self.otherChargeDescription);
        io("is-estimated-fee", self.isEstimatedFee);
        io("transaction-date", self.date);
        io("currency", self.currency);
        io.id("order-id", self.orderId);
        io("leg-count", self.legCount);
        io("destination-venue", self.venue);
        io("exchange", self.exchange);
        io.id("ext-exchange-order-number", self.exchangeOrder);
        io.id("ext-global-order-number", self.globalOrder);
        io.id("ext-group-id", self.group);
        io.id("ext-group-fill-id", self.groupFill);
        io.id("ext-exec-id", self.execution);
        io.id("exec-id", self.execId);
        io.id("reverses-id", self.reverses);
        io("cost-basis-reconciliation-date", self.costBasisDate);
    }
    friend bool operator==(const TransactionDetails&, const TransactionDetails&) = default;
};

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
    base::Quantity quantity = 0;             ///< without a sign
    std::optional<base::Decimal> price;
    base::Decimal value;    ///< signed: positive was received; without fees
    base::Decimal netValue; ///< with them; the value where the broker does not say
    base::Instant executedAt{};
    TransactionDetails details = {};

    friend bool operator==(const Transaction&, const Transaction&) = default;
};
/// Errors: no id or type; a quantity that cannot be read.
base::Result<Transaction> parseTransaction(const QJsonObject& object);
QJsonObject toJson(const Transaction& transaction);

/// The options taken away among `transactions`, each with the shares that changed hands for it.
///
/// Rows    "Receive Deliver" of the sub types Expiration, Exercise, Assignment and the two "Cash Settled …". Their price is
///         the strike; what was paid is their value, so that is where the price of the closing comes from. Shares come as
///         rows of their own, at the strike, at the same moment. Everything else (splits, transfers, trades) is left out.
/// Source  rows as clients of the broker describe them; its own documents do not list the sub types.
std::vector<execution::Settlement> settlementsIn(std::span<const Transaction> transactions);

/// Dividends and what short shares owe for them among `transactions`: "Money Movement" of the sub type Dividend, with a symbol.
std::vector<execution::CashDividend> dividendsIn(std::span<const Transaction> transactions);

} // namespace vegadesk::tastytrade::wire

#include "tastytrade/wire/transaction.h"

#include "market/symbols.h"

#include <algorithm>
#include <array>

namespace vegadesk::tastytrade::wire
{

namespace
{

constexpr std::string_view receiveDeliver = "Receive Deliver";
constexpr std::array<std::string_view, 5> removals{"Expiration", "Exercise", "Assignment", "Cash Settled Exercise",
                                                   "Cash Settled Assignment"};
/// Of every option that is settled in cash, and of every standard one that delivers shares.
constexpr std::int64_t sharesPerContract = 100;
constexpr std::int64_t mostContracts = 1'000'000'000;

bool isRemoval(const Transaction& row)
{
    return row.type == receiveDeliver && std::ranges::find(removals, row.subType) != removals.end() &&
           row.instrumentType == market::InstrumentType::EquityOption && row.quantity > 0 && row.quantity.isWhole();
}

bool isDeliveryFor(const Transaction& row, const Transaction& removal, base::Decimal strike)
{
    return row.type == receiveDeliver && row.instrumentType == market::InstrumentType::Equity && row.action &&
           row.price == strike && row.symbol == removal.underlying && row.executedAt == removal.executedAt &&
           row.quantity == removal.quantity * sharesPerContract;
}

} // namespace

base::Result<Transaction> parseTransaction(const QJsonObject& object)
{
    Fields in(object, "transaction");
    Transaction row;
    row.id = in.id("id");
    row.account = in.text("account-number", {});
    row.type = in.text("transaction-type");
    row.subType = in.text("transaction-sub-type", {});
    row.description = in.text("description", {});
    row.symbol = in.text("symbol", {});
    row.underlying = in.text("underlying-symbol", row.symbol);
    if (in.has("instrument-type"))
        row.instrumentType = in.take(market::instrumentTypeFromWire(in.text("instrument-type")));
    if (in.has("action"))
        row.action = in.take(portfolio::actionFromWire(in.text("action")));
    row.quantity = in.quantity("quantity", 0);
    if (row.quantity < 0 || row.quantity > mostContracts)
        in.refuse("quantity", row.quantity.toString(), "0 to 1,000,000,000");
    if (!row.quantity.isWhole() && market::parseOccSymbol(row.symbol))
        in.refuse("quantity", row.quantity.toString(), "a whole number of contracts");
    row.price = in.optionalDecimal("price");
    row.value = in.optionalAmount("value").value_or(base::Decimal{});
    row.netValue = in.optionalAmount("net-value").value_or(row.value);
    row.executedAt = in.optionalInstant("executed-at").value_or(base::Instant{});
    row.details = in.take(read<TransactionDetails>(object));
    if (in.failed())
        return in.error();
    return row;
}

QJsonObject toJson(const Transaction& row)
{
    QJsonObject object = toJson(row.details);
    object.insert(QLatin1String("id"), toQString(row.id).toLongLong());
    put(object, "account-number", row.account);
    put(object, "transaction-type", row.type);
    put(object, "transaction-sub-type", row.subType);
    put(object, "description", row.description);
    if (!row.symbol.empty()) {
        put(object, "symbol", row.symbol);
        put(object, "quantity", base::Decimal::fromUnits(row.quantity.units()));
    }
    if (!row.underlying.empty())
        put(object, "underlying-symbol", row.underlying);
    if (row.instrumentType)
        put(object, "instrument-type", market::toWire(*row.instrumentType));
    if (row.action)
        put(object, "action", portfolio::toWire(*row.action));
    putIf(object, "price", row.price);
    putAmount(object, "value", row.value);
    putAmount(object, "net-value", row.netValue);
    put(object, "executed-at", row.executedAt);
    return object;
}

std::vector<execution::Settlement> settlementsIn(std::span<const Transaction> transactions)
{
    std::vector<execution::Settlement> settlements;
    std::vector<bool> isTaken(transactions.size(), false); // two contracts of one strike deliver twice
    for (const Transaction& row : transactions) {
        const auto terms = market::parseOccSymbol(row.symbol);
        if (!isRemoval(row) || !terms)
            continue;
        execution::Settlement settlement;
        settlement.id = row.id;
        settlement.symbol = row.symbol;
        settlement.underlying = row.underlying;
        settlement.contracts = row.quantity;
        settlement.price =
            base::Decimal::fromUnits(row.value.abs().units() / (row.quantity.whole() * sharesPerContract));
        settlement.at = row.executedAt;
        for (std::size_t i = 0; i < transactions.size() && !settlement.shares; ++i) {
            const Transaction& other = transactions[i];
            if (isTaken[i] || !isDeliveryFor(other, row, terms->strike))
                continue;
            isTaken[i] = true;
            settlement.shares = {*other.action, other.quantity, *other.price};
        }
        settlements.push_back(std::move(settlement));
    }
    return settlements;
}

std::vector<execution::CashDividend> dividendsIn(std::span<const Transaction> transactions)
{
    std::vector<execution::CashDividend> dividends;
    for (const Transaction& row : transactions) {
        if (row.type == "Money Movement" && row.subType == "Dividend" && !row.symbol.empty() && !row.netValue.isZero())
            dividends.push_back({row.id, row.symbol, row.netValue, row.executedAt});
    }
    return dividends;
}

} // namespace vegadesk::tastytrade::wire

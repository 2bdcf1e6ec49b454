#include "venue/account_history.h"

#include "market/calendar.h"

#include <algorithm>
#include <sstream>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Decimal;
using base::Instant;

constexpr std::int64_t firstTransaction = 1'000'000'000; ///< its id; far from those of orders and deliveries

template<class T>
void keepNewest(std::vector<T>& list, std::size_t most)
{
    if (list.size() > most)
        list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(most));
}

void extend(WorthRow& row, Decimal worth)
{
    row.high = std::max(row.high, worth);
    row.low = std::min(row.low, worth);
    row.close = worth;
}

/// The first moment after `at` that is an open, a close, or a whole number of periods after the open.
Instant nextSample(Instant at)
{
    const base::Date date = market::newYorkDate(at);
    const auto session = market::sessionOn(date);
    if (!session || at >= session->close)
        return market::sessionOn(market::nextTradingDay(date))->open;
    if (at < session->open)
        return session->open;
    return session->open + ((at - session->open) / AccountHistory::samplePeriod + 1) * AccountHistory::samplePeriod;
}

/// "nanoseconds open high low close", amounts in units: there are thousands of rows.
QString rowText(const WorthRow& row)
{
    std::string text = std::to_string(row.from.time_since_epoch().count());
    for (const Decimal value : {row.open, row.high, row.low, row.close})
        text += ' ' + std::to_string(value.units());
    return wire::toQString(text);
}

/// Only what is read back: a whole balance has sixty keys.
QJsonObject balanceText(const wire::BalanceSnapshot& snapshot)
{
    const QJsonObject whole = wire::toJson(snapshot);
    QJsonObject object;
    for (const char* key :
         {"account-number", "cash-balance", "net-liquidating-value", "equity-buying-power", "derivative-buying-power",
          "maintenance-requirement", "pending-cash", "pending-cash-effect", "updated-at", "long-equity-value",
          "short-equity-value", "long-derivative-value", "short-derivative-value", "snapshot-date", "time-of-day"})
        object.insert(QLatin1String(key), whole.value(QLatin1String(key)));
    return object;
}

std::vector<WorthRow> rowsIn(wire::Fields& in, const char* key)
{
    std::vector<WorthRow> rows;
    for (const QJsonValue& entry : in.list(key)) {
        std::istringstream text(entry.toString().toStdString());
        std::int64_t from = 0, open = 0, high = 0, low = 0, close = 0;
        if (!(text >> from >> open >> high >> low >> close)) {
            in.refuse(key, text.str(), "a moment and four amounts");
            return rows;
        }
        rows.push_back({Instant(base::Nanos(from)), Decimal::fromUnits(open), Decimal::fromUnits(high),
                        Decimal::fromUnits(low), Decimal::fromUnits(close)});
    }
    return rows;
}

} // namespace

wire::Transaction& AccountHistory::book(const std::string& account, const char* type, Instant at)
{
    keepNewest(m_state.transactions, transactionsMost - 1);
    wire::Transaction& row = m_state.transactions.emplace_back();
    row.id = std::to_string(firstTransaction + ++m_state.booked);
    row.account = account;
    row.type = type;
    row.executedAt = base::fromUnixMillis(base::toUnixMillis(at));
    row.details.date = market::newYorkDate(at);
    row.details.currency = "USD";
    return row;
}

void AccountHistory::bookDeposit(const std::string& account, Decimal amount, Instant at)
{
    wire::Transaction& row = book(account, "Money Movement", at);
    row.subType = "Deposit";
    row.description = "Simulated money to begin with";
    row.value = row.netValue = amount;
}

void AccountHistory::bookDividend(const std::string& account, const std::string& symbol, Decimal perShare,
                                  Decimal amount, Instant at)
{
    wire::Transaction& row = book(account, "Money Movement", at);
    row.subType = "Dividend";
    row.description = "Simulated dividend of " + perShare.toFixed(2) + " a share of " + symbol;
    row.symbol = row.underlying = symbol;
    row.instrumentType = market::InstrumentType::Equity;
    row.value = row.netValue = amount;
}

void AccountHistory::bookDelivery(const portfolio::Position& position, Instant at)
{
    wire::Transaction& row = book(position.account, "Receive Deliver", at);
    row.action = position.quantity > 0 ? portfolio::Action::BuyToOpen : portfolio::Action::SellToOpen;
    row.subType = portfolio::toWire(*row.action);
    row.description = "Example position in " + position.symbol;
    row.symbol = position.symbol;
    row.underlying = position.underlying;
    row.instrumentType = position.type;
    row.quantity = position.quantity.abs();
    row.price = position.averageOpenPrice;
    row.value = row.netValue = position.averageOpenPrice * (-position.quantity * position.multiplier);
}

void AccountHistory::bookTrade(const wire::Order& order, std::size_t leg, const portfolio::Fill& fill, int multiplier,
                               const portfolio::Fees& fees)
{
    const bool buys = portfolio::isBuy(fill.action);
    wire::Transaction& row = book(order.account, "Trade", fill.at);
    row.subType = portfolio::toWire(fill.action);
    row.description =
        (buys ? "Bought " : "Sold ") + fill.quantity.toString() + " " + fill.symbol + " @ " + fill.price.toString();
    row.symbol = fill.symbol;
    row.underlying = order.underlying;
    row.instrumentType = order.legs[leg].terms.type;
    row.action = fill.action;
    row.quantity = fill.quantity;
    row.price = fill.price;
    row.value = fill.price * (fill.quantity * multiplier * (buys ? -1 : 1));
    row.netValue = row.value - fees.total();
    wire::TransactionDetails& details = row.details;
    details.commission = -fees.commission;
    details.clearingFees = -fees.clearing;
    details.regulatoryFees = -fees.regulatory;
    details.indexOptionFees = -fees.indexOption;
    details.orderId = order.id;
    details.legCount = static_cast<std::int64_t>(order.legs.size());
    details.venue = order.legs[leg].fills.empty() ? std::string() : order.legs[leg].fills.back().venue;
    details.execId = fill.fillId;
    details.group = details.groupFill = order.id;
}

void AccountHistory::correctValue(Decimal value)
{
    wire::Transaction& row = m_state.transactions.back();
    row.netValue += value - row.value;
    row.value = value;
}

void AccountHistory::bookMarkToMarket(const std::string& account, const market::Instrument& future, Decimal settlement,
                                      Decimal amount, Instant at)
{
    wire::Transaction& row = book(account, "Money Movement", at);
    row.subType = "Mark to Market";
    row.description = "Simulated settlement of " + future.symbol + " at " + settlement.toString();
    row.symbol = row.underlying = future.symbol;
    row.instrumentType = future.type;
    row.value = row.netValue = amount;
}

void AccountHistory::bookBalance(wire::AccountBalance balance, std::string timeOfDay)
{
    keepNewest(m_state.balances, balancesMost - 1);
    m_state.balances.push_back({std::move(balance), std::move(timeOfDay)});
}

void AccountHistory::sampleUntil(Instant until, const std::function<Decimal(Instant)>& worth)
{
    if (m_due == Instant{})
        m_due = nextSample(m_state.sampledAt);
    while (m_due <= until) {
        const auto session = market::sessionOn(market::newYorkDate(m_due));
        m_state.sampledAt = m_due;
        sample(m_due, worth(m_due), m_due == session->open);
        m_due = nextSample(m_due);
    }
}

void AccountHistory::sample(Instant at, Decimal worth, bool isFirstOfSession)
{
    if (m_state.lastWorth && !isFirstOfSession) {
        keepNewest(m_state.minutes, minutesMost - 1);
        WorthRow& row = m_state.minutes.emplace_back(
            WorthRow{at - samplePeriod, *m_state.lastWorth, *m_state.lastWorth, *m_state.lastWorth, {}});
        extend(row, worth);
    }
    m_state.lastWorth = worth;
    std::vector<WorthRow>& days = m_state.days;
    if (!days.empty() && market::newYorkDate(days.back().from) == market::newYorkDate(at)) {
        extend(days.back(), worth);
        return;
    }
    keepNewest(days, daysMost - 1);
    days.push_back({at, worth, worth, worth, worth});
}

std::vector<WorthRow> AccountHistory::minutesSince(Instant from, Instant now, Decimal worth) const
{
    const auto first = std::ranges::lower_bound(m_state.minutes, from, {}, &WorthRow::from);
    std::vector<WorthRow> rows(first, m_state.minutes.end());
    // The row that is not over yet.
    const Decimal open = market::isOpen(now) ? m_state.lastWorth.value_or(worth) : worth;
    const Instant since = market::isOpen(now) && m_state.lastWorth ? m_state.sampledAt : now;
    rows.push_back({since, open, open, open, {}});
    extend(rows.back(), worth);
    return rows;
}

std::vector<WorthRow> AccountHistory::daysSince(Instant from, Instant now, Decimal worth) const
{
    const auto first = std::ranges::lower_bound(m_state.days, from, {}, &WorthRow::from);
    std::vector<WorthRow> rows(first, m_state.days.end());
    if (!rows.empty() && market::newYorkDate(rows.back().from) == market::newYorkDate(now))
        extend(rows.back(), worth);
    else
        rows.push_back({now, worth, worth, worth, worth});
    return rows;
}

QJsonObject toJson(const AccountHistoryState& state)
{
    QJsonArray transactions, balances, minutes, days;
    for (const wire::Transaction& row : state.transactions)
        transactions.append(wire::toJson(row));
    for (const wire::BalanceSnapshot& snapshot : state.balances)
        balances.append(balanceText(snapshot));
    for (const WorthRow& row : state.minutes)
        minutes.append(rowText(row));
    for (const WorthRow& row : state.days)
        days.append(rowText(row));
    QJsonObject object{{QStringLiteral("transactions"), transactions},
                       {QStringLiteral("balances"), balances},
                       {QStringLiteral("minutes"), minutes},
                       {QStringLiteral("days"), days},
                       {QStringLiteral("booked"), qint64{state.booked}}};
    wire::put(object, "sampled-at", std::to_string(state.sampledAt.time_since_epoch().count()));
    wire::putIf(object, "last-worth", state.lastWorth);
    return object;
}

base::Result<AccountHistoryState> parseAccountHistory(const QJsonObject& object)
{
    wire::Fields in(object, "history");
    AccountHistoryState state;
    for (const QJsonValue& row : in.list("transactions"))
        state.transactions.push_back(in.take(wire::parseTransaction(row.toObject())));
    for (const QJsonValue& snapshot : in.list("balances"))
        state.balances.push_back(in.take(wire::parseBalanceSnapshot(snapshot.toObject())));
    state.minutes = rowsIn(in, "minutes");
    state.days = rowsIn(in, "days");
    state.booked = in.integer("booked");
    state.sampledAt = Instant(base::Nanos(in.integer("sampled-at")));
    state.lastWorth = in.optionalDecimal("last-worth");
    if (in.failed())
        return in.error();
    return state;
}

} // namespace vegadesk::venue

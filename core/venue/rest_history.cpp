#include "market/calendar.h"
#include "venue/rest_answers.h"

#include <algorithm>

/// The routes about the account's past.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Instant;

/// What a client asked transactions for.
struct Wanted {
    std::vector<std::string> types, subTypes, symbols, underlyings, instrumentTypes, actions;
    std::optional<Date> from, to;
    std::optional<Instant> fromAt, toAt;
    std::string currency, futuresSymbol;
};

template<class T>
bool takeInto(T& target, base::Result<T> read, std::optional<base::Error>& problem)
{
    if (read)
        target = std::move(*read);
    else if (!problem)
        problem = read.error();
    return !problem;
}

base::Result<Wanted> wantedBy(const Parameters& query)
{
    Wanted wanted;
    wanted.types = query.list("type");
    for (const std::string& type : query.list("types"))
        wanted.types.push_back(type);
    for (const std::string& type : wanted.types) {
        if (type != "Trade" && type != "Receive Deliver" && type != "Money Movement" &&
            type != "Administrative Transfer")
            return base::badInput("type", type, "Administrative Transfer, Money Movement, Receive Deliver or Trade");
    }
    wanted.subTypes = query.list("sub-type");
    wanted.symbols = query.list("symbol");
    wanted.underlyings = query.list("underlying-symbol");
    wanted.instrumentTypes = query.list("instrument-type");
    wanted.actions = query.list("action");
    wanted.currency = query.text("currency");
    wanted.futuresSymbol = query.text("futures-symbol");
    std::optional<base::Error> problem;
    takeInto(wanted.from, query.date("start-date"), problem);
    takeInto(wanted.to, query.date("end-date"), problem);
    takeInto(wanted.fromAt, query.instant("start-at"), problem);
    takeInto(wanted.toAt, query.instant("end-at"), problem);
    if (problem)
        return tl::make_unexpected(*problem);
    return wanted;
}

bool isWanted(const wire::Transaction& row, const Wanted& wanted)
{
    const Date date = market::newYorkDate(row.executedAt);
    if ((wanted.from && date < *wanted.from) || (wanted.to && date > *wanted.to) ||
        (wanted.fromAt && row.executedAt < *wanted.fromAt) || (wanted.toAt && row.executedAt > *wanted.toAt))
        return false;
    const std::string_view type = row.instrumentType ? market::toWire(*row.instrumentType) : std::string_view();
    const std::string_view action = row.action ? portfolio::toWire(*row.action) : std::string_view();
    return isAmong(wanted.types, row.type) && isAmong(wanted.subTypes, row.subType) &&
           isAmong(wanted.symbols, row.symbol) && isAmong(wanted.underlyings, row.underlying) &&
           isAmong(wanted.instrumentTypes, type) && isAmong(wanted.actions, action) &&
           (wanted.currency.empty() || wanted.currency == "USD") &&
           (wanted.futuresSymbol.empty() || wanted.futuresSymbol == row.underlying);
}

wire::NetLiquidation toWire(const WorthRow& row)
{
    wire::NetLiquidation liquidation;
    liquidation.value = {row.open, row.high, row.low, row.close};
    liquidation.total = liquidation.value; // nothing is pending here: trades settle at once
    liquidation.time = row.from;
    return liquidation;
}

/// How far back a client looks: "1d", "1w", "1m", "3m", "6m", "1y" or "all", in days.
base::Result<std::optional<int>> daysBack(const std::string& text)
{
    if (text.empty() || text == "all")
        return std::optional<int>();
    for (const auto& [word, days] : {std::pair("1d", 1), std::pair("1w", 7), std::pair("1m", 31), std::pair("3m", 92),
                                     std::pair("6m", 183), std::pair("1y", 366)}) {
        if (text == word)
            return std::optional(days);
    }
    return base::badInput("time-back", text, "1d, 1w, 1m, 3m, 6m, 1y or all");
}

/// The session of now, or else the last one's open.
Instant lastOpen(Instant now)
{
    const Date today = market::newYorkDate(now);
    const auto session = market::sessionOn(today);
    return session && now >= session->open ? session->open : market::sessionOn(market::previousTradingDay(today))->open;
}

} // namespace

/// What was traded and paid, and what expiries moved, as one list, oldest first.
std::vector<wire::Transaction> RestApi::allTransactions() const
{
    std::vector<wire::Transaction> rows = m_exchange.history().transactions();
    const std::vector<wire::Transaction>& deliveries = m_exchange.deliveries();
    rows.insert(rows.end(), deliveries.begin(), deliveries.end());
    std::ranges::stable_sort(rows, {}, &wire::Transaction::executedAt);
    return rows;
}

HttpAnswer RestApi::transactions(const Call& call)
{
    if (call.part(3) == QLatin1String("total-fees"))
        return totalFees(call);
    std::vector<wire::Transaction> rows = allTransactions();
    if (call.segments.size() > 3) {
        const auto found = std::ranges::find(rows, call.symbol(3), &wire::Transaction::id);
        return found == rows.end() ? notFound("transaction " + call.symbol(3)) : data(*found, call.context);
    }
    const auto wanted = wantedBy(call.query);
    if (!wanted)
        return validationError(wanted.error());
    std::erase_if(rows, [&](const wire::Transaction& row) { return !isWanted(row, *wanted); });
    // Newest first, unless asked otherwise.
    if (call.query.text("sort") != "Asc")
        std::ranges::reverse(rows);
    return page(rows, call.request.query, call.context, {250, 2000});
}

HttpAnswer RestApi::totalFees(const Call& call)
{
    const auto date = call.query.date("date");
    if (!date)
        return validationError(date.error());
    wire::TotalFees fees;
    for (const wire::Transaction& row : m_exchange.history().transactions()) {
        if (market::newYorkDate(row.executedAt) == date->value_or(m_exchange.today()))
            fees.total += row.netValue - row.value;
    }
    return data(fees, call.context);
}

HttpAnswer RestApi::netLiquidation(const Call& call)
{
    const Instant now = m_exchange.now();
    const base::Decimal worth = m_exchange.book().netLiquidation(now);
    if (call.segments.size() == 3)
        return data(toWire({now, worth, worth, worth, worth}), call.context);
    if (call.segments.size() != 4 || call.part(3) != QLatin1String("history"))
        return notFound("route");
    const auto start = call.query.instant("start-time");
    const auto days = daysBack(call.query.text("time-back"));
    if (!start)
        return validationError(start.error());
    if (!days)
        return validationError(days.error());
    constexpr int minutesUpTo = 7; ///< days; for longer, a row a session
    Instant from{};
    if (*start)
        from = **start;
    else if (*days)
        from = **days == 1 ? lastOpen(now) : now - std::chrono::days(**days);
    const bool isShort = now - from <= std::chrono::days(minutesUpTo);
    const AccountHistory& history = m_exchange.history();
    std::vector<wire::NetLiquidation> rows;
    for (const WorthRow& row : isShort ? history.minutesSince(from, now, worth) : history.daysSince(from, now, worth))
        rows.push_back(toWire(row));
    return items(rows, call.context);
}

} // namespace vegadesk::venue

#include "tastytrade/market_api.h"

namespace vegadesk::tastytrade
{

namespace
{

std::string joined(const std::vector<std::string>& symbols)
{
    std::string text;
    for (const std::string& symbol : symbols)
        text += (text.empty() ? "" : ",") + symbol;
    return text;
}

const char* collectionOf(MarketApi::Exchange exchange)
{
    switch (exchange) {
    case MarketApi::Exchange::Cme:
        return "CME";
    case MarketApi::Exchange::Cfe:
        return "CFE";
    case MarketApi::Exchange::Equity:
        break;
    }
    return "Equity";
}

/// Ends where the route's own part begins; `after` is what futures routes have behind it.
std::string marketTime(MarketApi::Exchange exchange, const std::string& route)
{
    if (exchange == MarketApi::Exchange::Equity)
        return "/market-time/equities/" + route;
    return "/market-time/futures/" + route + "/" + collectionOf(exchange);
}

} // namespace

void MarketApi::metrics(const std::vector<std::string>& symbols, Done<std::vector<wire::MarketMetrics>> done)
{
    items<wire::MarketMetrics>("/market-metrics" + QueryText().add("symbols", joined(symbols)).text(), std::move(done));
}

void MarketApi::dividends(const std::string& symbol, Done<std::vector<wire::DividendEvent>> done)
{
    items<wire::DividendEvent>("/market-metrics/historic-corporate-events/dividends/" + encoded(symbol),
                               std::move(done));
}

void MarketApi::earnings(const std::string& symbol, base::Date from, std::optional<base::Date> to,
                         Done<std::vector<wire::EarningsEvent>> done)
{
    const QueryText query = QueryText().add("start-date", std::optional(from)).add("end-date", to);
    items<wire::EarningsEvent>("/market-metrics/historic-corporate-events/earnings-reports/" + encoded(symbol) +
                                   query.text(),
                               std::move(done));
}

void MarketApi::snapshots(const Wanted& wanted, Done<std::vector<wire::MarketSnapshot>> done)
{
    const std::size_t count = wanted.indices.size() + wanted.equities.size() + wanted.options.size() +
                              wanted.futures.size() + wanted.futureOptions.size() + wanted.cryptocurrencies.size();
    if (count > snapshotsMost)
        return done(base::badInput("symbols", std::to_string(count), "at most 100 at once"));
    // A comma list under a plain key: repeated keys are said to give one symbol a type.
    const QueryText query = QueryText()
                                .add("index", joined(wanted.indices))
                                .add("equity", joined(wanted.equities))
                                .add("equity-option", joined(wanted.options))
                                .add("future", joined(wanted.futures))
                                .add("future-option", joined(wanted.futureOptions))
                                .add("cryptocurrency", joined(wanted.cryptocurrencies));
    items<wire::MarketSnapshot>("/market-data/by-type" + query.text(), std::move(done));
}

void MarketApi::snapshot(const std::string& type, const std::string& symbol, Done<wire::MarketSnapshot> done)
{
    object<wire::MarketSnapshot>("/market-data/" + encoded(type) + "/" + encoded(symbol), std::move(done));
}

void MarketApi::session(Exchange exchange, const char* which, const QueryText& query, Done<wire::MarketSession> done)
{
    object<wire::MarketSession>(marketTime(exchange, std::string("sessions/") + which) + query.text(), std::move(done));
}

void MarketApi::currentSession(Exchange exchange, Done<wire::MarketSession> done)
{
    session(exchange, "current", {}, std::move(done));
}

void MarketApi::nextSession(Exchange exchange, base::Date date, Done<wire::MarketSession> done)
{
    session(exchange, "next", QueryText().add("date", std::optional(date)), std::move(done));
}

void MarketApi::previousSession(Exchange exchange, base::Date date, Done<wire::MarketSession> done)
{
    session(exchange, "previous", QueryText().add("date", std::optional(date)), std::move(done));
}

void MarketApi::sessions(Exchange exchange, base::Date from, base::Date to, Done<std::vector<wire::MarketSession>> done)
{
    const QueryText query = QueryText()
                                .add("from-date", std::optional(from))
                                .add("to-date", std::optional(to))
                                .add("instrument-collection", std::string(collectionOf(exchange)));
    items<wire::MarketSession>("/market-time/sessions" + query.text(), std::move(done));
}

void MarketApi::holidays(Exchange exchange, Done<wire::MarketHolidays> done)
{
    object<wire::MarketHolidays>(marketTime(exchange, "holidays"), std::move(done));
}

} // namespace vegadesk::tastytrade

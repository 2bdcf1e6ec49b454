#pragma once

#include "tastytrade/rest_calls.h"
#include "tastytrade/wire/market_data.h"
#include "tastytrade/wire/market_metrics.h"
#include "tastytrade/wire/market_time.h"

namespace vegadesk::tastytrade
{

/// What the market is like, in single answers; quotes that go on come from dxLink. All of them reads; lists leave out what cannot
/// be read, and put it in quarantine.
class MarketApi : private RestCalls
{
public:
    using RestCalls::Done;
    enum class Exchange : std::uint8_t { Equity, Cme, Cfe };

    MarketApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest) : RestCalls(queue, quarantine, rest) {}

    /// Volatility, liquidity, dividends and earnings of each; names without them are missing.
    void metrics(const std::vector<std::string>& symbols, Done<std::vector<wire::MarketMetrics>> done);
    void dividends(const std::string& symbol, Done<std::vector<wire::DividendEvent>> done);
    void earnings(const std::string& symbol, base::Date from, std::optional<base::Date> to,
                  Done<std::vector<wire::EarningsEvent>> done);

    /// Of what the broker knows of these, in any order. Errors: BadInput for more than 100, without a request.
    struct Wanted {
        std::vector<std::string> indices, equities, options, futures, futureOptions, cryptocurrencies;
    };
    static constexpr std::size_t snapshotsMost = 100;
    void snapshots(const Wanted& wanted, Done<std::vector<wire::MarketSnapshot>> done);
    /// `type` as in the path: "equity", "equity-option", "index", "future", "future-option", "cryptocurrency".
    void snapshot(const std::string& type, const std::string& symbol, Done<wire::MarketSnapshot> done);

    /// The session that runs, or the day's that is over or to come.
    void currentSession(Exchange exchange, Done<wire::MarketSession> done);
    void nextSession(Exchange exchange, base::Date date, Done<wire::MarketSession> done);
    void previousSession(Exchange exchange, base::Date date, Done<wire::MarketSession> done);
    /// At most nine months.
    void sessions(Exchange exchange, base::Date from, base::Date to, Done<std::vector<wire::MarketSession>> done);
    void holidays(Exchange exchange, Done<wire::MarketHolidays> done);

private:
    void session(Exchange exchange, const char* which, const QueryText& query, Done<wire::MarketSession> done);
};

} // namespace vegadesk::tastytrade

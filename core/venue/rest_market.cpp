#include "market/calendar.h"
#include "venue/rest_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

/// The routes about prices, volatility, dividends and earnings.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Decimal;
using base::Instant;
using market::Instrument;
using market::InstrumentType;

constexpr std::size_t snapshotsMost = 100;
constexpr double daysPerTurnover =
    400; ///< in which a name's shares change hands once: its market value is made of that

/// To six decimals; none for NaN.
std::optional<Decimal> figure(double value)
{
    const auto exact = Decimal::fromDouble(value);
    if (!exact)
        return std::nullopt;
    return exact->roundedTo(Decimal::fromUnits(100));
}

/// The broker's kinds of snapshot, and their words for what they are of.
struct Kind {
    std::string_view key, label;
};
constexpr std::array<Kind, 6> kinds{{{"index", "Index"},
                                     {"equity", "Equity"},
                                     {"equity-option", "Equity Option"},
                                     {"future", "Future"},
                                     {"future-option", "Future Option"},
                                     {"cryptocurrency", "Cryptocurrency"}}};

std::string_view kindOf(const Instrument& instrument)
{
    if (instrument.isOption())
        return instrument.type == InstrumentType::FutureOption ? "future-option" : "equity-option";
    switch (instrument.type) {
    case InstrumentType::Index:
        return "index";
    case InstrumentType::Future:
        return "future";
    case InstrumentType::Cryptocurrency:
        return "cryptocurrency";
    default:
        return "equity";
    }
}

/// Volatility at the money of each expiration that still lives.
std::vector<wire::MarketMetrics::ExpirationVolatility> expirationsOf(MarketModel& market,
                                                                     const market::ChainDefinition& chain, Instant at)
{
    const double spot = market.mark(chain.underlying, at);
    std::map<std::pair<Date, market::Settlement>, const Instrument*> nearest;
    for (const Instrument& option : chain.options) {
        if (option.option->right != market::Right::Call || option.expiresAt <= at)
            continue;
        const Instrument*& best = nearest[{option.option->expiry, option.settlement}];
        const auto distance = [spot](const Instrument& one) { return std::abs(one.option->strike.toDouble() - spot); };
        if (best == nullptr || distance(option) < distance(*best))
            best = &option;
    }
    std::vector<wire::MarketMetrics::ExpirationVolatility> list;
    for (const auto& [expiry, option] : nearest) {
        list.push_back({expiry.first, "Standard", expiry.second == market::Settlement::AM ? "AM" : "PM",
                        figure(market.data(*option, at).greeks.volatility)});
    }
    return list;
}

/// 0 to 4, as traders know it: by what is traded a day.
std::int64_t liquidityRating(double dollarVolume)
{
    std::int64_t rating = 0;
    for (const double least : {1e8, 5e8, 2e9, 8e9})
        rating += dollarVolume >= least ? 1 : 0;
    return rating;
}

void addDividends(wire::MarketMetrics& metrics, MarketModel& market, Date today, double price)
{
    const std::vector<Dividend> known =
        market.dividends(metrics.symbol, today - std::chrono::days(366), today + std::chrono::days(366));
    const auto next = std::ranges::find_if(known, [today](const Dividend& one) { return one.exDate > today; });
    Decimal ofYear;
    for (auto past = known.begin(); past != next; ++past)
        ofYear += past->amount;
    if (next != known.end())
        metrics.dividendNextDate = next->exDate;
    if (next == known.begin())
        return;
    const Dividend& last = *std::prev(next);
    metrics.dividend = last.amount;
    metrics.annualDividend = ofYear;
    metrics.dividendYield = figure(ofYear.toDouble() / price);
    metrics.dividendExDate = last.exDate;
    metrics.dividendPayDate = last.payDate;
    metrics.dividendAt = market::fromNewYork(last.exDate, std::chrono::seconds(0));
}

void addEarnings(wire::MarketMetrics& metrics, MarketModel& market, Date today, Instant now)
{
    const std::vector<EarningsReport> known =
        market.earnings(metrics.symbol, today - std::chrono::days(366), today + std::chrono::days(366));
    const auto next = std::ranges::find_if(known, [today](const EarningsReport& one) { return one.date >= today; });
    if (known.empty())
        return;
    const EarningsReport& shown = next == known.end() ? known.back() : *next;
    wire::MarketMetrics::Earnings earnings;
    earnings.isEstimated = shown.isEstimated;
    earnings.expectedDate = shown.date;
    earnings.quarterEnd = shown.quarterEnd;
    earnings.timeOfDay = shown.timeOfDay;
    if (shown.publishedAt <= now)
        earnings.actual = shown.actual;
    earnings.consensus = shown.consensus;
    earnings.updatedAt = market::fromNewYork(today, std::chrono::seconds(0));
    metrics.earnings = earnings;
}

} // namespace

wire::MarketMetrics RestApi::metricsOf(const Instrument& underlying)
{
    const Instant now = m_exchange.now();
    const Date today = m_exchange.today();
    const NameStatistics& past = m_statistics.of(underlying, today);
    const double implied = m_market.monthVolatility(underlying, now);
    const double price = m_market.mark(underlying, now);
    wire::MarketMetrics metrics;
    metrics.symbol = underlying.symbol;
    metrics.updatedAt = metrics.volatilityAt = metrics.tosRankAt = now;
    metrics.volatilityIndex = figure(implied);
    metrics.volatilityIndexChange = figure(implied - past.impliedWeekAgo);
    const double range = past.impliedHigh - past.impliedLow;
    metrics.rank = figure(range > 0 ? std::clamp((implied - past.impliedLow) / range, 0.0, 1.0) : market::unknown);
    metrics.tosRank = metrics.twRank = metrics.rank;
    metrics.rankSource = "tos";
    if (!past.implied.empty() && std::isfinite(implied)) {
        const auto below = std::ranges::count_if(past.implied, [implied](double one) { return one < implied; });
        metrics.percentile = figure(static_cast<double>(below) / static_cast<double>(past.implied.size()));
    }
    if (const market::ChainDefinition* chain = m_market.definition(underlying.symbol, today))
        metrics.expirations = expirationsOf(m_market, *chain, now);
    metrics.liquidityValue = figure(past.dollarVolume / 1e4);
    metrics.liquidityRank = figure(past.dollarVolume / 1e10);
    metrics.liquidityRating = liquidityRating(past.dollarVolume);
    const Instant morning = market::fromNewYork(today, std::chrono::hours(5));
    metrics.liquidity = {{figure(past.dollarVolume / 1e4), 1, std::min(morning, now), now}};
    metrics.beta = figure(past.beta);
    metrics.betaAt = std::min(morning, now);
    metrics.correlation = figure(past.correlation);
    metrics.listedMarket = listedMarket(underlying);
    metrics.lendability = "Easy To Borrow";
    metrics.borrowRate = Decimal{};
    metrics.marketCap = std::isfinite(price) ? std::round(past.shareVolume * daysPerTurnover * price) : 0;
    metrics.implied30 = figure(100 * implied);
    metrics.historical30 = figure(100 * past.historical30);
    metrics.historical60 = figure(100 * past.historical60);
    metrics.historical90 = figure(100 * past.historical90);
    metrics.impliedLessHistorical30 = figure(100 * (implied - past.historical30));
    metrics.priceEarnings = metrics.earningsPerShare = Decimal{};
    addDividends(metrics, m_market, today, price);
    addEarnings(metrics, m_market, today, now);
    return metrics;
}

HttpAnswer RestApi::marketMetrics(const Call& call)
{
    if (!call.isGet())
        return notFound("route");
    if (call.segments.size() > 1)
        return corporateEvents(call);
    std::vector<wire::MarketMetrics> found;
    for (const std::string& symbol : call.query.commaList("symbols")) {
        const Instrument* const underlying = m_market.find(symbol, m_exchange.today());
        if (underlying != nullptr && !underlying->isOption())
            found.push_back(metricsOf(*underlying));
    }
    return items(found, call.context);
}

HttpAnswer RestApi::corporateEvents(const Call& call)
{
    const bool isDividends = call.part(2) == QLatin1String("dividends");
    if (call.segments.size() < 4 || call.part(1) != QLatin1String("historic-corporate-events") ||
        (!isDividends && call.part(2) != QLatin1String("earnings-reports")))
        return notFound("route");
    const std::string symbol = call.symbol(3);
    const Date today = m_exchange.today();
    const Instrument* const underlying = m_market.find(symbol, today);
    if (underlying == nullptr || underlying->isOption())
        return notFound("instrument " + symbol);
    if (isDividends) {
        std::vector<wire::DividendEvent> events;
        for (const Dividend& one : m_market.dividends(symbol, base::makeDate(1970, 1, 1), today))
            events.push_back({one.exDate, one.amount});
        return items(events, call.context);
    }
    const auto from = call.query.date("start-date");
    const auto to = call.query.date("end-date");
    if (!from || !to)
        return validationError(from ? to.error() : from.error());
    if (!*from)
        return validationError({base::ErrorKind::BadInput, "start-date", {}, "is required", {}});
    std::vector<wire::EarningsEvent> events;
    for (const EarningsReport& one : m_market.earnings(symbol, **from, std::min(to->value_or(today), today)))
        events.push_back({one.date, one.publishedAt <= m_exchange.now() ? one.actual : std::nullopt});
    return items(events, call.context);
}

std::optional<wire::MarketSnapshot> RestApi::snapshotOf(std::string_view type, std::string_view symbol)
{
    const Instant now = m_exchange.now();
    const Date today = m_exchange.today();
    const Instrument* const found = m_market.find(symbol, today);
    const auto kind = std::ranges::find(kinds, type, &Kind::key);
    if (found == nullptr || kind == kinds.end() || kindOf(*found) != type)
        return std::nullopt;
    const Instrument instrument = *found; // what comes next may list another day
    const market::MarketData shown = m_market.data(instrument, now);
    wire::MarketSnapshot board;
    board.symbol = instrument.symbol;
    board.instrumentType = kind->label;
    board.updatedAt = now;
    board.bid = figure(shown.quote.bid);
    board.ask = figure(shown.quote.ask);
    board.bidSize = figure(shown.quote.bidSize).value_or(Decimal{}); // an index has none
    board.askSize = figure(shown.quote.askSize).value_or(Decimal{});
    board.mid = figure(shown.quote.mid());
    board.mark = figure(m_market.mark(instrument, now));
    board.last = board.lastMarket = figure(shown.trade.price);
    board.volume = figure(shown.trade.dayVolume);
    board.openInterest = figure(shown.summary.openInterest);
    const Date day = market::isTradingDay(today) ? today : market::previousTradingDay(today);
    const auto session = market::sessionOn(day);
    board.summaryDate = day;
    board.previousCloseDate = market::previousTradingDay(day);
    board.previousClose = figure(shown.summary.previousClose);
    board.previousCloseType = board.previousClose ? "Regular" : "Unknown";
    if (now >= session->open) { // before it there is none
        board.open = figure(shown.summary.dayOpen);
        board.high = figure(shown.summary.dayHigh);
        board.low = figure(shown.summary.dayLow);
        board.close = board.last;
        board.closeType = now >= session->close ? "Regular" : "Indicative";
    }
    if (!instrument.isOption()) {
        const NameStatistics& past = m_statistics.of(instrument, today);
        board.yearLow = figure(std::fmin(past.yearLow, shown.summary.dayLow));
        board.yearHigh = figure(std::fmax(past.yearHigh, shown.summary.dayHigh));
        board.beta = figure(past.beta);
        const std::vector<Dividend> paid = m_market.dividends(instrument.symbol, today - std::chrono::days(366), today);
        if (!paid.empty()) {
            board.dividend = paid.back().amount;
            board.dividendFrequency = Decimal::fromInteger(static_cast<std::int64_t>(paid.size()));
        }
    }
    return board;
}

HttpAnswer RestApi::marketData(const Call& call)
{
    if (!call.isGet() || call.segments.size() < 2)
        return notFound("route");
    if (call.part(1) != QLatin1String("by-type") || call.segments.size() > 2) {
        const std::string type = call.part(1).toLower().replace(QLatin1Char(' '), QLatin1Char('-')).toStdString();
        const std::string symbol = call.symbol(2);
        const auto board = snapshotOf(type, symbol);
        return board ? data(*board, call.context) : notFound("market data of " + symbol);
    }
    std::vector<wire::MarketSnapshot> boards;
    std::size_t count = 0;
    for (const Kind& kind : kinds)
        count += call.query.commaList(kind.key).size();
    if (count == 0 || count > snapshotsMost)
        return validationError(
            {base::ErrorKind::BadInput, "symbols", std::to_string(count), "1 to 100 over all types", {}});
    for (const Kind& kind : kinds) {
        for (const std::string& symbol : call.query.commaList(kind.key)) {
            if (auto board = snapshotOf(kind.key, symbol))
                boards.push_back(std::move(*board));
        }
    }
    QJsonArray list;
    for (const wire::MarketSnapshot& board : boards)
        list.append(wire::toJson(board));
    QJsonObject body = wire::itemsEnvelope(list, call.context);
    body.insert(QLatin1String("pagination"), QJsonValue::Null);
    return json(body);
}

} // namespace vegadesk::venue

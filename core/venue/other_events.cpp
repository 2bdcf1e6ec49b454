#include "venue/other_events.h"

#include "market/calendar.h"
#include "tastytrade/wire/feed_event.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Instant;
using market::Instrument;
using market::InstrumentType;

struct Fields {
    std::string_view type, names;
};
constexpr std::array<Fields, 5> types{
    {{"Profile",
      "description shortSaleRestriction tradingStatus statusReason haltStartTime haltEndTime highLimitPrice "
      "lowLimitPrice high52WeekPrice low52WeekPrice beta earningsPerShare dividendFrequency exDividendAmount "
      "exDividendDayId shares freeFloat"},
     {"TheoPrice", "eventFlags index time sequence price underlyingPrice delta gamma dividend interest"},
     {"Underlying", "eventFlags index time sequence volatility frontVolatility backVolatility callVolume putVolume "
                    "putCallRatio"},
     {"Series", "eventFlags index time sequence expiration volatility callVolume putVolume putCallRatio forwardPrice "
                "dividend interest"},
     {"TimeAndSale", "eventFlags index time timeNanoPart sequence exchangeCode price size bidPrice askPrice "
                     "exchangeSaleConditions tradeThroughExempt aggressorSide spreadLeg extendedTradingHours validTick "
                     "type buyer seller"}}};

constexpr double futureLimit = 0.07, stockLimit = 0.10; ///< of the close before, either way

QJsonValue number(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QLatin1String("NaN"));
}

qint64 dayId(Date date)
{
    return date.time_since_epoch().count();
}

double ratio(double puts, double calls)
{
    return calls > 0 ? puts / calls : market::unknown;
}

/// What indexed events begin with.
QJsonObject indexed(Instant at, std::int64_t sequence = 0)
{
    const std::int64_t time = base::toUnixMillis(at);
    return {{QStringLiteral("eventFlags"), 0},
            {QStringLiteral("index"), static_cast<qint64>(wire::eventIndex(time, sequence))},
            {QStringLiteral("time"), static_cast<qint64>(time)},
            {QStringLiteral("sequence"), static_cast<qint64>(sequence)}};
}

} // namespace

bool OtherEvents::isType(std::string_view type)
{
    return std::ranges::find(types, type, &Fields::type) != types.end();
}

std::vector<std::string> OtherEvents::fields(std::string_view type)
{
    std::vector<std::string> names{"eventType", "eventSymbol", "eventTime"};
    const auto found = std::ranges::find(types, type, &Fields::type);
    std::string_view rest = found == types.end() ? std::string_view() : found->names;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        names.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return names;
}

QJsonArray OtherEvents::compact(const std::vector<QJsonObject>& events, std::span<const std::string> fields)
{
    QJsonArray flat;
    for (const QJsonObject& event : events) {
        for (const std::string& name : fields) {
            const QJsonValue value = event.value(QString::fromStdString(name));
            flat.append(value.isUndefined() ? QJsonValue::Null : value);
        }
    }
    return flat;
}

std::vector<QJsonObject> OtherEvents::events(std::string_view type, const Instrument& instrument,
                                             const std::string& symbol, Instant at)
{
    std::vector<QJsonObject> found;
    const bool isOption = instrument.isOption();
    if (type == "Profile")
        found.push_back(profile(instrument, at));
    else if (type == "TheoPrice" && isOption)
        found.push_back(theoPrice(instrument, at));
    else if (type == "Underlying" && !isOption)
        found.push_back(underlying(instrument, at));
    else if (type == "Series" && !isOption)
        found = series(instrument, at);
    else if (type == "TimeAndSale")
        found.push_back(timeAndSale(instrument, at));
    std::erase_if(found, [](const QJsonObject& event) { return event.isEmpty(); });
    for (QJsonObject& event : found) {
        event.insert(QLatin1String("eventType"), QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
        event.insert(QLatin1String("eventSymbol"), QString::fromStdString(symbol));
        event.insert(QLatin1String("eventTime"), 0);
    }
    return found;
}

QJsonObject OtherEvents::profile(const Instrument& instrument, Instant at)
{
    const Date today = market::newYorkDate(at);
    const market::MarketData now = m_market.data(instrument, at);
    double high = market::unknown, low = market::unknown, above = market::unknown, below = market::unknown;
    if (!instrument.isOption()) {
        for (const market::Candle& day :
             m_market.candles(instrument, std::chrono::days(1), at - std::chrono::days(365), at)) {
            high = std::fmax(high, day.high);
            low = std::fmin(low, day.low);
        }
        const double limit = instrument.type == InstrumentType::Future ? futureLimit : stockLimit;
        if (instrument.type != InstrumentType::Index) {
            above = std::round(now.summary.previousClose * (1 + limit) * 100) / 100;
            below = std::round(now.summary.previousClose * (1 - limit) * 100) / 100;
        }
    }
    const std::chrono::days year{366};
    const std::vector<Dividend> paid = m_market.dividends(instrument.symbol, today - year, today);
    double earned = instrument.isOption() ? market::unknown : 0;
    const std::vector<EarningsReport> reports = m_market.earnings(instrument.symbol, today - year, today);
    for (const EarningsReport& report : reports)
        earned += report.publishedAt <= at && report.actual ? report.actual->toDouble() : 0;
    std::string description = instrument.description;
    if (description.empty())
        description = (m_market.isSimulated() ? "Simulated " : "") + instrument.symbol;
    return {{QStringLiteral("description"), QString::fromStdString(description)},
            {QStringLiteral("shortSaleRestriction"), QStringLiteral("INACTIVE")},
            {QStringLiteral("tradingStatus"), QStringLiteral("ACTIVE")},
            {QStringLiteral("statusReason"), QString()},
            {QStringLiteral("haltStartTime"), 0},
            {QStringLiteral("haltEndTime"), 0},
            {QStringLiteral("highLimitPrice"), number(above)},
            {QStringLiteral("lowLimitPrice"), number(below)},
            {QStringLiteral("high52WeekPrice"), number(high)},
            {QStringLiteral("low52WeekPrice"), number(low)},
            {QStringLiteral("beta"), number(market::unknown)},
            {QStringLiteral("earningsPerShare"), number(reports.empty() ? market::unknown : earned)},
            {QStringLiteral("dividendFrequency"), number(static_cast<double>(paid.size()))},
            {QStringLiteral("exDividendAmount"), number(paid.empty() ? 0 : paid.back().amount.toDouble())},
            {QStringLiteral("exDividendDayId"), paid.empty() ? 0 : dayId(paid.back().exDate)},
            {QStringLiteral("shares"), number(market::unknown)},
            {QStringLiteral("freeFloat"), number(market::unknown)}};
}

QJsonObject OtherEvents::theoPrice(const Instrument& option, Instant at)
{
    const Date today = market::newYorkDate(at);
    const market::FeedGreeks greeks = m_market.data(option, at).greeks;
    const Instrument* const on = m_market.find(option.underlying, today);
    double dividend = 0;
    for (const Dividend& one :
         m_market.dividends(option.underlying, today + std::chrono::days(1), option.option->expiry))
        dividend += one.amount.toDouble();
    QJsonObject event = indexed(at);
    event.insert(QLatin1String("price"), number(greeks.price));
    event.insert(QLatin1String("underlyingPrice"), number(on == nullptr ? market::unknown : m_market.mark(*on, at)));
    event.insert(QLatin1String("delta"), number(greeks.delta));
    event.insert(QLatin1String("gamma"), number(greeks.gamma));
    event.insert(QLatin1String("dividend"), number(dividend));
    event.insert(QLatin1String("interest"), number(m_market.riskFreeRate(today)));
    return event;
}

std::vector<OtherEvents::Side> OtherEvents::expirations(const Instrument& underlying, Instant at)
{
    std::vector<Side> sides;
    const market::ChainDefinition* const chain = m_market.definition(underlying.symbol, market::newYorkDate(at));
    if (chain == nullptr)
        return sides;
    const double spot = m_market.mark(underlying, at);
    std::map<Date, std::vector<const Instrument*>> byDate;
    for (const Instrument& option : chain->options) {
        if (option.expiresAt > at)
            byDate[option.option->expiry].push_back(&option);
    }
    for (const auto& [date, options] : byDate) {
        if (sides.size() == seriesMost)
            break;
        Side& side = sides.emplace_back();
        side.date = date;
        double nearest = market::unknown;
        for (const Instrument* const option : options) {
            const market::MarketData data = m_market.data(*option, at);
            const bool isCall = option->option->right == market::Right::Call;
            (isCall ? side.calls : side.puts) += data.trade.dayVolume;
            const double distance = std::abs(option->option->strike.toDouble() - spot);
            if (isCall && !(distance >= nearest)) {
                nearest = distance;
                side.volatility = data.greeks.volatility;
            }
        }
    }
    return sides;
}

QJsonObject OtherEvents::underlying(const Instrument& underlying, Instant at)
{
    const std::vector<Side> sides = expirations(underlying, at);
    double calls = 0, puts = 0;
    for (const Side& side : sides) {
        calls += side.calls;
        puts += side.puts;
    }
    QJsonObject event = indexed(at);
    event.insert(QLatin1String("volatility"), number(m_market.monthVolatility(underlying, at)));
    event.insert(QLatin1String("frontVolatility"), number(sides.empty() ? market::unknown : sides.front().volatility));
    event.insert(QLatin1String("backVolatility"), number(sides.size() < 2 ? market::unknown : sides[1].volatility));
    event.insert(QLatin1String("callVolume"), number(calls));
    event.insert(QLatin1String("putVolume"), number(puts));
    event.insert(QLatin1String("putCallRatio"), number(ratio(puts, calls)));
    return event;
}

std::vector<QJsonObject> OtherEvents::series(const Instrument& underlying, Instant at)
{
    const Date today = market::newYorkDate(at);
    const double rate = m_market.riskFreeRate(today), spot = m_market.mark(underlying, at);
    std::vector<QJsonObject> events;
    for (const Side& side : expirations(underlying, at)) {
        double dividend = 0;
        for (const Dividend& one : m_market.dividends(underlying.symbol, today + std::chrono::days(1), side.date))
            dividend += one.amount.toDouble();
        const double years = static_cast<double>((side.date - today).count()) / 365;
        QJsonObject event = indexed(at, static_cast<std::int64_t>(events.size()));
        event.insert(QLatin1String("expiration"), dayId(side.date));
        event.insert(QLatin1String("volatility"), number(side.volatility));
        event.insert(QLatin1String("callVolume"), number(side.calls));
        event.insert(QLatin1String("putVolume"), number(side.puts));
        event.insert(QLatin1String("putCallRatio"), number(ratio(side.puts, side.calls)));
        event.insert(QLatin1String("forwardPrice"), number((spot - dividend) * std::exp(rate * years)));
        event.insert(QLatin1String("dividend"), number(dividend));
        event.insert(QLatin1String("interest"), number(rate));
        events.push_back(std::move(event));
    }
    return events;
}

/// The last trade; none where there was none today.
QJsonObject OtherEvents::timeAndSale(const Instrument& instrument, Instant at)
{
    const market::MarketData data = m_market.data(instrument, at);
    if (!std::isfinite(data.trade.price))
        return {};
    QJsonObject event = indexed(at);
    const bool buys = std::abs(data.quote.ask - data.trade.price) <= std::abs(data.trade.price - data.quote.bid);
    event.insert(QLatin1String("timeNanoPart"), 0);
    event.insert(QLatin1String("exchangeCode"), QString());
    event.insert(QLatin1String("price"), data.trade.price);
    event.insert(QLatin1String("size"), 1);
    event.insert(QLatin1String("bidPrice"), number(data.quote.bid));
    event.insert(QLatin1String("askPrice"), number(data.quote.ask));
    event.insert(QLatin1String("exchangeSaleConditions"), QString());
    event.insert(QLatin1String("tradeThroughExempt"), QString());
    event.insert(QLatin1String("aggressorSide"), buys ? QStringLiteral("BUY") : QStringLiteral("SELL"));
    event.insert(QLatin1String("spreadLeg"), false);
    event.insert(QLatin1String("extendedTradingHours"), !market::isOpen(at));
    event.insert(QLatin1String("validTick"), true);
    event.insert(QLatin1String("type"), QStringLiteral("NEW"));
    event.insert(QLatin1String("buyer"), QJsonValue::Null);
    event.insert(QLatin1String("seller"), QJsonValue::Null);
    return event;
}

} // namespace vegadesk::venue

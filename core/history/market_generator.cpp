#include "history/market_generator.h"

#include "history/contract_activity.h"
#include "history/surface_model.h"
#include "market/symbols.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;
using market::Candle;
using market::Right;
using market::Settlement;

constexpr double hoursTwoQuarters = 6.5 * 3600;

Instant startOfDayUtc(Date date)
{
    return Instant(std::chrono::sys_days(date.time_since_epoch()));
}

/// Half of an underlying's spread, dollars.
double halfSpread(const SimulatedUnderlying& name, double spot)
{
    if (name.isIndex())
        return 0.00005 * spot;
    return std::max(0.005, 0.00001 * spot);
}

} // namespace

MarketGenerator::MarketGenerator(std::uint64_t seed, pricing::EarlyExercise earlyExercise, CorporateEvents events)
    : m_seed(seed), m_earlyExercise(earlyExercise), m_events(events), m_noise(seed ^ 0x6d61726b6574ULL),
      m_path(seed, events)
{
}

base::Result<const SimulatedUnderlying*> MarketGenerator::find(std::string_view symbol, Date date) const
{
    const SimulatedUnderlying* name = findSimulated(symbol);
    if (name == nullptr)
        return base::fail(base::ErrorKind::NotFound, "underlying", symbol,
                          "not a name of the simulated market, which are in capital letters, such as SPY, SPX, AAPL");
    if (!PricePath::covers(date))
        return base::badInput("date", base::formatDate(date),
                              base::formatDate(firstSimulatedDate) + " to " + base::formatDate(lastSimulatedDate));
    return name;
}

const MarketGenerator::NameState& MarketGenerator::state(const SimulatedUnderlying& name, Instant at)
{
    auto found = m_states.find(name.symbol);
    if (found == m_states.end())
        found = m_states.emplace(name.symbol, NameState{}).first;
    NameState& state = found->second;
    if (state.isValid && state.at == at)
        return state;
    state.isValid = true;
    state.at = at;
    state.position = m_path.position(at);
    state.spot = m_path.price(name, state.position);
    state.instantVariance = m_path.instantVariance(name, state.position);
    state.longRunVariance = m_path.longRunVariance(name);
    state.stress = std::sqrt(state.instantVariance / state.longRunVariance);
    state.rate = simulatedRate(m_path.dateOf(state.position.day));
    state.dayProgress = std::clamp((state.position.fraction - overnightShare) / (1 - overnightShare), 0.0, 1.0);
    return state;
}

MarketGenerator::NameState MarketGenerator::evening(const SimulatedUnderlying& name, std::size_t day)
{
    const std::size_t before = day == 0 ? 0 : day - 1;
    NameState state;
    state.at = market::sessionOn(m_path.dateOf(before))->close;
    state.position = {before, 1};
    state.spot = m_path.price(name, state.position);
    state.instantVariance = m_path.instantVariance(name, state.position);
    state.longRunVariance = m_path.longRunVariance(name);
    state.rate = simulatedRate(m_path.dateOf(before));
    return state;
}

MarketGenerator::ExpiryState MarketGenerator::expiryState(const SimulatedUnderlying& name, const NameState& state,
                                                          Date expiry, Instant expiresAt, Settlement settlement)
{
    ExpiryState result;
    result.years = market::yearsUntil(state.at, expiresAt);
    const double tradingDays = m_path.tradingDaysUntil(state.position, expiry, settlement);
    result.atTheMoney = atTheMoneyVariance(state.instantVariance, state.longRunVariance, tradingDays);
    result.yield = name.dividendYield;
    if (m_events == CorporateEvents::Scheduled && !name.isIndex()) {
        const Date today = m_path.dateOf(state.position.day);
        const Agenda& agenda = m_path.agenda(name);
        double paid = 0; // worth of it now
        for (const CashPayment& payment : between(agenda.payments, &CashPayment::exDate, today, expiry))
            paid += payment.amount.toDouble() *
                    std::exp(-state.rate * static_cast<double>((payment.exDate - today).count()) / 365);
        result.yield = result.years > 0 ? -std::log1p(-paid / state.spot) / result.years : 0;
        const auto reports = between(agenda.reports, &CompanyReport::reaction, today, expiry);
        result.atTheMoney += static_cast<double>(reports.size()) * reportVariance(name);
    }
    result.forward = state.spot * std::exp((state.rate - result.yield) * result.years);
    // Brenner and Subrahmanyam's approximation is enough to scale a spread.
    result.atTheMoneyPrice = 0.4 * state.spot * std::sqrt(result.atTheMoney);
    return result;
}

double MarketGenerator::spot(const SimulatedUnderlying& name, Instant at)
{
    return state(name, at).spot;
}

market::Quote MarketGenerator::underlyingQuote(const SimulatedUnderlying& name, Instant at)
{
    const double price = spot(name, at);
    const double half = halfSpread(name, price);
    market::Quote quote;
    quote.bid = std::floor((price - half) * 100 + 1e-6) / 100;
    quote.ask = std::ceil((price + half) * 100 - 1e-6) / 100;
    if (!name.isIndex()) { // an index has no order book
        const std::uint64_t stream = contractStream(m_noise, name.symbol, {}, Right::Call, 1);
        quote.bidSize = 100 * displayedSize(m_noise, stream, sizeSlot(at), 12);
        quote.askSize = 100 * displayedSize(m_noise, stream + 1, sizeSlot(at), 12);
    }
    quote.time = at;
    return quote;
}

market::Summary MarketGenerator::underlyingSummary(const SimulatedUnderlying& name, Instant at)
{
    const NameState& now = state(name, at);
    const std::size_t day = now.position.day;
    market::Summary summary;
    summary.dayOpen = m_path.open(name, day);
    summary.previousClose = m_path.close(name, day == 0 ? 0 : day - 1);
    summary.dayHigh = std::max(summary.dayOpen, now.spot);
    summary.dayLow = std::min(summary.dayOpen, now.spot);
    constexpr int samples = 40;
    for (int i = 1; i < samples; ++i) {
        const double fraction = overnightShare + (1 - overnightShare) * i / samples;
        if (fraction >= now.position.fraction)
            break;
        const double sample = m_path.price(name, {day, fraction});
        summary.dayHigh = std::max(summary.dayHigh, sample);
        summary.dayLow = std::min(summary.dayLow, sample);
    }
    return summary;
}

double MarketGenerator::underlyingVolume(const SimulatedUnderlying& name, Instant at)
{
    const NameState& now = state(name, at);
    return std::floor(m_path.dailyVolume(name, now.position.day) * now.dayProgress);
}

double MarketGenerator::impliedIndex(const SimulatedUnderlying& name, Instant at)
{
    constexpr double tradingDays = 21, tradingDaysPerYear = 252;
    constexpr std::chrono::days days{30}; // about as many
    const DayPosition position = m_path.position(at);
    double variance =
        atTheMoneyVariance(m_path.instantVariance(name, position), m_path.longRunVariance(name), tradingDays);
    const Date today = m_path.dateOf(position.day);
    const auto reports = between(m_path.agenda(name).reports, &CompanyReport::reaction, today, today + days);
    variance += static_cast<double>(reports.size()) * reportVariance(name);
    return std::sqrt(variance * tradingDaysPerYear / tradingDays);
}

std::vector<Candle> MarketGenerator::dailyCandles(const SimulatedUnderlying& name, Date from, Date to)
{
    std::vector<Candle> candles;
    from = std::max(from, firstSimulatedDate);
    for (std::size_t day = m_path.dayOnOrBefore(from); from <= to && m_path.dateOf(day) <= to; ++day) {
        if (m_path.dateOf(day) < from)
            continue;
        candles.push_back(m_path.dailyCandle(name, day));
        candles.back().impliedVolatility = impliedIndex(name, market::sessionOn(m_path.dateOf(day))->close);
    }
    return candles;
}

std::vector<Candle> MarketGenerator::candles(const SimulatedUnderlying& name, std::chrono::seconds period, Instant from,
                                             Instant to)
{
    constexpr int samplesPerCandle = 8;
    std::vector<Candle> candles;
    Date date = std::max(market::newYorkDate(from), firstSimulatedDate);
    for (; startOfDayUtc(date) <= to; date += std::chrono::days(1)) {
        const auto session = market::sessionOn(date);
        if (!session)
            continue;
        const std::size_t day = m_path.dayOnOrBefore(date);
        const double dayVolume = m_path.dailyVolume(name, day);
        for (Instant start = session->open; start < session->close && start < to; start += period) {
            const Instant end = std::min({start + period, session->close, to});
            if (start < from)
                continue;
            Candle candle;
            candle.time = start;
            candle.open = candle.high = candle.low = candle.close = m_path.price(name, m_path.position(start));
            for (int i = 1; i <= samplesPerCandle; ++i) {
                const double price = m_path.price(name, m_path.position(start + (end - start) * i / samplesPerCandle));
                candle.high = std::max(candle.high, price);
                candle.low = std::min(candle.low, price);
                candle.close = price;
            }
            candle.impliedVolatility = impliedIndex(name, end);
            candle.volume = std::floor(dayVolume * base::seconds(end - start) / hoursTwoQuarters);
            candles.push_back(candle);
        }
    }
    return candles;
}

const std::vector<ListedExpiration>& MarketGenerator::expirations(const SimulatedUnderlying& name, Date today)
{
    auto& cached = m_expirations[name.symbol];
    if (cached.first != today || cached.second.empty())
        cached = {today, listedExpirations(name, today)};
    return cached.second;
}

MarketGenerator::Layout& MarketGenerator::layout(const SimulatedUnderlying& name, const ListedExpiration& listed,
                                                 Date today)
{
    Layout& layout = m_layouts[{listed.root, listed.date}];
    if (layout.updatedOn == today && !layout.columns.strikes.empty())
        return layout;
    // Strikes are added overnight, from the closes before today.
    const std::size_t listedDay = m_path.dayOnOrBefore(std::max(listed.listedOn, firstSimulatedDate));
    const std::size_t todayDay = m_path.dayOnOrBefore(today);
    CloseRange range;
    range.atListing = m_path.close(name, listedDay);
    range.lowest = range.highest = range.atListing;
    for (std::size_t day = listedDay; day < todayDay; ++day) {
        range.lowest = std::min(range.lowest, m_path.close(name, day));
        range.highest = std::max(range.highest, m_path.close(name, day));
    }
    const bool isUnchanged = !layout.columns.strikes.empty() && layout.closes.lowest == range.lowest &&
                             layout.closes.highest == range.highest;
    layout.updatedOn = today;
    if (isUnchanged)
        return layout;
    layout.listed = listed;
    layout.closes = range;
    layout.eveningMoneyness.clear();
    market::Expiration& columns = layout.columns;
    columns.root = listed.root;
    columns.date = listed.date;
    columns.expiresAt = listed.expiresAt;
    columns.settlement = listed.settlement;
    columns.type = listed.type;
    columns.style = name.style();
    columns.ticks = name.optionTicks;
    columns.strikes = listedStrikes(name, listed, range);
    for (const Right right : {Right::Call, Right::Put}) {
        market::OptionColumns& side = columns.side(right);
        side.resize(columns.strikes.size());
        auto& streams = right == Right::Call ? layout.callStreams : layout.putStreams;
        auto& popularity = right == Right::Call ? layout.callPopularity : layout.putPopularity;
        streams.resize(columns.strikes.size());
        popularity.resize(columns.strikes.size());
        for (std::size_t row = 0; row < columns.strikes.size(); ++row) {
            const double strike = columns.strikes[row];
            // Strikes are positive multiples of half a dollar below 100,000: neither call can fail.
            const auto decimal = base::Decimal::fromDouble(strike);
            side.symbols[row] = market::toOccSymbol({listed.root, listed.date, right, *decimal}).value();
            side.instruments[row] = market::noInstrument;
            streams[row] = contractStream(m_noise, listed.root, listed.date, right, strike);
            popularity[row] = contractPopularity(m_noise, streams[row]);
        }
    }
    return layout;
}

market::ChainDefinition MarketGenerator::definition(const SimulatedUnderlying& name, Date date)
{
    market::ChainDefinition definition;
    market::Instrument& underlying = definition.underlying;
    underlying.symbol = underlying.streamerSymbol = underlying.underlying = name.symbol;
    underlying.type = name.type;
    underlying.description = name.description;
    for (const ListedExpiration& listed : expirations(name, date)) {
        const market::Expiration& columns = layout(name, listed, date).columns;
        for (const Right right : {Right::Call, Right::Put}) {
            const market::OptionColumns& side = columns.side(right);
            for (std::size_t row = 0; row < columns.strikes.size(); ++row) {
                market::Instrument option;
                option.symbol = side.symbols[row];
                option.type = market::InstrumentType::EquityOption;
                option.underlying = name.symbol;
                option.multiplier = columns.multiplier;
                option.ticks = columns.ticks;
                option.option = market::OptionTerms{listed.root, listed.date, right,
                                                    base::Decimal::fromDouble(columns.strikes[row]).value()};
                option.streamerSymbol = market::toStreamerSymbol(*option.option).value();
                option.style = columns.style;
                option.settlement = columns.settlement;
                option.expirationType = columns.type;
                option.expiresAt = columns.expiresAt;
                definition.options.push_back(std::move(option));
            }
        }
    }
    return definition;
}

SimulatedOption MarketGenerator::option(const SimulatedUnderlying& name, const market::OptionTerms& terms,
                                        Settlement settlement, Instant at)
{
    const NameState now = state(name, at);
    const Instant expiresAt = market::expiryInstant(terms.expiry, settlement);
    const ExpiryState expiry = expiryState(name, now, terms.expiry, expiresAt, settlement);
    const double strike = terms.strike.toDouble();
    const double logMoneyness = std::log(strike / expiry.forward);
    const pricing::MarketPoint market{now.spot, now.rate, expiry.yield};
    const bool isLive = expiry.years > 0 && expiry.atTheMoney > 0;
    const double volatility =
        isLive ? std::sqrt(smileVariance(name, expiry.atTheMoney, logMoneyness) / expiry.years) : 0;
    const std::uint64_t stream = contractStream(m_noise, terms.root, terms.expiry, terms.right, strike);
    pricing::Greeks greeks = pricing::blackScholes(terms.right, market, strike, expiry.years, volatility);
    if (name.style() == market::ExerciseStyle::American) {
        if (m_earlyExercise == pricing::EarlyExercise::AsListed) {
            const Contract contract{stream, terms.expiry, expiresAt, settlement, terms.right, strike};
            const pricing::Greeks& more = earlyExercise(name, contract, at);
            greeks.price += more.price;
            greeks.delta += more.delta;
            greeks.gamma += more.gamma;
            greeks.vega += more.vega;
            greeks.theta += more.theta;
            greeks.rho += more.rho;
        }
        greeks.price = std::max(greeks.price, terms.right == Right::Call ? now.spot - strike : strike - now.spot);
    }
    const double fair = greeks.price;
    const double moneyness = isLive ? logMoneyness / std::sqrt(expiry.atTheMoney) : 0;
    const BidAsk shown =
        makeMarket(name, makeTickRule(name.optionTicks), fair, expiry.atTheMoneyPrice, moneyness, now.stress);

    SimulatedOption result;
    const double scale = sizeScale(name.openInterestScale);
    result.quote.bid = shown.bid;
    result.quote.ask = shown.ask;
    result.quote.bidSize = shown.bid > 0 ? displayedSize(m_noise, stream, sizeSlot(at), scale) : 0;
    result.quote.askSize = displayedSize(m_noise, stream + 1, sizeSlot(at), scale);
    result.quote.time = at;
    result.greeks = {
        fair, volatility, greeks.delta, greeks.gamma, greeks.theta / 365, greeks.rho / 100, greeks.vega / 100, at};
    const ExpiryState before = expiryState(name, evening(name, now.position.day), terms.expiry, expiresAt, settlement);
    result.openInterest = openInterest(name.openInterestScale, contractPopularity(m_noise, stream),
                                       standardMoneyness(strike, before.forward, before.atTheMoney));
    result.dayVolume = contractVolume(m_noise, stream, now.position.day, result.openInterest, now.dayProgress);
    if (result.dayVolume > 0)
        result.last = (stream & 1U) != 0 && shown.bid > 0 ? shown.bid : shown.ask;
    return result;
}

double MarketGenerator::settlementPrice(const SimulatedUnderlying& name, Date date, Settlement settlement)
{
    const std::size_t day = m_path.dayOnOrBefore(date);
    return settlement == Settlement::AM ? m_path.open(name, day) : m_path.close(name, day);
}

} // namespace vegadesk::history

#include "venue/simulated_futures.h"

#include "history/contract_activity.h"
#include "history/surface_model.h"
#include "market/calendar.h"
#include "pricing/american/american.h"
#include "venue/market_hours.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::venue
{

namespace
{

using base::Date;
using base::Instant;
using market::ExerciseStyle;
using market::Instrument;
using market::Right;
using market::Settlement;
using std::chrono::days;
using std::chrono::year_month_day;

constexpr double tick = 0.25;
constexpr double openInterestScale = 6000;
constexpr double contractsPerFundShare = 1.0 / 40; ///< traded, beside SPY
constexpr double frontInterest = 2.1e6;            ///< contracts open in the nearest month
constexpr double backShare = 0.08;                 ///< of it in each other one

} // namespace

SimulatedFutures::SimulatedFutures(history::MarketGenerator& generator)
    : m_generator(generator), m_spx(*history::findSimulated("SPX")), m_noise(generator.seed() ^ 0x667574757265ULL)
{
}

history::DayPosition SimulatedFutures::positionOf(Instant at)
{
    history::PricePath& path = m_generator.path();
    const history::DayPosition spot = path.position(at);
    if (spot.fraction < 1)
        return spot;
    const Date before = path.dateOf(spot.day), next = path.dateOf(spot.day + 1);
    const Instant close = market::sessionOn(before)->close, open = market::sessionOn(next)->open;
    const Instant pause = *hoursOn(HoursOf::Cme, before)->closeAt, resumes = *hoursOn(HoursOf::Cme, next)->openAt;
    const double whole = base::seconds(pause - close) + base::seconds(open - resumes);
    const double passed =
        base::seconds(std::clamp(at, close, pause) - close) + base::seconds(std::clamp(at, resumes, open) - resumes);
    if (passed <= 0)
        return spot;
    return {spot.day + 1, history::overnightShare * passed / whole};
}

SimulatedFutures::State SimulatedFutures::makeState(Instant at)
{
    history::PricePath& path = m_generator.path();
    State made;
    made.at = at;
    made.position = positionOf(at);
    made.spot = path.price(m_spx, made.position);
    made.instantVariance = path.instantVariance(m_spx, made.position);
    made.stress = std::sqrt(made.instantVariance / path.longRunVariance(m_spx));
    made.rate = history::simulatedRate(path.dateOf(path.position(at).day)); // that of SPX's options at the moment
    made.progress = made.position.fraction;
    return made;
}

const SimulatedFutures::State& SimulatedFutures::state(Instant at)
{
    if (m_state.at != at)
        m_state = makeState(at);
    return m_state;
}

double SimulatedFutures::price(const State& state, Instant expiresAt) const
{
    const double years = market::yearsUntil(state.at, expiresAt);
    return state.spot * std::exp((state.rate - m_spx.dividendYield) * years);
}

/// The quarter's third Friday on or after the option's own end.
Instant SimulatedFutures::expiryOfUnderlying(const Instrument& option)
{
    const year_month_day ymd(option.option->expiry);
    for (int i = 0;; ++i) {
        const year_month_day month = year_month_day(ymd.year() / ymd.month() / 1) + std::chrono::months(i);
        const auto number = static_cast<unsigned>(month.month());
        if (number % 3 != 0)
            continue;
        const Instant expiry =
            market::expiryInstant(market::monthlyExpiry(static_cast<int>(month.year()), number), Settlement::AM);
        if (expiry >= option.expiresAt)
            return expiry;
    }
}

SimulatedFutures::Priced SimulatedFutures::priced(const Instrument& option, const State& state, double move,
                                                  double volatility)
{
    history::PricePath& path = m_generator.path();
    const market::OptionTerms& terms = *option.option;
    Priced result;
    result.forward = price(state, expiryOfUnderlying(option)) * (1 + move);
    const double strike = terms.strike.toDouble(), years = market::yearsUntil(state.at, option.expiresAt);
    result.atTheMoney =
        history::atTheMoneyVariance(state.instantVariance, path.longRunVariance(m_spx),
                                    path.tradingDaysUntil(state.position, terms.expiry, option.settlement));
    const double logMoneyness = std::log(strike / result.forward);
    if (years > 0 && result.atTheMoney > 0) {
        result.volatility =
            volatility * std::sqrt(history::smileVariance(m_spx, result.atTheMoney, logMoneyness) / years);
        result.moneyness = history::standardMoneyness(strike, result.forward, result.atTheMoney);
    }
    const pricing::MarketPoint market{result.forward, state.rate, state.rate};
    result.greeks = pricing::blackScholes(terms.right, market, strike, years, result.volatility);
    if (option.style != ExerciseStyle::American)
        return result;
    if (move != 0 || volatility != 1) {
        result.greeks = pricing::american(terms.right, market, strike, years, result.volatility);
        return result;
    }
    const pricing::Greeks more = earlyExercise(option, state);
    result.greeks.price += more.price;
    result.greeks.delta += more.delta;
    result.greeks.gamma += more.gamma;
    result.greeks.vega += more.vega;
    result.greeks.theta += more.theta;
    result.greeks.rho += more.rho;
    const double intrinsic = terms.right == Right::Call ? result.forward - strike : strike - result.forward;
    result.greeks.price = std::max(result.greeks.price, intrinsic);
    return result;
}

pricing::Greeks SimulatedFutures::earlyExercise(const Instrument& option, const State& state)
{
    constexpr std::size_t premiumsKept = 20'000;
    if (m_premiums.size() > premiumsKept)
        m_premiums.clear();
    const auto minute = std::chrono::floor<std::chrono::minutes>(state.at);
    Premium& kept = m_premiums[option.symbol];
    if (kept.minute == minute)
        return kept.worth;
    Instrument european = option;
    european.style = ExerciseStyle::European;
    const State then = makeState(minute);
    const Priced plain = priced(european, then);
    const market::OptionTerms& terms = *option.option;
    pricing::Greeks worth =
        pricing::american(terms.right, {plain.forward, then.rate, then.rate}, terms.strike.toDouble(),
                          market::yearsUntil(then.at, option.expiresAt), plain.volatility);
    worth.price -= plain.greeks.price;
    worth.delta -= plain.greeks.delta;
    worth.gamma -= plain.greeks.gamma;
    worth.vega -= plain.greeks.vega;
    worth.theta -= plain.greeks.theta;
    worth.rho -= plain.greeks.rho;
    kept = {minute, worth};
    return worth;
}

market::Quote SimulatedFutures::quote(const Instrument& instrument, Instant at)
{
    const State& now = state(at);
    market::Quote quote;
    quote.time = at;
    const std::uint64_t slot = history::sizeSlot(at);
    if (!instrument.isOption()) {
        quote.bid = std::floor(price(now, instrument.expiresAt) / tick) * tick;
        quote.ask = quote.bid + tick;
        const std::uint64_t stream = history::contractStream(m_noise, instrument.symbol, {}, Right::Call, 1);
        quote.bidSize = history::displayedSize(m_noise, stream, slot, 60);
        quote.askSize = history::displayedSize(m_noise, stream + 1, slot, 60);
        return quote;
    }
    const market::OptionTerms& terms = *instrument.option;
    const Priced value = priced(instrument, now);
    const history::BidAsk shown =
        history::makeMarket(m_spx, history::makeTickRule(instrument.ticks), value.greeks.price,
                            0.4 * value.forward * std::sqrt(value.atTheMoney), value.moneyness, now.stress);
    quote.bid = shown.bid;
    quote.ask = shown.ask;
    const std::uint64_t stream =
        history::contractStream(m_noise, terms.root, terms.expiry, terms.right, terms.strike.toDouble());
    const double scale = history::sizeScale(openInterestScale);
    quote.bidSize = shown.bid > 0 ? history::displayedSize(m_noise, stream, slot, scale) : 0;
    quote.askSize = history::displayedSize(m_noise, stream + 1, slot, scale);
    return quote;
}

market::MarketData SimulatedFutures::data(const Instrument& instrument, Instant at)
{
    history::PricePath& path = m_generator.path();
    const history::SimulatedUnderlying& fund = *history::findSimulated("SPY");
    const State now = state(at);
    market::MarketData data;
    data.quote = quote(instrument, at);
    data.trade.time = at;
    const Instant evening = market::sessionOn(path.dateOf(now.position.day == 0 ? 0 : now.position.day - 1))->close;
    if (!instrument.isOption()) {
        const double carry = price(now, instrument.expiresAt) / now.spot;
        const auto onTick = [](double value) { return std::round(value / tick) * tick; };
        data.trade.price = onTick(price(now, instrument.expiresAt));
        data.summary = m_generator.underlyingSummary(m_spx, at);
        data.summary.dayOpen = onTick(data.summary.dayOpen * carry);
        data.summary.dayHigh = std::max(onTick(data.summary.dayHigh * carry), data.trade.price);
        data.summary.dayLow = std::min(onTick(data.summary.dayLow * carry), data.trade.price);
        data.summary.previousClose = onTick(price(state(evening), instrument.expiresAt));
        const bool isFront = contracts(market::newYorkDate(at)).front().symbol == instrument.symbol;
        const double share = isFront ? 1 : backShare;
        data.summary.openInterest = std::round(frontInterest * share);
        data.trade.dayVolume =
            std::floor(path.dailyVolume(fund, now.position.day) * contractsPerFundShare * share * now.progress);
        return data;
    }
    const market::OptionTerms& terms = *instrument.option;
    const Priced value = priced(instrument, now);
    const pricing::Greeks& greeks = value.greeks;
    data.greeks = {greeks.price,       value.volatility,   greeks.delta,        greeks.gamma,
                   greeks.theta / 365, greeks.rho / 100.0, greeks.vega / 100.0, at};
    const std::uint64_t stream =
        history::contractStream(m_noise, terms.root, terms.expiry, terms.right, terms.strike.toDouble());
    const Priced before = priced(instrument, state(evening));
    data.summary.openInterest =
        history::openInterest(openInterestScale, history::contractPopularity(m_noise, stream),
                              history::standardMoneyness(terms.strike.toDouble(), before.forward, before.atTheMoney));
    data.summary.previousClose = quote(instrument, evening).mid();
    data.trade.dayVolume =
        history::contractVolume(m_noise, stream, now.position.day, data.summary.openInterest, now.progress);
    if (data.trade.dayVolume > 0)
        data.trade.price = (stream & 1U) != 0 && data.quote.bid > 0 ? data.quote.bid : data.quote.ask;
    return data;
}

std::vector<market::Candle> SimulatedFutures::candles(const Instrument& instrument, std::chrono::seconds period,
                                                      Instant to, std::vector<market::Candle> ofIndex)
{
    const bool isDaily = period >= std::chrono::days(1);
    const history::SimulatedUnderlying& fund = *history::findSimulated("SPY");
    history::PricePath& path = m_generator.path();
    for (market::Candle& candle : ofIndex) {
        // Daily bars are dated at midnight of their day.
        const Date date =
            isDaily ? Date(std::chrono::floor<days>(candle.time.time_since_epoch())) : market::newYorkDate(candle.time);
        const auto session = market::sessionOn(date);
        const Instant start = isDaily ? session->open : candle.time;
        const Instant end = std::min({isDaily ? session->close : start + base::Nanos(period), session->close, to});
        if (instrument.isOption()) {
            candle.open = quote(instrument, start).mid();
            candle.close = quote(instrument, end).mid();
            candle.high = std::max(candle.open, candle.close);
            candle.low = std::min(candle.open, candle.close);
            candle.volume = 0;
            candle.impliedVolatility = market::unknown;
            continue;
        }
        const double carry = price(state(end), instrument.expiresAt) / state(end).spot;
        for (double* const value : {&candle.open, &candle.high, &candle.low, &candle.close})
            *value = std::round(*value * carry / tick) * tick;
        const double share = base::seconds(end - start) / base::seconds(session->close - session->open);
        candle.volume =
            std::floor(path.dailyVolume(fund, path.dayOnOrBefore(date)) * contractsPerFundShare * std::max(share, 0.0));
    }
    return ofIndex;
}

std::optional<double> SimulatedFutures::settlementPrice(std::string_view contract, Date expiry, Settlement settlement)
{
    if (!history::PricePath::covers(expiry) || !market::isTradingDay(expiry))
        return std::nullopt;
    if (settlement == Settlement::AM)
        return m_generator.settlementPrice(m_spx, expiry, settlement);
    for (const Instrument& future : contracts(expiry)) {
        if (future.symbol == contract)
            return std::round(price(state(market::sessionOn(expiry)->close), future.expiresAt) / tick) * tick;
    }
    return std::nullopt;
}

double SimulatedFutures::worth(const Instrument& instrument, Instant at, double move, double volatility)
{
    const State& now = state(at);
    return instrument.isOption() ? priced(instrument, now, move, volatility).greeks.price
                                 : price(now, instrument.expiresAt) * (1 + move);
}

} // namespace vegadesk::venue

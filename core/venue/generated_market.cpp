#include "history/market_generator.h"
#include "venue/simulated_futures.h"

#include "market/calendar.h"

namespace vegadesk::venue
{

namespace
{

using base::Date;
using base::Instant;
using history::findSimulated;
using history::SimulatedUnderlying;
using market::Instrument;

constexpr double surpriseShare = 0.06; ///< of what was expected
constexpr std::chrono::minutes morning{7 * 60 + 30}, evening{16 * 60 + 15};
constexpr double leastIntrinsic = 0.01, timeValueLeast = 0.005; ///< dollars

class GeneratedMarket final : public MarketModel
{
public:
    explicit GeneratedMarket(std::uint64_t seed)
        : m_generator(seed, pricing::EarlyExercise::AsListed, history::CorporateEvents::Scheduled),
          m_futures(m_generator)
    {
        for (const SimulatedUnderlying& name : history::simulatedUniverse()) {
            Instrument underlying;
            underlying.symbol = underlying.streamerSymbol = underlying.underlying = name.symbol;
            underlying.type = name.type;
            underlying.description = name.description;
            m_underlyings.push_back(std::move(underlying));
        }
    }

    std::string description() const override { return "simulated market, seed " + std::to_string(m_generator.seed()); }
    bool isSimulated() const override { return true; }

    Instant suggestedStart(Instant wallClock) const override
    {
        if (market::isOpen(wallClock))
            return wallClock;
        const Date today = market::newYorkDate(wallClock);
        const auto session = market::sessionOn(today);
        const Date day = session && wallClock < session->open ? today : market::nextTradingDay(today);
        return market::fromNewYork(day, std::chrono::hours(10));
    }

    const std::vector<Instrument>& underlyings() const override { return m_underlyings; }

    market::Quote quote(const Instrument& instrument, Instant at) override
    {
        if (SimulatedFutures::isOurs(instrument))
            return m_futures.quote(instrument, at);
        const SimulatedUnderlying& name = *findSimulated(instrument.underlying);
        if (!instrument.isOption())
            return m_generator.underlyingQuote(name, at);
        return m_generator.option(name, *instrument.option, instrument.settlement, at).quote;
    }

    market::MarketData data(const Instrument& instrument, Instant at) override
    {
        if (SimulatedFutures::isOurs(instrument))
            return m_futures.data(instrument, at);
        const SimulatedUnderlying& name = *findSimulated(instrument.underlying);
        market::MarketData data;
        data.trade.time = at;
        if (!instrument.isOption()) {
            data.quote = m_generator.underlyingQuote(name, at);
            data.trade.price = m_generator.spot(name, at);
            data.trade.dayVolume = m_generator.underlyingVolume(name, at);
            data.summary = m_generator.underlyingSummary(name, at);
            return data;
        }
        const history::SimulatedOption option = m_generator.option(name, *instrument.option, instrument.settlement, at);
        data.quote = option.quote;
        data.trade.price = option.last;
        data.trade.dayVolume = option.dayVolume;
        data.greeks = option.greeks;
        data.summary.openInterest = option.openInterest;
        data.summary.previousClose = previousClose(name, instrument, at);
        return data;
    }

    std::vector<market::Candle> candles(const Instrument& instrument, std::chrono::seconds period, Instant from,
                                        Instant to) override
    {
        if (SimulatedFutures::isOurs(instrument))
            return m_futures.candles(instrument, period, to, candles(m_underlyings.front(), period, from, to));
        if (instrument.isOption())
            return optionCandles(instrument, period, from, to);
        const SimulatedUnderlying& name = *findSimulated(instrument.underlying);
        if (period < std::chrono::days(1))
            return m_generator.candles(name, period, from, to);
        std::vector<market::Candle> candles =
            m_generator.dailyCandles(name, market::newYorkDate(from), market::newYorkDate(to));
        trimToday(name, to, candles);
        return candles;
    }

    std::optional<double> settlementPrice(const std::string& underlying, Date expiry,
                                          market::Settlement settlement) override
    {
        if (underlying.starts_with('/'))
            return m_futures.settlementPrice(underlying, expiry, settlement);
        const SimulatedUnderlying* name = findSimulated(underlying);
        if (name == nullptr)
            return std::nullopt;
        return m_generator.settlementPrice(*name, expiry, settlement);
    }

    /// From the surface at the spot: no contract need be listed there, and no chain be made.
    double monthVolatility(const Instrument& underlying, Instant at) override
    {
        const SimulatedUnderlying& name =
            *findSimulated(SimulatedFutures::isOurs(underlying) ? "SPX" : underlying.symbol);
        const auto strike = base::Decimal::fromDouble(m_generator.spot(name, at));
        const Date expiry = market::newYorkDate(at) + std::chrono::days(30);
        if (!strike || !history::PricePath::covers(expiry))
            return market::unknown;
        const market::OptionTerms terms{name.symbol, expiry, market::Right::Call, *strike};
        return m_generator.option(name, terms, market::Settlement::PM, at).greeks.volatility;
    }

    std::vector<Dividend> dividends(const std::string& underlying, Date from, Date to) override
    {
        std::vector<Dividend> found;
        const SimulatedUnderlying* const name = findSimulated(underlying);
        if (name == nullptr)
            return found;
        const history::Agenda& agenda = m_generator.path().agenda(*name);
        for (const history::CashPayment& payment :
             history::between(agenda.payments, &history::CashPayment::exDate, from - std::chrono::days(1), to))
            found.push_back({payment.exDate, payment.payDate, payment.amount});
        return found;
    }

    std::vector<EarningsReport> earnings(const std::string& underlying, Date from, Date to) override
    {
        std::vector<EarningsReport> found;
        const SimulatedUnderlying* const name = findSimulated(underlying);
        if (name == nullptr)
            return found;
        history::PricePath& path = m_generator.path();
        const history::Agenda& agenda = path.agenda(*name);
        for (const history::CompanyReport& report :
             history::between(agenda.reports, &history::CompanyReport::date, from - std::chrono::days(1), to)) {
            EarningsReport one;
            one.date = report.date;
            one.quarterEnd = report.quarterEnd;
            one.timeOfDay = report.isBeforeOpen ? "BTO" : "AMC";
            one.consensus = report.consensus;
            // What pleases the market is more than was expected.
            const double actual = report.consensus.toDouble() * (1 + surpriseShare * path.surprise(*name, report));
            one.actual = base::Decimal::fromDouble(actual).value_or(report.consensus).roundedTo(base::Decimal::cent());
            one.publishedAt = market::fromNewYork(report.date, report.isBeforeOpen ? morning : evening);
            found.push_back(std::move(one));
        }
        return found;
    }

    bool isExercisedEarly(const Instrument& option, Instant close) override
    {
        if (option.type != market::InstrumentType::EquityOption || option.style != market::ExerciseStyle::American)
            return false;
        const bool isCall = option.option->right == market::Right::Call;
        const Date tomorrow = market::nextTradingDay(market::newYorkDate(close));
        if (isCall && dividends(option.underlying, tomorrow, tomorrow).empty())
            return false; // a call that waits loses nothing but a dividend
        const SimulatedUnderlying& name = *findSimulated(option.underlying);
        const double strike = option.option->strike.toDouble();
        const double spot = m_generator.spot(name, close);
        const double intrinsic = isCall ? spot - strike : strike - spot;
        const double alive = m_generator.option(name, *option.option, option.settlement, close).greeks.price;
        return intrinsic >= leastIntrinsic && alive <= intrinsic + timeValueLeast;
    }

    const Instrument* findFuture(std::string_view symbol, Date date) override { return m_futures.find(symbol, date); }
    double worth(const Instrument& instrument, Instant at, double move, double volatility) override
    {
        return SimulatedFutures::isOurs(instrument) ? m_futures.worth(instrument, at, move, volatility)
                                                    : market::unknown;
    }
    std::vector<tastytrade::wire::Future> futures(Date date) override { return m_futures.futures(date); }
    std::vector<tastytrade::wire::FutureOptionProduct> futureOptionProducts(Date date) override
    {
        return m_futures.products(date);
    }
    std::vector<tastytrade::wire::FutureOption> futureOptions(const std::string& product, Date date) override
    {
        return product == "ES" ? m_futures.futureOptions(date) : std::vector<tastytrade::wire::FutureOption>{};
    }
    std::optional<tastytrade::wire::FuturesChain> futuresChain(const std::string& product, Date date) override
    {
        return product == "ES" ? std::optional(m_futures.chain(date)) : std::nullopt;
    }

protected:
    market::ChainDefinition makeDefinition(const std::string& underlying, Date date) override
    {
        return m_generator.definition(*findSimulated(underlying), date);
    }
    std::string underlyingOfRoot(const std::string& root) const override
    {
        for (const SimulatedUnderlying& name : history::simulatedUniverse()) {
            if (name.symbol == root || (!name.weeklyRoot.empty() && name.weeklyRoot == root))
                return name.symbol;
        }
        return {};
    }

private:
    /// The mid at the close before.
    double previousClose(const SimulatedUnderlying& name, const Instrument& instrument, Instant at)
    {
        const Date before = market::previousTradingDay(market::newYorkDate(at));
        if (!history::PricePath::covers(before))
            return market::unknown;
        return m_generator.option(name, *instrument.option, instrument.settlement, market::sessionOn(before)->close)
            .quote.mid();
    }

    /// A generated day is known to its end; the bar of today must not show more than has passed.
    void trimToday(const SimulatedUnderlying& name, Instant to, std::vector<market::Candle>& candles)
    {
        if (candles.empty())
            return;
        const auto session = market::sessionOn(market::newYorkDate(to));
        if (!session || to >= session->close)
            return;
        if (to < session->open) {
            candles.pop_back();
            return;
        }
        const market::Summary summary = m_generator.underlyingSummary(name, to);
        market::Candle& today = candles.back();
        today.open = summary.dayOpen;
        today.high = summary.dayHigh;
        today.low = summary.dayLow;
        today.close = m_generator.spot(name, to);
        today.volume = m_generator.underlyingVolume(name, to);
        today.impliedVolatility = m_generator.impliedIndex(name, to);
    }

    /// Mids of the contract along the underlying's path; an option's bars hold few trades anyway.
    std::vector<market::Candle> optionCandles(const Instrument& instrument, std::chrono::seconds period, Instant from,
                                              Instant to)
    {
        const SimulatedUnderlying& name = *findSimulated(instrument.underlying);
        const bool isDaily = period >= std::chrono::days(1);
        std::vector<market::Candle> candles =
            isDaily ? m_generator.dailyCandles(name, market::newYorkDate(from), market::newYorkDate(to))
                    : m_generator.candles(name, period, from, to);
        if (isDaily)
            trimToday(name, to, candles);
        for (market::Candle& candle : candles) {
            Instant start = candle.time;
            Instant end = std::min(start + base::Nanos(period), to);
            if (isDaily) {
                const auto session =
                    market::sessionOn(Date(std::chrono::floor<std::chrono::days>(start.time_since_epoch())));
                start = session->open;
                end = std::min(session->close, to);
            }
            constexpr int samples = 6;
            for (int i = 0; i <= samples; ++i) {
                const double mid =
                    m_generator
                        .option(name, *instrument.option, instrument.settlement, start + (end - start) * i / samples)
                        .quote.mid();
                candle.open = i == 0 ? mid : candle.open;
                candle.high = i == 0 ? mid : std::max(candle.high, mid);
                candle.low = i == 0 ? mid : std::min(candle.low, mid);
                candle.close = mid;
            }
            candle.volume = 0;
            candle.impliedVolatility = market::unknown; // of one contract there is no index
        }
        return candles;
    }

    history::MarketGenerator m_generator;
    SimulatedFutures m_futures;
    std::vector<Instrument> m_underlyings;
};

} // namespace

std::unique_ptr<MarketModel> makeGeneratedMarket(std::uint64_t seed)
{
    return std::make_unique<GeneratedMarket>(seed);
}

} // namespace vegadesk::venue

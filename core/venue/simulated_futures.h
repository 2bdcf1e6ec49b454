#pragma once

#include "history/market_generator.h"
#include "tastytrade/wire/futures.h"
#include "venue/market_model.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vegadesk::venue
{

/// The simulated /ES: quarterly contracts on the generated SPX and options on them.
///
/// Prices   the future is the spot carried to its third Friday, 9:30 in New York, by simulatedRate() less SPX's yield. Between the
///          sessions of stocks, while futures trade, it follows the path that SPX takes to its next open (SPX itself stands still).
///          Options are Black (1976) on it, at the volatility that SPX options of that moment and log-moneyness have; quarterly
///          ones are American and end with their future, the others European and end at the close.
/// Listed   four contracts; options: quarterly ones for half a year, month ends (EW) for three months, Fridays (EW1 to EW4) for
///          five weeks, Mondays to Thursdays (E1A to E5D) for ten days. What is listed stays until it expires.
/// Settles  quarterly options and futures on SPX's opening value, all else and every day's margin on the future at the close.
class SimulatedFutures
{
public:
    static constexpr int multiplier = 50;

    /// Neither is owned.
    explicit SimulatedFutures(history::MarketGenerator& generator);

    static bool isOurs(const market::Instrument& instrument)
    {
        return instrument.type == market::InstrumentType::Future ||
               instrument.type == market::InstrumentType::FutureOption;
    }

    /// Those that have not expired on a day before, nearest first. Good until the next call.
    const std::vector<market::Instrument>& contracts(base::Date date);
    /// Options of all contracts, by expiry.
    const std::vector<market::Instrument>& options(base::Date date);
    /// By either symbol; null for what is not listed that day.
    const market::Instrument* find(std::string_view symbol, base::Date date);

    market::Quote quote(const market::Instrument& instrument, base::Instant at);
    market::MarketData data(const market::Instrument& instrument, base::Instant at);
    /// Where SPX has `ofIndex`, bars of `period` that reach to `to`: only the sessions of stocks have any.
    std::vector<market::Candle> candles(const market::Instrument& instrument, std::chrono::seconds period,
                                        base::Instant to, std::vector<market::Candle> ofIndex);
    std::optional<double> settlementPrice(std::string_view contract, base::Date expiry, market::Settlement settlement);
    /// What it would be worth if the future moved by the fraction `move` and every volatility by the factor `volatility`.
    double worth(const market::Instrument& instrument, base::Instant at, double move, double volatility);

    // As the broker describes them; simulated_futures_lists.cpp.
    std::vector<tastytrade::wire::Future> futures(base::Date date);
    std::vector<tastytrade::wire::FutureOptionProduct> products(base::Date date);
    std::vector<tastytrade::wire::FutureOption> futureOptions(base::Date date);
    tastytrade::wire::FuturesChain chain(base::Date date);

private:
    struct SymbolHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    /// SPX at a moment, as futures see it.
    struct State {
        base::Instant at{};
        history::DayPosition position;
        double spot = 0, instantVariance = 0, stress = 1, rate = 0, progress = 1;
    };
    struct Priced {
        pricing::Greeks greeks;
        double volatility = 0, atTheMoney = 0, forward = 0, moneyness = 0;
    };

    const State& state(base::Instant at);
    State makeState(base::Instant at);
    history::DayPosition positionOf(base::Instant at);
    double price(const State& state, base::Instant expiresAt) const;
    /// The expiry of the future that an option is on.
    static base::Instant expiryOfUnderlying(const market::Instrument& option);
    Priced priced(const market::Instrument& option, const State& state, double move = 0, double volatility = 1);
    void list(base::Date date);
    std::vector<double> strikes(base::Date expiry, base::Date listedOn, base::Date today);

    /// American less European at the full minute before `state`: an exchange asks for its resting orders' prices every second.
    pricing::Greeks earlyExercise(const market::Instrument& option, const State& state);

    struct Premium {
        std::chrono::sys_time<std::chrono::minutes> minute{};
        pricing::Greeks worth;
    };
    history::MarketGenerator& m_generator;
    const history::SimulatedUnderlying& m_spx;
    history::Noise m_noise;
    State m_state;
    base::Date m_contractsOf{}, m_optionsOf{};
    std::vector<market::Instrument> m_contracts, m_options;
    std::unordered_map<std::string, Premium> m_premiums; // by symbol, of the last minute asked for
    std::unordered_map<std::string, std::size_t, SymbolHash, std::equal_to<>> m_bySymbol; // options, both forms
};

} // namespace vegadesk::venue

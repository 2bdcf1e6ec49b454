#include "faults/scripted_market.h"

#include "market/symbols.h"
#include "pricing/black_scholes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vegadesk::faults
{

namespace
{

constexpr double volatility = 0.20, rate = 0.04, halfSpread = 0.02;
constexpr double sway = 0.05, swaySeconds = 97;

double toTick(double price)
{
    return std::round(price * 100) / 100;
}

} // namespace

ScriptedMarket::ScriptedMarket(double phase) : m_phase(phase)
{
    for (const auto& [symbol, level] : levels) {
        market::Instrument underlying;
        underlying.symbol = underlying.streamerSymbol = underlying.underlying = symbol;
        underlying.description = symbol + " fund";
        m_underlyings.push_back(underlying);
    }
}

std::string ScriptedMarket::symbolOf(const std::string& underlying, base::Date expiry, market::Right right,
                                     double strike)
{
    return market::toOccSymbol({underlying, expiry, right, base::Decimal::fromDouble(strike).value()}).value();
}

double ScriptedMarket::spot(const std::string& underlying, base::Instant at) const
{
    const double turns = base::seconds(at - opening()) / swaySeconds + m_phase;
    return levels.at(underlying) + sway * std::sin(2 * std::numbers::pi * turns);
}

market::Quote ScriptedMarket::quote(const market::Instrument& instrument, base::Instant at)
{
    const auto size = sizes.find(instrument.symbol);
    const double shown = size == sizes.end() ? 100 : size->second;
    if (const auto own = quotes.find(instrument.symbol); own != quotes.end())
        return {own->second.bid, own->second.ask, own->second.bidSize, own->second.askSize, at};
    double fair = spot(instrument.underlying, at);
    if (instrument.isOption()) {
        fair =
            pricing::blackScholesPrice(instrument.option->right, {fair, rate, 0}, instrument.option->strike.toDouble(),
                                       market::yearsUntil(at, instrument.expiresAt), volatility);
    }
    const double mid = toTick(fair);
    return {std::max(0.0, toTick(mid - halfSpread)), toTick(mid + halfSpread), shown, shown, at};
}

market::MarketData ScriptedMarket::data(const market::Instrument& instrument, base::Instant at)
{
    market::MarketData data;
    data.quote = quote(instrument, at);
    data.trade = {data.quote.mid(), 1, 1000, at};
    data.summary.previousClose = data.quote.mid();
    return data;
}

market::ChainDefinition ScriptedMarket::makeDefinition(const std::string& underlying, base::Date date)
{
    market::ChainDefinition definition;
    definition.underlying = *std::ranges::find(m_underlyings, underlying, &market::Instrument::symbol);
    const auto add = [&](base::Date expiry, double first, double last, double step) {
        for (double strike = first; expiry >= date && strike <= last; strike += step) {
            for (const market::Right right : {market::Right::Call, market::Right::Put}) {
                market::Instrument& option = definition.options.emplace_back();
                option.option =
                    market::OptionTerms{underlying, expiry, right, base::Decimal::fromDouble(strike).value()};
                option.symbol = market::toOccSymbol(*option.option).value();
                option.streamerSymbol = market::toStreamerSymbol(*option.option).value();
                option.type = market::InstrumentType::EquityOption;
                option.underlying = underlying;
                option.multiplier = 100;
                option.style = market::ExerciseStyle::European; // of a month, near the money: all the same here
                option.expiresAt = market::expiryInstant(expiry, market::Settlement::PM);
            }
        }
    };
    const double level = underlying == "SPY" ? 600 : 500;
    if (underlying == "SPY")
        add(friday, level - 5, level + 5, 5);
    add(monthly, level - 25, level, 5);
    return definition;
}

} // namespace vegadesk::faults

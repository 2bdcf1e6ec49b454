#pragma once

#include "base/random.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "portfolio/hedge_ledger.h"
#include "pricing/black_scholes.h"
#include "strategies/strategy.h"

#include <cmath>
#include <string>
#include <vector>

namespace vegadesk::tests
{

/// One call, held in such numbers that whole shares hedge it as if they were parts, on a simulated path without costs. The
/// strategy sees a chain of that contract alone, priced at one volatility, and its hedges fill at the spot.
class HedgedPath
{
public:
    struct Setting {
        double spot = 100, strike = 100, years = 0.5, rate = 0.05;
        double implied = 0.2, realised = 0.2; ///< volatilities; the path drifts at the rate
        int steps = 500;
    };
    static constexpr int contracts = 10'000, multiplier = 100;
    static constexpr double units = contracts * multiplier;

    explicit HedgedPath(const Setting& setting) : m_setting(setting)
    {
        m_chain.underlying = "SPY";
        market::Expiration& expiration = m_chain.expirations.emplace_back();
        expiration.root = "SPY";
        expiration.expiresAt = start() + base::Nanos(std::llround(setting.years * 365 * 86'400e9));
        expiration.date = market::newYorkDate(expiration.expiresAt);
        expiration.strikes = {setting.strike};
        for (const market::Right right : {market::Right::Call, market::Right::Put})
            expiration.side(right).resize(1);
        m_symbol = market::toOccSymbol(
                       {"SPY", expiration.date, market::Right::Call, base::Decimal::fromDouble(setting.strike).value()})
                       .value();
        expiration.calls.symbols[0] = m_symbol;
        m_analytics.expirations.push_back({});
        pricing::ExpirationAnalytics& figures = m_analytics.expirations[0];
        figures.volatility = {setting.implied};
        figures.calls.resize(1);
        figures.puts.resize(1);
        figures.atmVolatility = setting.implied;
        figures.market.rate = setting.rate;
        m_state.chain = &m_chain;
        m_state.analytics = &m_analytics;
        m_state.netLiquidation = 1e9;
    }

    void setCloses(const std::vector<double>& closes) { m_state.dailyCloses = closes; }

    /// The call bought, and nothing hedged yet.
    const strategies::StrategyState& atStart()
    {
        m_positions = {position(m_symbol, market::InstrumentType::EquityOption, contracts, multiplier)};
        m_state.positions = m_positions;
        m_state.trade = {};
        show(m_setting.spot, 0);
        return m_state;
    }

    /// What a call made per share, at its expiry; every step's spot is shown to the strategy.
    double profit(const strategies::Strategy& strategy, base::Generator& generator,
                  portfolio::HedgeLedger* ledger = nullptr)
    {
        const double step = m_setting.years / m_setting.steps, deviation = m_setting.realised * std::sqrt(step);
        const double drift = m_setting.rate * step - 0.5 * deviation * deviation;
        double spot = m_setting.spot, cash = 0;
        atStart();
        for (int at = 0; at <= m_setting.steps; ++at) {
            const bool isOver = at == m_setting.steps;
            show(spot, at);
            if (at == 0)
                cash = -units * m_analytics.expirations[0].calls.price[0];
            if (ledger) {
                if (at == 0)
                    ledger->trade(m_state.now, trade(marked(true, contracts), portfolio::HedgeEvent::Trade));
                ledger->mark(m_state.now, std::vector{marked(true, 0), marked(false, 0)});
            }
            if (isOver)
                break;
            cash += hedge(strategy, spot, ledger);
            cash *= std::exp(m_setting.rate * step);
            spot *= std::exp(drift + deviation * generator.normal());
        }
        return (cash + shares() * spot) / units + std::max(spot - m_setting.strike, 0.0);
    }

private:
    static base::Instant start() { return market::fromNewYork(base::makeDate(2023, 3, 1), std::chrono::hours(10)); }
    static portfolio::Position position(const std::string& symbol, market::InstrumentType type, base::Quantity quantity,
                                        int multiplier)
    {
        portfolio::Position out;
        out.symbol = symbol;
        out.underlying = "SPY";
        out.type = type;
        out.quantity = quantity;
        out.multiplier = multiplier;
        return out;
    }

    double shares() const { return m_positions.size() > 1 ? m_positions[1].quantity.toDouble() : 0; }

    void show(double spot, int at)
    {
        market::Expiration& expiration = m_chain.expirations[0];
        pricing::ExpirationAnalytics& figures = m_analytics.expirations[0];
        m_state.now = start() + base::Nanos((expiration.expiresAt - start()).count() / m_setting.steps * at);
        if (at == m_setting.steps)
            m_state.now = expiration.expiresAt;
        m_chain.underlyingQuote = {spot, spot, 1e9, 1e9, m_state.now};
        m_analytics.spot = figures.market.spot = spot;
        figures.years = market::yearsUntil(m_state.now, expiration.expiresAt);
        figures.forward = spot * std::exp(m_setting.rate * figures.years);
        const pricing::Greeks greeks = pricing::blackScholes(market::Right::Call, figures.market, m_setting.strike,
                                                             figures.years, m_setting.implied);
        figures.calls.price = {greeks.price};
        figures.calls.delta = {greeks.delta};
        figures.calls.gamma = {greeks.gamma};
        figures.calls.vega = {greeks.vega};
        figures.calls.theta = {greeks.theta};
    }

    /// Cash that the hedges of this moment brought.
    double hedge(const strategies::Strategy& strategy, double spot, portfolio::HedgeLedger* ledger)
    {
        double cash = 0;
        for (int round = 0; round < 2; ++round) { // never through zero in one order
            m_state.positions = m_positions;
            const auto proposals = strategy.hedge(m_state);
            if (proposals.empty())
                break;
            const portfolio::OrderLeg& leg = proposals[0].intent.legs.at(0);
            const base::Quantity traded = portfolio::signedQuantity(leg.action, leg.quantity);
            if (m_positions.size() < 2)
                m_positions.push_back(position("SPY", market::InstrumentType::Equity, 0, 1));
            m_positions[1].quantity += traded;
            if (m_positions[1].quantity == 0)
                m_positions.pop_back();
            cash -= traded.toDouble() * spot;
            if (ledger)
                ledger->trade(m_state.now, trade(marked(false, traded), portfolio::HedgeEvent::Hedge));
            if (m_positions.size() > 1)
                m_state.trade.lastHedgeAt = m_state.now;
        }
        return cash;
    }

    static portfolio::HedgeTrade trade(portfolio::MarkedPosition traded, portfolio::HedgeEvent event)
    {
        portfolio::HedgeTrade out;
        out.price = traded.mark;
        out.traded = std::move(traded);
        out.event = event;
        return out;
    }

    portfolio::MarkedPosition marked(bool isOption, base::Quantity quantity) const
    {
        const pricing::ExpirationAnalytics& figures = m_analytics.expirations[0];
        portfolio::MarkedPosition out;
        out.symbol = isOption ? m_symbol : "SPY";
        out.underlying = "SPY";
        out.quantity = quantity;
        out.spot = out.mark = figures.market.spot;
        out.rate = figures.market.rate;
        if (!isOption)
            return out;
        out.multiplier = multiplier;
        out.option = market::OptionTerms{"SPY", m_chain.expirations[0].date, market::Right::Call,
                                         base::Decimal::fromDouble(m_setting.strike).value()};
        out.style = market::ExerciseStyle::European;
        out.mark = figures.calls.price[0];
        out.years = figures.years;
        out.volatility = m_setting.implied;
        return out;
    }

    Setting m_setting;
    std::string m_symbol;
    market::OptionChain m_chain;
    pricing::ChainAnalytics m_analytics;
    strategies::StrategyState m_state;
    std::vector<portfolio::Position> m_positions;
};

/// Mean of some figures, and how far it may be off.
struct Sample {
    double mean = 0, deviation = 0, standardError = 0;

    explicit Sample(const std::vector<double>& values)
    {
        const auto count = static_cast<double>(values.size());
        for (const double value : values)
            mean += value / count;
        double squares = 0;
        for (const double value : values)
            squares += (value - mean) * (value - mean);
        deviation = std::sqrt(squares / (count - 1));
        standardError = deviation / std::sqrt(count);
    }
};

} // namespace vegadesk::tests

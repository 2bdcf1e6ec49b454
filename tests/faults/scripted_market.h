#pragma once

#include "market/calendar.h"
#include "venue/market_model.h"

#include <map>
#include <string>

namespace vegadesk::faults
{

/// A small market that a test moves by hand: SPY and QQQ with puts and calls of a month, and SPY's of today. Options are
/// quoted around Black-Scholes at one volatility; the spot sways by cents with the venue's clock.
class ScriptedMarket final : public venue::MarketModel
{
public:
    static constexpr base::Date monthly = base::makeDate(2026, 12, 18);
    static constexpr base::Date friday = base::makeDate(2026, 11, 20);
    static base::Instant opening() { return market::fromNewYork(friday, std::chrono::hours(10)); }

    /// `phase`: where in its swaying the spot begins, in [0, 1).
    explicit ScriptedMarket(double phase);

    // What a test may change at any time
    std::map<std::string, double> levels{{"SPY", 600.0}, {"QQQ", 500.0}};
    std::map<std::string, market::Quote> quotes; ///< in place of a symbol's own; the time is not used
    std::map<std::string, double> sizes;         ///< shown on both sides; 100 where it is not said

    static std::string symbolOf(const std::string& underlying, base::Date expiry, market::Right right, double strike);

    std::string description() const override { return "scripted market"; }
    bool isSimulated() const override { return true; }
    base::Instant suggestedStart(base::Instant) const override { return opening(); }
    const std::vector<market::Instrument>& underlyings() const override { return m_underlyings; }
    market::MarketData data(const market::Instrument& instrument, base::Instant at) override;
    market::Quote quote(const market::Instrument& instrument, base::Instant at) override;
    std::vector<market::Candle> candles(const market::Instrument&, std::chrono::seconds, base::Instant,
                                        base::Instant) override
    {
        return {};
    }
    std::optional<double> settlementPrice(const std::string& underlying, base::Date, market::Settlement) override
    {
        return levels.at(underlying);
    }
    double spot(const std::string& underlying, base::Instant at) const;

protected:
    market::ChainDefinition makeDefinition(const std::string& underlying, base::Date date) override;
    std::string underlyingOfRoot(const std::string& root) const override { return root; }

private:
    double m_phase;
    std::vector<market::Instrument> m_underlyings;
};

} // namespace vegadesk::faults

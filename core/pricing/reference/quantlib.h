#pragma once

#include "base/error.h"
#include "pricing/black_scholes.h"

#include <memory>
#include <span>

/// QuantLib behind one lock: its settings are global and its observers are not thread-safe in the packaged
/// build. Conventions are pricing's own (vega per 1.00, theta per year, ACT/365 years). For checks and
/// comparisons; nothing on a hot path calls it.
namespace vegadesk::pricing::reference
{

/// QuantLib's Black-Scholes calculator. Errors: BadInput as pricing::checkInputs(), and years or vol of zero,
/// which QuantLib's formulas do not take; Internal with QuantLib's own words for anything it throws.
base::Result<Greeks> blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol);

/// QuantLib's blackFormula over a strip, one lock for all. Shapes: vols and prices have the length of
/// strikes.
base::Result<void> blackFormulaStrip(Right right, const MarketPoint& market, double years,
                                     std::span<const double> strikes, std::span<const double> vols,
                                     std::span<double> prices);

/// QuantLib's blackFormulaImpliedStdDev over a strip at accuracy 1e-12; NaN where it finds none.
base::Result<void> impliedVolatilityStrip(Right right, const MarketPoint& market, double years,
                                          std::span<const double> strikes, std::span<const double> prices,
                                          std::span<double> vols);

/// A European option with QuantLib's analytic engine behind quotes and observers, as its users hold one.
/// Years must be a whole number of days: QuantLib counts time in dates.
class EngineOption
{
public:
    static base::Result<EngineOption> make(Right right, const MarketPoint& market, double strike, int days, double vol);
    EngineOption(EngineOption&&) noexcept;
    EngineOption& operator=(EngineOption&&) = delete;
    ~EngineOption();

    /// Moves the quotes and reprices.
    base::Result<Greeks> value(double spot, double vol);

private:
    struct Parts;
    explicit EngineOption(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace vegadesk::pricing::reference

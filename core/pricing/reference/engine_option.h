#pragma once

#include "pricing/reference/quantlib.h"

/// QuantLib's instruments as its users hold them: engine, quotes and observers stay, the quotes move. For timing it
/// fairly.
namespace vegadesk::pricing::reference
{

/// Settings of QuantLib's engines: its own, but for Precise, which is what reference::american() asks for.
enum class AmericanScheme { Fast, Accurate, Precise };
/// American exercise otherwise than by QdFp.
enum class AmericanMethod {
    BaroneAdesiWhaley,    ///< an approximation, good to some cents on 100
    LeisenReimer,         ///< a tree of 801 steps
    FiniteDifferences,    ///< 100 by 100 points
    FineFiniteDifferences ///< 400 by 400
};
enum class HestonIntegration {
    Default,         ///< Gatheral's form, 144 Laguerre nodes
    ControlVariate64 ///< OptimalCV, 64 Laguerre nodes
};

class EngineOption
{
public:
    /// AnalyticEuropeanEngine.
    static base::Result<EngineOption> make(Right right, const MarketPoint& market, double strike, double years,
                                           double vol);
    static base::Result<EngineOption> american(Right right, const MarketPoint& market, double strike, double years,
                                               double vol, AmericanScheme scheme);
    static base::Result<EngineOption> american(Right right, const MarketPoint& market, double strike, double years,
                                               double vol, AmericanMethod method);
    /// Under the spot model by finite differences, 100 by 200 points. Dividends as withDividends().
    static base::Result<EngineOption> americanWithDividends(Right right, const MarketPoint& market, double strike,
                                                            double years, double vol,
                                                            std::span<const CashDividend> dividends);
    /// JumpDiffusionEngine as it comes: relative accuracy 1e-4.
    static base::Result<EngineOption> merton(Right right, const MarketPoint& market, double strike, double years,
                                             double vol, const JumpParameters& jumps);
    static base::Result<EngineOption> heston(Right right, const MarketPoint& market, double strike, double years,
                                             const HestonParameters& parameters, HestonIntegration integration);
    /// FdHestonVanillaEngine as americanHestonPrice() asks it.
    static base::Result<EngineOption> americanHeston(Right right, const MarketPoint& market, double strike,
                                                     double years, const HestonParameters& parameters,
                                                     const HestonGrid& grid);
    /// BatesEngine as it comes: 144 Laguerre nodes.
    static base::Result<EngineOption> bates(Right right, const MarketPoint& market, double strike, double years,
                                            const HestonParameters& parameters, const JumpParameters& jumps);
    EngineOption(EngineOption&&) noexcept;
    EngineOption& operator=(EngineOption&&) = delete;
    ~EngineOption();

    /// Moves the quotes and reprices. For the engines that give Greeks: the analytic one and Merton's.
    base::Result<Greeks> value(double spot, double vol);
    /// Moves the spot and reprices, as tightly as the lock allows.
    base::Result<double> price(double spot);

private:
    struct Parts;
    explicit EngineOption(std::unique_ptr<Parts> parts);
    template<class MakeEngine>
    static base::Result<EngineOption> assemble(Right right, const MarketPoint& market, double strike, double years,
                                               double vol, market::ExerciseStyle style, MakeEngine makeEngine);
    std::unique_ptr<Parts> m_parts;
};

/// One implied volatility of a board, with its own expiry's zero rate and yield.
struct VolQuote {
    MarketPoint market;
    double strike = 0;
    int days = 0;
    double vol = 0;
};

struct HestonFit {
    HestonParameters parameters;
    double squaredError = 0; ///< sum of squared errors of implied volatility, in vol points
};

/// QuantLib's calibration: HestonModelHelper on implied volatilities, Levenberg-Marquardt with its numerical gradient,
/// 64 Laguerre nodes, from v0 = theta = 0.1, kappa = 1, sigma = 0.5, rho = -0.5.
base::Result<HestonFit> calibrateHeston(std::span<const VolQuote> quotes);

} // namespace vegadesk::pricing::reference

#pragma once

#include "base/error.h"
#include "pricing/heston/bates.h"
#include "pricing/heston/heston.h"
#include "pricing/jump/merton.h"

#include <memory>
#include <span>

/// QuantLib's own engines for the models with jumps or a moving variance, as its users hold them: to check ours against
/// and to measure ours beside.
namespace vegadesk::pricing::reference
{

enum class HestonQuadrature {
    Laguerre144,                    ///< the engine's default
    Laguerre64OptimalControlVariate ///< the fastest that keeps twelve digits
};

/// One European option behind an engine. Years are a whole number of days: QuantLib counts time in dates.
/// Errors  BadInput as the models' checkInputs(), and days < 1; Internal with QuantLib's own words for what it throws.
class ModelOption
{
public:
    static base::Result<ModelOption> heston(Right right, const MarketPoint& market, double strike, int days,
                                            const pricing::HestonParameters& parameters, HestonQuadrature quadrature);
    static base::Result<ModelOption> bates(Right right, const MarketPoint& market, double strike, int days,
                                           const pricing::BatesParameters& parameters);
    static base::Result<ModelOption> merton(Right right, const MarketPoint& market, double strike, int days,
                                            const pricing::MertonParameters& parameters);
    ModelOption(ModelOption&&) noexcept;
    ModelOption& operator=(ModelOption&&) = delete;
    ~ModelOption();

    /// Prices anew, without what the option remembers.
    base::Result<double> value();

private:
    struct Parts;
    explicit ModelOption(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/// A quote of a board that shares one spot and one dividend yield; zero rates are interpolated in time.
struct BoardQuote {
    int days = 0;
    double rate = 0, strike = 0, vol = 0;
};

struct BoardFit {
    pricing::HestonParameters parameters;
    double sumOfSquares = 0; ///< of the implied volatility errors, in volatility points
};

/// HestonModel fitted by QuantLib's LevenbergMarquardt with its numerical gradient, as its test suite does.
base::Result<BoardFit> fitHestonBoard(double spot, double dividendYield, std::span<const BoardQuote> quotes);

} // namespace vegadesk::pricing::reference

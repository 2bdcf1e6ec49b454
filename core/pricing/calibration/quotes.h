#pragma once

#include "base/error.h"
#include "pricing/calibration/calibration.h"
#include "pricing/calibration/least_squares.h"

#include <array>
#include <span>
#include <vector>

namespace vegadesk::pricing::calibration
{

/// The out-of-the-money options of one expiry and side, which is how models price best.
struct Wing {
    Right right = Right::Call;
    MarketPoint market;
    double years = 0;
    std::vector<double> strikes, vols, weights, prices, vegas; ///< prices and vegas at the quoted volatilities
    std::vector<std::size_t> rows;                             ///< of each quote among all residuals
};

/// Quotes sorted into wings, with room for what a model says about them.
class Quotes
{
public:
    static base::Result<Quotes> make(std::span<const Slice> slices);

    std::span<const Wing> wings() const { return m_wings; }
    std::size_t count() const { return m_count; }
    std::size_t weightedCount() const; ///< less those of weight 0
    /// The quoted volatility nearest the money of the first or the last expiry.
    double nearVol() const { return m_nearVol; }
    double farVol() const { return m_farVol; }

    /// A wing's columns for a model to write to: the price and up to eight derivatives.
    std::span<double> price(const Wing& wing) { return std::span(m_price).first(wing.strikes.size()); }
    std::span<double> derivative(const Wing& wing, std::size_t which)
    {
        return std::span(m_derivative[which]).first(wing.strikes.size());
    }

    /// Turns a wing's columns into weighted volatility errors, the model's own implied volatility less the quote's, and
    /// their derivatives to the model's parameters. False where a price is NaN.
    bool toResiduals(const Wing& wing, std::size_t parameterCount, Residuals& residuals, Jacobian& jacobian);

private:
    Quotes() = default;

    std::vector<Wing> m_wings;
    std::size_t m_count = 0;
    double m_nearVol = 0.2, m_farVol = 0.2;
    std::vector<double> m_price, m_vol, m_vega;
    std::array<std::vector<double>, maxParameters> m_derivative;
};

} // namespace vegadesk::pricing::calibration

#pragma once

#include <cstddef>
#include <vector>

/// Finite differences for a put of strike 1 under Heston's model, in x = ln(spot / strike) and the variance. Calls are
/// puts with share and cash exchanged.
namespace vegadesk::pricing::adi
{

/// What the put's equation knows. The drift of the variance is goal - kappa v.
struct PutLaw {
    double rate = 0, yield = 0, years = 0;
    double kappa = 0; ///< negative where a call with a large positive correlation was exchanged
    double goal = 0;  ///< kappa theta of the model
    double sigma = 0, rho = 0;
    double v0 = 0; ///< where the grid must be good
};

struct GridSize {
    std::size_t columns = 0; ///< in x
    std::size_t rows = 0;    ///< in the variance, a multiple of rowBlock
};

inline constexpr std::size_t rowBlock = 8; ///< whole vectors on every path

/// Points, and the weights of their differences: down * (left - here) + up * (right - here). Columns stand at `stride`, whole
/// vectors; what is beyond them weighs nothing.
struct Grid {
    std::size_t columns = 0, stride = 0, rows = 0;
    double halfRate = 0, carry = 0;
    std::vector<double> x, exercise; ///< ln spot, and 1 - spot
    std::vector<double> payoff;      ///< means over cells: a kink inside one would cost the order
    std::vector<double> mostPush;    ///< what exercise adds to the equation where it pays, rate - yield * spot
    std::vector<double> slopeDown, slopeUp, curveDown, curveUp; ///< by x; nothing at both ends
    std::vector<double> cross;                                  ///< 1 / (distance of both neighbours)
    std::vector<double> v;
    std::vector<double> lower, upper; ///< of drift and diffusion of the variance
    std::vector<double> mixed;        ///< rho sigma v / (distance of both neighbours)
    double second = 0;                ///< of the row after next, for the lowest, where there is a drift alone

    /// No allocation where the size is that of before.
    void build(const PutLaw& law, GridSize size);

private:
    void placeColumns(const PutLaw& law, double deviation);
    void placeRows(const PutLaw& law, double average, double top);
};

} // namespace vegadesk::pricing::adi

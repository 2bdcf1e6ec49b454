#pragma once

#include "pricing/heston/adi_grid.h"

#include <cstddef>
#include <vector>

namespace vegadesk::pricing::adi
{

/// A number for every point, row by row, with room around it for the neighbours of its ends.
class Plane
{
public:
    void resize(const Grid& grid)
    {
        m_stride = grid.stride;
        m_numbers.assign(grid.stride * grid.rows + 2 * margin(), 0.0);
    }
    double* row(std::size_t j) { return m_numbers.data() + margin() + j * m_stride; }
    const double* row(std::size_t j) const { return m_numbers.data() + margin() + j * m_stride; }

private:
    std::size_t margin() const { return m_stride + rowBlock; }
    std::size_t m_stride = 0;
    std::vector<double> m_numbers;
};

enum class Scheme {
    CraigSneyd, ///< modified, second order in time
    Douglas     ///< wholly implicit in each direction, first order: damps what the payoff's kink excites
};

/// An option on its way from expiry. The push is what exercise adds to the equation: of the step before, and what is
/// expected of the next one.
struct Option {
    bool isAmerican = true;
    Plane value, push, lastPush;

    void start(const Grid& grid, bool american);
};

/// Memory of a step.
struct Workspace {
    Plane work, base, across;                           ///< across: the variance's share of the operator
    std::vector<double> pivot, carried, above, scratch; ///< of the sweeps in x, in blocks of transposed rows
    std::vector<double> rowPivot, rowUpper, rowLower;   ///< of the sweeps in the variance
    double secondPivoted = 0;                           ///< the lowest row's third entry

    void resize(const Grid& grid);
};

/// One step back in time.
///   length  in years
///   atLeft  value at the first column after the step
void step(const Grid& grid, double length, Scheme scheme, double atLeft, Workspace& workspace, Option& option) noexcept;

/// The derivative of value by years to expiry that the equation gives where the option is held.
void slopeInTime(const Grid& grid, const Plane& value, Plane& out) noexcept;

} // namespace vegadesk::pricing::adi

#pragma once

#include "pricing/surface/svi_fit.h"
#include "pricing/surface/svi_model.h"

#include <vector>

namespace vegadesk::pricing::svi_detail
{

/// A step's normal equations, the lower half.
struct Equations {
    Matrix normal{};
    Vector gradient{};
    double cost = 0;

    void add(double residual, double weight, const Vector& by)
    {
        for (std::size_t i = 0; i < dimension; ++i) {
            gradient[i] += weight * residual * by[i];
            for (std::size_t j = 0; j <= i; ++j)
                normal[i][j] += weight * by[i] * by[j];
        }
    }
};

/// The cost of an SVI fit with limits and wishes as penalties. Limits are kept on a grid, which grows where they break.
class Problem
{
public:
    /// Borrows all three.
    Problem(const SliceTarget& target, const SliceLimits& limits, const SliceWishes& wishes);

    void clamp(Vector& p) const;
    /// A parameter at its bound that would go beyond.
    bool isHeld(std::size_t i, const Vector& p, const Vector& gradient) const;

    /// Where the limits have to hold, too.
    void addPoint(double k);
    void tighten() { m_penalty *= 10; }

    double cost(const Vector& p) const;
    Equations equations(const Vector& p) const;

private:
    void boundWings();

    SliceTarget m_target;
    SliceLimits m_limits;
    const SliceWishes& m_wishes;
    Vector m_low, m_high;
    std::vector<SliceWish> m_grid; // what the neighbours ask for at its points
    double m_perVariance;          // of a typical quote's error
    double m_margin;               // of total variance
    double m_penalty = 10;
};

} // namespace vegadesk::pricing::svi_detail

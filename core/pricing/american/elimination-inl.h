// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_PRICING_AMERICAN_ELIMINATION_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_PRICING_AMERICAN_ELIMINATION_INL_H
#undef VEGADESK_PRICING_AMERICAN_ELIMINATION_INL_H
#else
#define VEGADESK_PRICING_AMERICAN_ELIMINATION_INL_H
#endif

#include "pricing/american/collocation.h"
#include "pricing/simd/lanes-inl.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

using american_detail::nodeCount;

/// Whole vectors on every path, with a column to spare.
constexpr std::size_t paddedNodes = (nodeCount + 8) / 8 * 8;
using Nodes = std::array<double, paddedNodes>;

/// A linear system of one row a node. One right-hand side rides in the spare column and is eliminated with the rest;
/// others can follow.
class Elimination
{
public:
    static constexpr std::size_t spareColumn = nodeCount;

    alignas(64) std::array<Nodes, nodeCount> rows{};

    bool factor();
    void solve(Nodes& right) const;
    void substitute(Nodes& right) const;

private:
    std::array<std::array<double, nodeCount>, nodeCount> m_lower{};
    std::array<std::size_t, nodeCount> m_pivots{};
    std::array<double, nodeCount> m_inversePivots{};
};

/// Row-pivoted elimination; false where a row has vanished.
inline bool Elimination::factor()
{
    const Doubles d;
    for (std::size_t column = 0; column < nodeCount; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < nodeCount; ++row) {
            if (std::abs(rows[row][column]) > std::abs(rows[pivot][column]))
                pivot = row;
        }
        m_pivots[column] = pivot;
        if (pivot != column) {
            std::swap(rows[pivot], rows[column]);
            std::swap(m_lower[pivot], m_lower[column]);
        }
        if (!(std::abs(rows[column][column]) > 0))
            return false;
        const double inverse = 1 / rows[column][column];
        m_inversePivots[column] = inverse;
        for (std::size_t row = column + 1; row < nodeCount; ++row) {
            const double factor = rows[row][column] * inverse;
            m_lower[row][column] = factor;
            // Whole rows: what lies left of the column is not read again.
            for (std::size_t j = 0; j < paddedNodes; j += hn::Lanes(d)) {
                const Lanes left =
                    hn::NegMulAdd(set(factor), hn::Load(d, &rows[column][j]), hn::Load(d, &rows[row][j]));
                hn::Store(left, d, &rows[row][j]);
            }
        }
    }
    return true;
}

/// Applies the factors to another right-hand side.
inline void Elimination::solve(Nodes& right) const
{
    for (std::size_t column = 0; column < nodeCount; ++column)
        std::swap(right[m_pivots[column]], right[column]);
    for (std::size_t column = 0; column < nodeCount; ++column) {
        for (std::size_t row = column + 1; row < nodeCount; ++row)
            right[row] -= m_lower[row][column] * right[column];
    }
    substitute(right);
}

/// Solves with the upper factor, a column at a time: the inner loop has no chain.
inline void Elimination::substitute(Nodes& right) const
{
    for (std::size_t column = nodeCount; column-- > 0;) {
        right[column] *= m_inversePivots[column];
        for (std::size_t row = 0; row < column; ++row)
            right[row] -= rows[row][column] * right[column];
    }
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

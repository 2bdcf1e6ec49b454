#pragma once

#include "pricing/american/collocation.h"

#include <array>
#include <span>

namespace vegadesk::pricing::american_detail
{

/// The rate whose Greek is wanted: a put's own, or for a call, which is a put with spot and strike, rate and yield
/// swapped, the put's yield. None: no sensitivities at all.
enum class RateGreek { None, Rate, Yield };

/// Below this volatility the boundary is the certain one to all but the last digits that its equation needs.
inline constexpr double leastVol = 1e-3;

/// A put of strike 1: the inputs that its exercise boundary depends on.
struct PutInputs {
    double rate = 0, yield = 0, vol = 0, years = 0;
};

/// The spot below which a put of strike 1 is exercised, as a function of the time left.
///
/// h = ln(B(0+) / B(u)) grows from 0 to its limit h(inf). With h = h(inf) (1 - exp(-y)), y² is nearly a polynomial in
/// the square root of time for every expiry, where ln²B, the usual choice, bends sharply once the boundary
/// has come near its limit. Chebyshev nodes in the square root of time hold y².
struct Boundary {
    PutInputs inputs;
    double relaxation = 0; ///< years in units of the slowest motion towards the perpetual boundary
    double horizon = 0;    ///< years up to which nodes hold y; lateVariable() has the rest
    double logStart = 0;   ///< ln B(0+): 0, or ln(rate / yield) where that is below
    double limit = 0;      ///< h(inf)
    double limitByVol = 0, limitByRate = 0, logStartByRate = 0; ///< derivatives by vol and by the rate of the Greek
    std::array<double, nodeCount> squares{};                    ///< y² at the nodes
    std::array<double, nodeCount> squaresByVol{};               ///< d y² / d vol
    std::array<double, nodeCount> squaresByRate{};              ///< d y² / d (the rate whose Greek is wanted)
    bool isSolved = false;

    /// y with this much time left, from the horizon on: h nears its limit as exp(-relaxation) / time^1.5.
    double lateVariable(double yearsLeft) const;
    /// ln B at the whole of the time left.
    double logNow() const;
};

/// Where the boundary would start at less than this share of the strike, ln B is beyond what the nodes resolve, and what
/// exercise can earn, the rate until expiry if the spot falls that far, is below the accuracy.
inline constexpr double leastStart = 4e-6;

/// Where exercise is ever worth it.
enum class Exercise {
    Never, ///< rate <= 0 and yield >= rate, or a rate below leastStart of the yield: the European value
    BelowOneBoundary,
    BetweenTwo, ///< yield < rate < 0: kept above one boundary and again below another
};
Exercise exerciseOf(double rate, double yield);

/// What is known of the boundary before it is solved for: start, limit and horizon.
Boundary frameOf(const PutInputs& inputs, RateGreek rate) noexcept;

/// Solves the value-matching equation at the nodes by Newton's method with the exact Jacobian: 3 to 5 steps from a
/// closed-form start. The sensitivities come from the same factors.
///
/// Requires BelowOneBoundary, and positive vol and years. isSolved is false where 30 steps did not converge.
/// Source  Kim (1990) for the equation; the collocation is Andersen, Lake and Offengenden's (2016), with our own
///         interpolated variable, quadrature, and Newton's method in place of fixed-point steps.
/// like: a boundary of other inputs to start from where it is solved and near, which saves a step or two; may be null.
Boundary solveBoundary(const PutInputs& inputs, RateGreek rate, const Boundary* like = nullptr) noexcept;

/// What a put of strike 1 is worth with its first derivatives.
struct PutValue {
    double price = 0, delta = 0, gamma = 0, vega = 0, theta = 0, rho = 0;
};

/// European value plus the early-exercise premium along a boundary; intrinsic at or below it.
PutValue putAbove(const Boundary& boundary, double spot, RateGreek rate) noexcept;

/// The price alone.
double putPriceAbove(const Boundary& boundary, double spot) noexcept;

/// The prices alone at many spots: what the integrals share is worked out once. Within 1e-14 of putPriceAbove(); each
/// depends on its own spot alone, to the bit. Shapes: prices is as long as spots.
void putPricesAbove(const Boundary& boundary, std::span<const double> spots, std::span<double> prices) noexcept;

} // namespace vegadesk::pricing::american_detail

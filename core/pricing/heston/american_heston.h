#pragma once

#include "pricing/heston/heston.h"

#include <limits>
#include <memory>
#include <span>

namespace vegadesk::pricing
{

/// How fine the grid is. A second one with half of everything is solved beside it, and both are extrapolated.
struct AmericanHestonSettings {
    int spotPoints = 193;    ///< in ln spot, 33 to 2,049
    int variancePoints = 48; ///< 16 to 512, taken up to the next multiple of 16
    int timeSteps = 64;      ///< 8 to 10,000, shorter towards expiry
    bool isAmerican = true;  ///< false: the European value on the same grid, to judge it by
};

struct AmericanHestonValue {
    double price = std::numeric_limits<double>::quiet_NaN();
    double delta = std::numeric_limits<double>::quiet_NaN(); ///< d price / d spot, the variance held
    double gamma = std::numeric_limits<double>::quiet_NaN();
    double theta = std::numeric_limits<double>::quiet_NaN(); ///< per year of time passing
    double byV0 = std::numeric_limits<double>::quiet_NaN();
};

/// Where a strip writes. Each column is empty (not wanted) or as long as the strikes; columns do not overlap.
struct AmericanHestonView {
    std::span<double> price, delta, gamma, theta, byV0;
    std::span<double> rho; ///< per 1.00 of rate; costs two more solutions
};

/// Value of an option that may be exercised on any day, under Heston's model.
///
/// Units    as heston().
/// Accuracy price within 3e-5 of the strike (3.5e-6 in the root of the mean square) from a week to two years, two deviations
///          either way and parameters that equity options are fitted with, Feller's condition broken or not. delta within
///          3e-3 (2e-4), byV0 within 2e-3 of the strike and theta within 1.5e-3 of it, all at worst beside the exercise
///          boundary, where gamma, which steps there, is a mean over a cell. 4 ms a solution.
/// Limits   where exercise never pays (a put with rate <= 0 and yield >= rate, a call with yield <= 0 and rate >= yield),
///          and years = 0: heston(). A variance that cannot move (sigma = 0, and kappa = 0 or no variance at all):
///          american(). Beyond the grid, eight deviations from the strike, the larger of heston() and exercise.
/// Errors   NaN where checkInputs() or the settings' ranges refuse, and where rates are beyond what doubles can take.
/// Memory   a solution a thread, kept: 2 MB by default.
AmericanHestonValue americanHeston(Right right, const MarketPoint& market, double strike, double years,
                                   const HestonParameters& parameters,
                                   const AmericanHestonSettings& settings = {}) noexcept;

/// The same for strikes that share one expiry and side, from one solution.
/// Errors  a strike that is not finite and positive is NaN, its neighbours are not touched by it.
void americanHestonStrip(Right right, const MarketPoint& market, double years, const HestonParameters& parameters,
                         std::span<const double> strikes, const AmericanHestonView& out,
                         const AmericanHestonSettings& settings = {}) noexcept;

/// Whether waiting is never worse than exercise, so that the right to exercise early is worth nothing.
bool exerciseNeverPays(Right right, const MarketPoint& market) noexcept;

/// Names the first setting outside its range.
base::Result<void> checkInputs(const AmericanHestonSettings& settings);

/// All values of one side, rate, yield and law at once: at every spot, variance and at some times to expiry. Strikes are 1,
/// as values scale with the strike.
///
/// Use     one object for many solutions: its memory is kept, so that a solution of the size of the last one allocates
///         nothing. It takes any usable parameters to the grid, without the shortcuts of americanHeston().
/// Source  In 't Hout and Foulon (2010) for grids and the modified Craig-Sneyd scheme, Ikonen and Toivanen (2004) for the
///         split of exercise; that it is expected by continuation instead of taken from the step before is ours.
class AmericanHestonSolution
{
public:
    AmericanHestonSolution();
    AmericanHestonSolution(AmericanHestonSolution&&) noexcept;
    AmericanHestonSolution& operator=(AmericanHestonSolution&&) noexcept;
    ~AmericanHestonSolution();

    /// Solves once to the last of `times`, rising years to expiry, and keeps each. The grid is laid for the last one and for
    /// parameters.v0: the price is within 7e-5 of the strike at a quarter of the last time, 1.5e-4 at a sixteenth.
    /// Errors  BadInput for parameters, settings and times; what was solved before is lost.
    base::Result<void> solve(Right right, double rate, double dividendYield, std::span<const double> times,
                             const HestonParameters& parameters, const AmericanHestonSettings& settings = {});

    struct Range {
        double low = 0, high = 0;
    };
    Range spots() const noexcept; ///< of strike 1
    Range variances() const noexcept;
    std::size_t timeCount() const noexcept;

    /// By cubic polynomials through the four nearest points each way.
    ///   spot  as a share of the strike; gamma is then per share of the strike too
    ///   time  index into solve()'s times
    /// Errors  NaN outside both ranges, and for a time that was not solved for.
    AmericanHestonValue at(double spot, double variance, std::size_t time) const noexcept;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// What americanHeston() says, read off a solution that was made before, at the first of its times.
///   right, market, years, parameters  of the solution, but for the spot, which may be any
AmericanHestonValue readAmericanHeston(const AmericanHestonSolution& solution, Right right, const MarketPoint& market,
                                       double strike, double years, const HestonParameters& parameters) noexcept;

} // namespace vegadesk::pricing

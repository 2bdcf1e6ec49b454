#pragma once

#include "portfolio/marking.h"

namespace vegadesk::portfolio
{

/// Where an option's model price went between two moments, dollars per share.
struct OptionMove {
    double delta = 0; ///< the first moment's delta times the spot's move
    double gamma = 0; ///< what more the spot's move did, squared
    double theta = 0; ///< time that passed, and what it did to delta and vega meanwhile (charm, veta)
    double vega = 0;  ///< the first moment's vega times the move of the option's own volatility
    double rho = 0;   ///< rate and dividend yield
    double vanna = 0; ///< spot and volatility together
    double volga = 0; ///< what more the volatility's move did, squared

    double sum() const { return delta + gamma + theta + vega + rho + vanna + volga; }
};

/// Splits the move of the model's price along the straight line between the two markings' spot, volatility, time, rate and
/// yield.
///
/// Method   Taylor's formula with its remainder as an integral over the line: delta and vega as they were at the beginning, the
///          second order as it was along the way. With an exact integral the parts add up to the model's whole move; it is taken
///          at four Gauss-Legendre nodes that are even in the root of the time left, which leaves a few hundredths of the parts
///          in a step to expiry over a strike, and next to nothing elsewhere.
/// American delta, gamma, vega, theta and rho from american(); vanna, volga and the yield's part are the European ones at the
///          same volatility, times what is left of the vega under early exercise (none where it is exercised).
/// Requires both of one option, with more or as much time at `from`.
/// Errors   NaN where an input is not known or outside blackScholes()' ranges.
OptionMove explainMove(const MarkedPosition& from, const MarkedPosition& to) noexcept;

} // namespace vegadesk::portfolio

#pragma once

#include "pricing/verification/case.h"

#include <optional>
#include <string_view>
#include <vector>

namespace vegadesk::pricing::verification
{

/// A column of answers and what an error in it may be.
struct Output {
    std::string_view name;
    /// The largest absolute error that passes, always positive. Score = error / allowed.
    double (*allowed)(const Case& row, std::string_view column) = nullptr;
    /// False for a row whose exact value cannot be right; null: always right.
    bool (*isPossible)(const Case& row) = nullptr;
};

/// A kind of file: black_scholes.csv, heston.csv, … and the bounds that its columns are held to.
///
///   black_scholes  price: 4 eps of (1 + |d ln V / d ln S| + |d ln V / d ln K| + |d ln V / d ln sigma|), what rounding
///                  of the inputs alone can do, relative, with a floor of 1e-300; Greeks: 1e-12 of the larger of value
///                  and scale
///   implied_vol    sigma: 4 (half an ulp of the price over vega + one rounding of both legs), at least 4 eps relative
///   merton         price: 1e-12 S, and 1e-9 relative above 1e-8 S; Greeks: 1e-10
///   heston         price: 1e-12 S, and 1e-8 relative down to 1e-30; Greeks and parameter derivatives: 1e-9
///   american       price: the larger of price_tol and 5e-6 K / 100, and 1e-6 K / 100 in the root mean square over the
///                  file; Greeks: 1e-5. A row whose theta is positive has its gamma, theta and rho left out: more time
///                  never takes from an American option, so they are differences across the exercise boundary
///   dividend       price: the larger of price_tol and 1e-4
///
/// Scales are in scales.h.
struct Kind {
    std::string_view name;
    Layout layout;
    std::vector<Output> outputs;      ///< the first is required, the others are checked where the file has them
    std::optional<double> rmsAllowed; ///< of the first output, at a strike of 100
};

std::span<const Kind> kinds();

/// The kind of a file: the longest kind's name that stands anywhere in the file's name, "heston.csv", "american_puts.csv" or
/// "new-Black-Scholes2.csv". Where the name holds none, or two of one length, the header decides: of the kinds whose columns it
/// has, the one that knows the most of them.
/// Errors  BadInput listing the kinds.
base::Result<const Kind*> kindOfFile(std::string_view path, std::string_view header = {},
                                     std::span<const Kind> among = kinds());

} // namespace vegadesk::pricing::verification

#include "pricing/reference/svi.h"

#include "pricing/reference/session.h"

#include <fmt/format.h>
#include <ql/experimental/volatility/sviinterpolation.hpp>

namespace vegadesk::pricing::reference
{

base::Result<SviSlice> fitSvi(double forward, double years, std::span<const double> strikes,
                              std::span<const double> vols)
{
    if (!(years > 0))
        return base::badInput("years", fmt::format("{}", years), "a positive number");
    if (!(forward > 0))
        return base::badInput("forward", fmt::format("{}", forward), "a positive number");
    return guarded([&] {
        const double free = ql::Null<ql::Real>();
        ql::SviInterpolation fit(strikes.begin(), strikes.end(), vols.begin(), years, forward, free, free, free, free,
                                 free, false, false, false, false, false);
        fit.update();
        return SviSlice{fit.a(), fit.b(), fit.rho(), fit.m(), fit.sigma()};
    });
}

} // namespace vegadesk::pricing::reference

#include "pricing/surface/volatility_surface.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace vegadesk::pricing
{

base::Result<VolatilitySurface> VolatilitySurface::make(std::vector<SurfaceSlice> slices, double spot)
{
    if (slices.empty())
        return base::badInput("slices", "0", "at least one");
    double before = 0;
    for (const SurfaceSlice& slice : slices) {
        if (!(slice.years > before) || !std::isfinite(slice.years))
            return base::badInput("years", fmt::format("{}", slice.years), fmt::format("above {}", before));
        if (!(slice.forward > 0) || !std::isfinite(slice.forward))
            return base::badInput("forward", fmt::format("{}", slice.forward), "a positive number");
        if (!(slice.discount > 0) || !std::isfinite(slice.discount))
            return base::badInput("discount", fmt::format("{}", slice.discount), "a positive number");
        if (const auto checked = checkSlice(slice.svi); !checked)
            return tl::make_unexpected(checked.error());
        before = slice.years;
    }
    return VolatilitySurface(std::move(slices), spot > 0 ? spot : std::numeric_limits<double>::quiet_NaN());
}

VolatilitySurface::VolatilitySurface(std::vector<SurfaceSlice> slices, double spot)
    : m_slices(std::move(slices)), m_spot(spot)
{
    const SurfaceSlice& last = m_slices.back();
    m_lastForwardVariance = last.svi.totalVariance(0) / last.years;
    if (m_slices.size() > 1) {
        const SurfaceSlice& earlier = m_slices[m_slices.size() - 2];
        const double gained = last.svi.totalVariance(0) - earlier.svi.totalVariance(0);
        m_lastForwardVariance = std::max(0.0, gained / (last.years - earlier.years));
    }
}

std::size_t VolatilitySurface::sliceAfter(double years) const noexcept
{
    const auto found = std::ranges::lower_bound(m_slices, years, {}, &SurfaceSlice::years);
    return static_cast<std::size_t>(found - m_slices.begin());
}

double VolatilitySurface::totalVariance(double k, double years) const noexcept
{
    if (!(years > 0))
        return std::numeric_limits<double>::quiet_NaN();
    const std::size_t after = sliceAfter(years);
    if (after == m_slices.size()) {
        const SurfaceSlice& last = m_slices.back();
        return last.svi.totalVariance(k) + (years - last.years) * m_lastForwardVariance;
    }
    const SurfaceSlice& later = m_slices[after];
    if (after == 0)
        return later.svi.totalVariance(k) * years / later.years;
    const SurfaceSlice& earlier = m_slices[after - 1];
    const double share = (years - earlier.years) / (later.years - earlier.years);
    return (1 - share) * earlier.svi.totalVariance(k) + share * later.svi.totalVariance(k);
}

double VolatilitySurface::volatility(double strike, double years) const noexcept
{
    return std::sqrt(totalVariance(std::log(strike / forward(years)), years) / years);
}

double VolatilitySurface::logLinear(double years, double atZero, double SurfaceSlice::*value) const noexcept
{
    if (!(years >= 0))
        return std::numeric_limits<double>::quiet_NaN();
    // The stretch that holds `years`, or the last one, which goes on beyond its end.
    const std::size_t after = std::min(sliceAfter(years), m_slices.size() - 1);
    const double begin = after == 0 ? 0 : m_slices[after - 1].years;
    const double first = after == 0 ? atZero : m_slices[after - 1].*value;
    const double share = (years - begin) / (m_slices[after].years - begin);
    return first * std::pow(m_slices[after].*value / first, share);
}

double VolatilitySurface::forward(double years) const noexcept
{
    return logLinear(years, m_spot > 0 ? m_spot : m_slices.front().forward, &SurfaceSlice::forward);
}

double VolatilitySurface::discount(double years) const noexcept
{
    return logLinear(years, 1, &SurfaceSlice::discount);
}

std::vector<ArbitrageViolation> findArbitrage(const VolatilitySurface& surface)
{
    std::vector<ArbitrageViolation> out;
    const std::vector<SurfaceSlice>& slices = surface.slices();
    for (std::size_t i = 0; i < slices.size(); ++i) {
        for (const MoneynessInterval& interval : findButterflies(slices[i].svi))
            out.push_back({ArbitrageKind::Butterfly, i, interval});
        if (i == 0)
            continue;
        for (const MoneynessInterval& interval : findCalendarCrossings(slices[i - 1].svi, slices[i].svi))
            out.push_back({ArbitrageKind::Calendar, i, interval});
    }
    return out;
}

} // namespace vegadesk::pricing

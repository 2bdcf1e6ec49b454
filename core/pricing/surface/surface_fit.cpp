#include "pricing/surface/surface_fit.h"

#include "pricing/surface/essvi.h"
#include "pricing/surface/svi_fit.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <vector>

namespace vegadesk::pricing
{

namespace
{

constexpr int mostSweeps = 4;
constexpr double enoughGain = 0.002; // of the whole cost: a sweep that brings less is the last

base::Result<void> checkQuotes(const SmileQuotes& quotes, double yearsBefore)
{
    const auto at = [&](const char* column) {
        return fmt::format("{} of the expiry at {} years", column, quotes.years);
    };
    if (!(quotes.years > yearsBefore) || !std::isfinite(quotes.years))
        return base::badInput("years", fmt::format("{}", quotes.years), fmt::format("above {}", yearsBefore));
    for (const auto* column : {&quotes.bid, &quotes.mid, &quotes.ask, &quotes.error}) {
        if (column->size() != quotes.k.size())
            return base::badInput(at("columns"), fmt::format("{}", column->size()),
                                  fmt::format("{} values, one for each k", quotes.k.size()));
    }
    for (std::size_t i = 0; i < quotes.k.size(); ++i) {
        if (!std::isfinite(quotes.k[i]) || (i > 0 && !(quotes.k[i] > quotes.k[i - 1])))
            return base::badInput(at("k"), fmt::format("{}", quotes.k[i]), "finite and strictly ascending");
        if (!(quotes.mid[i] > 0) || !std::isfinite(quotes.mid[i]))
            return base::badInput(at("mid"), fmt::format("{}", quotes.mid[i]), "a positive volatility");
        if (!(quotes.error[i] > 0) || !std::isfinite(quotes.error[i]))
            return base::badInput(at("error"), fmt::format("{}", quotes.error[i]), "a positive number");
    }
    return {};
}

/// The slices of a fit under way, and how each came to be.
struct Draft {
    std::vector<SliceTarget> targets;
    std::vector<EssviFit> chain;
    std::vector<SviSlice> slices;
    std::vector<SliceOrigin> origins;

    bool isSparse(std::size_t i) const { return chain[i].isShapeBorrowed; }
    double cost() const
    {
        double sum = 0;
        for (std::size_t i = 0; i < slices.size(); ++i)
            sum += costOf(targets[i], slices[i]);
        return sum;
    }
};

SliceOrigin originOfChain(const EssviFit& fit)
{
    if (!fit.isShapeBorrowed)
        return SliceOrigin::HeldBack;
    return fit.slice.psi > 0.001 * fit.slice.theta ? SliceOrigin::Level : SliceOrigin::Flat;
}

/// Every slice by itself. False when stopped.
bool fitAlone(Draft& draft, bool forbidsArbitrage, const std::stop_token& stop)
{
    for (std::size_t i = 0; i < draft.slices.size(); ++i) {
        if (stop.stop_requested())
            return false;
        if (draft.isSparse(i))
            continue;
        const SviSlice safe = draft.chain[i].slice.toSvi();
        SviSlice start = quasiExplicitStart(draft.targets[i]);
        if (costOf(draft.targets[i], safe) < costOf(draft.targets[i], start))
            start = safe;
        const SliceFit fit = fitSlice(draft.targets[i], start, safe, {forbidsArbitrage, nullptr, nullptr});
        draft.slices[i] = fit.slice;
        draft.origins[i] = fit.isHeldBack ? SliceOrigin::HeldBack : SliceOrigin::Svi;
    }
    return true;
}

bool isCalendarFree(const Draft& draft)
{
    for (std::size_t i = 1; i < draft.slices.size(); ++i) {
        if (!isCalendarFree(draft.slices[i - 1], draft.slices[i]))
            return false;
    }
    return true;
}

/// What the slices fitted alone would like of each other: within the range of its quotes none may lie below an earlier
/// one. A slice whose quotes end early learns here how its wings have to run for the sake of the others.
class Wishes
{
public:
    explicit Wishes(const Draft& draft)
    {
        double low = 0, high = 0;
        for (const SliceTarget& target : draft.targets) {
            low = std::min(low, target.k.front());
            high = std::max(high, target.k.back());
        }
        // Denser at the money, where the short expiries are.
        for (int i = -perSide; i <= perSide; ++i) {
            const double share = static_cast<double>(i) / perSide;
            m_k.push_back((i < 0 ? -low : high) * share * std::abs(share));
        }
        m_slopes.resize(draft.slices.size());
        for (std::size_t i = 1; i < draft.slices.size(); ++i) {
            const SliceTarget& target = draft.targets[i - 1];
            m_slopes[i].left = std::max(m_slopes[i - 1].left, -draft.slices[i - 1].at(target.k.front()).first);
            m_slopes[i].right = std::max(m_slopes[i - 1].right, draft.slices[i - 1].at(target.k.back()).first);
        }
        m_floors.assign(draft.slices.size(), std::vector<double>(m_k.size(), -infinity));
        m_ceilings.assign(draft.slices.size(), std::vector<double>(m_k.size(), infinity));
        for (std::size_t i = 0; i < draft.slices.size(); ++i) {
            const SliceTarget& target = draft.targets[i];
            for (std::size_t point = 0; point < m_k.size(); ++point) {
                const double k = m_k[point];
                if (k < target.k.front() || k > target.k.back())
                    continue;
                const double w = draft.slices[i].totalVariance(k);
                for (std::size_t later = i + 1; later < draft.slices.size(); ++later)
                    m_floors[later][point] = std::max(m_floors[later][point], w);
                for (std::size_t earlier = 0; earlier < i; ++earlier)
                    m_ceilings[earlier][point] = std::min(m_ceilings[earlier][point], w);
            }
        }
    }

    SliceWishes of(std::size_t slice) const
    {
        SliceWishes out{{}, m_slopes[slice].left, m_slopes[slice].right};
        for (std::size_t point = 0; point < m_k.size(); ++point) {
            double floor = m_floors[slice][point], ceiling = m_ceilings[slice][point];
            if (floor > ceiling)
                floor = ceiling = 0.5 * (floor + ceiling);
            if (floor > -infinity || ceiling < infinity)
                out.at.push_back({m_k[point], floor, ceiling});
        }
        return out;
    }

private:
    static constexpr int perSide = 20;
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    struct Slopes {
        double left = 0, right = 0;
    };
    std::vector<Slopes> m_slopes; // by slice
    std::vector<double> m_k;
    std::vector<std::vector<double>> m_floors, m_ceilings; // by slice, then point
};

/// Every slice between its neighbours as they stand, from the chain up; from the last to the first and back, so that
/// room made at one end reaches the other. False when stopped.
bool fitTogether(Draft& draft, const std::stop_token& stop)
{
    const Wishes wishes(draft);
    const std::vector<SviSlice> starts = draft.slices;
    const std::size_t count = draft.slices.size();
    for (std::size_t i = 0; i < count; ++i)
        draft.slices[i] = draft.chain[i].slice.toSvi();
    double before = draft.cost();
    for (int sweep = 0; sweep < mostSweeps; ++sweep) {
        for (std::size_t step = 0; step < count; ++step) {
            const std::size_t i = sweep % 2 == 0 ? count - 1 - step : step;
            if (stop.stop_requested())
                return false;
            if (draft.isSparse(i))
                continue;
            SliceLimits limits;
            limits.earlier = i > 0 ? &draft.slices[i - 1] : nullptr;
            limits.later = i + 1 < count ? &draft.slices[i + 1] : nullptr;
            const SviSlice& start = sweep == 0 ? starts[i] : draft.slices[i];
            const SliceFit fit = fitSlice(draft.targets[i], start, draft.slices[i], limits, wishes.of(i));
            draft.slices[i] = fit.slice;
            draft.origins[i] = fit.isHeldBack ? SliceOrigin::HeldBack : SliceOrigin::Svi;
        }
        const double after = draft.cost();
        if (sweep > 1 && before - after <= enoughGain * before)
            break;
        before = after;
    }
    return true;
}

SurfaceSlice report(const SmileQuotes& quotes, const SviSlice& svi, SliceOrigin origin)
{
    SurfaceSlice out{quotes.years, quotes.forward, quotes.discount, svi, origin, quotes.size(), 0, 0, 0};
    std::size_t inside = 0;
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        const double vol = std::sqrt(svi.totalVariance(quotes.k[i]) / quotes.years);
        const double error = vol - quotes.mid[i];
        out.rootMeanSquare += error * error;
        out.worst = std::max(out.worst, std::abs(error));
        if (vol >= quotes.bid[i] && vol <= quotes.ask[i])
            ++inside;
    }
    const auto count = static_cast<double>(quotes.size());
    out.rootMeanSquare = std::sqrt(out.rootMeanSquare / count);
    out.insideShare = static_cast<double>(inside) / count;
    return out;
}

} // namespace

base::Result<VolatilitySurface> fitSurface(std::span<const SmileQuotes> quotes, const SurfaceSettings& settings,
                                           const std::stop_token& stop)
{
    Draft draft;
    std::vector<const SmileQuotes*> used;
    double before = 0;
    for (const SmileQuotes& each : quotes) {
        if (each.size() == 0)
            continue;
        if (const auto checked = checkQuotes(each, before); !checked)
            return tl::make_unexpected(checked.error());
        before = each.years;
        used.push_back(&each);
        draft.targets.push_back({each.years, each.k, each.mid, each.error});
    }
    if (used.empty())
        return base::badInput("quotes", "0", "at least one expiry with a quote");

    draft.chain = fitEssviChain(draft.targets);
    for (const EssviFit& fit : draft.chain) {
        draft.slices.push_back(fit.slice.toSvi());
        draft.origins.push_back(originOfChain(fit));
    }
    bool isDone = fitAlone(draft, settings.forbidsArbitrage, stop);
    if (isDone && settings.forbidsArbitrage && !isCalendarFree(draft))
        isDone = fitTogether(draft, stop);
    if (!isDone)
        return base::fail(base::ErrorKind::Cancelled, "surface fit", "", "start it again");

    std::vector<SurfaceSlice> slices;
    for (std::size_t i = 0; i < used.size(); ++i)
        slices.push_back(report(*used[i], draft.slices[i], draft.origins[i]));
    return VolatilitySurface::make(std::move(slices), settings.spot);
}

} // namespace vegadesk::pricing

#include "portfolio/margin_stock.h"

#include "portfolio/margin_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace vegadesk::portfolio
{

using market::Right;

StockUses::StockUses(std::span<const MarginLot> lots, double stock, double spot, ProtectedStock protectedStock,
                     std::pmr::memory_resource& memory)
    : m_lots(lots), m_stock(stock), m_spot(spot), m_covers(&memory), m_protects(&memory), m_collars(&memory),
      m_left(lots.size(), &memory)
{
    findCovers();
    if (protectedStock == ProtectedStock::IsRelieved)
        findProtection();
}

/// Covering first, protecting first, or neither: which is least depends on what the options are worth to each other.
std::span<const StockUses::Way> StockUses::ways()
{
    using enum Step;
    static constexpr std::array<Way, 9> all{{{None, None, None},
                                             {CoversNearestIn, None, None},
                                             {CoversFurthestOut, None, None},
                                             {Protects, None, None},
                                             {Collars, None, None},
                                             {Collars, CoversNearestIn, Protects},
                                             {Collars, Protects, CoversNearestIn},
                                             {CoversNearestIn, Protects, None},
                                             {Protects, CoversNearestIn, None}}};
    return all;
}

void StockUses::findCovers()
{
    const bool isLong = m_stock > 0;
    for (std::size_t i = 0; i < m_lots.size(); ++i) {
        const MarginLot& lot = m_lots[i];
        if (lot.shares < 0 && (lot.right == Right::Call) == isLong) {
            m_covers.push_back({isLong ? coveredCallRequirement(lot.strike, lot.mark, m_spot)
                                       : coveredPutRequirement(lot.strike, m_spot),
                                i, i});
        }
    }
    std::ranges::sort(m_covers, [&](const Use& a, const Use& b) {
        const double sign = isLong ? 1 : -1; // calls are the nearer in the lower, puts the higher
        return std::tuple(sign * m_lots[a.lot].strike, a.lot) < std::tuple(sign * m_lots[b.lot].strike, b.lot);
    });
}

void StockUses::findProtection()
{
    const bool isLong = m_stock > 0;
    for (std::size_t i = 0; i < m_lots.size(); ++i) {
        const MarginLot& lot = m_lots[i];
        if (lot.shares < 0 || (lot.right == Right::Put) != isLong)
            continue;
        const double requirement = protectedStockRequirement(lot.right, lot.strike, m_spot);
        if (requirement < stockMarginRate * m_spot)
            m_protects.push_back({requirement, i, i});
        for (const Use& cover : m_covers) {
            const MarginLot& sold = m_lots[cover.lot];
            if (sold.ends != lot.ends)
                continue;
            if (isLong && lot.strike <= sold.strike)
                m_collars.push_back({collarRequirement(lot.strike, sold.strike, m_spot), i, cover.lot});
            else if (!isLong && lot.strike == sold.strike)
                m_collars.push_back({reversalRequirement(lot.strike, m_spot), i, cover.lot});
        }
    }
    for (Uses* uses : {&m_protects, &m_collars}) {
        std::ranges::sort(*uses, [](const Use& a, const Use& b) {
            return std::tie(a.requirement, a.lot, a.other) < std::tie(b.requirement, b.lot, b.other);
        });
    }
}

bool StockUses::isPossible(const Way& way) const
{
    const auto isStepPossible = [this](Step step) {
        switch (step) {
        case Step::None:
            return true;
        case Step::CoversFurthestOut:
            return m_covers.size() > 1; // one alone is the nearest too
        case Step::CoversNearestIn:
            return !m_covers.empty();
        case Step::Protects:
            return !m_protects.empty();
        case Step::Collars:
            return !m_collars.empty();
        }
        return false;
    };
    return isStepPossible(way.first) && isStepPossible(way.second) && isStepPossible(way.third);
}

bool StockUses::next()
{
    while (m_nextWay < ways().size() && !isPossible(ways()[m_nextWay]))
        ++m_nextWay;
    if (m_nextWay == ways().size())
        return false;
    const Way& way = ways()[m_nextWay++];
    m_unused = std::abs(m_stock);
    m_margin = {};
    for (std::size_t i = 0; i < m_lots.size(); ++i)
        m_left[i] = m_lots[i].shares;
    for (const Step step : {way.first, way.second, way.third})
        take(step);
    m_margin.held += m_unused * stockMarginRate * m_spot;
    return true;
}

void StockUses::take(Step step)
{
    if (step == Step::CoversFurthestOut) {
        for (std::size_t i = m_covers.size(); i-- > 0;)
            take(m_covers[i], false);
        return;
    }
    if (step == Step::None)
        return;
    const bool isCollar = step == Step::Collars;
    for (const Use& use : isCollar ? m_collars : step == Step::Protects ? m_protects : m_covers)
        take(use, isCollar);
}

void StockUses::take(const Use& use, bool isCollar)
{
    double shares = std::min(m_unused, std::abs(m_left[use.lot]));
    if (isCollar)
        shares = std::min(shares, std::abs(m_left[use.other]));
    shares = std::floor(shares / m_lots[use.lot].contract) * m_lots[use.lot].contract;
    if (shares <= 0)
        return;
    const auto reduce = [&](std::size_t lot) { m_left[lot] -= std::copysign(shares, m_left[lot]); };
    m_margin.held += shares * use.requirement;
    m_margin.paid += m_lots[use.lot].shares > 0 ? shares * m_lots[use.lot].mark : 0; // what protects is paid for
    reduce(use.lot);
    if (isCollar)
        reduce(use.other);
    m_unused -= shares;
}

} // namespace vegadesk::portfolio

#include "portfolio/margin.h"

#include "portfolio/margin_pairing.h"
#include "portfolio/margin_rules.h"
#include "portfolio/margin_stock.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory_resource>
#include <optional>
#include <tuple>
#include <vector>

namespace vegadesk::portfolio
{

using market::Right;

namespace
{

constexpr Margin unknownMargin{market::unknown, market::unknown};

using Lots = std::pmr::vector<MarginLot>;

/// Sorts the legs and makes one lot of those that are one series. Of two marks for one series the higher counts.
void net(Lots& lots)
{
    std::ranges::sort(lots, [](const MarginLot& a, const MarginLot& b) {
        return std::tie(a.ends, a.right, a.strike) < std::tie(b.ends, b.right, b.strike);
    });
    std::size_t count = 0;
    for (std::size_t i = 0; i < lots.size(); ++i) {
        MarginLot* last = count > 0 ? &lots[count - 1] : nullptr;
        if (last && last->ends == lots[i].ends && last->right == lots[i].right && last->strike == lots[i].strike) {
            last->shares += lots[i].shares;
            last->mark = std::max(last->mark, lots[i].mark);
        } else {
            lots[count++] = lots[i];
        }
    }
    lots.resize(count);
    std::erase_if(lots, [](const MarginLot& lot) { return lot.shares == 0; });
}

double payoff(std::span<const MarginLeg> legs, double spot)
{
    double sum = 0;
    for (const MarginLeg& leg : legs)
        sum += leg.quantity == 0 ? 0 : leg.shares() * inTheMoney(leg.right, leg.strike, spot);
    return sum;
}

} // namespace

Margin marginOf(std::span<const MarginLeg> legs, double spot, bool isBroadIndex, ProtectedStock protectedStock)
{
    std::array<std::byte, 16 * 1024> buffer; // enough for some dozen lots; the heap serves more
    std::pmr::monotonic_buffer_resource memory(buffer.data(), buffer.size());
    base::Quantity stock = 0; // exact, whatever the order
    Lots lots(&memory);
    lots.reserve(legs.size());
    for (const MarginLeg& leg : legs) {
        if (leg.quantity == 0)
            continue;
        if (!leg.isOption)
            stock += leg.quantity * leg.multiplier;
        else if (!std::isfinite(leg.mark) || !std::isfinite(leg.strike))
            return unknownMargin;
        else
            lots.push_back(
                {leg.ends(), leg.right, leg.strike, leg.mark, leg.shares(), static_cast<double>(leg.multiplier)});
    }
    net(lots);
    if (stock == 0 && lots.empty())
        return {};
    if (!std::isfinite(spot) || spot <= 0)
        return unknownMargin;

    Pairing pairing(lots, spot, isBroadIndex, memory);
    if (stock == 0) {
        std::pmr::vector<double> shares(&memory);
        for (const MarginLot& lot : lots)
            shares.push_back(lot.shares);
        return pairing.least(shares);
    }
    Margin best = unknownMargin;
    StockUses uses(lots, stock.toDouble(), spot, protectedStock, memory);
    while (uses.next()) {
        Margin margin = pairing.least(uses.left());
        margin.held += uses.margin().held;
        margin.paid += uses.margin().paid;
        if (std::isnan(best.held) || margin.requirement() < best.requirement())
            best = margin;
    }
    return best;
}

double worstLossAtExpiry(std::span<const MarginLeg> legs)
{
    std::optional<ExpiryMoment> ends;
    double worst = payoff(legs, 0);
    double calls = 0; // all of them: the slope above the last strike
    for (const MarginLeg& leg : legs) {
        if (leg.quantity == 0)
            continue;
        if (!leg.isOption || !std::isfinite(leg.strike) || ends.value_or(leg.ends()) != leg.ends())
            return market::unknown;
        ends = leg.ends();
        calls += leg.right == Right::Call ? leg.shares() : 0;
        worst = std::min(worst, payoff(legs, leg.strike));
    }
    return calls < 0 ? std::numeric_limits<double>::infinity() : std::max(0.0, -worst);
}

} // namespace vegadesk::portfolio

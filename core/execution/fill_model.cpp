#include "execution/fill_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

namespace vegadesk::execution
{

namespace
{

using base::Decimal;
using base::Quantity;
using portfolio::isBuy;
using portfolio::OrderIntent;
using portfolio::OrderLeg;

/// Legs of a spread may trade in cents whatever the series' own tick: that is how a net price on a finer grid
/// than the legs' can add up.
constexpr Decimal cent = Decimal::cent();

/// A worthless wing can be given away inside a spread, where somebody takes the other legs; alone nobody bids
/// for it.
bool canTrade(const OrderIntent& intent, const OrderLeg& leg, const LegQuote& market)
{
    if (!market::isTradable(market.flags) || market.tick <= Decimal{})
        return false;
    const double price = isBuy(leg.action) ? market.quote.ask : market.quote.bid;
    if (!std::isfinite(price) || price < 0)
        return false;
    if (isBuy(leg.action))
        return price > 0;
    return price > 0 || intent.legs.size() > 1;
}

/// What a taker gets on this leg, rounded against him to the tick.
std::optional<Decimal> takerPrice(const OrderLeg& leg, const LegQuote& market, const FillSettings& settings)
{
    const double mid = market.quote.mid();
    const double far = isBuy(leg.action) ? market.quote.ask : market.quote.bid;
    const double crossed = settings.spreadFraction >= 1 ? far : mid + settings.spreadFraction * (far - mid);
    const double slipped = crossed * (1 + (isBuy(leg.action) ? settings.slippage : -settings.slippage));
    const base::Result<Decimal> exact = Decimal::fromDouble(std::max(0.0, slipped));
    if (!exact)
        return std::nullopt;
    // Binary arithmetic leaves dust in the last decimals (0.1 + 0.2); a tick must not be lost to it.
    const Decimal price = exact->roundedTo(Decimal::fromUnits(100));
    return isBuy(leg.action) ? price.ceiledTo(market.tick) : price.flooredTo(market.tick);
}

Decimal netOf(const OrderIntent& intent, std::span<const Decimal> prices, Quantity units)
{
    Decimal net;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const Decimal part = prices[i] * (intent.legs[i].quantity / units);
        net += isBuy(intent.legs[i].action) ? part : -part;
    }
    return net;
}

/// Cash one step of this leg adds to what a unit costs.
Decimal stepOf(const OrderLeg& leg, Quantity units, Decimal grid)
{
    const Decimal step = grid * (leg.quantity / units);
    return isBuy(leg.action) ? step : -step;
}

bool shift(Decimal& price, std::int64_t steps, Decimal grid)
{
    const Decimal moved = price + grid * steps;
    if (moved.isNegative())
        return false;
    price = moved;
    return true;
}

/// Moves one leg, or else two, by whole steps of `grid` so that the net rises by exactly `missing`.
bool distribute(const OrderIntent& intent, Quantity units, Decimal missing, std::span<const Decimal> grids,
                std::vector<Decimal>& prices)
{
    const std::size_t count = prices.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Decimal step = stepOf(intent.legs[i], units, grids[i]);
        if (missing.isMultipleOf(step.abs()) && shift(prices[i], missing.units() / step.units(), grids[i]))
            return true;
    }
    // Ratios above 1 leave nets that no single leg reaches (3:2 and one tick missing); two legs do.
    constexpr std::int64_t reach = 16;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
            if (i == j)
                continue;
            for (std::int64_t steps = -reach; steps <= reach; ++steps) {
                const Decimal rest = missing - stepOf(intent.legs[i], units, grids[i]) * steps;
                const Decimal other = stepOf(intent.legs[j], units, grids[j]);
                if (!rest.isMultipleOf(other.abs()))
                    continue;
                std::vector<Decimal> moved(prices);
                if (shift(moved[i], steps, grids[i]) && shift(moved[j], rest.units() / other.units(), grids[j])) {
                    prices = std::move(moved);
                    return true;
                }
            }
        }
    }
    return false;
}

/// A resting order gets its limit and nothing better: the improvement it might have had is given back, leg by
/// leg.
bool raiseToLimit(const OrderIntent& intent, Quantity units, Decimal limit, std::span<const LegQuote> legs,
                  std::vector<Decimal>& prices)
{
    if (intent.legs.size() == 1) {
        const bool buys = isBuy(intent.legs.front().action);
        const Decimal tick = legs.front().tick;
        prices.front() = buys ? limit.flooredTo(tick) : std::max(Decimal{}, (-limit).ceiledTo(tick));
        return true;
    }
    const Decimal missing = limit - netOf(intent, prices, units);
    if (missing.isZero())
        return true;
    std::vector<Decimal> grids;
    for (const LegQuote& leg : legs)
        grids.push_back(leg.tick);
    if (distribute(intent, units, missing, grids, prices))
        return true;
    for (Decimal& grid : grids)
        grid = std::min(grid, cent);
    return distribute(intent, units, missing, grids, prices);
}

Quantity displayedUnits(const OrderIntent& intent, std::span<const LegQuote> legs, Quantity units, Quantity remaining)
{
    Quantity fillable = remaining;
    for (std::size_t i = 0; i < legs.size(); ++i) {
        const double size = isBuy(intent.legs[i].action) ? legs[i].quote.askSize : legs[i].quote.bidSize;
        if (!std::isfinite(size))
            continue; // recorded days and index feeds carry no sizes; what is not known cannot cap
        if (!isBuy(intent.legs[i].action) && !(legs[i].quote.bid > 0))
            continue; // given away with its spread: nobody shows a size for that
        const std::int64_t ratio = intent.legs[i].quantity / units;
        const double most = std::floor(std::max(0.0, size) / static_cast<double>(ratio));
        if (most < fillable.toDouble())
            fillable = static_cast<std::int64_t>(most);
    }
    return fillable;
}

double netAt(const OrderIntent& intent, std::span<const LegQuote> legs, bool atMid)
{
    if (legs.size() != intent.legs.size())
        return market::unknown;
    std::vector<double> prices;
    for (std::size_t i = 0; i < legs.size(); ++i) {
        if (!canTrade(intent, intent.legs[i], legs[i]))
            return market::unknown;
        const market::Quote& quote = legs[i].quote;
        prices.push_back(atMid ? quote.mid() : isBuy(intent.legs[i].action) ? quote.ask : quote.bid);
    }
    return portfolio::netPrice(intent, prices);
}

/// Somebody comes to an order that waits at the mid or beyond it; nobody to one that asks for more than half the spread.
bool isTakenByChance(const OrderIntent& intent, std::span<const LegQuote> legs, Decimal limit, const Standing& standing,
                     const FillSettings& settings)
{
    constexpr double dust = 1e-9;
    return standing.isResting && standing.draw < settings.passiveChance &&
           netAt(intent, legs, true) <= limit.toDouble() + dust;
}

/// Each leg's mid, down to its tick: what a resting order's prices begin from before its limit is spread over them.
std::vector<Decimal> middles(std::span<const LegQuote> legs)
{
    std::vector<Decimal> prices;
    for (const LegQuote& leg : legs)
        prices.push_back(Decimal::fromDouble(leg.quote.mid()).value_or(Decimal{}).flooredTo(leg.tick));
    return prices;
}

} // namespace

std::span<const FillPreset> fillPresets()
{
    using enum PassiveFills;
    static const std::array<FillPreset, 4> presets{
        {{"broker",
          "Takers cross the spread; resting orders fill when the market trades through their limit.",
          {.spreadFraction = 1, .passive = Through}},
         {"three-quarters",
          "Takers pay 75 % of the half-spread, as patient traders of liquid options report.",
          {.spreadFraction = 0.75, .passive = Through}},
         {"mid",
          "Takers fill at the mid: what no broker gives, to see what the spread costs.",
          {.spreadFraction = 0, .passive = Through}},
         {"passive",
          "As broker, and at each new quote a resting order at the mid or beyond fills by a stated chance.",
          {.spreadFraction = 1, .passive = Through, .passiveChance = 0.5}}}};
    return presets;
}

base::Result<const FillPreset*> findFillPreset(std::string_view name)
{
    std::string names;
    for (const FillPreset& preset : fillPresets()) {
        if (preset.name == name)
            return &preset;
        names.append(names.empty() ? "" : ", ").append(preset.name);
    }
    return base::badInput("fills", name, "one of " + names);
}

FillDecision FillModel::fill(const OrderIntent& intent, std::span<const LegQuote> legs, Quantity remainingUnits,
                             const Standing& standing) const
{
    const Quantity units = portfolio::unitCount(intent);
    if (units <= 0 || remainingUnits <= 0 || legs.size() != intent.legs.size())
        return {};

    FillDecision decision;
    for (std::size_t i = 0; i < legs.size(); ++i) {
        if (!canTrade(intent, intent.legs[i], legs[i]))
            return {};
        const std::optional<Decimal> price = takerPrice(intent.legs[i], legs[i], m_settings);
        if (!price)
            return {};
        decision.legPrices.push_back(*price);
    }

    const bool hasLimit = intent.type == portfolio::OrderType::Limit || intent.type == portfolio::OrderType::StopLimit;
    if (hasLimit) {
        if (!intent.price || (intent.effect == portfolio::PriceEffect::None && !intent.price->isZero()))
            return {};
        const Decimal limit = intent.effect == portfolio::PriceEffect::Credit ? -*intent.price : *intent.price;
        const Decimal natural = netOf(intent, decision.legPrices, units);
        const bool waitsForMore =
            standing.isResting && !standing.wasAtMarket && m_settings.passive == PassiveFills::Through;
        if (natural > limit || (waitsForMore && natural == limit)) {
            if (!isTakenByChance(intent, legs, limit, standing, m_settings))
                return {};
            decision.legPrices = middles(legs);
        }
        if (standing.isResting && !raiseToLimit(intent, units, limit, legs, decision.legPrices))
            return {};
    }

    decision.units =
        m_settings.capAtDisplayedSize ? displayedUnits(intent, legs, units, remainingUnits) : remainingUnits;
    if (decision.units <= 0)
        return {};
    return decision;
}

double naturalPrice(const OrderIntent& intent, std::span<const LegQuote> legs)
{
    return netAt(intent, legs, false);
}

} // namespace vegadesk::execution

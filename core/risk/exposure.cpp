#include "risk/exposure.h"

#include "portfolio/fees.h"
#include "portfolio/margin.h"
#include "risk/gate/book_cache.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

namespace vegadesk::risk
{

namespace
{

double negativePart(double value)
{
    return -positivePart(-value);
}

portfolio::MarginLeg marginLegOf(const InstrumentState& instrument)
{
    portfolio::MarginLeg leg{.isOption = instrument.option.has_value(),
                             .quantity = 0,
                             .multiplier = instrument.multiplier,
                             .mark = markOf(instrument)};
    if (instrument.option) {
        leg.right = instrument.option->right;
        leg.strike = instrument.option->strike.toDouble();
        leg.expiry = instrument.option->expiry;
        leg.settlement = instrument.settlement;
    }
    return leg;
}

/// Largest requirement over every choice of working orders that fill. A requirement is not the sum of its parts (a long that
/// goes uncovers a short), so each choice is looked at; NaN where there are too many for that.
void measureMargin(Exposure& exposure, const Quantities& certain, const std::vector<ExposurePart>& working,
                   std::string_view underlying, const GateState& state, BookCache& book)
{
    exposure.margin = exposure.held = market::unknown;
    if (working.size() > workingOrdersMax)
        return;
    std::vector<portfolio::MarginLeg> legs;
    std::map<std::string_view, std::size_t> places;
    double spot = market::unknown;
    const auto add = [&](const Quantities& quantities, std::int64_t times) {
        for (const auto& [symbol, quantity] : quantities) {
            const auto [place, isNew] = places.try_emplace(symbol, legs.size());
            if (isNew) {
                const InstrumentState* instrument = book.instrument(symbol, state);
                if (!instrument)
                    return false;
                spot = spotOf(*instrument);
                legs.push_back(marginLegOf(*instrument));
            }
            legs[place->second].quantity += times * quantity;
        }
        return true;
    };
    const bool isBroadIndex = portfolio::isBroadIndex(underlying);
    bool isKnown = add(certain, 1);
    for (const ExposurePart& part : working)
        isKnown = isKnown && add(part.quantities, 0);
    if (!isKnown)
        return;

    exposure.held = portfolio::marginOf(legs, spot, isBroadIndex).held;
    constexpr auto withoutRelief = portfolio::ProtectedStock::AsksForItself;
    exposure.margin = portfolio::marginOf(legs, spot, isBroadIndex, withoutRelief).requirement();
    std::size_t filled = 0;
    for (std::size_t step = 1; step < (std::size_t{1} << working.size()); ++step) {
        // Gray code: from one choice to the next a single order fills or does not.
        const auto which = static_cast<std::size_t>(std::countr_zero(step));
        filled ^= std::size_t{1} << which;
        add(working[which].quantities, (filled >> which) & 1 ? 1 : -1);
        const double requirement = portfolio::marginOf(legs, spot, isBroadIndex, withoutRelief).requirement();
        if (!(requirement <= exposure.margin))
            exposure.margin = requirement; // what is not known stays the worst
        if (std::isnan(exposure.margin))
            return;
    }
}

double largestDelta(const ExposurePart& certain, std::span<const ExposurePart> working)
{
    double low = certain.dollarDelta;
    double high = low;
    for (const ExposurePart& part : working) {
        low += negativePart(part.dollarDelta);
        high += positivePart(part.dollarDelta);
    }
    return std::isnan(low) ? low : std::max(std::abs(low), std::abs(high));
}

/// All but what takes margin.
Exposure sumsOf(const ExposurePart& certain, std::span<const ExposurePart> working)
{
    Exposure exposure;
    exposure.premium = certain.premium;
    exposure.entryCost = certain.entryCost;
    exposure.isSpotStale = certain.isSpotStale;
    exposure.isOld = certain.isOld;
    for (const ExposurePart& part : working) {
        exposure.premium += positivePart(part.premium);
        exposure.entryCost += part.entryCost;
        exposure.isSpotStale = exposure.isSpotStale || part.isSpotStale;
        exposure.isOld = exposure.isOld || part.isOld;
    }
    for (std::size_t cell = 0; cell < sizeCells.size(); ++cell) {
        double profit = certain.stress[cell];
        for (const ExposurePart& part : working)
            profit += negativePart(part.stress[cell]);
        exposure.stress[cell] = profit - exposure.entryCost;
        if (!(profit >= exposure.worstStress)) // what is not known stays the worst
            exposure.worstStress = profit;
        if (std::isnan(profit))
            break;
    }
    exposure.worstStress -= exposure.entryCost;
    exposure.dollarDelta = largestDelta(certain, working);
    return exposure;
}

/// Positions and the order.
ExposurePart certainPart(const BookParts& parts, const GateState& state, const portfolio::OrderIntent* order,
                         BookCache& book, std::vector<std::string>& unknown)
{
    ExposurePart certain = parts.positions;
    if (order)
        certain.add(partOfOrder(*order, state, book, unknown));
    return certain;
}

} // namespace

double Exposure::size() const
{
    if (std::isnan(worstStress) || std::isnan(margin) || std::isnan(premium))
        return market::unknown;
    return std::max({0.0, -worstStress, margin, premium});
}

Exposure sumsOf(const BookParts& parts)
{
    Exposure exposure = sumsOf(parts.positions, parts.working);
    exposure.unknown = parts.unknown;
    return exposure;
}

Exposure exposureWith(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order,
                      BookCache& book)
{
    const BookParts& parts = book.parts(underlying, state);
    std::vector<std::string> unknown = parts.unknown;
    const ExposurePart certain = certainPart(parts, state, order, book, unknown);
    Exposure exposure = sumsOf(certain, parts.working);
    exposure.unknown = std::move(unknown);
    measureMargin(exposure, certain.quantities, parts.working, underlying, state, book);
    if (!std::isfinite(exposure.margin) && exposure.unknown.empty())
        exposure.unknown.push_back("a mark in " + std::string(underlying));
    return exposure;
}

double heldAloneWith(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order,
                     BookCache& book)
{
    const BookParts& parts = book.parts(underlying, state);
    std::vector<std::string> unknown;
    const ExposurePart certain = certainPart(parts, state, order, book, unknown);
    Exposure alone;
    measureMargin(alone, certain.quantities, {}, underlying, state, book);
    return alone.held;
}

double heldInCell(std::string_view underlying, const GateState& state, const portfolio::OrderIntent& order,
                  const StressCell& cell, BookCache& book)
{
    const BookParts& parts = book.parts(underlying, state);
    std::vector<std::string> unknown;
    ExposurePart all = certainPart(parts, state, &order, book, unknown);
    for (const ExposurePart& part : parts.working)
        all.add(part);
    std::vector<portfolio::MarginLeg> legs;
    double spot = market::unknown;
    for (const auto& [symbol, quantity] : all.quantities) {
        const InstrumentState* instrument = book.instrument(symbol, state);
        if (!instrument)
            return market::unknown;
        spot = spotOf(*instrument) * (1 + cell.spotMove);
        legs.push_back(marginLegOf(*instrument));
        legs.back().quantity = quantity;
        legs.back().mark = valueOf(*instrument, cell);
    }
    return portfolio::marginOf(legs, spot, portfolio::isBroadIndex(underlying)).held;
}

Exposure exposureOf(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order)
{
    BookCache book;
    return exposureWith(underlying, state, order, book);
}

Exposure dollarDeltaOf(std::string_view underlying, const GateState& state)
{
    BookCache book;
    return sumsOf(book.parts(underlying, state));
}

std::vector<std::string> underlyingsOf(const GateState& state)
{
    std::set<std::string> underlyings;
    for (const portfolio::Position& position : state.positions) {
        if (position.quantity != 0)
            underlyings.insert(position.underlying);
    }
    for (const portfolio::OrderIntent& working : state.workingOrders)
        underlyings.insert(working.underlying);
    return {underlyings.begin(), underlyings.end()};
}

std::vector<std::pair<std::string, base::Quantity>> quantitiesAfter(std::string_view underlying, const GateState& state,
                                                                    const portfolio::OrderIntent* order)
{
    Quantities quantities;
    for (const portfolio::Position& position : state.positions) {
        if (position.underlying == underlying)
            quantities[position.symbol] += position.quantity;
    }
    if (order) {
        for (const portfolio::OrderLeg& leg : order->legs)
            quantities[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
    }
    std::erase_if(quantities, [](const auto& entry) { return entry.second == 0; });
    return {quantities.begin(), quantities.end()};
}

} // namespace vegadesk::risk

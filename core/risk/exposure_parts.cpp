#include "risk/exposure_parts.h"

#include "market/broad_index.h"
#include "market/symbols.h"
#include "pricing/black_scholes.h"
#include "risk/gate/book_cache.h"
#include "risk/gate/order_checks.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

constexpr StressCell noMove{0, 1};

void addHolding(ExposurePart& part, const InstrumentState& instrument, base::Quantity quantity)
{
    const double shares = quantity.toDouble() * instrument.multiplier;
    const double now = valueOf(instrument, noMove);
    for (std::size_t cell = 0; cell < sizeCells.size(); ++cell)
        part.stress[cell] += shares * (valueOf(instrument, sizeCells[cell]) - now);
    const double delta = instrument.option ? instrument.delta : 1.0;
    part.dollarDelta += shares * delta * spotOf(instrument);
    part.isSpotStale = part.isSpotStale || instrument.isSpotStale;
    part.isOld = part.isOld || instrument.isOld;
    part.quantities[instrument.symbol] += quantity;
}

void noteUnknown(std::vector<std::string>& unknown, const InstrumentState& instrument)
{
    const auto note = [&](double value, const char* what) {
        if (!std::isfinite(value))
            unknown.push_back(std::string(what) + " of " + market::contractName(instrument.symbol));
    };
    note(spotOf(instrument), "the underlying's price");
    if (instrument.option) {
        note(instrument.volatility, "the volatility");
        note(instrument.delta, "the delta");
    }
}

double openPrice(const GateState& state, const std::string& symbol)
{
    for (const portfolio::Position& position : state.positions) {
        if (position.symbol == symbol)
            return position.averageOpenPrice.toDouble();
    }
    return 0;
}

double worseOf(double one, double other)
{
    return std::isnan(one) || std::isnan(other) ? market::unknown : std::max(one, other);
}

/// An order and its alternative have the same legs, so they differ in what they cost alone.
void takeWorse(ExposurePart& part, const ExposurePart& alternative)
{
    part.premium = worseOf(part.premium, alternative.premium);
    part.entryCost = worseOf(part.entryCost, alternative.entryCost);
}

ExposurePart partOfPositions(std::string_view underlying, const GateState& state, BookCache& book,
                             std::vector<std::string>& unknown)
{
    ExposurePart part;
    for (const portfolio::Position& position : state.positions) {
        if (position.underlying != underlying || position.quantity == 0)
            continue;
        const InstrumentState* instrument = book.instrument(position.symbol, state);
        if (!instrument) {
            unknown.push_back("everything of " + market::contractName(position.symbol));
            part.dollarDelta = market::unknown;
            continue;
        }
        noteUnknown(unknown, *instrument);
        addHolding(part, *instrument, position.quantity);
        if (instrument->option)
            part.premium += position.averageOpenPrice.toDouble() * position.quantity.toDouble() * position.multiplier;
    }
    return part;
}

} // namespace

double spotOf(const InstrumentState& instrument)
{
    return instrument.option || std::isfinite(instrument.spot) ? instrument.spot
                                                               : market::markOf(instrument.quote, instrument.flags);
}

double valueOf(const InstrumentState& instrument, const StressCell& cell)
{
    const double spot = spotOf(instrument) * (1 + cell.spotMove);
    if (!instrument.option)
        return spot;
    const market::Right right = instrument.option->right;
    const double strike = instrument.option->strike.toDouble();
    const double model =
        pricing::blackScholesPrice(right, {spot, instrument.rate, instrument.dividendYield}, strike,
                                   std::max(0.0, instrument.years), instrument.volatility * cell.volatilityFactor);
    if (const market::BroadIndex* const index = market::broadIndex(instrument.underlying);
        index && index->style == market::ExerciseStyle::European)
        return model; // may be worth less than it would be by exercise
    const double intrinsic = right == market::Right::Call ? spot - strike : strike - spot;
    return std::isnan(model) ? model : std::max({model, intrinsic, 0.0});
}

double markOf(const InstrumentState& instrument)
{
    const double mark = market::markOf(instrument.quote, instrument.flags);
    return std::isfinite(mark) ? mark : valueOf(instrument, noMove);
}

ExposurePart partOfOrder(const portfolio::OrderIntent& order, const GateState& state, BookCache& book,
                         std::vector<std::string>& unknown)
{
    ExposurePart part;
    std::vector<InstrumentState> known;
    std::vector<double> marks;
    double opened = 0;
    for (const portfolio::OrderLeg& leg : order.legs) {
        const InstrumentState* instrument = book.instrument(leg.symbol, state);
        if (!instrument) {
            unknown.push_back("everything of " + market::contractName(leg.symbol));
            part.dollarDelta = market::unknown;
            return part;
        }
        known.push_back(*instrument);
        marks.push_back(markOf(*instrument));
        noteUnknown(unknown, *instrument);
        const base::Quantity quantity = portfolio::signedQuantity(leg.action, leg.quantity);
        addHolding(part, *instrument, quantity);
        if (!instrument->option)
            continue;
        const double shares = quantity.toDouble() * instrument->multiplier;
        if (portfolio::isOpening(leg.action)) {
            // An order that works on when the offer has gone must not make the whole book unknown.
            const double touch = market::touchOf(instrument->quote, portfolio::isBuy(leg.action));
            opened += shares * (std::isfinite(touch) ? touch : marks.back());
        } else {
            part.premium += shares * openPrice(state, leg.symbol);
        }
    }
    const NetQuote net = netQuoteOf(order, known);
    const double units = portfolio::unitCount(order).toDouble() * known.front().multiplier;
    const double limit = portfolio::signedLimit(order);
    const double price = std::isfinite(limit) ? limit : net.natural;
    const bool opens = std::ranges::all_of(order.legs, [](const portfolio::OrderLeg& leg) {
        return portfolio::isOpening(leg.action) && leg.type == market::InstrumentType::EquityOption;
    });
    part.premium += opens && std::isfinite(limit) ? std::max(opened, limit * units) : opened;
    const double mid = portfolio::netPrice(order, marks);
    part.entryCost = positivePart((price - mid) * units);
    if (!std::isfinite(mid) || !std::isfinite(price) || !std::isfinite(part.premium))
        unknown.push_back("a quote that an order in " + order.underlying + " trades at");
    return part;
}

void ExposurePart::add(const ExposurePart& other)
{
    for (std::size_t cell = 0; cell < sizeCells.size(); ++cell)
        stress[cell] += other.stress[cell];
    dollarDelta += other.dollarDelta;
    premium += other.premium;
    entryCost += other.entryCost;
    isSpotStale = isSpotStale || other.isSpotStale;
    isOld = isOld || other.isOld;
    for (const auto& [symbol, quantity] : other.quantities)
        quantities[symbol] += quantity;
}

BookParts bookPartsOf(std::string_view underlying, const GateState& state, BookCache& book)
{
    BookParts parts;
    parts.positions = partOfPositions(underlying, state, book, parts.unknown);
    for (std::size_t i = 0; i < state.workingOrders.size(); ++i) {
        if (state.workingOrders[i].underlying != underlying)
            continue;
        ExposurePart& part =
            parts.working.emplace_back(partOfOrder(state.workingOrders[i], state, book, parts.unknown));
        for (const Alternative& alternative : state.alternatives) {
            if (alternative.of == i)
                takeWorse(part, partOfOrder(alternative.intent, state, book, parts.unknown));
        }
    }
    return parts;
}

} // namespace vegadesk::risk

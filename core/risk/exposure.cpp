#include "risk/exposure.h"

#include "market/broad_index.h"
#include "market/symbols.h"
#include "portfolio/fees.h"
#include "portfolio/margin.h"
#include "pricing/black_scholes.h"
#include "risk/order_checks.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

namespace vegadesk::risk
{

namespace
{

using Quantities = std::map<std::string, std::int64_t, std::less<>>;

/// Instruments of one judgement, looked up once.
class Instruments
{
public:
    explicit Instruments(const GateState& state) : m_state(state) {}
    /// Null when not known.
    const InstrumentState* find(const std::string& symbol)
    {
        auto known = m_known.find(symbol);
        if (known == m_known.end())
            known = m_known.emplace(symbol, m_state.instrument(symbol)).first;
        return known->second ? &*known->second : nullptr;
    }

    void say(Exposure& exposure) const
    {
        for (const auto& [symbol, state] : m_known) {
            exposure.isSpotStale = exposure.isSpotStale || (state && state->isSpotStale);
            exposure.isOld = exposure.isOld || (state && state->isOld);
        }
    }

private:
    const GateState& m_state;
    std::map<std::string, std::optional<InstrumentState>, std::less<>> m_known;
};

double spotOf(const InstrumentState& instrument)
{
    return instrument.option || std::isfinite(instrument.spot) ? instrument.spot
                                                               : market::markOf(instrument.quote, instrument.flags);
}

/// Model value of one share's worth, under a cell.
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

constexpr StressCell noMove{0, 1};

/// The part above and below 0; what is not known stays not known.
double positivePart(double value)
{
    return std::isnan(value) ? value : std::max(0.0, value);
}
double negativePart(double value)
{
    return -positivePart(-value);
}

/// Where the quote says nothing, what the model makes of the volatility.
double markOf(const InstrumentState& instrument)
{
    const double mark = market::markOf(instrument.quote, instrument.flags);
    return std::isfinite(mark) ? mark : valueOf(instrument, noMove);
}

/// What one part of the book adds: the positions, the order, or one working order.
struct Part {
    std::array<double, sizeCells.size()> stress{};
    double dollarDelta = 0;
    double premium = 0;
    double entryCost = 0;
    Quantities quantities;
};

void addHolding(Part& part, const InstrumentState& instrument, std::int64_t quantity)
{
    const double shares = static_cast<double>(quantity) * instrument.multiplier;
    for (std::size_t cell = 0; cell < sizeCells.size(); ++cell)
        part.stress[cell] += shares * (valueOf(instrument, sizeCells[cell]) - valueOf(instrument, noMove));
    const double delta = instrument.option ? instrument.delta : 1.0;
    part.dollarDelta += shares * delta * spotOf(instrument);
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

Part partOfPositions(std::string_view underlying, const GateState& state, Instruments& instruments,
                     std::vector<std::string>& unknown)
{
    Part part;
    for (const portfolio::Position& position : state.positions) {
        if (position.underlying != underlying || position.quantity == 0)
            continue;
        const InstrumentState* instrument = instruments.find(position.symbol);
        if (!instrument) {
            unknown.push_back("everything of " + market::contractName(position.symbol));
            part.dollarDelta = market::unknown;
            continue;
        }
        noteUnknown(unknown, *instrument);
        addHolding(part, *instrument, position.quantity);
        if (instrument->option)
            part.premium +=
                position.averageOpenPrice.toDouble() * static_cast<double>(position.quantity) * position.multiplier;
    }
    return part;
}

double openPrice(const GateState& state, const std::string& symbol)
{
    for (const portfolio::Position& position : state.positions) {
        if (position.symbol == symbol)
            return position.averageOpenPrice.toDouble();
    }
    return 0;
}

Part partOfOrder(const portfolio::OrderIntent& order, const GateState& state, Instruments& instruments,
                 std::vector<std::string>& unknown)
{
    Part part;
    std::vector<InstrumentState> known;
    std::vector<double> marks;
    double opened = 0;
    for (const portfolio::OrderLeg& leg : order.legs) {
        const InstrumentState* instrument = instruments.find(leg.symbol);
        if (!instrument) {
            unknown.push_back("everything of " + market::contractName(leg.symbol));
            part.dollarDelta = market::unknown;
            return part;
        }
        known.push_back(*instrument);
        marks.push_back(markOf(*instrument));
        noteUnknown(unknown, *instrument);
        const std::int64_t quantity = portfolio::signedQuantity(leg.action, leg.quantity);
        addHolding(part, *instrument, quantity);
        if (!instrument->option)
            continue;
        const double shares = static_cast<double>(quantity) * instrument->multiplier;
        if (portfolio::isOpening(leg.action)) {
            // An order that works on when the offer has gone must not make the whole book unknown.
            const double touch = touchOf(instrument->quote, portfolio::isBuy(leg.action));
            opened += shares * (std::isfinite(touch) ? touch : marks.back());
        } else {
            part.premium += shares * openPrice(state, leg.symbol);
        }
    }
    const NetQuote net = netQuoteOf(order, known);
    const double units = static_cast<double>(portfolio::unitCount(order)) * known.front().multiplier;
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
portfolio::Margin worstMargin(const Quantities& certain, const std::vector<Part>& working, std::string_view underlying,
                              Instruments& instruments)
{
    if (working.size() > workingOrdersMax)
        return {market::unknown, market::unknown};
    std::vector<portfolio::MarginLeg> legs;
    std::map<std::string_view, std::size_t> places;
    double spot = market::unknown;
    const auto add = [&](const Quantities& quantities, std::int64_t times) {
        for (const auto& [symbol, quantity] : quantities) {
            const auto [place, isNew] = places.try_emplace(symbol, legs.size());
            if (isNew) {
                const InstrumentState* instrument = instruments.find(symbol);
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
    for (const Part& part : working)
        isKnown = isKnown && add(part.quantities, 0);
    if (!isKnown)
        return {market::unknown, market::unknown};

    portfolio::Margin worst = portfolio::marginOf(legs, spot, isBroadIndex);
    std::size_t filled = 0;
    for (std::size_t step = 1; step < (std::size_t{1} << working.size()); ++step) {
        // Gray code: from one choice to the next a single order fills or does not.
        const auto which = static_cast<std::size_t>(std::countr_zero(step));
        filled ^= std::size_t{1} << which;
        add(working[which].quantities, (filled >> which) & 1 ? 1 : -1);
        const portfolio::Margin margin = portfolio::marginOf(legs, spot, isBroadIndex);
        if (!(margin.requirement() <= worst.requirement()))
            worst = margin; // what is not known stays the worst
        if (std::isnan(worst.requirement()))
            return worst;
    }
    return worst;
}

double worseOf(double one, double other)
{
    return std::isnan(one) || std::isnan(other) ? market::unknown : std::max(one, other);
}

/// An order and its alternative have the same legs, so they differ in what they cost alone.
void takeWorse(Part& part, const Part& alternative)
{
    part.premium = worseOf(part.premium, alternative.premium);
    part.entryCost = worseOf(part.entryCost, alternative.entryCost);
}

struct Parts {
    Part certain; ///< positions and the order
    std::vector<Part> working;
};

Parts partsOf(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order,
              Instruments& instruments, std::vector<std::string>& unknown)
{
    Parts parts;
    parts.certain = partOfPositions(underlying, state, instruments, unknown);
    if (order) {
        const Part added = partOfOrder(*order, state, instruments, unknown);
        for (std::size_t cell = 0; cell < sizeCells.size(); ++cell)
            parts.certain.stress[cell] += added.stress[cell];
        parts.certain.dollarDelta += added.dollarDelta;
        parts.certain.premium += added.premium;
        parts.certain.entryCost += added.entryCost;
        for (const auto& [symbol, quantity] : added.quantities)
            parts.certain.quantities[symbol] += quantity;
    }
    for (std::size_t i = 0; i < state.workingOrders.size(); ++i) {
        if (state.workingOrders[i].underlying != underlying)
            continue;
        Part& part = parts.working.emplace_back(partOfOrder(state.workingOrders[i], state, instruments, unknown));
        for (const Alternative& alternative : state.alternatives) {
            if (alternative.of == i)
                takeWorse(part, partOfOrder(alternative.intent, state, instruments, unknown));
        }
    }
    return parts;
}

double largestDelta(const Parts& parts)
{
    double low = parts.certain.dollarDelta;
    double high = low;
    for (const Part& part : parts.working) {
        low += negativePart(part.dollarDelta);
        high += positivePart(part.dollarDelta);
    }
    return std::isnan(low) ? low : std::max(std::abs(low), std::abs(high));
}

} // namespace

double Exposure::size() const
{
    if (std::isnan(worstStress) || std::isnan(margin) || std::isnan(premium))
        return market::unknown;
    return std::max({0.0, -worstStress, margin, premium});
}

Exposure exposureOf(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order)
{
    Exposure exposure;
    Instruments instruments(state);
    const Parts parts = partsOf(underlying, state, order, instruments, exposure.unknown);

    exposure.worstStress = 0;
    for (std::size_t cell = 0; cell < sizeCells.size(); ++cell) {
        double profit = parts.certain.stress[cell];
        for (const Part& part : parts.working)
            profit += negativePart(part.stress[cell]);
        if (std::isnan(profit)) {
            exposure.worstStress = profit;
            break;
        }
        exposure.worstStress = std::min(exposure.worstStress, profit);
    }
    exposure.premium = parts.certain.premium;
    exposure.entryCost = parts.certain.entryCost;
    for (const Part& part : parts.working) {
        exposure.premium += positivePart(part.premium);
        exposure.entryCost += part.entryCost;
    }
    exposure.dollarDelta = largestDelta(parts);
    const portfolio::Margin margin = worstMargin(parts.certain.quantities, parts.working, underlying, instruments);
    exposure.margin = margin.requirement();
    exposure.held = margin.held;
    exposure.worstStress -= exposure.entryCost;
    instruments.say(exposure);
    if (!std::isfinite(exposure.margin) && exposure.unknown.empty())
        exposure.unknown.push_back("a mark in " + std::string(underlying));
    return exposure;
}

Exposure dollarDeltaOf(std::string_view underlying, const GateState& state)
{
    Exposure exposure;
    Instruments instruments(state);
    const Parts parts = partsOf(underlying, state, nullptr, instruments, exposure.unknown);
    exposure.dollarDelta = largestDelta(parts);
    for (const Part& part : parts.working)
        exposure.entryCost += part.entryCost;
    instruments.say(exposure);
    return exposure;
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

std::vector<std::pair<std::string, std::int64_t>> quantitiesAfter(std::string_view underlying, const GateState& state,
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

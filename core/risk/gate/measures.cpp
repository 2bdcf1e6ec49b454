#include "risk/gate/measures.h"

#include "market/calendar.h"
#include "risk/gate/assignment.h"
#include "risk/gate/order_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::risk
{

namespace
{

using portfolio::OrderIntent;

/// Rounding noise of a figure that did not change.
constexpr double sameFigure = 1e-9;

/// The replaced order works until the new one has its place.
Exposure exposureBefore(const OrderIntent& intent, const GateState& state)
{
    GateState before = state;
    before.workingOrders.push_back(state.replaced->intent);
    return exposureOf(intent.underlying, before, nullptr);
}

/// Closing orders that cannot add risk whatever the prices are.
bool isReducingByShape(const OrderIntent& intent, const GateState& state)
{
    const auto after = quantitiesAfter(intent.underlying, state, &intent);
    if (after.empty())
        return true;
    const auto isOption = [](const portfolio::OrderLeg& leg) {
        return leg.type == market::InstrumentType::EquityOption;
    };
    const bool buysBackOptions = std::ranges::all_of(
        intent.legs, [&](const portfolio::OrderLeg& leg) { return portfolio::isBuy(leg.action) && isOption(leg); });
    const auto before = quantitiesAfter(intent.underlying, state, nullptr);
    const bool holdsOnlyLongs = std::ranges::all_of(before, [](const auto& held) { return held.second > 0; });
    return buysBackOptions || holdsOnlyLongs;
}

bool opensNothing(const OrderIntent& intent)
{
    return std::ranges::none_of(intent.legs,
                                [](const portfolio::OrderLeg& leg) { return portfolio::isOpening(leg.action); });
}

/// Its own legs bound what it can lose at expiry, nothing else is needed for that.
bool isBoundedByItself(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    std::vector<portfolio::MarginLeg> legs;
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const portfolio::OrderLeg& leg = intent.legs[i];
        const InstrumentState& instrument = instruments[i];
        if (!instrument.option || !portfolio::isOpening(leg.action))
            return false;
        legs.push_back({.isOption = true,
                        .right = instrument.option->right,
                        .strike = instrument.option->strike.toDouble(),
                        .expiry = instrument.option->expiry,
                        .settlement = instrument.settlement,
                        .quantity = portfolio::signedQuantity(leg.action, leg.quantity),
                        .multiplier = instrument.multiplier});
    }
    return portfolio::uncoveredOf(legs) == portfolio::Uncovered{};
}

double tradeLossOf(const OrderIntent& intent, std::span<const InstrumentState> instruments, const Measures& measures,
                   double maxLoss)
{
    if (opensNothing(intent) || !instruments.front().option)
        return 0;
    const double deeper = measures.without.worstStress - measures.after.worstStress;
    if (!isBoundedByItself(intent, instruments))
        return positivePart(deeper);
    if (std::isfinite(maxLoss))
        return std::max(0.0, maxLoss);
    // Of several expiries: what was paid, or what it loses under stress where that is more.
    const double paid =
        portfolio::signedLimit(intent) * portfolio::unitCount(intent).toDouble() * instruments.front().multiplier;
    return std::isnan(deeper) || std::isnan(paid) ? market::unknown : std::max({0.0, deeper, paid});
}

/// Loss of the order alone at the quantile of a day's move either way, each leg at its own volatility.
double valueAtRiskOf(const OrderIntent& intent, const GateState& state, std::span<const InstrumentState> instruments,
                     const Measures& measures)
{
    constexpr double quantile = 1.6448536269514722; // of the normal distribution, at 95 %
    constexpr double tradingDays = 252;
    const auto own = state.volatilities.find(intent.underlying);
    constexpr double usual = 0.40; // a year, of shares of which nobody has measured it
    const double shareVolatility = own != state.volatilities.end() && own->second > 0 ? own->second : usual;
    const bool hedges = measures.after.dollarDelta <= measures.before.dollarDelta &&
                        measures.after.worstStress >= measures.before.worstStress;
    if (hedges)
        return 0;
    double volatility = 0;
    for (const InstrumentState& instrument : instruments)
        volatility = std::max(volatility, instrument.option ? instrument.volatility : shareVolatility);
    const double move = quantile * volatility / std::sqrt(tradingDays);
    double worst = 0;
    for (const double way : {-move, move}) {
        double profit = 0;
        for (std::size_t i = 0; i < intent.legs.size(); ++i) {
            const double shares = portfolio::signedQuantity(intent.legs[i].action, intent.legs[i].quantity).toDouble() *
                                  instruments[i].multiplier;
            profit += shares * (valueOf(instruments[i], {way, 1}) - valueOf(instruments[i], {0, 1}));
        }
        if (std::isnan(profit))
            return profit;
        worst = std::min(worst, profit);
    }
    return -worst;
}

std::vector<LegState> legStatesOf(const OrderIntent& intent, const GateState& state, const Measures& measures,
                                  BookCache& book)
{
    std::vector<LegState> states;
    if (intent.legs.size() < 2)
        return states;
    OrderIntent alone = intent;
    alone.price.reset(); // a leg has none of its own: it counts at the touch
    alone.effect = portfolio::PriceEffect::None;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        alone.legs = {leg};
        const Exposure exposure = exposureWith(intent.underlying, state, &alone, book);
        const double left = measures.netLiquidation - exposure.entryCost;
        states.push_back({leg.symbol, fractionOf(exposure.size(), left),
                          fractionOf(measures.otherDollarDelta + exposure.dollarDelta, left)});
    }
    return states;
}

} // namespace

double fractionOf(double cash, double netLiquidation)
{
    if (netLiquidation > 0 || std::isnan(cash) || std::isnan(netLiquidation))
        return cash / netLiquidation;
    return std::numeric_limits<double>::infinity();
}

bool Measures::isKnown() const
{
    const auto isThere = [](const Exposure& exposure) {
        return std::isfinite(exposure.size()) && std::isfinite(exposure.dollarDelta) &&
               std::isfinite(exposure.entryCost);
    };
    return isThere(before) && isThere(after) && std::isfinite(otherDollarDelta) && std::isfinite(netLiquidation);
}

Measures measure(const OrderIntent& intent, const GateState& state, BookCache& book)
{
    Measures measures;
    measures.netLiquidation = state.netLiquidation > 0 ? state.netLiquidation : market::unknown;
    measures.without = book.exposure(intent.underlying, state);
    measures.before = state.replaced ? exposureBefore(intent, state) : measures.without;
    measures.after = exposureWith(intent.underlying, state, &intent, book);
    measures.heldBefore = book.heldAlone(intent.underlying, state);
    measures.heldAfter = book.parts(intent.underlying, state).working.empty()
                             ? measures.after.held
                             : heldAloneWith(intent.underlying, state, &intent, book);
    measures.unknown = measures.after.unknown;
    if (measures.before.isOld || measures.after.isOld)
        measures.old.insert(intent.underlying);
    for (const std::string& underlying : book.underlyings(state)) {
        if (underlying == intent.underlying)
            continue;
        const Exposure& other = book.sums(underlying, state);
        measures.otherDollarDelta += other.dollarDelta;
        measures.otherStress += other.stress.front();
        measures.netLiquidation -= other.entryCost;
        if (other.isOld)
            measures.old.insert(underlying);
        if (!std::isfinite(other.dollarDelta) || !std::isfinite(other.entryCost))
            measures.unknown.insert(measures.unknown.end(), other.unknown.begin(), other.unknown.end());
    }
    if (!std::isfinite(measures.netLiquidation))
        measures.unknown.push_back("net liquidation");
    return measures;
}

bool isReducing(const OrderIntent& intent, const GateState& state, const Measures& measures, const Limits& limits,
                BookCache& book)
{
    if (!opensNothing(intent))
        return false;
    // The figures below do not show it: shares tie up more margin than the short call that they cover does without them. It
    // takes no figure, so it is asked first.
    if (uncoveredBy(intent, state, book).calls > 0)
        return false;
    if (!measures.isKnown() || !measures.old.empty())
        return isReducingByShape(intent, state);
    // What it costs to cross the spread is no risk that the close adds.
    const Exposure& before = measures.before;
    const Exposure& after = measures.after;
    // In cash: a fraction turns round where little or nothing of net liquidation is left.
    const double slack = sameFigure * std::max(1.0, std::abs(measures.netLiquidation));
    const double deltaRoom = limits.leverage * measures.netLiquidationAfter() - measures.otherDollarDelta;
    return after.size() <= before.size() + (after.entryCost - before.entryCost) + slack &&
           after.dollarDelta <= std::max(before.dollarDelta, deltaRoom) + slack;
}

GateFigures figuresOf(const OrderIntent& intent, const GateState& state, const Measures& measures, const Limits& limits,
                      std::span<const InstrumentState> instruments, BookCache& book)
{
    GateFigures figures;
    figures.positionBefore = measures.positionBefore();
    figures.positionAfter = measures.positionAfter();
    figures.leverageBefore = measures.leverageBefore();
    figures.leverageAfter = measures.leverageAfter();
    figures.dailyLoss =
        (state.netLiquidationAtSessionStart - state.netLiquidation) / state.netLiquidationAtSessionStart;
    figures.worstStressAfter = measures.after.worstStress;
    figures.marginAfter = measures.after.margin;
    const Outcome outcome = outcomeOf(intent, instruments);
    figures.maxLoss = outcome.maxLoss;
    figures.maxProfit = outcome.maxProfit;
    figures.tradeLoss = tradeLossOf(intent, instruments, measures, figures.maxLoss);
    figures.accountStressBefore = measures.otherStress + measures.before.stress.front();
    figures.accountStressAfter = measures.otherStress + measures.after.stress.front();
    figures.valueAtRiskAfter = state.valueAtRisk + valueAtRiskOf(intent, state, instruments, measures);
    figures.isReducing = isReducing(intent, state, measures, limits, book);

    const double needed = buyingPowerNeeded(intent, state, instruments, measures);
    figures.buyingPowerUsedAfter = 1 - (state.buyingPower - needed) / state.netLiquidation;
    const auto worst = std::ranges::min_element(measures.after.stress) - measures.after.stress.begin();
    const double held = heldInCell(intent.underlying, state, intent, sizeCells[static_cast<std::size_t>(worst)], book);
    figures.freeAfterStress =
        state.buyingPower - needed + measures.after.worstStress - positivePart(held - measures.after.held);
    figures.legStates = legStatesOf(intent, state, measures, book);
    figures.warnings = uncoveredWarnings(intent, state, book);
    noteAssignment(intent, state, book, figures);
    return figures;
}

} // namespace vegadesk::risk

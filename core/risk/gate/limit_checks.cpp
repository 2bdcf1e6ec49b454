#include "risk/gate/limit_checks.h"

#include "market/calendar.h"
#include "market/symbols.h"
#include "risk/gate/gate.h"
#include "risk/gate/order_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace vegadesk::risk
{

namespace
{

using base::translatable;
using portfolio::OrderIntent;

/// Rounding noise of a trade that was sized to the limit.
constexpr double sameFigure = 1e-9;

/// Of a form that says "%1 %".
base::SentenceNumber percent(double fraction)
{
    return {100 * fraction, 1};
}

/// A form of three places: what it is about, what it would be and the limit.
void refuseShare(std::vector<Refusal>& refusals, const char* code, const char* form, double cash, double limit,
                 double netLiquidation)
{
    const double share = fractionOf(cash, netLiquidation);
    refusals.push_back({code, {form, {base::SentenceNumber{cash}, percent(share), percent(limit)}}, share, limit});
}

bool isBeyond(double cash, double limit, double netLiquidation)
{
    return cash > limit * netLiquidation * (1 + sameFigure);
}

} // namespace

/// Of an option's last hours, seconds are a part; and of a clock that is an hour off, "today" may be another day.
void checkClock(const GateState& state, std::span<const InstrumentState> instruments, std::vector<Refusal>& refusals)
{
    const double most = base::seconds(Gate::clockApartMost);
    const double apart = std::abs(state.clockAhead);
    if (!(apart > most))
        return;
    const base::Nanos ahead(std::llround(state.clockAhead * 1e9));
    const base::Date days[] = {market::newYorkDate(state.now), market::newYorkDate(state.now + ahead)};
    const auto endsToday = [&](const InstrumentState& instrument) {
        return instrument.option && std::ranges::find(days, instrument.option->expiry) != std::end(days);
    };
    if (std::ranges::any_of(instruments, endsToday))
        refusals.push_back(
            {"clock",
             {translatable("Core",
                           "This computer's clock and the broker's are %1 s apart: with more than %2 s nothing is "
                           "opened in options that expire today."),
              {base::SentenceNumber{apart, 1}, base::SentenceNumber{most}}},
             apart,
             most});
}

void checkDailyLoss(const GateState& state, double loss, const Limits& limits, std::vector<Refusal>& refusals)
{
    if (!(state.netLiquidationAtSessionStart > 0) || !std::isfinite(loss)) {
        refusals.push_back(
            {"unknown_value",
             {translatable("Core", "Today's loss is not known: net liquidation now or at the session's start "
                                   "is missing.")}});
    } else if (loss >= limits.dailyLossStop) {
        refusals.push_back(
            {"daily_loss",
             {translatable("Core",
                           "Today's loss of %1 % has reached the stop at %2 %: only closing orders until the next "
                           "session."),
              {percent(loss), percent(limits.dailyLossStop)}},
             loss,
             limits.dailyLossStop});
    } else if (loss >= limits.dailyLossNoNewRisk) {
        refusals.push_back({"daily_loss",
                            {translatable("Core", "Today's loss of %1 % has reached %2 %: no new risk today."),
                             {percent(loss), percent(limits.dailyLossNoNewRisk)}},
                            loss,
                            limits.dailyLossNoNewRisk});
    }
}

void checkBook(const OrderIntent& intent, const GateState& state, const Measures& measures, const Limits& limits,
               std::vector<Refusal>& refusals)
{
    if (measures.after.isSpotStale)
        refusals.push_back(
            {"unknown_value",
             {translatable("Core", "The price of %1 is too old to measure new risk by."), {intent.underlying}}});
    if (!measures.old.empty())
        refusals.push_back({"unknown_value",
                            {translatable("Core", "The option prices of %1 are too old to measure new risk by."),
                             {*measures.old.begin()}}});
    if (!measures.isKnown()) {
        const std::set<std::string> distinct(measures.unknown.begin(), measures.unknown.end());
        const std::string first = distinct.empty() ? "a figure of the book" : *distinct.begin();
        base::Sentence sentence{translatable("Core", "The limits cannot be checked: %1 is not known."), {first}};
        if (distinct.size() > 1)
            sentence = {translatable("Core", "The limits cannot be checked: %1 and %2 more are not known."),
                        {first, base::SentenceNumber{static_cast<double>(distinct.size() - 1)}}};
        refusals.push_back({"unknown_value", std::move(sentence)});
        return;
    }
    if (!(measures.netLiquidationAfter() > 0)) {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        refusals.push_back({"position_limit",
                            {translatable("Core", "To trade at these prices, this order and the working ones, would "
                                                  "cost %1 against the mid: more than net liquidation."),
                             {base::SentenceNumber{state.netLiquidation - measures.netLiquidationAfter()}}},
                            infinite,
                            limits.largestPosition});
        return;
    }
    const double position = measures.positionAfter();
    if (position > limits.largestPosition && position > measures.positionBefore()) {
        const Exposure& after = measures.after;
        const char* form =
            translatable("Core", "The position in %1 would be %2 % of net liquidation, measured by the premium "
                                 "paid; the limit is %3 %.");
        if (after.size() == -after.worstStress)
            form = translatable("Core",
                                "The position in %1 would be %2 % of net liquidation, measured by its worst stress "
                                "loss; the limit is %3 %.");
        else if (after.size() == after.margin)
            form = translatable("Core", "The position in %1 would be %2 % of net liquidation, measured by its margin "
                                        "requirement; the limit is %3 %.");
        refusals.push_back({"position_limit",
                            {form, {intent.underlying, percent(position), percent(limits.largestPosition)}},
                            position,
                            limits.largestPosition});
    }
    const double leverage = measures.leverageAfter();
    if (leverage > limits.leverage && leverage > measures.leverageBefore())
        refusals.push_back({"leverage",
                            {translatable("Core", "Leverage would be %1x net liquidation; the limit is %2x."),
                             {base::SentenceNumber{leverage, 2}, base::SentenceNumber{limits.leverage, 2}}},
                            leverage,
                            limits.leverage});
}

void checkBuyingPower(const OrderIntent& intent, const GateState& state, const Measures& measures,
                      const GateFigures& figures, const Limits& limits, std::span<const InstrumentState> instruments,
                      std::vector<Refusal>& refusals)
{
    const double needed = buyingPowerNeeded(intent, state, instruments, measures);
    if (!std::isfinite(needed) || !std::isfinite(state.buyingPower)) {
        refusals.push_back(
            {"unknown_value",
             {translatable("Core", "Buying power cannot be checked: it, or what the order needs, is not known.")}});
        return;
    }
    if (!(needed > 0))
        return;
    if (!std::isfinite(figures.freeAfterStress)) {
        refusals.push_back(
            {"unknown_value", {translatable("Core", "What would be required under stress is not known.")}});
        return;
    }
    if (needed > state.buyingPower) {
        refusals.push_back({"buying_power",
                            {translatable("Core", "The order needs about %1 of buying power; %2 is there."),
                             {base::SentenceNumber{needed}, base::SentenceNumber{state.buyingPower}}},
                            needed,
                            state.buyingPower});
        return;
    }
    if (const double used = figures.buyingPowerUsedAfter; used > limits.buyingPowerUsed)
        refusals.push_back({"buying_power_used",
                            {translatable("Core", "%1 % of net liquidation would be tied up; the limit is %2 %."),
                             {percent(used), percent(limits.buyingPowerUsed)}},
                            used,
                            limits.buyingPowerUsed});
    if (const double left = figures.freeAfterStress; left < 0)
        refusals.push_back(
            {"stressed_margin",
             {translatable("Core", "Should %1 move 15 % and its volatilities rise by half, %2 of buying power would be "
                                   "missing for what would be required then."),
              {intent.underlying, base::SentenceNumber{-left}}},
             left,
             0});
}

void checkTrade(const OrderIntent& intent, const GateState& state, const GateFigures& figures, const Limits& limits,
                std::vector<Refusal>& refusals)
{
    const double capital = state.netLiquidation;
    const bool isValueKnown = std::isnan(state.valueAtRisk) || std::isfinite(figures.valueAtRiskAfter);
    if (!std::isfinite(figures.tradeLoss) || !std::isfinite(figures.accountStressAfter) || !isValueKnown) {
        refusals.push_back({"unknown_value",
                            {translatable("Core", "What the trade, or the account under stress, could lose is not "
                                                  "known.")}});
        return;
    }
    if (isBeyond(figures.tradeLoss, limits.tradeLoss, capital))
        refuseShare(refusals, "trade_loss",
                    translatable("Core", "The trade could lose %1, %2 % of net liquidation; the limit is %3 %."),
                    figures.tradeLoss, limits.tradeLoss, capital);
    const double stress = -figures.accountStressAfter;
    if (stress > -figures.accountStressBefore && isBeyond(stress, limits.stress, capital))
        refuseShare(refusals, "account_stress",
                    translatable("Core", "With everything 15 % lower and volatilities half as high again, the account "
                                         "would lose %1, %2 % of net liquidation; the limit is %3 %."),
                    stress, limits.stress, capital);
    const double value = figures.valueAtRiskAfter;
    if (value > state.valueAtRisk && isBeyond(value, limits.valueAtRisk, capital))
        refuseShare(refusals, "value_at_risk",
                    translatable("Core", "On one day in twenty the account could lose %1 or more, %2 % of net "
                                         "liquidation; the limit is %3 %."),
                    value, limits.valueAtRisk, capital);
    const auto& groups = state.strategyGroups;
    const bool isHandmade = portfolio::isFromPerson(intent) || intent.group.empty();
    if (!isHandmade && std::ranges::find(groups, intent.group) == groups.end() &&
        std::ssize(groups) >= limits.strategyPositions)
        refusals.push_back({"strategy_positions",
                            {translatable("Core", "Strategies have %1 positions open; the limit is %2."),
                             {base::SentenceNumber{static_cast<double>(groups.size())},
                              base::SentenceNumber{static_cast<double>(limits.strategyPositions)}}},
                            static_cast<double>(groups.size() + 1),
                            static_cast<double>(limits.strategyPositions)});
}

void checkLegStates(const OrderIntent& intent, const Limits& limits, GateFigures& figures,
                    std::vector<Refusal>& refusals)
{
    if (figures.legStates.empty())
        return;
    const LegState& largest = *std::ranges::max_element(figures.legStates, {}, &LegState::position);
    const LegState& mostLevered = *std::ranges::max_element(figures.legStates, {}, &LegState::leverage);
    const auto breaks = [](double alone, double limit, double before) { return alone > limit && alone > before; };
    base::Sentence sentence;
    double value = largest.position;
    double limit = limits.largestPosition;
    if (breaks(value, limit, figures.positionBefore)) {
        sentence = {translatable("Core", "Should of this order only %1 fill, the position in %2 would be %3 % of net "
                                         "liquidation; the limit is %4 %."),
                    {market::contractName(largest.symbol), intent.underlying, percent(value), percent(limit)}};
    } else if (breaks(mostLevered.leverage, limits.leverage, figures.leverageBefore)) {
        value = mostLevered.leverage;
        limit = limits.leverage;
        sentence = {
            translatable("Core", "Should of this order only %1 fill, leverage would be %2x net liquidation; "
                                 "the limit is %3x."),
            {market::contractName(mostLevered.symbol), base::SentenceNumber{value, 2}, base::SentenceNumber{limit, 2}}};
    } else {
        return;
    }
    if (limits.refusesLegStates)
        refusals.push_back({"leg_state", std::move(sentence), value, limit});
    else
        figures.warnings.push_back(std::move(sentence));
}

} // namespace vegadesk::risk

#include "risk/gate/assignment.h"

#include "market/broad_index.h"
#include "market/calendar.h"
#include "risk/gate/book_cache.h"

namespace vegadesk::risk
{

namespace
{

constexpr int soon = 2; ///< trading days

bool isAssignedSoon(const InstrumentState& instrument, base::Date today)
{
    if (!instrument.option)
        return false;
    const market::OptionTerms& option = *instrument.option;
    const double strike = option.strike.toDouble();
    const bool isCall = option.right == market::Right::Call;
    const double intrinsic = isCall ? instrument.spot - strike : strike - instrument.spot;
    if (!(intrinsic > 0))
        return false;
    if (market::tradingDaysBetween(today, option.expiry) <= soon)
        return true;
    const std::optional<base::Date>& without = instrument.exDividendDate;
    if (!isCall || !without || *without <= today || *without > option.expiry ||
        market::tradingDaysBetween(today, *without) > soon)
        return false;
    return markOf(instrument) - intrinsic < instrument.dividend;
}

/// Cash at the strikes.
double assignable(const GateState& state, const portfolio::OrderIntent& intent, bool isFilled, BookCache& book)
{
    const base::Date today = market::newYorkDate(state.now);
    Quantities quantities = book.parts(intent.underlying, state).positions.quantities;
    if (isFilled) {
        for (const portfolio::OrderLeg& leg : intent.legs)
            quantities[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
    }
    double cash = 0;
    for (const auto& [symbol, quantity] : quantities) {
        const InstrumentState* const instrument = quantity < 0 ? book.instrument(symbol, state) : nullptr;
        if (instrument && isAssignedSoon(*instrument, today))
            cash -= quantity.toDouble() * instrument->multiplier * instrument->option->strike.toDouble();
    }
    return cash;
}

} // namespace

void noteAssignment(const portfolio::OrderIntent& intent, const GateState& state, BookCache& book, GateFigures& figures)
{
    if (market::broadIndex(intent.underlying))
        return;
    figures.assignmentExposure = assignable(state, intent, true, book);
    if (!(figures.assignmentExposure > assignable(state, intent, false, book)))
        return;
    figures.warnings.push_back(
        {base::translatable("Core", "Short options in %1 may be assigned within days: %2 of shares at their strikes."),
         {intent.underlying, base::SentenceNumber{figures.assignmentExposure}}});
}

} // namespace vegadesk::risk

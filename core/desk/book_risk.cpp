#include "desk/book_risk.h"

#include "desk/risk_figures.h"
#include "portfolio/beta.h"
#include "risk/exposure.h"
#include "risk/stress/stress_margin.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

/// A view that has nothing to show but the reason.
template<class View>
View without(const base::Error& why)
{
    View view;
    view.why = why.message();
    return view;
}

} // namespace

portfolio::BetaReference betasOf(const risk::RiskBook& book, const ClosesBySymbol& closes,
                                 const risk::FactorHistory& history, const std::string& index)
{
    portfolio::BetaReference reference{.symbol = index, .spot = unknown, .betas = {}};
    const auto ours = closes.find(index);
    const risk::FactorColumn* const indexMoves = history.find(index);
    if (ours == closes.end() || ours->second.empty() || !indexMoves)
        return reference;
    reference.spot = ours->second.back().close;
    for (const risk::RiskUnderlying& underlying : book.underlyings) {
        if (underlying.symbol == index && std::isfinite(underlying.spot))
            reference.spot = underlying.spot;
        else if (const risk::FactorColumn* const moves = history.find(underlying.symbol))
            reference.betas[underlying.symbol] =
                portfolio::estimateBeta(moves->spotReturns, indexMoves->spotReturns).beta;
    }
    return reference;
}

StressView stressOf(const risk::RiskBook& book)
{
    risk::Revaluation revaluation(book);
    const auto grid = risk::stressGridOf(revaluation);
    if (!grid)
        return without<StressView>(grid.error());
    StressView view = stressView(*grid, book);
    if (const auto margin = risk::stressMarginOf(revaluation)) {
        view.isMarginCallKnown = true;
        const double down = margin->callDown.value_or(unknown), up = margin->callUp.value_or(unknown);
        view.marginCallMove = std::isnan(up) || -down <= up ? down : up; // the nearer one
    }
    return view;
}

ValueAtRiskView valueAtRiskOf(const risk::RiskBook& book, const risk::FactorHistory& history)
{
    const auto report = risk::valueAtRisk(book, history);
    return report ? valueAtRiskView(*report, book, history) : without<ValueAtRiskView>(report.error());
}

BookSizes bookSizesOf(const risk::GateState& state)
{
    BookSizes sizes;
    double dollarDelta = 0, stress = 0;
    for (const std::string& underlying : risk::underlyingsOf(state)) {
        const risk::Exposure exposure = risk::exposureOf(underlying, state, nullptr);
        const double fraction = exposure.size() / state.netLiquidation;
        dollarDelta += exposure.dollarDelta;
        stress += exposure.stress.front();
        if (!(fraction <= sizes.largest)) { // an unknown one wins, and shows as not known
            sizes.largest = fraction;
            sizes.where = underlying;
        }
        sizes.fractions[underlying] = fraction;
    }
    sizes.leverage = dollarDelta / state.netLiquidation;
    sizes.stress = std::isnan(stress) ? unknown : std::max(0.0, -stress / state.netLiquidation);
    return sizes;
}

} // namespace vegadesk::desk

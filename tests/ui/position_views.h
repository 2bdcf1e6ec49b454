#pragma once

#include "desk/views.h"
#include "market/symbols.h"

#include <vector>

/// What an account holds, as the desk says it: an iron condor's puts in SPY and a call in NVDA.
namespace vegadesk::test
{

inline constexpr base::Date december = base::makeDate(2026, 12, 18);

inline market::OptionTerms terms(market::Right right, int strike)
{
    return {"SPY", december, right, base::Decimal::fromInteger(strike)};
}

inline std::string symbol(market::Right right, int strike)
{
    return market::toOccSymbol(terms(right, strike)).value();
}

inline desk::PositionRow position(market::Right right, int strike, std::int64_t quantity)
{
    desk::PositionRow row;
    row.option = terms(right, strike);
    row.position.symbol = symbol(right, strike);
    row.position.underlying = "SPY";
    row.position.quantity = quantity;
    row.mark = 1.5;
    row.greeks.delta = -4.25;
    return row;
}

inline std::vector<desk::PositionGroup> someGroups()
{
    desk::PositionGroup condor{"SPY iron condor", "SPY", {}, 186, 41, 0.034, {}};
    condor.rows = {position(market::Right::Put, 545, 5), position(market::Right::Put, 555, -5)};
    desk::PositionGroup scalp{"NVDA gamma scalp", "NVDA", {}, -31.4, desk::unknown, 0.051, {}};
    scalp.rows = {position(market::Right::Call, 600, 1)};
    return {condor, scalp};
}

} // namespace vegadesk::test

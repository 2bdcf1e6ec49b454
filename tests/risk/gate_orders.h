#pragma once

#include "risk/market_rig.h"
#include "risk/wide_limits.h"

#include <QMetaType>
#include <QStringList>

#include <functional>

namespace vegadesk::testing
{

inline constexpr base::Date december = base::makeDate(2026, 12, 18);

inline std::string spyCall(double strike)
{
    return MarketRig::symbolOf("SPY", december, market::Right::Call, strike);
}
inline std::string spyPut(double strike)
{
    return MarketRig::symbolOf("SPY", december, market::Right::Put, strike);
}

/// Sells the 580 put and buys the 575 put, at natural.
inline portfolio::OrderIntent creditSpread(const MarketRig& rig, std::int64_t lots)
{
    return rig.order("SPY", {MarketRig::leg(spyPut(580), portfolio::Action::SellToOpen, lots),
                             MarketRig::leg(spyPut(575), portfolio::Action::BuyToOpen, lots)});
}

/// The codes of what was refused, each once, in order; empty for an approval.
inline QString codesOf(const tl::expected<risk::GateFigures, risk::GateRefusals>& result)
{
    QStringList codes;
    if (!result) {
        for (const risk::Refusal& refusal : result.error().reasons)
            codes << QString::fromStdString(refusal.code);
    }
    codes.removeDuplicates();
    return codes.join(' ');
}

/// What a row of a table does to an order that is otherwise sound.
using Change = std::function<void(MarketRig&, portfolio::OrderIntent&)>;

} // namespace vegadesk::testing

Q_DECLARE_METATYPE(vegadesk::testing::Change)

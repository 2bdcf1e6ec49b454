#include "risk/gate/size_checks.h"

#include "market/symbols.h"
#include "risk/gate/order_checks.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

using base::SentenceNumber;
using base::translatable;
using market::contractName;
using portfolio::OrderIntent;
using portfolio::OrderLeg;

bool opensOptions(const OrderIntent& intent)
{
    return std::ranges::all_of(intent.legs, [](const OrderLeg& leg) {
        return portfolio::isOpening(leg.action) && leg.type == market::InstrumentType::EquityOption;
    });
}

void checkLegSizes(const OrderIntent& intent, std::span<const InstrumentState> instruments, const OrderCaps& caps,
                   std::vector<Refusal>& refusals)
{
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const OrderLeg& leg = intent.legs[i];
        if (leg.type != market::InstrumentType::EquityOption || !portfolio::isOpening(leg.action))
            continue;
        const double contracts = leg.quantity.toDouble();
        if (contracts > caps.contractsPerLeg)
            refusals.push_back(
                {"leg_size",
                 {translatable("Core", "%1 contracts of %2 are more than an order may open: at most %3."),
                  {SentenceNumber{contracts}, contractName(leg.symbol),
                   SentenceNumber{static_cast<double>(caps.contractsPerLeg)}}},
                 contracts,
                 static_cast<double>(caps.contractsPerLeg)});
        const market::Quote& quote = instruments[i].quote;
        const double quoted = portfolio::isBuy(leg.action) ? quote.askSize : quote.bidSize;
        if (quoted > 0 && contracts > caps.quotedSize * quoted) // 0 and NaN: not told
            refusals.push_back({"quoted_size",
                                {translatable("Core", "%1 contracts of %2 are more than %3 times the %4 that are "
                                                      "quoted."),
                                 {SentenceNumber{contracts}, contractName(leg.symbol), SentenceNumber{caps.quotedSize},
                                  SentenceNumber{quoted}}},
                                contracts,
                                caps.quotedSize * quoted});
    }
}

} // namespace

double notionalOf(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    double cash = 0;
    for (std::size_t i = 0; i < intent.legs.size() && i < instruments.size(); ++i) {
        const double touch = market::touchOf(instruments[i].quote, portfolio::isBuy(intent.legs[i].action));
        if (std::isfinite(touch))
            cash += touch * intent.legs[i].quantity.toDouble() * instruments[i].multiplier;
    }
    return cash;
}

void checkSize(const OrderIntent& intent, const GateState& state, std::span<const InstrumentState> instruments,
               const OrderCaps& caps, BookCache& book, std::vector<Refusal>& refusals)
{
    checkLegSizes(intent, instruments, caps, refusals);
    const double notional = notionalOf(intent, instruments);
    const double most = caps.orderNotional * state.netLiquidation;
    if (notional > most)
        refusals.push_back({"order_notional",
                            {translatable("Core", "The order trades %1; one order may trade %2."),
                             {SentenceNumber{notional}, SentenceNumber{most}}},
                            notional,
                            most});
    const auto traded = state.tradedToday.find(intent.underlying);
    double day = notional + (traded == state.tradedToday.end() ? 0 : traded->second);
    for (const OrderIntent& working : state.workingOrders) {
        if (working.underlying == intent.underlying)
            day += notionalOf(working, instrumentsOf(working, state, book));
    }
    const double dayMost = caps.dayNotional * state.netLiquidation;
    if (day > dayMost)
        refusals.push_back({"day_notional",
                            {translatable("Core", "In %1 %2 would be traded today, working orders counted; at most %3 "
                                                  "a day."),
                             {intent.underlying, SentenceNumber{day}, SentenceNumber{dayMost}}},
                            day,
                            dayMost});
}

void checkSense(const OrderIntent& intent, std::span<const InstrumentState> instruments, GateFigures& figures,
                std::vector<Refusal>& refusals)
{
    if (!opensOptions(intent))
        return;
    if (figures.maxProfit <= 0)
        refusals.push_back({"price_worth",
                            {translatable("Core", "At this price the order cannot gain: at expiry it loses %1 or "
                                                  "more."),
                             {SentenceNumber{std::max(0.0, -figures.maxProfit), 2}}},
                            figures.maxProfit,
                            0});
    const double limit = portfolio::signedLimit(intent);
    const InstrumentState& first = instruments.front();
    const bool isOneCall = intent.legs.size() == 1 && first.option->right == market::Right::Call;
    if (isOneCall && limit > first.spot)
        refusals.push_back({"price_worth",
                            {translatable("Core", "A call is never worth more than its underlying, which is at %1."),
                             {SentenceNumber{first.spot, 2}}},
                            limit,
                            first.spot});
    const NetQuote net = netQuoteOf(intent, instruments);
    const double room = std::max({0.05, 0.05 * std::abs(net.natural), 2 * (net.natural - net.mid)});
    if (!(limit - net.natural > room))
        return;
    base::Sentence sentence{translatable("Core", "The price is %1 worse than the market's, far more than its spread."),
                            {SentenceNumber{limit - net.natural, 2}}};
    if (portfolio::isFromPerson(intent))
        figures.warnings.push_back(std::move(sentence));
    else
        refusals.push_back({"price_crossing", std::move(sentence), limit - net.natural, room});
}

} // namespace vegadesk::risk

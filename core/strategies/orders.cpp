#include "strategies/orders.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vegadesk::strategies
{

namespace
{

struct LegQuote {
    market::Quote quote;
    base::Decimal tick;
};

/// A worthless long leg can be given away inside a spread, at a bid of 0; alone nobody takes it.
std::optional<LegQuote> legQuote(const StrategyState& state, const portfolio::OrderLeg& leg, std::size_t legCount)
{
    if (leg.type != market::InstrumentType::EquityOption) {
        const market::Quote& quote = state.chain->underlyingQuote;
        if (!market::isTradable(market::classify(quote, state.now, base::Nanos{0})))
            return std::nullopt;
        return LegQuote{quote, base::Decimal::cent()};
    }
    const auto place = market::find(*state.chain, leg.symbol);
    if (!place)
        return std::nullopt;
    const Contract contract{place->expiration, place->row, place->right};
    if (!isTradable(state, contract))
        return std::nullopt;
    const market::Quote quote = quoteOf(state, contract);
    const bool buys = portfolio::isBuy(leg.action);
    const double touch = buys ? quote.ask : quote.bid;
    const auto price = base::Decimal::fromDouble(touch);
    if (!price || !(touch > 0 || (!buys && touch == 0 && legCount > 1)))
        return std::nullopt;
    return LegQuote{quote, market::tickAt(state.chain->expirations[place->expiration].ticks, *price)};
}

/// Sum over the legs of one unit; `price` gives each leg's, NaN spreads.
template<class Price>
double netOf(const StrategyState& state, std::span<const portfolio::OrderLeg> legs, Price price)
{
    const base::Quantity units = portfolio::unitCount(legs);
    if (units == 0)
        return market::unknown;
    double net = 0;
    for (const portfolio::OrderLeg& leg : legs) {
        const auto quoted = legQuote(state, leg, legs.size());
        if (!quoted)
            return market::unknown;
        net += static_cast<double>(leg.quantity / units) * price(leg, quoted->quote);
    }
    return net;
}

} // namespace

base::ParameterSpec priceRoomSpec()
{
    return {.name = "price_room",
            .unit = "fraction of price",
            .about = "How far beyond its natural price an order may go, so that it still fills after slippage.",
            .minimum = 0,
            .maximum = 0.05,
            .fallback = 0.003};
}

double naturalNet(const StrategyState& state, std::span<const portfolio::OrderLeg> legs)
{
    return netOf(state, legs, [](const portfolio::OrderLeg& leg, const market::Quote& quote) {
        return portfolio::isBuy(leg.action) ? quote.ask : -quote.bid;
    });
}

std::optional<portfolio::OrderIntent> marketable(const StrategyState& state, std::vector<portfolio::OrderLeg> legs,
                                                 double priceRoom)
{
    const double natural = naturalNet(state, legs);
    const double gross = netOf(state, legs, [](const portfolio::OrderLeg& leg, const market::Quote& quote) {
        return portfolio::isBuy(leg.action) ? quote.ask : quote.bid;
    });
    const base::Quantity units = portfolio::unitCount(legs);
    std::optional<base::Decimal> tick;
    base::Decimal rounding;
    for (const portfolio::OrderLeg& leg : legs) {
        const auto quoted = legQuote(state, leg, legs.size());
        if (!quoted)
            return std::nullopt;
        tick = tick ? std::min(*tick, quoted->tick) : quoted->tick;
        rounding += quoted->tick * (leg.quantity / units);
    }
    const auto limit = base::Decimal::fromDouble(natural + priceRoom * gross);
    if (!limit || !tick)
        return std::nullopt;

    // Up for a debit is more to pay, up for a credit is less to receive: both towards the fill.
    base::Decimal net = (*limit + rounding).ceiledTo(*tick);
    const bool onlySells =
        std::ranges::none_of(legs, [](const portfolio::OrderLeg& leg) { return portfolio::isBuy(leg.action); });
    if (onlySells) // what is sold for next to nothing still brings a tick
        net = std::min(net, -*tick);
    portfolio::OrderIntent intent;
    intent.underlying = state.chain->underlying;
    intent.legs = std::move(legs);
    intent.effect = net.isNegative() ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
    intent.price = net.isZero() ? *tick : net.abs();
    return intent;
}

portfolio::OrderLeg optionLeg(const StrategyState& state, Contract contract, portfolio::Action action,
                              base::Quantity quantity)
{
    return {symbolOf(state, contract), market::InstrumentType::EquityOption, action, quantity};
}

portfolio::OrderLeg closingLeg(const portfolio::Position& position)
{
    return {position.symbol, position.type,
            position.quantity > 0 ? portfolio::Action::SellToClose : portfolio::Action::BuyToClose,
            position.quantity.abs()};
}

portfolio::OrderLeg shareLeg(const StrategyState& state, base::Quantity held, base::Quantity shares)
{
    const bool reduces = held != 0 && (held > 0) != (shares > 0);
    const base::Quantity count = reduces ? std::min(held.abs(), shares.abs()) : shares.abs();
    using portfolio::Action;
    const Action action = shares > 0 ? (reduces ? Action::BuyToClose : Action::BuyToOpen)
                                     : (reduces ? Action::SellToClose : Action::SellToOpen);
    return {state.chain->underlying, market::InstrumentType::Equity, action, count};
}

std::vector<Proposal> unwind(const StrategyState& state, double priceRoom, const std::string& reason)
{
    std::vector<portfolio::OrderLeg> options;
    std::vector<portfolio::OrderLeg> shares;
    bool onlyWorthless = true;
    for (const portfolio::Position& position : state.positions) {
        if (position.quantity == 0)
            continue;
        if (position.type != market::InstrumentType::EquityOption) {
            shares.push_back(closingLeg(position));
            continue;
        }
        const auto contract = contractOf(state, position);
        if (!contract)
            return {};
        options.push_back(closingLeg(position));
        onlyWorthless = onlyWorthless && position.quantity > 0 && quoteOf(state, *contract).bid == 0;
    }
    if (onlyWorthless)
        options.clear();

    // Shares hedge long options, so they may go first and leave a loss that is bounded; short options go before theirs.
    const bool onlyLong =
        std::ranges::none_of(options, [](const portfolio::OrderLeg& leg) { return portfolio::isBuy(leg.action); });
    std::vector<Proposal> proposals;
    for (auto* const legs : {onlyLong ? &shares : &options, onlyLong ? &options : &shares}) {
        if (legs->empty())
            continue;
        auto intent = marketable(state, std::move(*legs), priceRoom);
        if (!intent)
            return {};
        proposals.push_back({ProposalKind::Exit, std::move(*intent), reason});
    }
    return proposals;
}

} // namespace vegadesk::strategies

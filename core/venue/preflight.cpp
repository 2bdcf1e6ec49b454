#include "venue/preflight.h"

#include "market/calendar.h"
#include "venue/order_rules.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Decimal;
using base::Quantity;
using market::Instrument;
using market::InstrumentType;
using portfolio::Action;
using portfolio::isBuy;
using portfolio::isOpening;
using portfolio::OrderIntent;
using portfolio::OrderLeg;
using portfolio::OrderType;
using portfolio::PriceEffect;
using portfolio::TimeInForce;

class Checks
{
public:
    Checks(const wire::OrderRequest& request, const PreflightContext& context, const AccountBook& account,
           MarketModel& market)
        : m_request(request), m_context(context), m_account(account), m_market(market), m_order{request.intent, {}, {}}
    {
    }

    Answer<CheckedOrder> run()
    {
        checkInstruments();
        if (m_reasons.empty()) {
            if (m_request.typeText == wire::marketableLimit)
                crossTheMarket();
            checkPrice();
            checkValue();
            checkType();
            checkLifetime();
            checkRules();
            checkLegs();
            for (std::size_t i = 0; i < m_order.intent.legs.size(); ++i)
                checkPositionEffect(m_order.intent.legs[i], quantityNow(i));
        }
        if (!m_reasons.empty())
            return tl::make_unexpected(preflightFailure(std::move(m_reasons)));
        return std::move(m_order);
    }

private:
    void refuse(std::string code, std::string message) { m_reasons.push_back({std::move(code), std::move(message)}); }

    void checkInstruments()
    {
        for (const OrderLeg& leg : m_order.intent.legs) {
            const Instrument* instrument = m_market.find(leg.symbol, m_context.today);
            if (instrument == nullptr) {
                refuse("instrument_not_found", "Instrument " + leg.symbol + " is not listed here.");
                continue;
            }
            if (m_context.now >= lastTradingMoment(*instrument)) {
                refuse("instrument_expired", "Trading in " + leg.symbol + " has ended.");
                continue;
            }
            if (instrument->type == InstrumentType::Index) {
                refuse("instrument_not_tradeable", "An index cannot be traded.");
                continue;
            }
            if (instrument->type != leg.type)
                refuse("instrument_type_mismatch", leg.symbol + " is not an " + std::string(toWire(leg.type)) + ".");
            m_order.instruments.push_back(*instrument);
        }
        if (!m_reasons.empty())
            return;
        m_order.intent.underlying = m_order.instruments.front().underlying;
        for (const Instrument& instrument : m_order.instruments) {
            if (instrument.underlying != m_order.intent.underlying)
                refuse("multiple_underlyings", "All legs must share one underlying.");
        }
    }

    /// What a marketable limit pays when it does not say: what the far side of every leg asks for now.
    void crossTheMarket()
    {
        OrderIntent& intent = m_order.intent;
        intent.type = OrderType::Limit;
        if (intent.price)
            return;
        std::vector<double> prices;
        for (std::size_t i = 0; i < intent.legs.size(); ++i) {
            const market::Quote quote = m_market.quote(m_order.instruments[i], m_context.now);
            prices.push_back(isBuy(intent.legs[i].action) ? quote.ask : quote.bid);
        }
        const double net = portfolio::netPrice(intent, prices);
        if (!std::isfinite(net)) {
            refuse("no_market", "Nobody quotes the other side of this order.");
            return;
        }
        intent.price = toCents(std::abs(net));
        intent.effect = net < 0 ? PriceEffect::Credit : PriceEffect::Debit;
    }

    void checkPrice()
    {
        const OrderIntent& intent = m_order.intent;
        const bool needsPrice = intent.type == OrderType::Limit || intent.type == OrderType::StopLimit;
        if (needsPrice && !intent.price) {
            refuse("price_required", "A limit order needs a price.");
            return;
        }
        if (intent.price && intent.value)
            refuse("price_and_value", "An order has a price or a value, not both.");
        if (!needsPrice) {
            if (intent.price)
                refuse("price_not_allowed", "This order type takes no price.");
            return;
        }
        if (intent.price->isNegative())
            refuse("invalid_price", "Price must not be negative.");
        if (intent.effect == PriceEffect::None && !intent.price->isZero())
            refuse("price_effect_required", "Price effect must be Debit or Credit.");
        const bool allBuy = std::ranges::all_of(intent.legs, [](const OrderLeg& l) { return isBuy(l.action); });
        const bool allSell = std::ranges::none_of(intent.legs, [](const OrderLeg& l) { return isBuy(l.action); });
        if (allBuy && intent.effect == PriceEffect::Credit)
            refuse("cant_buy_for_credit", "You cannot buy for a credit.");
        if (allSell && intent.effect == PriceEffect::Debit)
            refuse("cant_sell_for_debit", "You cannot sell for a debit.");
        // A spread's net moves in cents whatever its legs' ticks, one of futures options in their finest tick.
        const Instrument& first = m_order.instruments.front();
        const Decimal ofSpread =
            first.type == InstrumentType::FutureOption ? first.ticks.front().tick : Decimal::cent();
        const Decimal tick = intent.legs.size() == 1 ? market::tickAt(first.ticks, *intent.price) : ofSpread;
        if (!intent.price->isMultipleOf(tick))
            refuse("invalid_price_increment", "Price must be a multiple of " + tick.toString() + ".");
    }

    void checkValue()
    {
        const OrderIntent& intent = m_order.intent;
        if (intent.type != OrderType::NotionalMarket) {
            if (intent.value)
                refuse("value_not_allowed", "Only a notional order is for a value.");
            return;
        }
        if (!intent.value)
            refuse("value_required", "A notional order needs a value.");
        else if (*intent.value < portfolio::notionalLeast)
            refuse("notional_minimum_not_met", "A notional order is for 5 dollars or more.");
        if (intent.value && m_request.valueEffect == PriceEffect::None)
            refuse("value_effect_required", "Value effect must be Debit or Credit.");
        const bool buys = isBuy(intent.legs.front().action);
        if (buys && m_request.valueEffect == PriceEffect::Credit)
            refuse("cant_buy_for_credit", "You cannot buy for a credit.");
        if (!buys && m_request.valueEffect == PriceEffect::Debit)
            refuse("cant_sell_for_debit", "You cannot sell for a debit.");
        if (intent.legs.front().type != InstrumentType::Equity)
            refuse("fractional_quantity_not_eligible", intent.legs.front().symbol + " is not traded in fractions.");
    }

    void checkRules()
    {
        auto rules = parseRules(m_request.rules, m_market, m_context.today);
        if (!rules)
            refuse("order_rules_invalid", rules.error().message());
        else if (rules->cancelAt && *rules->cancelAt <= m_context.now)
            refuse("order_rules_invalid", "The time to cancel the order at has passed.");
        else
            m_order.rules = std::move(*rules);
    }

    void checkLifetime()
    {
        const OrderIntent& intent = m_order.intent;
        const bool isStock = intent.legs.size() == 1 && intent.legs.front().type == InstrumentType::Equity;
        if (wire::isExtended(m_request.timeInForceText) && !isStock)
            refuse("tif_extended_equities_only", "Only orders of one equity trade in extended hours.");
        if (intent.timeInForce == TimeInForce::Gtd && (!intent.gtcDate || *intent.gtcDate < m_context.today))
            refuse("gtc_date_required", "GTD needs a gtc-date that has not passed.");
    }

    void checkType()
    {
        const OrderIntent& intent = m_order.intent;
        const bool isMarket = intent.type == OrderType::Market || intent.type == OrderType::NotionalMarket;
        const bool needsTrigger = intent.type == OrderType::Stop || intent.type == OrderType::StopLimit;
        const bool isMultiDay = intent.timeInForce == TimeInForce::Gtc || intent.timeInForce == TimeInForce::Gtd;
        const bool opens = std::ranges::any_of(intent.legs, [](const OrderLeg& leg) { return isOpening(leg.action); });
        if ((isMarket || needsTrigger) && intent.legs.size() != 1)
            refuse("single_leg_required", "Market and stop orders have one leg.");
        if (isMarket && isMultiDay)
            refuse("gtc_market_orders_not_supported", "GTC/GTD Market orders are not supported.");
        if (isMarket && opens && !m_context.isMarketOpen)
            refuse("tif_no_after_hours_opening_market_orders", "Opening market orders not allowed when market closed.");
        if (needsTrigger && (!intent.stopTrigger || *intent.stopTrigger <= Decimal{}))
            refuse("stop_trigger_required", "A stop order needs a stop trigger.");
        if (!needsTrigger && intent.stopTrigger)
            refuse("stop_trigger_not_allowed", "Only stop orders take a stop trigger.");
        if (intent.type == OrderType::Stop && opens && isMultiDay)
            refuse("gtc_opening_stop_not_supported", "Opening stop orders cannot be GTC.");
    }

    void checkLegs()
    {
        const OrderIntent& intent = m_order.intent;
        for (const OrderLeg& leg : intent.legs) {
            const bool isFraction = intent.type == OrderType::NotionalMarket || !leg.quantity.isWhole();
            if (isFraction && leg.action == Action::SellToOpen)
                refuse("fractional_short_not_allowed", "Fractions of " + leg.symbol + " cannot be sold short.");
        }
        const bool hasFuture =
            std::ranges::any_of(intent.legs, [](const OrderLeg& leg) { return leg.type == InstrumentType::Future; });
        if (hasFuture && intent.legs.size() > 1)
            refuse("too_many_future_legs", "An order of a future has one leg.");
        const bool hasStock =
            std::ranges::any_of(intent.legs, [](const OrderLeg& leg) { return leg.type == InstrumentType::Equity; });
        if (intent.legs.size() > 4)
            refuse("too_many_legs", "An order has at most four legs.");
        if (hasStock && intent.legs.size() > 1)
            refuse("too_many_equity_legs", "An equity order has one leg.");
        std::set<std::string> symbols;
        for (const OrderLeg& leg : intent.legs) {
            if (!leg.quantity.isWhole() && intent.type != OrderType::Market)
                refuse("fractional_market_orders_only", "Fractions of a share are traded by market orders only.");
            if (!symbols.insert(leg.symbol).second)
                refuse("duplicate_leg", "Each symbol may appear once.");
            const bool isOpposed = std::ranges::any_of(m_context.workingLegs, [&](const OrderLeg& working) {
                return working.symbol == leg.symbol && isBuy(working.action) != isBuy(leg.action);
            });
            if (isOpposed)
                refuse("illegal_buy_and_sell_on_same_symbol", "Cannot buy and sell against the same symbol.");
        }
    }

    /// What a notional order trades is what its value is worth at the price of now.
    Quantity quantityNow(std::size_t leg)
    {
        const OrderIntent& intent = m_order.intent;
        if (intent.type != OrderType::NotionalMarket)
            return intent.legs[leg].quantity;
        return inShares(intent, m_market.quote(m_order.instruments[leg], m_context.now)).legs[leg].quantity;
    }

    /// Closing needs a position net of other working closes; opening against an opposite position is refused.
    void checkPositionEffect(OrderLeg& leg, Quantity quantity)
    {
        const auto comes = m_context.expected.find(leg.symbol);
        const Quantity held = m_account.quantity(leg.symbol) + (comes == m_context.expected.end() ? 0 : comes->second);
        const bool isOpposed = isBuy(leg.action) ? held < 0 : held > 0;
        if (leg.type == InstrumentType::Future && isOpening(leg.action) && isOpposed && quantity <= held.abs()) {
            leg.action =
                isBuy(leg.action) ? Action::BuyToClose : Action::SellToClose; // futures are bought and sold, no more
            return;
        }
        if (isOpening(leg.action)) {
            if ((held < 0 && isBuy(leg.action)) || (held > 0 && !isBuy(leg.action)))
                refuse("opening_against_position", "An opposite position in " + leg.symbol + " must be closed first.");
            return;
        }
        Quantity closable = isBuy(leg.action) ? -held : held;
        for (const OrderLeg& working : m_context.workingLegs) {
            if (working.symbol == leg.symbol && !isOpening(working.action))
                closable -= working.quantity;
        }
        if (quantity <= closable)
            return;
        if (m_request.strictPositionEffect)
            refuse("position_effect_validation_failed",
                   "Only " + std::max<Quantity>(closable, 0).toString() + " of " + leg.symbol + " can be closed.");
        else if (closable <= 0)
            leg.action = isBuy(leg.action) ? Action::BuyToOpen : Action::SellToOpen;
        else
            refuse("quantity_exceeds_position", "The order closes more than the position in " + leg.symbol + ".");
    }

    const wire::OrderRequest& m_request;
    const PreflightContext& m_context;
    const AccountBook& m_account;
    MarketModel& m_market;
    CheckedOrder m_order;
    std::vector<wire::Reason> m_reasons;
};

} // namespace

base::Instant lastTradingMoment(const Instrument& instrument)
{
    const bool isOfFutures =
        instrument.type == InstrumentType::Future || instrument.type == InstrumentType::FutureOption;
    if (isOfFutures)
        return instrument.expiresAt;
    if (!instrument.isOption())
        return base::Instant::max();
    if (instrument.settlement == market::Settlement::PM)
        return instrument.expiresAt;
    return market::sessionOn(market::previousTradingDay(instrument.option->expiry))->close;
}

Refusal preflightFailure(std::vector<wire::Reason> reasons)
{
    return {422, {"preflight_check_failure", "One or more preflight checks failed", std::move(reasons)}};
}

Refusal unknownRecord(std::string_view what)
{
    return {404, {"record_not_found", std::string(what) + " was not found", {}}};
}

Refusal cannotUpdate(std::string_view why)
{
    return {422, {"cannot_update_order", std::string(why), {}}};
}

Answer<CheckedOrder> preflight(const wire::OrderRequest& request, const PreflightContext& context,
                               const AccountBook& account, MarketModel& market)
{
    return Checks(request, context, account, market).run();
}

} // namespace vegadesk::venue

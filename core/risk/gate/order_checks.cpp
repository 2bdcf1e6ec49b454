#include "risk/gate/order_checks.h"

#include "market/calendar.h"
#include "market/symbols.h"
#include "risk/gate/book_cache.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

using base::Decimal;
using base::Quantity;
using base::SentenceNumber;
using base::translatable;
using market::contractName;
using market::InstrumentType;
using portfolio::OrderIntent;
using portfolio::OrderLeg;
using portfolio::OrderType;
using portfolio::PriceEffect;

const Decimal notionalMost = Decimal::fromInteger(10'000'000); ///< dollars, likewise
constexpr Quantity legQuantityMax = 100'000; ///< beyond any order of ours; keeps exact arithmetic in range

void add(std::vector<Refusal>& refusals, std::string code, base::Sentence sentence, double value = market::unknown,
         double limit = market::unknown)
{
    refusals.push_back({std::move(code), std::move(sentence), value, limit});
}

SentenceNumber count(Quantity number)
{
    return {number.toDouble(), number.isWhole() ? 0 : 5};
}

Quantity heldQuantity(const GateState& state, const std::string& symbol)
{
    Quantity quantity = 0;
    for (const portfolio::Position& position : state.positions)
        quantity += position.symbol == symbol ? position.quantity : 0;
    return quantity;
}

/// The broker's rules for an order of so many dollars.
void checkNotional(const OrderIntent& intent, std::vector<Refusal>& refusals)
{
    const bool isOneOfShares = intent.legs.size() == 1 && intent.legs.front().type == InstrumentType::Equity;
    if (!isOneOfShares)
        add(refusals, "leg_types", {translatable("Core", "An order for a value has one leg, of shares.")});
    else if (intent.legs.front().quantity != 0)
        add(refusals, "quantity", {translatable("Core", "An order for a value does not say how many shares.")});
    if (!intent.value || *intent.value < portfolio::notionalLeast || *intent.value > notionalMost)
        add(refusals, "value",
            {translatable("Core", "An order for a value is for %1 to %2 dollars."),
             {SentenceNumber{portfolio::notionalLeast.toDouble()}, SentenceNumber{notionalMost.toDouble()}}},
            intent.value ? intent.value->toDouble() : market::unknown, portfolio::notionalLeast.toDouble());
    if (intent.timeInForce != portfolio::TimeInForce::Day)
        add(refusals, "order_type", {translatable("Core", "An order for a value is for the day.")});
}

void checkLegs(const OrderIntent& intent, std::vector<Refusal>& refusals)
{
    if (intent.type == OrderType::NotionalMarket)
        return checkNotional(intent, refusals);
    if (intent.value)
        add(refusals, "value", {translatable("Core", "Only an order for a value takes one.")});
    if (intent.legs.empty() || intent.legs.size() > 4)
        add(refusals, "leg_count",
            {translatable("Core", "An order has 1 to 4 legs, not %1."), {count(std::ssize(intent.legs))}});
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const OrderLeg& leg = intent.legs[i];
        if (leg.quantity <= 0 || leg.quantity > legQuantityMax) {
            add(refusals, "quantity",
                {translatable("Core", "A quantity of %1 %2 is not possible; 1 to %3 are."),
                 {count(leg.quantity), contractName(leg.symbol), count(legQuantityMax)}},
                leg.quantity.toDouble(), legQuantityMax.toDouble());
        } else if (!leg.quantity.isWhole() && !portfolio::isDivisible(leg.type)) {
            add(refusals, "quantity",
                {translatable("Core", "%1 of %2 is not possible: contracts are traded whole."),
                 {count(leg.quantity), contractName(leg.symbol)}},
                leg.quantity.toDouble());
        } else if (!leg.quantity.isWhole() && intent.type != OrderType::Market) {
            add(refusals, "quantity",
                {translatable("Core",
                              "%1 of %2 is no whole number of shares: fractions are traded by market orders only."),
                 {count(leg.quantity), contractName(leg.symbol)}},
                leg.quantity.toDouble());
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (intent.legs[j].symbol == leg.symbol)
                add(refusals, "leg_symbol",
                    {translatable("Core", "%1 is in the order twice."), {contractName(leg.symbol)}});
        }
    }
    const bool hasShares =
        std::ranges::any_of(intent.legs, [](const OrderLeg& leg) { return leg.type != InstrumentType::EquityOption; });
    if (hasShares && intent.legs.size() > 1)
        add(refusals, "leg_types",
            {translatable("Core", "An order has either one leg of shares or up to four legs of options.")});
}

void checkInstrument(const OrderIntent& intent, const OrderLeg& leg, const GateState& state, BookCache& book,
                     std::vector<Refusal>& refusals)
{
    const bool isOption = leg.type == InstrumentType::EquityOption;
    const auto refuseKind = [&] {
        add(refusals, "unsupported_instrument",
            {translatable("Core", "%1 cannot be traded here: only shares and equity or index options can."),
             {contractName(leg.symbol)}});
    };
    if (!isOption && leg.type != InstrumentType::Equity)
        return refuseKind(); // known or not: futures are nothing that exposure, margin and fees are measured of
    const InstrumentState* const instrument = book.instrument(leg.symbol, state);
    if (!instrument || instrument->symbol != leg.symbol)
        return add(refusals, "unknown_instrument",
                   {translatable("Core", "%1 is not a known instrument."), {contractName(leg.symbol)}});
    if (instrument->type != leg.type || isOption != instrument->option.has_value())
        return refuseKind();
    if (instrument->underlying != intent.underlying)
        add(refusals, "underlying",
            {translatable("Core", "%1 belongs to %2, the order is for %3."),
             {contractName(leg.symbol), instrument->underlying, intent.underlying}});
    if (isOption && (instrument->option->expiry < market::newYorkDate(state.now) || !(instrument->years > 0)))
        add(refusals, "expired", {translatable("Core", "%1 has expired."), {contractName(leg.symbol)}});
    if (!instrument->isOpen)
        add(refusals, "market_closed",
            {translatable("Core", "The market of %1 is closed."), {contractName(leg.symbol)}});
}

void checkPositionEffect(const OrderLeg& leg, const GateState& state, std::vector<Refusal>& refusals)
{
    const Quantity held = heldQuantity(state, leg.symbol);
    const bool isBuy = portfolio::isBuy(leg.action);
    if (portfolio::isOpening(leg.action)) {
        if ((isBuy && held < 0) || (!isBuy && held > 0))
            add(refusals, "open_against_position",
                {held < 0 ? translatable("Core", "%1 is held short: a buy would close, not open.")
                          : translatable("Core", "%1 is held long: a sale would close, not open."),
                 {contractName(leg.symbol)}});
        return;
    }
    const Quantity closable = closableQuantity(state, leg.symbol, !isBuy);
    if (leg.quantity > closable)
        add(refusals, "close_quantity",
            {translatable("Core", "%1 of %2 cannot be closed: %3 held less what working orders close already."),
             {count(leg.quantity), contractName(leg.symbol), count(closable)}},
            leg.quantity.toDouble(), closable.toDouble());
}

/// A single leg trades on its own tick; a spread's net on the finest of its legs'.
Decimal tickOf(const OrderIntent& intent, std::span<const InstrumentState> instruments, Decimal price)
{
    if (intent.legs.size() == 1)
        return market::tickAt(instruments.front().ticks, price);
    std::optional<Decimal> finest;
    for (const InstrumentState& instrument : instruments) {
        for (const market::TickRung& rung : instrument.ticks)
            finest = finest ? std::min(*finest, rung.tick) : rung.tick;
        if (instrument.ticks.empty())
            finest = market::tickAt({}, price);
    }
    return finest.value_or(market::tickAt({}, price));
}

enum class PriceKind : std::uint8_t { Limit, Trigger };

void checkOnTick(const OrderIntent& intent, std::span<const InstrumentState> instruments, Decimal price, PriceKind kind,
                 std::vector<Refusal>& refusals)
{
    const bool isLimit = kind == PriceKind::Limit;
    if (price <= Decimal{})
        return add(refusals, isLimit ? "price" : "stop_trigger",
                   {isLimit ? translatable("Core", "A price of %1 is not possible: it must be above 0.")
                            : translatable("Core", "A stop trigger of %1 is not possible: it must be above 0."),
                    {price.toString()}},
                   price.toDouble(), 0);
    const Decimal tick = tickOf(intent, instruments, price);
    if (!price.isMultipleOf(tick))
        add(refusals, "price_tick",
            {isLimit ? translatable("Core", "The price %1 is not a multiple of the tick %2.")
                     : translatable("Core", "The stop trigger %1 is not a multiple of the tick %2."),
             {price.toString(), tick.toString()}},
            price.toDouble(), tick.toDouble());
}

void checkPriceForm(const OrderIntent& intent, std::span<const InstrumentState> instruments,
                    std::vector<Refusal>& refusals)
{
    const bool needsPrice = intent.type == OrderType::Limit || intent.type == OrderType::StopLimit;
    const bool needsTrigger = intent.type == OrderType::Stop || intent.type == OrderType::StopLimit;
    if (needsPrice != intent.price.has_value())
        add(refusals, "price",
            {needsPrice ? translatable("Core", "A limit order needs a price.")
                        : translatable("Core", "This type of order takes no price.")});
    if (needsTrigger != intent.stopTrigger.has_value())
        add(refusals, "stop_trigger",
            {needsTrigger ? translatable("Core", "A stop order needs a trigger.")
                          : translatable("Core", "This type of order takes no stop trigger.")});
    if (intent.price)
        checkOnTick(intent, instruments, *intent.price, PriceKind::Limit, refusals);
    if (intent.stopTrigger)
        checkOnTick(intent, instruments, *intent.stopTrigger, PriceKind::Trigger, refusals);
    if (needsPrice && intent.effect == PriceEffect::None)
        add(refusals, "price_effect", {translatable("Core", "The price must say whether it is paid or received.")});

    const auto buys = [](const OrderLeg& leg) { return portfolio::isBuy(leg.action); };
    if (intent.effect == PriceEffect::Credit && std::ranges::all_of(intent.legs, buys))
        add(refusals, "price_effect", {translatable("Core", "An order that only buys cannot be for a credit.")});
    if (intent.effect == PriceEffect::Debit && std::ranges::none_of(intent.legs, buys))
        add(refusals, "price_effect", {translatable("Core", "An order that only sells cannot be for a debit.")});
}

void checkTerms(const OrderIntent& intent, const GateState& state, std::vector<Refusal>& refusals)
{
    if (intent.type != OrderType::Limit && intent.legs.size() > 1)
        add(refusals, "order_type", {translatable("Core", "A spread can only be a limit order.")});
    const bool lasts =
        intent.timeInForce == portfolio::TimeInForce::Gtc || intent.timeInForce == portfolio::TimeInForce::Gtd;
    if (intent.type == OrderType::Market && lasts)
        add(refusals, "order_type", {translatable("Core", "A market order cannot stay for other days.")});
    const bool opens =
        std::ranges::any_of(intent.legs, [](const OrderLeg& leg) { return portfolio::isOpening(leg.action); });
    if (intent.type == OrderType::Stop && opens && lasts)
        add(refusals, "order_type",
            {translatable("Core", "A stop that opens a position cannot stay for other days: give it a limit.")});
    const bool needsDate = intent.timeInForce == portfolio::TimeInForce::Gtd;
    if (needsDate != intent.gtcDate.has_value())
        add(refusals, "gtc_date",
            {needsDate ? translatable("Core", "An order good till a date needs that date.")
                       : translatable("Core", "This order takes no date.")});
    else if (needsDate && *intent.gtcDate < market::newYorkDate(state.now))
        add(refusals, "gtc_date", {translatable("Core", "%1 has passed."), {base::formatDate(*intent.gtcDate)}});
}

/// The broker's own rule, and what lets the gate count one of both.
void checkReplacement(const OrderIntent& intent, const OrderIntent& replaced, std::vector<Refusal>& refusals)
{
    if (intent.underlying != replaced.underlying || intent.legs != replaced.legs)
        add(refusals, "replacement",
            {translatable("Core", "Only price, type and time in force of a working order can change; for other legs or "
                                  "quantities cancel it and send a new one.")});
    else if (isSameOrder(intent, replaced) && intent.gtcDate == replaced.gtcDate)
        add(refusals, "replacement", {translatable("Core", "Nothing of the order would change.")});
}

/// Only what is held can be sold in fractions.
void checkShortFraction(const OrderIntent& intent, std::vector<Refusal>& refusals)
{
    for (const OrderLeg& leg : intent.legs) {
        const bool isFraction = intent.type == OrderType::NotionalMarket || !leg.quantity.isWhole();
        if (isFraction && leg.action == portfolio::Action::SellToOpen)
            add(refusals, "short_fraction",
                {translatable("Core", "%1 is not held: only what is held is sold for an amount, or in fractions."),
                 {contractName(leg.symbol)}});
    }
}

} // namespace

base::Quantity closableQuantity(const GateState& state, const std::string& symbol, bool bySelling)
{
    const Quantity held = heldQuantity(state, symbol);
    Quantity closable = std::max<Quantity>(0, bySelling ? held : -held);
    for (const OrderIntent& working : state.workingOrders) {
        for (const OrderLeg& leg : working.legs) {
            if (leg.symbol == symbol && portfolio::isBuy(leg.action) != bySelling)
                closable -= leg.quantity;
        }
    }
    return std::max<Quantity>(0, closable);
}

std::vector<InstrumentState> instrumentsOf(const OrderIntent& intent, const GateState& state)
{
    BookCache book;
    return instrumentsOf(intent, state, book);
}

std::vector<InstrumentState> instrumentsOf(const OrderIntent& intent, const GateState& state, BookCache& book)
{
    std::vector<InstrumentState> instruments;
    for (const OrderLeg& leg : intent.legs) {
        if (const InstrumentState* const instrument = book.instrument(leg.symbol, state))
            instruments.push_back(*instrument);
    }
    return instruments;
}

void checkShape(const OrderIntent& intent, const GateState& state, BookCache& book, std::vector<Refusal>& refusals)
{
    checkLegs(intent, refusals);
    checkTerms(intent, state, refusals);
    checkShortFraction(intent, refusals);
    for (const OrderLeg& leg : intent.legs)
        checkInstrument(intent, leg, state, book, refusals);
    if (state.replaced)
        checkReplacement(intent, state.replaced->intent, refusals);
    if (!refusals.empty())
        return;
    const std::vector<InstrumentState> instruments = instrumentsOf(intent, state, book);
    const auto hasOther = [&](const InstrumentState& instrument) {
        return instrument.multiplier != instruments.front().multiplier || instrument.multiplier <= 0;
    };
    if (std::ranges::any_of(instruments, hasOther))
        add(refusals, "leg_types", {translatable("Core", "The legs' multipliers differ or are not positive.")});
    checkPriceForm(intent, instruments, refusals);
    for (const OrderLeg& leg : sizedNow(intent, state).legs)
        checkPositionEffect(leg, state, refusals);
}

OrderIntent claimOf(const OrderIntent& working, const GateState& state)
{
    OrderIntent claim = sizedNow(working, state);
    for (OrderLeg& leg : claim.legs) {
        if (working.value && leg.quantity == 0 && !portfolio::isOpening(leg.action))
            leg.quantity = heldQuantity(state, leg.symbol).abs();
    }
    return claim;
}

OrderIntent sizedNow(const OrderIntent& intent, const GateState& state)
{
    if (intent.type != OrderType::NotionalMarket || intent.legs.empty())
        return intent;
    const std::optional<InstrumentState> instrument = state.instrument(intent.legs.front().symbol);
    return inShares(intent, instrument ? instrument->quote : market::Quote{});
}

bool isSameOrder(const OrderIntent& a, const OrderIntent& b)
{
    return a.underlying == b.underlying && a.type == b.type && a.value == b.value && a.timeInForce == b.timeInForce &&
           a.price == b.price && a.effect == b.effect && a.stopTrigger == b.stopTrigger &&
           a.legs.size() == b.legs.size() && std::ranges::is_permutation(a.legs, b.legs);
}

} // namespace vegadesk::risk

#include "risk/order_checks.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

using base::Decimal;
using base::SentenceNumber;
using base::translatable;
using market::contractName;
using market::InstrumentType;
using portfolio::OrderIntent;
using portfolio::OrderLeg;
using portfolio::OrderType;
using portfolio::PriceEffect;

constexpr std::int64_t legQuantityMax = 100'000; ///< beyond any order of ours; keeps exact arithmetic in range

void add(std::vector<Refusal>& refusals, std::string code, base::Sentence sentence, double value = market::unknown,
         double limit = market::unknown)
{
    refusals.push_back({std::move(code), std::move(sentence), value, limit});
}

SentenceNumber count(std::int64_t number)
{
    return {static_cast<double>(number)};
}

std::int64_t heldQuantity(const GateState& state, const std::string& symbol)
{
    std::int64_t quantity = 0;
    for (const portfolio::Position& position : state.positions)
        quantity += position.symbol == symbol ? position.quantity : 0;
    return quantity;
}

void checkLegs(const OrderIntent& intent, std::vector<Refusal>& refusals)
{
    if (intent.legs.empty() || intent.legs.size() > 4)
        add(refusals, "leg_count",
            {translatable("Core", "An order has 1 to 4 legs, not %1."), {count(std::ssize(intent.legs))}});
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const OrderLeg& leg = intent.legs[i];
        if (leg.quantity < 1 || leg.quantity > legQuantityMax) {
            add(refusals, "quantity",
                {translatable("Core", "A quantity of %1 %2 is not possible; 1 to %3 are."),
                 {count(leg.quantity), contractName(leg.symbol), count(legQuantityMax)}},
                static_cast<double>(leg.quantity), static_cast<double>(legQuantityMax));
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

void checkInstrument(const OrderIntent& intent, const OrderLeg& leg, const GateState& state,
                     std::vector<Refusal>& refusals)
{
    const std::optional<InstrumentState> instrument = state.instrument(leg.symbol);
    if (!instrument || instrument->symbol != leg.symbol)
        return add(refusals, "unknown_instrument",
                   {translatable("Core", "%1 is not a known instrument."), {contractName(leg.symbol)}});
    const bool isOption = leg.type == InstrumentType::EquityOption;
    if ((!isOption && leg.type != InstrumentType::Equity) || instrument->type != leg.type ||
        isOption != instrument->option.has_value())
        return add(refusals, "unsupported_instrument",
                   {translatable("Core", "%1 cannot be traded here: only shares and equity or index options can."),
                    {contractName(leg.symbol)}});
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
    const std::int64_t held = heldQuantity(state, leg.symbol);
    const bool isBuy = portfolio::isBuy(leg.action);
    if (portfolio::isOpening(leg.action)) {
        if ((isBuy && held < 0) || (!isBuy && held > 0))
            add(refusals, "open_against_position",
                {held < 0 ? translatable("Core", "%1 is held short: a buy would close, not open.")
                          : translatable("Core", "%1 is held long: a sale would close, not open."),
                 {contractName(leg.symbol)}});
        return;
    }
    const std::int64_t closable = closableQuantity(state, leg.symbol, !isBuy);
    if (leg.quantity > closable)
        add(refusals, "close_quantity",
            {translatable("Core", "%1 of %2 cannot be closed: %3 held less what working orders close already."),
             {count(leg.quantity), contractName(leg.symbol), count(closable)}},
            static_cast<double>(leg.quantity), static_cast<double>(closable));
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

} // namespace

std::int64_t closableQuantity(const GateState& state, const std::string& symbol, bool bySelling)
{
    const std::int64_t held = heldQuantity(state, symbol);
    std::int64_t closable = std::max<std::int64_t>(0, bySelling ? held : -held);
    for (const OrderIntent& working : state.workingOrders) {
        for (const OrderLeg& leg : working.legs) {
            if (leg.symbol == symbol && portfolio::isBuy(leg.action) != bySelling)
                closable -= leg.quantity;
        }
    }
    return std::max<std::int64_t>(0, closable);
}

std::vector<InstrumentState> instrumentsOf(const OrderIntent& intent, const GateState& state)
{
    std::vector<InstrumentState> instruments;
    for (const OrderLeg& leg : intent.legs) {
        if (std::optional<InstrumentState> instrument = state.instrument(leg.symbol))
            instruments.push_back(*std::move(instrument));
    }
    return instruments;
}

void checkShape(const OrderIntent& intent, const GateState& state, std::vector<Refusal>& refusals)
{
    checkLegs(intent, refusals);
    checkTerms(intent, state, refusals);
    for (const OrderLeg& leg : intent.legs)
        checkInstrument(intent, leg, state, refusals);
    if (state.replaced)
        checkReplacement(intent, state.replaced->intent, refusals);
    if (!refusals.empty())
        return;
    const std::vector<InstrumentState> instruments = instrumentsOf(intent, state);
    const auto hasOther = [&](const InstrumentState& instrument) {
        return instrument.multiplier != instruments.front().multiplier || instrument.multiplier <= 0;
    };
    if (std::ranges::any_of(instruments, hasOther))
        add(refusals, "leg_types", {translatable("Core", "The legs' multipliers differ or are not positive.")});
    checkPriceForm(intent, instruments, refusals);
    for (const OrderLeg& leg : intent.legs)
        checkPositionEffect(leg, state, refusals);
}

double touchOf(const market::Quote& quote, bool isBuy)
{
    if (!isBuy)
        return quote.bid;
    return quote.ask > 0 ? quote.ask : market::unknown;
}

NetQuote netQuoteOf(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    std::vector<double> natural;
    std::vector<double> mid;
    double gross = 0;
    const std::int64_t units = portfolio::unitCount(intent);
    for (std::size_t i = 0; i < instruments.size() && i < intent.legs.size(); ++i) {
        const market::Quote& quote = instruments[i].quote;
        natural.push_back(touchOf(quote, portfolio::isBuy(intent.legs[i].action)));
        mid.push_back(quote.ask > 0 ? quote.mid() : market::unknown);
        gross += units > 0 ? natural.back() * static_cast<double>(intent.legs[i].quantity / units) : 0;
    }
    return {portfolio::netPrice(intent, natural), portfolio::netPrice(intent, mid), gross};
}

void checkPrice(const OrderIntent& intent, std::span<const InstrumentState> instruments, std::vector<Refusal>& refusals,
                std::vector<base::Sentence>* warnings)
{
    for (const InstrumentState& instrument : instruments) {
        using market::QuoteFlag;
        if (instrument.flags.has(QuoteFlag::Stale)) {
            if (warnings)
                warnings->push_back({translatable("Core", "The quote of %1 has not changed for a while: the market may "
                                                          "be elsewhere by now."),
                                     {contractName(instrument.symbol)}});
            else
                add(refusals, "quote",
                    {translatable("Core", "The quote of %1 is too old."), {contractName(instrument.symbol)}});
        }
        for (const auto& [flag, form] :
             {std::pair{QuoteFlag::Crossed, translatable("Core", "The quote of %1 is crossed.")},
              std::pair{QuoteFlag::Invalid, translatable("Core", "The quote of %1 is not valid.")}}) {
            if (instrument.flags.has(flag))
                add(refusals, "quote", {form, {contractName(instrument.symbol)}});
        }
    }
    const NetQuote net = netQuoteOf(intent, instruments);
    if (!std::isfinite(net.natural))
        return add(refusals, "unknown_value",
                   {translatable("Core", "A bid or ask that the order would trade at is not known.")});

    const bool isOption = intent.legs.front().type == InstrumentType::EquityOption;
    const auto allowance = [&](double around) {
        constexpr double least = 0.05;
        if (!isOption)
            return std::max(least, 0.01 * std::abs(around));
        return std::max({least, 0.10 * std::abs(around), 0.005 * net.gross});
    };
    const double limit = portfolio::signedLimit(intent);
    if (intent.type == OrderType::Stop || intent.type == OrderType::StopLimit) {
        // Triggered, it meets other quotes than today's: only its own two prices can be compared.
        const double trigger = intent.stopTrigger->toDouble();
        const double price = std::abs(limit);
        const double worse = portfolio::isBuy(intent.legs.front().action) ? price - trigger : trigger - price;
        if (intent.type == OrderType::StopLimit && worse > allowance(trigger))
            add(refusals, "price_band",
                {translatable("Core", "The limit is %1 beyond its trigger; at most %2 is allowed."),
                 {SentenceNumber{worse, 2}, SentenceNumber{allowance(trigger), 2}}},
                worse, allowance(trigger));
        return;
    }
    if (intent.type == OrderType::Market) {
        if (!(std::abs(net.natural) > 0))
            return add(refusals, "quote",
                       {translatable("Core", "Nobody pays anything for %1 now: use a limit."),
                        {contractName(intent.legs.front().symbol)}});
        if (!std::isfinite(net.mid))
            return add(refusals, "unknown_value",
                       {translatable("Core", "The other side of the quote is not known: use a limit.")});
        const double crossing = net.natural - net.mid;
        if (crossing > allowance(net.mid))
            add(refusals, "price_band",
                {translatable("Core",
                              "A market order would trade %1 away from the mid; at most %2 is allowed. Use a limit."),
                 {SentenceNumber{crossing, 2}, SentenceNumber{allowance(net.mid), 2}}},
                crossing, allowance(net.mid));
        return;
    }
    const double room = allowance(net.natural);
    if (limit - net.natural > room) {
        add(refusals, "price_band",
            {net.natural > 0
                 ? translatable("Core", "The price is %1 worse than the market's %2 debit; at most %3 is allowed.")
                 : translatable("Core", "The price is %1 worse than the market's %2 credit; at most %3 is allowed."),
             {SentenceNumber{limit - net.natural, 2}, SentenceNumber{std::abs(net.natural), 2},
              SentenceNumber{room, 2}}},
            limit - net.natural, room);
    } else if (limit * net.mid < 0 && limit * net.natural < 0 && std::abs(net.mid) > room &&
               std::abs(net.natural) > room) {
        add(refusals, "price_effect",
            {net.natural > 0 ? translatable("Core", "The market asks a debit of %1, the order says credit.")
                             : translatable("Core", "The market asks a credit of %1, the order says debit."),
             {SentenceNumber{std::abs(net.natural), 2}}},
            limit, net.natural);
    }
}

bool isSameOrder(const OrderIntent& a, const OrderIntent& b)
{
    return a.underlying == b.underlying && a.type == b.type && a.timeInForce == b.timeInForce && a.price == b.price &&
           a.effect == b.effect && a.stopTrigger == b.stopTrigger && a.legs.size() == b.legs.size() &&
           std::ranges::is_permutation(a.legs, b.legs);
}

} // namespace vegadesk::risk

#include "venue/exchange.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Decimal;
using base::Instant;
using base::Quantity;
using execution::LegQuote;
using market::Instrument;
using portfolio::isBuy;
using portfolio::OrderLeg;
using portfolio::OrderType;
using portfolio::Position;
using portfolio::signedQuantity;
using wire::OrderState;

constexpr std::int64_t firstDelivery = 900'000; ///< its id; far from those of orders

LegQuote legQuote(MarketModel& market, const Instrument& instrument, base::Instant at)
{
    LegQuote leg;
    leg.quote = market.quote(instrument, at);
    leg.flags = market::classify(leg.quote, at, base::Nanos(0));
    leg.tick = market::tickAt(instrument.ticks, toCents(leg.quote.mid()));
    return leg;
}

/// What is left of a leg, in whole units of the order.
std::int64_t ratioOf(const OrderLeg& leg, Quantity units)
{
    return leg.quantity / units;
}

} // namespace

Quantity Exchange::remainingUnits(const Entry& entry) const
{
    const wire::Leg& leg = entry.order.legs.front();
    return leg.remaining.part(ratioOf(leg.terms, entry.order.size));
}

bool Exchange::isTriggered(Entry& entry) const
{
    const OrderType type = entry.checked.intent.type;
    if (entry.isTriggered || (type != OrderType::Stop && type != OrderType::StopLimit))
        return true;
    // The mark, which for a share is its last trade as good as always; an option's last trade may be of this morning.
    const double price = m_market.mark(entry.checked.instruments.front(), m_now);
    const double trigger = entry.checked.intent.stopTrigger->toDouble();
    const bool buys = isBuy(entry.checked.intent.legs.front().action);
    entry.isTriggered = buys ? price >= trigger : price <= trigger;
    return entry.isTriggered;
}

void Exchange::tryFill(Entry& entry)
{
    if (!isTriggered(entry))
        return;
    std::vector<LegQuote> quotes;
    for (const Instrument& instrument : entry.checked.instruments)
        quotes.push_back(legQuote(m_market, instrument, m_now));
    if (entry.checked.intent.type == OrderType::NotionalMarket)
        return fillValue(entry, quotes.front());
    const execution::FillDecision decision =
        m_fillModel.fill(entry.checked.intent, quotes, remainingUnits(entry), {.isResting = entry.hasRested});
    if (decision.units > 0) {
        applyFill(entry, decision);
        return;
    }
    // What a taker's order leaves over for want of size takes the next quote; only an order that the market did not
    // reach has been on the book.
    if (execution::naturalPrice(entry.checked.intent, quotes) > portfolio::signedLimit(entry.checked.intent))
        entry.hasRested = true;
}

/// All at once, in whatever fraction it comes to, without asking for a size: the broker trades fractions itself.
void Exchange::fillValue(Entry& entry, const LegQuote& quote)
{
    portfolio::OrderIntent one = entry.checked.intent;
    one.type = OrderType::Market;
    one.legs.front().quantity = 1;
    execution::FillDecision decision = m_fillModel.fill(one, {&quote, 1}, 1, {});
    if (decision.units == 0)
        return;
    wire::Leg& leg = entry.order.legs.front();
    Quantity quantity = portfolio::sharesFor(entry.checked.intent.value.value(), decision.legPrices.front());
    if (!portfolio::isOpening(leg.terms.action)) // the price may have moved since it was checked against what is held
        quantity = std::min(quantity, m_book.quantity(leg.terms.symbol).abs());
    if (quantity == 0)
        return;
    entry.order.size = leg.terms.quantity = leg.remaining = decision.units = quantity;
    applyFill(entry, decision);
}

std::vector<OrderLeg> Exchange::legsLeft(const Entry& entry) const
{
    std::vector<OrderLeg> legs = entry.checked.intent.legs;
    if (entry.checked.intent.type == OrderType::NotionalMarket)
        return inShares(entry.checked.intent, m_market.quote(entry.checked.instruments.front(), m_now)).legs;
    for (std::size_t i = 0; i < legs.size(); ++i)
        legs[i].quantity = entry.order.legs[i].remaining;
    return legs;
}

void Exchange::applyFill(Entry& entry, const execution::FillDecision& decision)
{
    wire::Order& order = entry.order;
    ++entry.fillCount;
    for (std::size_t i = 0; i < order.legs.size(); ++i) {
        wire::Leg& leg = order.legs[i];
        const Quantity before = leg.terms.quantity - leg.remaining;
        const Quantity quantity = decision.units * ratioOf(leg.terms, order.size);
        const portfolio::Fill fill{order.id + "." + std::to_string(entry.fillCount) + "." + std::to_string(i + 1),
                                   order.id,
                                   leg.terms.symbol,
                                   leg.terms.action,
                                   quantity,
                                   decision.legPrices[i],
                                   base::fromUnixMillis(base::toUnixMillis(m_now))};
        const portfolio::Fees fees = portfolio::feesFor(leg.terms, order.underlying, today(), quantity, before);
        const Decimal moved = m_book.book(fill, entry.checked.instruments[i], fees);
        leg.remaining -= quantity;
        leg.fills.push_back({fill.fillId, quantity, fill.price, fill.at, "VENUE"});
        m_history.bookTrade(order, i, fill, entry.checked.instruments[i].multiplier, fees);
        if (leg.terms.type == market::InstrumentType::Future)
            m_history.correctValue(moved);
    }
    const bool isCancelled = order.state == OrderState::CancelRequested;
    if (order.state == OrderState::ReplaceRequested)
        entry.nextStepAt = m_now + m_settings.takerRetry; // it works on
    setState(entry, remainingUnits(entry) == 0 ? OrderState::Filled
                    : isCancelled              ? OrderState::CancelRequested
                                               : OrderState::Live);
    for (const wire::Leg& leg : order.legs)
        tellPosition(leg.terms.symbol);
    abortReplacement(entry, "the order that it was to replace filled before");
    onPartFilled(entry);
    if (m_listener != nullptr)
        m_listener->onBalance(balance());
}

std::vector<OrderLeg> Exchange::workingLegs(const Scope& scope) const
{
    std::vector<OrderLeg> legs;
    std::map<std::string, std::size_t> pairs; // which leg stands for both orders of an OCO pair
    for (const Entry* const working : m_working) {
        const Entry& entry = *working;
        const wire::Order& order = entry.order;
        const bool isOwn = scope.pair != nullptr && order.complexId == scope.pair->id;
        if (isTerminal(order.state) || entry.isDormant() || &entry == scope.replaced || isOwn)
            continue;
        const bool isOfPair = order.complexTag.starts_with("OCO::") || order.complexTag.ends_with("::oco-1-order");
        for (const OrderLeg& leg : legsLeft(entry)) {
            if (leg.quantity == 0)
                continue;
            const auto [known, isNew] = pairs.try_emplace(
                isOfPair ? order.complexId + std::string(portfolio::toWire(leg.action)) + leg.symbol : order.id,
                legs.size());
            if (isOfPair && !isNew) {
                legs[known->second].quantity = std::max(legs[known->second].quantity, leg.quantity);
                continue;
            }
            legs.push_back(leg);
        }
    }
    return legs;
}

void Exchange::addWorking(std::vector<HoldingChange>& changes, double& cash, const Scope& scope) const
{
    for (const Entry* const working : m_working) {
        const Entry& entry = *working;
        if (isTerminal(entry.order.state) || entry.isDormant() || &entry == scope.replaced)
            continue;
        // Closing orders free buying power once they fill, not before.
        const std::vector<OrderLeg> legs = legsLeft(entry);
        if (std::ranges::none_of(legs, [](const OrderLeg& leg) { return portfolio::isOpening(leg.action); }))
            continue;
        for (std::size_t i = 0; i < legs.size(); ++i) {
            changes.push_back({entry.checked.instruments[i], signedQuantity(legs[i].action, legs[i].quantity)});
        }
        const double limit = portfolio::signedLimit(entry.checked.intent);
        const bool isFuture = legs.front().type == market::InstrumentType::Future; // nothing is paid to open one
        if (std::isfinite(limit) && !isFuture)
            cash -= limit * remainingUnits(entry).toDouble() * entry.checked.instruments.front().multiplier;
    }
}

wire::AccountBalance Exchange::balance() const
{
    std::vector<HoldingChange> working;
    double cash = 0;
    addWorking(working, cash, {});
    return m_book.balanceReport(m_now, working, cash);
}

Exchange::Figures Exchange::figuresOf(const CheckedOrder& checked, const Scope& scope) const
{
    CheckedOrder order = checked;
    order.intent = inShares(checked.intent, m_market.quote(order.instruments.front(), m_now));
    Figures figures;
    const portfolio::Fees fees = portfolio::feesFor(order.intent, today());
    figures.fees.commission = fees.commission;
    figures.fees.clearing = fees.clearing;
    figures.fees.regulatory = fees.regulatory;
    figures.fees.proprietaryIndexOption = fees.indexOption;
    figures.fees.total = fees.total();
    figures.fees.regulatoryItems = {{"orf", fees.regulatory}};

    std::vector<HoldingChange> changes;
    double cash = 0;
    addWorking(changes, cash, scope);
    const double before = m_book.buyingPower(m_now, changes, cash);
    double natural = 0;
    std::vector<HoldingChange> own;
    for (std::size_t i = 0; i < order.instruments.size(); ++i) {
        const OrderLeg& leg = order.intent.legs[i];
        const market::Quote quote = m_market.quote(order.instruments[i], m_now);
        const double price = isBuy(leg.action) ? quote.ask : quote.bid;
        const Quantity quantity = signedQuantity(leg.action, leg.quantity);
        natural += price * quantity.toDouble();
        own.push_back({order.instruments[i], quantity});
    }
    const double limit = portfolio::signedLimit(order.intent);
    const double units = portfolio::unitCount(order.intent).toDouble();
    const Instrument& first = order.instruments.front();
    const double price = first.type == market::InstrumentType::Future ? 0
                         : std::isfinite(limit)                       ? limit * units
                                                                      : natural;
    const double paid = price * first.multiplier;
    changes.insert(changes.end(), own.begin(), own.end());
    const double after = m_book.buyingPower(m_now, changes, cash - paid) - fees.total().toDouble();

    wire::BuyingPowerEffect& power = figures.buyingPower;
    power.currentBuyingPower = toCents(before);
    power.newBuyingPower = toCents(after);
    power.changeInBuyingPower = power.newBuyingPower - power.currentBuyingPower;
    power.changeInMargin = power.changeInBuyingPower + fees.total();
    power.isolatedMargin = power.changeInMargin;
    power.isSpread = order.intent.legs.size() > 1;
    return figures;
}

void Exchange::settleExpired()
{
    const auto hasEnded = [this](const Instrument* known, bool isOption) {
        return known != nullptr && known->isOption() == isOption && known->expiresAt != Instant{} &&
               known->expiresAt <= m_now;
    };
    for (const Position& position : m_book.positions()) {
        const Instrument* known = m_book.instrument(position.symbol);
        if (!hasEnded(known, true) || position.quantity == 0)
            continue;
        const Instrument option = *known;
        // Without a settlement value nothing is invented: the position stays for a person to look at.
        if (const auto value = m_market.settlementPrice(option.underlying, option.option->expiry, option.settlement))
            settle(position, option, *value);
    }
    // Those that options have just delivered among them.
    for (const Position& position : m_book.positions()) {
        const Instrument* known = m_book.instrument(position.symbol);
        if (!hasEnded(known, false) || position.quantity == 0)
            continue;
        const Instrument future = *known;
        const auto value =
            m_market.settlementPrice(future.symbol, market::newYorkDate(future.expiresAt), future.settlement);
        if (!value)
            continue;
        wire::Transaction& removal = bookSettlement(future, -position.quantity, toCents(*value));
        removal.action.reset();
        removal.subType = "Cash Settled Expiration";
    }
}

/// Pays what each future made since the last close.
void Exchange::settleFutures()
{
    const auto price = [this](const Instrument& future) {
        return m_market.settlementPrice(future.symbol, today(), market::Settlement::PM);
    };
    for (const AccountBook::Variation& one : m_book.settleFutures(price)) {
        m_history.bookMarkToMarket(m_settings.account, one.instrument, one.price, one.amount, m_now);
        tellPosition(one.instrument.symbol);
    }
}

void Exchange::settle(const Position& position, const Instrument& option, double settlementPrice)
{
    const double strike = option.option->strike.toDouble();
    const bool isCall = option.option->right == market::Right::Call;
    const Decimal intrinsic = toCents(std::max(0.0, isCall ? settlementPrice - strike : strike - settlementPrice));
    const Instrument* underlying = m_market.find(option.underlying, today());
    const bool isCash = underlying == nullptr || underlying->type == market::InstrumentType::Index;
    const bool isExercised = !intrinsic.isZero();
    const bool isLong = position.quantity > 0;
    wire::Transaction& removal = bookSettlement(option, -position.quantity, isCash ? intrinsic : Decimal{});
    removal.action.reset(); // the broker does not say which side it closed
    removal.price = option.option->strike;
    removal.subType = !isExercised ? "Expiration"
                      : isCash     ? (isLong ? "Cash Settled Exercise" : "Cash Settled Assignment")
                                   : (isLong ? "Exercise" : "Assignment");
    // OCC exercises what is in the money by a cent; stock, or one future, then changes hands at the strike.
    if (!isCash && isExercised) {
        const int each = option.type == market::InstrumentType::FutureOption ? 1 : option.multiplier;
        const Quantity shares = position.quantity * each * (isCall ? 1 : -1);
        bookSettlement(*underlying, shares, option.option->strike);
    }
}

wire::Transaction& Exchange::bookSettlement(const Instrument& instrument, Quantity quantity, Decimal price)
{
    const Quantity held = m_book.quantity(instrument.symbol);
    const bool closes = (held > 0 && quantity < 0) || (held < 0 && quantity > 0);
    const auto action = quantity > 0 ? (closes ? portfolio::Action::BuyToClose : portfolio::Action::BuyToOpen)
                                     : (closes ? portfolio::Action::SellToClose : portfolio::Action::SellToOpen);
    wire::Transaction& row = m_deliveries.emplace_back();
    row.id = std::to_string(firstDelivery + static_cast<std::int64_t>(m_deliveries.size()));
    row.account = m_settings.account;
    row.type = "Receive Deliver";
    row.subType = portfolio::toWire(action);
    row.description = "Settlement of " + instrument.symbol;
    row.symbol = instrument.symbol;
    row.underlying = instrument.underlying;
    row.instrumentType = instrument.type;
    row.action = action;
    row.quantity = quantity.abs();
    row.price = price;
    row.value = row.netValue = price * (-quantity * instrument.multiplier);
    row.executedAt = m_now;
    row.details.date = today();
    row.details.currency = "USD";
    const portfolio::Fill fill{row.id, "settlement", instrument.symbol, action, quantity.abs(), price, m_now};
    const Decimal moved = m_book.book(fill, instrument, {});
    if (instrument.type == market::InstrumentType::Future)
        row.value = row.netValue = moved;
    tellPosition(instrument.symbol);
    if (m_listener != nullptr)
        m_listener->onBalance(balance());
    return row;
}

} // namespace vegadesk::venue

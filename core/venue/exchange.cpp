#include "venue/exchange.h"

#include "market/calendar.h"
#include "venue/trading_hours.h"

#include <algorithm>
#include <cassert>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Decimal;
using base::Instant;
using portfolio::isBuy;
using portfolio::OrderLeg;
using portfolio::Position;
using wire::OrderState;

Instant toMillis(Instant at)
{
    return base::fromUnixMillis(base::toUnixMillis(at));
}

bool isOnFutures(const OrderLeg& leg)
{
    return leg.type == market::InstrumentType::Future || leg.type == market::InstrumentType::FutureOption;
}

bool isCancellable(OrderState state)
{
    return state == OrderState::Live || state == OrderState::Received || state == OrderState::Contingent;
}

} // namespace

Exchange::Exchange(ExchangeSettings settings, MarketModel& market, Instant start)
    : m_settings(std::move(settings)), m_market(market), m_fillModel(m_settings.fills),
      m_book(m_settings.account, market), m_history(start), m_start(start), m_now(start)
{
    m_boundary = nextBoundary();
    m_history.bookDeposit(m_settings.account, m_settings.startCash, m_now);
    if (m_settings.withExamplePositions)
        placeExamples();
    else
        m_book.start({}, m_settings.startCash, m_now);
}

Exchange::Exchange(ExchangeSettings settings, MarketModel& market, Instant start, const ExchangeState& state)
    : m_settings(std::move(settings)), m_market(market), m_fillModel(m_settings.fills),
      m_book(m_settings.account, market), m_history(state.history), m_start(start), m_now(state.now),
      m_complexOrders(state.complexOrders), m_nextOrderId(state.nextOrderId), m_nextComplexId(state.nextComplexId),
      m_deliveries(state.deliveries), m_dividendsDue(state.dividendsDue), m_hasExamples(state.hasExamples)
{
    m_boundary = nextBoundary();
    m_book.restore(state.account);
    for (const ExchangeState::PlacedOrder& placed : state.orders) {
        Entry& entry = m_orders.emplace_back();
        entry.order = placed.order;
        entry.checked = {wire::toBrokerOrder(placed.order).intent, placed.instruments,
                         wire::read<wire::OrderRules>(placed.order.rules).value_or(wire::OrderRules())};
        entry.nextStepAt = placed.nextStepAt;
        entry.hasRested = placed.hasRested;
        entry.isTriggered = placed.isTriggered;
        entry.fillCount = placed.fillCount;
        if (!isTerminal(entry.order.state))
            m_working.push_back(&entry);
    }
}

void Exchange::reset()
{
    m_working.clear();
    m_orders.clear();
    m_complexOrders.clear();
    m_deliveries.clear();
    m_dividendsDue.clear();
    m_hasExamples = false;
    AccountState account;
    account.ledger.cash = m_settings.startCash;
    m_book.restore(account);
    AccountHistoryState past;
    past.sampledAt = m_now;
    past.booked = m_history.state().booked; // nor do the numbers of transactions begin again
    m_history = AccountHistory(std::move(past));
    m_history.bookDeposit(m_settings.account, m_settings.startCash, m_now);
}

bool Exchange::isUntouched() const
{
    return m_orders.empty() && m_book.positions().empty() && m_book.state().ledger.cash == m_settings.startCash;
}

void Exchange::restartAt(Instant at)
{
    assert(isUntouched());
    m_start = m_now = at;
    m_boundary = nextBoundary();
    reset();
}

ExchangeState Exchange::state() const
{
    ExchangeState state{.now = m_now,
                        .nextOrderId = m_nextOrderId,
                        .nextComplexId = m_nextComplexId,
                        .hasExamples = m_hasExamples,
                        .account = m_book.state(),
                        .orders = {},
                        .complexOrders = m_complexOrders,
                        .deliveries = m_deliveries,
                        .dividendsDue = m_dividendsDue,
                        .history = m_history.state()};
    for (const Entry& entry : m_orders) {
        ExchangeState::PlacedOrder& placed = state.orders.emplace_back();
        placed.order = entry.order;
        if (isTerminal(entry.order.state))
            continue;
        placed.instruments = entry.checked.instruments;
        placed.nextStepAt = entry.nextStepAt;
        placed.hasRested = entry.hasRested;
        placed.isTriggered = entry.isTriggered;
        placed.fillCount = entry.fillCount;
    }
    return state;
}

void Exchange::placeExamples()
{
    const std::vector<Position> positions = examplePositions(m_settings.account, m_market, m_now);
    m_hasExamples = !positions.empty();
    Decimal cash = m_settings.startCash;
    for (const Position& position : positions) {
        cash -= position.averageOpenPrice * (position.quantity * position.multiplier);
        m_history.bookDelivery(position, m_now);
    }
    m_book.start(positions, cash, m_now);
}

Date Exchange::today() const
{
    return market::newYorkDate(m_now);
}

bool Exchange::isMarketOpen() const
{
    return market::isOpen(m_now);
}

wire::Account Exchange::account() const
{
    wire::Account account;
    account.number = m_settings.account;
    account.nickname = m_hasExamples ? "Simulated (example positions)" : "Simulated";
    account.externalId = "A0000000001";
    account.isFuturesApproved = !m_market.futures(today()).empty();
    account.objective = "SPECULATION";
    account.openedAt = m_start;
    account.fundedOn = market::newYorkDate(m_start);
    return account;
}

std::vector<wire::AccountPosition> Exchange::positions(bool includeClosed) const
{
    std::vector<wire::AccountPosition> reports;
    for (const Position& position : m_book.positions()) {
        if (position.quantity != 0 || includeClosed)
            reports.push_back(m_book.positionReport(position, m_now));
    }
    return reports;
}

const wire::Order* Exchange::order(std::string_view id) const
{
    const auto found =
        std::ranges::find(m_orders, id, [](const Entry& entry) -> std::string_view { return entry.order.id; });
    return found == m_orders.end() ? nullptr : &found->order;
}

std::vector<const wire::Order*> Exchange::orders() const
{
    std::vector<const wire::Order*> all;
    for (auto entry = m_orders.rbegin(); entry != m_orders.rend(); ++entry)
        all.push_back(&entry->order);
    return all;
}

std::vector<const wire::Order*> Exchange::liveOrders() const
{
    std::vector<const wire::Order*> live = orders();
    std::erase_if(live, [&](const wire::Order* order) {
        return isTerminal(order->state) && market::newYorkDate(order->updatedAt) != today();
    });
    return live;
}

Exchange::Entry* Exchange::find(std::string_view id)
{
    const auto found =
        std::ranges::find(m_orders, id, [](const Entry& entry) -> std::string_view { return entry.order.id; });
    return found == m_orders.end() ? nullptr : &*found;
}

Answer<Exchange::Entry> Exchange::check(const wire::OrderRequest& request, Figures& figures, const Scope& scope)
{
    const bool isOfFutures = std::ranges::any_of(request.intent.legs, isOnFutures);
    PreflightContext context{
        isOfFutures ? isTrading(TradingHours::Futures, m_now) : isMarketOpen(), today(), m_now, workingLegs(scope), {}};
    if (scope.expected != nullptr) {
        context.isMarketOpen = true; // by the time that its trigger has filled
        for (const OrderLeg& leg : *scope.expected)
            context.expected[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
    }
    Answer<CheckedOrder> checked = preflight(request, context, m_book, m_market);
    if (!checked)
        return tl::make_unexpected(checked.error());
    figures = figuresOf(*checked, scope);
    const wire::BuyingPowerEffect& power = figures.buyingPower;
    if (scope.expected == nullptr && power.newBuyingPower.isNegative() && power.changeInBuyingPower.isNegative()) {
        return tl::make_unexpected(preflightFailure(
            {{"margin_check_failed", "You do not have enough buying power: " + power.currentBuyingPower.toFixed(2) +
                                         " is available, the order needs " + (-power.changeInBuyingPower).toFixed(2) +
                                         "."}}));
    }
    Entry entry;
    const portfolio::OrderIntent& intent = checked->intent;
    wire::Order& order = entry.order;
    order.account = m_settings.account;
    order.externalId = request.externalId;
    order.source = request.source;
    order.partitionKey = request.partitionKey;
    order.preflightId = request.preflightId;
    order.rules = request.rules;
    order.type = intent.type;
    order.timeInForce = intent.timeInForce;
    order.typeText = request.typeText;
    order.timeInForceText = request.timeInForceText;
    order.gtcDate = intent.gtcDate;
    order.price = intent.price;
    order.effect = intent.effect;
    order.stopTrigger = intent.stopTrigger;
    order.value = intent.value;
    order.valueEffect = request.valueEffect;
    order.underlying = intent.underlying;
    if (const auto* underlying = m_market.find(intent.underlying, today()))
        order.underlyingType = underlying->type;
    for (const OrderLeg& leg : intent.legs)
        order.legs.push_back({leg, leg.quantity, {}});
    order.size = portfolio::unitCount(intent);
    order.state = OrderState::Received;
    order.isCancellable = order.isEditable = true;
    order.receivedAt = toMillis(m_now);
    entry.checked = std::move(*checked);
    return entry;
}

TradingHours Exchange::hoursOf(const Entry& entry)
{
    return isOnFutures(entry.order.legs.front().terms) ? TradingHours::Futures
                                                       : tradingHoursOf(entry.order.timeInForceText);
}

bool Exchange::isOpenFor(const Entry& entry) const
{
    return isTrading(hoursOf(entry), m_now);
}

std::vector<wire::Reason> Exchange::warningsFor(const Entry& entry) const
{
    if (isOpenFor(entry))
        return {};
    return {{"tif.next_valid_session", "Your order will begin working during next valid session"}};
}

/// Lets it in, under an id of its own.
Exchange::Entry& Exchange::take(Entry entry)
{
    m_orders.push_back(std::move(entry));
    Entry& taken = m_orders.back();
    m_working.push_back(&taken);
    taken.order.id = std::to_string(m_nextOrderId++);
    taken.nextStepAt = m_now + m_settings.latency;
    return taken;
}

Answer<wire::OrderAnswer> Exchange::dryRun(const wire::OrderRequest& request)
{
    Figures figures;
    Answer<Entry> entry = check(request, figures, {});
    if (!entry)
        return tl::make_unexpected(entry.error());
    auto warnings = warningsFor(*entry);
    return wire::OrderAnswer{std::move(entry->order), figures.buyingPower, figures.fees, std::move(warnings), {}};
}

Answer<wire::OrderAnswer> Exchange::place(const wire::OrderRequest& request)
{
    Figures figures;
    Answer<Entry> checked = check(request, figures, {});
    if (!checked)
        return tl::make_unexpected(checked.error());
    Entry& entry = take(std::move(*checked));
    begin(entry);
    if (m_listener != nullptr)
        m_listener->onBalance(balance()); // it holds buying power from now on
    return wire::OrderAnswer{entry.order, figures.buyingPower, figures.fees, warningsFor(entry), {}};
}

Answer<wire::Order> Exchange::cancel(std::string_view id)
{
    Entry* const found = find(id);
    if (found == nullptr)
        return tl::make_unexpected(unknownRecord("order " + std::string(id)));
    if (!isCancellable(found->order.state))
        return tl::make_unexpected(cannotUpdate("the order could not be cancelled"));
    if (found->order.state == OrderState::Live) {
        setState(*found, OrderState::CancelRequested);
        found->nextStepAt = m_now + m_settings.latency;
    } else {
        finish(*found, OrderState::Cancelled);
    }
    return found->order;
}

void Exchange::setState(Entry& entry, OrderState state)
{
    wire::Order& order = entry.order;
    order.state = state;
    order.isCancellable = order.isEditable = isCancellable(state);
    order.updatedAt = toMillis(m_now);
    if (state != OrderState::Contingent)
        order.contingentStatus.clear();
    if (state == OrderState::Live && !order.liveAt)
        order.liveAt = order.updatedAt;
    if (isTerminal(state))
        order.terminalAt = order.updatedAt;
    if (state == OrderState::Cancelled)
        order.cancelledAt = order.updatedAt;
    if (m_listener != nullptr)
        m_listener->onOrder(order);
    tellComplex(order);
}

void Exchange::finish(Entry& entry, OrderState state, std::string reason)
{
    entry.order.rejectReason = std::move(reason);
    setState(entry, state);
    abortReplacement(entry, "the order that it was to replace was over before");
    onPartOver(entry);
    if (m_listener != nullptr)
        m_listener->onBalance(balance());
}

void Exchange::tellPosition(std::string_view symbol)
{
    if (m_listener == nullptr)
        return;
    for (const Position& position : m_book.positions()) {
        if (position.symbol == symbol)
            m_listener->onPosition(m_book.positionReport(position, m_now));
    }
}

} // namespace vegadesk::venue

#include "venue/exchange.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>

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

bool isCancellable(OrderState state)
{
    return state == OrderState::Live || state == OrderState::Received || state == OrderState::Contingent;
}

Refusal notFound(std::string_view what)
{
    return {404, {"record_not_found", std::string(what) + " was not found", {}}};
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
      m_book(m_settings.account, market), m_history(state.history), m_start(start), m_now(state.now), m_nextOrderId(state.nextOrderId),
      m_deliveries(state.deliveries), m_hasExamples(state.hasExamples)
{
    m_boundary = nextBoundary();
    m_book.restore(state.account);
    for (const ExchangeState::PlacedOrder& placed : state.orders) {
        Entry& entry = m_orders.emplace_back();
        entry.order = placed.order;
        entry.checked = {wire::toBrokerOrder(placed.order).intent, placed.instruments};
        entry.nextStepAt = placed.nextStepAt;
        entry.hasRested = placed.hasRested;
        entry.isTriggered = placed.isTriggered;
        entry.fillCount = placed.fillCount;
        if (!isTerminal(entry.order.state))
            m_working.push_back(&entry);
    }
}

ExchangeState Exchange::state() const
{
    ExchangeState state{.now = m_now,
                        .nextOrderId = m_nextOrderId,
                        .hasExamples = m_hasExamples,
                        .account = m_book.state(),
                        .orders = {},
                        .deliveries = m_deliveries,
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

Answer<Exchange::Entry> Exchange::check(const wire::OrderRequest& request, Figures& figures)
{
    const PreflightContext context{isMarketOpen(), today(), m_now, workingLegs()};
    Answer<CheckedOrder> checked = preflight(request, context, m_book, m_market);
    if (!checked)
        return tl::make_unexpected(checked.error());
    figures = figuresOf(*checked);
    const wire::BuyingPowerEffect& power = figures.buyingPower;
    if (power.newBuyingPower.isNegative() && power.changeInBuyingPower.isNegative()) {
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
    order.type = intent.type;
    order.timeInForce = intent.timeInForce;
    order.gtcDate = intent.gtcDate;
    order.price = intent.price;
    order.effect = intent.effect;
    order.stopTrigger = intent.stopTrigger;
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

Answer<wire::OrderAnswer> Exchange::dryRun(const wire::OrderRequest& request)
{
    Figures figures;
    Answer<Entry> entry = check(request, figures);
    if (!entry)
        return tl::make_unexpected(entry.error());
    wire::OrderAnswer answer{std::move(entry->order), figures.buyingPower, figures.fees, {}, {}};
    if (!isMarketOpen())
        answer.warnings.push_back(
            {"tif.next_valid_session", "Your order will begin working during next valid session"});
    return answer;
}

Answer<wire::OrderAnswer> Exchange::place(const wire::OrderRequest& request)
{
    Figures figures;
    Answer<Entry> checked = check(request, figures);
    if (!checked)
        return tl::make_unexpected(checked.error());
    m_orders.push_back(std::move(*checked));
    Entry& entry = m_orders.back();
    m_working.push_back(&entry);
    entry.order.id = std::to_string(m_nextOrderId++);
    entry.nextStepAt = m_now + m_settings.latency;
    setState(entry, isMarketOpen() ? OrderState::Routed : OrderState::Received);
    if (m_listener != nullptr)
        m_listener->onBalance(balance()); // it holds buying power from now on
    wire::OrderAnswer answer{entry.order, figures.buyingPower, figures.fees, {}, {}};
    if (!isMarketOpen())
        answer.warnings.push_back(
            {"tif.next_valid_session", "Your order will begin working during next valid session"});
    return answer;
}

Answer<wire::Order> Exchange::cancel(std::string_view id)
{
    const auto found =
        std::ranges::find(m_orders, id, [](const Entry& entry) -> std::string_view { return entry.order.id; });
    if (found == m_orders.end())
        return tl::make_unexpected(notFound("order " + std::string(id)));
    if (!isCancellable(found->order.state))
        return tl::make_unexpected(Refusal{422, {"cannot_update_order", "the order could not be cancelled", {}}});
    if (found->order.state == OrderState::Received) {
        finish(*found, OrderState::Cancelled);
    } else {
        setState(*found, OrderState::CancelRequested);
        found->nextStepAt = m_now + m_settings.latency;
    }
    return found->order;
}

void Exchange::setState(Entry& entry, OrderState state)
{
    wire::Order& order = entry.order;
    order.state = state;
    order.isCancellable = order.isEditable = isCancellable(state);
    order.updatedAt = toMillis(m_now);
    if (state == OrderState::Live && !order.liveAt)
        order.liveAt = order.updatedAt;
    if (isTerminal(state))
        order.terminalAt = order.updatedAt;
    if (state == OrderState::Cancelled)
        order.cancelledAt = order.updatedAt;
    if (m_listener != nullptr)
        m_listener->onOrder(order);
}

void Exchange::finish(Entry& entry, OrderState state, std::string reason)
{
    entry.order.rejectReason = std::move(reason);
    setState(entry, state);
    if (m_listener != nullptr)
        m_listener->onBalance(balance());
}

Instant Exchange::nextBoundary() const
{
    // Opens, closes and New York midnights; settlements fall on opens and closes.
    const Date date = today();
    Instant next = market::fromNewYork(date + std::chrono::days(1), std::chrono::seconds(0));
    if (const auto session = market::sessionOn(date)) {
        for (const Instant candidate : {session->open, session->close}) {
            if (candidate > m_now)
                next = std::min(next, candidate);
        }
    }
    return next;
}

void Exchange::advanceTo(Instant now)
{
    // Everything happens at its own moment, not at the caller's: how often this is called changes nothing.
    while (true) {
        const auto first =
            std::ranges::min_element(m_working, {}, [](const Entry* entry) { return entry->nextStepAt; });
        const bool isStep = first != m_working.end() && (*first)->nextStepAt <= std::min(now, m_boundary);
        if (isStep) {
            Entry& entry = **first;
            sampleUntil(entry.nextStepAt);
            m_now = std::max(m_now, entry.nextStepAt);
            step(entry);
        } else if (m_boundary <= now) {
            sampleUntil(m_boundary);
            m_now = m_boundary;
            m_boundary = nextBoundary();
            onBoundary();
        } else {
            break;
        }
        std::erase_if(m_working, [](const Entry* entry) { return isTerminal(entry->order.state); });
    }
    sampleUntil(now);
    m_now = std::max(m_now, now);
}

/// Before whatever happens at `until`: until then the account is what it is now.
void Exchange::sampleUntil(Instant until)
{
    m_history.sampleUntil(until, [this](Instant at) { return m_book.netLiquidation(at); });
}

void Exchange::onBoundary()
{
    const auto session = market::sessionOn(today());
    if (!session)
        return;
    settleExpired();
    if (m_now == session->open) {
        forgetOldOrders();
        m_book.startDay(market::sessionOn(market::previousTradingDay(today()))->close);
        m_history.bookBalance(m_book.balanceReport(m_now, {}, 0), "BOD");
        for (const Position& position : m_book.positions())
            tellPosition(position.symbol);
        if (m_listener != nullptr)
            m_listener->onBalance(balance());
    } else if (m_now == session->close) {
        for (Entry* const working : m_working) {
            Entry& entry = *working;
            const wire::Order& order = entry.order;
            if (isTerminal(order.state) || order.state == OrderState::Received)
                continue;
            const bool isLastDay = order.timeInForce == portfolio::TimeInForce::Day ||
                                   order.timeInForce == portfolio::TimeInForce::Ioc ||
                                   (order.gtcDate && *order.gtcDate <= today());
            const bool hasExpiredLeg =
                std::ranges::any_of(entry.checked.instruments,
                                    [&](const market::Instrument& leg) { return lastTradingMoment(leg) <= m_now; });
            if (order.state == OrderState::CancelRequested)
                finish(entry, OrderState::Cancelled);
            else if (isLastDay || hasExpiredLeg)
                finish(entry, OrderState::Expired);
        }
        m_history.bookBalance(m_book.balanceReport(m_now, {}, 0), "EOD");
    }
}

/// Or a list that is walked for every request would grow for as long as the account lives.
void Exchange::forgetOldOrders()
{
    std::erase_if(m_working, [](const Entry* entry) { return isTerminal(entry->order.state); });
    std::size_t over = m_orders.size() - m_working.size();
    std::erase_if(m_orders, [&](const Entry& entry) {
        const wire::Order& order = entry.order;
        const bool isOld = isTerminal(order.state) && market::newYorkDate(order.updatedAt) != today();
        const bool isForgotten = isOld && over > overOrdersMost;
        over -= isForgotten ? 1 : 0;
        return isForgotten;
    });
}

Instant Exchange::nextOpen() const
{
    const Date date = today();
    const auto session = market::sessionOn(date);
    return session && m_now < session->open ? session->open : market::sessionOn(market::nextTradingDay(date))->open;
}

void Exchange::step(Entry& entry)
{
    const OrderState state = entry.order.state;
    if (state == OrderState::CancelRequested) {
        finish(entry, OrderState::Cancelled);
        return;
    }
    if (!isMarketOpen()) {
        entry.nextStepAt = nextOpen();
        return;
    }
    if (state == OrderState::Received) {
        setState(entry, OrderState::Routed);
        entry.nextStepAt = m_now + m_settings.latency;
    } else if (state == OrderState::Routed && m_isSessionOffline) {
        finish(entry, OrderState::Rejected, "Session offline");
    } else if (state == OrderState::Routed) {
        setState(entry, OrderState::Live); // and at once looked at
    } else {
        tryFill(entry);
        if (!isTerminal(entry.order.state) && entry.order.timeInForce == portfolio::TimeInForce::Ioc)
            finish(entry, OrderState::Cancelled);
        else
            entry.nextStepAt = m_now + (entry.hasRested ? m_settings.restingRetry : m_settings.takerRetry);
    }
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

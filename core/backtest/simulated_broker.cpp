#include "backtest/simulated_broker.h"

#include "market/calendar.h"
#include "portfolio/fees.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

using execution::BrokerOrder;
using execution::OrderStatus;

BrokerOrder SimulatedBroker::orderFor(const portfolio::OrderIntent& intent, std::string externalId)
{
    BrokerOrder order;
    order.brokerId = fmt::format("SIM-{}", ++m_lastOrder);
    order.externalId = std::move(externalId);
    order.intent = intent;
    order.receivedAt = order.updatedAt = m_clock.now();
    return order;
}

SimulatedBroker::SimulatedBroker(SimulatedBrokerSettings settings, const base::Clock& clock)
    : m_settings(settings), m_clock(clock), m_model(settings.fills), m_account(settings.capital)
{
}

void SimulatedBroker::post(std::function<void()> run, base::Nanos delay)
{
    m_messages.emplace(std::pair{m_clock.now() + delay, ++m_lastMessage}, std::move(run));
}

std::optional<base::Instant> SimulatedBroker::nextDue() const
{
    return m_messages.empty() ? std::nullopt : std::optional(m_messages.begin()->first.first);
}

std::size_t SimulatedBroker::deliver()
{
    std::size_t count = 0;
    while (!m_messages.empty() && m_messages.begin()->first.first <= m_clock.now()) {
        const auto message = m_messages.extract(m_messages.begin());
        message.mapped()();
        ++count;
    }
    return count;
}

void SimulatedBroker::place(execution::SendableOrder order, Done<BrokerOrder> done)
{
    post(
        [this, intent = order.intent(), id = order.externalId(), done = std::move(done)] {
            const BrokerOrder accepted = accept(intent, id);
            done(accepted);
            if (accepted.status == OrderStatus::Rejected)
                return;
            publishBalances();
            meetQuotes();
        },
        m_settings.latency);
}

/// The youngest order: callbacks never place inside a call.
void SimulatedBroker::meetQuotes()
{
    Working& working = m_working.back();
    if (m_account.quotedAt(working.order.intent.underlying) >= m_clock.now())
        match(working);
    sweep();
}

void SimulatedBroker::replace(const std::string& brokerId, execution::SendableOrder order, Done<BrokerOrder> done)
{
    post(
        [this, brokerId, intent = order.intent(), id = order.externalId(), done = std::move(done)] {
            const auto replaced = find(brokerId);
            if (replaced == m_working.end() || !replaced->order.fills.empty()) {
                done(
                    base::fail(base::ErrorKind::Refused, "order", brokerId, "it is not working, or has begun to fill"));
                return;
            }
            // What it claims is free for the new one; where that is refused it works on as it was.
            const auto place = replaced - m_working.begin();
            Working old = std::move(*replaced);
            m_working.erase(replaced);
            BrokerOrder accepted = accept(intent, id);
            accepted.replaces = brokerId;
            if (accepted.status == OrderStatus::Rejected) {
                m_working.insert(m_working.begin() + place, std::move(old));
                done(accepted);
                return;
            }
            m_working.back().order.replaces = brokerId;
            old.order.replacedBy = accepted.brokerId;
            done(accepted);
            finish(old.order, OrderStatus::Cancelled);
            m_over.push_back(old.order);
            publishBalances();
            meetQuotes();
        },
        m_settings.latency);
}

std::vector<SimulatedBroker::Working>::iterator SimulatedBroker::find(const std::string& brokerId)
{
    return std::ranges::find(m_working, brokerId,
                             [](const Working& each) -> const std::string& { return each.order.brokerId; });
}

BrokerOrder SimulatedBroker::accept(const portfolio::OrderIntent& intent, const std::string& externalId)
{
    BrokerOrder order = orderFor(intent, externalId);
    const portfolio::DryRunResult verdict = judge(intent);
    if (!verdict.errors.empty()) {
        order.status = OrderStatus::Rejected;
        order.rejectReason = verdict.errors.front();
        m_over.push_back(order);
        return order;
    }
    order.status = OrderStatus::Working;
    m_working.push_back({order});
    return order;
}

void SimulatedBroker::match(Working& working)
{
    BrokerOrder& order = working.order;
    const bool isForValue = order.intent.type == portfolio::OrderType::NotionalMarket;
    const portfolio::OrderIntent sized = isForValue ? m_account.inShares(order.intent) : portfolio::OrderIntent{};
    const portfolio::OrderIntent& intent = isForValue ? sized : order.intent;
    std::vector<execution::LegQuote> quotes;
    std::vector<LegMarket> markets;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        auto market = m_account.lookUp(leg, intent.underlying);
        if (!market)
            return;
        ++m_quotes.asked;
        m_quotes.flagged += market::isTradable(market->quote.flags) ? 0 : 1;
        m_quotes.oneSided += market->quote.flags.has(market::QuoteFlag::OneSided) ? 1 : 0;
        const auto taken = m_taken.find(leg.symbol);
        if (taken != m_taken.end()) {
            market::Quote& shown = market->quote.quote;
            (portfolio::isBuy(leg.action) ? shown.askSize : shown.bidSize) -= taken->second.toDouble();
        }
        quotes.push_back(market->quote);
        markets.push_back(*std::move(market));
    }

    const base::Quantity units = portfolio::unitCount(intent);
    const bool isResting = working.hasMetQuotes;
    const execution::FillDecision decision = decide(working, intent, quotes);
    if (isForValue && decision.units > 0)
        return fillValue(working, decision.legPrices.front(), markets.front());
    if (decision.units > 0) {
        for (std::size_t i = 0; i < intent.legs.size(); ++i) {
            const portfolio::OrderLeg& leg = intent.legs[i];
            const base::Quantity quantity = decision.units * (leg.quantity / units);
            m_taken[leg.symbol] += quantity;
            noteCosts(leg, quantity, decision.legPrices[i], markets[i], isResting);
            book(order, leg, quantity, decision.legPrices[i]);
        }
        working.filledUnits += decision.units;
        const bool isFilled = working.filledUnits == units;
        finish(order, isFilled ? OrderStatus::Filled : OrderStatus::PartiallyFilled);
        publishBalances();
    }
    if (intent.timeInForce == portfolio::TimeInForce::Ioc && !execution::isTerminal(order.status))
        finish(order, OrderStatus::Cancelled, "the rest of an immediate order");
}

execution::FillDecision SimulatedBroker::decide(Working& working, const portfolio::OrderIntent& intent,
                                                std::span<const execution::LegQuote> quotes)
{
    constexpr double dust = 1e-9;
    const base::Instant at = m_account.quotedAt(intent.underlying);
    execution::Standing standing{.isResting = working.hasMetQuotes, .wasAtMarket = working.wasAtMarket};
    if (standing.isResting && m_settings.fills.passiveChance > 0) {
        ++m_passiveDraws;
        standing.draw = drawOf(m_settings.realism.seed, working.order.brokerId, at.time_since_epoch().count());
    }
    if (!working.hasMetQuotes)
        working.wasAtMarket = execution::naturalPrice(intent, quotes) <= portfolio::signedLimit(intent) + dust;
    working.hasMetQuotes = true;
    return m_model.fill(intent, quotes, portfolio::unitCount(intent) - working.filledUnits, standing);
}

/// All at once: the broker trades fractions itself, whatever size is shown.
void SimulatedBroker::fillValue(Working& working, base::Decimal price, const LegMarket& market)
{
    BrokerOrder& order = working.order;
    const portfolio::OrderLeg& leg = order.intent.legs.front();
    const base::Quantity quantity = portfolio::sharesFor(order.intent.value.value_or(base::Decimal{}), price);
    if (quantity == 0)
        return;
    noteCosts(leg, quantity, price, market, false);
    book(order, leg, quantity, price);
    finish(order, OrderStatus::Filled);
    publishBalances();
}

/// A resting order crosses nothing: what its limit is from the mid is all the spread it pays, or earns.
void SimulatedBroker::noteCosts(const portfolio::OrderLeg& leg, base::Quantity quantity, base::Decimal price,
                                const LegMarket& market, bool isResting)
{
    const market::Quote& quote = market.quote.quote;
    const double size = (quantity * market.multiplier).toDouble();
    const double fromMid = (portfolio::isBuy(leg.action) ? 1 : -1) * (price.toDouble() - quote.mid());
    const double crossed = isResting ? fromMid : m_settings.fills.spreadFraction * 0.5 * quote.spread();
    m_costs.spread += size * crossed;
    m_costs.slippage += size * (fromMid - crossed);
}

void SimulatedBroker::book(BrokerOrder& order, const portfolio::OrderLeg& leg, base::Quantity quantity,
                           base::Decimal price)
{
    base::Quantity before = 0;
    for (const portfolio::Fill& earlier : order.fills)
        before += earlier.symbol == leg.symbol ? earlier.quantity : 0;
    const base::Instant now = m_clock.now();
    const portfolio::Fees fees =
        portfolio::feesFor(leg, order.intent.underlying, market::newYorkDate(now), quantity, before);
    portfolio::Fill fill{
        fmt::format("F{}", ++m_lastFill), order.brokerId, leg.symbol, leg.action, quantity, price, now};
    m_account.book(fill, leg, order.intent.underlying, fees);
    m_costs.fees += fees.total().toDouble();
    order.fills.push_back(std::move(fill));
}

void SimulatedBroker::finish(BrokerOrder& order, OrderStatus status, std::string reason)
{
    order.status = status;
    order.rejectReason = std::move(reason);
    order.updatedAt = m_clock.now();
    publish(order);
}

void SimulatedBroker::sweep()
{
    for (Working& working : m_working) {
        if (execution::isTerminal(working.order.status))
            m_over.push_back(working.order);
    }
    std::erase_if(m_working, [](const Working& working) { return execution::isTerminal(working.order.status); });
}

void SimulatedBroker::cancel(const std::string& brokerId, Done<BrokerOrder> done)
{
    post(
        [this, brokerId, done = std::move(done)] {
            const auto working = find(brokerId);
            if (working == m_working.end()) {
                done(base::fail(base::ErrorKind::Refused, "order", brokerId, "it is not working"));
                return;
            }
            working->order.status = OrderStatus::Cancelled;
            working->order.updatedAt = m_clock.now();
            const BrokerOrder cancelled = working->order;
            sweep();
            publishBalances();
            done(cancelled);
        },
        m_settings.latency);
}

void SimulatedBroker::placeComplex(execution::SendableComplexOrder, Done<std::vector<BrokerOrder>> done)
{
    post([done = std::move(done)] {
        done(base::fail(base::ErrorKind::Refused, "complex order", "", "it is not simulated here"));
    });
}

void SimulatedBroker::cancelComplex(const std::string& complexId, Done<std::vector<BrokerOrder>> done)
{
    post([complexId, done = std::move(done)] {
        done(base::fail(base::ErrorKind::Refused, "complex order", complexId, "there is none"));
    });
}

void SimulatedBroker::orders(Done<std::vector<BrokerOrder>> done)
{
    post([this, done = std::move(done)] {
        std::vector<BrokerOrder> all = m_over;
        for (const Working& working : m_working)
            all.push_back(working.order);
        done(std::move(all));
    });
}

/// They were told as orders, in the moment they happened.
void SimulatedBroker::settlements(base::Date, Done<std::vector<execution::Settlement>> done)
{
    post([done = std::move(done)] { done(std::vector<execution::Settlement>{}); });
}

void SimulatedBroker::positions(Done<std::vector<portfolio::Position>> done)
{
    post([this, done = std::move(done)] { done(m_account.held()); });
}

void SimulatedBroker::balances(Done<portfolio::Balances> done)
{
    post([this, done = std::move(done)] { done(currentBalances()); });
}

void SimulatedBroker::publish(const BrokerOrder& order)
{
    post([this, order] {
        if (m_listener)
            m_listener->onOrder(order);
    });
}

void SimulatedBroker::publishBalances()
{
    post([this, balances = currentBalances()] {
        if (m_listener)
            m_listener->onBalances(balances);
    });
}

void SimulatedBroker::quote(std::shared_ptr<const market::OptionChain> chain, double spot)
{
    const std::string underlying = chain->underlying;
    m_account.update(std::move(chain), spot);
    std::erase_if(m_taken, [&](const auto& taken) {
        return taken.first == underlying ||
               m_account.lookUp({taken.first, market::InstrumentType::EquityOption}, underlying).has_value();
    });
    for (Working& working : m_working) {
        if (working.order.intent.underlying == underlying)
            match(working);
    }
    sweep();
    publishBalances();
}

void SimulatedBroker::liquidate(portfolio::OrderIntent intent)
{
    m_working.push_back({orderFor(intent, {})});
    Working& working = m_working.back();
    match(working);
    if (!execution::isTerminal(working.order.status)) // a leg that is not listed now
        finish(working.order, OrderStatus::Cancelled, "it could not be priced");
    sweep();
    publishBalances();
}

void SimulatedBroker::endSession()
{
    const base::Date today = market::newYorkDate(m_clock.now());
    for (Working& working : m_working) {
        const portfolio::OrderIntent& intent = working.order.intent;
        using enum portfolio::TimeInForce;
        const bool isOver = intent.timeInForce == Day || (intent.timeInForce == Gtd && intent.gtcDate <= today);
        if (isOver)
            finish(working.order, OrderStatus::Expired, "the session has ended");
    }
    sweep();
    m_over.clear();
}

} // namespace vegadesk::backtest

#include "backtest/simulated_broker.h"

#include "market/calendar.h"
#include "portfolio/fees.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

using execution::BrokerOrder;
using execution::OrderStatus;

/// The clearing house exercises what is in the money by this much.
constexpr double exerciseThreshold = 0.01;

BrokerOrder orderFor(const portfolio::OrderIntent& intent, std::string brokerId, std::string externalId,
                     base::Instant at)
{
    BrokerOrder order;
    order.brokerId = std::move(brokerId);
    order.externalId = std::move(externalId);
    order.intent = intent;
    order.receivedAt = at;
    order.updatedAt = at;
    return order;
}

} // namespace

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
    BrokerOrder order = orderFor(intent, fmt::format("SIM-{}", ++m_lastOrder), externalId, m_clock.now());
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
    const portfolio::OrderIntent& intent = order.intent;
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
            (portfolio::isBuy(leg.action) ? shown.askSize : shown.bidSize) -= static_cast<double>(taken->second);
        }
        quotes.push_back(market->quote);
        markets.push_back(*std::move(market));
    }

    const std::int64_t units = portfolio::unitCount(intent);
    const execution::FillDecision decision =
        m_model.fill(intent, quotes, units - working.filledUnits, working.hasMetQuotes);
    working.hasMetQuotes = true;
    if (decision.units > 0) {
        for (std::size_t i = 0; i < intent.legs.size(); ++i) {
            const portfolio::OrderLeg& leg = intent.legs[i];
            const std::int64_t quantity = decision.units * (leg.quantity / units);
            m_taken[leg.symbol] += quantity;
            noteCosts(leg, quantity, decision.legPrices[i], markets[i]);
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

void SimulatedBroker::noteCosts(const portfolio::OrderLeg& leg, std::int64_t quantity, base::Decimal price,
                                const LegMarket& market)
{
    const market::Quote& quote = market.quote.quote;
    const double size = static_cast<double>(quantity * market.multiplier);
    const double sign = portfolio::isBuy(leg.action) ? 1 : -1;
    const double crossed = m_settings.fills.spreadFraction * 0.5 * quote.spread();
    m_costs.spread += size * crossed;
    m_costs.slippage += size * (sign * (price.toDouble() - quote.mid()) - crossed);
}

void SimulatedBroker::book(BrokerOrder& order, const portfolio::OrderLeg& leg, std::int64_t quantity,
                           base::Decimal price)
{
    std::int64_t before = 0;
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

std::optional<base::Instant> SimulatedBroker::nextExpiry() const
{
    std::optional<base::Instant> next;
    for (const portfolio::Position& position : m_account.held()) {
        const ContractFacts* const contract = m_account.contract(position.symbol);
        if (contract && (!next || contract->expiresAt < *next))
            next = contract->expiresAt;
    }
    return next;
}

base::Result<void> SimulatedBroker::settle(const SettlementPrice& price)
{
    for (const portfolio::Position& position : m_account.held()) {
        const ContractFacts* const contract = m_account.contract(position.symbol);
        if (!contract || contract->expiresAt > m_clock.now())
            continue;
        const auto settled = price(contract->terms.expiry, contract->settlement);
        if (!settled || !(*settled > 0))
            return base::fail(base::ErrorKind::NotFound, "settlement price",
                              fmt::format("{} {}", position.underlying, base::formatDate(contract->terms.expiry)),
                              "the data do not have it, and another price must not stand in for it");
        const ContractFacts facts = *contract;
        for (Working& working : m_working) { // a contract that is gone cannot fill
            if (std::ranges::count(working.order.intent.legs, position.symbol, &portfolio::OrderLeg::symbol) > 0)
                finish(working.order, OrderStatus::Expired, "the option has expired");
        }
        sweep();
        settleOne(position, facts, *settled);
    }
    publishBalances();
    return {};
}

void SimulatedBroker::settleOne(const portfolio::Position& position, const ContractFacts& contract, double price)
{
    const double strike = contract.terms.strike.toDouble();
    const bool isCall = contract.terms.right == market::Right::Call;
    const double inTheMoney = isCall ? price - strike : strike - price;
    const bool isExercised = inTheMoney >= exerciseThreshold - 1e-9;
    const bool isLong = position.quantity > 0;
    const std::int64_t contracts = std::abs(position.quantity);
    using portfolio::Action;

    portfolio::OrderIntent intent;
    intent.underlying = position.underlying;
    intent.type = portfolio::OrderType::Market;
    intent.origin = execution::settlementOrigin;
    intent.legs.push_back(
        {position.symbol, position.type, isLong ? Action::SellToClose : Action::BuyToClose, contracts});
    if (isExercised && !contract.isCashSettled) {
        const bool buysShares = isCall == isLong;
        const std::int64_t held = m_account.ledger().quantity(position.underlying);
        const bool opens = held == 0 || (held > 0) == buysShares;
        const Action action = buysShares ? (opens ? Action::BuyToOpen : Action::BuyToClose)
                                         : (opens ? Action::SellToOpen : Action::SellToClose);
        intent.legs.push_back(
            {position.underlying, market::InstrumentType::Equity, action, contracts * position.multiplier});
    }

    BrokerOrder order = orderFor(intent, fmt::format("SIM-{}", ++m_lastOrder), {}, m_clock.now());
    const double cash = isExercised && contract.isCashSettled ? inTheMoney : 0;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const base::Decimal at = leg.symbol == position.symbol
                                     ? base::Decimal::fromDouble(cash).value_or(base::Decimal{})
                                     : contract.terms.strike;
        portfolio::Fill fill{
            fmt::format("F{}", ++m_lastFill), order.brokerId, leg.symbol, leg.action, leg.quantity, at, m_clock.now()};
        m_account.book(fill, leg, position.underlying, {});
        order.fills.push_back(std::move(fill));
    }
    finish(order, OrderStatus::Filled);
    m_over.push_back(order);
}

} // namespace vegadesk::backtest

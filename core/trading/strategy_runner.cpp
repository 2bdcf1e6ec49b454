#include "trading/loop.h"

#include "market/calendar.h"
#include "trading/origins.h"

#include <algorithm>
#include <cmath>
#include <fmt/chrono.h>
#include <fmt/format.h>

/// The part of the loop that lets strategies speak: what they see, when they are asked, and what becomes of it.

namespace vegadesk::trading
{

namespace
{

/// Unique because a strategy opens one trade at a time in an underlying, and readable in a list of orders.
std::string newGroup(std::string_view strategy, std::string_view underlying, base::Instant now)
{
    return fmt::format("{}:{}:{:%Y%m%dT%H%M%S}", strategy, underlying,
                       std::chrono::time_point_cast<std::chrono::seconds>(now));
}

} // namespace

base::Result<void> Loop::arm(std::unique_ptr<strategies::Strategy> strategy, std::string_view underlying)
{
    const UnderlyingMarket* const market = m_markets.find(underlying);
    if (!market)
        return base::badInput("underlying", underlying, "one whose chain is loaded");
    const auto info = strategies::find(strategy->name());
    if (info && (*info)->hedgesWithUnderlying && market->instrument.type == market::InstrumentType::Index)
        return base::badInput(
            "underlying", underlying,
            fmt::format("a stock or fund: {} hedges with shares, and an index has none", strategy->name()));
    Runner& runner = m_runners[{std::string(strategy->name()), std::string(underlying)}];
    runner.status.strategy = strategy->name();
    runner.status.underlying = underlying;
    runner.strategy = std::move(strategy);
    runner.state = RunnerState::Armed;
    runner.isDirty = true;
    return {};
}

base::Result<void> Loop::setRunner(std::string_view strategy, std::string_view underlying, RunnerState state)
{
    const auto known = m_runners.find({std::string(strategy), std::string(underlying)});
    if (known == m_runners.end())
        return base::fail(base::ErrorKind::NotFound, "strategy", strategy,
                          fmt::format("it is not armed in {}", underlying));
    known->second.state = state;
    known->second.isDirty = true;
    if (state != RunnerState::Armed)
        withdrawChecksOf(known->first);
    return {};
}

std::vector<RunnerStatus> Loop::runners() const
{
    std::vector<RunnerStatus> all;
    for (const auto& [key, runner] : m_runners) {
        RunnerStatus& status = all.emplace_back(runner.status);
        status.state = runner.state;
        if (const TradeGroup* const group = m_groups.openTrade(key.first, key.second))
            status.group = group->name;
    }
    return all;
}

void Loop::runStrategies()
{
    for (auto& [key, runner] : m_runners) {
        const UnderlyingMarket* const market = m_markets.find(key.second);
        // What is too old is there to be looked at; nothing is decided by it.
        if (market && market->chain && market->analytics &&
            std::ranges::none_of(market->analytics->expirations, &pricing::ExpirationAnalytics::isOld))
            run(runner, *market);
    }
}

void Loop::run(Runner& runner, const UnderlyingMarket& market)
{
    const base::Instant now = m_clock.now();
    const bool isNewMarket = market.version != runner.seenVersion;
    if (runner.state == RunnerState::Off || tradingState() == risk::TradingState::Halted ||
        (!isNewMarket && !runner.isDirty) || now < runner.quietUntil || hasWorkingOrder(runner))
        return;
    runner.seenVersion = market.version;
    runner.isDirty = false;

    const std::string& underlying = market.instrument.symbol;
    const TradeGroup* const group = m_groups.openTrade(runner.strategy->name(), underlying);
    const std::vector<portfolio::Position> held = group ? group->positions() : std::vector<portfolio::Position>{};
    strategies::StrategyState state;
    state.now = now;
    state.chain = market.chain.get();
    state.analytics = market.analytics.get();
    state.underlyingType = market.instrument.type;
    state.dailyCloses = market.dailyCloses;
    state.positions = held;
    state.netLiquidation = m_books.netLiquidation();
    state.riskBudget = m_settings.tradeRisk * state.netLiquidation;
    if (!(state.netLiquidation > 0))
        return;

    if (group) {
        state.trade = {group->openedAt, group->entryCash, profitOf(*group)};
        std::vector<strategies::Proposal> exits = runner.strategy->exit(state);
        if (!exits.empty())
            m_groups.noteExit(group->name, exits.front().reason);
        propose(runner, exits.empty() ? runner.strategy->hedge(state) : std::move(exits), group->name);
        return;
    }
    // One trade a session: what was left today is not entered again on the same day's view.
    const bool mayEnter = isNewMarket && runner.state == RunnerState::Armed &&
                          tradingState() == risk::TradingState::Active && runner.lastExit != market::newYorkDate(now);
    if (!mayEnter)
        return;
    strategies::EntryDecision decision = runner.strategy->entry(state);
    if (decision) {
        propose(runner, *std::move(decision), newGroup(runner.strategy->name(), underlying, now));
        return;
    }
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onNoEntry(runner.strategy->name(), decision.error().reason);
}

void Loop::propose(Runner& runner, std::vector<strategies::Proposal> proposals, const std::string& group)
{
    for (strategies::Proposal& proposal : proposals) {
        const bool isHedge = proposal.kind == strategies::ProposalKind::Hedge;
        proposal.intent.origin = std::string(isHedge ? hedgeOrigin : strategyOrigin).append(runner.strategy->name());
        proposal.intent.group = group;
        if (proposal.kind == strategies::ProposalKind::Entry)
            m_groups.noteEntry(group, proposal.reason);
        for (LoopObserver* const observer : std::vector(m_observers))
            observer->onProposal(runner.strategy->name(), proposal);

        const Submission sent = approveAndSend(proposal.intent);
        if (!sent)
            return noteRefusal(runner, sent.error().sentence());
    }
}

void Loop::noteRefusal(Runner& runner, std::string why)
{
    runner.status.lastRefusal = std::move(why);
    runner.status.lastRefusalAt = m_clock.now();
    runner.quietUntil = m_clock.now() + m_settings.pauseAfterRefusal;
}

bool Loop::hasWorkingOrder(const Runner& runner) const
{
    const auto isItsOwn = [&](const PendingCheck& check) {
        return strategyOf(check.intent.origin) == runner.strategy->name() &&
               check.intent.underlying == runner.status.underlying;
    };
    if (std::ranges::any_of(m_checks, isItsOwn))
        return true;
    return std::ranges::any_of(m_workingStrategyOrders, [&](const std::string& id) {
        const execution::Order* const order = m_orders.find(id);
        return order && strategyOf(order->intent.origin) == runner.strategy->name() &&
               order->intent.underlying == runner.status.underlying;
    });
}

Loop::Runner* Loop::runnerOf(const portfolio::OrderIntent& intent)
{
    const auto known = m_runners.find({std::string(strategyOf(intent.origin)), intent.underlying});
    return known == m_runners.end() ? nullptr : &known->second;
}

void Loop::cancelStaleOrders()
{
    const base::Instant now = m_clock.now();
    for (const std::string& id : std::vector(m_workingStrategyOrders.begin(), m_workingStrategyOrders.end())) {
        const execution::Order* const order = m_orders.find(id);
        const bool mayFill = order && (order->status == execution::OrderStatus::Working ||
                                       order->status == execution::OrderStatus::PartiallyFilled);
        if (mayFill && now - order->createdAt > m_settings.strategyOrderLife)
            static_cast<void>(m_orders.cancel(id)); // an order that is over by now needs no cancel
    }
}

void Loop::followStrategyOrder(const execution::Order& order)
{
    if (strategyOf(order.intent.origin).empty())
        return;
    if (!execution::isTerminal(order.status)) {
        m_workingStrategyOrders.insert(order.externalId);
        return;
    }
    m_workingStrategyOrders.erase(order.externalId);
    Runner* const runner = runnerOf(order.intent);
    if (!runner)
        return;
    runner->isDirty = true;
    if (order.status == execution::OrderStatus::Rejected || order.status == execution::OrderStatus::NotPlaced)
        noteRefusal(*runner, order.reason);
}

void Loop::noteStrategyFill(const execution::Order& order)
{
    for (auto& [key, runner] : m_runners) {
        if (key.second != order.intent.underlying)
            continue;
        runner.isDirty = true;
        const TradeGroup* const group = m_groups.find(order.intent.group);
        if (group && !group->isOpen && group->strategy == key.first)
            runner.lastExit = market::newYorkDate(m_clock.now());
    }
}

} // namespace vegadesk::trading

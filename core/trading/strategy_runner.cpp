#include "trading/loop.h"

#include "market/calendar.h"
#include "trading/origins.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

/// The part of the loop that lets strategies speak: what they see, when they are asked, and what becomes of it.

namespace vegadesk::trading
{

namespace
{

RememberedRunner memoryOf(const RunnerStatus& status, RunnerState state)
{
    return {status.strategy, status.underlying, state, status.parameters, status.constituents};
}

base::Result<void> notArmed(std::string_view strategy, std::string_view underlying)
{
    return base::fail(base::ErrorKind::NotFound, "strategy", strategy,
                      fmt::format("it is not armed in {}", underlying));
}

} // namespace

base::Result<void> Loop::arm(std::unique_ptr<strategies::Strategy> strategy, std::string_view underlying,
                             RunnerState state, std::optional<strategies::SignalRule> filter)
{
    const UnderlyingMarket* const market = m_markets.find(underlying);
    if (!market)
        return base::badInput("underlying", underlying, "one whose chain is loaded");
    const auto info = strategies::find(strategy->name());
    if (info && (*info)->hedgesWithUnderlying && market->instrument.type == market::InstrumentType::Index)
        return base::badInput(
            "underlying", underlying,
            fmt::format("a stock or fund: {} hedges with shares, and an index has none", strategy->name()));
    std::vector<Constituent> names;
    if (info && (*info)->basketNames > 0) {
        auto chosen = namesFor(*market, (*info)->basketNames);
        if (!chosen)
            return tl::make_unexpected(chosen.error());
        names = *std::move(chosen);
    }
    Runner& runner = m_runners[{std::string(strategy->name()), std::string(underlying)}];
    runner.status.strategy = strategy->name();
    runner.status.underlying = underlying;
    runner.strategy = std::move(strategy);
    runner.filter = std::move(filter);
    runner.status.constituents = std::move(names);
    runner.state = state;
    runner.isDirty = true;
    runner.status.parameters.clear();
    for (const base::ParameterSpec& spec : runner.strategy->parameters().specs())
        runner.status.parameters.emplace_back(spec.name, runner.strategy->parameters().toText(spec.name));
    for (auto& word : strategies::wordsOf(runner.filter))
        runner.status.parameters.push_back(std::move(word));
    // One trade a session, whatever restarts there are between.
    for (const TradeGroup* const group : m_groups.all()) {
        if (group->strategy == runner.status.strategy && group->underlying == underlying && !group->isOpen)
            runner.lastExit = std::max(runner.lastExit, market::newYorkDate(group->closedAt));
    }
    rememberRunner(memoryOf(runner.status, state));
    return {};
}

void Loop::rememberRunner(RememberedRunner now)
{
    const auto known = std::ranges::find_if(m_rememberedRunners, [&](const RememberedRunner& each) {
        return each.strategy == now.strategy && each.underlying == now.underlying;
    });
    if (known != m_rememberedRunners.end() && *known == now)
        return;
    write(runnerRecord(m_clock.now(), m_settings.orders.idPrefix, now));
    if (known == m_rememberedRunners.end())
        m_rememberedRunners.push_back(std::move(now));
    else
        *known = std::move(now);
}

base::Result<void> Loop::removeRunner(std::string_view strategy, std::string_view underlying)
{
    const RunnerKey key(strategy, underlying);
    takeBackOrdersOf(key, RunnerState::Off);
    const bool wasRunning = m_runners.erase(key) > 0;
    const bool wasRemembered = std::erase_if(m_rememberedRunners, [&](const RememberedRunner& each) {
                                   return each.strategy == strategy && each.underlying == underlying;
                               }) > 0;
    if (!wasRunning && !wasRemembered)
        return notArmed(strategy, underlying);
    write(runnerRemovedRecord(m_clock.now(), m_settings.orders.idPrefix, strategy, underlying));
    return {};
}

base::Result<void> Loop::setRunner(std::string_view strategy, std::string_view underlying, RunnerState state)
{
    const auto known = m_runners.find({std::string(strategy), std::string(underlying)});
    if (known == m_runners.end())
        return notArmed(strategy, underlying);
    known->second.state = state;
    known->second.isDirty = true;
    if (state != RunnerState::Armed)
        takeBackOrdersOf(known->first, state);
    rememberRunner(memoryOf(known->second.status, state));
    return {};
}

std::vector<RunnerStatus> Loop::runners() const
{
    std::vector<RunnerStatus> all;
    for (const auto& [key, runner] : m_runners) {
        RunnerStatus& status = all.emplace_back(runner.status);
        status.state = runner.state;
        status.isWorking = hasWorkingOrder(runner);
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
        if (market && market->chain && market->analytics && !market->analytics->expirations.hasOld())
            run(runner, *market);
    }
}

void Loop::run(Runner& runner, const UnderlyingMarket& market)
{
    const base::Instant now = m_clock.now();
    const std::uint64_t version = versionOf(runner, market);
    const bool isNewMarket = version != runner.seenVersion;
    if (runner.state == RunnerState::Off || tradingState() == risk::TradingState::Halted ||
        (!isNewMarket && !runner.isDirty) || now < runner.quietUntil || hasWorkingOrder(runner))
        return;
    runner.seenVersion = version;
    runner.isDirty = false;

    const std::string& underlying = market.instrument.symbol;
    const TradeGroup* const group = m_groups.openTrade(runner.strategy->name(), underlying);
    PositionsByUnderlying held;
    for (portfolio::Position& position : group ? group->positions() : std::vector<portfolio::Position>{})
        held[position.underlying].push_back(std::move(position));
    const risk::GateState account = gateState();
    strategies::StrategyState state = stateFor(account, market, held[underlying]);
    if (!(state.netLiquidation > 0))
        return;
    strategies::Signals signals = bookSignals(account, underlying, held[underlying], m_measures.betas);
    signals.insert(market.signals.begin(), market.signals.end());
    state.signals = &signals;
    if (group)
        state.trade = {group->openedAt, group->entryCash, profitOf(*group), group->lastHedgeAt};
    strategies::Basket basket;
    if (!runner.status.constituents.empty()) {
        basket = basketFor(runner.status.constituents, account, held, state.trade);
        state.basket = &basket;
        const auto isSeen = [&](const auto& own) {
            return own.first == underlying ||
                   std::ranges::any_of(basket.names, [&](const strategies::BasketName& name) {
                       return name.state.chain->underlying == own.first;
                   });
        };
        if (!std::ranges::all_of(held, isSeen))
            return; // what is held in a market that is not there now cannot be judged
    }
    noteWarning(runner, group ? runner.strategy->warning(state) : std::string());

    if (group) {
        std::vector<strategies::Proposal> proposals = runner.strategy->exit(state);
        if (!proposals.empty()) {
            m_groups.noteExit(group->name, proposals.front().reason);
        } else {
            proposals = runner.strategy->hedge(state);
            if (runner.state != RunnerState::Armed ||
                tradingState() != risk::TradingState::Active) // an adjustment opens
                std::erase_if(proposals, [](const strategies::Proposal& proposal) {
                    return proposal.kind == strategies::ProposalKind::Adjust;
                });
        }
        propose(runner, std::move(proposals), group->name);
        return;
    }
    // One trade a session: what was left today is not entered again on the same day's view.
    const bool mayEnter = isNewMarket && runner.state == RunnerState::Armed &&
                          tradingState() == risk::TradingState::Active && runner.lastExit != market::newYorkDate(now);
    if (!mayEnter)
        return;
    enter(runner, state);
}

void Loop::enter(Runner& runner, const strategies::StrategyState& state)
{
    strategies::EntryDecision decision = strategies::entryWithin(*runner.strategy, state, runner.filter);
    if (decision) {
        const std::string group = groupName(runner.strategy->name(), runner.status.underlying, m_clock.now());
        if (!runner.status.constituents.empty()) {
            markAsEntry(*decision, runner.strategy->name(), group);
            if (auto why = reasonAgainst(*decision))
                return noteRefusal(runner, *std::move(why));
        }
        propose(runner, *std::move(decision), group);
        return;
    }
    runner.status.noEntry = decision.error().reason;
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onNoEntry(runner.strategy->name(), decision.error().reason);
}

/// As they would be sent.
void Loop::markAsEntry(std::span<strategies::Proposal> entry, std::string_view strategy, const std::string& group)
{
    for (strategies::Proposal& each : entry) {
        each.intent.origin = std::string(strategyOrigin).append(strategy);
        each.intent.group = group;
    }
}

void Loop::noteWarning(Runner& runner, std::string warning)
{
    const bool isNews = warning != runner.status.warning;
    runner.status.warning = std::move(warning);
    if (!isNews || runner.status.warning.empty())
        return;
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onWarning(runner.strategy->name(), runner.status.warning);
}

strategies::StrategyState Loop::stateFor(const risk::GateState& account, const UnderlyingMarket& market,
                                         std::span<const portfolio::Position> held) const
{
    const std::string& underlying = market.instrument.symbol;
    strategies::StrategyState state;
    state.now = m_clock.now();
    state.chain = market.chain.get();
    state.analytics = market.analytics.get();
    state.underlyingType = market.instrument.type;
    state.dailyCloses = market.dailyCloses;
    state.dailyVolatilities = market.dailyVolatilities;
    if (const auto next = m_measures.dividends.find(underlying); next != m_measures.dividends.end()) {
        state.exDividend = next->second.exDate;
        state.dividend = next->second.amount;
    }
    if (const auto next = m_measures.earnings.find(underlying); next != m_measures.earnings.end())
        state.earnings = next->second;
    if (const auto session = market::sessionOn(market::newYorkDate(state.now)))
        state.sessionClose =
            market.instrument.type == market::InstrumentType::Index ? session->indexClose : session->close;
    state.signals = &market.signals;
    state.signalGaps = &market.signalGaps;
    state.positions = held;
    state.isHedgeWorking = std::ranges::any_of(account.workingOrders, [&](const portfolio::OrderIntent& order) {
        return std::ranges::find(order.legs, underlying, &portfolio::OrderLeg::symbol) != order.legs.end();
    });
    state.netLiquidation = account.netLiquidation;
    state.budget = tradeBudget(account, underlying);
    state.creditStopLoss = limits().creditStopLoss;
    return state;
}

/// What the limits leave for one more trade: of its own loss all of it, of stress and margin what the book has not taken yet.
risk::RiskBudget Loop::tradeBudget(const risk::GateState& state, std::string_view underlying) const
{
    const risk::Limits& limits = this->limits();
    const double capital = state.netLiquidation;
    m_bookCache->begin(state);
    double accountStress = 0;
    for (const std::string& each : m_bookCache->underlyings(state))
        accountStress += m_bookCache->sums(each, state).stress.front();
    // What is not known stays so: it allows nothing.
    const auto least = [](double one, double other) {
        const double less = std::isnan(one) ? one : std::isnan(other) ? other : std::min(one, other);
        return less < 0 ? 0.0 : less;
    };
    const double position = limits.largestPosition * capital - m_bookCache->exposure(underlying, state).size();
    const double stress = least(position, limits.stress * capital + accountStress);
    const double margin = least(position, state.buyingPower - (1 - limits.buyingPowerUsed) * capital);
    return {.maxLoss = limits.tradeLoss * capital,
            .stress = stress,
            .margin = margin,
            .contracts = static_cast<double>(limits.orders.contractsPerLeg),
            .multiplier = m_measures.sizeMultiplier};
}

void Loop::propose(Runner& runner, std::vector<strategies::Proposal> proposals, const std::string& group)
{
    std::set<std::string, std::less<>> refused; // underlyings: what follows there was meant to come after
    for (strategies::Proposal& proposal : proposals) {
        if (refused.contains(proposal.intent.underlying))
            continue;
        runner.status.noEntry.clear();
        runner.status.lastProposal = proposal.reason;
        runner.status.lastProposalAt = m_clock.now();
        const bool isHedge = proposal.kind == strategies::ProposalKind::Hedge;
        proposal.intent.origin = std::string(isHedge ? hedgeOrigin : strategyOrigin).append(runner.strategy->name());
        proposal.intent.group = group;
        if (proposal.kind == strategies::ProposalKind::Entry)
            m_groups.noteEntry(group, proposal.reason);
        if (proposal.kind == strategies::ProposalKind::Adjust)
            m_groups.noteExit(group, {}); // it goes on: what a part was left for is not why it ends
        for (LoopObserver* const observer : std::vector(m_observers))
            observer->onProposal(runner.strategy->name(), proposal);

        const Submission sent = approveAndSend(proposal.intent);
        if (!sent) {
            noteRefusal(runner, sent.error().sentence());
            refused.insert(proposal.intent.underlying);
        }
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
    const RunnerKey key(runner.strategy->name(), runner.status.underlying);
    const auto isItsOwn = [&](const PendingCheck& check) { return isOf(key, check.intent); };
    if (std::ranges::any_of(m_checks, isItsOwn))
        return true;
    return std::ranges::any_of(m_workingStrategyOrders, [&](const std::string& id) {
        const execution::Order* const order = m_orders.find(id);
        return order && isOf(key, order->intent);
    });
}

bool Loop::isOf(const RunnerKey& runner, const portfolio::OrderIntent& intent)
{
    return strategyOf(intent.origin) == runner.first && homeOf(intent) == runner.second;
}

Loop::Runner* Loop::runnerOf(const portfolio::OrderIntent& intent)
{
    const auto known = m_runners.find({std::string(strategyOf(intent.origin)), std::string(homeOf(intent))});
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
        const bool isInIt =
            key.second == order.intent.underlying ||
            std::ranges::count(runner.status.constituents, order.intent.underlying, &Constituent::underlying) > 0;
        if (!isInIt)
            continue;
        runner.isDirty = true;
        const TradeGroup* const group = m_groups.find(order.intent.group);
        if (group && !group->isOpen && group->strategy == key.first && group->underlying == key.second)
            runner.lastExit = market::newYorkDate(m_clock.now());
    }
}

} // namespace vegadesk::trading

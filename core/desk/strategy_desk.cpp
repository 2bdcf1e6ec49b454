#include "desk/strategy_desk.h"

#include "desk/sentences.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <iterator>

namespace vegadesk::desk
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StrategyDesk)
};

std::string titleOf(const std::string& strategy)
{
    const auto info = strategies::find(strategy);
    return info ? (*info)->title : strategy;
}

bool hedgesWithShares(const std::string& strategy)
{
    const auto info = strategies::find(strategy);
    return info && (*info)->hedgesWithUnderlying;
}

StrategyState stateOf(trading::RunnerState state)
{
    switch (state) {
    case trading::RunnerState::Armed:
        return StrategyState::Armed;
    case trading::RunnerState::Paused:
        return StrategyState::Paused;
    case trading::RunnerState::Off:
        break;
    }
    return StrategyState::Off;
}

QString saidOf(trading::RunnerState state)
{
    switch (state) {
    case trading::RunnerState::Armed:
        return Words::tr("Armed.");
    case trading::RunnerState::Paused:
        return Words::tr("Paused: it manages what it holds and enters nothing.");
    case trading::RunnerState::Off:
        break;
    }
    return Words::tr("Turned off: what it holds is yours to close.");
}

std::vector<std::string> symbolsOf(const std::vector<trading::Constituent>& constituents)
{
    std::vector<std::string> symbols;
    for (const trading::Constituent& each : constituents)
        symbols.push_back(each.underlying);
    return symbols;
}

StrategyTrade tradeOf(const trading::TradeGroup& group, double profit)
{
    StrategyTrade trade{.group = group.name,
                        .title = group.entryReason,
                        .exitReason = group.exitReason,
                        .openedAt = group.openedAt,
                        .closedAt = group.closedAt,
                        .isOpen = group.isOpen,
                        .profit = profit,
                        .fees = group.fees(),
                        .orders = group.orders,
                        .symbols = {}};
    for (const portfolio::Position& position : group.positions())
        trade.symbols.push_back(position.symbol);
    return trade;
}

} // namespace

std::string_view toText(StrategyState state)
{
    switch (state) {
    case StrategyState::Waiting:
        return "waiting";
    case StrategyState::Armed:
        return trading::toText(trading::RunnerState::Armed);
    case StrategyState::Paused:
        return trading::toText(trading::RunnerState::Paused);
    case StrategyState::Off:
        break;
    }
    return trading::toText(trading::RunnerState::Off);
}

std::string_view toText(StrategyEvent::Kind kind)
{
    switch (kind) {
    case StrategyEvent::Kind::State:
        return "state";
    case StrategyEvent::Kind::Proposal:
        return "proposal";
    case StrategyEvent::Kind::Refusal:
        return "refusal";
    case StrategyEvent::Kind::Order:
        break;
    }
    return "order";
}

base::Result<base::Parameters> StrategyDesk::parametersOf(const StrategyRequest& request)
{
    const auto info = strategies::find(request.strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    base::Parameters parameters((*info)->parameters);
    for (const auto& [name, text] : request.parameters) {
        if (strategies::isFilterWord(name))
            continue;
        if (const auto set = parameters.setText(name, text); !set)
            return tl::make_unexpected(set.error());
    }
    if (const auto filter = strategies::filterOf(request.parameters); !filter)
        return tl::make_unexpected(filter.error());
    return parameters;
}

/// The models that it asks for, by name.
base::Result<std::vector<std::string>> StrategyDesk::signalsOf(const StrategyRequest& request)
{
    const auto filter = strategies::filterOf(request.parameters);
    if (!filter)
        return tl::make_unexpected(filter.error());
    const auto info = strategies::find(request.strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    return strategies::signalNames(**info, *filter);
}

void StrategyDesk::setSignalsFolder(std::string folder, bool isLive)
{
    m_signalsFolder = std::move(folder);
    m_isLive = isLive;
    m_signals = std::make_unique<LiveSignals>(m_signalsFolder);
    for (const auto& [underlying, days] : m_days)
        m_signals->setDays(underlying, days);
}

/// Those of one that is taken away stay: nobody asks for them, and the next of that name may.
void StrategyDesk::wantSignals(const StrategyRequest& request)
{
    for (const std::string& name : signalsOf(request).value_or(std::vector<std::string>{}))
        m_wantedSignals.emplace(name, request.underlying);
}

void StrategyDesk::followSignals(base::Date session)
{
    if (!m_loop || m_wantedSignals.empty())
        return;
    m_signals->follow(m_wantedSignals);
    std::map<std::string, ToldSignals> now;
    for (const LiveSignals::Key& key : m_wantedSignals) {
        const auto reading = m_signals->of(key, session, m_isLive);
        if (reading.gap.empty())
            now[key.second].signals[key.first] = reading.probability;
        else
            now[key.second].gaps[key.first] = reading.gap;
    }
    for (const auto& [underlying, told] : now) {
        ToldSignals& before = m_toldSignals[underlying];
        if (before == told || !m_loop->markets().find(underlying))
            continue; // strategies look again when they are told
        before = told;
        m_loop->setSignals(underlying, told.signals, told.gaps);
    }
}

void StrategyDesk::begin(trading::Loop& loop)
{
    m_loop = &loop;
    m_toldSignals.clear();
    m_waiting.clear();
    m_events.clear();
    for (const trading::RememberedRunner& runner : loop.rememberedRunners())
        m_waiting[{runner.strategy, runner.underlying}] = {
            {runner.strategy, runner.underlying, runner.parameters}, runner.state, runner.constituents};
    for (const auto& [underlying, days] : m_days)
        tellDays(underlying);
    for (const auto& [key, waiting] : std::map(m_waiting))
        onListed(key.second);
}

void StrategyDesk::end()
{
    m_loop = nullptr;
    m_waiting.clear();
    m_looked.reset();
}

base::Result<void> StrategyDesk::arm(const StrategyRequest& request, base::Instant now)
{
    if (const auto parameters = parametersOf(request); !parameters)
        return tl::make_unexpected(parameters.error());
    const auto constituents = constituentsFor(request);
    if (!constituents)
        return tl::make_unexpected(constituents.error());
    if (m_isLive) { // a person waits for the answer, and no order does for longer than a file is read
        if (const auto allowed = mayTradeLive(m_signalsFolder, *signalsOf(request)); !allowed)
            return allowed;
    }
    const Waiting waiting{request, trading::RunnerState::Armed, *constituents};
    if (!notListed(waiting).empty()) {
        m_waiting[{request.strategy, request.underlying}] = waiting;
        m_loop->rememberRunner({request.strategy, request.underlying, trading::RunnerState::Armed, request.parameters,
                                waiting.constituents});
    } else if (const auto armed = armInLoop(waiting); armed) {
        m_waiting.erase({request.strategy, request.underlying}); // one that could not go on with what it had
    } else {
        return armed;
    }
    note(request.strategy, request.underlying, now, StrategyEvent::Kind::State,
         saidOf(trading::RunnerState::Armed).toStdString());
    return {};
}

base::Result<std::vector<trading::Constituent>> StrategyDesk::constituentsFor(const StrategyRequest& request) const
{
    std::vector<trading::Constituent> out;
    const std::size_t most = (*strategies::find(request.strategy))->basketNames;
    if (most == 0)
        return out;
    if (request.underlying != m_basket.index)
        return base::badInput("underlying", request.underlying,
                              m_basket.index + ", the index of the Dispersion panel's basket");
    for (const DispersionBasket::Member& member : m_basket.members)
        out.push_back({member.symbol, member.weight});
    std::ranges::stable_sort(out, std::greater{}, &trading::Constituent::weight);
    out.resize(std::min(out.size(), most));
    const trading::TradeGroup* const trade = m_loop->groups().openTrade(request.strategy, request.underlying);
    if (!trade)
        return out;
    for (const portfolio::Position& position : trade->positions()) {
        if (position.underlying != request.underlying &&
            std::ranges::find(out, position.underlying, &trading::Constituent::underlying) == out.end())
            return base::badInput("basket", toText(m_basket),
                                  "one with " + position.underlying + ", which the open trade holds");
    }
    return out;
}

std::string StrategyDesk::notListed(const Waiting& waiting) const
{
    const trading::Markets& markets = m_loop->markets();
    if (!markets.find(waiting.request.underlying))
        return waiting.request.underlying;
    const auto missing = std::ranges::find_if_not(
        waiting.constituents, [&](const trading::Constituent& each) { return markets.find(each.underlying); });
    return missing == waiting.constituents.end() ? std::string() : missing->underlying;
}

base::Result<void> StrategyDesk::armInLoop(const Waiting& waiting)
{
    const StrategyRequest& request = waiting.request;
    const auto parameters = parametersOf(request);
    if (!parameters)
        return tl::make_unexpected(parameters.error());
    if (!waiting.constituents.empty())
        m_loop->setConstituents(request.underlying, waiting.constituents);
    wantSignals(request);
    return m_loop->arm((*strategies::find(request.strategy))->make(*parameters), request.underlying, waiting.state,
                       *strategies::filterOf(request.parameters));
}

base::Result<void> StrategyDesk::set(const std::string& strategy, const std::string& underlying,
                                     trading::RunnerState state, base::Instant now)
{
    const auto done = m_loop->setRunner(strategy, underlying, state);
    if (const auto waiting = m_waiting.find({strategy, underlying}); waiting != m_waiting.end()) {
        waiting->second.state = state; // of a basket, it may be at work with another one until this one is listed
        m_loop->rememberRunner(
            {strategy, underlying, state, waiting->second.request.parameters, waiting->second.constituents});
    } else if (!done) {
        return done;
    }
    note(strategy, underlying, now, StrategyEvent::Kind::State, saidOf(state).toStdString());
    return {};
}

base::Result<void> StrategyDesk::remove(const std::string& strategy, const std::string& underlying)
{
    m_waiting.erase({strategy, underlying});
    const auto removed = m_loop->removeRunner(strategy, underlying);
    m_events.erase({strategy, underlying}); // with what the removal itself had to say
    return removed;
}

void StrategyDesk::onListed(const std::string& underlying)
{
    if (!m_loop || !m_loop->markets().find(underlying))
        return;
    tellDays(underlying);
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end();) {
        const bool isStarted = start(waiting->second);
        waiting = isStarted ? m_waiting.erase(waiting) : std::next(waiting);
    }
}

/// Of an earlier run of the program, which may have known other strategies and parameters: one that cannot go on says so, and
/// stays for a person to remove.
bool StrategyDesk::start(Waiting& waiting)
{
    if (!notListed(waiting).empty())
        return false;
    const auto armed = armInLoop(waiting);
    if (!armed)
        waiting.whyNot =
            Words::tr("It could not go on: %1").arg(QString::fromStdString(armed.error().message())).toStdString();
    return armed.has_value();
}

void StrategyDesk::setDays(const std::string& underlying, std::vector<market::Candle> days)
{
    m_days[underlying] = std::move(days);
    m_signals->setDays(underlying, m_days[underlying]);
    tellDays(underlying);
}

void StrategyDesk::tellDays(const std::string& underlying)
{
    const auto days = m_days.find(underlying);
    if (!m_loop || days == m_days.end() || !m_loop->markets().find(underlying))
        return;
    std::vector<double> closes, volatilities;
    for (const market::Candle& day : days->second) {
        closes.push_back(day.close);
        volatilities.push_back(day.impliedVolatility);
    }
    m_loop->setDailyCloses(underlying, std::move(closes));
    m_loop->setDailyVolatilities(underlying, std::move(volatilities));
}

void StrategyDesk::note(std::string_view strategy, std::string_view underlying, base::Instant at,
                        StrategyEvent::Kind kind, std::string text)
{
    std::deque<StrategyEvent>& events = m_events[{std::string(strategy), std::string(underlying)}];
    events.push_front({at, kind, std::move(text)});
    if (events.size() > eventsKept)
        events.pop_back();
}

std::string StrategyDesk::doing(const trading::RunnerStatus& status, const StrategyRow& row, bool isMarketOpen) const
{
    if (status.state == trading::RunnerState::Off)
        return (row.hasOpenTrade() ? Words::tr("Off: what it holds is yours to close") : Words::tr("Off"))
            .toStdString();
    if (m_loop->tradingState() == risk::TradingState::Halted)
        return Words::tr("Trading is halted").toStdString();
    if (!isMarketOpen)
        return Words::tr("Waits for the market to open").toStdString();
    if (status.isWorking)
        return Words::tr("Its order is working").toStdString();
    if (row.hasOpenTrade())
        return Words::tr("Manages its trade").toStdString();
    if (status.state == trading::RunnerState::Paused)
        return Words::tr("Paused: enters nothing").toStdString();
    if (m_loop->tradingState() == risk::TradingState::Reducing)
        return Words::tr("Only closes are taken: enters nothing").toStdString();
    if (!status.lastRefusal.empty() && status.lastRefusalAt >= status.lastProposalAt)
        return Words::tr("Was refused at %1, and tries again: %2")
            .arg(newYorkTime(status.lastRefusalAt), QString::fromStdString(status.lastRefusal))
            .toStdString();
    if (!status.noEntry.empty())
        return Words::tr("Stays out: %1").arg(QString::fromStdString(status.noEntry)).toStdString();
    return Words::tr("Waits for quotes").toStdString();
}

/// Newest first, open ones before all others.
void StrategyDesk::addTrades(std::map<Key, StrategyRow>& rows) const
{
    const auto& groups = m_loop->groups().all();
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
        const auto found = rows.find({(*group)->strategy, (*group)->underlying});
        if (found == rows.end())
            continue;
        StrategyRow& row = found->second;
        const double profit = m_loop->profitOf(**group);
        if ((*group)->isOpen) {
            row.openProfit = row.openTrades == 0 ? profit : row.openProfit + profit;
            row.trades.insert(row.trades.begin() + row.openTrades, tradeOf(**group, profit));
            ++row.openTrades;
            continue;
        }
        row.closedProfit += profit;
        if (++row.closedTrades <= static_cast<int>(tradesShown))
            row.trades.push_back(tradeOf(**group, profit));
    }
}

std::vector<StrategyRow> StrategyDesk::rows(bool isMarketOpen) const
{
    std::map<Key, StrategyRow> rows;
    if (!m_loop)
        return {};
    for (const auto& [key, waiting] : m_waiting) {
        StrategyRow& row = rows[key];
        row.state = StrategyState::Waiting;
        row.parameters = waiting.request.parameters;
        row.doing =
            waiting.whyNot.empty()
                ? Words::tr("Waits for the listing of %1").arg(QString::fromStdString(notListed(waiting))).toStdString()
                : waiting.whyNot;
        row.constituents = symbolsOf(waiting.constituents);
    }
    const std::vector<trading::RunnerStatus> runners = m_loop->runners();
    for (const trading::RunnerStatus& runner : runners) {
        StrategyRow& row = rows[{runner.strategy, runner.underlying}];
        row.state = stateOf(runner.state);
        row.parameters = runner.parameters;
        row.constituents = symbolsOf(runner.constituents);
    }
    addTrades(rows);
    for (const trading::RunnerStatus& runner : runners) {
        StrategyRow& row = rows[{runner.strategy, runner.underlying}];
        row.doing = doing(runner, row, isMarketOpen);
    }
    std::vector<StrategyRow> out;
    for (auto& [key, row] : rows) {
        row.strategy = key.first;
        row.underlying = key.second;
        row.title = titleOf(key.first);
        row.hedgesWithShares = hedgesWithShares(key.first);
        if (const auto events = m_events.find(key); events != m_events.end())
            row.events.assign(events->second.begin(), events->second.end());
        out.push_back(std::move(row));
    }
    return out;
}

} // namespace vegadesk::desk

#include "desk/strategy_desk.h"

#include "desk/sentences.h"
#include "market/calendar.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"
#include "strategies/wanted_expirations.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

/// What strategies look at: which options stream for them, and what one would open that is not armed yet.
namespace vegadesk::desk
{

namespace
{

struct LookWords {
    Q_DECLARE_TR_FUNCTIONS(StrategyLook)
};

std::vector<std::string> underlyingsOf(const trading::RunnerStatus& runner)
{
    std::vector<std::string> symbols{runner.underlying};
    for (const trading::Constituent& each : runner.constituents)
        symbols.push_back(each.underlying);
    return symbols;
}

/// A refusal comes with its figures too.
EntryLookView::Order lookedOrder(trading::EntryOrder order)
{
    EntryLookView::Order looked;
    looked.intent = std::move(order.proposal.intent);
    looked.maxLoss = order.judged ? order.judged->maxLoss : order.judged.error().figures.maxLoss;
    if (!order.judged) {
        QStringList reasons;
        for (const risk::Refusal& reason : order.judged.error().reasons)
            reasons << translated(reason.sentence);
        looked.refusal = reasons.join(QLatin1Char(' ')).toStdString();
    }
    return looked;
}

} // namespace

void StrategyDesk::addInterest(SymbolsByUnderlying& interest, HeldChains& chains, base::Date today) const
{
    if (!m_loop)
        return;
    for (const auto& [key, waiting] : m_waiting) {
        interest[key.second];
        for (const trading::Constituent& each : waiting.constituents)
            interest[each.underlying];
    }
    for (const trading::RunnerStatus& runner : m_loop->runners()) {
        if (runner.state != trading::RunnerState::Off)
            addWanted({runner.strategy, runner.underlying, runner.parameters}, underlyingsOf(runner), interest, chains,
                      today);
    }
    if (m_looked)
        addWanted(*m_looked, lookedUnderlyings(), interest, chains, today);
}

void StrategyDesk::addWanted(const StrategyRequest& request, const std::vector<std::string>& underlyings,
                             SymbolsByUnderlying& interest, HeldChains& chains, base::Date today) const
{
    const auto parameters = parametersOf(request);
    for (const std::string& underlying : underlyings) {
        std::set<std::string>& symbols = interest[underlying];
        if (!parameters)
            continue;
        for (const int days : strategies::daysWanted(*parameters)) {
            const std::set<std::string>& near =
                chains.optionsNear(underlying, today + std::chrono::days(days), expirationsEach);
            symbols.insert(near.begin(), near.end());
        }
    }
}

/// Empty where nothing is followed, or no strategy is called that.
std::vector<std::string> StrategyDesk::lookedUnderlyings() const
{
    std::vector<std::string> symbols;
    if (!m_looked || !parametersOf(*m_looked))
        return symbols;
    symbols.push_back(m_looked->underlying);
    if (const auto constituents = constituentsFor(*m_looked)) {
        for (const trading::Constituent& each : *constituents)
            symbols.push_back(each.underlying);
    }
    return symbols;
}

/// Before the strategy itself is asked; empty: it may be.
QString StrategyDesk::reasonNotToEnter(const Waiting& waiting, base::Instant now) const
{
    const StrategyRequest& request = waiting.request;
    if (const std::string missing = notListed(waiting); !missing.empty())
        return LookWords::tr("the listing of %1 is not here yet").arg(QString::fromStdString(missing));
    const trading::UnderlyingMarket& market = *m_loop->markets().find(request.underlying);
    if ((*strategies::find(request.strategy))->hedgesWithUnderlying &&
        market.instrument.type == market::InstrumentType::Index)
        return LookWords::tr("it hedges with shares, and %1 is an index, which has none")
            .arg(QString::fromStdString(request.underlying));
    if (m_loop->groups().openTrade(request.strategy, request.underlying))
        return LookWords::tr("it has a trade open there, which goes on under these parameters");
    const std::vector<trading::RunnerStatus> runners = m_loop->runners();
    if (std::ranges::any_of(runners, [&](const trading::RunnerStatus& runner) {
            return runner.strategy == request.strategy && runner.underlying == request.underlying && runner.isWorking;
        }))
        return LookWords::tr("its order is at work there already");
    if (m_loop->tradingState() == risk::TradingState::Halted)
        return LookWords::tr("trading is halted");
    if (m_loop->tradingState() == risk::TradingState::Reducing)
        return LookWords::tr("only closes are taken now");
    const auto isLeftToday = [&](const trading::TradeGroup* group) {
        return group->strategy == request.strategy && group->underlying == request.underlying && !group->isOpen &&
               market::newYorkDate(group->closedAt) == market::newYorkDate(now);
    };
    if (std::ranges::any_of(m_loop->groups().all(), isLeftToday))
        return LookWords::tr("it left a trade there today, and enters one a session");
    if (!market::isOpen(now))
        return LookWords::tr("the market is closed");
    return {};
}

void StrategyDesk::follow(std::optional<StrategyRequest> looked)
{
    m_looked = std::move(looked);
    if (m_looked)
        wantSignals(*m_looked);
}

EntryLookView StrategyDesk::look(base::Instant now) const
{
    EntryLookView view;
    view.at = now;
    view.underlyings = lookedUnderlyings();
    if (!m_looked || !m_loop)
        return view;
    const auto parameters = parametersOf(*m_looked);
    if (!parameters) {
        view.whyNot = parameters.error().message();
        return view;
    }
    auto constituents = constituentsFor(*m_looked);
    if (!constituents) {
        view.whyNot = constituents.error().message();
        return view;
    }
    const Waiting waiting{*m_looked, trading::RunnerState::Armed, *std::move(constituents)};
    view.whyNot = reasonNotToEnter(waiting, now).toStdString();
    if (!view.whyNot.empty())
        return view;
    const auto strategy = (*strategies::find(m_looked->strategy))->make(*parameters);
    auto entry = m_loop->lookAtEntry(*strategy, m_looked->underlying, waiting.constituents,
                                     *strategies::filterOf(m_looked->parameters));
    if (!entry) {
        view.whyNot = entry.error().reason;
        return view;
    }
    view.reason = entry->front().proposal.reason;
    for (trading::EntryOrder& order : *entry)
        view.orders.push_back(lookedOrder(std::move(order)));
    return view;
}

} // namespace vegadesk::desk

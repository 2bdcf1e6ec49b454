#include "desk/desk_private.h"
#include "desk/rolling.h"

#include <algorithm>
#include <iterator>

/// What the window and the command line ask of orders.
namespace vegadesk::desk
{

std::uint64_t Desk::stageTicket(const portfolio::OrderIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.stageTicket(request, intent); });
    return request;
}

std::uint64_t Desk::stageTicket(const portfolio::ComplexIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.stageComplex(request, intent); });
    return request;
}

void Desk::setWhatIf(const WhatIf& whatIf)
{
    m_d->onTrading([whatIf](TradingSession& session) { session.setWhatIf(whatIf); });
}

std::uint64_t Desk::stageReplacement(const std::string& externalId, const execution::OrderTerms& terms)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, externalId, terms](TradingSession& session) {
        session.stageReplacement(request, externalId, terms);
    });
    return request;
}

std::uint64_t Desk::requestDryRun(const portfolio::OrderIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.requestDryRun(request, intent); });
    return request;
}

std::uint64_t Desk::requestDryRun(const portfolio::ComplexIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.requestDryRun(request, intent); });
    return request;
}

void Desk::send(const portfolio::OrderIntent& intent)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([intent](TradingSession& session) { session.send(intent); });
}

void Desk::sendComplex(const portfolio::ComplexIntent& intent)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([intent](TradingSession& session) { session.sendComplex(intent); });
}

void Desk::replaceOrder(const std::string& externalId, const execution::OrderTerms& terms)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([externalId, terms](TradingSession& session) { session.replaceOrder(externalId, terms); });
}

void Desk::cancelAllOrders()
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("No order was cancelled: not connected to a broker."));
    m_d->onTrading([](TradingSession& session) { session.cancelAll(); });
}

void Desk::cancelOrder(const std::string& externalId)
{
    m_d->onTrading([externalId](TradingSession& session) { session.cancel(externalId); });
}

void Desk::declareOrderOver(const std::string& externalId)
{
    m_d->onTrading([externalId](TradingSession& session) { session.declareOver(externalId); });
}

void Desk::acknowledge(const std::string& difference)
{
    m_d->onTrading([difference](TradingSession& session) { session.acknowledge(difference); });
}

void Desk::stopAll()
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was stopped: not connected to a broker."));
    m_d->onTrading([](TradingSession& session) { session.stopAll(); });
}

void Desk::armLive()
{
    m_d->onTrading([](TradingSession& session) { session.armLive(); });
}

void Desk::disarmLive()
{
    m_d->onTrading([](TradingSession& session) { session.disarmLive(); });
}

void Desk::resume()
{
    m_d->onTrading([](TradingSession& session) { session.resume(); });
}

std::shared_ptr<const StrategiesView> Desk::strategiesAtWork() const
{
    return m_d->trading->strategies.load();
}

void Desk::armStrategy(const StrategyRequest& request)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("No strategy was armed: not connected to a broker."));
    m_d->onTrading([request](TradingSession& session) { session.armStrategy(request); });
}

void Desk::pauseStrategy(const std::string& strategy, const std::string& underlying)
{
    m_d->onTrading([strategy, underlying](TradingSession& session) {
        session.setStrategy(strategy, underlying, trading::RunnerState::Paused);
    });
}

void Desk::resumeStrategy(const std::string& strategy, const std::string& underlying)
{
    m_d->onTrading([strategy, underlying](TradingSession& session) {
        session.setStrategy(strategy, underlying, trading::RunnerState::Armed);
    });
}

void Desk::turnOffStrategy(const std::string& strategy, const std::string& underlying)
{
    m_d->onTrading([strategy, underlying](TradingSession& session) {
        session.setStrategy(strategy, underlying, trading::RunnerState::Off);
    });
}

void Desk::removeStrategy(const std::string& strategy, const std::string& underlying)
{
    m_d->onTrading([strategy, underlying](TradingSession& session) { session.removeStrategy(strategy, underlying); });
}

std::uint64_t Desk::lookAtEntry(const StrategyRequest& request)
{
    const std::uint64_t number = ++m_d->lastRequest;
    m_d->onTrading([number, request](TradingSession& session) { session.lookAtEntry(number, request); });
    return number;
}

std::shared_ptr<const EntryLookView> Desk::entryLook() const
{
    return m_d->trading->entryLook.load();
}

base::Result<portfolio::OrderIntent> Desk::closingIntent(const std::vector<std::string>& symbols) const
{
    std::vector<PositionRow> held;
    const std::shared_ptr<const TradingView> view = trading();
    for (const std::string& symbol : symbols) {
        const std::size_t before = held.size();
        for (const PositionGroup& group : view->groups)
            std::ranges::copy_if(group.rows, std::back_inserter(held), [&](const PositionRow& row) {
                return row.position.symbol == symbol && row.position.quantity != 0;
            });
        if (held.size() == before)
            return base::fail(base::ErrorKind::NotFound, tr("Not closed").toStdString(), symbol,
                              tr("it is no longer held. Look at the positions again.").toStdString());
    }
    const auto isOption = [](const PositionRow& row) { return row.option.has_value(); };
    if (std::ranges::any_of(held, isOption) && !std::ranges::all_of(held, isOption))
        return base::fail(base::ErrorKind::Refused, tr("Not closed").toStdString(), {},
                          tr("shares and options do not go into one order. Close the options first, then the shares: "
                             "without the shares a short call is naked.")
                              .toStdString());
    return desk::closingIntent(held);
}

base::Result<portfolio::OrderIntent> Desk::rollingIntent(const std::vector<std::string>& symbols) const
{
    std::vector<PositionRow> held;
    const std::shared_ptr<const TradingView> view = trading();
    for (const PositionGroup& group : view->groups)
        for (const PositionRow& row : group.rows)
            if (std::ranges::find(symbols, row.position.symbol) != symbols.end())
                held.push_back(row);
    std::shared_ptr<const market::OptionChain> layout;
    if (m_d->session() && !held.empty())
        layout = m_d->session()->layout(held.front().position.underlying);
    if (!layout)
        return base::fail(base::ErrorKind::NotFound, tr("Not rolled").toStdString(), {},
                          tr("the listed expirations are not known yet. Try again in a moment.").toStdString());
    return desk::rollingIntent(held, *layout);
}

} // namespace vegadesk::desk

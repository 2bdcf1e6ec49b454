#include "desk/sentences.h"
#include "desk/trading_session.h"

#include "market/calendar.h"

#include <QPointer>

#include <algorithm>
#include <chrono>
#include <utility>

/// What the trading session says of the staged order.
namespace vegadesk::desk
{

DryRunView viewOf(const trading::BrokerCheck& check)
{
    DryRunView view;
    view.isDone = true;
    view.result = check.broker;
    view.ourFees = check.ourFees;
    view.ourBuyingPower = check.ourBuyingPower;
    view.feesDifference = check.broker.totalFees.toDouble() - check.ourFees;
    view.buyingPowerDifference = check.broker.changeInBuyingPower.toDouble() - check.ourBuyingPower;
    return view;
}

void TradingSession::stageTicket(std::uint64_t request, portfolio::OrderIntent intent)
{
    if (intent.legs.empty()) {
        m_staged.reset();
        auto view = std::make_shared<TicketView>();
        view->request = request;
        m_views->ticket.store(std::move(view));
    } else {
        m_staged = {request, std::move(intent), {}};
    }
    tick();
}

void TradingSession::stageComplex(std::uint64_t request, portfolio::ComplexIntent intent)
{
    m_staged = {request, portfolio::firstPartOf(intent), {}, std::move(intent)};
    tick();
}

void TradingSession::stageReplacement(std::uint64_t request, std::string externalId, execution::OrderTerms terms)
{
    const execution::Order* const order = m_loop ? m_loop->orders().find(externalId) : nullptr;
    if (order) {
        m_staged = {request, withTerms(order->intent, terms), std::move(externalId)};
    } else {
        m_staged.reset();
        auto view = std::make_shared<TicketView>();
        view->request = request;
        view->replaces = std::move(externalId);
        view->verdict.push_back(tr("The order is not known any more.").toStdString());
        m_views->ticket.store(std::move(view));
    }
    tick();
}

QString TradingSession::verdict(const risk::GateFigures& figures, const std::string& underlying) const
{
    const double equity = m_loop->account().netLiquidation;
    return tr("Gate: %1 % of equity · leverage %2x → %3x · %5 alone, ±15 %, vol +50 %: %4 %")
        .arg(sentenceNumber(100 * figures.positionAfter, 1), sentenceNumber(figures.leverageBefore, 1),
             sentenceNumber(figures.leverageAfter, 1), sentenceNumber(100 * figures.worstStressAfter / equity, 1),
             QString::fromStdString(underlying))
        .replace(QStringLiteral(" %"), QStringLiteral("\u00a0%")); // a number keeps its sign and its unit in a line
}

tl::expected<risk::GateFigures, risk::GateRefusals> TradingSession::judge(const Staged& staged) const
{
    if (staged.complex)
        return m_loop->preview(*staged.complex);
    return staged.replaced.empty() ? m_loop->preview(staged.intent)
                                   : m_loop->previewReplacement(staged.replaced, execution::termsOf(staged.intent));
}

void TradingSession::publishTicket()
{
    if (!m_staged || !m_loop)
        return;
    const auto& [request, intent, replaced, complex] = *m_staged;
    std::vector<portfolio::Position> held = m_loop->positions();
    std::erase_if(held, [&](const portfolio::Position& position) { return position.underlying != intent.underlying; });
    const std::vector<portfolio::OrderIntent> working = m_loop->gateState(replaced).workingOrders;
    auto view = std::make_shared<TicketView>(evaluateTicket(
        intent, lookup(), {held, working}, market::newYorkDate(m_setup.marketClock->now()), m_whatIf, quotedTime()));
    view->request = request;
    view->replaces = replaced;
    if (complex)
        addExits(*view, *complex, lookup(), held);
    const auto judged = judge(*m_staged);
    view->isAllowed = judged.has_value();
    if (judged)
        view->verdict.push_back(verdict(*judged, intent.underlying).toStdString());
    else
        for (const risk::Refusal& reason : judged.error().reasons)
            view->verdict.push_back(translated(reason.sentence).toStdString());
    for (const base::Sentence& warning : (judged ? *judged : judged.error().figures).warnings)
        view->warnings.push_back(translated(warning).toStdString());
    if (const auto since = oldSince(intent))
        view->warnings.push_back(
            tr("No option quote is newer than %1: all figures here are of then.").arg(*since).toStdString());
    m_views->ticket.store(std::move(view));
}

std::optional<QString> TradingSession::oldSince(const portfolio::OrderIntent& intent) const
{
    std::optional<base::Instant> since;
    const InstrumentLookup known = lookup();
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const auto state = known(leg.symbol);
        if (state && state->isOld)
            since = since ? std::min(*since, state->at) : state->at;
    }
    return since ? std::optional(newYorkTime(*since)) : std::nullopt;
}

void TradingSession::setWhatIf(WhatIf whatIf)
{
    m_whatIf = whatIf;
    if (std::exchange(m_isTicketDue, true))
        return;
    // A slider asks faster than a ticket is judged: what is queued behind this call is taken first.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isTicketDue = false;
            publishTicket();
        },
        Qt::QueuedConnection);
}

void TradingSession::requestDryRun(std::uint64_t request, const portfolio::OrderIntent& intent)
{
    if (CheckDone done = beginDryRun(request))
        m_loop->dryRun(intent, std::move(done));
}

void TradingSession::requestDryRun(std::uint64_t request, const portfolio::ComplexIntent& intent)
{
    if (CheckDone done = beginDryRun(request))
        m_loop->dryRun(intent, std::move(done));
}

TradingSession::CheckDone TradingSession::beginDryRun(std::uint64_t request)
{
    auto view = std::make_shared<DryRunView>();
    view->request = request;
    if (!m_loop) {
        view->isDone = true;
        view->failure = tr("Not connected to a broker.").toStdString();
        m_views->dryRun.store(std::move(view));
        return {};
    }
    m_views->dryRun.store(std::move(view));
    const auto asked = std::chrono::steady_clock::now();
    return [self = QPointer<TradingSession>(this), request, asked](base::Result<trading::BrokerCheck> answer) {
        if (!self)
            return;
        auto done = std::make_shared<DryRunView>();
        if (answer)
            *done = viewOf(*answer);
        else
            done->failure = answer.error().message();
        done->request = request;
        done->isDone = true;
        done->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count();
        self->m_views->dryRun.store(std::move(done));
    };
}

} // namespace vegadesk::desk

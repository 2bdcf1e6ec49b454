#include "trading/loop.h"

#include "market/calendar.h"
#include "portfolio/fees.h"
#include "risk/gate/order_checks.h"
#include "risk/gate/order_figures.h"
#include "trading/origins.h"

#include <algorithm>

/// The part of the loop that orders leave by, whoever asks for them.

namespace vegadesk::trading
{

namespace
{

using base::translatable;

/// Of a strategy's orders, its entries.
bool waitsForBroker(const portfolio::OrderIntent& intent)
{
    return !intent.origin.starts_with(hedgeOrigin) &&
           std::ranges::any_of(intent.legs,
                               [](const portfolio::OrderLeg& leg) { return portfolio::isOpening(leg.action); });
}

risk::GateRefusals refusalOf(std::string code, base::Sentence sentence)
{
    return {.reasons = {{.code = std::move(code), .sentence = std::move(sentence)}}, .figures = {}};
}

} // namespace

Loop::Submission Loop::submit(const portfolio::OrderIntent& intent)
{
    return approveAndSend(intent);
}

risk::GateRefusals Loop::refuse(const portfolio::OrderIntent& intent, risk::GateRefusals refusals)
{
    write({m_clock.now(), "gate.refused", intent.origin, execution::sentenceToJson(refusals.sentence())});
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onRefusal(intent, refusals);
    return refusals;
}

Loop::Submission Loop::approveAndSend(const portfolio::OrderIntent& intent)
{
    if (!m_settings.asksBrokerFirst || !waitsForBroker(intent) || !isReady())
        return approveAndSendNow(intent, {});
    if (auto refused = reasonNotNow({&intent, 1}, [&] { return preview(intent); }))
        return tl::make_unexpected(refuse(intent, *std::move(refused)));
    // What we would not send need not be asked about. The approval is not kept, but that it was given is: the same order does
    // not pass a second time while the first is being checked.
    auto approved = m_gate.approve(intent, gateState());
    if (!approved)
        return tl::make_unexpected(refuse(intent, std::move(approved.error())));
    askBroker(intent, {});
    return std::string();
}

Loop::Submission Loop::submit(const portfolio::ComplexIntent& intent)
{
    const std::vector<portfolio::OrderIntent> parts = portfolio::partsOf(intent);
    const portfolio::OrderIntent first = portfolio::firstPartOf(intent);
    if (!m_settings.asksBrokerFirst || !intent.trigger || !isReady())
        return approveAndSendNow(intent);
    if (auto refused = reasonNotNow(parts, [&] { return preview(intent); }))
        return tl::make_unexpected(refuse(first, *std::move(refused)));
    if (auto approved = m_gate.approve(intent, gateState()); !approved)
        return tl::make_unexpected(refuse(first, std::move(approved.error())));
    askBroker(first, intent);
    return std::string();
}

Loop::Submission Loop::approveAndSendNow(const portfolio::ComplexIntent& intent)
{
    const std::vector<portfolio::OrderIntent> parts = portfolio::partsOf(intent);
    const portfolio::OrderIntent first = portfolio::firstPartOf(intent);
    const auto no = [&](risk::GateRefusals why) { return tl::make_unexpected(refuse(first, std::move(why))); };
    if (auto refused = reasonNotNow(parts, [&] { return preview(intent); }))
        return no(*std::move(refused));
    auto approved = m_gate.approve(intent, gateState());
    if (!approved)
        return no(std::move(approved.error()));
    const auto sent = m_orders.submit(*std::move(approved));
    if (!sent) {
        m_gate.forget(intent);
        return no(refusalOf("not_sent", {"%1", {sent.error().message()}}));
    }
    return sent->front();
}

tl::expected<risk::GateFigures, risk::GateRefusals> Loop::preview(const portfolio::ComplexIntent& intent) const
{
    return m_gate.preview(intent, gateState());
}

Loop::Submission Loop::approveAndSendNow(const portfolio::OrderIntent& intent, std::string_view replaced)
{
    const auto no = [&](risk::GateRefusals why) { return tl::make_unexpected(refuse(intent, std::move(why))); };
    if (auto refused = reasonNotNow({&intent, 1}, [&] { return m_gate.preview(intent, gateState(replaced)); }))
        return no(*std::move(refused));
    auto approved = m_gate.approve(intent, gateState(replaced));
    if (!approved)
        return no(std::move(approved.error()));
    auto sent =
        replaced.empty() ? m_orders.submit(*std::move(approved)) : m_orders.replace(replaced, *std::move(approved));
    if (!sent) {
        m_gate.forget(intent);
        return no(refusalOf("not_sent", {"%1", {sent.error().message()}}));
    }
    return *std::move(sent);
}

/// The order manager would say so too, in words that are no form to translate.
std::optional<risk::GateRefusals> Loop::reasonNotNow(std::span<const portfolio::OrderIntent> parts,
                                                     const Preview& preview) const
{
    if (!isReady())
        return refusalOf("not_ready",
                         {translatable("Core", "The account's positions and balances are not known yet.")});
    const base::Nanos wait = m_orders.orderWait(static_cast<int>(parts.size()));
    if (wait <= m_settings.orders.approvalLifetime)
        return {};
    if (std::ranges::all_of(parts, portfolio::isFromPerson)) {
        const auto figures = preview();
        if (!figures || figures->isReducing)
            return {}; // a close does not wait; what the gate refuses, it says itself
    }
    const double seconds = 60 * base::seconds(wait) / base::seconds(m_settings.orders.minute);
    return refusalOf(
        "order_rate",
        {translatable("Core", "At most %1 orders a minute are sent: the next one may go in %2 s."),
         {base::SentenceNumber{static_cast<double>(m_orders.ordersPerMinute())}, base::SentenceNumber{seconds, 1}}});
}

/// What the gate said may be old: the order waited for its turn, or for the disk.
std::string Loop::reasonToStay(const portfolio::OrderIntent& intent, bool isReducing) const
{
    if (!m_settings.sendRefusal.isEmpty())
        return m_settings.sendRefusal.english();
    const risk::TradingState state = tradingState();
    if (state == risk::TradingState::Halted && !(isReducing && portfolio::isFromPerson(intent)))
        return "trading is halted";
    if (state == risk::TradingState::Reducing && !isReducing)
        return "only orders that cannot add risk are taken now";
    return {};
}

Loop::Submission Loop::replace(std::string_view externalId, const execution::OrderTerms& terms)
{
    const execution::Order* const order = m_orders.find(externalId);
    if (!order)
        return tl::make_unexpected(
            refuse({}, refusalOf("replacement", {translatable("Core", "The order is not known any more.")})));
    const portfolio::OrderIntent intent = withTerms(order->intent, terms);
    if (!isReplaceable(*order))
        return tl::make_unexpected(refuse(intent, previewReplacement(externalId, terms).error()));
    return approveAndSendNow(intent, externalId);
}

tl::expected<risk::GateFigures, risk::GateRefusals> Loop::previewReplacement(std::string_view externalId,
                                                                             const execution::OrderTerms& terms) const
{
    const execution::Order* const order = m_orders.find(externalId);
    if (!order || !isReplaceable(*order))
        return tl::make_unexpected(refusalOf(
            "replacement", {translatable("Core", "Only a working order of which nothing has filled can be changed.")}));
    return m_gate.preview(withTerms(order->intent, terms), gateState(externalId));
}

tl::expected<risk::GateFigures, risk::GateRefusals> Loop::preview(const portfolio::OrderIntent& intent) const
{
    return m_gate.preview(intent, gateState());
}

execution::Broker::Done<portfolio::DryRunResult> Loop::besideOurs(const portfolio::OrderIntent& intent,
                                                                  execution::Broker::Done<BrokerCheck> done)
{
    return [this, intent, done = std::move(done),
            alive = std::weak_ptr(m_alive)](const base::Result<portfolio::DryRunResult>& answer) {
        if (alive.expired())
            return;
        if (answer)
            done(checkOf(intent, *answer));
        else
            done(tl::make_unexpected(answer.error()));
    };
}

void Loop::dryRun(const portfolio::OrderIntent& intent, execution::Broker::Done<BrokerCheck> done)
{
    m_broker.dryRun(intent, besideOurs(intent, std::move(done)));
}

void Loop::dryRun(const portfolio::ComplexIntent& intent, execution::Broker::Done<BrokerCheck> done)
{
    m_broker.dryRunComplex(intent, besideOurs(portfolio::firstPartOf(intent), std::move(done)));
}

BrokerCheck Loop::checkOf(const portfolio::OrderIntent& asked, const portfolio::DryRunResult& broker) const
{
    BrokerCheck check{.broker = broker};
    const risk::GateState state = gateState();
    const portfolio::OrderIntent intent = risk::sizedNow(asked, state);
    check.ourFees = portfolio::feesFor(intent, market::newYorkDate(m_clock.now())).total().toDouble();
    const std::vector<risk::InstrumentState> instruments = risk::instrumentsOf(intent, state);
    if (!intent.legs.empty() && instruments.size() == intent.legs.size())
        check.ourBuyingPower = risk::buyingPowerNeeded(intent, state, instruments) + check.ourFees;
    return check;
}

std::vector<portfolio::OrderIntent> Loop::beingChecked() const
{
    std::vector<portfolio::OrderIntent> intents;
    for (const PendingCheck& check : m_checks)
        intents.push_back(check.intent);
    return intents;
}

void Loop::askBroker(const portfolio::OrderIntent& intent, std::optional<portfolio::ComplexIntent> complex)
{
    const std::uint64_t number = ++m_lastCheck;
    m_checks.push_back({number, intent, complex, m_spans.now()});
    auto checked = [this, number](const base::Result<BrokerCheck>& check) { brokerChecked(number, check); };
    if (complex)
        dryRun(*complex, std::move(checked));
    else
        dryRun(intent, std::move(checked));
}

void Loop::brokerChecked(std::uint64_t number, const base::Result<BrokerCheck>& check)
{
    const auto found = std::ranges::find(m_checks, number, &PendingCheck::number);
    if (found == m_checks.end())
        return; // too late, or withdrawn
    const PendingCheck pending = std::move(*found);
    m_checks.erase(found);
    if (!check)
        return dropCheck(
            pending, "no_broker_check",
            {translatable("Core", "The broker could not be asked to check the order, so it was not sent: %1."),
             {check.error().message()}});
    if (!check->broker.errors.empty()) {
        std::string reasons;
        for (const std::string& error : check->broker.errors)
            reasons += (reasons.empty() ? "" : " ") + error;
        return dropCheck(pending, "broker_check",
                         {translatable("Core", "The broker would not take the order: %1"), {reasons}});
    }
    write(brokerCheckRecord(m_clock.now(), m_settings.orders.idPrefix, pending.intent.origin, check->broker,
                            check->ourFees, check->ourBuyingPower));
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onBrokerCheck(pending.intent, *check);
    forget(pending);
    const Submission sent =
        pending.complex ? approveAndSendNow(*pending.complex) : approveAndSendNow(pending.intent, {});
    if (!sent) {
        if (Runner* const runner = runnerOf(pending.intent))
            noteRefusal(*runner, sent.error().sentence());
    }
}

void Loop::forget(const PendingCheck& check)
{
    if (check.complex)
        m_gate.forget(*check.complex);
    else
        m_gate.forget(check.intent);
}

void Loop::leaveLateChecks()
{
    const auto isLate = [this](const PendingCheck& check) {
        return m_spans.now() - check.askedAt > m_settings.brokerCheckTimeout;
    };
    for (auto late = std::ranges::find_if(m_checks, isLate); late != m_checks.end();
         late = std::ranges::find_if(m_checks, isLate)) {
        const PendingCheck check = std::move(*late);
        m_checks.erase(late);
        dropCheck(check, "no_broker_check",
                  {translatable("Core", "The broker did not check the order in time, so it was not sent.")});
    }
}

void Loop::withdrawChecks()
{
    for (const PendingCheck& check : std::exchange(m_checks, {}))
        dropCheck(check, "withdrawn", {translatable("Core", "Everything is being cancelled: the order was not sent.")});
}

/// Of a strategy that was told to stop: no refusal of its own, so its exits need not pause for it.
void Loop::withdrawChecksOf(const RunnerKey& runner)
{
    const auto isIts = [&](const PendingCheck& check) { return isOf(runner, check.intent); };
    for (auto its = std::ranges::find_if(m_checks, isIts); its != m_checks.end();
         its = std::ranges::find_if(m_checks, isIts)) {
        const PendingCheck check = std::move(*its);
        m_checks.erase(its);
        forget(check);
        refuse(check.intent,
               refusalOf("withdrawn", {translatable("Core", "The strategy was stopped: the order was not sent.")}));
    }
}

void Loop::takeBackOrdersOf(const RunnerKey& runner, RunnerState state)
{
    withdrawChecksOf(runner); // nothing but entries waits for the broker
    for (const std::string& id : std::vector(m_workingStrategyOrders.begin(), m_workingStrategyOrders.end())) {
        const execution::Order* const order = m_orders.find(id);
        const bool isIts = order && isOf(runner, order->intent);
        if (isIts && (state == RunnerState::Off || waitsForBroker(order->intent)))
            static_cast<void>(m_orders.cancel(id)); // an order that is over by now needs no cancel
    }
}

void Loop::dropCheck(const PendingCheck& check, std::string code, base::Sentence sentence)
{
    forget(check);
    const risk::GateRefusals refusals = refuse(check.intent, refusalOf(std::move(code), std::move(sentence)));
    if (Runner* const runner = runnerOf(check.intent))
        noteRefusal(*runner, refusals.sentence());
}

base::Result<void> Loop::cancel(std::string_view externalId)
{
    return m_orders.cancel(externalId);
}

void Loop::cancelAll(std::function<void()> finished)
{
    m_orders.cancelAll(std::move(finished));
    withdrawChecks();
}

} // namespace vegadesk::trading

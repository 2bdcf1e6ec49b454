#include "desk/trading_session.h"

#include "base/log.h"
#include "market/calendar.h"
#include "trading/origins.h"

#include <QPointer>

#include <algorithm>
#include <exception>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr base::Nanos pictureEvery = std::chrono::seconds(2);
constexpr base::Nanos lookEvery = std::chrono::seconds(1);

QString words(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString words(const base::Error& error)
{
    return QString::fromStdString(error.message());
}

} // namespace

TradingSession::TradingSession(std::shared_ptr<market::Book> book, std::shared_ptr<TradingViews> views)
    : m_book(std::move(book)), m_views(std::move(views))
{
}

TradingSession::~TradingSession()
{
    close();
}

void TradingSession::addDefinition(std::shared_ptr<const market::ChainDefinition> definition)
{
    const std::string underlying = definition->underlying.symbol;
    if (m_loop)
        m_loop->addUnderlying(definition->underlying);
    m_chains.addDefinition(std::move(definition));
    if (m_loop)
        m_strategies.onListed(underlying);
}

void TradingSession::setStaleAfter(base::Nanos span)
{
    m_staleAfter = span;
}

void TradingSession::setTimeBasis(TimeBasis basis)
{
    m_basis = basis;
}

void TradingSession::setFeedState(market::FeedState state)
{
    m_isFeedDown = state == market::FeedState::Disconnected || state == market::FeedState::Connecting;
    m_isFeedAlive = state == market::FeedState::Live;
    if (m_loop)
        m_loop->setFeedAlive(m_isFeedAlive);
    tick();
}

void TradingSession::setLimits(risk::Limits limits, std::string reason)
{
    m_setup.limits = limits;
    m_setup.limitsReason = reason;
    if (!m_loop)
        return;
    if (const auto done = m_loop->setLimits(limits, reason); !done)
        notice(NoticeLevel::Error, words(done.error()));
    publishTrading(); // the gauges follow at once
}

void TradingSession::setMeasures(const trading::RiskMeasures& measures, double expectedShortfall)
{
    if (m_loop)
        m_loop->setRiskMeasures(measures);
    m_valueAtRisk = measures.valueAtRisk;
    m_expectedShortfall = expectedShortfall;
}

void TradingSession::setOrdersPerMinute(int count)
{
    m_setup.ordersPerMinute = count;
    if (m_loop)
        m_loop->setOrdersPerMinute(count);
}

SymbolsByUnderlying TradingSession::interest()
{
    SymbolsByUnderlying out;
    const auto add = [&out](const portfolio::OrderIntent& intent) {
        for (const portfolio::OrderLeg& leg : intent.legs)
            out[intent.underlying].insert(leg.symbol);
    };
    if (m_loop) {
        for (const portfolio::Position& position : m_loop->positions())
            out[position.underlying].insert(position.symbol);
        for (const portfolio::OrderIntent& intent : m_loop->orders().workingIntents())
            add(intent);
        // The gate judges it again when the broker has checked it, and the ticket has let go of it by then.
        for (const portfolio::OrderIntent& intent : m_loop->beingChecked())
            add(intent);
        m_strategies.addInterest(out, m_chains, market::newYorkDate(m_setup.marketClock->now()));
    }
    if (m_staged)
        add(m_staged->intent);
    return out;
}

void TradingSession::refreshMarkets()
{
    const base::Instant now = m_setup.marketClock->now();
    const base::Nanos staleAfter = m_isFeedDown ? base::Nanos(1) : m_staleAfter;
    for (auto& [chain, analytics] : m_chains.refresh(*m_book, m_clock.now(), staleAfter, now))
        m_loop->onMarket(std::move(chain), std::move(analytics));
}

/// Old quotes and a closed market have no marks that time may pass between.
void TradingSession::markLedgers()
{
    const base::Instant now = m_setup.marketClock->now();
    if (m_isFeedAlive && market::isOpen(now))
        m_ledgers.mark(now);
}

void TradingSession::tick()
{
    if (!m_loop)
        return;
    if (m_chains.setInterest(interest()))
        Q_EMIT interestChanged(m_chains.interest());
    refreshMarkets();
    markLedgers();
    m_strategies.followSignals(market::newYorkDate(m_setup.marketClock->now()));
    watchArming();
    m_loop->step();
    publishTrading();
    publishTicket();
    publishLook();
    takePicture();
}

void TradingSession::takePicture()
{
    const base::Instant now = m_clock.now();
    if (!m_loop->isReady() || (m_trades.empty() && m_paid.empty() && now - m_picturedAt < pictureEvery))
        return;
    m_picturedAt = now;
    auto picture = std::make_shared<RiskPicture>(riskPictureOf(m_loop->gateState(), m_loop->groups().all()));
    picture->trades = std::exchange(m_trades, {});
    picture->paid = std::exchange(m_paid, {});
    picture->time = quotedTime();
    picture->brokerRequirement = m_loop->account().requirement;
    Q_EMIT pictured(std::move(picture));
}

InstrumentLookup TradingSession::lookup() const
{
    const bool isOpen = market::isOpen(m_setup.marketClock->now());
    return [this, isOpen](const std::string& symbol) { return m_loop->markets().instrument(symbol, isOpen); };
}

void TradingSession::send(portfolio::OrderIntent intent)
{
    if (!m_loop) {
        notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
        return;
    }
    m_arming.noteActivity(m_setup.marketClock->now());
    if (const auto sent = m_loop->submit(intent); sent && sent->empty())
        base::log::info("checked by the broker before it is sent: {}", describe(intent).toStdString());
    else if (sent)
        base::log::info("order {} submitted: {}", *sent, describe(intent).toStdString());
    tick();
}

void TradingSession::sendComplex(portfolio::ComplexIntent intent)
{
    if (!m_loop) {
        notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
        return;
    }
    m_arming.noteActivity(m_setup.marketClock->now());
    if (const auto sent = m_loop->submit(intent); sent && !sent->empty())
        base::log::info("{} order submitted, its first part as {}", portfolio::toWire(intent.kind), *sent);
    tick();
}

void TradingSession::replaceOrder(std::string externalId, execution::OrderTerms terms)
{
    if (!m_loop) {
        notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
        return;
    }
    m_arming.noteActivity(m_setup.marketClock->now());
    if (const auto sent = m_loop->replace(externalId, terms); sent)
        base::log::info("order {} submitted in the place of {}", *sent, externalId);
    tick();
}

void TradingSession::cancelAll()
{
    if (!m_loop) {
        notice(NoticeLevel::Error, tr("No order was cancelled: not connected to a broker."));
        return;
    }
    notice(NoticeLevel::Info, tr("Every working order is being cancelled."));
    m_loop->cancelAll([this] { notice(NoticeLevel::Info, tr("No order is working any more.")); });
    tick();
}

void TradingSession::cancel(std::string externalId)
{
    if (!m_loop)
        return;
    if (const auto done = m_loop->cancel(externalId); !done)
        notice(NoticeLevel::Warning, tr("The order was not cancelled. %1").arg(words(done.error())));
    tick();
}

void TradingSession::declareOver(std::string externalId)
{
    if (!m_loop)
        return;
    if (const auto done = m_loop->declareOver(externalId); !done)
        notice(NoticeLevel::Warning, tr("The order stays as it is. %1").arg(words(done.error())));
    tick();
}

std::string TradingSession::idOf(const execution::Difference& difference)
{
    return std::to_string(static_cast<int>(difference.kind)) + "/" + difference.key;
}

void TradingSession::acknowledge(std::string id)
{
    if (!m_loop)
        return;
    const std::vector<execution::Difference> open = m_loop->orders().differences();
    const auto seen = std::ranges::find(open, id, &TradingSession::idOf);
    if (seen != open.end() && m_loop->acknowledge(seen->kind, seen->key))
        notice(NoticeLevel::Info, tr("Taken as seen: %1").arg(words(seen->sentence)));
    tick();
}

void TradingSession::armStrategy(const StrategyRequest& request)
{
    if (!m_loop) {
        notice(NoticeLevel::Error, tr("No strategy was armed: not connected to a broker."));
        return;
    }
    if (const auto done = m_strategies.arm(request, m_setup.marketClock->now()); !done)
        notice(NoticeLevel::Error, tr("The strategy was not armed. %1").arg(words(done.error())));
    tick();
}

void TradingSession::setStrategy(const std::string& strategy, const std::string& underlying, trading::RunnerState state)
{
    if (!m_loop)
        return;
    if (const auto done = m_strategies.set(strategy, underlying, state, m_setup.marketClock->now()); !done)
        notice(NoticeLevel::Error, tr("The strategy stays as it is. %1").arg(words(done.error())));
    tick();
}

void TradingSession::removeStrategy(const std::string& strategy, const std::string& underlying)
{
    if (!m_loop)
        return;
    if (const auto done = m_strategies.remove(strategy, underlying); !done)
        notice(NoticeLevel::Error, tr("The strategy stays as it is. %1").arg(words(done.error())));
    tick();
}

void TradingSession::lookAtEntry(std::uint64_t request, StrategyRequest wanted)
{
    if (!m_loop)
        return;
    m_strategies.follow(std::move(wanted));
    m_look = Look{.request = request, .until = m_clock.now() + lookedFor};
}

/// A look must not cost anything: what a strategy throws here is no reason to halt trading.
void TradingSession::publishLook()
{
    const base::Instant now = m_clock.now();
    if (!m_look || now < m_look->dueAt)
        return;
    if (now > m_look->until) {
        m_look.reset();
        m_strategies.follow({});
        m_views->entryLook.store(std::make_shared<const EntryLookView>());
        return;
    }
    m_look->dueAt = now + lookEvery;
    EntryLookView view;
    try {
        view = m_strategies.look(m_setup.marketClock->now());
    } catch (const std::exception& fault) {
        view.whyNot = fault.what();
    }
    view.request = m_look->request;
    m_views->entryLook.store(std::make_shared<const EntryLookView>(std::move(view)));
}

void TradingSession::setDays(const std::string& underlying, std::vector<market::Candle> days)
{
    m_strategies.setDays(underlying, std::move(days));
}

void TradingSession::readJournal(int count)
{
    if (!m_store)
        return;
    m_store->recentJournal(
        count, [self = QPointer<TradingSession>(this)](base::Result<std::vector<base::JournalRecord>> records) {
            if (!self || !records)
                return;
            std::vector<JournalLine> lines;
            for (const base::JournalRecord& record : *records)
                lines.push_back({record.at, record.kind, record.key, record.payload});
            Q_EMIT self->journalRead(lines);
        });
}

void TradingSession::saveRun(storage::StoredRun run)
{
    if (m_store)
        m_store->saveRun(std::move(run), {});
}

void TradingSession::notice(NoticeLevel level, const QString& text, NoticeTopic topic)
{
    const std::string utf8 = text.toStdString();
    if (level == NoticeLevel::Error)
        base::log::error("{}", utf8);
    else
        base::log::info("{}", utf8);
    Q_EMIT noticed({level, m_clock.now(), utf8, topic});
}

void TradingSession::notice(const NoticeText& notice)
{
    this->notice(notice.level, notice.text, notice.topic);
}

void TradingSession::onProposal(std::string_view strategy, const strategies::Proposal& proposal)
{
    notice(NoticeLevel::Info, QStringLiteral("%1: %2").arg(words(strategy), QString::fromStdString(proposal.reason)));
    noteForStrategy(proposal.intent, StrategyEvent::Kind::Proposal, QString::fromStdString(proposal.reason));
}

void TradingSession::onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals& refusals)
{
    const NoticeText text = noticeOf(intent, refusals);
    notice(text);
    noteForStrategy(intent, StrategyEvent::Kind::Refusal, text.text);
}

void TradingSession::noteForStrategy(const portfolio::OrderIntent& intent, StrategyEvent::Kind kind,
                                     const QString& text)
{
    if (const std::string_view strategy = trading::strategyOf(intent.origin); !strategy.empty())
        m_strategies.note(strategy, intent.underlying, m_setup.marketClock->now(), kind, text.toStdString());
}

void TradingSession::onBrokerCheck(const portfolio::OrderIntent& intent, const trading::BrokerCheck& check)
{
    m_lastChecked = {intent, viewOf(check)};
    if (const auto text = noticeOf(intent, check.broker))
        notice(*text);
}

void TradingSession::onOrder(const execution::Order& order)
{
    if (m_store)
        m_store->saveOrder(order, {});
    auto& last = m_lastStatus[order.externalId.empty() ? order.brokerId : order.externalId];
    if (last == order.status)
        return;
    last = order.status;
    if (const auto text = noticeOf(order)) {
        notice(*text);
        noteForStrategy(order.intent, StrategyEvent::Kind::Order, text->text);
    }
}

/// The order's change, which follows, is what is shown; what was traded is for the next picture.
void TradingSession::onFill(const execution::Order& order, const portfolio::Fill& fill)
{
    const auto leg = std::ranges::find(order.intent.legs, fill.symbol, &portfolio::OrderLeg::symbol);
    const market::InstrumentType type =
        leg == order.intent.legs.end() ? market::InstrumentType::EquityOption : leg->type;
    m_trades.push_back(tradeOf(order, fill, m_loop->markets().multiplier(fill.symbol, type)));
}

void TradingSession::onDividend(std::span<const portfolio::AttributedCash> parts)
{
    m_paid.insert(m_paid.end(), parts.begin(), parts.end());
    notice(noticeOf(parts));
}

void TradingSession::onCashMoved(base::Decimal amount)
{
    notice(noticeOfCash(amount));
}

void TradingSession::onDifference(const execution::Difference& difference)
{
    notice(NoticeLevel::Error, words(difference.sentence));
}

void TradingSession::onTradingState(risk::TradingState state, const base::Sentence& reason)
{
    notice(noticeOf(state, reason));
    watchArming();
}

void TradingSession::onConnection(execution::ConnectionState state, std::string_view why)
{
    m_connection = state;
    watchArming();
    Q_EMIT connectionChanged(static_cast<int>(state), words(why));
}

} // namespace vegadesk::desk

#include "desk/trading_session.h"

#include "base/log.h"
#include "desk/sentences.h"
#include "market/calendar.h"

#include <algorithm>
#include <utility>

/// How the trading session begins, halts, goes on and ends.
namespace vegadesk::desk
{

namespace
{

constexpr int tickMs = 200;
constexpr const char* stoppedByHand = base::translatable("Core", "stopped by hand");
constexpr const char* stoppedInWatchdog = base::translatable("Core", "stopped in the watchdog");

} // namespace

storage::Executor TradingSession::executor()
{
    // The storage threads end in close(), so they never outlive this object.
    return [this](std::function<void()> work) {
        QMetaObject::invokeMethod(this, [this, work = std::move(work)] { guarded(work); }, Qt::QueuedConnection);
    };
}

void TradingSession::guarded(const std::function<void()>& work)
{
    try {
        obeyHaltFile();
        work();
    } catch (const std::exception& thrown) {
        halt(thrown.what());
    }
}

/// What threw may throw again at the next step, so the loop is left alone but for cancels: a book that cannot be reckoned
/// must not be traded on.
void TradingSession::halt(const char* why)
{
    if (std::exchange(m_isBroken, true))
        return;
    base::log::error("the trading thread: {}", why);
    stopRetrying();
    if (!m_timer)
        return giveUp(why);
    notice(NoticeLevel::Error, tr("Trading is halted: a figure of the account or the market could not be reckoned with "
                                  "(%1). Working orders are "
                                  "being cancelled. Compare with the broker's own page, then start the program again.")
                                   .arg(QString::fromUtf8(why)));
    try {
        m_loop->setTradingState(risk::TradingState::Halted,
                                {base::translatable("Core", "something could not be reckoned with")});
        publishTrading();
    } catch (const std::exception& thrown) {
        base::log::error("and while halting: {}", thrown.what());
    }
}

/// Thrown while the session began: half a loop cannot cancel, and what holds the journal must not keep the next one from it.
void TradingSession::giveUp(const char* why)
{
    m_strategies.end();
    m_ledgers.end();
    m_look.reset();
    m_loop.reset();
    m_store.reset();
    m_journal.reset();
    notice(NoticeLevel::Error,
           tr("Trading could not be started (%1), so no order can be sent. Working orders are left as "
              "they are: look at the broker's own page, then start the program again.")
               .arg(QString::fromUtf8(why)));
    publishWithoutLoop();
}

void TradingSession::open(SessionSetup setup)
{
    close();
    m_setup = std::move(setup);
    if (begin())
        return;
    // A disk may get room, another program may end: then it goes on by itself.
    m_retry = new QTimer(this);
    connect(m_retry, &QTimer::timeout, this, [this] {
        guarded([this] {
            if (!begin())
                return;
            stopRetrying();
            notice(NoticeLevel::Info, m_loop->tradingState() == risk::TradingState::Active
                                          ? tr("The order journal can be used again: orders can be sent.")
                                          : tr("The order journal can be used again."));
        });
    });
    m_retry->start(m_setup.journalRetry);
}

void TradingSession::stopRetrying()
{
    if (!m_retry)
        return;
    m_retry->stop();
    m_retry->deleteLater(); // not at once: its own signal may be being handled
    m_retry = nullptr;
}

bool TradingSession::begin()
{
    auto records = openJournal();
    if (!records) {
        if (const std::string why = records.error().message(); why != std::exchange(m_journalWhy, why))
            notice(NoticeLevel::Error,
                   tr("The order journal cannot be used, so no order can be sent; it is tried again. %1")
                       .arg(QString::fromStdString(records.error().message())));
        return false;
    }
    m_journalWhy.clear();
    if (auto store = storage::SqliteStore::open(
            {.file = m_setup.storeFile, .journalFile = m_setup.journalFile, .executor = executor()}))
        m_store = std::move(*store);
    else
        notice(NoticeLevel::Warning,
               tr("Orders and backtests are not remembered beyond this session. %1 Move the file away and start again: "
                  "a new one is made.")
                   .arg(QString::fromStdString(store.error().message())));

    trading::LoopSettings settings;
    settings.orders.idPrefix = std::string(toText(m_setup.environment)) + "-" + m_setup.account;
    // What the loop waits for happens on our clock; it is measured on one as fast as the market's.
    const auto scaled = [speed = std::max(1.0, m_setup.marketSpeed)](base::Nanos& span) {
        span = base::Nanos(static_cast<std::int64_t>(static_cast<double>(span.count()) * speed));
    };
    for (base::Nanos* span :
         {&settings.orders.snapshotGap, &settings.orders.answerTimeout, &settings.orders.cancelRetry,
          &settings.orders.reconcileEvery, &settings.orders.approvalLifetime, &settings.orders.minute,
          &settings.brokerCheckTimeout, &settings.disconnectedMost})
        scaled(*span);
    settings.clockSpeed = m_setup.marketSpeed;
    m_arming = LiveArming(m_setup.environment == Environment::Live);
    settings.sendRefusal = m_arming.refusal();
    settings.orders.ordersPerMinute = m_setup.ordersPerMinute;
    settings.asksBrokerFirst = true;
    settings.limitsReason = m_setup.limitsReason;

    m_loop = std::make_unique<trading::Loop>(settings, m_setup.limits, *m_setup.broker, *m_journal,
                                             *m_setup.marketClock, m_setup.spanClock.get());
    m_loop->addObserver(this);
    m_loop->setFeedAlive(m_isFeedAlive);
    for (const market::Instrument& underlying : m_chains.underlyings())
        m_loop->addUnderlying(underlying);
    m_loop->start(*records);
    m_strategies.setSignalsFolder(m_setup.signalsFolder, m_setup.environment == Environment::Live);
    m_strategies.begin(*m_loop);
    m_ledgers.begin(*m_loop);
    if (std::exchange(m_isStopDue, false))
        m_loop->setTradingState(risk::TradingState::Halted, {stoppedByHand});
    obeyHaltFile();

    m_timer = new QTimer(this);
    connect(m_timer, &QTimer::timeout, this, [this] { guarded([this] { tick(); }); });
    m_timer->start(tickMs);
    tick();
    return true;
}

base::Result<std::vector<base::JournalRecord>> TradingSession::openJournal()
{
    auto journal = storage::SqliteJournal::open({.file = m_setup.journalFile, .executor = executor()});
    if (!journal)
        return tl::make_unexpected(journal.error());
    auto records = (*journal)->readAll();
    if (!records)
        return records;
    m_journal = std::move(*journal);
    if (const storage::JournalHealth& health = m_journal->healthAtOpening(); health.damaged > 0) {
        QString text = tr("%n journal record(s) were damaged and are left out; orders are checked with the broker.",
                          nullptr, static_cast<int>(health.damaged));
        if (!health.keptAt.empty())
            text += QLatin1Char(' ') + tr("A copy of the file is kept: %1").arg(QString::fromStdString(health.keptAt));
        notice(NoticeLevel::Warning, text);
    }
    return records;
}

void TradingSession::close()
{
    stopRetrying();
    m_journalWhy.clear();
    if (m_loop && (!m_trades.empty() || !m_paid.empty()) && !m_isBroken)
        takePicture(); // what was traded since the last one
    delete m_timer;
    m_timer = nullptr;
    m_staged.reset();
    m_lastChecked.reset();
    m_chains.clear();
    m_lastStatus.clear();
    m_isBroken = false;
    m_isHaltFileObeyed = false;
    m_strategies.end();
    m_ledgers.end();
    m_look.reset();
    m_loop.reset();
    m_store.reset();
    m_journal.reset();
    publishWithoutLoop();
    m_views->ticket.store(std::make_shared<const TicketView>());
}

/// The user who stops must not be forgotten because the session is not up yet.
void TradingSession::stopAll()
{
    if (!m_loop)
        return stopLater();
    m_loop->setTradingState(risk::TradingState::Halted, {stoppedByHand});
    tick();
}

/// Before whatever is done here, as an order may be what waits first when a frozen process goes on. Once for each time that it
/// comes. That it goes resumes nothing: a person does.
void TradingSession::obeyHaltFile()
{
    if (!m_loop)
        return;
    const bool isThere = m_setup.haltFile.isThere();
    const bool wasObeyed = std::exchange(m_isHaltFileObeyed, isThere);
    if (isThere && !wasObeyed)
        m_loop->setTradingState(risk::TradingState::Halted, {stoppedInWatchdog});
}

void TradingSession::stopLater()
{
    if (m_isBroken)
        return notice(NoticeLevel::Error,
                      tr("Trading could not be started: working orders cannot be cancelled from here. "
                         "Cancel them on the broker's own page."));
    m_isStopDue = true;
    notice(NoticeLevel::Warning,
           tr("Trading will be stopped and working orders cancelled as soon as the session with the broker is up; "
              "no order can be sent until then."),
           NoticeTopic::Trading);
    publishWithoutLoop();
}

void TradingSession::resume()
{
    if (!m_loop) {
        if (m_isBroken)
            notice(NoticeLevel::Error, tr("Trading could not be started: start the program again."));
        else if (std::exchange(m_isStopDue, false))
            notice(NoticeLevel::Info, tr("Trading will not be stopped."), NoticeTopic::Trading);
        return publishWithoutLoop();
    }
    if (const auto removed = m_setup.haltFile.remove(); !removed)
        return notice(NoticeLevel::Error,
                      tr("Trading stays halted: the file by which the watchdog halted it could not be removed. %1")
                          .arg(QString::fromStdString(removed.error().message())),
                      NoticeTopic::Trading);
    m_isHaltFileObeyed = false;
    m_loop->setTradingState(risk::TradingState::Active, {base::translatable("Core", "resumed by hand")});
    tick();
}

ArmingConditions TradingSession::armingConditions() const
{
    const base::Instant now = m_setup.marketClock->now();
    const auto runners = m_loop->runners();
    const bool areStrategiesAtWork = std::ranges::any_of(
        runners, [](const trading::RunnerStatus& runner) { return runner.state == trading::RunnerState::Armed; });
    return {now,
            m_connection == execution::ConnectionState::Connected,
            !m_isFeedDown,
            market::isOpen(now),
            areStrategiesAtWork,
            m_loop->tradingState()};
}

void TradingSession::armLive()
{
    if (!m_loop || !m_arming.isNeeded() || m_arming.isArmed())
        return;
    const base::Sentence why = m_arming.arm(armingConditions());
    if (!why.isEmpty()) {
        notice(NoticeLevel::Warning, tr("Orders could not be armed: %1.").arg(translated(why)), NoticeTopic::Arming);
        return;
    }
    m_loop->setSendRefusal({}, "armed by hand");
    notice(
        NoticeLevel::Warning,
        tr("Orders are armed: what you send now trades real money in %1.").arg(QString::fromStdString(m_setup.account)),
        NoticeTopic::Arming);
    tick();
}

void TradingSession::disarmLive()
{
    if (!m_loop || !m_arming.isArmed())
        return;
    m_arming.disarm({base::translatable("Core", "disarmed by hand")});
    tellDisarmed();
    tick();
}

void TradingSession::watchArming()
{
    if (m_loop && m_arming.check(armingConditions()))
        tellDisarmed();
}

void TradingSession::tellDisarmed()
{
    m_loop->setSendRefusal(m_arming.refusal(), m_arming.reason().english());
    notice(NoticeLevel::Warning,
           tr("Orders are disarmed: %1. Cancels still pass; working orders stay.").arg(translated(m_arming.reason())),
           NoticeTopic::Arming);
}

void TradingSession::publishWithoutLoop()
{
    auto view = std::make_shared<TradingView>();
    view->version = ++m_version;
    if (m_isBroken || m_isStopDue)
        view->state = DeskState::Halted;
    if (m_isBroken)
        view->stateReason = tr("it could not be started").toStdString();
    else if (m_isStopDue)
        view->stateReason = translated({stoppedByHand}).toStdString();
    m_views->trading.store(std::move(view));
    m_views->strategies.store(std::make_shared<const StrategiesView>());
    m_views->entryLook.store(std::make_shared<const EntryLookView>());
}

} // namespace vegadesk::desk

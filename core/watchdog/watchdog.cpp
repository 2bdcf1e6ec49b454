#include "watchdog/watchdog.h"

#include "base/log.h"
#include "base/process.h"
#include "watchdog/halt_file.h"

#include <QFile>

#include <utility>
#include <variant>

namespace vegadesk::watchdog
{

Watchdog::Watchdog(tastytrade::Transport& transport, tastytrade::Scheduler& scheduler, const base::Clock& clock,
                   Events events)
    : m_transport(transport), m_scheduler(scheduler), m_clock(clock), m_events(std::move(events)),
      m_heartbeat(patience, startPatience, scheduler.elapsed()), m_timer(scheduler.after(lookEvery, [this] { look(); }))
{
}

void Watchdog::receive(const QByteArray& bytes)
{
    m_received += bytes;
    for (qsizetype end = m_received.indexOf('\n'); end >= 0; end = m_received.indexOf('\n')) {
        const QByteArray line = m_received.left(end);
        m_received.remove(0, end + 1);
        if (auto message = parse(line))
            take(std::move(*message));
        else
            base::log::error("from Vegadesk: {}", message.error().message());
    }
}

void Watchdog::take(Message message)
{
    if (std::holds_alternative<Beat>(message))
        return onBeat();
    if (auto* const place = std::get_if<Place>(&message)) {
        base::log::info("orders go to {}, account {}", place->environment,
                        place->account.empty() ? "not known yet" : place->account);
        m_place = std::move(*place);
        return refresh();
    }
    m_isEnding = true;
    m_heartbeat.bear(endPatience);
    refresh();
}

void Watchdog::onBeat()
{
    m_events.answer(aliveLine);
    if (m_isEnding)
        return; // one that was on its way
    if (m_heartbeat.isMissing()) {
        base::log::warning("Vegadesk beats again after {:.1f} s", base::seconds(m_heartbeat.silentFor()));
        m_isDismissed = false;
    }
    m_heartbeat.beat(m_scheduler.elapsed());
    m_view.lastBeat = m_clock.now();
    refresh();
}

void Watchdog::closed()
{
    m_isGone = true;
    // Where no order could go, none is left behind.
    if ((m_isEnding && m_view.stop != View::Stop::AtWork) || !m_place) {
        m_timer.cancel();
        return m_events.finished();
    }
    base::log::error("Vegadesk has ended without saying so");
    m_lastOwner = lockOwner();
    m_isDismissed = false;
    if (isVenueGone() && m_view.stop == View::Stop::AtWork) {
        m_sweep.reset();
        m_view.stop = View::Stop::NextStart;
    }
    refresh();
}

void Watchdog::look()
{
    m_timer = m_scheduler.after(lookEvery, [this] { look(); });
    m_heartbeat.look(m_scheduler.elapsed());
    if (m_isGone && m_view.stop != View::Stop::AtWork && isSucceeded()) {
        base::log::info("another Vegadesk has taken over");
        m_timer.cancel();
        return m_events.finished();
    }
    // Whoever resumes in the main window has taken the stop back: what is sent from then on must not be cancelled from here.
    if (m_isHaltWritten && !HaltFile(m_haltFile).isThere()) {
        base::log::info("trading was resumed: the stop is over");
        leaveStop();
    }
    refresh();
}

void Watchdog::refresh()
{
    using Why = View::Why;
    const Why before = m_view.why;
    const bool wasShown = m_view.isShown;
    m_view.why = m_isGone ? Why::Gone : !m_heartbeat.isMissing() ? Why::Fine : m_isEnding ? Why::Unending : Why::Silent;
    if (m_view.why == Why::Silent && before == Why::Fine)
        base::log::error("Vegadesk has not beaten for {:.1f} s", base::seconds(m_heartbeat.silentFor()));
    m_view.silentSeconds = base::seconds(m_heartbeat.silentFor());
    if (m_place && m_view.stop == View::Stop::None) {
        m_view.environment = m_place->environment;
        m_view.account = m_place->account;
    }
    const bool hasNews = m_view.why != Why::Fine || m_view.stop != View::Stop::None;
    m_view.isShown = m_place && hasNews && !m_isDismissed;
    if (m_view.isShown || wasShown)
        m_events.changed();
}

/// The process that the data folder belongs to, or belonged to when it died; 0: none.
std::int64_t Watchdog::lockOwner() const
{
    QFile lock(QString::fromStdString(m_lockFile));
    return !m_lockFile.empty() && lock.open(QIODevice::ReadOnly) ? lock.readLine().trimmed().toLongLong() : 0;
}

bool Watchdog::isSucceeded() const
{
    const std::int64_t owner = lockOwner();
    return owner != m_lastOwner && base::isProcessRunning(owner);
}

bool Watchdog::isVenueGone() const
{
    return m_isGone && m_place && m_place->endpoints.kind == tastytrade::EnvironmentKind::Venue;
}

void Watchdog::stop()
{
    if (!m_place || m_view.stop == View::Stop::AtWork)
        return;
    m_sweep.reset();
    m_view.sweep = {};
    m_view.environment = m_place->environment;
    m_view.account = m_place->account;
    m_haltFile = m_place->haltFile;
    const auto written = HaltFile(m_haltFile).write(m_clock.now(), "the watchdog");
    m_isHaltWritten = written.has_value();
    m_view.haltTrouble = written ? std::string() : written.error().message();
    base::log::error("STOP was pressed: {} is halted{}", m_view.environment,
                     written ? std::string() : ", but " + m_view.haltTrouble);
    if (isVenueGone()) {
        m_view.stop = View::Stop::NextStart;
        return refresh();
    }
    m_view.stop = View::Stop::AtWork;
    tastytrade::Credentials keys{m_place->credentials.kind, m_place->credentials.name,
                                 m_place->credentials.clientSecret.clone(), m_place->credentials.refreshToken.clone()};
    m_sweep = std::make_unique<tastytrade::OrderSweep>(
        m_transport, m_scheduler, m_clock, m_place->endpoints, std::move(keys), m_place->account, m_logins,
        [this](const tastytrade::OrderSweep::Progress& progress) { watchSweep(progress); });
    m_sweep->start();
    refresh();
}

void Watchdog::watchSweep(const tastytrade::OrderSweep::Progress& progress)
{
    m_view.sweep = progress;
    m_view.account = progress.account;
    m_isDismissed = m_isDismissed && !progress.isOver(); // how it ended is news
    if (progress.isHopeless)
        m_view.stop = View::Stop::Failed;
    else if (progress.isOver())
        m_view.stop = View::Stop::Verified;
    refresh();
}

void Watchdog::leaveStop()
{
    m_sweep.reset();
    m_isHaltWritten = false;
    m_view.stop = View::Stop::None;
}

void Watchdog::dismiss()
{
    if (m_isGone && m_view.stop != View::Stop::AtWork) {
        m_timer.cancel();
        return m_events.finished();
    }
    m_isDismissed = true;
    if (m_view.stop != View::Stop::AtWork)
        leaveStop();
    refresh();
}

} // namespace vegadesk::watchdog

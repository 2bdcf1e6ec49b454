#include "desk/watchdog_process.h"

#include "desk/child_environment.h"

#include "base/clock.h"
#include "base/log.h"

#include <QProcessEnvironment>

#include <chrono>
#include <utility>

namespace vegadesk::desk
{

namespace
{

using namespace std::chrono_literals;

constexpr int beatMs = 250;
constexpr base::Nanos answerPatience = 5s, firstAnswerPatience = 20s; ///< of the watchdog
constexpr qint64 unreadMost = 16 * 1024; ///< bytes; a watchdog that reads nothing is not sent more
constexpr int endMs = 1000;

base::Nanos monotonic()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

WatchdogProcess::WatchdogProcess(QObject* parent) : QObject(parent)
{
    m_process.setProcessEnvironment(childEnvironment());
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &WatchdogProcess::launch);
    connect(&m_beats, &QTimer::timeout, this, &WatchdogProcess::beat);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &WatchdogProcess::onAnswer);
    connect(&m_process, &QProcess::finished, this, &WatchdogProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) // of one that has run, finished() tells
            relaunch(tr("The watchdog could not be started: %1 (%2).").arg(m_process.errorString(), m_program));
    });
}

WatchdogProcess::~WatchdogProcess()
{
    sayEnding();
    if (m_process.state() == QProcess::NotRunning)
        return;
    disconnect(&m_process, nullptr, this, nullptr);
    m_process.closeWriteChannel(); // after what is still to be written
    if (!m_process.waitForFinished(endMs)) {
        m_process.kill();
        m_process.waitForFinished(endMs);
    }
}

void WatchdogProcess::start(const QString& program, const QStringList& arguments)
{
    m_program = program;
    m_arguments = arguments;
    launch();
    m_beats.start(beatMs);
}

void WatchdogProcess::launch()
{
    m_budget.note(monotonic());
    m_answers.emplace(answerPatience, firstAnswerPatience, monotonic());
    keepFromTerminalSignals(m_process);
    m_process.start(m_program, m_arguments);
    if (m_place)
        tell(watchdog::lineOf(*m_place));
}

void WatchdogProcess::setPlace(std::shared_ptr<const watchdog::Place> place)
{
    m_place = std::move(place);
    tell(watchdog::lineOf(*m_place));
}

void WatchdogProcess::sayEnding()
{
    if (std::exchange(m_isEnding, true))
        return;
    m_beats.stop();
    m_restart.stop();
    tell(watchdog::lineOf(watchdog::Ending{}));
    while (m_process.bytesToWrite() > 0 && m_process.waitForBytesWritten(endMs)) {
    }
}

void WatchdogProcess::tell(const QByteArray& line)
{
    if (m_process.state() != QProcess::NotRunning)
        m_process.write(line);
}

void WatchdogProcess::beat()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    if (m_process.bytesToWrite() < unreadMost)
        tell(watchdog::lineOf(watchdog::Beat{}));
    m_answers->look(monotonic());
    if (m_answers->isMissing()) {
        base::log::warning("the watchdog has not answered for {:.1f} s: it is ended",
                           base::seconds(m_answers->silentFor()));
        m_process.kill(); // finished() follows
    }
}

void WatchdogProcess::onAnswer()
{
    m_process.readAllStandardOutput();
    m_answers->beat(monotonic());
    if (std::exchange(m_wasLost, false))
        notice(NoticeLevel::Info, tr("The watchdog is back."));
}

void WatchdogProcess::onFinished()
{
    if (!m_isEnding)
        relaunch(tr("The watchdog has ended unexpectedly."));
}

void WatchdogProcess::relaunch(const QString& why)
{
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_budget.wait(monotonic()));
    if (!std::exchange(m_wasLost, true) || wait > 0ms)
        notice(NoticeLevel::Warning,
               wait > 0ms ? tr("%1 It was started three times within a minute, and is tried again in %2 s: until then "
                               "nobody offers to stop trading when this window hangs.")
                                .arg(why)
                                .arg(std::chrono::ceil<std::chrono::seconds>(wait).count())
                          : tr("%1 It is being started again.").arg(why));
    m_restart.start(wait);
}

void WatchdogProcess::notice(NoticeLevel level, const QString& text)
{
    base::log::warning("{}", text.toStdString());
    Q_EMIT noticed({level, base::SystemClock().now(), text.toStdString(), NoticeTopic::Watchdog});
}

} // namespace vegadesk::desk

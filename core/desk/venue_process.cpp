#include "desk/venue_process.h"

#include "desk/child_environment.h"

#include "base/log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QUuid>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr int restartMs = 1000, restartMsMost = 30'000;
constexpr int failuresToTell = 5;     ///< in a row; said once, and tried again more and more slowly
constexpr qint64 goodLifeMs = 10'000; ///< one that ends sooner counts as a failure
constexpr int doublingsMost = 5;
constexpr int stopMs = 1500; ///< to write its state and end by itself

} // namespace

VenueProcess::VenueProcess(QObject* parent) : QObject(parent)
{
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &VenueProcess::launch);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, &m_process, &QProcess::kill);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &VenueProcess::onOutput);
    connect(&m_process, &QProcess::finished, this, &VenueProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return; // finished() follows
        if (m_isStopping)
            return onStopped();
        Q_EMIT failed(
            tr("The simulated exchange could not be started: %1 (%2)").arg(m_process.errorString(), m_options.program));
    });
    connect(&m_process, &QProcess::readyReadStandardError, this, &VenueProcess::onErrorOutput);

    // The token lives as long as we do, so that a venue that had to be started again is the same one to its clients.
    QProcessEnvironment environment = childEnvironment();
    environment.insert(QStringLiteral("VEGADESK_VENUE_TOKEN"), QUuid::createUuid().toString(QUuid::Id128));
    m_process.setProcessEnvironment(environment);
}

VenueProcess::~VenueProcess()
{
    stop();
    // The program ends: nobody waits for the window any more, and the account's last line must be on the disk.
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(stopMs)) {
        m_process.kill();
        m_process.waitForFinished(1000);
    }
}

void VenueProcess::start(const VenueOptions& options)
{
    m_options = options;
    m_failures = 0;
    m_isStartDue = m_process.state() != QProcess::NotRunning;
    if (m_isStartDue)
        return;
    m_isStopping = false;
    launch();
}

void VenueProcess::stop()
{
    m_isStopping = true;
    m_isStartDue = false;
    m_restart.stop();
    if (m_process.state() == QProcess::NotRunning) {
        QMetaObject::invokeMethod(this, &VenueProcess::stopped, Qt::QueuedConnection);
        return;
    }
    m_process.closeWriteChannel(); // it ends when its standard input does
    m_patience.start(stopMs);
}

void VenueProcess::launch()
{
    m_output.clear();
    m_errorOutput.clear();
    m_complaint.clear();
    m_wasReady = false;
    QStringList arguments{QStringLiteral("venue"),
                          QStringLiteral("--port"),
                          QString::number(m_port),
                          QStringLiteral("--seed"),
                          QString::number(m_options.seed),
                          QStringLiteral("--speed"),
                          QString::number(m_options.speed),
                          QStringLiteral("--rate"),
                          QString::number(m_options.quotesPerSecond),
                          QStringLiteral("--symbol-rate"),
                          QString::number(m_options.quotesPerSymbol),
                          QStringLiteral("--exit-with-parent")};
    if (!m_options.replayFolder.isEmpty())
        arguments << QStringLiteral("--replay") << m_options.replayFolder;
    if (m_options.skipsClosedHours)
        arguments << QStringLiteral("--skip-closed-hours");
    if (!m_options.stateFile.isEmpty())
        arguments << QStringLiteral("--state") << m_options.stateFile;
    keepFromTerminalSignals(m_process);
    m_process.start(m_options.program, arguments);
}

void VenueProcess::onOutput()
{
    m_output += m_process.readAllStandardOutput();
    for (qsizetype end = m_output.indexOf('\n'); end >= 0; end = m_output.indexOf('\n')) {
        const QJsonObject line = QJsonDocument::fromJson(m_output.left(end)).object();
        m_output.remove(0, end + 1);
        onLine(line);
    }
}

/// Goes where ours goes, at once; the last sentence is the reason that the user is told.
void VenueProcess::onErrorOutput()
{
    const QByteArray output = m_process.readAllStandardError();
    std::fwrite(output.constData(), 1, static_cast<std::size_t>(output.size()), stderr);
    m_errorOutput += output;
    for (qsizetype end = m_errorOutput.indexOf('\n'); end >= 0; end = m_errorOutput.indexOf('\n')) {
        onErrorLine(m_errorOutput.left(end));
        m_errorOutput.remove(0, end + 1);
    }
}

void VenueProcess::onErrorLine(const QByteArray& line)
{
    constexpr QByteArrayView prefix("vegadesk-cli: ");
    if (line.startsWith(prefix))
        m_complaint = QString::fromUtf8(line.mid(prefix.size()));
}

void VenueProcess::onLine(const QJsonObject& line)
{
    if (m_isStopping)
        return;
    if (!m_wasReady)
        return onReady(line);
    if (const QString why = line.value(QLatin1String("refused")).toString(); !why.isEmpty())
        Q_EMIT clockRefused(why);
    const QJsonObject clock = line.value(QLatin1String("clock")).toObject();
    if (const auto at = base::parseInstant(clock.value(QLatin1String("now")).toString().toStdString()))
        Q_EMIT clockMoved(*at, clock.value(QLatin1String("speed")).toDouble(1),
                          clock.value(QLatin1String("paused")).toBool());
}

void VenueProcess::askClock(const QJsonObject& change)
{
    if (!m_wasReady) {
        Q_EMIT clockRefused(tr("The simulated exchange is not there."));
        return;
    }
    m_process.write(QJsonDocument(change).toJson(QJsonDocument::Compact) + '\n'); // a line of its output answers
}

void VenueProcess::onReady(const QJsonObject& line)
{
    VenueAddress address;
    address.rest = QUrl(line.value(QLatin1String("rest")).toString());
    address.accountStreamer = QUrl(line.value(QLatin1String("account-streamer")).toString());
    address.token = line.value(QLatin1String("token")).toString();
    address.description = line.value(QLatin1String("description")).toString();
    address.isSimulated = line.value(QLatin1String("simulated")).toBool(true);
    for (const QJsonValue& symbol : line.value(QLatin1String("underlyings")).toArray())
        address.underlyings << symbol.toString();
    if (const QJsonObject aside = line.value(QLatin1String("put-aside")).toObject(); !aside.isEmpty())
        address.putAside = PutAsideAccount{aside.value(QLatin1String("file")).toString(),
                                           aside.value(QLatin1String("reason")).toString()};
    const QJsonObject clock = line.value(QLatin1String("clock")).toObject();
    address.speed = clock.value(QLatin1String("speed")).toDouble(1);
    address.isPaused = clock.value(QLatin1String("paused")).toBool();
    const auto at = base::parseInstant(clock.value(QLatin1String("now")).toString().toStdString());
    if (!address.rest.isValid() || address.rest.port() <= 0 || !at) {
        Q_EMIT failed(tr("The simulated exchange answered something else than its addresses."));
        return;
    }
    address.marketTime = *at;
    m_port = address.rest.port();
    m_wasReady = true;
    m_sinceReady.start();
    base::log::hide(address.token.toStdString());
    Q_EMIT ready(address);
}

void VenueProcess::onStopped()
{
    m_patience.stop();
    Q_EMIT stopped();
    if (std::exchange(m_isStartDue, false))
        start(VenueOptions(m_options));
}

void VenueProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    if (m_isStopping)
        return onStopped();
    onErrorOutput();
    onErrorLine(std::exchange(m_errorOutput, {})); // it may have ended in the middle of a line
    const QString why = status == QProcess::CrashExit ? tr("The simulated exchange ended unexpectedly.")
                        : m_complaint.isEmpty()
                            ? tr("The simulated exchange stopped with exit status %1.").arg(exitCode)
                            : tr("The simulated exchange stopped (%1).").arg(m_complaint);
    const bool wasGood = m_wasReady && m_sinceReady.hasExpired(goodLifeMs);
    m_failures = wasGood ? 0 : m_failures + 1;
    if (!m_wasReady)
        m_port = 0; // somebody else may have taken it meanwhile
    if (m_failures == failuresToTell)
        Q_EMIT failed(tr("%1 It was started %2 times without success, and is tried again more slowly.")
                          .arg(why)
                          .arg(failuresToTell));
    else if (m_failures < failuresToTell)
        Q_EMIT died(why);
    m_restart.start(std::min(restartMsMost, restartMs << std::min(std::max(0, m_failures - 1), doublingsMost)));
}

} // namespace vegadesk::desk

#include "desk/venue_process.h"

#include "base/log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QUuid>

namespace vegadesk::desk
{

namespace
{

constexpr int restartMs = 1000;
constexpr int startTriesMax = 5; ///< in a row without ever being ready

} // namespace

VenueProcess::VenueProcess(QObject* parent) : QObject(parent)
{
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &VenueProcess::launch);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &VenueProcess::onOutput);
    connect(&m_process, &QProcess::finished, this, &VenueProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT failed(tr("The simulated exchange could not be started: %1 (%2)")
                              .arg(m_process.errorString(), m_options.program));
    });
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);

    // The token lives as long as we do, so that a venue that had to be started again is the same one to its clients.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("VEGADESK_VENUE_TOKEN"), QUuid::createUuid().toString(QUuid::Id128));
    m_process.setProcessEnvironment(environment);
}

VenueProcess::~VenueProcess()
{
    stop();
}

void VenueProcess::start(const VenueOptions& options)
{
    m_options = options;
    m_isStopping = false;
    m_failures = 0;
    launch();
}

void VenueProcess::stop()
{
    m_isStopping = true;
    m_restart.stop();
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel(); // it ends when its standard input does
    if (!m_process.waitForFinished(1500)) {
        m_process.kill();
        m_process.waitForFinished(1000);
    }
}

void VenueProcess::launch()
{
    m_output.clear();
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
    if (!m_options.stateFile.isEmpty())
        arguments << QStringLiteral("--state") << m_options.stateFile;
    m_process.start(m_options.program, arguments);
}

void VenueProcess::onOutput()
{
    m_output += m_process.readAllStandardOutput();
    const qsizetype end = m_output.indexOf('\n');
    if (end < 0 || m_wasReady)
        return;
    const QJsonObject line = QJsonDocument::fromJson(m_output.left(end)).object();
    VenueAddress address;
    address.rest = QUrl(line.value(QLatin1String("rest")).toString());
    address.accountStreamer = QUrl(line.value(QLatin1String("account-streamer")).toString());
    address.token = line.value(QLatin1String("token")).toString();
    address.description = line.value(QLatin1String("description")).toString();
    address.isSimulated = line.value(QLatin1String("simulated")).toBool(true);
    for (const QJsonValue& symbol : line.value(QLatin1String("underlyings")).toArray())
        address.underlyings << symbol.toString();
    const QJsonObject clock = line.value(QLatin1String("clock")).toObject();
    address.speed = clock.value(QLatin1String("speed")).toDouble(1);
    const auto at = base::parseInstant(clock.value(QLatin1String("now")).toString().toStdString());
    if (!address.rest.isValid() || address.rest.port() <= 0 || !at) {
        Q_EMIT failed(tr("The simulated exchange answered something else than its addresses."));
        return;
    }
    address.marketTime = *at;
    m_port = address.rest.port();
    m_wasReady = true;
    m_failures = 0;
    base::log::hide(address.token.toStdString());
    Q_EMIT ready(address);
}

void VenueProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    if (m_isStopping)
        return;
    const QString why = status == QProcess::CrashExit
                            ? tr("The simulated exchange ended unexpectedly.")
                            : tr("The simulated exchange stopped with exit status %1.").arg(exitCode);
    if (!m_wasReady && ++m_failures >= startTriesMax) {
        Q_EMIT failed(tr("%1 It was started %2 times without success.").arg(why).arg(startTriesMax));
        return;
    }
    Q_EMIT died(why);
    m_restart.start(restartMs);
}

} // namespace vegadesk::desk

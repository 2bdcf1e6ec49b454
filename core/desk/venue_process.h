#pragma once

#include "base/error.h"
#include "base/time.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace vegadesk::desk
{

struct VenueOptions {
    QString program; ///< vegadesk-cli
    std::uint64_t seed = 1;
    double speed = 1;
    double quotesPerSecond = 1500;
    double quotesPerSymbol = 5; ///< a second; 0: no limit
    QString replayFolder;
    bool skipsClosedHours = false;
    QString stateFile; ///< keeps the account over restarts
};

/// An earlier account that the venue could not go on with; it began a new one.
struct PutAsideAccount {
    QString file;   ///< where the old one's orders are kept
    QString reason; ///< "version", "market" or "damage"
};

/// Where a running venue listens and what opens it.
struct VenueAddress {
    QUrl rest, accountStreamer;
    QString token;              ///< client secret and refresh token of this run
    base::Instant marketTime{}; ///< its clock when it said so
    double speed = 1;
    bool isPaused = false; ///< its clock
    QString description;
    bool isSimulated = true;                 ///< false: it replays recorded quotes
    QStringList underlyings;                 ///< what it lists
    std::optional<PutAsideAccount> putAside; ///< by this start, not by one before
};

/// The simulated exchange as a child process: started, watched, and started again when it dies.
/// It ends with us because its standard input closes.
class VenueProcess : public QObject
{
    Q_OBJECT

public:
    explicit VenueProcess(QObject* parent = nullptr);
    ~VenueProcess() override;

    /// Starts it, when it is still stopping as soon as it has.
    void start(const VenueOptions& options);
    /// Asks it to end, and ends it when it does not; stopped() follows, never within the call.
    void stop();
    bool isStopping() const { return m_isStopping && m_process.state() != QProcess::NotRunning; }
    /// Asks it to change its clock, in the words of its POST /venue/clock; clockMoved() or clockRefused() follows.
    void askClock(const QJsonObject& change);
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    /// Also after a restart, when the ports may be others.
    void ready(const vegadesk::desk::VenueAddress& address);
    /// Its clock has jumped, stopped or gone on.
    void clockMoved(base::Instant to, double speed, bool isPaused);
    /// Why it would not do what askClock() wanted.
    void clockRefused(const QString& why);
    void failed(const QString& why);
    /// It died; a restart follows after a moment.
    void died(const QString& why);
    /// It has ended because it was asked to.
    void stopped();

private:
    void launch();
    void onOutput();
    void onErrorOutput();
    void onErrorLine(const QByteArray& line);
    void onLine(const QJsonObject& line);
    void onReady(const QJsonObject& line);
    void onStopped();
    void onFinished(int exitCode, QProcess::ExitStatus status);

    QProcess m_process;
    QTimer m_restart;
    QTimer m_patience; ///< while it stops
    VenueOptions m_options;
    QByteArray m_output, m_errorOutput; ///< the lines that have not ended yet
    QString m_complaint;                ///< the last one of this life
    int m_port = 0;                     ///< kept over restarts, so that clients find it again
    int m_failures = 0;                 ///< lives in a row that ended before they were worth the name
    QElapsedTimer m_sinceReady;
    bool m_isStopping = false;
    bool m_isStartDue = false; ///< once it has stopped
    bool m_wasReady = false;
};

} // namespace vegadesk::desk

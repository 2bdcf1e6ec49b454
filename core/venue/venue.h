#pragma once

#include "base/error.h"
#include "venue/clock_change.h"
#include "venue/fault_schedule.h"
#include "venue/settings.h"

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QString>

#include <memory>
#include <string>

class QTcpSocket;

namespace vegadesk::venue
{

struct HttpRequest;

/// The simulated exchange and broker on a loopback port: REST under /, the account streamer as a web socket at /, dxLink
/// as a web socket at /dxlink. Lives on the thread that made it and needs that thread's event loop.
///
/// TLS     with VenueSettings::usesTls the same under https and wss, with a certificate of this run.
/// Clock   starts in a session (VenueSettings::start) and runs at `speed`; GET /venue/clock tells it. Expiry, sessions
///         and prices follow it, not the wall.
/// Faults  VenueSettings::faultsFile says what goes wrong when, in seconds since start(); see FaultSchedule.
/// Control POST /venue/faults and /venue/clock (see parseClockChange()), with this run's token as the bearer, for tests.
class Venue final : public QObject
{
    Q_OBJECT

public:
    explicit Venue(VenueSettings settings, QObject* parent = nullptr);
    ~Venue() override;

    /// Errors: a setting outside its range, a file of faults that cannot be read, a folder that cannot be replayed, a port in use.
    base::Result<void> start();

    /// One line of JSON without its line end: {"event": "ready", "rest": "http://127.0.0.1:…", "account-streamer": "ws://…",
    /// "dxlink": "ws://…/dxlink", "port", "token", "client-secret", "refresh-token", "account", "simulated", "description",
    /// "underlyings", "clock": as of Control::clock()}. The token is a secret of this run, and what OAuth calls by
    /// two names. With TLS, "certificate" is the file of the one to trust. Where an earlier account could not be gone on
    /// with, "put-aside": {"file", "reason": "version", "market" or "damage"} too.
    QByteArray readyLine() const;
    /// {"event": "clock", "clock": {…}}: said whenever the clock has jumped, changed its speed, stopped or gone on.
    QByteArray clockLine() const;
    std::uint16_t port() const;
    QString certificateFile() const;    ///< PEM; there as long as this is. Empty without TLS
    QString restUrl() const;            ///< "http://127.0.0.1:port"
    QString accountStreamerUrl() const; ///< "ws://127.0.0.1:port"
    QString feedUrl() const;            ///< "ws://127.0.0.1:port/dxlink"
    const std::string& token() const;

    base::Instant now() const;
    Exchange& exchange();
    /// Feed events sent since the start, all clients.
    std::uint64_t feedEventCount() const;

    void setFaults(const Faults& faults);
    const Faults& faults() const;
    /// Cuts every web socket, as a network failure would; refuses the access tokens given out so far; or empties the account,
    /// see Exchange::reset(). Errors: Storage when that cannot be written down; then it has not happened.
    base::Result<void> apply(FaultAction action);
    /// Moves the clock, makes it run at another speed, or stops it: then quotes stand still and nothing happens to orders.
    /// Back it goes only for an account that nothing happened to and that no file keeps; clients are then cut off, as what they
    /// know lies ahead. A stop ends with the process. Needs VenueSettings::clock to be null.
    /// Errors: Refused, saying why it cannot go back. Nothing has changed then.
    base::Result<void> changeClock(const ClockChange& change);
    double clockSpeed() const; ///< also while it stands still, of when it goes on
    bool isClockPaused() const;
    /// What the timer does every 20 ms; for tests that own the clock.
    void tick();

    /// Reads standard input: each line is a change of the clock, in the words of POST /venue/clock, and inputClosed() tells its
    /// end, as a child process ends with its parent.
    void watchStandardInput();

Q_SIGNALS:
    void inputClosed();
    /// What a line of input asked for was not done.
    void inputRefused(const QString& why);
    void clockMoved();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace vegadesk::venue

#pragma once

#include "base/error.h"
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
/// Control POST /venue/faults and /venue/clock ({"advance-seconds": n}), with this run's token as the bearer, for tests.
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
    /// "underlyings", "clock": {"now": "2026-…", "speed": 1.0}}. The token is a secret of this run, and what OAuth calls by
    /// two names. With TLS, "certificate" is the file of the one to trust. Where an earlier account could not be gone on
    /// with, "put-aside": {"file", "reason": "version", "market" or "damage"} too.
    QByteArray readyLine() const;
    /// {"event": "clock", "clock": {…}}: said whenever the clock has jumped.
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
    /// Moves the venue's clock ahead. Needs VenueSettings::clock to be null.
    void skip(base::Nanos span);
    /// What the timer does every 20 ms; for tests that own the clock.
    void tick();

    /// Reads standard input and emits inputClosed() at its end: a child process ends with its parent.
    void watchStandardInput();

Q_SIGNALS:
    void inputClosed();
    void clockMoved();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace vegadesk::venue

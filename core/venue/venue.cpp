#include "venue/venue.h"

#include "base/log.h"
#include "tastytrade/wire/json.h"
#include "venue/loopback_certificate.h"
#include "venue/replayed_market.h"
#include "venue/request_faults.h"
#include "venue/venue_private.h"

#include <QDir>
#include <QJsonArray>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QWebSocket>

#include <fmt/format.h>
#include <unistd.h>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

constexpr std::chrono::seconds keepalivePeriod{20};

/// Five digits that another tape of this computer does not have.
std::string freshAccount(Instant wallNow)
{
    const auto digits =
        static_cast<std::uint64_t>(wallNow.time_since_epoch() / std::chrono::milliseconds(100)) % 100'000;
    return fmt::format("SIM{:05}", digits);
}

} // namespace

base::Result<void> Venue::Private::start()
{
    if (const auto checked = settings.check(); !checked)
        return checked;
    if (!settings.faultsFile.empty()) {
        auto read = FaultSchedule::open(settings.faultsFile);
        if (!read)
            return tl::make_unexpected(read.error());
        schedule.emplace(std::move(*read));
        scheduleStart = faultClock().now();
    }
    if (settings.replayFolder.empty()) {
        market = makeGeneratedMarket(settings.seed);
    } else {
        auto replayed = makeReplayedMarket(settings.replayFolder);
        if (!replayed)
            return tl::make_unexpected(replayed.error());
        market = std::move(*replayed);
    }
    Instant begin = settings.clock != nullptr ? settings.clock->now()
                                              : settings.start.value_or(market->suggestedStart(wallClock.now()));
    if (!settings.stateFile.empty()) {
        auto opened =
            OrderTape::open(settings.stateFile, {market->description(), freshAccount(wallClock.now()), begin});
        if (!opened)
            return tl::make_unexpected(opened.error());
        tape.emplace(std::move(*opened));
        settings.exchange.account = tape->head().account;
        begin = tape->resumeAt(wallClock.now(), begin);
    }
    const ExchangeState* const beginning = tape ? tape->beginning() : nullptr;
    exchange = beginning ? std::make_unique<Exchange>(settings.exchange, *market, tape->head().start, *beginning)
                         : std::make_unique<Exchange>(settings.exchange, *market, tape ? tape->head().start : begin);
    if (tape) {
        tape->replay(*exchange);
        if (const auto written = tape->started(begin, wallClock.now(), settings.speed); !written)
            return written;
    }
    venueClock.emplace(steadyClock, begin, settings.speed);
    exchange->advanceTo(begin);
    const QString listsFile =
        settings.stateFile.empty() ? QString() : QString::fromStdString(settings.stateFile + ".lists");
    rest =
        std::make_unique<RestApi>(*exchange, *market, credentials, tape ? &*tape : nullptr, UserLists::open(listsFile));
    clients = std::make_unique<ClientSockets>(credentials, *market, *exchange, faults);
    control = std::make_unique<Control>(*q, credentials, settings);
    exchange->setListener(this);

    if (settings.usesTls) {
        if (const auto encrypted = encrypt(); !encrypted)
            return encrypted;
    }
    port = http.start(settings.port);
    if (port == 0)
        return base::fail(base::ErrorKind::Network, "port", std::to_string(settings.port),
                          "a free port on 127.0.0.1 (0 chooses one)");
    rest->setFeedUrl(q->feedUrl().toStdString());
    base::log::hide(credentials.runToken());
    base::log::hide(credentials.quoteToken());
    QObject::connect(&http.webSockets(), &QWebSocketServer::newConnection, q, [this] {
        while (http.webSockets().hasPendingConnections())
            clients->add(std::unique_ptr<QWebSocket>(http.webSockets().nextPendingConnection()));
    });
    QObject::connect(&tickTimer, &QTimer::timeout, q, [this] { tick(); });
    QObject::connect(&keepaliveTimer, &QTimer::timeout, q, [this] { clients->keepAlive(); });
    tickTimer.setTimerType(Qt::PreciseTimer);
    sinceTick.start();
    sinceLived.start();
    sinceAlerts.start();
    if (settings.clock == nullptr)
        tickTimer.start(tickPeriod);
    keepaliveTimer.start(keepalivePeriod);
    return {};
}

/// The key stays in memory; the certificate lies in a file, for clients to trust.
base::Result<void> Venue::Private::encrypt()
{
    const auto made = makeLoopbackCertificate(wallClock.now());
    if (!made)
        return tl::make_unexpected(made.error());
    certificate = std::make_unique<QTemporaryFile>(QDir::tempPath() + QStringLiteral("/vegadesk-venue-XXXXXX.pem"));
    if (!certificate->open() || certificate->write(made->certificate) != made->certificate.size() ||
        !certificate->flush())
        return base::fail(base::ErrorKind::Storage, "certificate", certificate->fileName().toStdString(),
                          "cannot be written: " + certificate->errorString().toStdString());
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(made->certificate));
    configuration.setPrivateKey(QSslKey(made->key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    http.encrypt(configuration);
    return {};
}

void Venue::Private::onRequest(const HttpRequest& request, QTcpSocket* socket)
{
    const QPointer<QTcpSocket> target(socket);
    const auto send = [this, target](const HttpAnswer& answer) {
        const auto write = [target, answer] {
            if (target && target->state() == QAbstractSocket::ConnectedState)
                HttpServer::answer(target, answer);
        };
        if (faults.answerDelay.count() > 0)
            QTimer::singleShot(faults.answerDelay, q, write);
        else
            write();
    };
    if (request.path.startsWith(QLatin1String("/venue/"))) {
        HttpServer::answer(socket, control->handle(request));
        return;
    }
    exchange->advanceTo(now());
    const RequestFate fate =
        serveWithFaults(request, faults, [this](const HttpRequest& served) { return rest->handle(served); });
    if (fate.kind == RequestFate::Kind::Cut)
        socket->abort();
    else if (fate.kind == RequestFate::Kind::Answered)
        send(fate.answer);
}

Venue::Venue(VenueSettings settings, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(settings)))
{
}

Venue::~Venue()
{
    if (d->exchange)
        d->saveSnapshot();
}

base::Result<void> Venue::start()
{
    return d->start();
}

QByteArray Venue::readyLine() const
{
    QJsonArray underlyings;
    for (const market::Instrument& underlying : d->market->underlyings())
        underlyings.append(QString::fromStdString(underlying.symbol));
    QJsonObject line{{QStringLiteral("event"), QStringLiteral("ready")},
                     {QStringLiteral("rest"), restUrl()},
                     {QStringLiteral("account-streamer"), accountStreamerUrl()},
                     {QStringLiteral("dxlink"), feedUrl()},
                     {QStringLiteral("port"), d->port},
                     {QStringLiteral("token"), QString::fromStdString(d->credentials.runToken())},
                     {QStringLiteral("client-secret"), QString::fromStdString(d->credentials.runToken())},
                     {QStringLiteral("refresh-token"), QString::fromStdString(d->credentials.runToken())},
                     {QStringLiteral("account"), QString::fromStdString(d->exchange->accountNumber())},
                     {QStringLiteral("simulated"), d->market->isSimulated()},
                     {QStringLiteral("description"), QString::fromStdString(d->market->description())},
                     {QStringLiteral("underlyings"), underlyings},
                     {QStringLiteral("clock"), d->control->clock()}};
    if (d->certificate)
        line.insert(QStringLiteral("certificate"), certificateFile());
    if (d->tape && d->tape->putAside()) {
        const PutAside& aside = *d->tape->putAside();
        QJsonObject told;
        wire::put(told, "file", aside.file);
        wire::put(told, "reason", std::string(toText(aside.reason)));
        line.insert(QStringLiteral("put-aside"), told);
    }
    return wire::toBytes(line);
}

QByteArray Venue::clockLine() const
{
    return wire::toBytes(
        {{QStringLiteral("event"), QStringLiteral("clock")}, {QStringLiteral("clock"), d->control->clock()}});
}

std::uint16_t Venue::port() const
{
    return d->port;
}

QString Venue::certificateFile() const
{
    return d->certificate ? d->certificate->fileName() : QString();
}

QString Venue::restUrl() const
{
    return QStringLiteral("http%1://127.0.0.1:%2")
        .arg(d->settings.usesTls ? QStringLiteral("s") : QString())
        .arg(d->port);
}

QString Venue::accountStreamerUrl() const
{
    return QStringLiteral("ws%1://127.0.0.1:%2")
        .arg(d->settings.usesTls ? QStringLiteral("s") : QString())
        .arg(d->port);
}

QString Venue::feedUrl() const
{
    return accountStreamerUrl() + ClientSockets::feedPath;
}

const std::string& Venue::token() const
{
    return d->credentials.runToken();
}

Instant Venue::now() const
{
    return d->now();
}

Exchange& Venue::exchange()
{
    return *d->exchange;
}

std::uint64_t Venue::feedEventCount() const
{
    return d->clients->eventCount();
}

void Venue::setFaults(const Faults& faults)
{
    d->faults = faults;
}

const Faults& Venue::faults() const
{
    return d->faults;
}

base::Result<void> Venue::apply(FaultAction action)
{
    return d->apply(action);
}

base::Result<void> Venue::changeClock(const ClockChange& change)
{
    return d->changeClock(change);
}

double Venue::clockSpeed() const
{
    return d->venueClock->speed();
}

bool Venue::isClockPaused() const
{
    return d->venueClock->isPaused();
}

void Venue::tick()
{
    d->tick();
}

void Venue::watchStandardInput()
{
    d->input = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(d->input.get(), &QSocketNotifier::activated, this, [this] {
        char buffer[256];
        const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (size <= 0) {
            d->input->setEnabled(false);
            Q_EMIT inputClosed();
            return;
        }
        d->inputText.append(buffer, static_cast<qsizetype>(size));
        for (qsizetype end = d->inputText.indexOf('\n'); end >= 0; end = d->inputText.indexOf('\n')) {
            const auto done = d->obey(d->inputText.left(end));
            d->inputText.remove(0, end + 1);
            if (!done)
                Q_EMIT inputRefused(QString::fromStdString(done.error().message()));
        }
    });
}

} // namespace vegadesk::venue

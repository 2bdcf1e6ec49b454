#include "venue/venue.h"

#include "base/log.h"
#include "market/calendar.h"
#include "tastytrade/wire/json.h"
#include "venue/client_sockets.h"
#include "venue/control.h"
#include "venue/fault_schedule.h"
#include "venue/http_server.h"
#include "venue/loopback_certificate.h"
#include "venue/order_tape.h"
#include "venue/replayed_market.h"
#include "venue/request_faults.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QPointer>
#include <QSocketNotifier>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryFile>
#include <QTimer>
#include <QWebSocket>

#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

constexpr std::chrono::milliseconds tickPeriod{20};
constexpr qint64 livedPeriodMs = 60'000; ///< a quiet exchange says so often how far it has come
constexpr std::chrono::seconds keepalivePeriod{20};

/// Five digits that another tape of this computer does not have.
std::string freshAccount(Instant wallNow)
{
    const auto digits =
        static_cast<std::uint64_t>(wallNow.time_since_epoch() / std::chrono::milliseconds(100)) % 100'000;
    return fmt::format("SIM{:05}", digits);
}

} // namespace

class Venue::Private final : public ExchangeListener
{
public:
    Private(Venue* owner, VenueSettings given)
        : q(owner), settings(std::move(given)), credentials(settings.token, settings.accessTokenLife, wallClock),
          http([this](const HttpRequest& request, QTcpSocket* socket) { onRequest(request, socket); })
    {
    }

    base::Result<void> start();
    base::Result<void> encrypt();
    void tick();
    void applySchedule();
    base::Result<void> apply(FaultAction action);
    void onRequest(const HttpRequest& request, QTcpSocket* socket);
    void skipClosedHours();
    void sayLived();
    void saveSnapshot();
    void moveClock(Instant at);
    /// Faults befall computers and lines, which know nothing of the venue's time.
    const base::Clock& faultClock() const { return settings.clock != nullptr ? *settings.clock : steadyClock; }
    Instant now() const { return settings.clock != nullptr ? settings.clock->now() : venueClock->now(); }

    void onOrder(const wire::Order& order) override
    {
        hasNews = true;
        clients->notify(wire::print(wire::OrderNotice{order, exchange->now()}));
    }
    void onComplexOrder(const wire::ComplexOrder& order) override
    {
        clients->notify(wire::print(wire::ComplexOrderNotice{order, exchange->now()}));
    }
    void onPosition(const wire::AccountPosition& position) override
    {
        hasNews = true;
        clients->notify(wire::print(wire::PositionNotice{position, exchange->now()}));
    }
    void onBalance(const wire::AccountBalance& balance) override
    {
        clients->notify(wire::print(wire::BalanceNotice{balance, exchange->now()}));
    }

    Venue* q;
    VenueSettings settings;
    base::SystemClock wallClock;
    base::ScaledClock steadyClock{Instant{}, 1};
    std::optional<base::ScaledClock> venueClock;
    Credentials credentials;
    Faults faults;
    std::optional<FaultSchedule> schedule;
    Instant scheduleStart{}; ///< by the wall's clock, or a test's
    std::unique_ptr<MarketModel> market;
    std::optional<OrderTape> tape;
    bool wasOpen = false; ///< the market, at the last tick
    bool hasNews = false; ///< since the tape last said how long the exchange has lived
    QElapsedTimer sinceLived;
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<RestApi> rest;
    HttpServer http;
    std::unique_ptr<QTemporaryFile> certificate;
    std::uint16_t port = 0;
    std::unique_ptr<ClientSockets> clients;
    std::unique_ptr<Control> control;
    QTimer tickTimer, keepaliveTimer;
    QElapsedTimer sinceTick;
    std::unique_ptr<QSocketNotifier> input;
};

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
    venueClock.emplace(begin, settings.speed);
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

void Venue::Private::tick()
{
    applySchedule();
    clients->tick();
    exchange->setSessionOffline(faults.isSessionOffline);
    if (settings.skipClosedHours && settings.clock == nullptr)
        skipClosedHours();
    exchange->advanceTo(now());
    if (hasNews || sinceLived.hasExpired(livedPeriodMs))
        sayLived();
    if (std::exchange(wasOpen, exchange->isMarketOpen()) && !wasOpen)
        saveSnapshot();
    const double seconds = settings.clock == nullptr ? static_cast<double>(sinceTick.nsecsElapsed()) * 1e-9
                                                     : std::chrono::duration<double>(tickPeriod).count();
    sinceTick.restart();
    if (exchange->isMarketOpen() && !faults.isFeedSilent)
        clients->streamQuotes(seconds, settings.quotesPerSecond, settings.quotesPerSymbolPerSecond);
}

void Venue::Private::applySchedule()
{
    if (!schedule)
        return;
    std::vector<FaultAction> actions;
    for (const FaultSchedule::Event& event : schedule->advanceTo(faultClock().now() - scheduleStart, faults, actions))
        base::log::info("fault at {:.3f} s: {}", base::seconds(event.at), event.text);
    for (const FaultAction action : actions) {
        if (const auto done = apply(action); !done)
            base::log::error("{}", done.error().message());
    }
}

base::Result<void> Venue::Private::apply(FaultAction action)
{
    switch (action) {
    case FaultAction::CutConnections:
        clients->cutAll();
        break;
    case FaultAction::ExpireTokens:
        credentials.revokeAll();
        break;
    case FaultAction::ResetAccount:
        exchange->advanceTo(now());
        if (tape) {
            if (const auto written = tape->accountReset(exchange->now()); !written)
                return written;
        }
        exchange->reset();
        break;
    }
    return {};
}

/// What has happened stays: a restart goes on after it.
void Venue::Private::sayLived()
{
    hasNews = false;
    sinceLived.restart();
    if (!tape)
        return;
    if (const auto written = tape->lived(exchange->now()); !written)
        base::log::error("{}", written.error().message());
}

/// At the end of a session and of the process: the next start replays what came after.
void Venue::Private::saveSnapshot()
{
    if (!tape)
        return;
    sayLived();
    if (const auto written = tape->saveSnapshot(*exchange); !written)
        base::log::error("{}", written.error().message());
}

/// A jump is a start of its own on the tape: the clock goes on from there after a restart.
void Venue::Private::moveClock(Instant at)
{
    venueClock.emplace(at, settings.speed);
    if (tape) {
        if (const auto written = tape->started(at, wallClock.now(), settings.speed); !written)
            base::log::error("{}", written.error().message());
    }
    Q_EMIT q->clockMoved();
}

void Venue::Private::skipClosedHours()
{
    constexpr auto lead = std::chrono::seconds(15);
    const Instant at = venueClock->now();
    if (market::isOpen(at))
        return;
    const base::Date today = market::newYorkDate(at);
    const auto session = market::sessionOn(today);
    const bool isBefore = session && at < session->open;
    const Instant open = isBefore ? session->open : market::sessionOn(market::nextTradingDay(today))->open;
    if (open - at > lead)
        moveClock(open - lead);
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

void Venue::skip(base::Nanos span)
{
    d->moveClock(d->venueClock->now() + span);
    d->tick();
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
        if (::read(STDIN_FILENO, buffer, sizeof buffer) <= 0) {
            d->input->setEnabled(false);
            Q_EMIT inputClosed();
        }
    });
}

} // namespace vegadesk::venue

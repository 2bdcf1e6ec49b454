#include "venue/venue.h"

#include "base/log.h"
#include "market/calendar.h"
#include "tastytrade/wire/json.h"
#include "venue/account_stream.h"
#include "venue/feed_session.h"
#include "venue/http_server.h"
#include "venue/order_tape.h"
#include "venue/replayed_market.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <unistd.h>
#include <vector>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

constexpr std::chrono::milliseconds tickPeriod{20};
constexpr qint64 livedPeriodMs = 60'000; ///< a quiet exchange says so often how far it has come
constexpr std::chrono::seconds keepalivePeriod{20};
constexpr std::chrono::seconds silenceLimit{60};
constexpr qint64 mostBuffered = 8 << 20; ///< bytes a client may leave unread before the feed skips it
constexpr quint64 mostFrameBytes = 4 << 20;

const QString feedPath = QStringLiteral("/dxlink");

struct FeedClient {
    std::unique_ptr<QWebSocket> socket;
    std::unique_ptr<FeedSession> session;
    QElapsedTimer sinceHeard;
};

struct AccountClient {
    std::unique_ptr<QWebSocket> socket;
    std::unique_ptr<AccountStream> stream;
};

void cut(QWebSocket& socket)
{
    socket.abort();
}

} // namespace

base::Result<void> VenueSettings::check() const
{
    if (!(speed > 0) || speed > 100'000)
        return base::badInput("speed", std::to_string(speed), "above 0, up to 100000");
    if (!(quotesPerSecond >= 1) || quotesPerSecond > 200'000)
        return base::badInput("quotesPerSecond", std::to_string(quotesPerSecond), "1 to 200000");
    if (!(quotesPerSymbolPerSecond >= 0))
        return base::badInput("quotesPerSymbolPerSecond", std::to_string(quotesPerSymbolPerSecond), "0 or more");
    if (start &&
        !market::isKnownYear(static_cast<int>(std::chrono::year_month_day(market::newYorkDate(*start)).year())))
        return base::badInput("start", base::formatInstant(*start), "a moment from 1998 to 2099");
    if (accessTokenLife.count() < 1)
        return base::badInput("accessTokenLife", std::to_string(accessTokenLife.count()), "1 s or more");
    return {};
}

namespace
{

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
    void tick();
    void onRequest(const HttpRequest& request, QTcpSocket* socket);
    HttpAnswer control(const HttpRequest& request);
    void onWebSocket();
    void addFeedClient(std::unique_ptr<QWebSocket> socket);
    void addAccountClient(std::unique_ptr<QWebSocket> socket);
    void forget(QWebSocket* socket);
    void streamQuotes(double seconds);
    void keepAlive();
    void skipClosedHours();
    void sayLived();
    void moveClock(Instant at);
    QJsonObject clockJson() const;
    Instant now() const { return settings.clock != nullptr ? settings.clock->now() : venueClock->now(); }
    void notify(const QByteArray& frame);

    void onOrder(const wire::Order& order) override
    {
        hasNews = true;
        notify(wire::print(wire::OrderNotice{order, exchange->now()}));
    }
    void onPosition(const wire::AccountPosition& position) override
    {
        hasNews = true;
        notify(wire::print(wire::PositionNotice{position, exchange->now()}));
    }
    void onBalance(const wire::AccountBalance& balance) override
    {
        notify(wire::print(wire::BalanceNotice{balance, exchange->now()}));
    }

    Venue* q;
    VenueSettings settings;
    base::SystemClock wallClock;
    std::optional<base::ScaledClock> venueClock;
    Credentials credentials;
    Faults faults;
    std::unique_ptr<MarketModel> market;
    std::optional<OrderTape> tape;
    bool hasNews = false; ///< since the tape last said how long the exchange has lived
    QElapsedTimer sinceLived;
    std::unique_ptr<Exchange> exchange;
    std::unique_ptr<RestApi> rest;
    HttpServer http;
    std::uint16_t port = 0;
    std::vector<FeedClient> feedClients;
    std::vector<AccountClient> accountClients;
    std::uint64_t sessionCount = 0, closedSessionEvents = 0;
    double owedQuotes = 0;
    QTimer tickTimer, keepaliveTimer;
    QElapsedTimer sinceTick;
    std::unique_ptr<QSocketNotifier> input;
};

base::Result<void> Venue::Private::start()
{
    if (const auto checked = settings.check(); !checked)
        return checked;
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
    exchange = std::make_unique<Exchange>(settings.exchange, *market, tape ? tape->head().start : begin);
    if (tape) {
        tape->replay(*exchange);
        if (const auto written = tape->started(begin, wallClock.now(), settings.speed); !written)
            return written;
    }
    venueClock.emplace(begin, settings.speed);
    exchange->advanceTo(begin);
    exchange->setListener(this);
    rest = std::make_unique<RestApi>(*exchange, *market, credentials, tape ? &*tape : nullptr);

    port = http.start(settings.port);
    if (port == 0)
        return base::fail(base::ErrorKind::Network, "port", std::to_string(settings.port),
                          "a free port on 127.0.0.1 (0 chooses one)");
    rest->setFeedUrl(q->feedUrl().toStdString());
    base::log::hide(credentials.runToken());
    base::log::hide(credentials.quoteToken());
    QObject::connect(&http.webSockets(), &QWebSocketServer::newConnection, q, [this] { onWebSocket(); });
    QObject::connect(&tickTimer, &QTimer::timeout, q, [this] { tick(); });
    QObject::connect(&keepaliveTimer, &QTimer::timeout, q, [this] { keepAlive(); });
    tickTimer.setTimerType(Qt::PreciseTimer);
    sinceTick.start();
    sinceLived.start();
    if (settings.clock == nullptr)
        tickTimer.start(tickPeriod);
    keepaliveTimer.start(keepalivePeriod);
    return {};
}

void Venue::Private::tick()
{
    exchange->setSessionOffline(faults.isSessionOffline);
    if (settings.skipClosedHours && settings.clock == nullptr)
        skipClosedHours();
    exchange->advanceTo(now());
    if (hasNews || sinceLived.hasExpired(livedPeriodMs))
        sayLived();
    const double seconds = settings.clock == nullptr ? static_cast<double>(sinceTick.nsecsElapsed()) * 1e-9
                                                     : std::chrono::duration<double>(tickPeriod).count();
    sinceTick.restart();
    if (exchange->isMarketOpen() && !faults.isFeedSilent)
        streamQuotes(seconds);
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

void Venue::Private::streamQuotes(double seconds)
{
    std::size_t options = 0;
    for (const FeedClient& client : feedClients)
        options += client.session->optionCount();
    double rate = settings.quotesPerSecond;
    if (settings.quotesPerSymbolPerSecond > 0)
        rate = std::min(rate, settings.quotesPerSymbolPerSecond * static_cast<double>(options));
    // After a pause there is no need to catch up: the newest quote is all that counts.
    owedQuotes = std::min(owedQuotes + rate * seconds, rate * 0.25 + 1);
    const double due = std::floor(owedQuotes);
    owedQuotes -= due;
    for (FeedClient& client : feedClients) {
        if (client.socket->bytesToWrite() > mostBuffered)
            continue;
        const double share =
            options == 0 ? 0 : due * static_cast<double>(client.session->optionCount()) / static_cast<double>(options);
        client.session->stream(static_cast<std::size_t>(std::llround(share)));
    }
}

void Venue::Private::keepAlive()
{
    std::vector<QWebSocket*> silent;
    for (FeedClient& client : feedClients) {
        if (!faults.isFeedSilent)
            client.session->sendKeepalive();
        if (client.sinceHeard.hasExpired(std::chrono::milliseconds(silenceLimit).count()))
            silent.push_back(client.socket.get());
    }
    for (QWebSocket* socket : silent)
        socket->close(QWebSocketProtocol::CloseCodeNormal, QStringLiteral("Bye"));
}

void Venue::Private::notify(const QByteArray& frame)
{
    if (faults.isAccountSilent)
        return;
    for (AccountClient& client : accountClients) {
        client.stream->notify(frame);
        if (faults.hasDoubledNotices)
            client.stream->notify(frame);
    }
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
        HttpServer::answer(socket, control(request));
        return;
    }
    if (faults.failingCount > 0 && faults.failingStatus != 0) {
        --faults.failingCount;
        if (faults.failingStatus == 429)
            send({429, wire::toBytes(wire::toJson(wire::ErrorBody{"too_many_requests", "Too many requests", {}})),
                  "application/json"});
        else
            send(webPage(faults.failingStatus, "Bad Gateway"));
        return;
    }
    const bool isOrder = request.method == "POST" && request.path.endsWith(QLatin1String("/orders"));
    if (isOrder && faults.lostOrderRequests > 0) {
        --faults.lostOrderRequests;
        socket->abort();
        return;
    }
    exchange->advanceTo(now());
    const HttpAnswer answer = rest->handle(request);
    if (isOrder && answer.status == 201 && faults.lostOrderAnswers > 0) {
        --faults.lostOrderAnswers;
        socket->abort();
        return;
    }
    send(answer);
}

HttpAnswer Venue::Private::control(const HttpRequest& request)
{
    const QByteArray bearer = request.authorization;
    const std::string given = bearer.startsWith("Bearer ") ? bearer.mid(7).toStdString() : std::string();
    const auto reply = [](int status, const QJsonObject& body) {
        return HttpAnswer{status, wire::toBytes(body), "application/json"};
    };
    const auto refuse = [&](int status, const std::string& code, const std::string& message) {
        return reply(status, wire::toJson(wire::ErrorBody{code, message, {}}));
    };
    if (request.path == QLatin1String("/venue/clock") && request.method == "GET")
        return reply(200, clockJson()); // no secret, and needed before a token is
    if (!credentials.isRunToken(given))
        return refuse(401, "unauthorized", "This run's token is needed.");
    const base::Result<QJsonObject> body = wire::parseObject(request.body, "request");
    if (request.method == "GET" && request.path == QLatin1String("/venue/faults"))
        return reply(200, toJson(faults));
    if (request.method != "POST")
        return refuse(404, "record_not_found", "route was not found");
    if (!body)
        return refuse(400, "validation_error", body.error().message());
    if (request.path == QLatin1String("/venue/faults")) {
        if (const auto read = readFaults(*body, faults); !read)
            return refuse(400, "validation_error", read.error().message());
        return reply(200, toJson(faults));
    }
    if (request.path == QLatin1String("/venue/drop-sockets")) {
        q->dropSockets();
        return reply(200, {});
    }
    if (request.path == QLatin1String("/venue/expire-tokens")) {
        q->expireTokens();
        return reply(200, {});
    }
    if (request.path == QLatin1String("/venue/clock") && settings.clock == nullptr) {
        const double seconds = body->value(QLatin1String("advance-seconds")).toDouble(-1);
        constexpr double most = 366.0 * 86'400;
        if (!(seconds >= 0) || seconds > most)
            return refuse(400, "validation_error", "advance-seconds must be 0 to a year");
        q->skip(base::Nanos(static_cast<std::int64_t>(seconds * 1e9)));
        return reply(200, clockJson());
    }
    return refuse(404, "record_not_found", "route was not found");
}

QJsonObject Venue::Private::clockJson() const
{
    return {{QStringLiteral("now"), QString::fromStdString(base::formatInstant(now()))},
            {QStringLiteral("speed"), settings.speed},
            {QStringLiteral("market-open"), market::isOpen(now())}};
}

void Venue::Private::onWebSocket()
{
    while (http.webSockets().hasPendingConnections()) {
        std::unique_ptr<QWebSocket> socket(http.webSockets().nextPendingConnection());
        socket->setMaxAllowedIncomingMessageSize(mostFrameBytes);
        if (socket->requestUrl().path() == feedPath)
            addFeedClient(std::move(socket));
        else
            addAccountClient(std::move(socket));
    }
}

void Venue::Private::addFeedClient(std::unique_ptr<QWebSocket> socket)
{
    QWebSocket* raw = socket.get();
    auto session = std::make_unique<FeedSession>(
        credentials, *market, [this] { return exchange->now(); },
        [this, raw](const QByteArray& frame) {
            if (!faults.isFeedSilent)
                raw->sendTextMessage(QString::fromUtf8(frame));
        });
    FeedClient client{std::move(socket), std::move(session), {}};
    client.sinceHeard.start();
    feedClients.push_back(std::move(client));
    QObject::connect(raw, &QWebSocket::textMessageReceived, q, [this, raw](const QString& text) {
        const auto found = std::ranges::find(feedClients, raw, [](const FeedClient& c) { return c.socket.get(); });
        if (found == feedClients.end())
            return;
        found->sinceHeard.restart();
        found->session->receive(text.toUtf8());
    });
    QObject::connect(raw, &QWebSocket::disconnected, q, [this, raw] { forget(raw); });
}

void Venue::Private::addAccountClient(std::unique_ptr<QWebSocket> socket)
{
    QWebSocket* raw = socket.get();
    auto stream = std::make_unique<AccountStream>(
        std::to_string(++sessionCount), credentials, exchange->accountNumber(),
        [raw](const QByteArray& frame) { raw->sendTextMessage(QString::fromUtf8(frame)); });
    accountClients.push_back({std::move(socket), std::move(stream)});
    QObject::connect(raw, &QWebSocket::textMessageReceived, q, [this, raw](const QString& text) {
        const auto found =
            std::ranges::find(accountClients, raw, [](const AccountClient& c) { return c.socket.get(); });
        if (found != accountClients.end() && !faults.isAccountSilent)
            found->stream->receive(text.toUtf8());
    });
    QObject::connect(raw, &QWebSocket::disconnected, q, [this, raw] { forget(raw); });
}

/// A socket must not be deleted while it emits.
void Venue::Private::forget(QWebSocket* socket)
{
    for (FeedClient& client : feedClients) {
        if (client.socket.get() == socket) {
            closedSessionEvents += client.session->eventCount();
            client.socket.release()->deleteLater();
        }
    }
    std::erase_if(feedClients, [](const FeedClient& client) { return client.socket == nullptr; });
    for (AccountClient& client : accountClients) {
        if (client.socket.get() == socket)
            client.socket.release()->deleteLater();
    }
    std::erase_if(accountClients, [](const AccountClient& client) { return client.socket == nullptr; });
}

Venue::Venue(VenueSettings settings, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(settings)))
{
}

Venue::~Venue()
{
    if (d->exchange)
        d->sayLived();
    for (FeedClient& client : d->feedClients)
        client.socket->disconnect(this);
    for (AccountClient& client : d->accountClients)
        client.socket->disconnect(this);
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
    const QJsonObject line{{QStringLiteral("event"), QStringLiteral("ready")},
                           {QStringLiteral("rest"), restUrl()},
                           {QStringLiteral("account-streamer"), accountStreamerUrl()},
                           {QStringLiteral("dxlink"), feedUrl()},
                           {QStringLiteral("port"), d->port},
                           {QStringLiteral("token"), QString::fromStdString(d->credentials.runToken())},
                           {QStringLiteral("account"), QString::fromStdString(d->exchange->accountNumber())},
                           {QStringLiteral("simulated"), d->market->isSimulated()},
                           {QStringLiteral("description"), QString::fromStdString(d->market->description())},
                           {QStringLiteral("underlyings"), underlyings},
                           {QStringLiteral("clock"), d->clockJson()}};
    return wire::toBytes(line);
}

QByteArray Venue::clockLine() const
{
    return wire::toBytes(
        {{QStringLiteral("event"), QStringLiteral("clock")}, {QStringLiteral("clock"), d->clockJson()}});
}

std::uint16_t Venue::port() const
{
    return d->port;
}

QString Venue::restUrl() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(d->port);
}

QString Venue::accountStreamerUrl() const
{
    return QStringLiteral("ws://127.0.0.1:%1").arg(d->port);
}

QString Venue::feedUrl() const
{
    return accountStreamerUrl() + feedPath;
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
    std::uint64_t count = d->closedSessionEvents;
    for (const FeedClient& client : d->feedClients)
        count += client.session->eventCount();
    return count;
}

void Venue::setFaults(const Faults& faults)
{
    d->faults = faults;
}

const Faults& Venue::faults() const
{
    return d->faults;
}

void Venue::dropSockets()
{
    std::vector<QWebSocket*> sockets;
    for (const FeedClient& client : d->feedClients)
        sockets.push_back(client.socket.get());
    for (const AccountClient& client : d->accountClients)
        sockets.push_back(client.socket.get());
    for (QWebSocket* socket : sockets)
        cut(*socket);
}

void Venue::expireTokens()
{
    d->credentials.revokeAll();
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

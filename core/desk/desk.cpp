#include "desk/desk.h"

#include "base/log.h"
#include "desk/backtest_runner.h"
#include "desk/environment_session.h"
#include "desk/rolling.h"
#include "desk/venue_process.h"
#include "risk/limits.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr int statusMs = 250;
constexpr auto firstUnderlying = "SPY";
const QString shownKey = QStringLiteral("chain/underlying"); ///< shown again at the next start

risk::Tolerance toleranceOf(const Settings& settings)
{
    const QString text = settings.choice(setting::tolerance);
    if (text == QLatin1String("low"))
        return risk::Tolerance::Low;
    return text == QLatin1String("high") ? risk::Tolerance::High : risk::Tolerance::Moderate;
}

} // namespace

std::string_view toText(Environment environment)
{
    switch (environment) {
    case Environment::Venue:
        return "venue";
    case Environment::Certification:
        return "certification";
    case Environment::Hybrid:
        return "hybrid";
    case Environment::Live:
        break;
    }
    return "live";
}

class Desk::Private
{
public:
    Private(Desk* desk, DeskOptions deskOptions, base::Environment variables)
        : q(desk), options(std::move(deskOptions)), environment(std::move(variables)),
          settings(QDir(options.dataDirectory).filePath(QStringLiteral("settings.ini"))), backtests(desk)
    {
        if (options.venueProgram.isEmpty())
            options.venueProgram =
                QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("vegadesk-cli"));
    }

    void startVenue();
    void onVenueReady(const VenueAddress& address);
    void notice(NoticeLevel level, const QString& text, NoticeTopic topic = NoticeTopic::None);
    void refuseSymbol(const QString& symbol);
    void open(EnvironmentSetup setup, tastytrade::Credentials credentials);
    void applyTolerance();
    base::Result<void> checkKeys(Environment wanted) const;
    void publishStatus();
    template<class Call>
    void onTrading(Call call)
    {
        if (session)
            session->trading().post(std::move(call));
    }

    Desk* const q;
    DeskOptions options;
    base::Environment environment;
    Settings settings;
    VenueProcess venue;
    BacktestRunner backtests;
    QTimer statusTimer;
    std::shared_ptr<MarketViews> market = std::make_shared<MarketViews>();
    std::shared_ptr<TradingViews> trading = std::make_shared<TradingViews>();
    Published<StatusView> status;
    std::shared_ptr<MarketClock> clock = std::make_shared<MarketClock>();
    std::unique_ptr<EnvironmentSession> session;
    QStringList watched;
    QSet<QString> added; ///< by the user, in this run
    std::string shown = firstUnderlying, shownBefore = firstUnderlying;
    std::uint64_t lastRequest = 0;
    double startToFirstChain = unknown;
    QString venueWhy;
    QUrl venueAddress; ///< of the open session's venue
};

Desk::Desk(DeskOptions options, base::Environment environment, QObject* parent)
    : QObject(parent), m_d(std::make_unique<Private>(this, std::move(options), std::move(environment)))
{
    qRegisterMetaType<Notice>();
    qRegisterMetaType<std::shared_ptr<const BacktestReport>>();
    qRegisterMetaType<std::vector<JournalLine>>();
    m_d->watched = m_d->settings.watchlist();
    if (const QByteArray last = m_d->settings.bytes(shownKey);
        !last.isEmpty() && m_d->watched.contains(QString::fromUtf8(last)))
        m_d->shown = last.toStdString();

    connect(&m_d->venue, &VenueProcess::ready, this,
            [this](const VenueAddress& address) { m_d->onVenueReady(address); });
    connect(&m_d->venue, &VenueProcess::clockMoved, this,
            [this](base::Instant to, double speed) { m_d->clock->follow(to, speed); });
    connect(&m_d->venue, &VenueProcess::died, this, [this](const QString& why) {
        m_d->venueWhy = why;
        m_d->notice(NoticeLevel::Error,
                    tr("%1 What is shown is stale and orders do not leave; it is being started again.").arg(why),
                    NoticeTopic::Venue);
    });
    connect(&m_d->venue, &VenueProcess::failed, this, [this](const QString& why) {
        m_d->venueWhy = why;
        m_d->notice(NoticeLevel::Error, why, NoticeTopic::Venue);
    });
    connect(&m_d->backtests, &BacktestRunner::progressed, this, &Desk::backtestProgressed);
    connect(&m_d->backtests, &BacktestRunner::finished, this,
            [this](const std::shared_ptr<const BacktestReport>& report) {
                m_d->onTrading([run = storedRun(*report)](TradingSession& session) { session.saveRun(run); });
                Q_EMIT backtestFinished(report);
            });
    connect(&m_d->settings, &Settings::changed, this, [this](const QString& key) {
        if (key == QLatin1String(setting::tolerance.key))
            m_d->applyTolerance();
        if (key == QLatin1String(setting::chainModel.key) && m_d->session)
            m_d->session->setChainModel(chainModelFromText(m_d->settings.choice(setting::chainModel)));
        if (key == QLatin1String(setting::timeBasis.key) && m_d->session)
            m_d->session->setTimeBasis(timeBasisFromText(m_d->settings.choice(setting::timeBasis)));
        if (key == QLatin1String(setting::strikesAround.key) && m_d->session)
            m_d->session->setStrikesAround(static_cast<std::size_t>(m_d->settings.number(setting::strikesAround)));
        if (key == QLatin1String(setting::staleSeconds.key) && m_d->session)
            m_d->session->setStaleAfter(std::chrono::milliseconds(
                static_cast<std::int64_t>(1000 * m_d->settings.number(setting::staleSeconds))));
    });
    connect(&m_d->statusTimer, &QTimer::timeout, this, [this] { m_d->publishStatus(); });
}

Desk::~Desk()
{
    m_d->session.reset();
    m_d->venue.stop();
}

void Desk::start()
{
    QDir().mkpath(m_d->options.dataDirectory);
    for (const std::string& text : m_d->environment.notices)
        m_d->notice(NoticeLevel::Warning, QString::fromStdString(text));
    m_d->startVenue();
    m_d->statusTimer.start(statusMs);
    m_d->publishStatus();
}

void Desk::Private::startVenue()
{
    const auto chosen = [](double option, double setting) { return option > 0 ? option : setting; };
    VenueOptions out;
    out.program = options.venueProgram;
    out.seed = options.seed != 0 ? options.seed : static_cast<std::uint64_t>(settings.number(setting::venueSeed));
    out.speed = chosen(options.venueSpeed, settings.number(setting::venueSpeed));
    out.quotesPerSecond = chosen(options.venueRate, settings.number(setting::venueRate));
    out.quotesPerSymbol = options.venueSymbolRate;
    out.replayFolder = options.replayFolder;
    // A simulated account lives on; a replay begins at its beginning each time, with an account of its own.
    const QDir directory(options.dataDirectory);
    out.stateFile = directory.filePath(out.replayFolder.isEmpty() ? QStringLiteral("venue-seed-%1.tape").arg(out.seed)
                                                                  : QStringLiteral("venue-replay.tape"));
    if (!out.replayFolder.isEmpty())
        QFile::remove(out.stateFile);
    venue.start(out);
}

void Desk::Private::onVenueReady(const VenueAddress& address)
{
    if (!venueWhy.isEmpty())
        notice(NoticeLevel::Info, Desk::tr("The simulated exchange is back."), NoticeTopic::Venue);
    venueWhy.clear();
    clock->follow(address.marketTime, address.speed);
    if (session && session->environment() == Environment::Venue && address.rest == venueAddress)
        return; // it came back on its old port: the connection finds it by itself
    venueAddress = address.rest;
    EnvironmentSetup setup;
    setup.environment = Environment::Venue;
    setup.endpoints = tastytrade::Endpoints::venue(static_cast<std::uint16_t>(address.rest.port()));
    setup.source = address.description.toStdString();
    setup.isSimulated = address.isSimulated;
    setup.isReplay = !address.isSimulated;
    setup.marketSpeed = address.speed;
    if (setup.isReplay && !address.underlyings.isEmpty()) { // the user's own list stays in the settings
        watched = address.underlyings;
        shown = watched.front().toStdString();
    }
    open(std::move(setup), tastytrade::Credentials::venue(address.token.toStdString()));
}

void Desk::Private::open(EnvironmentSetup setup, tastytrade::Credentials credentials)
{
    setup.clock = clock;
    setup.dataDirectory = options.dataDirectory;
    const risk::Tolerance tolerance = toleranceOf(settings);
    setup.limits = risk::limitsFor(tolerance);
    setup.tradeRisk = trading::tradeRiskFor(tolerance);
    session.reset();
    auto made = EnvironmentSession::make(std::move(setup), std::move(credentials), market, trading);
    if (!made) {
        notice(NoticeLevel::Error, QString::fromStdString(made.error().message()));
        return;
    }
    session = std::move(*made);
    connect(session.get(), &EnvironmentSession::noticed, q, &Desk::noticed);
    connect(session.get(), &EnvironmentSession::journalRead, q, &Desk::journalRead);
    connect(session.get(), &EnvironmentSession::symbolUnknown, q,
            [this](const QString& symbol) { refuseSymbol(symbol); });
    connect(session.get(), &EnvironmentSession::chainStreamed, q, [this] {
        if (options.processStart != base::Instant{} && std::isnan(startToFirstChain))
            startToFirstChain = base::seconds(base::SystemClock().now() - options.processStart);
        publishStatus();
        Q_EMIT q->chainStreamed();
    });
    session->setStaleAfter(
        std::chrono::milliseconds(static_cast<std::int64_t>(1000 * settings.number(setting::staleSeconds))));
    session->setChainModel(chainModelFromText(settings.choice(setting::chainModel)));
    session->setTimeBasis(timeBasisFromText(settings.choice(setting::timeBasis)));
    session->setStrikesAround(static_cast<std::size_t>(settings.number(setting::strikesAround)));
    session->start();
    session->showChain(shown);
    session->setWatchlist(watched);
    Q_EMIT q->environmentChanged();
}

void Desk::Private::applyTolerance()
{
    if (session)
        session->setLimits(risk::limitsFor(toleranceOf(settings)));
}

void Desk::Private::notice(NoticeLevel level, const QString& text, NoticeTopic topic)
{
    if (level == NoticeLevel::Error)
        base::log::error("{}", text.toStdString());
    else
        base::log::info("{}", text.toStdString());
    Q_EMIT q->noticed({level, base::SystemClock().now(), text.toStdString(), topic});
}

/// One that was just added goes again. An old one stays: another broker may know it.
void Desk::Private::refuseSymbol(const QString& symbol)
{
    if (!added.contains(symbol)) {
        notice(NoticeLevel::Warning, Desk::tr("%1 is not known here.").arg(symbol));
        return;
    }
    notice(NoticeLevel::Warning, Desk::tr("%1 is not known here: it was not put on the watchlist.").arg(symbol));
    QStringList left = watched;
    left.removeAll(symbol);
    q->setWatchlist(left);
    if (shown == symbol.toStdString())
        q->showChain(QString::fromStdString(shownBefore));
    Q_EMIT q->watchlistChanged();
}

void Desk::Private::publishStatus()
{
    auto view = std::make_shared<StatusView>();
    if (session)
        *view = session->status();
    else
        view->why = Desk::tr("Starting the simulated exchange\u2026").toStdString();
    if (!session)
        view->isReplay = !options.replayFolder.isEmpty();
    if (!venueWhy.isEmpty() && view->environment == Environment::Venue)
        view->why = venueWhy.toStdString();
    view->startToFirstChainSeconds = startToFirstChain;
    status.store(std::move(view));
}

Settings& Desk::settings()
{
    return m_d->settings;
}

const base::Environment& Desk::environmentVariables() const
{
    return m_d->environment;
}

qint64 Desk::venueProcessId() const
{
    return m_d->venue.processId();
}

base::Result<void> Desk::Private::checkKeys(Environment wanted) const
{
    switch (wanted) {
    case Environment::Venue:
        return {};
    case Environment::Certification:
        if (!environment.sandbox || !environment.hasSandboxKeys())
            return base::fail(base::ErrorKind::Unauthorized, Desk::tr("The certification environment").toStdString(),
                              "",
                              Desk::tr("needs credentials. Set TW_CLIENT_SECRET and TW_REFRESH_TOKEN and start again.")
                                  .toStdString());
        return {};
    case Environment::Hybrid:
        return base::fail(base::ErrorKind::Refused, Desk::tr("The hybrid environment").toStdString(), "",
                          Desk::tr("is not in this version.").toStdString());
    case Environment::Live:
        break;
    }
    if (!environment.hasLiveKeys())
        return base::fail(
            base::ErrorKind::Unauthorized, "LIVE", "",
            Desk::tr("no credentials for production. Set TW_LIVE_CLIENT_SECRET and TW_LIVE_REFRESH_TOKEN (or "
                     "TW_CLIENT_SECRET and TW_REFRESH_TOKEN with TW_SANDBOX=False) and start again. Nothing has "
                     "changed: orders still go to the simulated exchange.")
                .toStdString());
    return {};
}

base::Result<void> Desk::switchTo(Environment environment)
{
    if (const auto allowed = m_d->checkKeys(environment); !allowed)
        return allowed;
    if (m_d->session && m_d->session->environment() == environment)
        return {};
    if (environment == Environment::Venue) {
        m_d->session.reset();
        m_d->venue.stop();
        m_d->startVenue();
        return {};
    }

    const base::Environment& keys = m_d->environment;
    const bool isLive = environment == Environment::Live;
    EnvironmentSetup setup;
    setup.environment = environment;
    setup.endpoints = isLive ? tastytrade::Endpoints::live() : tastytrade::Endpoints::certification();
    setup.account = keys.account;
    setup.source = isLive ? "tastytrade, production" : "tastytrade, certification (quotes 15 minutes late)";
    setup.isSimulated = false;
    if (isLive)
        setup.sendRefusal = {
            base::translatable("Core", "This version shows the live account but sends no orders to it.")};
    tastytrade::Credentials credentials;
    credentials.kind = isLive ? tastytrade::EnvironmentKind::Live : tastytrade::EnvironmentKind::Certification;
    const bool hasOwnLiveKeys = isLive && !keys.liveClientSecret.isEmpty();
    credentials.name = hasOwnLiveKeys ? "TW_LIVE_CLIENT_SECRET" : "TW_CLIENT_SECRET";
    credentials.clientSecret = (hasOwnLiveKeys ? keys.liveClientSecret : keys.clientSecret).clone();
    credentials.refreshToken = (hasOwnLiveKeys ? keys.liveRefreshToken : keys.refreshToken).clone();
    if (const auto fit = credentials.checkFor(credentials.kind); !fit)
        return fit;
    m_d->session.reset();
    m_d->venue.stop();
    m_d->clock = std::make_shared<MarketClock>();
    m_d->open(std::move(setup), std::move(credentials));
    return {};
}

void Desk::setWatchlist(const QStringList& symbols)
{
    for (const QString& symbol : symbols) {
        if (!m_d->watched.contains(symbol))
            m_d->added.insert(symbol);
    }
    m_d->watched = symbols;
    if (m_d->options.replayFolder.isEmpty())
        m_d->settings.setWatchlist(symbols);
    if (m_d->session)
        m_d->session->setWatchlist(symbols);
}

QStringList Desk::watchedSymbols() const
{
    return m_d->watched;
}

void Desk::showChain(const QString& underlying)
{
    if (m_d->shown != underlying.toStdString())
        m_d->shownBefore = std::exchange(m_d->shown, underlying.toStdString());
    if (m_d->options.replayFolder.isEmpty())
        m_d->settings.setBytes(shownKey, underlying.toUtf8());
    if (m_d->session)
        m_d->session->showChain(m_d->shown);
}

void Desk::selectExpiration(std::size_t tab)
{
    if (m_d->session)
        m_d->session->selectExpiration(tab);
}

std::shared_ptr<const StatusView> Desk::status() const
{
    return m_d->status.load();
}

std::shared_ptr<const WatchView> Desk::watchlist() const
{
    return m_d->market->watchlist.load();
}

std::shared_ptr<const ChainView> Desk::chain() const
{
    return m_d->market->chain.load();
}

std::shared_ptr<const SurfaceView> Desk::surface() const
{
    return m_d->market->surface.load();
}

std::shared_ptr<const GreeksView> Desk::greeks() const
{
    return m_d->market->greeks.load();
}

std::shared_ptr<const TradingView> Desk::trading() const
{
    return m_d->trading->trading.load();
}

std::shared_ptr<const TicketView> Desk::ticket() const
{
    return m_d->trading->ticket.load();
}

std::shared_ptr<const DryRunView> Desk::dryRun() const
{
    return m_d->trading->dryRun.load();
}

std::uint64_t Desk::stageTicket(const portfolio::OrderIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.stageTicket(request, intent); });
    return request;
}

void Desk::setWhatIf(const WhatIf& whatIf)
{
    m_d->onTrading([whatIf](TradingSession& session) { session.setWhatIf(whatIf); });
}

std::uint64_t Desk::requestDryRun(const portfolio::OrderIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.requestDryRun(request, intent); });
    return request;
}

void Desk::send(const portfolio::OrderIntent& intent)
{
    if (!m_d->session)
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([intent](TradingSession& session) { session.send(intent); });
}

void Desk::cancelOrder(const std::string& externalId)
{
    m_d->onTrading([externalId](TradingSession& session) { session.cancel(externalId); });
}

void Desk::declareOrderOver(const std::string& externalId)
{
    m_d->onTrading([externalId](TradingSession& session) { session.declareOver(externalId); });
}

void Desk::acknowledge(const std::string& difference)
{
    m_d->onTrading([difference](TradingSession& session) { session.acknowledge(difference); });
}

void Desk::stopAll()
{
    m_d->onTrading([](TradingSession& session) { session.stopAll(); });
}

void Desk::resume()
{
    m_d->onTrading([](TradingSession& session) { session.resume(); });
}

base::Result<portfolio::OrderIntent> Desk::closingIntent(const std::vector<std::string>& symbols) const
{
    std::vector<PositionRow> held;
    const std::shared_ptr<const TradingView> view = trading();
    for (const std::string& symbol : symbols) {
        const std::size_t before = held.size();
        for (const PositionGroup& group : view->groups)
            std::ranges::copy_if(group.rows, std::back_inserter(held), [&](const PositionRow& row) {
                return row.position.symbol == symbol && row.position.quantity != 0;
            });
        if (held.size() == before)
            return base::fail(base::ErrorKind::NotFound, tr("Not closed").toStdString(), symbol,
                              tr("it is no longer held. Look at the positions again.").toStdString());
    }
    const auto isOption = [](const PositionRow& row) { return row.option.has_value(); };
    if (std::ranges::any_of(held, isOption) && !std::ranges::all_of(held, isOption))
        return base::fail(base::ErrorKind::Refused, tr("Not closed").toStdString(), {},
                          tr("shares and options do not go into one order. Close the options first, then the shares: "
                             "without the shares a short call is naked.")
                              .toStdString());
    return desk::closingIntent(held);
}

base::Result<portfolio::OrderIntent> Desk::rollingIntent(const std::vector<std::string>& symbols) const
{
    std::vector<PositionRow> held;
    const std::shared_ptr<const TradingView> view = trading();
    for (const PositionGroup& group : view->groups)
        for (const PositionRow& row : group.rows)
            if (std::ranges::find(symbols, row.position.symbol) != symbols.end())
                held.push_back(row);
    std::shared_ptr<const market::OptionChain> layout;
    if (m_d->session && !held.empty())
        layout = m_d->session->layout(held.front().position.underlying);
    if (!layout)
        return base::fail(base::ErrorKind::NotFound, tr("Not rolled").toStdString(), {},
                          tr("the listed expirations are not known yet. Try again in a moment.").toStdString());
    return desk::rollingIntent(held, *layout);
}

std::vector<StrategyOption> Desk::strategies() const
{
    return strategyOptions();
}

std::uint64_t Desk::startBacktest(const BacktestRequest& request)
{
    return m_d->backtests.start(request);
}

void Desk::cancelBacktest(std::uint64_t id)
{
    m_d->backtests.cancel(id);
}

void Desk::readJournal(int count)
{
    m_d->onTrading([count](TradingSession& session) { session.readJournal(count); });
}

} // namespace vegadesk::desk

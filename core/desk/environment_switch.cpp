#include "desk/environment_switch.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <fmt/format.h>
#include <utility>

namespace vegadesk::desk
{

namespace
{

risk::Tolerance toleranceOf(const Settings& settings)
{
    const QString text = settings.choice(setting::tolerance);
    if (text == QLatin1String("low"))
        return risk::Tolerance::Low;
    return text == QLatin1String("high") ? risk::Tolerance::High : risk::Tolerance::Moderate;
}

base::Nanos staleAfter(const Settings& settings)
{
    return std::chrono::milliseconds(static_cast<std::int64_t>(1000 * settings.number(setting::staleSeconds)));
}

std::size_t strikesAround(const Settings& settings)
{
    return static_cast<std::size_t>(settings.number(setting::strikesAround));
}

int ordersPerMinute(const Settings& settings)
{
    return static_cast<int>(settings.number(setting::ordersPerMinute));
}

} // namespace

EnvironmentSwitch::EnvironmentSwitch(const DeskOptions& options, const base::Environment& keys, Settings& settings,
                                     std::shared_ptr<MarketViews> market, std::shared_ptr<TradingViews> trading)
    : m_options(options), m_keys(keys), m_settings(settings), m_market(std::move(market)), m_trading(std::move(trading))
{
    connect(&m_venue, &VenueProcess::ready, this, &EnvironmentSwitch::onVenueReady);
    connect(&m_venue, &VenueProcess::clockMoved, this,
            [this](base::Instant to, double speed) { m_clock->follow(to, speed); });
    connect(&m_venue, &VenueProcess::died, this, [this](const QString& why) {
        m_venueWhy = why;
        notice(NoticeLevel::Error,
               tr("%1 What is shown is stale and orders do not leave; it is being started again.").arg(why),
               NoticeTopic::Venue);
    });
    connect(&m_venue, &VenueProcess::failed, this, [this](const QString& why) {
        m_venueWhy = why;
        notice(NoticeLevel::Error, why, NoticeTopic::Venue);
    });
    connect(&m_venue, &VenueProcess::stopped, this, &EnvironmentSwitch::goOn);
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (!m_session)
            return;
        if (key == QLatin1String(setting::tolerance.key))
            followTolerance();
        if (key == QLatin1String(setting::chainModel.key))
            m_session->setChainModel(chainModelFromText(m_settings.choice(setting::chainModel)));
        if (key == QLatin1String(setting::timeBasis.key))
            m_session->setTimeBasis(timeBasisFromText(m_settings.choice(setting::timeBasis)));
        if (key == QLatin1String(setting::strikesAround.key))
            m_session->setStrikesAround(strikesAround(m_settings));
        if (key == QLatin1String(setting::staleSeconds.key))
            m_session->setStaleAfter(staleAfter(m_settings));
        if (key == QLatin1String(setting::ordersPerMinute.key))
            m_session->setOrdersPerMinute(ordersPerMinute(m_settings));
    });
}

EnvironmentSwitch::~EnvironmentSwitch() = default;

void EnvironmentSwitch::startVenue()
{
    const auto chosen = [](double option, double setting) { return option > 0 ? option : setting; };
    VenueOptions out;
    out.program = m_options.venueProgram;
    if (out.program.isEmpty())
        out.program = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("vegadesk-cli"));
    m_seed = out.seed =
        m_options.seed != 0 ? m_options.seed : static_cast<std::uint64_t>(m_settings.number(setting::venueSeed));
    out.speed = chosen(m_options.venueSpeed, m_settings.number(setting::venueSpeed));
    out.quotesPerSecond = chosen(m_options.venueRate, m_settings.number(setting::venueRate));
    out.quotesPerSymbol = m_options.venueSymbolRate;
    out.skipsClosedHours = m_options.venueSkipsClosedHours;
    out.replayFolder = m_options.replayFolder;
    // A simulated account lives on; a replay begins at its beginning each time, with an account of its own.
    const QDir directory(m_options.dataDirectory);
    out.stateFile = directory.filePath(out.replayFolder.isEmpty() ? QStringLiteral("venue-seed-%1.tape").arg(out.seed)
                                                                  : QStringLiteral("venue-replay.tape"));
    if (!out.replayFolder.isEmpty())
        QFile::remove(out.stateFile);
    m_venue.start(out);
}

void EnvironmentSwitch::onVenueReady(const VenueAddress& address)
{
    if (address.putAside)
        tellPutAside(*address.putAside);
    if (m_wanted != Environment::Venue)
        return;
    if (!m_venueWhy.isEmpty())
        notice(NoticeLevel::Info, tr("The simulated exchange is back."), NoticeTopic::Venue);
    m_venueWhy.clear();
    m_clock->follow(address.marketTime, address.speed);
    if (m_session && address.rest == m_venueAddress)
        return; // it came back on its old port: the connection finds it by itself
    leave([this, address] { openVenue(address); });
}

void EnvironmentSwitch::followTolerance()
{
    const risk::Tolerance before = std::exchange(m_tolerance, toleranceOf(m_settings));
    m_session->setLimits(risk::limitsFor(m_tolerance), fmt::format("tolerance in the settings: {} to {}",
                                                                   risk::toText(before), risk::toText(m_tolerance)));
}

void EnvironmentSwitch::tellPutAside(const PutAsideAccount& account)
{
    const QString why =
        account.reason == QLatin1String("version")
            ? tr("The simulated exchange of this version fills orders otherwise than the one that kept your account.")
        : account.reason == QLatin1String("market") ? tr("Your simulated account belongs to another market.")
                                                    : tr("The file of your simulated account is damaged.");
    notice(NoticeLevel::Warning,
           tr("%1 A new account has begun; the old one's orders are kept in %2.").arg(why, account.file));
}

void EnvironmentSwitch::openVenue(const VenueAddress& address)
{
    m_venueAddress = address.rest;
    EnvironmentSetup setup;
    setup.environment = Environment::Venue;
    setup.endpoints = tastytrade::Endpoints::venue(static_cast<std::uint16_t>(address.rest.port()));
    // The exchange describes itself in English; what a recorded folder is called is nobody's language.
    setup.source =
        (address.isSimulated ? tr("simulated market, seed %1").arg(m_seed) : address.description).toStdString();
    setup.isSimulated = address.isSimulated;
    setup.isReplay = !address.isSimulated;
    setup.marketSpeed = address.speed;
    const QStringList replayed = setup.isReplay ? address.underlyings : QStringList();
    open(std::move(setup), tastytrade::Credentials::venue(address.token.toStdString()), replayed);
}

void EnvironmentSwitch::open(EnvironmentSetup setup, tastytrade::Credentials credentials, const QStringList& replayed)
{
    setup.clock = m_clock;
    setup.dataDirectory = m_options.dataDirectory;
    m_tolerance = toleranceOf(m_settings);
    setup.limits = risk::limitsFor(m_tolerance);
    setup.tradeRisk = trading::tradeRiskFor(m_tolerance);
    setup.ordersPerMinute = ordersPerMinute(m_settings);
    auto made = EnvironmentSession::make(std::move(setup), std::move(credentials), m_market, m_trading);
    if (!made) {
        notice(NoticeLevel::Error, QString::fromStdString(made.error().message()));
        return;
    }
    m_session = std::move(*made);
    connect(m_session.get(), &EnvironmentSession::noticed, this, &EnvironmentSwitch::noticed);
    connect(m_session.get(), &EnvironmentSession::journalRead, this, &EnvironmentSwitch::journalRead);
    connect(m_session.get(), &EnvironmentSession::chainStreamed, this, &EnvironmentSwitch::chainStreamed);
    connect(m_session.get(), &EnvironmentSession::symbolUnknown, this, &EnvironmentSwitch::symbolUnknown);
    m_session->setStaleAfter(staleAfter(m_settings));
    m_session->setChainModel(chainModelFromText(m_settings.choice(setting::chainModel)));
    m_session->setTimeBasis(timeBasisFromText(m_settings.choice(setting::timeBasis)));
    m_session->setStrikesAround(strikesAround(m_settings));
    m_session->start();
    Q_EMIT opened(replayed);
}

base::Result<void> EnvironmentSwitch::checkKeys(Environment wanted) const
{
    switch (wanted) {
    case Environment::Venue:
        return {};
    case Environment::Certification:
        if (!m_keys.sandbox || !m_keys.hasSandboxKeys())
            return base::fail(
                base::ErrorKind::Unauthorized, tr("The certification environment").toStdString(), "",
                tr("needs credentials. Set TW_CLIENT_SECRET and TW_REFRESH_TOKEN and start again.").toStdString());
        return {};
    case Environment::Hybrid:
        return base::fail(base::ErrorKind::Refused, tr("The hybrid environment").toStdString(), "",
                          tr("is not in this version.").toStdString());
    case Environment::Live:
        break;
    }
    if (!m_keys.hasLiveKeys())
        return base::fail(
            base::ErrorKind::Unauthorized, "LIVE", "",
            tr("no credentials for production. Set TW_LIVE_CLIENT_SECRET and TW_LIVE_REFRESH_TOKEN (or "
               "TW_CLIENT_SECRET and TW_REFRESH_TOKEN with TW_SANDBOX=False) and start again. Nothing has "
               "changed: orders still go to the simulated exchange.")
                .toStdString());
    return {};
}

base::Result<void> EnvironmentSwitch::switchTo(Environment environment)
{
    if (const auto allowed = checkKeys(environment); !allowed)
        return allowed;
    if (m_wanted == environment && (m_session || m_next || m_venue.processId() != 0))
        return {}; // it is open, or about to be
    if (environment == Environment::Venue) {
        m_wanted = environment;
        m_venueWhy.clear();
        m_venue.stop();
        leave([this] { startVenue(); });
        return {};
    }

    const bool isLive = environment == Environment::Live;
    EnvironmentSetup setup;
    setup.environment = environment;
    setup.endpoints = isLive ? tastytrade::Endpoints::live() : tastytrade::Endpoints::certification();
    setup.account = m_keys.account;
    setup.source = (isLive ? tr("tastytrade, production") : tr("tastytrade, certification (quotes 15 minutes late)"))
                       .toStdString();
    setup.isSimulated = false;
    if (isLive)
        setup.sendRefusal = {
            base::translatable("Core", "This version shows the live account but sends no orders to it.")};
    tastytrade::Credentials credentials;
    credentials.kind = isLive ? tastytrade::EnvironmentKind::Live : tastytrade::EnvironmentKind::Certification;
    const bool hasOwnLiveKeys = isLive && !m_keys.liveClientSecret.isEmpty();
    credentials.name = hasOwnLiveKeys ? "TW_LIVE_CLIENT_SECRET" : "TW_CLIENT_SECRET";
    credentials.clientSecret = (hasOwnLiveKeys ? m_keys.liveClientSecret : m_keys.clientSecret).clone();
    credentials.refreshToken = (hasOwnLiveKeys ? m_keys.liveRefreshToken : m_keys.refreshToken).clone();
    if (const auto fit = credentials.checkFor(credentials.kind); !fit)
        return fit;
    m_wanted = environment;
    openBroker(std::move(setup), std::move(credentials));
    return {};
}

void EnvironmentSwitch::openBroker(EnvironmentSetup setup, tastytrade::Credentials credentials)
{
    m_venue.stop();
    // A std::function is copied, keys are not.
    leave([this, setup = std::move(setup),
           keys = std::make_shared<tastytrade::Credentials>(std::move(credentials))]() mutable {
        m_clock = std::make_shared<MarketClock>();
        open(std::move(setup), std::move(*keys), {});
    });
}

void EnvironmentSwitch::leave(std::function<void()> then)
{
    m_next = std::move(then);
    if (m_session) {
        m_ending = std::move(m_session);
        disconnect(m_ending.get(), &EnvironmentSession::journalRead, this, nullptr);
        disconnect(m_ending.get(), &EnvironmentSession::chainStreamed, this, nullptr);
        disconnect(m_ending.get(), &EnvironmentSession::symbolUnknown, this, nullptr);
        // Queued: it is not destroyed inside its own signal.
        connect(
            m_ending.get(), &EnvironmentSession::ended, this,
            [this] {
                m_ending.reset();
                goOn();
            },
            Qt::QueuedConnection);
        m_ending->end();
    }
    goOn();
}

void EnvironmentSwitch::goOn()
{
    if (m_ending || m_venue.isStopping())
        return;
    if (const auto next = std::exchange(m_next, {}))
        next();
}

void EnvironmentSwitch::notice(NoticeLevel level, const QString& text, NoticeTopic topic)
{
    if (level == NoticeLevel::Error)
        base::log::error("{}", text.toStdString());
    else
        base::log::info("{}", text.toStdString());
    Q_EMIT noticed({level, base::SystemClock().now(), text.toStdString(), topic});
}

StatusView EnvironmentSwitch::status() const
{
    StatusView view;
    view.environment = m_wanted;
    view.isReplay = m_wanted == Environment::Venue && !m_options.replayFolder.isEmpty();
    if (m_session)
        view = m_session->status();
    else if (m_ending)
        view.why = tr("Closing the last connection\u2026").toStdString();
    else
        view.why = tr("Starting the simulated exchange\u2026").toStdString();
    if (!m_venueWhy.isEmpty() && view.environment == Environment::Venue)
        view.why = m_venueWhy.toStdString();
    return view;
}

} // namespace vegadesk::desk

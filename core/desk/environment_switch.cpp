#include "desk/environment_switch.h"

#include "base/log.h"
#include "desk/dispersion_basket.h"
#include "desk/limit_settings.h"
#include "watchdog/halt_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace vegadesk::desk
{

namespace
{

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

EnvironmentSwitch::EnvironmentSwitch(const DeskOptions& options, const Accounts& accounts, Settings& settings,
                                     std::shared_ptr<MarketViews> market, std::shared_ptr<TradingViews> trading)
    : m_options(options), m_accounts(accounts), m_settings(settings), m_market(std::move(market)),
      m_trading(std::move(trading))
{
    connect(&m_venue, &VenueProcess::ready, this, &EnvironmentSwitch::onVenueReady);
    connect(&m_venue, &VenueProcess::clockMoved, this, [this](base::Instant to, double speed, bool isPaused) {
        m_clock->follow(to, speed, isPaused);
        // Marks, the day's beginning and the broker's answers of before the jump say nothing of after it.
        if (std::exchange(m_isTimeAsked, false) && m_session)
            leave([this] { openVenue(m_venueAddress); });
    });
    connect(&m_venue, &VenueProcess::clockRefused, this, [this](const QString& why) {
        m_isTimeAsked = false;
        notice(NoticeLevel::Warning, tr("The market's clock stays as it is: %1").arg(why), NoticeTopic::Venue);
    });
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
    connect(&m_accounts, &Accounts::changed, this, [this] { m_areKeysNew = true; });
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (!m_session)
            return;
        if (key == QLatin1String(setting::tolerance.key))
            followTolerance();
        if (key == limitsKey(m_tolerance))
            m_session->setLimits(limitsInForce(m_settings, m_tolerance), m_tolerance,
                                 limitsReason(m_settings, m_tolerance));
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
        if (key == basketKey)
            m_session->setBasket(basketOf(m_settings));
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
    m_clock->follow(address.marketTime, address.speed, address.isPaused);
    if (m_session && address.rest == m_venueAddress.rest)
        return; // it came back on its old port: the connection finds it by itself
    leave([this, address] { openVenue(address); });
}

void EnvironmentSwitch::setMarketPaused(bool isPaused)
{
    if (m_wanted == Environment::Venue)
        m_venue.askClock({{QStringLiteral("paused"), isPaused}});
    else
        notice(NoticeLevel::Info, tr("Only the simulated exchange's clock can be stopped."));
}

void EnvironmentSwitch::setMarketTime(base::Instant to)
{
    if (m_wanted != Environment::Venue)
        return notice(NoticeLevel::Info, tr("Only the simulated exchange's clock can be set."));
    m_isTimeAsked = true;
    m_venue.askClock({{QStringLiteral("to"), QString::fromStdString(base::formatInstant(to))}});
}

void EnvironmentSwitch::followTolerance()
{
    const risk::Tolerance before = std::exchange(m_tolerance, toleranceOf(m_settings));
    std::string why =
        fmt::format("tolerance in the settings: {} to {}", risk::toText(before), risk::toText(m_tolerance));
    if (const std::string own = limitsReason(m_settings, m_tolerance); !own.empty())
        why += ", with its own figures: " + own;
    m_session->setLimits(limitsInForce(m_settings, m_tolerance), m_tolerance, std::move(why));
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
    m_venueAddress = address;
    EnvironmentSetup setup;
    setup.environment = Environment::Venue;
    setup.endpoints = tastytrade::Endpoints::venue(static_cast<std::uint16_t>(address.rest.port()));
    // The exchange describes itself in English; what a recorded folder is called is nobody's language.
    setup.source =
        (address.isSimulated ? tr("simulated market, seed %1").arg(m_seed) : address.description).toStdString();
    setup.isSimulated = address.isSimulated;
    setup.isReplay = !address.isSimulated;
    setup.marketSpeed = address.speed;
    setup.spanClock = std::make_shared<base::ScaledClock>(address.marketTime, std::max(1.0, address.speed));
    const QStringList replayed = setup.isReplay ? address.underlyings : QStringList();
    open(std::move(setup), {tastytrade::Credentials::venue(address.token.toStdString()), {}}, replayed);
}

void EnvironmentSwitch::open(EnvironmentSetup setup, EnvironmentSession::SessionKeys keys, const QStringList& replayed)
{
    setup.clock = m_clock;
    setup.dataDirectory = m_options.dataDirectory;
    m_tolerance = toleranceOf(m_settings);
    setup.limits = limitsInForce(m_settings, m_tolerance);
    setup.limitsReason = limitsReason(m_settings, m_tolerance);
    setup.tolerance = m_tolerance;
    setup.ordersPerMinute = ordersPerMinute(m_settings);
    setup.basket = basketOf(m_settings);
    setup.recordFolder = m_options.recordFolder.toStdString();
    setup.recordEvery = m_options.recordEvery;
    const std::shared_ptr<watchdog::Place> place = placeOf(setup, keys.orders);
    auto made = EnvironmentSession::make(std::move(setup), std::move(keys), m_market, m_trading);
    if (!made) {
        notice(NoticeLevel::Error, QString::fromStdString(made.error().message()));
        return;
    }
    m_session = std::move(*made);
    Q_EMIT placeChanged(place);
    connect(m_session.get(), &EnvironmentSession::accountFound, this, [this, place](const QString& number) {
        place->account = number.toStdString();
        Q_EMIT placeChanged(place);
    });
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

base::Result<void> EnvironmentSwitch::switchTo(Environment environment)
{
    const bool takesNewKeys = environment != Environment::Venue && m_areKeysNew;
    if (m_wanted == environment && !takesNewKeys && (m_session || m_next || m_venue.processId() != 0))
        return {}; // it is open, or about to be
    if (environment == Environment::Venue) {
        m_wanted = environment;
        m_venueWhy.clear();
        m_venue.stop();
        leave([this] { startVenue(); });
        return {};
    }

    // Which keys each place takes is checked once more where the connections are made.
    using Kind = Accounts::Kind;
    EnvironmentSession::SessionKeys keys;
    auto orders = m_accounts.credentials(environment == Environment::Live ? Kind::Live : Kind::Certification);
    if (!orders)
        return tl::make_unexpected(orders.error());
    keys.orders = std::move(*orders);
    if (environment == Environment::Hybrid) {
        auto marketData = m_accounts.credentials(Kind::Live);
        if (!marketData)
            return tl::make_unexpected(marketData.error());
        keys.marketData = std::move(*marketData);
    }
    m_wanted = environment;
    m_areKeysNew = false;
    openBroker(brokerSetup(environment), std::move(keys));
    return {};
}

EnvironmentSetup EnvironmentSwitch::brokerSetup(Environment environment) const
{
    using Kind = Accounts::Kind;
    const Kind kind = environment == Environment::Live ? Kind::Live : Kind::Certification;
    EnvironmentSetup setup;
    setup.environment = environment;
    setup.endpoints = m_accounts.place(kind);
    setup.account = m_accounts.account(kind);
    setup.logins = m_accounts.logins();
    setup.isSimulated = false;
    switch (environment) {
    case Environment::Live:
        setup.source = tr("tastytrade, production").toStdString();
        break;
    case Environment::Hybrid:
        setup.source = tr("tastytrade, production quotes; orders to its sandbox").toStdString();
        setup.marketData = m_accounts.place(Kind::Live);
        break;
    case Environment::Certification:
    case Environment::Venue:
        setup.source = tr("tastytrade, certification (quotes 15 minutes late)").toStdString();
        break;
    }
    return setup;
}

std::shared_ptr<watchdog::Place> EnvironmentSwitch::placeOf(const EnvironmentSetup& setup,
                                                            const tastytrade::Credentials& keys) const
{
    auto place = std::make_shared<watchdog::Place>();
    place->environment = toText(setup.environment);
    place->endpoints = setup.endpoints;
    place->account = setup.account;
    place->haltFile = watchdog::HaltFile::of(m_options.dataDirectory.toStdString(), place->environment).path();
    place->credentials = {keys.kind, keys.name, keys.clientSecret.clone(), keys.refreshToken.clone()};
    return place;
}

void EnvironmentSwitch::openBroker(EnvironmentSetup setup, EnvironmentSession::SessionKeys keys)
{
    m_venue.stop();
    // A std::function is copied, keys are not.
    leave([this, setup = std::move(setup),
           kept = std::make_shared<EnvironmentSession::SessionKeys>(std::move(keys))]() mutable {
        m_clock = std::make_shared<MarketClock>();
        open(std::move(setup), std::move(*kept), {});
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
    view.isMarketPaused = m_wanted == Environment::Venue && m_clock->isPaused();
    if (!m_venueWhy.isEmpty() && view.environment == Environment::Venue)
        view.why = m_venueWhy.toStdString();
    return view;
}

} // namespace vegadesk::desk

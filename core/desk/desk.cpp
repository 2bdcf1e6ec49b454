#include "desk/desk.h"

#include "base/log.h"
#include "desk/desk_private.h"
#include "desk/limit_settings.h"

#include <cmath>

namespace vegadesk::desk
{

namespace
{

constexpr int statusMs = 250;
constexpr int alertsMs = 1000;
constexpr base::Nanos dispersionLease = std::chrono::seconds(5);
constexpr auto firstUnderlying = "SPY";
const QString shownKey = QStringLiteral("chain/underlying"); ///< shown again at the next start

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

Desk::Desk(DeskOptions options, base::Environment environment, QObject* parent)
    : QObject(parent), m_d(std::make_unique<Private>(this, std::move(options), std::move(environment)))
{
    m_d->shown = m_d->shownBefore = firstUnderlying;
    qRegisterMetaType<Notice>();
    qRegisterMetaType<std::shared_ptr<const BacktestReport>>();
    qRegisterMetaType<std::shared_ptr<const SweepProgress>>();
    qRegisterMetaType<std::shared_ptr<const SweepReport>>();
    qRegisterMetaType<std::shared_ptr<const StoredSweeps>>();
    qRegisterMetaType<std::vector<JournalLine>>();
    if (const QByteArray last = m_d->settings.bytes(shownKey);
        !last.isEmpty() && m_d->watched.symbols().contains(QString::fromUtf8(last)))
        m_d->shown = last.toStdString();

    connect(&m_d->environments, &EnvironmentSwitch::noticed, this, &Desk::noticed);
    connect(&m_d->environments, &EnvironmentSwitch::placeChanged, &m_d->watchdog, &WatchdogProcess::setPlace);
    connect(&m_d->watchdog, &WatchdogProcess::noticed, this, &Desk::noticed);
    connect(&m_d->environments, &EnvironmentSwitch::journalRead, this, &Desk::journalRead);
    connect(&m_d->environments, &EnvironmentSwitch::opened, this,
            [this](const QStringList& replayed) { m_d->onOpened(replayed); });
    connect(&m_d->environments, &EnvironmentSwitch::symbolUnknown, this,
            [this](const QString& symbol) { m_d->refuseSymbol(symbol); });
    connect(&m_d->environments, &EnvironmentSwitch::chainStreamed, this, [this] {
        if (m_d->options.processStart != base::Instant{} && std::isnan(m_d->startToFirstChain))
            m_d->startToFirstChain = base::seconds(base::SystemClock().now() - m_d->options.processStart);
        m_d->publishStatus();
        Q_EMIT chainStreamed();
    });
    connect(&m_d->backtests, &BacktestRunner::progressed, this, &Desk::backtestProgressed);
    connect(&m_d->backtests, &BacktestRunner::finished, this,
            [this](const std::shared_ptr<const BacktestReport>& report) {
                m_d->onTrading([run = storedRun(*report)](TradingSession& session) { session.saveRun(run); });
                Q_EMIT backtestFinished(report);
            });
    connect(&m_d->sweeps, &SweepRunner::progressed, this, &Desk::sweepProgressed);
    connect(&m_d->sweeps, &SweepRunner::finished, this, &Desk::sweepFinished);
    connect(&m_d->sweeps, &SweepRunner::storedRead, this, &Desk::storedSweepsRead);
    connect(&m_d->statusTimer, &QTimer::timeout, this, [this] {
        m_d->publishStatus();
        m_d->leaveDispersion();
        m_d->leaveSignals();
    });
    connect(&m_d->alertsTimer, &QTimer::timeout, this, [this] { m_d->lookForAlerts(); });
    connect(&m_d->alerts, &AlertKeeper::alerted, this,
            [this](const AlertLine& line, const monitoring::AlertRule& rule) {
                Q_EMIT alerted(line, rule.showsDesktop, rule.playsSound);
            });
    connect(&m_d->alerts, &AlertKeeper::webhookAnswered, this, &Desk::webhookAnswered);
}

Desk::~Desk()
{
    sayEnding();
}

void Desk::start()
{
    QDir().mkpath(m_d->options.dataDirectory);
    for (const std::string& text : m_d->environment.notices)
        m_d->notice(NoticeLevel::Warning, QString::fromStdString(text));
    const QStringList limits = unreadableLimits(m_d->settings);
    QStringList keys = m_d->settings.unreadable() + limits;
    if (isBasketUnreadable(m_d->settings))
        keys << basketKey;
    if (!keys.isEmpty()) {
        QString text = tr("Settings that could not be read and count as not set: %1. See %2.")
                           .arg(keys.join(QStringLiteral(", ")), m_d->settings.file());
        if (keys.contains(QLatin1String(setting::tolerance.key)) ||
            limits.contains(limitsKey(toleranceOf(m_d->settings))))
            text += QLatin1Char(' ') + tr("Limits are those of the lowest tolerance.");
        m_d->notice(NoticeLevel::Warning, text);
    }
    if (!m_d->options.keychainService.isEmpty())
        m_d->accounts.load();
    if (!m_d->options.watchdogProgram.isEmpty())
        m_d->watchdog.start(m_d->options.watchdogProgram, m_d->options.watchdogArguments);
    m_d->environments.startVenue();
    m_d->statusTimer.start(statusMs);
    m_d->alertsTimer.start(alertsMs);
    m_d->publishStatus();
}

void Desk::Private::onOpened(const QStringList& replayed)
{
    if (!replayed.isEmpty()) { // the user's own list stays in the settings
        watched.show(replayed);
        shown = replayed.front().toStdString();
    }
    session()->showChain(shown);
    session()->setWatchlist(watched.symbols());
    alerts.beginAnew();
    Q_EMIT q->environmentChanged();
}

void Desk::Private::notice(NoticeLevel level, const QString& text)
{
    if (level == NoticeLevel::Error)
        base::log::error("{}", text.toStdString());
    else
        base::log::info("{}", text.toStdString());
    Q_EMIT q->noticed({level, base::SystemClock().now(), text.toStdString()});
}

void Desk::Private::refuseSymbol(const QString& symbol)
{
    if (watched.isKept(symbol,
                       accounts.hasKeys(Accounts::Kind::Certification) || accounts.hasKeys(Accounts::Kind::Live))) {
        notice(NoticeLevel::Warning, Desk::tr("%1 is not known here.").arg(symbol));
        return;
    }
    notice(NoticeLevel::Warning, Desk::tr("%1 is not known here: it is not kept on the watchlist.").arg(symbol));
    QStringList left = watched.symbols();
    left.removeAll(symbol);
    q->setWatchlist(left);
    if (shown == symbol.toStdString())
        q->showChain(QString::fromStdString(shownBefore));
    Q_EMIT q->watchlistChanged();
}

void Desk::Private::publishStatus()
{
    auto view = std::make_shared<StatusView>(environments.status());
    view->startToFirstChainSeconds = startToFirstChain;
    status.store(std::move(view));
}

void Desk::Private::lookForAlerts()
{
    const auto now = status.load();
    alerts.look({*trading->trading.load(), *trading->risk.load(), *market->watchlist.load(), *now});
}

Settings& Desk::settings()
{
    return m_d->settings;
}

Accounts& Desk::accounts()
{
    return m_d->accounts;
}

const base::Environment& Desk::environmentVariables() const
{
    return m_d->environment;
}

qint64 Desk::venueProcessId() const
{
    return m_d->environments.venueProcessId();
}

qint64 Desk::watchdogProcessId() const
{
    return m_d->watchdog.processId();
}

void Desk::sayEnding()
{
    m_d->watchdog.sayEnding();
}

base::Result<void> Desk::switchTo(Environment environment)
{
    auto done = m_d->environments.switchTo(environment);
    if (done)
        m_d->watched.settle();
    return done;
}

void Desk::setMarketPaused(bool isPaused)
{
    m_d->environments.setMarketPaused(isPaused);
}

void Desk::setMarketTime(base::Instant to)
{
    m_d->environments.setMarketTime(to);
}

void Desk::setWatchlist(const QStringList& symbols)
{
    m_d->watched.set(symbols);
    if (m_d->options.replayFolder.isEmpty())
        m_d->settings.setWatchlist(symbols);
    if (m_d->session())
        m_d->session()->setWatchlist(symbols);
}

QStringList Desk::watchedSymbols() const
{
    return m_d->watched.symbols();
}

void Desk::showChain(const QString& underlying)
{
    if (m_d->shown != underlying.toStdString())
        m_d->shownBefore = std::exchange(m_d->shown, underlying.toStdString());
    if (m_d->options.replayFolder.isEmpty())
        m_d->settings.setBytes(shownKey, underlying.toUtf8());
    if (m_d->session())
        m_d->session()->showChain(m_d->shown);
}

void Desk::showChart(const QString& symbol, ChartSpan span)
{
    if (m_d->session())
        m_d->session()->showChart(symbol.toStdString(), span);
}

void Desk::selectExpiration(std::size_t tab)
{
    if (m_d->session())
        m_d->session()->selectExpiration(tab);
}

std::shared_ptr<const StatusView> Desk::status() const
{
    return m_d->status.load();
}

ConnectionsView Desk::connections() const
{
    return m_d->session() ? m_d->session()->connections() : ConnectionsView();
}

std::shared_ptr<const WatchView> Desk::watchlist() const
{
    return m_d->market->watchlist.load();
}

std::shared_ptr<const ChainView> Desk::chain() const
{
    return m_d->market->chain.load();
}

std::shared_ptr<const ChartView> Desk::chart() const
{
    return m_d->market->chart.load();
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

std::shared_ptr<const RiskView> Desk::risk() const
{
    return m_d->trading->risk.load();
}

std::shared_ptr<const DispersionView> Desk::dispersion() const
{
    return m_d->market->dispersion.load();
}

void Desk::followDispersion()
{
    m_d->dispersionUntil = base::SystemClock().now() + dispersionLease;
    if (m_d->session())
        m_d->session()->followDispersion(basketOf(m_d->settings));
}

/// A panel that is hidden, or whose window hangs, does not say that it has gone.
void Desk::Private::leaveDispersion()
{
    if (session() && base::SystemClock().now() >= dispersionUntil)
        session()->followDispersion(std::nullopt);
}

std::shared_ptr<const AlertsView> Desk::alerts() const
{
    return m_d->alerts.view();
}

base::Result<void> Desk::setAlertRules(std::vector<monitoring::AlertRule> rules)
{
    return m_d->alerts.setRules(std::move(rules));
}

base::Result<void> Desk::setWebhook(const QString& address)
{
    return m_d->alerts.setWebhook(address);
}

void Desk::markAlertsSeen()
{
    m_d->alerts.markSeen();
}

double Desk::alertFigure(const std::string& measure, const std::string& subject) const
{
    return m_d->alerts.figure(measure, subject);
}

base::Result<void> Desk::testWebhook()
{
    return m_d->alerts.testWebhook();
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

BacktestDetails& Desk::backtestDetails()
{
    return m_d->backtestDetails;
}

base::Result<SweepSize> Desk::sweepSize(const SweepRequest& request) const
{
    return sizeOf(request);
}

std::uint64_t Desk::startSweep(const SweepRequest& request)
{
    return m_d->sweeps.start(request);
}

void Desk::cancelSweep(std::uint64_t id)
{
    m_d->sweeps.cancel(id);
}

void Desk::readStoredSweeps(const QString& other)
{
    m_d->sweeps.readStored(other);
}

void Desk::readJournal(int count)
{
    m_d->onTrading([count](TradingSession& session) { session.readJournal(count); });
}

} // namespace vegadesk::desk

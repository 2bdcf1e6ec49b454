#include "desk/desk.h"

#include "base/log.h"
#include "desk/backtest_runner.h"
#include "desk/environment_switch.h"
#include "desk/rolling.h"
#include "desk/watched_symbols.h"

#include <QDir>
#include <QTimer>

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
          settings(QDir(options.dataDirectory).filePath(QStringLiteral("settings.ini"))), backtests(desk),
          watched(settings.watchlist())
    {
    }

    void onOpened(const QStringList& replayed);
    void notice(NoticeLevel level, const QString& text);
    void refuseSymbol(const QString& symbol);
    void publishStatus();
    EnvironmentSession* session() const { return environments.session(); }
    template<class Call>
    void onTrading(Call call)
    {
        if (session())
            session()->trading().post(std::move(call));
    }

    Desk* const q;
    const DeskOptions options;
    const base::Environment environment;
    Settings settings;
    QTimer statusTimer;
    std::shared_ptr<MarketViews> market = std::make_shared<MarketViews>();
    std::shared_ptr<TradingViews> trading = std::make_shared<TradingViews>();
    Accounts accounts{environment, settings, options.keychainService};
    EnvironmentSwitch environments{options, accounts, settings, market, trading};
    BacktestRunner backtests; // ends before the session, where its runs are stored
    Published<StatusView> status;
    WatchedSymbols watched;
    std::string shown = firstUnderlying, shownBefore = firstUnderlying;
    std::uint64_t lastRequest = 0;
    double startToFirstChain = unknown;
};

Desk::Desk(DeskOptions options, base::Environment environment, QObject* parent)
    : QObject(parent), m_d(std::make_unique<Private>(this, std::move(options), std::move(environment)))
{
    qRegisterMetaType<Notice>();
    qRegisterMetaType<std::shared_ptr<const BacktestReport>>();
    qRegisterMetaType<std::vector<JournalLine>>();
    if (const QByteArray last = m_d->settings.bytes(shownKey);
        !last.isEmpty() && m_d->watched.symbols().contains(QString::fromUtf8(last)))
        m_d->shown = last.toStdString();

    connect(&m_d->environments, &EnvironmentSwitch::noticed, this, &Desk::noticed);
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
    connect(&m_d->statusTimer, &QTimer::timeout, this, [this] { m_d->publishStatus(); });
}

Desk::~Desk() = default;

void Desk::start()
{
    QDir().mkpath(m_d->options.dataDirectory);
    for (const std::string& text : m_d->environment.notices)
        m_d->notice(NoticeLevel::Warning, QString::fromStdString(text));
    if (const QStringList keys = m_d->settings.unreadable(); !keys.isEmpty()) {
        QString text = tr("Settings that could not be read and count as not set: %1. See %2.")
                           .arg(keys.join(QStringLiteral(", ")), m_d->settings.file());
        if (keys.contains(QLatin1String(setting::tolerance.key)))
            text += QLatin1Char(' ') + tr("Limits are those of the lowest tolerance.");
        m_d->notice(NoticeLevel::Warning, text);
    }
    if (!m_d->options.keychainService.isEmpty())
        m_d->accounts.load();
    m_d->environments.startVenue();
    m_d->statusTimer.start(statusMs);
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

base::Result<void> Desk::switchTo(Environment environment)
{
    auto done = m_d->environments.switchTo(environment);
    if (done)
        m_d->watched.settle();
    return done;
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

std::uint64_t Desk::stageReplacement(const std::string& externalId, const execution::OrderTerms& terms)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, externalId, terms](TradingSession& session) {
        session.stageReplacement(request, externalId, terms);
    });
    return request;
}

std::uint64_t Desk::requestDryRun(const portfolio::OrderIntent& intent)
{
    const std::uint64_t request = ++m_d->lastRequest;
    m_d->onTrading([request, intent](TradingSession& session) { session.requestDryRun(request, intent); });
    return request;
}

void Desk::send(const portfolio::OrderIntent& intent)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([intent](TradingSession& session) { session.send(intent); });
}

void Desk::sendComplex(const portfolio::ComplexIntent& intent)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([intent](TradingSession& session) { session.sendComplex(intent); });
}

void Desk::replaceOrder(const std::string& externalId, const execution::OrderTerms& terms)
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was sent: not connected to a broker."));
    m_d->onTrading([externalId, terms](TradingSession& session) { session.replaceOrder(externalId, terms); });
}

void Desk::cancelAllOrders()
{
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("No order was cancelled: not connected to a broker."));
    m_d->onTrading([](TradingSession& session) { session.cancelAll(); });
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
    if (!m_d->session())
        m_d->notice(NoticeLevel::Error, tr("Nothing was stopped: not connected to a broker."));
    m_d->onTrading([](TradingSession& session) { session.stopAll(); });
}

void Desk::armLive()
{
    m_d->onTrading([](TradingSession& session) { session.armLive(); });
}

void Desk::disarmLive()
{
    m_d->onTrading([](TradingSession& session) { session.disarmLive(); });
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
    if (m_d->session() && !held.empty())
        layout = m_d->session()->layout(held.front().position.underlying);
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

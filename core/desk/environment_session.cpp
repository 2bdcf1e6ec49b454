#include "desk/environment_session.h"

#include "base/log.h"
#include "desk/market_hours.h"
#include "desk/run_files.h"
#include "desk/thread_priority.h"
#include "market/calendar.h"
#include "watchdog/halt_file.h"

#include <QDir>

#include <algorithm>

namespace vegadesk::desk
{

namespace
{

constexpr int housekeepingMs = 500;

} // namespace

Light lightOf(market::FeedState state)
{
    switch (state) {
    case market::FeedState::Live:
        return Light::Live;
    case market::FeedState::Silent:
        return Light::Silent;
    case market::FeedState::Connecting:
        return Light::Connecting;
    case market::FeedState::Disconnected:
        break;
    }
    return Light::Down;
}

Light lightOf(execution::ConnectionState state)
{
    switch (state) {
    case execution::ConnectionState::Connected:
        return Light::Live;
    case execution::ConnectionState::Connecting:
        return Light::Connecting;
    case execution::ConnectionState::Disconnected:
        break;
    }
    return Light::Down;
}

base::Result<std::unique_ptr<EnvironmentSession>> EnvironmentSession::make(EnvironmentSetup setup, SessionKeys keys,
                                                                           std::shared_ptr<MarketViews> marketViews,
                                                                           std::shared_ptr<TradingViews> tradingViews)
{
    std::unique_ptr<EnvironmentSession> session(new EnvironmentSession(std::move(setup)));
    EnvironmentSession* const self = session.get();
    self->m_tradingViews = tradingViews;
    const std::shared_ptr<Published<ChartView>> chart(marketViews, &marketViews->chart);
    self->m_surface = std::make_unique<OwnThread<SurfaceAnalyst>>(
        QStringLiteral("surface"), std::shared_ptr<Published<SurfaceView>>(marketViews, &marketViews->surface),
        std::shared_ptr<Published<ChainFits>>(marketViews, &marketViews->fits));
    self->m_reference = std::make_unique<OwnThread<ReferencePricer>>(
        QStringLiteral("reference"),
        std::shared_ptr<Published<ReferenceFigures>>(marketViews, &marketViews->reference));
    self->m_risk = std::make_unique<OwnThread<RiskAnalyst>>(
        QStringLiteral("risk"), std::shared_ptr<Published<RiskView>>(tradingViews, &tradingViews->risk));
    if (!self->m_setup.recordFolder.empty()) {
        self->m_recording = std::make_unique<OwnThread<ChainRecording>>(
            QStringLiteral("recording"), self->m_setup.recordFolder, self->m_setup.recordEvery);
        self->m_recording->post([](ChainRecording&) { giveWay(); });
    }
    self->m_surface->post([](SurfaceAnalyst&) { giveWay(); });
    self->m_risk->post([](RiskAnalyst&) { giveWay(); });
    self->m_reference->post([](ReferencePricer&) { giveWay(); });
    self->m_analyst =
        std::make_unique<OwnThread<MarketAnalyst>>(QStringLiteral("analytics"), self->m_book, std::move(marketViews));
    self->m_trading =
        std::make_unique<OwnThread<TradingSession>>(QStringLiteral("trading"), self->m_book, std::move(tradingViews));

    if (const auto connected = self->makeConnections(std::move(keys)); !connected)
        return tl::make_unexpected(connected.error());
    self->m_chart = std::make_unique<PriceChart>(self->marketData().referenceData(), self->m_setup.clock, chart);
    self->connectThreads();
    self->makeRisk();
    return session;
}

base::Result<void> EnvironmentSession::makeConnections(SessionKeys keys)
{
    using tastytrade::Purpose;
    const auto make = [this](const tastytrade::Endpoints& endpoints, Purpose purpose,
                             tastytrade::Credentials credentials) {
        tastytrade::ConnectionOptions options;
        options.endpoints = endpoints;
        options.purpose = purpose;
        options.account = m_setup.account;
        options.logins = m_setup.logins;
        options.marketClock = m_setup.clock.get(); // sessions and "today" are the market's, not the wall's
        options.trading = [trading = m_trading.get()](std::function<void()> work) {
            trading->post([work = std::move(work)](TradingSession&) { work(); });
        };
        options.owner = [this](std::function<void()> work) {
            QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
        };
        return tastytrade::Connection::make(std::move(options), std::move(credentials), m_wallClock, *m_book);
    };
    if (m_setup.marketData) {
        if (!keys.marketData)
            return base::fail(base::ErrorKind::Unauthorized, "market data", {}, "there are no keys for it");
        auto connection = make(*m_setup.marketData, Purpose::MarketDataOnly, std::move(*keys.marketData));
        if (!connection)
            return tl::make_unexpected(connection.error());
        m_marketData = std::move(*connection);
    }
    auto connection = make(m_setup.endpoints, m_marketData ? Purpose::TradingOnly : Purpose::TradingAndMarketData,
                           std::move(keys.orders));
    if (!connection)
        return tl::make_unexpected(connection.error());
    m_connection = std::move(*connection);
    return {};
}

EnvironmentSession::EnvironmentSession(EnvironmentSetup setup) : m_setup(std::move(setup)) {}

EnvironmentSession::~EnvironmentSession()
{
    m_housekeeping.stop();
    m_chart.reset(); // a late answer finds it gone
    m_history.reset();
    // The loop lets go of the broker before the connection, its owner, ends.
    if (!m_isTradingClosed) {
        TradingSession* const trading = m_trading->object();
        QMetaObject::invokeMethod(trading, [trading] { trading->close(); }, Qt::BlockingQueuedConnection);
    }
    m_marketData.reset();
    m_connection.reset();
}

void EnvironmentSession::end()
{
    m_housekeeping.stop();
    m_history.reset();
    // The same order as in the destructor: loop, connection, analyst, and then those that it hands its chains to.
    const auto endRisk = [this] { m_risk->end(this, [this] { Q_EMIT ended(); }); };
    const auto endTrading = [this, endRisk] { m_trading->end(this, endRisk); };
    const auto endReference = [this, endTrading] { m_reference->end(this, endTrading); };
    const auto endSurface = [this, endReference] { m_surface->end(this, endReference); };
    // That its streams close now is no news to anybody.
    disconnect(&marketData(), nullptr, this, nullptr);
    disconnect(m_connection.get(), nullptr, this, nullptr);
    connect(m_connection.get(), &tastytrade::Connection::ended, this,
            [this, endSurface] { m_analyst->end(this, endSurface); });
    if (m_marketData)
        connect(m_marketData.get(), &tastytrade::Connection::ended, m_connection.get(), &tastytrade::Connection::end);
    m_trading->post([](TradingSession& trading) { trading.close(); });
    m_trading->post([this](TradingSession&) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isTradingClosed = true;
                marketData().end(); // which ends the other one too, where there are two
            },
            Qt::QueuedConnection);
    });
}

void EnvironmentSession::connectThreads()
{
    connect(m_connection.get(), &tastytrade::Connection::accountFound, this, &EnvironmentSession::onAccountFound);
    connect(&marketData(), &tastytrade::Connection::feedStateChanged, this, &EnvironmentSession::onFeedState);
    connect(m_connection.get(), &tastytrade::Connection::accountStateChanged, this,
            &EnvironmentSession::onAccountState);
    connect(m_analyst->object(), &MarketAnalyst::prepared, this, &EnvironmentSession::onPrepared);
    connect(m_analyst->object(), &MarketAnalyst::firstChainStreamed, this, &EnvironmentSession::chainStreamed);
    // Straight from thread to thread: submit() only puts the newest in its place.
    connect(m_analyst->object(), &MarketAnalyst::snapshotTaken, m_surface->object(), &SurfaceAnalyst::submit,
            Qt::DirectConnection);
    connect(m_analyst->object(), &MarketAnalyst::referenceWanted, m_reference->object(), &ReferencePricer::submit,
            Qt::DirectConnection);
    if (m_recording) {
        connect(m_analyst->object(), &MarketAnalyst::snapshotTaken, m_recording->object(), &ChainRecording::take);
        connect(m_recording->object(), &ChainRecording::recorded, this, [this] { ++m_recorded; });
        connect(m_recording->object(), &ChainRecording::failed, this,
                [this](const QString& why) { notice(NoticeLevel::Error, why); });
    }
    connect(m_trading->object(), &TradingSession::noticed, this, &EnvironmentSession::noticed);
    connect(m_trading->object(), &TradingSession::journalRead, this, &EnvironmentSession::journalRead);
    connect(m_trading->object(), &TradingSession::interestChanged, this, [this](const SymbolsByUnderlying& symbols) {
        m_interest = symbols;
        std::set<std::string> all;
        for (const auto& [underlying, each] : symbols)
            all.insert(each.begin(), each.end());
        m_analyst->post(
            [all = std::move(all)](MarketAnalyst& analyst) mutable { analyst.setInterest(std::move(all)); });
        requestMissing();
        updateSubscriptions();
    });
    connect(&m_housekeeping, &QTimer::timeout, this, &EnvironmentSession::housekeeping);
}

void EnvironmentSession::start()
{
    m_analyst->post([clock = m_setup.clock](MarketAnalyst& analyst) {
        analyst.setMarketClock(clock);
        analyst.start();
    });
    setBasket(m_setup.basket);
    m_definitionDate = market::newYorkDate(m_setup.clock->now());
    m_connection->start();
    if (m_marketData)
        m_marketData->start();
    m_housekeeping.start(housekeepingMs);
}

void EnvironmentSession::onAccountFound(const QString& number)
{
    if (m_isOpened)
        return;
    m_isOpened = true;
    const QDir directory(m_setup.dataDirectory);
    const QString environment = QString::fromUtf8(toText(m_setup.environment).data());
    SessionSetup setup;
    setup.environment = m_setup.environment;
    setup.account = number.toStdString();
    setup.journalFile =
        directory.filePath(QStringLiteral("%1-%2-journal.sqlite").arg(environment, number)).toStdString();
    setup.storeFile = directory.filePath(QStringLiteral("%1-%2.sqlite").arg(environment, number)).toStdString();
    setup.signalsFolder = RunFiles::in(m_setup.dataDirectory).signals;
    setup.haltFile = watchdog::HaltFile::of(m_setup.dataDirectory.toStdString(), toText(m_setup.environment));
    setup.marketClock = m_setup.clock;
    setup.spanClock = m_setup.spanClock;
    setup.marketSpeed = m_setup.marketSpeed;
    setup.broker = m_connection->broker();
    setup.limits = m_setup.limits;
    setup.limitsReason = m_setup.limitsReason;
    setup.ordersPerMinute = m_setup.ordersPerMinute;
    m_risk->post([file = directory.filePath(QStringLiteral("%1-%2-attribution.json").arg(environment, number)),
                  limits = m_setup.limits, tolerance = m_setup.tolerance](RiskAnalyst& analyst) {
        analyst.setLimits(limits, tolerance);
        analyst.begin(file);
    });
    m_trading->post([setup = std::move(setup)](TradingSession& session) mutable { session.open(std::move(setup)); });
    Q_EMIT accountFound(number);
}

void EnvironmentSession::onFeedState(market::FeedState state, const QString& why)
{
    m_feedWhy = why;
    if (state == m_feedState)
        return;
    m_feedState = state;
    const bool isDown = state == market::FeedState::Disconnected || state == market::FeedState::Connecting;
    m_analyst->post([isDown](MarketAnalyst& analyst) { analyst.setFeedDown(isDown); });
    m_trading->post([state](TradingSession& session) { session.setFeedState(state); });
    if (state == market::FeedState::Live) {
        if (m_wasLive)
            notice(NoticeLevel::Info, tr("Quotes are streaming again."), NoticeTopic::Quotes);
        m_wasLive = true;
        requestMissing();
    } else if (m_wasLive && state == market::FeedState::Disconnected) {
        notice(NoticeLevel::Warning,
               tr("Quotes have stopped: what is shown is stale, and no new order passes until they are "
                  "back. Reconnecting. %1")
                   .arg(why),
               NoticeTopic::Quotes);
    }
}

void EnvironmentSession::onAccountState(execution::ConnectionState, const QString& why)
{
    m_accountWhy = why;
}

void EnvironmentSession::notice(NoticeLevel level, const QString& text, NoticeTopic topic)
{
    base::log::info("{}", text.toStdString());
    Q_EMIT noticed({level, m_wallClock.now(), text.toStdString(), topic});
}

void EnvironmentSession::setWatchlist(const QStringList& symbols)
{
    m_watched.clear();
    for (const QString& symbol : symbols)
        m_watched.push_back(symbol.toStdString());
    // Taken off and put on again, it is asked for again.
    std::erase_if(m_unknown, [this](const std::string& symbol) {
        const bool isGone = std::ranges::find(m_watched, symbol) == m_watched.end();
        if (isGone)
            m_descriptions.erase(symbol);
        return isGone;
    });
    std::vector<std::pair<std::string, std::string>> rows;
    for (const std::string& symbol : m_watched)
        rows.emplace_back(symbol, m_descriptions.contains(symbol) ? m_descriptions.at(symbol) : std::string());
    m_analyst->post(
        [rows = std::move(rows)](MarketAnalyst& analyst) mutable { analyst.setWatchlist(std::move(rows)); });
    requestMissing();
    updateSubscriptions();
}

void EnvironmentSession::showChain(const std::string& underlying)
{
    m_shown = underlying;
    m_isSelectedTrading = false; // of this one nothing has been chosen yet
    const auto layout = m_layouts.find(underlying);
    if (layout == m_layouts.end()) {
        m_analyst->post([underlying, why = tr("Loading the chain\u2026").toStdString()](MarketAnalyst& analyst) {
            analyst.setChainPending(underlying, why);
        });
        requestChain(underlying);
    } else {
        onPrepared(m_definitions.at(underlying), layout->second);
    }
    updateSubscriptions();
}

void EnvironmentSession::selectExpiration(std::size_t tab)
{
    m_selected = tab;
    if (const auto shown = m_layouts.find(m_shown); shown != m_layouts.end() && tab < shown->second->expirations.size())
        m_chosen[m_shown] = {shown->second->expirations[tab].date, shown->second->expirations[tab].root};
    noteWhetherItTrades();
    m_analyst->post([tab](MarketAnalyst& analyst) { analyst.selectExpiration(tab); });
    updateSubscriptions();
}

void EnvironmentSession::setChainModel(ChainModel model)
{
    m_analyst->post([model](MarketAnalyst& analyst) { analyst.setModel(model); });
}

void EnvironmentSession::setTimeBasis(TimeBasis basis)
{
    m_analyst->post([basis](MarketAnalyst& analyst) { analyst.setTimeBasis(basis); });
    m_trading->post([basis](TradingSession& session) { session.setTimeBasis(basis); });
}

void EnvironmentSession::setStrikesAround(std::size_t strikes)
{
    m_analyst->post([strikes](MarketAnalyst& analyst) { analyst.setStrikesAround(strikes); });
}

void EnvironmentSession::setStaleAfter(base::Nanos span)
{
    m_analyst->post([span](MarketAnalyst& analyst) { analyst.setStaleAfter(span); });
    m_trading->post([span](TradingSession& session) { session.setStaleAfter(span); });
}

void EnvironmentSession::setLimits(risk::Limits limits, risk::Tolerance tolerance, std::string reason)
{
    m_setup.limits = limits;
    m_setup.limitsReason = reason; // of a session that opens later
    m_setup.tolerance = tolerance;
    m_risk->post([limits, tolerance](RiskAnalyst& analyst) { analyst.setLimits(limits, tolerance); });
    m_trading->post([limits, reason = std::move(reason)](TradingSession& session) mutable {
        session.setLimits(limits, std::move(reason));
    });
}

void EnvironmentSession::setOrdersPerMinute(int count)
{
    m_setup.ordersPerMinute = count; // of a session that opens later
    m_trading->post([count](TradingSession& session) { session.setOrdersPerMinute(count); });
}

void EnvironmentSession::setBasket(DispersionBasket basket)
{
    m_trading->post(
        [basket = std::move(basket)](TradingSession& session) mutable { session.setBasket(std::move(basket)); });
}

void EnvironmentSession::housekeeping()
{
    // The strikes around the money move with it; a new day has other expirations.
    leaveWhatCeasedTrading();
    updateSubscriptions();
    watchClock();
    m_chart->tick();
    if (m_feedState == market::FeedState::Live)
        requestListings();
    followRisk();
    keepDispersion();
    if (const base::Date today = market::newYorkDate(m_setup.clock->now()); today != m_definitionDate) {
        m_definitionDate = today;
        for (const auto& [underlying, layout] : m_layouts)
            requestChain(underlying);
    }
    std::map<std::string, std::int64_t> quantities;
    const auto trading = m_tradingViews->trading.load();
    for (const PositionGroup& group : trading->groups) {
        for (const PositionRow& row : group.rows)
            quantities[row.position.symbol] = row.position.quantity.whole(); // the chain shows contracts
    }
    if (quantities != m_quantities) {
        m_quantities = quantities;
        m_analyst->post([quantities = std::move(quantities)](MarketAnalyst& analyst) mutable {
            analyst.setPositions(std::move(quantities));
        });
    }
}

StatusView EnvironmentSession::status() const
{
    StatusView view;
    view.environment = m_setup.environment;
    view.isSimulated = m_setup.isSimulated;
    view.isReplay = m_setup.isReplay;
    view.source = m_setup.source;
    view.feed = lightOf(m_feedState);
    view.orders = lightOf(m_connection->accountState());
    view.why = (m_feedWhy.isEmpty() ? m_accountWhy : m_feedWhy).toStdString();
    view.marketTime = m_setup.clock->now();
    view.isMarketOpen = market::isOpen(view.marketTime);
    view.opensAt = nextOpen(view.marketTime);
    if (m_feedState == market::FeedState::Silent && !view.isMarketOpen)
        view.why = m_accountWhy.toStdString(); // nothing has to arrive while nobody trades
    const tastytrade::CounterValues counters = marketData().counters();
    if (counters.lastFeedEvent != base::Instant{})
        view.secondsSinceQuote = base::seconds(m_wallClock.now() - counters.lastFeedEvent);
    view.eventsPerSecond = counters.feedEventsPerSecond;
    view.events = counters.feedEvents;
    view.quarantined = counters.quarantined;
    view.symbols = counters.subscriptions;
    view.recorded = m_recorded;
    view.reconnects = static_cast<int>(counters.reconnects);
    if (m_marketData) {
        const tastytrade::CounterValues orders = m_connection->counters();
        view.quarantined += orders.quarantined;
        view.reconnects += static_cast<int>(orders.reconnects);
    }
    const auto trading = m_tradingViews->trading.load();
    view.lastReconciliation = trading->reconciledAt;
    view.differences = trading->differences.size();
    view.clockAhead = m_connection->counters().clockAhead;
    view.ordersLeftThisMinute = trading->ordersLeft;
    view.ordersPerMinute = trading->ordersPerMinute;
    return view;
}

} // namespace vegadesk::desk

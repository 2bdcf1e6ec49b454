#include "desk/market_analyst.h"

#include "desk/assumptions.h"
#include "desk/market_hours.h"
#include "desk/subscriptions.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr int tickMs = 16;
constexpr base::Nanos watchPeriod = std::chrono::milliseconds(100);
constexpr base::Nanos snapshotPeriod = std::chrono::milliseconds(500);
/// Ages, and with them staleness, change without any event.
constexpr base::Nanos idleChainPeriod = std::chrono::seconds(1);
constexpr base::Nanos greeksPeriod = std::chrono::milliseconds(250);

} // namespace

MarketAnalyst::MarketAnalyst(std::shared_ptr<market::Book> book, std::shared_ptr<MarketViews> views)
    : m_book(std::move(book)), m_views(std::move(views)), m_marketClock(std::make_shared<base::SystemClock>()),
      m_reader(m_book->addReader()),
      m_dispersion(std::shared_ptr<Published<DispersionView>>(m_views, &m_views->dispersion))
{
}

void MarketAnalyst::start()
{
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true); // armed again after the work, so that a slow machine draws less often
    connect(m_timer, &QTimer::timeout, this, [this] {
        tick();
        m_timer->start(tickMs);
    });
    m_timer->start(tickMs);
}

void MarketAnalyst::setMarketClock(std::shared_ptr<const base::Clock> clock)
{
    m_marketClock = std::move(clock);
    m_isChainDirty = true;
}

void MarketAnalyst::setStaleAfter(base::Nanos span)
{
    m_staleAfter = span;
    m_isChainDirty = m_isWatchDirty = true;
}

void MarketAnalyst::setFeedDown(bool isDown)
{
    m_isFeedDown = isDown;
    m_isChainDirty = m_isWatchDirty = true;
}

void MarketAnalyst::setWatchlist(std::vector<std::pair<std::string, std::string>> symbolsAndDescriptions)
{
    m_watched = std::move(symbolsAndDescriptions);
    m_isWatchDirty = true;
}

void MarketAnalyst::setChainPending(const std::string& underlying, const std::string& why)
{
    m_definition.reset();
    m_chain = {};
    m_underlyingIndex.reset();
    m_spot = unknown;
    m_pendingUnderlying = underlying;
    m_pendingWhy = why;
    ++m_layout;
    m_isChainDirty = true;
    // The last one's surface must not stand under this one's name.
    market::OptionChain none;
    none.underlying = underlying;
    Q_EMIT snapshotTaken(std::make_shared<const ChainSnapshot>(ChainSnapshot{
        std::make_shared<const market::OptionChain>(std::move(none)), m_marketClock->now(), unknown, 0, m_basis}));
}

void MarketAnalyst::prepare(std::shared_ptr<const market::ChainDefinition> definition)
{
    m_book->add(definition->underlying);
    for (const market::Instrument& option : definition->options)
        m_book->add(option);
    m_dispersion.addDefinition(definition);
    Q_EMIT prepared(definition, std::make_shared<const market::OptionChain>(market::emptyChain(*definition)));
}

void MarketAnalyst::setChain(std::shared_ptr<const market::ChainDefinition> definition, std::size_t expiration)
{
    m_definition = std::move(definition);
    m_chain = market::makeChain(*m_definition, *m_book, m_clock.now(), staleAfter());
    m_underlyingIndex = m_book->find(m_definition->underlying.symbol);
    m_spot = unknown;
    m_isOld = false;
    m_newAt = {};
    m_selected = expiration;
    m_pendingUnderlying = m_definition->underlying.symbol;
    m_pendingWhy.clear();
    ++m_layout;
    m_isChainDirty = true;
    m_lastSnapshot = {};
}

void MarketAnalyst::selectExpiration(std::size_t expiration)
{
    m_selected = expiration;
    ++m_layout;
    m_isChainDirty = true;
    m_lastSnapshot = {};
}

void MarketAnalyst::setModel(ChainModel model)
{
    m_model = model;
    m_isChainDirty = true;
    m_lastSnapshot = m_lastGreeks = {};
}

void MarketAnalyst::setTimeBasis(TimeBasis basis)
{
    m_basis = basis;
    m_isChainDirty = true;
    m_lastSnapshot = m_lastGreeks = {};
}

void MarketAnalyst::setStrikesAround(std::size_t strikes)
{
    m_strikesAround = strikes;
}

void MarketAnalyst::setInterest(std::set<std::string> symbols)
{
    m_interest = std::move(symbols);
    m_lastGreeks = {};
}

void MarketAnalyst::setPositions(std::map<std::string, std::int64_t> quantities)
{
    if (quantities != m_positions) {
        m_positions = std::move(quantities);
        m_isChainDirty = true;
    }
}

void MarketAnalyst::refreshChain()
{
    market::refresh(m_chain, *m_book, m_clock.now(), staleAfter());
    const base::Instant now = m_marketClock->now();
    m_spot = lastSpotOf(m_chain, now);
    m_isOld =
        std::ranges::any_of(m_chain.expirations, isAllStale) && std::ranges::none_of(m_chain.expirations, hasTradable);
    if (!m_isOld || m_newAt == base::Instant{}) {
        m_newAt = now;
        m_newSpot = m_spot;
    }
}

base::Instant MarketAnalyst::figuresAt(const market::Expiration& expiration) const
{
    const base::Instant now = m_marketClock->now();
    return m_isOld && expiration.expiresAt > now ? m_newAt : now;
}

double MarketAnalyst::figuresSpot() const
{
    return m_isOld ? m_newSpot : m_spot;
}

base::Nanos MarketAnalyst::staleAfter() const
{
    return m_isFeedDown ? base::Nanos(1) : m_staleAfter;
}

void MarketAnalyst::tick()
{
    m_book->takeChanged(m_reader, m_changed);
    if (!m_changed.empty())
        m_isChainDirty = m_isWatchDirty = true;

    const base::Instant now = m_clock.now();
    if (m_isChainDirty || now - m_lastChain >= idleChainPeriod) {
        publishChain();
        m_isChainDirty = false;
        m_lastChain = now;
    }
    if (m_isWatchDirty && now - m_lastWatch >= watchPeriod) {
        publishWatchlist();
        m_isWatchDirty = false;
        m_lastWatch = now;
    }
    if (now - m_lastGreeks >= greeksPeriod) {
        publishGreeks();
        m_lastGreeks = now;
    }
    m_dispersion.tick(*m_book, now, staleAfter(), m_marketClock->now());
    if (now - m_lastSnapshot >= snapshotPeriod) {
        takeSnapshot();
        m_lastSnapshot = now;
    }
}

void MarketAnalyst::publishWatchlist()
{
    auto view = std::make_shared<WatchView>();
    view->version = ++m_version;
    const base::Instant now = m_clock.now();
    for (const auto& [symbol, description] : m_watched) {
        WatchRow row;
        row.symbol = symbol;
        row.description = description;
        if (const auto index = m_book->find(symbol)) {
            const market::MarketData data = m_book->latest(*index);
            row.bid = data.quote.bid;
            row.ask = data.quote.ask;
            const market::QuoteFlags flags = market::classify(data.quote, now, staleAfter());
            // An index has no quote to go stale; its last trade is what counts.
            row.last = std::isfinite(data.trade.price) ? data.trade.price : data.quote.mid();
            row.isStale = flags.has(market::QuoteFlag::Stale) || m_isFeedDown;
            row.change = row.last - data.summary.previousClose;
            row.changeFraction = row.change / data.summary.previousClose;
        }
        view->rows.push_back(std::move(row));
    }
    m_views->watchlist.store(std::move(view));
}

ChainView MarketAnalyst::chainHeader(const market::Expiration& expiration) const
{
    ChainView view;
    view.layout = m_layout;
    view.underlying = m_definition->underlying.symbol;
    view.description = m_definition->underlying.description;
    view.multiplier = expiration.multiplier;
    view.selected = m_selected;
    const base::Instant now = m_marketClock->now();
    const base::Date today = market::newYorkDate(now);
    for (const market::Expiration& one : m_chain.expirations)
        view.tabs.push_back({one.date, one.root, static_cast<int>((one.date - today).count()), one.type, one.settlement,
                             lastTradingMoment(one) <= now});
    view.spot = m_spot;
    if (m_underlyingIndex) {
        const double previousClose = m_book->latest(*m_underlyingIndex).summary.previousClose;
        view.change = view.spot - previousClose;
        view.changeFraction = view.change / previousClose;
    }
    return view;
}

void MarketAnalyst::publishChain()
{
    if (!m_definition || m_chain.expirations.empty()) {
        auto view = std::make_shared<ChainView>();
        view->version = ++m_version;
        view->layout = m_layout;
        view->underlying = m_pendingUnderlying;
        view->why =
            m_definition
                ? tr("No options are listed on %1.").arg(QString::fromStdString(m_pendingUnderlying)).toStdString()
                : m_pendingWhy;
        m_views->chain.store(std::move(view));
        return;
    }
    m_selected = std::min(m_selected, m_chain.expirations.size() - 1);
    const auto over = std::ranges::count_if(m_chain.expirations, [now = m_marketClock->now()](const auto& expiration) {
        return lastTradingMoment(expiration) <= now;
    });
    if (std::exchange(m_over, over) != over)
        ++m_layout; // the tabs say so
    refreshChain();
    const market::Expiration& expiration = m_chain.expirations[m_selected];
    const pricing::ExpirationAnalytics& analytics =
        m_live.update(expiration, m_clock.now(), figuresAt(expiration), figuresSpot());

    auto view = std::make_shared<ChainView>(chainHeader(expiration));
    view->version = ++m_version;
    view->forward = analytics.forward;
    view->years = analytics.years;
    view->at = m_marketClock->now();
    view->atmVolatility = analytics.atmVolatility;
    view->expectedMove = analytics.expectedMove();
    view->rows.reserve(expiration.strikes.size());
    bool hasQuotes = false;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        ChainRow out;
        out.strike = expiration.strikes[row];
        out.call = chainCell(expiration.calls, analytics, market::Right::Call, row);
        out.put = chainCell(expiration.puts, analytics, market::Right::Put, row);
        for (ChainCell* side : {&out.call, &out.put}) {
            const auto& columns = side == &out.call ? expiration.calls : expiration.puts;
            if (columns.instruments[row] != market::noInstrument)
                side->broker = m_book->latest(columns.instruments[row]).greeks;
            if (const auto held = m_positions.find(side->symbol); held != m_positions.end())
                side->position = held->second;
        }
        hasQuotes = hasQuotes || std::isfinite(out.call.ask) || std::isfinite(out.put.ask);
        view->rows.push_back(std::move(out));
    }
    const auto fits = m_views->fits.load();
    const auto reference = m_views->reference.load();
    const FigureSources from = sources(*fits, *reference);
    applyModel(*view, expiration, analytics, m_live.boundaries(), from);
    applyProbabilities(*view, m_chain, analytics, from);
    m_views->chain.store(std::move(view));
    if (hasQuotes && !m_hasStreamed) {
        m_hasStreamed = true;
        Q_EMIT firstChainStreamed();
    }
}

void MarketAnalyst::publishGreeks()
{
    const auto fits = m_views->fits.load();
    const auto reference = m_views->reference.load();
    auto view = std::make_shared<GreeksView>(
        m_contracts.update(m_interest, *m_book, m_chain, figuresSpot(), sources(*fits, *reference), m_clock.now()));
    if (m_isOld)
        view->oldSince = m_newAt;
    view->version = ++m_version;
    m_views->greeks.store(std::move(view));
}

FigureSources MarketAnalyst::sources(const ChainFits& fits, const ReferenceFigures& reference) const
{
    const base::Instant now = m_marketClock->now();
    return {m_model, fits, reference, {m_basis, m_isOld ? m_newAt : now}, now};
}

void MarketAnalyst::askReference()
{
    const market::Expiration& expiration = m_chain.expirations[m_selected];
    const double money = figuresSpot();
    const auto rows =
        static_cast<std::size_t>(std::ranges::upper_bound(expiration.strikes, money) - expiration.strikes.begin());
    auto request = std::make_shared<ReferenceRequest>();
    request->underlying = m_chain.underlying;
    request->expiration = m_isOld ? asLastQuoted(expiration) : expiration;
    request->at = figuresAt(expiration);
    request->spot = money;
    request->first = rows > m_strikesAround ? rows - m_strikesAround : 0;
    request->count = std::min(expiration.strikes.size(), rows + m_strikesAround) - request->first;
    Q_EMIT referenceWanted(std::move(request));
}

void MarketAnalyst::takeSnapshot()
{
    if (!m_definition || m_chain.expirations.empty())
        return;
    const bool isWanted = m_lastSnapshot == base::Instant{};
    if (m_isOld && std::exchange(m_isOldTaken, true) && !isWanted)
        return; // the same market as before
    m_isOldTaken = m_isOld;
    market::OptionChain chain = m_chain;
    if (m_isOld)
        std::ranges::transform(chain.expirations, chain.expirations.begin(), asLastQuoted);
    Q_EMIT snapshotTaken(std::make_shared<const ChainSnapshot>(
        ChainSnapshot{std::make_shared<const market::OptionChain>(std::move(chain)),
                      m_isOld ? m_newAt : m_marketClock->now(), figuresSpot(), m_selected, m_basis, m_isOld, m_model}));
    if (m_model == ChainModel::Reference)
        askReference();
}

} // namespace vegadesk::desk

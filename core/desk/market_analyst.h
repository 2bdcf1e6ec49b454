#pragma once

#include "base/clock.h"
#include "desk/chain_figures.h"
#include "desk/dispersion_analyst.h"
#include "desk/live_chain.h"
#include "desk/published.h"
#include "desk/surface_analyst.h"
#include "desk/surface_views.h"
#include "desk/views.h"
#include "market/book.h"
#include "pricing/chain_analytics.h"

#include <QObject>
#include <QTimer>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// What the analyst publishes; read by any thread.
struct MarketViews {
    Published<WatchView> watchlist;
    Published<ChainView> chain;
    Published<SurfaceView> surface;
    Published<ChainFits> fits;
    Published<ReferenceFigures> reference;
    Published<GreeksView> greeks;
    Published<DispersionView> dispersion;
    Published<ChartView> chart; ///< of the desk's own thread
};

/// Lives on the analytics thread: turns the Book's latest values into the chain and watchlist views, at most sixty times a
/// second and only when something changed, and hands the chain on to whoever fits it.
class MarketAnalyst : public QObject
{
    Q_OBJECT

public:
    MarketAnalyst(std::shared_ptr<market::Book> book, std::shared_ptr<MarketViews> views);

    void start();
    /// The source's clock: it decides time to expiry. Quotes age by our own.
    void setMarketClock(std::shared_ptr<const base::Clock> clock);
    void setStaleAfter(base::Nanos span);
    /// The feed is down: everything shown is stale until it is back.
    void setFeedDown(bool isDown);
    void setWatchlist(std::vector<std::pair<std::string, std::string>> symbolsAndDescriptions);
    /// Shows `underlying` as loading, or with the reason why there is no chain.
    void setChainPending(const std::string& underlying, const std::string& why);
    /// Registers the definition's instruments in the Book and answers with prepared().
    void prepare(std::shared_ptr<const market::ChainDefinition> definition);
    /// A definition that was prepared.
    void setChain(std::shared_ptr<const market::ChainDefinition> definition, std::size_t expiration);
    void selectExpiration(std::size_t expiration);
    void setModel(ChainModel model);
    void setTimeBasis(TimeBasis basis);
    /// Strikes on each side of the money that somebody looks at.
    void setStrikesAround(std::size_t strikes);
    /// Options that are held, worked or staged.
    void setInterest(std::set<std::string> symbols);
    void setPositions(std::map<std::string, std::int64_t> quantities);
    DispersionAnalyst& dispersion() { return m_dispersion; }

Q_SIGNALS:
    void prepared(std::shared_ptr<const vegadesk::market::ChainDefinition> definition,
                  std::shared_ptr<const vegadesk::market::OptionChain> layout);
    void firstChainStreamed();
    /// Now and then, and at once when another chain or expiration is chosen.
    void snapshotTaken(std::shared_ptr<const vegadesk::desk::ChainSnapshot> snapshot);
    /// Now and then while QuantLib is the chosen model.
    void referenceWanted(std::shared_ptr<const vegadesk::desk::ReferenceRequest> request);

private:
    void tick();
    void publishWatchlist();
    void publishChain();
    void takeSnapshot();
    void publishGreeks();
    void askReference();
    FigureSources sources(const ChainFits& fits, const ReferenceFigures& reference) const;
    ChainView chainHeader(const market::Expiration& expiration) const;
    void refreshChain();
    /// What an expiration's figures are of: now, or when a quote of the chain was new last.
    base::Instant figuresAt(const market::Expiration& expiration) const;
    double figuresSpot() const;
    base::Nanos staleAfter() const;

    std::shared_ptr<market::Book> m_book;
    std::shared_ptr<MarketViews> m_views;
    std::shared_ptr<const base::Clock> m_marketClock;
    base::SystemClock m_clock;
    base::Nanos m_staleAfter = std::chrono::seconds(10);
    bool m_isFeedDown = false;

    QTimer* m_timer = nullptr;
    market::Book::ReaderId m_reader = 0;
    std::vector<market::InstrumentIndex> m_changed;
    bool m_isChainDirty = true, m_isWatchDirty = true;
    base::Instant m_lastWatch{}, m_lastSnapshot{}, m_lastChain{}, m_lastGreeks{};

    std::vector<std::pair<std::string, std::string>> m_watched;
    std::shared_ptr<const market::ChainDefinition> m_definition;
    market::OptionChain m_chain;
    LiveExpiration m_live;       ///< the selected one
    ContractFigures m_contracts; ///< of m_interest
    DispersionAnalyst m_dispersion;
    std::optional<market::InstrumentIndex> m_underlyingIndex;
    double m_spot = unknown;   ///< the chain's last that was known
    bool m_isOld = false;      ///< no quote of the chain is new enough
    bool m_isOldTaken = false; ///< and somebody has its snapshot
    base::Instant m_newAt{};   ///< when one was last, by the market's clock
    double m_newSpot = unknown;
    std::size_t m_selected = 0;
    ChainModel m_model = ChainModel::BlackScholes;
    TimeBasis m_basis = TimeBasis::Calendar;
    std::size_t m_strikesAround = 12;
    std::set<std::string> m_interest;
    std::string m_pendingUnderlying, m_pendingWhy;
    std::map<std::string, std::int64_t> m_positions;
    std::uint64_t m_version = 0, m_layout = 0;
    std::ptrdiff_t m_over = 0; ///< expirations of the chain that trade no more
    bool m_hasStreamed = false;
};

} // namespace vegadesk::desk

#pragma once

#include "base/clock.h"
#include "desk/chain_recording.h"
#include "desk/daily_history.h"
#include "desk/dispersion_basket.h"
#include "desk/listing_requests.h"
#include "desk/market_analyst.h"
#include "desk/market_clock.h"
#include "desk/own_thread.h"
#include "desk/price_chart.h"
#include "desk/risk_analyst.h"
#include "desk/subscriptions.h"
#include "desk/trading_session.h"
#include "tastytrade/connection.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace vegadesk::desk
{

struct EnvironmentSetup {
    Environment environment = Environment::Venue;
    tastytrade::Endpoints endpoints;
    QString dataDirectory;
    /// Where quotes and listings come from when it is not where orders go.
    std::optional<tastytrade::Endpoints> marketData;
    std::shared_ptr<tastytrade::LoginGuard> logins;
    std::string account; ///< empty: the first that may trade
    std::string source;  ///< where prices come from, in words
    bool isSimulated = true, isReplay = false;
    std::shared_ptr<MarketClock> clock;
    std::shared_ptr<const base::Clock> spanClock; ///< SessionSetup's
    double marketSpeed = 1;
    risk::Limits limits;
    std::string limitsReason;                              ///< trading::LoopSettings'
    risk::Tolerance tolerance = risk::Tolerance::Moderate; ///< whose these are
    int ordersPerMinute = 60;
    DispersionBasket basket = shippedBasket(); ///< for strategies that trade one
    std::string recordFolder;                  ///< DeskOptions'
    base::Nanos recordEvery{};
};

Light lightOf(market::FeedState state);
Light lightOf(execution::ConnectionState state);

/// One environment at work: its Book, its connection, and the analytics and trading threads. Lives on the GUI thread and
/// is replaced whole when the environment changes, so that nothing of one can reach another.
class EnvironmentSession : public QObject
{
    Q_OBJECT

public:
    /// The keys of one environment, and those of the place its market data comes from where that is another.
    struct SessionKeys {
        tastytrade::Credentials orders;
        std::optional<tastytrade::Credentials> marketData;
    };
    /// Refuses, by name, credentials that do not belong to the endpoints.
    static base::Result<std::unique_ptr<EnvironmentSession>> make(EnvironmentSetup setup, SessionKeys keys,
                                                                  std::shared_ptr<MarketViews> marketViews,
                                                                  std::shared_ptr<TradingViews> tradingViews);
    ~EnvironmentSession() override;

    void start();
    /// Ends the threads in their order without waiting for them; ended() follows, and then this may be destroyed. The
    /// destructor alone does the same and waits.
    void end();
    void setWatchlist(const QStringList& symbols);
    void showChain(const std::string& underlying);
    void showChart(const std::string& symbol, ChartSpan span) { m_chart->show(symbol, span); }
    void selectExpiration(std::size_t tab);
    void setChainModel(ChainModel model);
    void setTimeBasis(TimeBasis basis);
    void setStrikesAround(std::size_t strikes);
    void setStaleAfter(base::Nanos span);
    /// Streams and works out what dispersion() shows of this basket, until it is empty.
    void followDispersion(std::optional<DispersionBasket> basket);
    /// Daily bars of that underlying come too; empty: of what risk and strategies need alone.
    void followDays(std::string underlying) { m_daysOf = std::move(underlying); }
    /// Completed days, ascending; null where none have come.
    std::shared_ptr<const std::vector<market::Candle>> dailyBars(const std::string& underlying) const;
    /// `reason` is journalled with the figures before and after.
    void setLimits(risk::Limits limits, risk::Tolerance tolerance, std::string reason);
    void setOrdersPerMinute(int count);
    void setBasket(DispersionBasket basket);
    OwnThread<TradingSession>& trading() { return *m_trading; }
    Environment environment() const { return m_setup.environment; }
    /// The lights, counters and times of the status line.
    StatusView status() const;
    ConnectionsView connections() const;
    /// An instrument the Book knows.
    std::optional<market::Instrument> instrument(const std::string& symbol) const;
    /// The listing of an underlying that is shown, held or staged; null when it has not arrived.
    std::shared_ptr<const market::OptionChain> layout(const std::string& underlying) const;

Q_SIGNALS:
    void noticed(const vegadesk::desk::Notice& notice);
    void journalRead(const std::vector<vegadesk::desk::JournalLine>& lines);
    void chainStreamed();
    /// That its orders go to: known once it is connected.
    void accountFound(const QString& number);
    void ended();
    /// The broker answered that it has no such instrument; failures of the network are not that.
    void symbolUnknown(const QString& symbol);

private:
    explicit EnvironmentSession(EnvironmentSetup setup);
    base::Result<void> makeConnections(SessionKeys keys);
    void connectThreads();
    tastytrade::Connection& marketData() const { return m_marketData ? *m_marketData : *m_connection; }
    void onAccountFound(const QString& number);
    void onFeedState(market::FeedState state, const QString& why);
    void onAccountState(execution::ConnectionState state, const QString& why);
    void requestInstrument(const std::string& symbol);
    void requestChain(const std::string& underlying);
    void onPrepared(std::shared_ptr<const market::ChainDefinition> definition,
                    std::shared_ptr<const market::OptionChain> layout);
    void requestMissing();
    void requestListings();
    void updateSubscriptions();
    void housekeeping();
    void noteWhetherItTrades();
    void leaveWhatCeasedTrading();
    void addRows(const tastytrade::Connection& connection, ConnectionsView& view) const;
    void watchClock();
    void makeRisk();
    void followRisk();
    void keepDispersion();
    void addBasket(Interest& interest) const;
    void askForMetrics(const std::set<std::string>& symbols);
    void notice(NoticeLevel level, const QString& text, NoticeTopic topic = NoticeTopic::None);

    EnvironmentSetup m_setup;
    base::SystemClock m_wallClock;
    std::shared_ptr<market::Book> m_book = std::make_shared<market::Book>();
    std::shared_ptr<TradingViews> m_tradingViews;
    // In the reverse order of their ends. The connection goes first: what it still has to answer finds analyst and trading
    // alive. Surface and reference go last: the analyst hands them chains until its own end.
    std::unique_ptr<OwnThread<ChainRecording>> m_recording; ///< null: the chain is not recorded
    std::unique_ptr<OwnThread<SurfaceAnalyst>> m_surface;
    std::unique_ptr<OwnThread<ReferencePricer>> m_reference;
    std::unique_ptr<OwnThread<RiskAnalyst>> m_risk; ///< the trading session hands it pictures until its own end
    std::unique_ptr<OwnThread<MarketAnalyst>> m_analyst;
    std::unique_ptr<OwnThread<TradingSession>> m_trading;
    std::unique_ptr<tastytrade::Connection> m_connection;
    std::unique_ptr<tastytrade::Connection> m_marketData; ///< where it is not the same
    std::unique_ptr<PriceChart> m_chart;
    std::unique_ptr<DailyHistory> m_history;
    base::Date m_metricsDay{};                   ///< when the broker's figures of underlyings were asked for last
    std::set<std::string> m_metricsOf;           ///< of these
    std::optional<base::Instant> m_metricsAgain; ///< by our clock, after an answer that was none

    std::vector<std::string> m_watched;
    std::map<std::string, std::string> m_descriptions;
    std::set<std::string> m_unknown; ///< watched, and not known to the broker
    std::set<std::string> m_pendingInstruments;
    std::size_t m_recorded = 0;
    std::map<std::string, std::shared_ptr<const market::OptionChain>> m_layouts;
    std::map<std::string, std::shared_ptr<const market::ChainDefinition>> m_definitions;
    std::string m_shown;
    std::size_t m_selected = 0;
    std::map<std::string, std::pair<base::Date, std::string>> m_chosen; ///< expirations, by underlying: date and root
    bool m_isSelectedTrading = false; ///< the chosen expiration did when it was last looked at
    SymbolsByUnderlying m_interest;
    std::optional<DispersionBasket> m_basket; ///< somebody looks at its correlation
    ListingRequests m_listings;
    std::string m_daysOf; ///< somebody looks at what signals say of it
    std::map<std::string, std::shared_ptr<const std::vector<market::Candle>>> m_days;
    std::shared_ptr<const RiskView> m_heldOf; ///< whose Greeks the analyst has
    base::Date m_definitionDate{};
    bool m_isOpened = false;
    bool m_isTradingClosed = false; ///< after end(): its thread may be gone
    bool m_wasLive = false;
    bool m_isClockApart = false; ///< from the broker's
    QTimer m_housekeeping;
    market::FeedState m_feedState = market::FeedState::Disconnected;
    QString m_feedWhy, m_accountWhy;
    std::map<std::string, std::int64_t> m_quantities;
};

} // namespace vegadesk::desk

#pragma once

#include "base/environment.h"
#include "base/error.h"
#include "desk/accounts.h"
#include "desk/backtest_details.h"
#include "desk/backtest_views.h"
#include "desk/desk_options.h"
#include "desk/dispersion_view.h"
#include "desk/risk_views.h"
#include "desk/settings.h"
#include "desk/signals_view.h"
#include "desk/strategy_views.h"
#include "desk/surface_views.h"
#include "desk/sweep_views.h"
#include "desk/views.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The running session, and the only way from the window and the command line to it. It lives on the GUI thread, owns
/// every other thread, and never blocks: commands are posted, snapshots are pulled, and the signals below say that
/// something happened. Snapshots are never null.
class Desk : public QObject
{
    Q_OBJECT

public:
    Desk(DeskOptions options, base::Environment environment, QObject* parent = nullptr);
    ~Desk() override;

    /// Opens the storage, starts the venue (or connects to the broker) and begins to stream.
    void start();

    Settings& settings();
    Accounts& accounts();
    const base::Environment& environmentVariables() const;

    /// The simulated exchange's process; 0 when it does not run.
    qint64 venueProcessId() const;
    /// The STOP window's process; 0 when it does not run.
    qint64 watchdogProcessId() const;
    /// The program is about to end: the watchdog expects no more beats.
    void sayEnding();

    /// Certification, Hybrid and Live are refused, with the reason, until their credentials exist; an earlier environment
    /// goes on then. Otherwise the old environment is left and environmentChanged() follows, never within the call: what
    /// is asked of orders in between is said not to be connected. Orders to Live are refused until they are armed.
    base::Result<void> switchTo(Environment environment);
    /// The simulated exchange's clock: stopped and going on, or set ahead. A notice says why not.
    void setMarketPaused(bool isPaused);
    void setMarketTime(base::Instant to);

    /// The watchlist's symbols (kept in the settings, but for those of a replay), and the one underlying whose chain streams.
    void setWatchlist(const QStringList& symbols);
    QStringList watchedSymbols() const;
    void showChain(const QString& underlying);
    /// Of any symbol the broker knows; the newest call wins. chart() follows.
    void showChart(const QString& symbol, ChartSpan span);
    /// Index into ChainView::tabs.
    void selectExpiration(std::size_t tab);

    std::shared_ptr<const StatusView> status() const;
    /// Made when asked for.
    ConnectionsView connections() const;
    std::shared_ptr<const WatchView> watchlist() const;
    std::shared_ptr<const ChainView> chain() const;
    std::shared_ptr<const ChartView> chart() const;
    std::shared_ptr<const SurfaceView> surface() const;
    std::shared_ptr<const GreeksView> greeks() const;
    std::shared_ptr<const TradingView> trading() const;
    std::shared_ptr<const TicketView> ticket() const;
    std::shared_ptr<const DryRunView> dryRun() const;
    std::shared_ptr<const RiskView> risk() const;
    /// Of the settings' basket (basketOf()), about once a second while it is followed.
    std::shared_ptr<const DispersionView> dispersion() const;
    /// Somebody looks at it: what it needs streams for some seconds from the last call on.
    void followDispersion();
    /// Trained models, and what they say by the daily bars of the chain's underlying, or of the reference index where there are none;
    /// kept up while they are followed.
    std::shared_ptr<const SignalsView> signalModels() const;
    /// Somebody looks at them. To be called as often as they are drawn.
    void followSignals();
    /// Trains a model for that question (signalTargets()) on the simulated market, in the background: SignalsView::training says how
    /// far it is and what came of it. Nothing while one is being trained.
    void trainDemonstration(const std::string& target);
    void cancelDemonstration();

    std::shared_ptr<const AlertsView> alerts() const;
    /// All of them anew; see AlertKeeper.
    base::Result<void> setAlertRules(std::vector<monitoring::AlertRule> rules);
    /// Where rules that call one send their alerts; kept in the system's keychain. Empty: nowhere.
    base::Result<void> setWebhook(const QString& address);
    void markAlertsSeen();
    /// What a rule on that measure is held against now; NaN when it is not known.
    double alertFigure(const std::string& measure, const std::string& subject) const;
    /// Says a sentence to the webhook; webhookAnswered() follows. Errors: there is no address.
    base::Result<void> testWebhook();

    /// Prices, judges and draws `intent` until the next call; answers with the number ticket()->request will carry.
    /// An intent without legs clears the ticket.
    std::uint64_t stageTicket(const portfolio::OrderIntent& intent);
    /// The same for orders that depend on each other: the figures are those of the part that goes first, the verdict is of all.
    std::uint64_t stageTicket(const portfolio::ComplexIntent& intent);
    /// Draws the staged ticket in that world too, from the next picture on; the newest call wins.
    void setWhatIf(const WhatIf& whatIf);
    /// The same for a working order (execution::isReplaceable()) as it would be with these terms: ticket()->replaces names it.
    std::uint64_t stageReplacement(const std::string& externalId, const execution::OrderTerms& terms);
    std::uint64_t requestDryRun(const portfolio::OrderIntent& intent);
    std::uint64_t requestDryRun(const portfolio::ComplexIntent& intent);
    /// Through the risk gate, the journal and the order manager; what happens shows in trading() and notices. One that opens
    /// is checked by the broker first, for a second or two (TradingView::beingChecked).
    void send(const portfolio::OrderIntent& intent);
    /// Orders that depend on each other, on the same way: each shows as an order of its own (Order::complex, waitsFor,
    /// pairedWith), and a cancel of one cancels all.
    void sendComplex(const portfolio::ComplexIntent& intent);
    /// An order with these terms in the place of a working one, on the same way. Either may fill until the broker has said
    /// what became of both, never both.
    void replaceOrder(const std::string& externalId, const execution::OrderTerms& terms);
    void cancelOrder(const std::string& externalId);
    /// Every order that may still fill, and trading goes on.
    void cancelAllOrders();
    /// An order that vanished at the broker is over: a person has looked there.
    void declareOrderOver(const std::string& externalId);
    /// A person has seen the difference (DifferenceRow::id): the broker's word is ours from now on.
    void acknowledge(const std::string& difference);
    /// Halts trading and cancels every working order; closes stay possible, one by one, by a person.
    void stopAll();
    void resume();
    /// Lets orders with real money leave until they are disarmed, by hand or by itself (see LiveArming). The caller has
    /// asked a person.
    void armLive();
    void disarmLive();
    /// One order that closes all of these positions, staged like any other intent (rolling.h). Refused when one of them is
    /// no longer held: what is left of a spread is not what the user chose to close.
    base::Result<portfolio::OrderIntent> closingIntent(const std::vector<std::string>& symbols) const;
    /// A close of these positions and the same ones in the next expiration, staged like any other intent; refused with
    /// words for the user (rolling.h).
    base::Result<portfolio::OrderIntent> rollingIntent(const std::vector<std::string>& symbols) const;

    std::vector<StrategyOption> strategies() const;
    /// Those at work, and what they do.
    std::shared_ptr<const StrategiesView> strategiesAtWork() const;
    /// Sets a strategy to work in an underlying, or gives it other parameters; an open trade of it there goes on under them.
    /// Whether it is at work shows in strategiesAtWork(); a notice says why not. It is at work after a restart too.
    void armStrategy(const StrategyRequest& request);
    void pauseStrategy(const std::string& strategy, const std::string& underlying);
    /// Arms it again with the parameters it has.
    void resumeStrategy(const std::string& strategy, const std::string& underlying);
    /// It does nothing any more; what it holds is a person's to close.
    void turnOffStrategy(const std::string& strategy, const std::string& underlying);
    /// The same, and it is no longer among those at work.
    void removeStrategy(const std::string& strategy, const std::string& underlying);
    /// What it would open if it were armed like that: entryLook() answers with the number returned, and is renewed about once a
    /// second for a few seconds. What it looks at streams as long; the newest call wins. Nothing is sent.
    std::uint64_t lookAtEntry(const StrategyRequest& request);
    std::shared_ptr<const EntryLookView> entryLook() const;
    /// Runs in the background; progress and report come as signals with the number returned.
    std::uint64_t startBacktest(const BacktestRequest& request);
    void cancelBacktest(std::uint64_t id);
    /// What is asked of their reports.
    BacktestDetails& backtestDetails();

    /// How many runs a sweep would make; an error names the field that keeps it from beginning.
    base::Result<SweepSize> sweepSize(const SweepRequest& request) const;
    /// As a backtest; the runs are counted among the trials, and what has run before is not run again.
    std::uint64_t startSweep(const SweepRequest& request);
    void cancelSweep(std::uint64_t id);
    /// The sweeps that the database of trials keeps, the command line's too, after taking over another machine's file (empty: none).
    /// storedSweepsRead() follows.
    void readStoredSweeps(const QString& other);

    /// Newest first; answers through journalRead().
    void readJournal(int count);

Q_SIGNALS:
    void noticed(const vegadesk::desk::Notice& notice);
    void environmentChanged();
    void backtestProgressed(quint64 id, double fraction, double secondsLeft);
    void backtestFinished(std::shared_ptr<const vegadesk::desk::BacktestReport> report);
    void sweepProgressed(std::shared_ptr<const vegadesk::desk::SweepProgress> progress);
    void sweepFinished(std::shared_ptr<const vegadesk::desk::SweepReport> report);
    void storedSweepsRead(std::shared_ptr<const vegadesk::desk::StoredSweeps> stored);
    void journalRead(const std::vector<vegadesk::desk::JournalLine>& lines);
    /// A symbol was taken off the watchlist, because the broker does not know it.
    void watchlistChanged();
    /// A rule of the user's, or something that a position brings.
    void alerted(const vegadesk::desk::AlertLine& line, bool showsDesktop, bool playsSound);
    /// What came of a call of the webhook; empty: it was taken.
    void webhookAnswered(const QString& why);
    /// The first chain of the session has streamed.
    void chainStreamed();

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace vegadesk::desk

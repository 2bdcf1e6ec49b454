#pragma once

#include "base/error.h"
#include "desk/dispersion_basket.h"
#include "desk/held_chains.h"
#include "desk/live_signals.h"
#include "desk/strategy_views.h"
#include "trading/loop.h"

#include <QString>

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::desk
{

/// What a person and the journal want of strategies, and what the loop's runners make of it. Lives with the trading session, on
/// its thread.
class StrategyDesk
{
public:
    static constexpr std::size_t eventsKept = 200;    ///< of each strategy
    static constexpr std::size_t tradesShown = 100;   ///< closed ones of each: a view is made several times a second
    static constexpr std::size_t expirationsEach = 2; ///< streamed for each time to expiry that a strategy looks for

    /// Whose signals' models are files of `folder`, by name. `isLive`: orders go to a real market, where no demonstration counts.
    void setSignalsFolder(std::string folder, bool isLive);
    /// Tells the loop what the models that strategies ask for say of `session`; about once a second.
    void followSignals(base::Date session);

    /// Strategies of earlier runs of the program go on as they were left, each when its underlying's listing has come. The loop
    /// has started, and outlives end().
    void begin(trading::Loop& loop);
    void end();

    /// Whose members strategies that trade a basket are armed with. Those at work go on with the members that they have.
    void setBasket(DispersionBasket basket) { m_basket = std::move(basket); }
    /// Sets a strategy to work, or gives it other parameters. One whose underlying is not listed yet waits for that, as does one
    /// that trades a basket for its members.
    /// Errors name the strategy or parameter; signal: a model that cannot be read or is a demonstration, where orders are live; underlying: the basket is another one's; basket: it lacks what the open trade holds.
    base::Result<void> arm(const StrategyRequest& request, base::Instant now);
    base::Result<void> set(const std::string& strategy, const std::string& underlying, trading::RunnerState state,
                           base::Instant now);
    base::Result<void> remove(const std::string& strategy, const std::string& underlying);

    /// The loop has been told of that underlying.
    void onListed(const std::string& underlying);
    /// Completed days, oldest first, with closes and implied volatilities.
    void setDays(const std::string& underlying, std::vector<market::Candle> days);

    void note(std::string_view strategy, std::string_view underlying, base::Instant at, StrategyEvent::Kind kind,
              std::string text);

    /// The underlyings of strategies that are not off, members included, and of those that are listed the options that a strategy
    /// looks at.
    void addInterest(SymbolsByUnderlying& interest, HeldChains& chains, base::Date today) const;
    std::vector<StrategyRow> rows(bool isMarketOpen) const;

    /// What it looks at streams as if it were armed, until another request, or none, is followed.
    void follow(std::optional<StrategyRequest> looked);
    /// What the followed request would open now; none: nothing. Changes nothing.
    EntryLookView look(base::Instant now) const;

private:
    using Key = std::pair<std::string, std::string>; ///< strategy, underlying
    struct Waiting {
        StrategyRequest request;
        trading::RunnerState state = trading::RunnerState::Armed;
        std::vector<trading::Constituent> constituents{};
        std::string whyNot{}; ///< it could not go on though its underlying is listed; empty while that is waited for
    };
    /// Errors name the strategy or the parameter.
    static base::Result<base::Parameters> parametersOf(const StrategyRequest& request);
    static base::Result<std::vector<std::string>> signalsOf(const StrategyRequest& request);
    void wantSignals(const StrategyRequest& request);
    base::Result<std::vector<trading::Constituent>> constituentsFor(const StrategyRequest& request) const;
    /// The underlying, or the first of its constituents, that is not; empty: all are.
    std::string notListed(const Waiting& waiting) const;
    base::Result<void> armInLoop(const Waiting& waiting);
    bool start(Waiting& waiting);
    void tellDays(const std::string& underlying);
    void addWanted(const StrategyRequest& request, const std::vector<std::string>& underlyings,
                   SymbolsByUnderlying& interest, HeldChains& chains, base::Date today) const;
    std::vector<std::string> lookedUnderlyings() const;
    QString reasonNotToEnter(const Waiting& waiting, base::Instant now) const;
    void addTrades(std::map<Key, StrategyRow>& rows) const;
    std::string doing(const trading::RunnerStatus& status, const StrategyRow& row, bool isMarketOpen) const;

    trading::Loop* m_loop = nullptr;
    std::map<Key, Waiting> m_waiting;
    std::map<Key, std::deque<StrategyEvent>> m_events; ///< newest first
    std::map<std::string, std::vector<market::Candle>> m_days;
    DispersionBasket m_basket = shippedBasket();
    std::optional<StrategyRequest> m_looked;
    std::string m_signalsFolder;
    bool m_isLive = false;
    std::unique_ptr<LiveSignals> m_signals = std::make_unique<LiveSignals>(std::string());
    std::set<LiveSignals::Key> m_wantedSignals;
    struct ToldSignals {
        strategies::Signals signals;
        strategies::SignalGaps gaps;

        friend bool operator==(const ToldSignals&, const ToldSignals&) = default;
    };
    std::map<std::string, ToldSignals> m_toldSignals; ///< by underlying
};

} // namespace vegadesk::desk

#pragma once

#include "portfolio/hedge_ledger.h"
#include "trading/loop.h"

#include <cstddef>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

/// How much a recorder keeps. As it is made: everything, which is for days that end.
struct HedgeRecording {
    /// Of the market's time, between two marks of a ledger; 0: with every picture. It is what ΔS and Δt of the identity are of: at
    /// shorter ones the spread's bounce passes for variance.
    base::Nanos markEvery{};
    std::size_t rowsKept =
        std::numeric_limits<std::size_t>::max(); ///< of a ledger, see portfolio::HedgeLedger::keepRows()
    std::size_t closedKept =
        std::numeric_limits<std::size_t>::max(); ///< ledgers of trades that hold nothing, the last ones
};

/// Keeps a portfolio::HedgeLedger of every trade of the strategies that hedge with shares: what is fed to it in a backtest and on
/// the desk is the same.
///
/// Use     made after Loop::start() and an observer from then on; mark() with every new picture, between Loop::onMarket() and
///         Loop::step(), so that trades are measured against the marks they were decided at.
/// Fills   where marks are further apart than pictures, a ledger is marked before each fill too: what the market did since the last
///         mark is no cost. A fill that is told later than a mark's time after it is no reason to: what the ledger holds of it
///         already is measured against its last mark, and what is new to it is taken at its price.
/// Restart trades that are open then are taken over at the first picture that knows all they hold: what they made before is not in
///         their ledger.
/// Ties    of a trade, the ledger's profit without financing is Loop::profitOf(), while every mark is known and no cash came
///         but from trades.
class HedgeRecorder final : public LoopObserver
{
public:
    explicit HedgeRecorder(const Loop& loop, const HedgeRecording& recording = {});

    void mark(base::Instant now);
    /// In the order they were opened.
    const std::vector<portfolio::HedgeLedger>& ledgers() const { return m_ledgers; }
    /// One of them as it would be with a mark now, where all that it holds is known.
    portfolio::HedgeLedger markedNow(const portfolio::HedgeLedger& ledger, base::Instant now) const;
    /// When a trade of an earlier run of the program was taken over; empty for one that is here from its first fill on.
    std::optional<base::Instant> takenOverAt(std::string_view group) const;
    /// Groups that wait for the marks of all they hold.
    const std::vector<std::string>& toTakeOver() const { return m_toTakeOver; }

private:
    void onProposal(std::string_view strategy, const strategies::Proposal& proposal) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;

    struct Asked {
        double band = market::unknown;
        std::string reason;
    };
    void begin(const execution::Order& order);
    /// Whether all that the group holds is known now, and has its ledger.
    bool takeOver(const TradeGroup& group, base::Instant now);
    /// The market of a symbol as it is now; its quantity is 0.
    portfolio::MarkedPosition marked(const std::string& underlying, const std::string& symbol) const;
    void markAll(portfolio::HedgeLedger& ledger, base::Instant now) const;
    /// Whether a fill of then was at the prices of now.
    bool isOfNow(base::Instant at) const;
    portfolio::HedgeTrade tradeOf(const execution::Order& order, const portfolio::Fill& fill,
                                  const portfolio::HedgeLedger& ledger) const;
    void forget();

    const Loop& m_loop;
    const HedgeRecording m_recording;
    base::Instant m_now{};                 ///< of the last picture
    std::vector<std::string> m_toTakeOver; ///< groups
    std::vector<portfolio::HedgeLedger> m_ledgers;
    std::map<std::string, double, std::less<>> m_fees;             ///< by group: what its ledger has been told of
    std::map<std::string, base::Instant, std::less<>> m_takenOver; ///< by group
    std::map<std::string, Asked, std::less<>> m_asked;             ///< by group: the last hedge
};

} // namespace vegadesk::trading

#pragma once

#include "portfolio/hedge_ledger.h"
#include "trading/loop.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

/// Keeps a portfolio::HedgeLedger of every trade of the strategies that hedge with shares: what is fed to it in a backtest and on
/// the desk is the same.
///
/// Use     made after Loop::start() and an observer from then on; mark() with every new picture, between Loop::onMarket() and
///         Loop::step(), so that trades are measured against the marks they were decided at.
/// Restart trades that are open then are taken over at the first picture that knows all they hold: what they made before is not in
///         their ledger.
/// Ties    of a trade, the ledger's profit without financing is Loop::profitOf(), while every mark is known and no cash came
///         but from trades.
class HedgeRecorder final : public LoopObserver
{
public:
    explicit HedgeRecorder(const Loop& loop);

    void mark(base::Instant now);
    /// In the order they were opened.
    const std::vector<portfolio::HedgeLedger>& ledgers() const { return m_ledgers; }

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

    const Loop& m_loop;
    std::vector<std::string> m_toTakeOver; ///< groups
    std::vector<portfolio::HedgeLedger> m_ledgers;
    std::map<std::string, double, std::less<>> m_fees; ///< by group: what its ledger has been told of
    std::map<std::string, Asked, std::less<>> m_asked; ///< by group: the last hedge
};

} // namespace vegadesk::trading

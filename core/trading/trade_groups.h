#pragma once

#include "execution/order.h"
#include "portfolio/ledger.h"
#include "trading/account_lots.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

/// One trade: everything that was opened, hedged and closed under one group name.
struct TradeGroup {
    std::string name;                         ///< "iron_condor:SPY:20230103T204500"
    std::string strategy;                     ///< registry name; empty for groups of the ticket
    std::string underlying;                   ///< that it was opened for; a basket's trade holds others too
    base::Instant openedAt{}, closedAt{};     ///< first fill; last fill once nothing is held
    std::optional<base::Instant> lastHedgeAt; ///< last fill of a hedge
    bool isOpen = true;
    double entryCash = 0; ///< what the strategy's own opening orders moved, signed: positive was received
    int orders = 0;       ///< that had a fill
    std::string entryReason, exitReason;
    portfolio::Ledger ledger; ///< this trade's own; its cash started at 0

    std::vector<portfolio::Position> positions() const; ///< nonzero ones
    double fees() const { return ledger.fees().toDouble(); }
    /// Cash so far plus what is open at `mark` (per share), after fees; NaN while a mark is not known.
    double profit(const std::function<double(const portfolio::Position&)>& mark) const;
};

/// Groups by name; each fill of a grouped order is booked once.
class TradeGroups
{
public:
    TradeGroups() = default;
    TradeGroups(const TradeGroups&) = delete; // what it points to are its own
    TradeGroups& operator=(const TradeGroups&) = delete;

    void book(const execution::Order& order, const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts,
              const portfolio::Fees& fees);
    /// Why the group is entered (before its first fill) and left, in the strategy's words.
    void noteEntry(const std::string& group, std::string_view reason);
    void noteExit(const std::string& group, std::string_view reason);

    /// A settlement, exercise or assignment: the broker closes option positions without an order of ours, whatever groups
    /// hold them. Each group gets its share of every fill, shares in proportion to its contracts; the shares are answered.
    std::vector<SettledPart> bookSettlement(const execution::Order& order, const portfolio::Fill& fill,
                                            const portfolio::InstrumentFacts& facts);
    /// Cash that came for what a group holds; of a name that no group has, nothing.
    void pay(std::string_view group, base::Decimal amount);

    const TradeGroup* find(std::string_view name) const;
    /// The open trade of a strategy in an underlying; null when there is none.
    const TradeGroup* openTrade(std::string_view strategy, std::string_view underlying) const;
    /// All, in the order they were opened.
    const std::vector<const TradeGroup*>& all() const { return m_inOrder; }

private:
    void apply(TradeGroup& group, const execution::Order& order, const portfolio::Fill& fill,
               const portfolio::InstrumentFacts& facts, const portfolio::Fees& fees);

    std::map<std::string, TradeGroup, std::less<>> m_groups;
    std::vector<const TradeGroup*> m_inOrder;
    std::map<std::string_view, const TradeGroup*> m_open;           ///< by name: years of trades are closed
    std::map<std::string, std::string, std::less<>> m_entryReasons; ///< of groups without a fill yet
    std::set<std::pair<std::string, std::string>> m_counted;        ///< group, order: each order counts once
    /// By settlement order: the contracts it closed in each group. They divide the shares that follow.
    std::map<std::string, std::map<std::string, base::Quantity>, std::less<>> m_settled;
};

} // namespace vegadesk::trading

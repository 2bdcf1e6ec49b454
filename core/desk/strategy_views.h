#pragma once

#include "desk/hedge_views.h"
#include "desk/views.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The strategies at work. As in views.h: dollars, signed; what is not known is NaN.
namespace vegadesk::desk
{

enum class StrategyState : std::uint8_t {
    Waiting, ///< for the underlying's listing: then it goes on as it is meant to; or cannot, and says why
    Armed,   ///< enters, hedges and exits
    Paused,  ///< hedges and exits what it holds, enters nothing
    Off      ///< does nothing; what it holds is a person's to close
};

std::string_view toText(StrategyState state); ///< "waiting", "armed", "paused", "off"

/// A strategy to be set to work, or to be given other parameters.
struct StrategyRequest {
    std::string strategy; ///< registry name
    std::string underlying;
    std::vector<std::pair<std::string, std::string>> parameters; ///< as texts, by name; the others at their fallbacks
};

struct StrategyEvent {
    enum class Kind : std::uint8_t { State, Proposal, Refusal, Order };
    base::Instant at{}; ///< by the market's clock
    Kind kind = Kind::State;
    std::string text;
};
std::string_view toText(StrategyEvent::Kind kind); ///< "state", "proposal", "refusal", "order"

/// One trade: all that was opened, hedged and closed under one group name.
struct StrategyTrade {
    std::string group;
    std::string title;      ///< what was entered, in the strategy's words
    std::string exitReason; ///< empty while open
    base::Instant openedAt{}, closedAt{};
    bool isOpen = false;
    double profit = unknown; ///< after fees; of an open one at the marks
    double fees = 0;
    int orders = 0;
    std::vector<std::string> symbols; ///< held now
};

struct StrategyRow {
    std::string strategy, title, underlying;
    std::vector<std::string> constituents; ///< underlyings that it trades too
    StrategyState state = StrategyState::Off;
    bool hedgesWithShares = false; ///< its trades have hedge ledgers
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string doing;           ///< what it waits for or does, in words
    double openProfit = unknown; ///< of the open trade; NaN too where there is none
    double closedProfit = 0;     ///< of all closed ones
    int openTrades = 0, closedTrades = 0;
    std::vector<StrategyTrade> trades; ///< open ones first, then the last closed ones; newest first
    std::vector<StrategyEvent> events; ///< newest first, the last ones of this run of the program

    bool hasOpenTrade() const { return openTrades > 0; }
    int tradeCount() const { return openTrades + closedTrades; }
};

struct StrategiesView {
    std::uint64_t version = 0;
    std::vector<StrategyRow> rows;     ///< by strategy, then underlying
    std::vector<LiveLedger> ledgers{}; ///< of trades since the start that are hedged with shares; see LiveLedgers
};

/// What a strategy would open if it were armed now.
struct EntryLookView {
    struct Order {
        portfolio::OrderIntent intent;
        double maxLoss = unknown; ///< at its limit, positive is a loss; infinite when not limited
        std::string refusal;      ///< why the gate would not let it pass, in the user's language; empty: it would
    };
    std::uint64_t request = 0;            ///< of Desk::lookAtEntry(); 0: nobody looks
    base::Instant at{};                   ///< by the market's clock
    std::vector<std::string> underlyings; ///< whose markets it looks at
    std::string reason;                   ///< of the orders, in the strategy's words
    std::vector<Order> orders;
    std::string whyNot; ///< empty: it would open these orders
};

} // namespace vegadesk::desk

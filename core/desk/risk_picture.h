#pragma once

#include "desk/variance_clock.h"
#include "execution/order.h"
#include "portfolio/attribution.h"
#include "portfolio/marking.h"
#include "risk/gate/gate.h"
#include "risk/risk_book.h"
#include "trading/trade_groups.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// A fill, as it is known when it comes.
struct PicturedTrade {
    portfolio::AttributedTrade trade;
    std::vector<std::string> settled{}; ///< options that its settlement takes away; empty: it is an order's
};
PicturedTrade tradeOf(const execution::Order& order, const portfolio::Fill& fill, int multiplier);

/// The account and its market at one moment, for the thread that works out their risk.
struct RiskPicture {
    risk::RiskBook book;
    portfolio::Marking marking;                    ///< of the same positions
    std::vector<PicturedTrade> trades;             ///< since the last picture, in their order
    std::vector<portfolio::AttributedCash> paid{}; ///< dividends since the last picture
    std::set<std::string> workingShares{};         ///< underlyings in which an order of shares may still fill
    std::map<std::string, market::Quote> quotes{}; ///< of the underlyings' shares, those that can be traded on
    QuotedTime time;                               ///< that thetas are said in
    bool isOld = false;                            ///< quotes have stopped, or some figure is of an earlier moment
    double brokerRequirement = market::unknown;    ///< as the broker says
};

/// Fills as the attribution that stands at `before` takes them. A settlement takes options from whatever trades hold them, also
/// where it came while nobody looked, and brings shares to the trade whose options they came of, to none where those were several
/// trades'.
std::vector<portfolio::AttributedTrade> attributedTrades(const std::vector<PicturedTrade>& trades,
                                                         const portfolio::AttributionState& before);

/// What the marking of a book has of one position: `quantity` is the position's own.
portfolio::MarkedPosition markedOf(const risk::RiskPosition& held, base::Quantity quantity,
                                   const risk::RiskUnderlying& underlying);

/// `state` answers for every position's instrument. A position that several trades of strategies hold is there once for each, and
/// once more for the rest. Quotes that are flagged are no marks.
RiskPicture riskPictureOf(const risk::GateState& state, const std::vector<const trading::TradeGroup*>& groups);

} // namespace vegadesk::desk

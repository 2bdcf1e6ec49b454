#pragma once

#include "base/clock.h"
#include "base/sentence.h"
#include "market/quote.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::risk
{

/// Active: everything the limits allow. Reducing: only orders that cannot add risk. Halted: cancels, and closes a person confirms.
enum class TradingState : std::uint8_t { Active, Reducing, Halted };

/// What the gate needs to know of one instrument now. NaN is "not known" and makes orders in it refused.
struct InstrumentState {
    std::string symbol;
    std::string underlying;
    market::InstrumentType type = market::InstrumentType::EquityOption;
    int multiplier = 100;
    std::optional<market::OptionTerms> option;
    market::TickTable ticks;
    double years = 0;    ///< to expiry; options only
    market::Quote quote; ///< of the instrument
    market::QuoteFlags flags;
    double spot = market::unknown;       ///< of the underlying, of any age
    bool isSpotStale = false;            ///< too old to take new risk by
    bool isOld = false;                  ///< years, volatility and delta are of `at`, and too old to take new risk by
    base::Instant at{};                  ///< by the market's clock, that years count from; options only
    double volatility = market::unknown; ///< implied, options only
    market::ExerciseStyle style = market::ExerciseStyle::European; ///< of that volatility and of the delta
    market::Settlement settlement = market::Settlement::PM;        ///< options only: which end of the day they end at
    double delta = market::unknown;                                ///< per share or per share of the contract
    double rate = 0, dividendYield = 0;
    bool isOpen = true; ///< its market is in session
    /// Of the underlying's next dividend, where known; options only.
    std::optional<base::Date> exDividendDate;
    double dividend = market::unknown; ///< cash a share
};

class BookCache;

/// Of a working order, another with the same legs that may fill in its place and never beside it: its replacement, or the
/// other of two that cancel each other.
struct Alternative {
    std::size_t of = 0; ///< index into GateState::workingOrders
    portfolio::OrderIntent intent;
};

/// The working order whose place the judged one takes. The broker cancels it first, and where it fills before that the new
/// one is not taken: one of them fills, never both.
struct ReplacedOrder {
    std::string id;
    portfolio::OrderIntent intent; ///< what is left of it
    int replacements = 0;          ///< that led to it: it has taken the place of as many orders
};

/// The account and market at one instant, as the trading thread sees them.
struct GateState {
    base::Instant now{};
    /// By a clock that goes on where the market's, `now`, stands still or is set ahead: the ages of approvals are measured on
    /// it. Empty: `now` will do.
    std::optional<base::Instant> spanNow;
    double netLiquidation = market::unknown;
    double netLiquidationAtSessionStart = market::unknown; ///< with net deposits of the day added
    double buyingPower = market::unknown;
    std::vector<portfolio::Position> positions;
    /// Remaining quantities of orders that may still fill, Unknown included; see sizedNow() for those of a value.
    std::vector<portfolio::OrderIntent> workingOrders;
    std::vector<Alternative> alternatives; ///< to those, each counted as whichever of both is worse
    std::optional<ReplacedOrder> replaced; ///< then not among those
    TradingState tradingState = TradingState::Active;
    /// Why nothing at all may be sent (not armed for live orders); empty when orders may go.
    base::Sentence sendRefusal;
    /// Quotes arrive: one that is old has not changed. Otherwise an old one says nothing of the market now.
    bool isFeedAlive = true;
    double clockAhead = market::unknown; ///< the broker's clock, in seconds; NaN: not known, and no reason to refuse
    /// Underlyings where our books and the broker's differ: no new risk there until somebody has looked.
    std::vector<std::string> frozenUnderlyings;
    /// Underlyings in which an order has filled some of its legs further than others: likewise.
    std::vector<std::string> unevenUnderlyings;
    /// Open trades of strategies by their group's name, those included that an order on its way enters.
    std::vector<std::string> strategyGroups;
    int ordersToday = 0;                                    ///< that left on this New York date
    std::map<std::string, double, std::less<>> tradedToday; ///< cash without sign, by underlying, on this date
    double valueAtRisk = market::unknown; ///< of the book, one day at 95 %, cash, positive; NaN: not judged
    /// Of underlyings' own returns, per year, where somebody has measured it.
    std::map<std::string, double, std::less<>> volatilities;
    /// Empty when the symbol is not known. Must answer for every leg and every position.
    std::function<std::optional<InstrumentState>(const std::string& symbol)> instrument;
    /// Of what `instrument` answers for one underlying and its options: another number whenever any of it changes. Only with
    /// it is `cache` looked at.
    std::function<std::uint64_t(std::string_view underlying)> marketVersion;
    BookCache* cache = nullptr; ///< kept from one judgement to the next by whoever makes these; null: none

    base::Instant approvalTime() const { return spanNow.value_or(now); }
};

/// One reason against an order: a stable code, the figures, and a sentence for the user.
///
/// Shape     leg_count, leg_symbol, leg_types, quantity, value, short_fraction, unknown_instrument, unsupported_instrument,
///           underlying, expired, market_closed, price, price_effect, price_tick, stop_trigger, order_type, gtc_date,
///           open_against_position, close_quantity, replacement, complex
/// Price     price_band, price_effect, price_crossing, price_worth, quote
/// Size      leg_size, quoted_size, order_notional, day_notional
/// Rate      duplicate, orders_per_day, working_total, replacements
/// Account   buying_power, buying_power_used, stressed_margin
/// Book      daily_loss, position_limit, leverage, trade_loss, account_stress, value_at_risk, strategy_positions, leg_state
/// State     not_armed, halted, reducing_only, unreconciled, uneven_legs, working_orders, feed_down, clock
/// Anything  unknown_value: a number that the judgement needs is not known
struct Refusal {
    std::string code;
    base::Sentence sentence;
    double value = market::unknown; ///< what it would be
    double limit = market::unknown;
};

/// The book with one leg of an order filled and the others not.
struct LegState {
    std::string symbol;
    double position = 0; ///< fractions of net liquidation, as in GateFigures
    double leverage = 0;
};

/// What the gate measured on the way, for the ticket's one line and the gauges.
struct GateFigures {
    /// Fractions of net liquidation, the order's underlying; infinite where entering costs more than all of that.
    double positionBefore = 0, positionAfter = 0;
    double leverageBefore = 0, leverageAfter = 0;
    double dailyLoss = 0;        ///< fraction, positive is a loss
    double worstStressAfter = 0; ///< cash, negative is a loss, the order's underlying at ±15 %, vol +50 %
    double marginAfter = 0;      ///< cash, the order's underlying
    /// Of the order alone at its one expiry, cash, positive; infinite when not limited.
    double maxLoss = market::unknown;
    double maxProfit = market::unknown; ///< likewise what it can gain; infinite when not limited
    /// Cash, positive: what counts as the trade's loss against the limit of one; 0 of shares, and where nothing is opened.
    double tradeLoss = 0;
    /// Cash, negative is a loss: every underlying 15 % lower, volatilities half as high again.
    double accountStressBefore = 0, accountStressAfter = 0;
    double valueAtRiskAfter = market::unknown; ///< cash; NaN where the book's is not known
    double buyingPowerUsedAfter = 0;           ///< fraction of net liquidation
    double freeAfterStress = 0;           ///< cash: buying power left in the order's underlying's worst stress cell
    double assignmentExposure = 0;        ///< cash: strikes of what is short in the underlying and may be assigned soon
    std::vector<LegState> legStates;      ///< of each leg alone, in the order's order; none for one leg
    bool isReducing = false;              ///< cannot add risk in any fill state
    std::vector<base::Sentence> warnings; ///< no reason to refuse, but a person must see them before confirming
};

struct GateRefusals {
    std::vector<Refusal> reasons; ///< at least one
    GateFigures figures;
    std::string sentence() const; ///< the first reason's in English, with "and N more"
};

} // namespace vegadesk::risk

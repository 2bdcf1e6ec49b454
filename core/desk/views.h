#pragma once

#include "base/time.h"
#include "execution/order.h"
#include "market/option_chain.h"
#include "portfolio/complex_intent.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Immutable pictures of the running session, made on other threads and drawn by the window. A number that is not
/// known is NaN and is shown as not known. Money is in dollars, signed; fractions are of 1, not percent.
namespace vegadesk::desk
{

inline constexpr double unknown = market::unknown;

enum class Environment : std::uint8_t { Venue, Certification, Hybrid, Live };
std::string_view toText(Environment environment); ///< "venue", "certification", "hybrid", "live"

enum class Light : std::uint8_t { Down, Connecting, Silent /**< connected, nothing arrives */, Live };

/// The status line and the toolbar's connection light.
struct StatusView {
    Environment environment = Environment::Venue;
    bool isReplay = false;   ///< the venue replays recorded quotes
    bool isSimulated = true; ///< prices are generated, not anybody's market
    Light feed = Light::Down;
    Light orders = Light::Down;
    std::string source;         ///< "simulated exchange", "replay of goog_minute_20151224", …
    std::string why;            ///< why a light is not Live; empty when both are
    base::Instant marketTime{}; ///< the source's clock (the venue's may run faster)
    bool isMarketOpen = false;
    bool isMarketPaused = false; ///< the venue's clock was stopped
    base::Instant opensAt{};     ///< when the next session begins
    double secondsSinceQuote = unknown;
    double eventsPerSecond = 0;
    std::uint64_t events = 0;
    std::uint64_t quarantined = 0; ///< messages that could not be read
    std::size_t symbols = 0;       ///< subscribed
    std::size_t recorded = 0;      ///< pictures of the chain that were written to DeskOptions::recordFolder
    int reconnects = 0;
    base::Instant lastReconciliation{};
    std::size_t differences = 0;               ///< broker against our books, open
    double clockAhead = unknown;               ///< seconds by which the broker's clock is ahead of this computer's
    std::optional<int> ordersLeftThisMinute;   ///< that may go at once; empty: there is no session yet
    int ordersPerMinute = 0;                   ///< how many there may be
    double startToFirstChainSeconds = unknown; ///< from process start to the first streaming chain
};

/// By more than so many seconds the clocks may not differ without being said. Source: domain reference, E3.
inline constexpr double clockApartSeconds = 2;

/// One way to the broker: a socket, or its requests.
struct ConnectionRow {
    enum class Kind : std::uint8_t { Quotes, Account, Requests };
    Kind kind = Kind::Quotes;
    std::string place; ///< "127.0.0.1", "api.cert.tastyworks.com"
    Light light = Light::Down;
    std::string why;                 ///< why it is not Live
    double silentSeconds = unknown;  ///< since something came
    double latencySeconds = unknown; ///< of the last question that was answered
    std::uint64_t messages = 0;      ///< since the start
    double messagesPerSecond = unknown;
    std::uint64_t reconnects = 0;
    std::uint64_t gaps = 0; ///< instruments that stayed silent while others streamed
};
/// A message that could not be read.
struct QuarantinedMessage {
    std::string source, reason, text;
};
struct ConnectionsView {
    std::vector<ConnectionRow> rows;
    std::vector<QuarantinedMessage> quarantined; ///< newest first, the last ones
    std::uint64_t quarantinedCount = 0;
    base::Instant reconciledAt{};
    std::size_t differences = 0;
    double clockAhead = unknown; ///< as in StatusView
};

struct WatchRow {
    std::string symbol, description;
    double bid = unknown, ask = unknown, last = unknown;
    double change = unknown;         ///< dollars since the previous close
    double changeFraction = unknown; ///< of the previous close
    bool isStale = true;
};
struct WatchView {
    std::uint64_t version = 0;
    std::vector<WatchRow> rows;
};

/// How far back the price chart goes; its bars are as long as fits that.
enum class ChartSpan : std::uint8_t { Day, Week, Month, Quarter, HalfYear, Year, ThreeYears };
inline constexpr std::size_t chartSpanCount = 7;
struct ChartBar {
    market::Candle candle;
    double realisedVolatility = unknown; ///< of the last 20 bars' closes, per year
};
struct ChartView {
    std::uint64_t version = 0;
    std::string symbol;
    ChartSpan span = ChartSpan::Year;
    std::vector<ChartBar> bars; ///< ascending; the last one grows
    bool isLoading = false;
    std::string why; ///< why there are no bars
};

/// One side of one strike.
struct ChainCell {
    std::string symbol; ///< empty: not listed
    double bid = unknown, ask = unknown, mark = unknown, bidSize = unknown, askSize = unknown;
    double last = unknown, volume = unknown, openInterest = unknown;
    double iv = unknown; ///< from this side's own quote
    double delta = unknown, gamma = unknown;
    double theta = unknown; ///< dollars over the next calendar day, see VarianceClock
    double vega = unknown;  ///< dollars per vol point
    market::QuoteFlags flags;
    base::Instant time{};
    market::FeedGreeks broker;   ///< as the feed sent them: theta per day, vega and rho per point
    double theo = unknown;       ///< by ChainView::model
    double theoBound = unknown;  ///< of a price by networks: what is promised of its error, dollars
    double theoGap = unknown;    ///< of one: less finite differences at the inputs of the last fit, dollars
    bool isTheoSolved = false;   ///< outside what the networks were trained in: by finite differences
    bool isTheoDisputed = false; ///< that difference is beyond the bound
    double inTheMoney = unknown; ///< probability to end there, by the fitted surface
    double touch = unknown; ///< probability that the underlying trades there before expiry, by the fitted volatility
    bool isTheoOutside = false;       ///< and more than half a cent outside a tradable bid and ask
    bool isSmileInterpolated = false; ///< Greeks from neighbours' volatility: this strike's quotes cannot give one
    std::int64_t position = 0;        ///< contracts held, signed
};
struct ChainRow {
    double strike = 0;
    ChainCell call, put;
};
struct ExpirationTab {
    base::Date date{};
    std::string root;
    int daysLeft = 0;
    market::ExpirationType type = market::ExpirationType::Regular;
    market::Settlement settlement = market::Settlement::PM;
    bool isOver = false;           ///< it trades no more
    double expectedMove = unknown; ///< one standard deviation to its expiry, dollars, from the fitted surface
};
/// How far prices by networks can be relied on, over the expiration's options.
struct NetworkFigures {
    double largestBound = unknown; ///< dollars, as those below
    double largestGap = unknown;   ///< to finite differences at the inputs of the last fit, by size
    int options = 0;               ///< that have a price
    int solved = 0;                ///< of these: outside what the networks were trained in, by finite differences
    int disputed = 0;              ///< of these: differences beyond the bound
};
/// The chain panel: one expiration of one underlying, all strikes ascending.
struct ChainView {
    std::uint64_t version = 0; ///< grows with every change
    std::uint64_t layout = 0;  ///< changes when rows or tabs change, not with prices
    base::Instant at{};        ///< by the market's clock
    std::string underlying, description;
    double spot = unknown, change = unknown, changeFraction = unknown;
    double forward = unknown, years = unknown;
    base::Instant
        oldSince{}; ///< no quote is new enough: volatilities, Greeks and prices are of then; zero: they are of now
    bool isTradingTime = false;     ///< volatilities, vegas and thetas are in trading time
    double varianceYears = unknown; ///< to expiry, in the time that volatilities are quoted in
    double expectedMove = unknown;  ///< one standard deviation to expiry, dollars, from the at-the-money volatility
    double atmVolatility = unknown;
    std::string model;       ///< what Greeks and theoretical prices are by: "black_scholes", "heston", …
    std::string modelNote;   ///< why they are not by the model that was chosen; empty when they are
    int theosOutside = 0;    ///< prices on which model and market disagree
    base::Instant modelAt{}; ///< of prices by QuantLib: of which moment they are
    int modelStrikes = 0;    ///< of these: strikes that have one, of modelStrikesAsked
    int modelStrikesAsked = 0;
    double modelGap = unknown;              ///< of these: the largest difference to ours by the same inputs, dollars
    std::optional<NetworkFigures> networks; ///< of prices by networks
    int multiplier = 100;
    std::vector<ExpirationTab> tabs;
    std::size_t selected = 0; ///< index into tabs
    std::vector<ChainRow> rows;
    std::string why; ///< why there are no rows: "loading", "no options are listed on XYZ"
};

struct GreekSums {
    double delta = unknown;       ///< shares
    double dollarDelta = unknown; ///< dollars per 100 % move
    double gamma = unknown;       ///< shares per dollar
    double theta = unknown;       ///< dollars over the next calendar day, in the chosen time as the chain's
    double vega = unknown;        ///< dollars per vol point
    int unknownCount = 0;         ///< positions left out because a figure is not known
};
/// What one contract of an option, long, adds.
struct ContractGreeks {
    std::string symbol;
    GreekSums model;            ///< by GreeksView::model; unknown where that has none
    GreekSums broker;           ///< as the feed sent them
    double brokerAge = unknown; ///< seconds since it did
};
/// Greeks of what is held, worked and staged, by who says them. Those by each strike's own volatility are the positions'.
struct GreeksView {
    std::uint64_t version = 0;
    base::Instant oldSince{};              ///< as ChainView's, of the shown chain
    std::string model;                     ///< the chain's: "black_scholes", "broker", "heston", …
    bool isTradingTime = false;            ///< thetas are in trading time, the positions' too
    std::vector<ContractGreeks> contracts; ///< ascending by symbol

    const ContractGreeks* of(const std::string& symbol) const;
    /// The model has figures of every contract.
    bool isWhole() const;
};
/// What one fill opened of a position, as much of it as is held.
struct LotRow {
    base::Instant openedAt{}; ///< zero: not known, it is the broker's word
    std::string group;        ///< the trade that it is of; empty: opened by hand
    base::Quantity quantity;  ///< negative is short
    double price = unknown;   ///< per share
    double openProfit = unknown, dayProfit = unknown;
};
struct PositionRow {
    portfolio::Position position;
    std::optional<market::OptionTerms> option;
    double bid = unknown, ask = unknown, mark = unknown, iv = unknown;
    double openProfit = unknown, dayProfit = unknown;
    GreekSums greeks;
    bool isStale = false;
    std::vector<LotRow>
        lots{}; ///< first in, first out; their open profits may differ from the position's, which is by the
                ///< average price, by what the realised ones differ
    double realized = 0, realizedToday = 0; ///< of what closed of it, since entry, without fees and with dividends
};
struct PositionGroup {
    std::string title; ///< underlying, or strategy and underlying
    std::string underlying;
    std::vector<PositionRow> rows;
    double openProfit = unknown, dayProfit = unknown;
    double riskFraction = unknown; ///< of net liquidation, by the position limit's definition
    GreekSums greeks;
    double realized = 0, realizedToday = 0; ///< as a row's, and of what was closed today and is no row
};

/// One bar of the risk panel.
struct Gauge {
    std::string id; ///< "daily_loss", "leverage", "largest_position", "buying_power"
    double value = unknown, limit = unknown;
    bool isMultiple = false; ///< shown as 0.9x; otherwise as a percentage
    std::string detail; ///< "NVDA", for the largest position; for the daily loss since when it is counted, if not from
                        ///< the day's beginning
};
enum class DeskState : std::uint8_t { Active, Reducing, Halted };

/// Something that the broker's books and ours say differently.
struct DifferenceRow {
    std::string id; ///< for Desk::acknowledge()
    std::string sentence;

    friend bool operator==(const DifferenceRow&, const DifferenceRow&) = default;
};

/// What the broker says of an order that was not sent, beside what we say.
struct DryRunView {
    std::uint64_t request = 0;
    bool isDone = false;
    std::string failure; ///< not reached or not understood
    std::optional<portfolio::DryRunResult> result;
    double ourFees = unknown, ourBuyingPower = unknown; ///< dollars, costs are positive
    /// The broker's less ours.
    double feesDifference = unknown, buyingPowerDifference = unknown;
    double seconds = unknown;
};
struct CheckedOrder {
    portfolio::OrderIntent intent;
    DryRunView check;
};

/// Orders, positions, account and risk: one writer, the trading thread. Which orders may get other terms, and what became
/// of those that did, the orders say: execution::isReplaceable(), Order::replaces, Order::replacedBy.
struct TradingView {
    std::uint64_t version = 0;
    std::optional<int> ordersLeft; ///< as StatusView's
    int ordersPerMinute = 0;
    bool isCancellingAll = false;                     ///< until the broker shows nothing working
    std::vector<portfolio::OrderIntent> beingChecked; ///< by the broker, before they are sent
    std::optional<CheckedOrder> lastChecked;          ///< the last one that he would take
    std::string account;
    double netLiquidation = unknown, dayProfit = unknown, dayProfitFraction = unknown, buyingPower = unknown;
    double openProfit = unknown;
    base::Instant dayFrom{}; ///< the day's profit is counted from then; zero: from the previous close
    int unknownMarks = 0;
    bool isStale = true; ///< the account connection is down: figures are the last known ones
    DeskState state = DeskState::Active;
    std::string stateReason;
    bool needsArming = false;             ///< orders are with real money
    bool isArmed = false;                 ///< and may leave
    std::string disarmedReason;           ///< why they may not
    std::vector<execution::Order> orders; ///< newest first
    std::vector<PositionGroup> groups;
    GreekSums greeks;
    std::vector<Gauge> gauges;
    int strategyPositions = 0; ///< that strategies have open or on their way
    std::vector<DifferenceRow> differences;
    base::Instant reconciledAt{}; ///< when the broker was last asked for everything; zero: not yet
};

/// Another world to draw the ticket in: what if the underlying, its volatilities and the day were these?
struct WhatIf {
    double spotChange = 0;       ///< fraction of the spot now
    double volatilityChange = 0; ///< added to every leg's, of 1.00; none falls below zero
    int days = 0;                ///< calendar days from now, the first expiry at most

    bool isNow() const { return spotChange == 0 && volatilityChange == 0 && days == 0; }
    friend bool operator==(const WhatIf&, const WhatIf&) = default;
};
/// The order in that world.
struct WhatIfPicture {
    WhatIf whatIf;
    double spot = unknown;
    double profit = unknown;     ///< dollars, at that spot
    GreekSums greeks;            ///< at that spot
    std::vector<double> profits; ///< over TicketView::spots
};

/// A leg of the staged order.
struct TicketLeg {
    portfolio::OrderLeg leg;
    std::optional<market::OptionTerms> option;
    double bid = unknown, ask = unknown, mid = unknown, iv = unknown;
    GreekSums greeks; ///< that its contracts add, whatever is held
    bool isTradable = false;
};
/// The order ticket's figures for the staged intent. An order that only opens has its payoff, Greeks, profit and loss shown
/// for itself. One that closes anything has them shown for all that is held of the underlying after it, against the average
/// open prices and with what the closing legs realise, fees left out.
struct TicketView {
    std::uint64_t request = 0; ///< of stageTicket() or stageReplacement()
    portfolio::OrderIntent intent;
    std::string replaces; ///< external id of the working order whose place it is to take; empty: it is one more
    std::optional<portfolio::ComplexIntent> complex; ///< that the intent is the first part of
    /// Of a complex one: dollars that its limit and its stop would make of what is opened or held, fees left out; NaN without.
    double targetProfit = unknown, stopProfit = unknown;
    std::vector<TicketLeg> legs;
    portfolio::OrderEffect effect = portfolio::OrderEffect::Opens;
    double realised = unknown;        ///< dollars, less the closing legs' fees; NaN for an order that only opens
    bool isFlatAfter = false;         ///< nothing of the underlying is left: the figures are of nothing
    double maxLossWithHeld = unknown; ///< of an order that opens and what is held together; NaN when nothing is held
    double natural = unknown, mid = unknown; ///< net per unit, positive is paid
    double tick = 0.01;
    market::TickTable ticks; ///< of an order of one leg, by price
    // Payoff in dollars over the spot axis, price paid included; before: at expiry, of what is held before an order that closes.
    std::vector<double> spots, atExpiry, today, before;
    double spot = unknown;
    // Where the spot is at the first expiry, by the legs' mean volatility: one and two standard deviations either way.
    double oneSigmaLow = unknown, oneSigmaHigh = unknown, twoSigmaLow = unknown, twoSigmaHigh = unknown;
    int daysToExpiry = 0;                          ///< calendar days to the first expiry, begun ones counted
    std::optional<WhatIfPicture> whatIf;           ///< when asked for, and the payoff is known
    double maxProfit = unknown, maxLoss = unknown; ///< infinite when not limited; loss is positive
    double probabilityOfProfit = unknown;
    std::vector<double> breakEvens;
    double fees = unknown, buyingPowerEffect = unknown; ///< ours; costs are positive
    GreekSums greeks;
    bool isAllowed = false;
    std::vector<std::string> verdict;  ///< one line when allowed, else every reason
    std::vector<std::string> warnings; ///< what a person must see before confirming, refused or not
};

enum class NoticeLevel : std::uint8_t { Info, Warning, Error };
/// What a notice is the latest word on: it takes the place of an earlier one, which is no longer true.
enum class NoticeTopic : std::uint8_t { None, Venue, Quotes, Trading, Arming, Clock, Watchdog };
/// What happened, what it means for money, and what to do.
struct Notice {
    NoticeLevel level = NoticeLevel::Info;
    base::Instant at{};
    std::string text;
    NoticeTopic topic = NoticeTopic::None;
};

struct JournalLine {
    base::Instant at{};
    std::string kind, key, text;
};

} // namespace vegadesk::desk

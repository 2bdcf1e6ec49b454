#pragma once

#include "base/clock.h"
#include "base/sentence.h"
#include "market/quote.h"
#include "portfolio/complex_intent.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"
#include "risk/limits.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
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
};

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
};

/// The account and market at one instant, as the trading thread sees them.
struct GateState {
    base::Instant now{};
    double netLiquidation = market::unknown;
    double netLiquidationAtSessionStart = market::unknown; ///< with net deposits of the day added
    double buyingPower = market::unknown;
    std::vector<portfolio::Position> positions;
    std::vector<portfolio::OrderIntent>
        workingOrders;                     ///< remaining quantities of orders that may still fill, Unknown included
    std::vector<Alternative> alternatives; ///< to those, each counted as whichever of both is worse
    std::optional<ReplacedOrder> replaced; ///< then not among those
    TradingState tradingState = TradingState::Active;
    /// Why nothing at all may be sent (not armed for live orders); empty when orders may go.
    base::Sentence sendRefusal;
    /// Quotes arrive: one that is old has not changed. Otherwise an old one says nothing of the market now.
    bool isFeedAlive = true;
    /// Underlyings where our books and the broker's differ: no new risk there until somebody has looked.
    std::vector<std::string> frozenUnderlyings;
    /// Empty when the symbol is not known. Must answer for every leg and every position.
    std::function<std::optional<InstrumentState>(const std::string& symbol)> instrument;
};

/// One reason against an order: a stable code, the figures, and a sentence for the user.
///
/// Shape     leg_count, leg_symbol, leg_types, quantity, unknown_instrument, unsupported_instrument, underlying, expired,
///           market_closed, price, price_effect, price_tick, stop_trigger, order_type, gtc_date, open_against_position,
///           close_quantity, replacement, complex
/// Price     price_band, price_effect, quote, duplicate
/// State     not_armed, halted, reducing_only, unreconciled, working_orders, feed_down
/// Limits    daily_loss, position_limit, leverage, buying_power
/// Anything  unknown_value: a number that the judgement needs is not known
struct Refusal {
    std::string code;
    base::Sentence sentence;
    double value = market::unknown; ///< what it would be
    double limit = market::unknown;
};

/// What the gate measured on the way, for the ticket's one line and the gauges.
struct GateFigures {
    /// Fractions of net liquidation, the order's underlying; infinite where entering costs more than all of that.
    double positionBefore = 0, positionAfter = 0;
    double leverageBefore = 0, leverageAfter = 0;
    double dailyLoss = 0;        ///< fraction, positive is a loss
    double worstStressAfter = 0; ///< cash, negative is a loss, the order's underlying at ±15 %, vol +50 %
    double marginAfter = 0;      ///< cash, the order's underlying
    double maxLoss =
        market::unknown;     ///< of the order alone at its one expiry, cash, positive; infinite when not limited
    bool isReducing = false; ///< cannot add risk in any fill state
    std::vector<base::Sentence> warnings; ///< no reason to refuse, but a person must see them before confirming
};

/// An order the gate let through. Only Gate::approve() makes one, and it is good for one submission: it moves, it does
/// not copy.
class ApprovedOrder
{
public:
    ApprovedOrder(ApprovedOrder&&) noexcept = default;
    ApprovedOrder& operator=(ApprovedOrder&&) noexcept = default;
    ApprovedOrder(const ApprovedOrder&) = delete;
    ApprovedOrder& operator=(const ApprovedOrder&) = delete;

    const portfolio::OrderIntent& intent() const { return m_intent; }
    const GateFigures& figures() const { return m_figures; }
    base::Instant approvedAt() const { return m_at; }
    /// The order whose place alone it may take (GateState::replaced); empty: it is one more.
    const std::string& replaces() const { return m_replaces; }

private:
    friend class Gate;
    ApprovedOrder(portfolio::OrderIntent intent, const GateFigures& figures, base::Instant at, std::string replaces)
        : m_intent(std::move(intent)), m_figures(figures), m_at(at), m_replaces(std::move(replaces))
    {
    }
    portfolio::OrderIntent m_intent;
    GateFigures m_figures;
    base::Instant m_at;
    std::string m_replaces;
};

/// The same for orders that depend on each other.
class ApprovedComplex
{
public:
    ApprovedComplex(ApprovedComplex&&) noexcept = default;
    ApprovedComplex& operator=(ApprovedComplex&&) noexcept = default;
    ApprovedComplex(const ApprovedComplex&) = delete;
    ApprovedComplex& operator=(const ApprovedComplex&) = delete;

    const portfolio::ComplexIntent& intent() const { return m_intent; }
    const GateFigures& figures() const { return m_figures; }
    base::Instant approvedAt() const { return m_at; }

private:
    friend class Gate;
    ApprovedComplex(portfolio::ComplexIntent intent, const GateFigures& figures, base::Instant at)
        : m_intent(std::move(intent)), m_figures(figures), m_at(at)
    {
    }
    portfolio::ComplexIntent m_intent;
    GateFigures m_figures;
    base::Instant m_at;
};

struct GateRefusals {
    std::vector<Refusal> reasons; ///< at least one
    GateFigures figures;
    std::string sentence() const; ///< the first reason's in English, with "and N more"
};

/// The single choke point. Not thread-safe: it lives on the trading thread.
///
/// Limits      by the definitions in limits.h and exposure.h, over positions, working orders (each filled or not, whichever
///             is worse) and the whole order. A limit refuses what goes beyond it, unless the order lowers that figure.
/// Fill states the broker fills a spread's legs together or not at all, so a single leg's fill is no state to judge: it would
///             refuse every wide spread for a naked leg that cannot come about. A part of a spread lies between nothing and
///             all of it, and so do the figures.
/// Reducing    an order that only closes, within the position net of working closes, and leaves its underlying's position
///             figure no higher and leverage no higher or within its limit (or a hedged book could not be unwound leg by
///             leg). One that takes the cover from short calls is not: what they can lose has no limit then. Where numbers
///             are missing: one that leaves nothing, sells from longs only, or buys back options only.
///             No limit and no Reducing state refuses it; shape, price and duplicates do, and when Halted it must come from
///             a person (origin "ticket" or "close").
/// Price       at most 10 % of the natural price, half a percent of the legs' prices or five cents beyond natural, whichever
///             is most (shares: 1 % or five cents); of a market order, natural may be that far beyond mid.
/// Old quotes  refuse an order, but for a close by a person with a limit while the feed is alive: a feed sends a quote when it
///             changes, and that of an option nobody trades stands for minutes. It passes with a warning.
/// Duplicate   the same legs, type and price within five seconds of an approval, in our time.
/// Replacing   an order that takes another's place has its legs, and other terms. The claim of the replaced one is released,
///             and it counts as working before: one of both fills, so what may come of them is the worse of the two and
///             not their sum, and of that the replaced one's part was approved. No duplicate stops it.
/// Complex     the trigger is judged as the opening order that it is, and the orders behind it as closes of exactly what it
///             opens, by the book that has it. Of two that cancel each other each must fit the position alone.
class Gate
{
public:
    static constexpr base::Nanos duplicateWindow = std::chrono::seconds(5); ///< of our time

    /// Limits that checked() refuses are replaced by the lowest profile's, and the log says so. `clockSpeed`: how much
    /// faster than ours the clock of GateState::now runs, 1 or more.
    explicit Gate(const Limits& limits, double clockSpeed = 1);

    const Limits& limits() const { return m_limits; }
    /// Limits above the hard caps are refused.
    base::Result<void> setLimits(const Limits& limits);

    /// Approves and remembers the order for the duplicate check, or says everything that speaks against it.
    tl::expected<ApprovedOrder, GateRefusals> approve(const portfolio::OrderIntent& intent, const GateState& state);
    tl::expected<ApprovedComplex, GateRefusals> approve(const portfolio::ComplexIntent& intent, const GateState& state);
    /// An approved order was not sent after all: the same one may come again at once.
    void forget(const portfolio::OrderIntent& intent);
    void forget(const portfolio::ComplexIntent& intent);
    /// The same judgement without approving or remembering: for the ticket while it is being edited.
    tl::expected<GateFigures, GateRefusals> preview(const portfolio::OrderIntent& intent, const GateState& state) const;
    tl::expected<GateFigures, GateRefusals> preview(const portfolio::ComplexIntent& intent,
                                                    const GateState& state) const;

private:
    struct Recent {
        portfolio::OrderIntent intent;
        base::Instant at{};
    };
    GateRefusals judge(const portfolio::OrderIntent& intent, const GateState& state) const;
    GateRefusals judge(const portfolio::ComplexIntent& intent, const GateState& state) const; ///< complex_gate.cpp
    void forgetOld(base::Instant now);

    /// Our time since `recent`.
    base::Nanos ageOf(const Recent& recent, base::Instant now) const;

    Limits m_limits;
    double m_clockSpeed;
    std::vector<Recent> m_recent; ///< for duplicates; pruned by age
};

} // namespace vegadesk::risk

#pragma once

#include "portfolio/complex_intent.h"
#include "risk/gate/gate_state.h"
#include "risk/limits.h"

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace vegadesk::risk
{

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

/// The single choke point. Not thread-safe: it lives on the trading thread.
///
/// Limits      by the definitions in limits.h and exposure.h, over positions, working orders (each filled or not, whichever
///             is worse) and the whole order. A limit refuses what goes beyond it, unless the order lowers that figure.
/// Trade loss  of options that are bounded by their own legs, what they can lose at expiry; of others by how much more the
///             underlying would lose under stress, so that what hedges is no trade of its own. Shares have no loss that a trade
///             ends with: position, leverage, stress and value at risk bound them.
/// Account     stress is the sum over the underlyings, all of them lower at once. Value at risk is the book's and the order's
///             own on top, as if nothing offset it, unless it takes away both delta and stress.
/// Fill states after the whole order, and after each leg of it alone: which leg would make the largest position is among the
///             figures, and a warning where that breaks a limit. A reason to refuse it is only with
///             Limits::refusesLegStates: brokers fill a spread's legs together or not at all, and every wide spread is a
///             naked leg when taken apart. A part of a spread lies between nothing and all of it, and so do the figures.
///             Source: domain reference, D6, L5.
/// Reducing    an order that only closes, within the position net of working closes, and leaves its underlying's position
///             figure no higher and leverage no higher or within its limit (or a hedged book could not be unwound leg by
///             leg). One that takes the cover from short calls is not: what they can lose has no limit then. Where numbers
///             are missing: one that leaves nothing, sells from longs only, or buys back options only.
///             No limit and no Reducing state refuses it; shape, price and duplicates do, and when Halted it must come from
///             a person (origin "ticket" or "close").
/// Price       at most 10 % of the natural price, half a percent of the legs' prices or five cents beyond natural, whichever
///             is most (shares: 1 % or five cents); of a market order, natural may be that far beyond mid. What opens options
///             must be able to gain at expiry, and costs no more for a call than its underlying. Beyond natural by more than
///             the whole spread too (or by five cents, or 5 %): no program may open at that, and a person is warned.
/// Size, rate  see OrderCaps. Replaced orders and reductions are not counted against.
/// Old quotes  refuse an order, but for a close by a person with a limit while the feed is alive: a feed sends a quote when it
///             changes, and that of an option nobody trades stands for minutes. It passes with a warning.
/// Clock       where the broker's and ours differ by more than clockApartMost, nothing is opened in options that expire today
///             by either of them: what is left of their time is not known well enough.
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
    static constexpr base::Nanos clockApartMost = std::chrono::seconds(5);  ///< source: domain reference, E3

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

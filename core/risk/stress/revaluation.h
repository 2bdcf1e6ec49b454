#pragma once

#include "base/error.h"
#include "base/sentence.h"
#include "pricing/american/american_revaluation.h"
#include "risk/risk_book.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace vegadesk::risk
{

/// What happens to one underlying and its options' volatilities, as against the book's.
struct FactorMove {
    double spot = 0;       ///< relative: -0.15 is 15 % down; above -1
    double volatility = 1; ///< factor of every volatility
    /// What is taken from a volatility for each unit of ln(strike / the book's spot): 0.1 adds a volatility point to a strike
    /// 10 % below the spot and takes one from a strike 10 % above, so that a falling skew gets steeper.
    double skewTwist = 0;
};

/// No volatility is taken to be lower than this, whatever a factor or a twist makes of it.
inline constexpr double leastVolatility = 1e-3;

/// Changed worlds. Shapes: moves has, scenario after scenario, one for every underlying of the book, in its order.
struct ScenariosView {
    std::span<const double> days; ///< forward, ACT/365; one for each scenario; 0 or more
    std::span<const FactorMove> moves;

    std::size_t size() const { return days.size(); }
};

/// What a position is valued with: its expiration's own rate and yield where the book has them.
pricing::MarketPoint marketOf(const RiskPosition& position, const RiskUnderlying& underlying);

/// To an option's expiry when so many days have gone; 0 from then on.
double yearsLeft(const RiskPosition& position, double days);

/// A position that no measure can take in, and why.
struct UnknownPosition {
    std::size_t position = 0; ///< index into RiskBook::positions
    base::Sentence what;      ///< "the volatility of SPY 450 C"
};

/// Every position of the book that something needed for its value is not known of, or is out of range; the first such thing of
/// each.
std::vector<UnknownPosition> unknownPositions(const RiskBook& book);

/// Names the first of them, position and field.
base::Result<void> checkBook(const RiskBook& book);

/// Names the first scenario that is out of range: days below 0, a spot move of -100 % or less, a negative factor, or a shape
/// that is not the book's.
base::Result<void> checkScenarios(const ScenariosView& scenarios, const RiskBook& book);

/// Full revaluation of a book: what each position gains and loses, in cash, when the world changes at once.
///
/// Profit   value by the model in the changed world less value by the model now, so that a scenario in which nothing moves
///          gives exactly 0. European options: blackScholesPrice(). American ones: the house's American model, with exercise
///          boundaries shared by all that have underlying, expiry and side in common (pricing/american/american_revaluation.h):
///          within 1e-7 of the larger of spot and strike of americanPrice(), at a tenth of its cost or less. An option whose expiry
///          has passed by then is worth its intrinsic value at the moved spot. Shares move with the spot.
/// Unknown  a position of unknownPositions() has no profit: its rows are NaN, and totals() leaves it out, so show unknown()
///          beside every total.
/// Errors   a scenario that checkScenarios() refuses is NaN; the others are not touched by it.
/// Exact    a figure depends on its position and scenario alone, to the bit: of books that are put together the profits add up.
/// Threads  one at a time. No allocation per scenario; a volatility or date that nothing needed before may cost one.
class Revaluation
{
public:
    explicit Revaluation(RiskBook book);

    const RiskBook& book() const { return m_book; }
    const std::vector<UnknownPosition>& unknown() const { return m_unknown; }
    bool isKnown(std::size_t position) const { return m_legs[position].isKnown; }
    /// Of one share by the model, as the book stands; NaN where not known.
    double priceNow(std::size_t position) const { return m_legs[position].priceNow; }

    /// Of one position. Shapes: profits is as long as the scenarios.
    void profitsOf(std::size_t position, const ScenariosView& scenarios, std::span<double> profits);
    /// Of all, position after position: [position * scenarios.size() + scenario].
    void profits(const ScenariosView& scenarios, std::span<double> profits);
    /// The book's sum for each scenario, of the known positions.
    void totals(const ScenariosView& scenarios, std::span<double> totals);

private:
    static constexpr std::size_t blockSize = 256;
    using Column = std::array<double, blockSize>;

    struct Leg {
        bool isKnown = false;
        bool isOption = false;
        std::size_t table = none; ///< of m_tables; none: European, also in effect
        double logMoneyness = 0;
        double priceNow = market::unknown;
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    struct Table {
        std::size_t underlying;
        market::Right right;
        double years, rate, yield;
        pricing::AmericanRevaluation values;
    };

    std::size_t tableFor(const RiskPosition& position);
    void setStates(std::size_t position, const ScenariosView& scenarios, std::size_t first, std::size_t count);
    void priceStates(std::size_t position, std::size_t count);

    RiskBook m_book;
    std::vector<UnknownPosition> m_unknown;
    std::vector<Leg> m_legs;
    std::vector<Table> m_tables;
    // The block that is being valued, and what a batch wants as columns.
    Column m_spots{}, m_years{}, m_volatilities{}, m_prices{}, m_rates{}, m_yields{}, m_strikes{}, m_profits{};
    std::array<market::Right, blockSize> m_rights{};
};

} // namespace vegadesk::risk

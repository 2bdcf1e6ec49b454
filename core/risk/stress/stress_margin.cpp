#include "risk/stress/stress_margin.h"

#include "portfolio/margin.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::risk
{

namespace
{

constexpr double ladderStep = 0.01;
constexpr int ladderSteps = 50;
constexpr double resolution = 1e-5; // of a move

class FreeBuyingPower
{
public:
    explicit FreeBuyingPower(Revaluation& revaluation)
        : m_revaluation(revaluation), m_book(revaluation.book()), m_legs(m_book.underlyings.size())
    {
        for (const RiskPosition& position : m_book.positions) {
            std::vector<portfolio::MarginLeg>& legs = m_legs[position.underlying];
            m_places.push_back(legs.size());
            legs.push_back(legOf(position));
        }
    }

    std::vector<double> after(const ScenariosView& scenarios)
    {
        std::vector<double> profits(m_book.positions.size() * scenarios.size());
        m_revaluation.profits(scenarios, profits);
        std::vector<double> out(scenarios.size());
        for (std::size_t scenario = 0; scenario < out.size(); ++scenario)
            out[scenario] = freeIn(scenario, scenarios, profits);
        return out;
    }

private:
    static portfolio::MarginLeg legOf(const RiskPosition& position)
    {
        portfolio::MarginLeg leg{.isOption = position.option.has_value(), .multiplier = position.multiplier};
        if (position.option) {
            leg.right = position.option->right;
            leg.strike = position.option->strike.toDouble();
            leg.expiry = position.option->expiry;
            leg.settlement = position.settlement;
        }
        return leg;
    }

    double freeIn(std::size_t scenario, const ScenariosView& scenarios, std::span<const double> profits)
    {
        double free = m_book.netLiquidation;
        for (std::size_t i = 0; i < m_book.positions.size(); ++i) {
            const RiskPosition& position = m_book.positions[i];
            const double profit = profits[i * scenarios.size() + scenario];
            portfolio::MarginLeg& leg = m_legs[position.underlying][m_places[i]];
            free += profit;
            const bool hasEnded = position.option && yearsLeft(position, scenarios.days[scenario]) == 0;
            if (hasEnded || position.shares() == 0) {
                leg.quantity = 0;
                continue;
            }
            leg.quantity = base::Quantity::fromUnits(
                std::llround(position.quantity * static_cast<double>(base::Quantity::unitsPerOne)));
            const double now = std::isfinite(position.mark) ? position.mark : m_revaluation.priceNow(i);
            leg.mark = std::max(0.0, now + profit / position.shares());
            if (position.option)
                free -= leg.mark * position.shares();
        }
        for (std::size_t i = 0; i < m_legs.size(); ++i) {
            const RiskUnderlying& underlying = m_book.underlyings[i];
            const double spot = underlying.spot * (1 + scenarios.moves[scenario * m_legs.size() + i].spot);
            free -= portfolio::marginOf(m_legs[i], spot, underlying.isBroadIndex).held;
        }
        return free;
    }

    Revaluation& m_revaluation;
    const RiskBook& m_book;
    std::vector<std::vector<portfolio::MarginLeg>> m_legs; ///< by underlying
    std::vector<std::size_t> m_places;                     ///< of each position among its underlying's
};

/// Free buying power along a ladder of spot moves, today.
std::vector<double> along(std::span<const double> spotMoves, FreeBuyingPower& power, const RiskBook& book,
                          const StressOptions& options)
{
    const std::size_t width = book.underlyings.size();
    const std::vector<double> days(spotMoves.size());
    std::vector<FactorMove> moves(spotMoves.size() * width);
    for (std::size_t i = 0; i < spotMoves.size(); ++i)
        setMoves(book, spotMoves[i], 1, options, std::span(moves).subspan(i * width, width));
    return power.after({days, moves});
}

std::optional<double> callAt(double direction, FreeBuyingPower& power, const RiskBook& book,
                             const StressOptions& options)
{
    std::vector<double> ladder;
    for (int step = 0; step <= ladderSteps; ++step)
        ladder.push_back(direction * ladderStep * step);
    const std::vector<double> free = along(ladder, power, book, options);
    const auto called = std::ranges::find_if(free, [](double value) { return value < 0; });
    if (called == free.end())
        return {};
    if (called == free.begin())
        return 0.0;
    double far = ladder[static_cast<std::size_t>(called - free.begin())];
    double near = far - direction * ladderStep;
    while (std::abs(far - near) > resolution) {
        const double middle = 0.5 * (near + far);
        (along(std::span(&middle, 1), power, book, options).front() < 0 ? far : near) = middle;
    }
    return far;
}

} // namespace

base::Result<StressMargin> stressMarginOf(Revaluation& revaluation, const StressOptions& options)
{
    const RiskBook& book = revaluation.book();
    if (!std::isfinite(book.netLiquidation))
        return base::badInput("net liquidation", fmt::format("{}", book.netLiquidation), "a number");
    if (const auto checked = checkBook(book); !checked)
        return tl::make_unexpected(checked.error());
    const auto cells = StressCells::make(book, options);
    if (!cells)
        return tl::make_unexpected(cells.error());

    FreeBuyingPower power(revaluation);
    StressOptions still = options;
    still.skewTwist = 0;
    StressMargin margin;
    margin.free = power.after(cells->view());
    margin.freeNow = along(std::vector{0.0}, power, book, still).front();
    margin.callDown = callAt(-1, power, book, still);
    margin.callUp = callAt(+1, power, book, still);
    return margin;
}

} // namespace vegadesk::risk

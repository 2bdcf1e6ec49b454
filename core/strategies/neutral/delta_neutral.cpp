#include "strategies/neutral/delta_neutral.h"

#include "strategies/candidate_risk.h"
#include "strategies/hedging.h"
#include "strategies/implied_level.h"
#include "strategies/neutral/neutral_structures.h"
#include "strategies/orders.h"
#include "strategies/volatility/forecast.h"
#include "strategies/volatility/hedged_size.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

constexpr int nearTolerance = 12, farTolerance = 30; ///< days

std::vector<base::ParameterSpec> specs()
{
    using enum base::ParameterKind;
    std::vector<base::ParameterSpec> all{
        {.name = "target",
         .about = "What is held: time value that decays (theta), implied volatility (vega), or moves (gamma).",
         .kind = Choice,
         .choices = {"theta", "vega", "gamma"}},
        {.name = "residual",
         .about =
             "Delta that the strikes leave: enter only where it is within delta_tolerance, or hedge it with shares.",
         .kind = Choice,
         .choices = {"shares", "strikes"}},
        {.name = "delta_tolerance",
         .unit = "delta",
         .about = "Most net delta of a unit at entry, per share (with residual strikes).",
         .minimum = 0,
         .maximum = 0.5,
         .fallback = 0.05},
        {.name = "neutral",
         .about = "Hold the delta of this position at zero, or that of the whole book, beta-weighted.",
         .kind = Choice,
         .choices = {"underlying", "book"}},
    };
    append(all, edgeSpecs("Enter only with an edge, or always.", "expected", 0, -0.02));
    append(all, forecastSpecs());
    append(all, {
                    {.name = "days_to_expiry",
                     .unit = "days",
                     .about = "Calendar days to expiry of the nearest leg.",
                     .kind = Integer,
                     .minimum = 14,
                     .maximum = 180,
                     .fallback = 45},
                    {.name = "far_days",
                     .unit = "days",
                     .about = "Calendar days to expiry of what is bought for its vega.",
                     .kind = Integer,
                     .minimum = 30,
                     .maximum = 730,
                     .fallback = 120},
                    {.name = "exit_days",
                     .unit = "days",
                     .about = "Leave at so many calendar days to the nearest expiry.",
                     .kind = Integer,
                     .minimum = 0,
                     .maximum = 90,
                     .fallback = 21},
                    {.name = "wing_delta",
                     .unit = "delta",
                     .about = "Absolute delta of the wings of what is sold.",
                     .minimum = 0.01,
                     .maximum = 0.3,
                     .fallback = 0.08},
                });
    append(all, hedgedExitSpecs(1));
    append(all, {
                    {.name = "breach",
                     .unit = "times the limit",
                     .about = "Leave when vega, day loss or gamma exceed their limits by this factor.",
                     .minimum = 1,
                     .maximum = 10,
                     .fallback = 1.5},
                    {.name = "max_contracts",
                     .unit = "units",
                     .about = "Never more units than this.",
                     .kind = Integer,
                     .minimum = 1,
                     .maximum = 1000,
                     .fallback = 100},
                });
    append(all, hedgedSizeSpecs());
    append(all, hedgeSpecs());
    all.push_back(priceRoomSpec());
    return all;
}

double averageOfYear(std::span<const double> volatilities)
{
    double sum = 0, count = 0;
    for (const double each : volatilities.last(std::min(volatilities.size(), daysOfYear))) {
        if (std::isfinite(each)) {
            sum += each;
            count += 1;
        }
    }
    return count >= static_cast<double>(fewestDaysForRank) ? sum / count : market::unknown;
}

class DeltaNeutral final : public Strategy
{
public:
    explicit DeltaNeutral(base::Parameters parameters) : m_parameters(std::move(parameters)) {}

    std::string_view name() const override { return "delta_neutral"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    Candidates candidates(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState& state) const override;

private:
    GreekTarget target() const
    {
        const std::string& wanted = m_parameters.choice("target");
        return wanted == "theta" ? GreekTarget::Theta : wanted == "vega" ? GreekTarget::Vega : GreekTarget::Gamma;
    }
    bool needsEdge() const { return m_parameters.choice("entry") == "edge"; }
    double difference(const StrategyState& state, std::size_t near) const;
    double costOfHedging(const StrategyState& state, std::size_t expiration, double unitGamma) const;
    std::string reasonToLeave(const StrategyState& state, const HedgeBook& book) const;
    bool isBeyondLimits(const StrategyState& state) const;

    base::Parameters m_parameters;
};

/// Of expected and implied volatility, positive where it speaks for the target. NaN where one is not known.
double DeltaNeutral::difference(const StrategyState& state, std::size_t near) const
{
    if (target() == GreekTarget::Vega)
        return averageOfYear(state.dailyVolatilities) - constantMaturityVolatility(*state.analytics);
    const double sign = target() == GreekTarget::Theta ? -1 : 1;
    return sign * (forecastOf(state, m_parameters, near) - state.analytics->expirations[near].atmVolatility);
}

double DeltaNeutral::costOfHedging(const StrategyState& state, std::size_t expiration, double unitGamma) const
{
    if (target() == GreekTarget::Vega)
        return 0; // what it waits for is a level of implied volatility, whatever the moves
    return hedgeCostOf(state, m_parameters, expiration, unitGamma);
}

Candidates DeltaNeutral::candidates(const StrategyState& state) const
{
    const auto near = hedgedExpiration(state, static_cast<int>(m_parameters.integer("days_to_expiry")), nearTolerance,
                                       static_cast<int>(m_parameters.integer("exit_days")));
    if (!near)
        return tl::make_unexpected(near.error());
    const auto farDays = static_cast<int>(m_parameters.integer("far_days"));
    const auto far =
        target() == GreekTarget::Vega ? nearestExpiration(state, farDays, farTolerance) : std::optional(*near);
    if (!far)
        return noEntry(fmt::format("no expiry is {} days away, give or take {}", farDays, farTolerance));
    if (m_parameters.choice("earnings") == "avoid" && reportsBy(state, state.chain->expirations[*near].date))
        return noEntry("the company reports before the expiry");
    const double expected = difference(state, *near);
    if (needsEdge() && std::isnan(expected))
        return noEntry("too little history is known to expect a volatility; entry=always needs none");

    struct Offer {
        Candidate candidate;
        double score = 0;
    };
    std::vector<Offer> offers;
    std::string against = "no structure is quoted on both sides";
    for (NeutralStructure& structure : neutralStructures(state, target(), *near, *far, m_parameters["wing_delta"])) {
        const LegFigures figures = figuresOf(state, structure.legs);
        const double wanted = target() == GreekTarget::Theta  ? figures.theta
                              : target() == GreekTarget::Vega ? figures.vega
                                                              : figures.gamma;
        const double unitDelta = figures.delta / figures.multiplier;
        if (!(wanted > 0)) {
            against = fmt::format("no structure has {}", m_parameters.choice("target"));
            continue;
        }
        if (m_parameters.choice("residual") == "strikes" && !(std::abs(unitDelta) <= m_parameters["delta_tolerance"])) {
            against = "the strikes leave more delta than delta_tolerance";
            continue;
        }
        const double cost =
            figures.spread / std::abs(figures.vega) + costOfHedging(state, *near, figures.gamma / figures.multiplier);
        if (needsEdge() && !(expected - cost > m_parameters["edge"])) {
            against = "no edge is left after costs";
            continue;
        }
        const auto most = hedgedMost(state, m_parameters, figures);
        auto candidate = candidateOf(state, structure.legs, m_parameters["price_room"]);
        if (!most || !candidate) {
            against = most ? "a leg has no price it could be traded at" : most.error().reason;
            continue;
        }
        candidate->each.margin += figures.hedgeMargin;
        candidate->unit = candidate->singular = structure.unit;
        candidate->plural = structure.units;
        candidate->title = fmt::format("{}, {} days, for {}: {:.2f} a day, {:.2f} a point, {:+.3f} delta",
                                       structure.title, daysToExpiry(state, *near), m_parameters.choice("target"),
                                       figures.theta / 365, figures.vega / 100, unitDelta);
        candidate->most = std::min(*most, m_parameters.integer("max_contracts"));
        if (const double score = wanted / candidate->each.stressLoss; std::isfinite(score))
            offers.push_back({*std::move(candidate), score});
    }
    if (offers.empty())
        return noEntry(against);
    std::ranges::stable_sort(offers, std::greater{}, &Offer::score);
    std::vector<Candidate> all;
    for (Offer& each : offers)
        all.push_back(std::move(each.candidate));
    return all;
}

bool DeltaNeutral::isBeyondLimits(const StrategyState& state) const
{
    std::vector<portfolio::OrderLeg> legs;
    for (const portfolio::Position& position : state.positions) {
        if (position.type == market::InstrumentType::EquityOption && position.quantity != 0)
            legs.push_back({position.symbol, position.type,
                            position.quantity > 0 ? portfolio::Action::BuyToOpen : portfolio::Action::SellToOpen,
                            position.quantity.abs()});
    }
    StrategyState wider = state;
    wider.netLiquidation *= m_parameters["breach"];
    const LegFigures figures = figuresOf(state, legs);
    return std::isfinite(figures.dayLoss) && !hedgedMost(wider, m_parameters, figures);
}

std::string DeltaNeutral::reasonToLeave(const StrategyState& state, const HedgeBook& book) const
{
    const int days = daysToExpiry(state, book.expiration);
    if (days <= m_parameters.integer("exit_days"))
        return fmt::format("{} days to expiry", days);
    if (std::string reason = reasonByPremium(state, m_parameters["profit_target"], m_parameters["loss_limit"]);
        !reason.empty())
        return reason;
    if (m_parameters.choice("earnings") == "avoid" && reportsBeforeNextSession(state))
        return "the company reports before the next session";
    if (isBeyondLimits(state))
        return "vega, day loss or gamma is beyond its limit";
    const double unitGamma = book.gamma / (book.contracts.toDouble() * book.multiplier);
    if (needsEdge() && difference(state, book.expiration) - costOfHedging(state, book.expiration, unitGamma) <
                           m_parameters["exit_edge"])
        return "the edge is gone";
    return {};
}

std::vector<Proposal> DeltaNeutral::exit(const StrategyState& state) const
{
    const double room = m_parameters["price_room"];
    if (!holdsOptions(state))
        return unwind(state, room, "no options left to hedge");
    const auto book = hedgeBook(state);
    if (!book)
        return {};
    const std::string reason = reasonToLeave(state, *book);
    return reason.empty() ? std::vector<Proposal>{} : unwind(state, room, reason);
}

std::vector<Proposal> DeltaNeutral::hedge(const StrategyState& state) const
{
    const auto book = hedgeBook(state);
    if (!book)
        return {};
    HedgeAim aim;
    if (m_parameters.choice("hedge_delta") == "forecast")
        aim.forecast = forecastOf(state, m_parameters, book->expiration);
    aim.isFirst = m_parameters.choice("residual") == "shares" && !state.trade.lastHedgeAt && book->shares == 0;
    if (m_parameters.choice("neutral") == "book") {
        const double rest = state.signal("book_beta_dollars"), beta = state.signal("beta");
        const double shares = -rest / (beta * state.analytics->spot);
        aim.targetShares = std::isfinite(shares) ? shares : 0;
    }
    return hedgeOf(state, m_parameters, aim);
}

} // namespace

StrategyInfo deltaNeutral()
{
    return {.name = "delta_neutral",
            .title = "Delta neutral",
            .about = "Holds theta, vega or gamma without delta, and keeps the delta in a band with shares.",
            .parameters = specs(),
            .hedgesWithUnderlying = true,
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<DeltaNeutral>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies

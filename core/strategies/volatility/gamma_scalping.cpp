#include "strategies/volatility/gamma_scalping.h"

#include "strategies/candidate_risk.h"
#include "strategies/hedging.h"
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

constexpr int daysTolerance = 12; ///< monthly and weekly expirations leave no larger hole around 30 days
constexpr double wingDeltaTolerance = 0.06;

std::vector<base::ParameterSpec> specs()
{
    using enum base::ParameterKind;
    std::vector<base::ParameterSpec> all{
        {.name = "side",
         .about = "Buy the straddle, sell it with wings bought, or whichever has its edge.",
         .kind = Choice,
         .choices = {"long", "short", "either"}},
    };
    append(all, edgeSpecs("Enter only when the forecast is on the right side of implied volatility, or always.",
                          "forecast", 0.01, 0));
    append(all, forecastSpecs());
    append(all,
           {
               {.name = "days_to_expiry",
                .unit = "days",
                .about = "Calendar days to expiry of the straddle.",
                .kind = Integer,
                .minimum = 14,
                .maximum = 365,
                .fallback = 30},
               {.name = "exit_days",
                .unit = "days",
                .about = "Leave at so many calendar days to expiry.",
                .kind = Integer,
                .minimum = 0,
                .maximum = 60,
                .fallback = 7},
               {.name = "exit_delta",
                .unit = "delta",
                .about =
                    "Leave when the options' own delta, per share, has grown to this: little gamma is left so far from "
                    "the strike.",
                .minimum = 0.3,
                .maximum = 1,
                .fallback = 0.75},
               {.name = "wing_delta",
                .unit = "delta",
                .about = "Absolute delta of the wings that a short straddle buys.",
                .minimum = 0.01,
                .maximum = 0.3,
                .fallback = 0.1},
           });
    append(all, hedgedExitSpecs(0.5));
    all.push_back({.name = "max_contracts",
                   .unit = "straddles",
                   .about = "Never more straddles than this.",
                   .kind = Integer,
                   .minimum = 1,
                   .maximum = 1000,
                   .fallback = 100});
    append(all, hedgedSizeSpecs());
    append(all, hedgeSpecs());
    all.push_back(priceRoomSpec());
    return all;
}

enum class Side : std::uint8_t { Long, Short };

class GammaScalping final : public Strategy
{
public:
    explicit GammaScalping(base::Parameters parameters) : m_parameters(std::move(parameters)) {}

    std::string_view name() const override { return "gamma_scalping"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    Candidates candidates(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState& state) const override;

private:
    struct Offer {
        Candidate candidate;
        double edge = market::unknown; ///< after costs
    };
    bool needsEdge() const { return m_parameters.choice("entry") == "edge"; }
    bool mayBe(Side side) const
    {
        const std::string& wanted = m_parameters.choice("side");
        return wanted == "either" || wanted == (side == Side::Long ? "long" : "short");
    }
    tl::expected<Offer, NoEntry> offer(const StrategyState& state, Side side, std::size_t expiration, std::size_t row,
                                       double expected) const;

    base::Parameters m_parameters;
};

tl::expected<GammaScalping::Offer, NoEntry> GammaScalping::offer(const StrategyState& state, Side side,
                                                                 std::size_t expiration, std::size_t row,
                                                                 double expected) const
{
    using portfolio::Action;
    const bool isLong = side == Side::Long;
    const Action action = isLong ? Action::BuyToOpen : Action::SellToOpen;
    std::vector<portfolio::OrderLeg> legs;
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        const Contract body{expiration, row, right};
        legs.push_back(optionLeg(state, body, action, 1));
        if (isLong)
            continue;
        const auto wing = nearestDelta(state, expiration, right, m_parameters["wing_delta"], wingDeltaTolerance);
        const double outwards = right == market::Right::Call ? 1 : -1;
        if (!wing || !(outwards * (strikeOf(state, *wing) - strikeOf(state, body)) > 0))
            return noEntry("no option for a wing is quoted on both sides");
        legs.push_back(optionLeg(state, *wing, Action::BuyToOpen, 1));
    }
    const LegFigures figures = figuresOf(state, legs);
    const double spreadCost = figures.spread / std::abs(figures.vega); // both include the multiplier
    const double cost = spreadCost + hedgeCostOf(state, m_parameters, expiration, figures.gamma / figures.multiplier);
    Offer found;
    found.edge = (isLong ? 1 : -1) * (expected - figures.volatility) - cost;
    if (needsEdge() && !(found.edge > m_parameters["edge"]))
        return noEntry(fmt::format("forecast volatility is not {:g} {} the implied one after costs",
                                   m_parameters["edge"], isLong ? "above" : "below"));

    auto candidate = candidateOf(state, std::move(legs), m_parameters["price_room"]);
    if (!candidate)
        return noEntry("a leg of the straddle has no price it could be traded at");
    found.candidate = *std::move(candidate);
    found.candidate.each.margin += figures.hedgeMargin;
    found.candidate.unit = isLong ? "straddle" : "straddle with wings";
    found.candidate.singular = isLong ? "straddle" : "short straddle with wings";
    found.candidate.plural = isLong ? "straddles" : "short straddles with wings";
    const auto most = hedgedMost(state, m_parameters, figures);
    if (!most)
        return tl::make_unexpected(most.error());
    found.candidate.most = std::min(*most, m_parameters.integer("max_contracts"));
    const std::string seen = std::isnan(expected) ? std::string("no forecast yet")
                                                  : fmt::format("forecast {:.1f} %, edge {:.1f} points after costs",
                                                                100 * expected, 100 * found.edge);
    found.candidate.title =
        fmt::format("at {:g}, {} days: implied {:.1f} %, {}", state.chain->expirations[expiration].strikes[row],
                    daysToExpiry(state, expiration), 100 * figures.volatility, seen);
    return found;
}

Candidates GammaScalping::candidates(const StrategyState& state) const
{
    const auto expiration = hedgedExpiration(state, static_cast<int>(m_parameters.integer("days_to_expiry")),
                                             daysTolerance, static_cast<int>(m_parameters.integer("exit_days")));
    if (!expiration)
        return tl::make_unexpected(expiration.error());
    if (m_parameters.choice("earnings") == "avoid" && reportsBy(state, state.chain->expirations[*expiration].date))
        return noEntry("the company reports before the expiry");
    const auto row = nearestStraddleRow(state, *expiration, state.analytics->expirations[*expiration].forward);
    if (!row)
        return noEntry("no strike has a call and a put that are both quoted on both sides");
    const double expected = forecastOf(state, m_parameters, *expiration);
    if (needsEdge() && std::isnan(expected))
        return noEntry(
            fmt::format("too few daily closes are known for a forecast of volatility ({}); entry=always needs none",
                        m_parameters.choice("forecast")));

    std::vector<Offer> offers;
    std::optional<NoEntry> against;
    for (const Side side : {Side::Long, Side::Short}) {
        if (!mayBe(side))
            continue;
        auto made = offer(state, side, *expiration, *row, expected);
        if (made)
            offers.push_back(*std::move(made));
        else if (!against)
            against = made.error();
    }
    if (offers.empty())
        return tl::make_unexpected(*std::move(against));
    std::ranges::stable_sort(offers, std::greater{}, &Offer::edge);
    std::vector<Candidate> all;
    for (Offer& each : offers)
        all.push_back(std::move(each.candidate));
    return all;
}

std::vector<Proposal> GammaScalping::exit(const StrategyState& state) const
{
    const double room = m_parameters["price_room"];
    if (!holdsOptions(state)) // the straddle was exercised, expired or closed by hand: the shares have no purpose left
        return unwind(state, room, "no options left to hedge");
    const auto book = hedgeBook(state);
    if (!book)
        return {};

    const int days = daysToExpiry(state, book->expiration);
    if (days <= m_parameters.integer("exit_days"))
        return unwind(state, room, fmt::format("{} days to expiry", days));
    if (const std::string reason = reasonByPremium(state, m_parameters["profit_target"], m_parameters["loss_limit"]);
        !reason.empty())
        return unwind(state, room, reason);
    const double units = book->contracts.toDouble() * book->multiplier;
    const double optionDelta = (book->delta - book->shares.toDouble()) / units;
    if (std::abs(optionDelta) >= m_parameters["exit_delta"])
        return unwind(state, room, fmt::format("the options' delta is {:+.2f}: little gamma is left", optionDelta));
    if (m_parameters.choice("earnings") == "avoid" && reportsBeforeNextSession(state))
        return unwind(state, room, "the company reports before the next session");
    if (needsEdge()) {
        const double sign = book->gamma < 0 ? -1 : 1;
        const double unitGamma = book->gamma / units;
        const double difference = sign * (forecastOf(state, m_parameters, book->expiration) - book->volatility);
        if (difference - hedgeCostOf(state, m_parameters, book->expiration, unitGamma) < m_parameters["exit_edge"])
            return unwind(state, room,
                          fmt::format("forecast is {:.1f} points {} implied volatility, which does not pay for hedging",
                                      100 * std::abs(difference), (difference < 0) == (sign > 0) ? "below" : "above"));
    }
    return {};
}

std::vector<Proposal> GammaScalping::hedge(const StrategyState& state) const
{
    const auto book = hedgeBook(state);
    if (!book)
        return {};
    HedgeAim aim;
    if (m_parameters.choice("hedge_delta") == "forecast")
        aim.forecast = forecastOf(state, m_parameters, book->expiration);
    return hedgeOf(state, m_parameters, aim);
}

} // namespace

StrategyInfo gammaScalping()
{
    return {.name = "gamma_scalping",
            .title = "Gamma scalping",
            .about = "Holds a straddle and hedges its delta with shares, earning the difference between realised and "
                     "implied volatility.",
            .parameters = specs(),
            .hedgesWithUnderlying = true,
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<GammaScalping>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies

#include "strategies/directional/wheel.h"

#include "strategies/candidate_risk.h"
#include "strategies/directional/wheel_holding.h"
#include "strategies/orders.h"
#include "strategies/structure/find_legs.h"
#include "strategies/structure/leave_structure.h"
#include "strategies/structure/open_structure.h"
#include "strategies/structure/structure_parameters.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;
using market::Right;
using portfolio::Action;

enum class Turn : std::uint8_t { CoveredCall, CashSecuredPut, Wheel };

constexpr double deltaTolerance = 0.08;

std::vector<base::ParameterSpec> specsOf(Turn turn)
{
    std::vector<base::ParameterSpec> own;
    if (turn != Turn::CoveredCall)
        own.push_back(deltaSpec("put_delta", "Absolute delta of the puts sold.", 0.30));
    if (turn != Turn::CashSecuredPut) {
        own.push_back(deltaSpec("call_delta", "Absolute delta of the calls sold.", 0.30));
        own.push_back({.name = "call_strike",
                       .about = "Whether calls may be sold below what the shares cost.",
                       .kind = Choice,
                       .choices = {"above_cost", "any"}});
        own.push_back({.name = "share_stop",
                       .unit = "fraction of cost",
                       .about = "Leave everything when the shares have lost this; 1 never does.",
                       .minimum = 0.02,
                       .maximum = 1,
                       .fallback = 1});
    }
    own = withCommon(std::move(own), {.units = "contracts",
                                      .flow = Flow::Credit,
                                      .days = 35,
                                      .exitDays = 0,
                                      .sellsCalls = turn != Turn::CashSecuredPut});
    std::erase_if(
        own, [](const base::ParameterSpec& spec) { return spec.name == "close_delta" || spec.name == "pin_days"; });
    const auto days = std::ranges::find(own, "exit_days", &base::ParameterSpec::name);
    days->about = "Buy options back at so many calendar days to expiry; -1 holds them to the end.";
    days->minimum = days->fallback = -1;
    if (turn == Turn::CoveredCall)
        std::erase_if(own, [](const base::ParameterSpec& spec) { return spec.name == "loss_multiple"; });
    return own;
}

class Wheel final : public Strategy
{
public:
    Wheel(Turn turn, std::string name, base::Parameters parameters);

    std::string_view name() const override { return m_name; }
    const base::Parameters& parameters() const override { return m_parameters; }
    Candidates candidates(const StrategyState& state) const override;
    risk::Size size(const StrategyState& state, const Candidate& candidate) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState& state) const override;

private:
    Candidates sharesToCover(const StrategyState& state) const;
    Candidates puts(const StrategyState& state) const;
    tl::expected<Contract, NoEntry> nextCall(const StrategyState& state, double cost) const;
    std::vector<Proposal> leaveCalls(const StrategyState& state, const WheelHolding& holding) const;

    Turn m_turn;
    std::string m_name;
    base::Parameters m_parameters;
    Structure m_puts, m_calls;
};

Wheel::Wheel(Turn turn, std::string name, base::Parameters parameters)
    : m_turn(turn), m_name(std::move(name)), m_parameters(std::move(parameters)),
      m_puts{.unit = "cash-secured put", .units = "cash-secured puts", .isCredit = true},
      m_calls{.unit = "covered call", .units = "covered calls", .isCredit = true}
{
    if (turn != Turn::CoveredCall) {
        m_puts.legs = {
            {.name = "put", .right = Right::Put, .value = m_parameters["put_delta"], .tolerance = deltaTolerance}};
        takeCommon(m_puts, m_parameters);
    }
    if (turn != Turn::CashSecuredPut) {
        m_calls.legs = {
            {.name = "call", .right = Right::Call, .value = m_parameters["call_delta"], .tolerance = deltaTolerance}};
        takeCommon(m_calls, m_parameters);
    }
}

Candidates Wheel::candidates(const StrategyState& state) const
{
    if (state.underlyingType == market::InstrumentType::Index)
        return noEntry("an index has no shares that an assignment could bring");
    return m_turn == Turn::CoveredCall ? sharesToCover(state) : puts(state);
}

/// A lot of shares, where there is a call to be sold against it.
Candidates Wheel::sharesToCover(const StrategyState& state) const
{
    if (auto why = reasonToStayOut(state, m_calls.entry))
        return tl::make_unexpected(*std::move(why));
    const auto call = nextCall(state, market::unknown);
    if (!call)
        return tl::make_unexpected(call.error());
    const int lot = state.chain->expirations[call->expiration].multiplier;
    auto candidate = candidateOf(state, {shareLeg(state, 0, lot)}, m_calls.priceRoom);
    if (!candidate)
        return noEntry("the shares have no price they could be bought at");
    candidate->unit = fmt::format("lot of {} shares", lot);
    candidate->singular = candidate->unit;
    candidate->plural = fmt::format("lots of {} shares", lot);
    candidate->title =
        fmt::format("for calls at {:g}, {} days", strikeOf(state, *call), daysToExpiry(state, call->expiration));
    candidate->most = m_calls.mostUnits;
    return std::vector{*std::move(candidate)};
}

Candidates Wheel::puts(const StrategyState& state) const
{
    Candidates found = candidatesOf(state, m_puts);
    if (!found)
        return found;
    Candidate& candidate = found->front();
    const auto place = market::find(*state.chain, candidate.legs.front().symbol);
    const market::Expiration& expiration = state.chain->expirations[place->expiration];
    const double secured = std::floor(state.netLiquidation / (expiration.strikes[place->row] * expiration.multiplier));
    if (!(secured >= 1))
        return noEntry("the cash that would secure one put is more than the account holds");
    candidate.most = std::min(candidate.most, static_cast<std::int64_t>(secured));
    return found;
}

risk::Size Wheel::size(const StrategyState& state, const Candidate& candidate) const
{
    if (candidate.legs.front().type == market::InstrumentType::EquityOption)
        return Strategy::size(state, candidate);
    StrategyState ofShares = state;
    ofShares.budget.maxLoss = std::numeric_limits<double>::max(); // stress and margin bound them
    return Strategy::size(ofShares, candidate);
}

/// The call to sell against shares that cost that much each; NaN: whatever they cost.
tl::expected<Contract, NoEntry> Wheel::nextCall(const StrategyState& state, double cost) const
{
    const auto found = findLegs(state, m_calls);
    if (!found)
        return tl::make_unexpected(found.error());
    const Contract call = found->front();
    const bool mustBeAbove = m_parameters.choice("call_strike") == "above_cost";
    if (!mustBeAbove || !(strikeOf(state, call) < cost))
        return call;
    const market::Expiration& expiration = state.chain->expirations[call.expiration];
    const double widest = expiration.strikes.back() - cost;
    const auto above = nearestStrike(state, call.expiration, Right::Call, cost, std::max(0.0, widest));
    // The nearest may be the one below.
    for (std::size_t row = above ? above->row : expiration.strikes.size(); row < expiration.strikes.size(); ++row) {
        const Contract next{call.expiration, row, Right::Call};
        if (strikeOf(state, next) >= cost && isTradable(state, next) && quoteOf(state, next).bid > 0)
            return next;
    }
    return noEntry("no call above the shares' cost is bid for");
}

std::vector<Proposal> Wheel::leaveCalls(const StrategyState& state, const WheelHolding& holding) const
{
    StrategyState ofCalls = state;
    ofCalls.positions = holding.options;
    // What the calls lose the shares gain: no stop of a credit trade.
    ofCalls.creditStopLoss = never;
    Structure calls = m_calls;
    calls.exit.lossMultiple = never;
    return exitsOf(ofCalls, calls);
}

std::vector<Proposal> Wheel::exit(const StrategyState& state) const
{
    const WheelHolding holding = wheelHolding(state);
    if (holding.shares == 0) {
        if (m_turn == Turn::CoveredCall) // called away in part, or closed by hand
            return unwind(state, m_calls.priceRoom, "no shares left to cover calls with");
        return exitsOf(state, m_puts);
    }
    if (m_turn == Turn::CashSecuredPut)
        return unwind(state, m_puts.priceRoom, "assigned: the shares are sold");
    const double lost = 1 - state.analytics->spot / holding.cost;
    const double stop = m_parameters["share_stop"];
    if (stop < 1 && lost >= stop)
        return unwind(state, m_calls.priceRoom, fmt::format("the shares have lost {:.0f} %", 100 * lost));
    return leaveCalls(state, holding);
}

std::vector<Proposal> Wheel::hedge(const StrategyState& state) const
{
    const WheelHolding holding = wheelHolding(state);
    if (m_turn == Turn::CashSecuredPut || holding.shares <= 0 || state.isHedgeWorking)
        return {};
    const auto call = nextCall(state, holding.cost);
    if (!call)
        return {};
    const int lot = state.chain->expirations[call->expiration].multiplier;
    const base::Quantity calls = holding.shares.whole() / lot - holding.shortCalls;
    if (calls <= 0)
        return {};
    auto intent = marketable(state, {optionLeg(state, *call, Action::SellToOpen, calls)}, m_calls.priceRoom);
    if (!intent)
        return {};
    return {Proposal{ProposalKind::Adjust, std::move(*intent),
                     fmt::format("{} covered calls at {:g}, {} days", calls.whole(), strikeOf(state, *call),
                                 daysToExpiry(state, call->expiration))}};
}

StrategyInfo infoOf(Turn turn, std::string name, std::string title, std::string about)
{
    const auto make = [turn, name](base::Parameters parameters) -> std::unique_ptr<Strategy> {
        return std::make_unique<Wheel>(turn, name, std::move(parameters));
    };
    return {.name = std::move(name),
            .title = std::move(title),
            .about = std::move(about),
            .parameters = specsOf(turn),
            .hedgesWithUnderlying = true,
            .usualCapital = 1'000'000, // a hundred shares of a fund at $450 are within the limits of a trade
            .make = make};
}

} // namespace

StrategyInfo coveredCall()
{
    return infoOf(Turn::CoveredCall, "covered_call", "Covered call",
                  "Buys shares in whole lots and sells calls against them, one after the other.");
}

StrategyInfo cashSecuredPut()
{
    return infoOf(Turn::CashSecuredPut, "cash_secured_put", "Cash-secured put",
                  "Sells puts that net liquidation could pay for, and sells the shares that an assignment brings.");
}

StrategyInfo wheel()
{
    return infoOf(Turn::Wheel, "wheel", "Wheel",
                  "Sells puts until shares are assigned, then calls against them until they are called away.");
}

} // namespace vegadesk::strategies

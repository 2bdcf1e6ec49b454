#include "strategies/neutral/neutral_structures.h"

#include "strategies/orders.h"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

using market::Right;
using portfolio::Action;

constexpr double deltaTolerance = 0.06;
constexpr std::array shortDeltas{0.16, 0.20, 0.25, 0.30, 0.40};
constexpr std::array longDeltas{0.25, 0.30, 0.40};

/// Put and call of a strangle whose deltas cancel.
struct Pair {
    Contract put, call;
};

std::optional<Pair> pairOf(const StrategyState& state, std::size_t expiration, double delta)
{
    const auto put = nearestDelta(state, expiration, Right::Put, delta, deltaTolerance);
    if (!put)
        return std::nullopt;
    const auto call = nearestDelta(state, expiration, Right::Call, std::abs(deltaOf(state, *put)), deltaTolerance);
    if (!call || !(strikeOf(state, *put) < strikeOf(state, *call)))
        return std::nullopt;
    return Pair{*put, *call};
}

/// At the strike whose call and put cancel best.
std::optional<Pair> straddleOf(const StrategyState& state, std::size_t expiration)
{
    std::optional<Pair> best;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t row = 0; row < state.chain->expirations[expiration].strikes.size(); ++row) {
        const Pair pair{{expiration, row, Right::Put}, {expiration, row, Right::Call}};
        const double left = std::abs(deltaOf(state, pair.put) + deltaOf(state, pair.call));
        if (isTradable(state, pair.put) && isTradable(state, pair.call) && left < least) {
            least = left;
            best = pair;
        }
    }
    return best;
}

NeutralStructure longOf(const StrategyState& state, const Pair& pair)
{
    const bool isStraddle = pair.put.row == pair.call.row;
    NeutralStructure structure;
    structure.unit = isStraddle ? "straddle" : "strangle";
    structure.units = isStraddle ? "straddles" : "strangles";
    structure.title = isStraddle ? fmt::format("at {:g}", strikeOf(state, pair.put))
                                 : fmt::format("{:g}/{:g}", strikeOf(state, pair.put), strikeOf(state, pair.call));
    structure.legs = {optionLeg(state, pair.put, Action::BuyToOpen, 1),
                      optionLeg(state, pair.call, Action::BuyToOpen, 1)};
    return structure;
}

std::optional<NeutralStructure> winged(const StrategyState& state, const Pair& body, const Pair& wings)
{
    const double longPut = strikeOf(state, wings.put), longCall = strikeOf(state, wings.call);
    const double shortPut = strikeOf(state, body.put), shortCall = strikeOf(state, body.call);
    if (!(longPut < shortPut) || !(shortCall < longCall))
        return std::nullopt;
    NeutralStructure structure;
    structure.unit = shortPut == shortCall ? "iron butterfly" : "iron condor";
    structure.units = shortPut == shortCall ? "iron butterflies" : "iron condors";
    structure.title = fmt::format("{:g}/{:g}/{:g}/{:g}", longPut, shortPut, shortCall, longCall);
    structure.legs = {
        optionLeg(state, wings.put, Action::BuyToOpen, 1), optionLeg(state, body.put, Action::SellToOpen, 1),
        optionLeg(state, body.call, Action::SellToOpen, 1), optionLeg(state, wings.call, Action::BuyToOpen, 1)};
    return structure;
}

/// The straddle of `far`, and the same strike sold at `near`.
std::optional<NeutralStructure> calendarOf(const StrategyState& state, std::size_t near, std::size_t far)
{
    const auto bought = straddleOf(state, far);
    if (near == far || !bought)
        return std::nullopt;
    const double strike = strikeOf(state, bought->call);
    NeutralStructure structure;
    structure.unit = "straddle calendar";
    structure.units = "straddle calendars";
    structure.title = fmt::format("at {:g}", strike);
    for (const Right right : {Right::Put, Right::Call}) {
        const auto sold = nearestStrike(state, near, right, strike, 0);
        if (!sold)
            return std::nullopt;
        structure.legs.push_back(
            optionLeg(state, right == Right::Put ? bought->put : bought->call, Action::BuyToOpen, 1));
        structure.legs.push_back(optionLeg(state, *sold, Action::SellToOpen, 1));
    }
    return structure;
}

} // namespace

std::vector<NeutralStructure> neutralStructures(const StrategyState& state, GreekTarget target, std::size_t near,
                                                std::size_t far, double wingDelta)
{
    std::vector<NeutralStructure> all;
    if (target == GreekTarget::Theta) {
        const auto wings = pairOf(state, near, wingDelta);
        const auto addWinged = [&](const std::optional<Pair>& body) {
            if (auto structure = wings && body ? winged(state, *body, *wings) : std::nullopt)
                all.push_back(*std::move(structure));
        };
        addWinged(straddleOf(state, near));
        for (const double delta : shortDeltas)
            addWinged(pairOf(state, near, delta));
        return all;
    }
    const std::size_t expiration = target == GreekTarget::Vega ? far : near;
    if (const auto straddle = straddleOf(state, expiration))
        all.push_back(longOf(state, *straddle));
    for (const double delta : longDeltas) {
        if (const auto strangle = pairOf(state, expiration, delta))
            all.push_back(longOf(state, *strangle));
    }
    if (target == GreekTarget::Vega) {
        if (auto calendar = calendarOf(state, near, far))
            all.push_back(*std::move(calendar));
    }
    return all;
}

} // namespace vegadesk::strategies

#include "strategies/structure/leave_structure.h"

#include "market/calendar.h"
#include "strategies/orders.h"
#include "strategies/structure/find_legs.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

struct Held {
    const portfolio::Position* position = nullptr;
    Contract contract;

    double size() const { return (position->quantity * position->multiplier).toDouble(); }
    double open() const { return position->averageOpenPrice.toDouble(); }
};

/// Of everything held: cash, per the marks that each is about.
struct Standing {
    double credit = 0;    ///< received for what is held; negative was paid
    double profitNow = 0; ///< if all of it were closed across the spreads
    double profitMid = 0;
    int days = std::numeric_limits<int>::max(); ///< to the nearest expiry
};

Standing standingOf(const StrategyState& state, std::span<const Held> all, bool countsRealised)
{
    Standing standing;
    for (const Held& held : all) {
        const market::Quote quote = quoteOf(state, held.contract);
        const double size = held.size();
        standing.credit -= size * held.open();
        standing.profitNow += size * ((size > 0 ? quote.bid : quote.ask) - held.open());
        standing.profitMid += size * (quote.mid() - held.open());
        standing.days = std::min(standing.days, daysToExpiry(state, held.contract.expiration));
    }
    if (countsRealised) { // of sides that were rolled
        const double realised = state.trade.profit - standing.profitMid;
        standing.profitNow += realised;
        standing.profitMid += realised;
    }
    return standing;
}

std::vector<Proposal> close(const StrategyState& state, std::span<const Held> all, market::Right side, double room,
                            std::string reason)
{
    std::vector<portfolio::OrderLeg> legs;
    for (const Held& held : all) {
        if (held.contract.right == side)
            legs.push_back(closingLeg(*held.position));
    }
    auto intent = marketable(state, std::move(legs), room);
    if (!intent)
        return {};
    return {Proposal{ProposalKind::Exit, std::move(*intent), std::move(reason)}};
}

bool isEveOfExDividend(const StrategyState& state)
{
    const base::Date today = market::newYorkDate(state.now);
    return state.exDividend && today < *state.exDividend && market::nextTradingDay(today) >= *state.exDividend;
}

/// What speaks for closing one short leg's side; empty when nothing does.
std::string reasonToClose(const StrategyState& state, const Held& held, const ExitRules& rules)
{
    const double spot = state.analytics->spot;
    const double strike = strikeOf(state, held.contract);
    const char* const right = held.contract.right == market::Right::Call ? "call" : "put";
    const int days = daysToExpiry(state, held.contract.expiration);
    if (rules.leavesBeforeExDividend && held.contract.right == market::Right::Call && strike < spot &&
        isEveOfExDividend(state))
        return fmt::format("the {:g} call is in the money on the eve of the ex-date", strike);
    if (days <= rules.pinDays && std::abs(spot - strike) <= pinBand * spot)
        return fmt::format("{} days to expiry with the spot at the {:g} {}", days, strike, right);
    if (const double delta = std::abs(deltaOf(state, held.contract)); delta > rules.shortDelta)
        return fmt::format("the {:g} {} has a delta of {:.2f}", strike, right, delta);
    return {};
}

std::string gained(bool isCredit, double part)
{
    return isCredit ? fmt::format("{:.0f} % of the credit can be kept", 100 * part)
                    : fmt::format("gained {:.0f} % of the premium", 100 * part);
}

std::string lost(bool isCredit, double part)
{
    return isCredit ? fmt::format("open loss is {:.1f} times the credit", part)
                    : fmt::format("lost {:.0f} % of the premium", 100 * part);
}

/// The options held, where there are no shares and every contract is known.
std::optional<std::vector<Held>> heldOptions(const StrategyState& state)
{
    std::vector<Held> all;
    for (const portfolio::Position& position : state.positions) {
        if (position.quantity == 0)
            continue;
        const auto contract = contractOf(state, position);
        if (position.type != market::InstrumentType::EquityOption || !contract)
            return std::nullopt;
        all.push_back({&position, *contract});
    }
    return all;
}

} // namespace

std::vector<Proposal> exitsOf(const StrategyState& state, const Structure& structure)
{
    const ExitRules& rules = structure.exit;
    const bool hasShares = std::ranges::any_of(state.positions, [](const portfolio::Position& position) {
        return position.type != market::InstrumentType::EquityOption && position.quantity != 0;
    });
    if (hasShares)
        return unwind(state, structure.priceRoom, "an assignment left shares");
    const auto all = heldOptions(state);
    if (!all || all->empty())
        return {};
    const Standing standing = standingOf(state, *all, structure.roll.testedDelta != never);
    if (standing.days <= rules.days)
        return unwind(state, structure.priceRoom, fmt::format("{} days to expiry", standing.days));

    const double basis = structure.isCredit ? standing.credit : -standing.credit;
    if (basis > 0) {
        if (standing.profitNow >= rules.profitTarget * basis)
            return unwind(state, structure.priceRoom, gained(structure.isCredit, standing.profitNow / basis));
        const double stop =
            structure.isCredit ? std::min(rules.lossMultiple, state.creditStopLoss) : rules.lossMultiple;
        if (standing.profitMid <= -stop * basis)
            return unwind(state, structure.priceRoom, lost(structure.isCredit, -standing.profitMid / basis));
    }
    for (const Held& held : *all) {
        if (held.position->quantity > 0)
            continue;
        if (std::string why = reasonToClose(state, held, rules); !why.empty())
            return close(state, *all, held.contract.right, structure.priceRoom, std::move(why));
    }
    return {};
}

namespace
{

/// One short and one long option of a right.
struct Side {
    const Held* shortLeg = nullptr;
    const Held* longLeg = nullptr;

    bool isWhole() const
    {
        return shortLeg && longLeg && shortLeg->contract.expiration == longLeg->contract.expiration &&
               shortLeg->position->quantity == -longLeg->position->quantity;
    }
};

Side sideOf(std::span<const Held> all, market::Right right)
{
    Side side;
    for (const Held& held : all) {
        if (held.contract.right == right)
            (held.position->quantity < 0 ? side.shortLeg : side.longLeg) = &held;
    }
    return side;
}

std::optional<Proposal> rollOf(const StrategyState& state, const Structure& structure, const Side& tested,
                               const Side& untested)
{
    const Held &oldShort = *untested.shortLeg, &oldLong = *untested.longLeg;
    const market::Right right = oldShort.contract.right;
    const auto rule = std::ranges::find_if(structure.legs, [&](const LegRule& leg) {
        return leg.right == right && !leg.isBought && leg.by == StrikeBy::Delta;
    });
    if (rule == structure.legs.end())
        return std::nullopt;
    const std::size_t expiration = oldShort.contract.expiration;
    const auto newShort = findLeg(state, *rule, expiration, {});
    if (!newShort)
        return std::nullopt;
    const double width = strikeOf(state, oldLong.contract) - strikeOf(state, oldShort.contract); // signed
    const auto newLong = nearestStrike(state, expiration, right, strikeOf(state, *newShort) + width, 0);
    const double moved = strikeOf(state, *newShort) - strikeOf(state, oldShort.contract);
    const double gap = strikeOf(state, *newShort) - strikeOf(state, tested.shortLeg->contract);
    const bool isNearer = width * moved < 0 && width * gap > 0; // towards the spot, and not past the tested strike
    if (!newLong || !isNearer)
        return std::nullopt;

    using portfolio::Action;
    const base::Quantity units = oldLong.position->quantity;
    const std::vector<portfolio::OrderLeg> legs{closingLeg(*oldShort.position), closingLeg(*oldLong.position),
                                                optionLeg(state, *newShort, Action::SellToOpen, units),
                                                optionLeg(state, *newLong, Action::BuyToOpen, units)};
    auto intent = marketable(state, legs, structure.priceRoom);
    if (!intent || intent->effect != portfolio::PriceEffect::Credit)
        return std::nullopt;
    return Proposal{ProposalKind::Adjust, std::move(*intent),
                    fmt::format("untested {}s rolled to {:g}/{:g} as the {:g} {} is tested",
                                right == market::Right::Call ? "call" : "put", strikeOf(state, *newShort),
                                strikeOf(state, *newLong), strikeOf(state, tested.shortLeg->contract),
                                right == market::Right::Call ? "put" : "call")};
}

} // namespace

std::vector<Proposal> rollsOf(const StrategyState& state, const Structure& structure)
{
    const auto all = heldOptions(state);
    if (structure.roll.testedDelta == never || !all || all->size() != 4)
        return {};
    const Side puts = sideOf(*all, market::Right::Put), calls = sideOf(*all, market::Right::Call);
    if (!puts.isWhole() || !calls.isWhole())
        return {};
    const auto deltaOfShort = [&](const Side& side) { return std::abs(deltaOf(state, side.shortLeg->contract)); };
    for (const auto& [tested, untested] : {std::pair{&puts, &calls}, std::pair{&calls, &puts}}) {
        if (!(deltaOfShort(*tested) > structure.roll.testedDelta) ||
            !(deltaOfShort(*untested) < structure.roll.untestedDelta))
            continue;
        if (auto proposal = rollOf(state, structure, *tested, *untested))
            return {*std::move(proposal)};
    }
    return {};
}

} // namespace vegadesk::strategies

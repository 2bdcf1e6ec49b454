#include "strategies/neutral/iron_condor.h"

#include "strategies/orders.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

constexpr double shortDeltaTolerance = 0.08;
constexpr double wingDeltaTolerance = 0.06;

std::vector<base::ParameterSpec> specs()
{
    using enum base::ParameterKind;
    return {
        {.name = "short_delta",
         .unit = "delta",
         .about = "Absolute delta of the short put and the short call.",
         .minimum = 0.05,
         .maximum = 0.45,
         .fallback = 0.30},
        {.name = "wings",
         .about = "Whether the long strikes are chosen by delta or by distance.",
         .kind = Choice,
         .choices = {"delta", "width"}},
        {.name = "wing_delta",
         .unit = "delta",
         .about = "Absolute delta of the long options (with wings delta).",
         .minimum = 0.01,
         .maximum = 0.4,
         .fallback = 0.16},
        {.name = "wing_width",
         .unit = "dollars",
         .about = "Distance from each short strike to its long one (with wings width).",
         .minimum = 0.5,
         .maximum = 1000,
         .fallback = 10},
        {.name = "days_to_expiry",
         .unit = "days",
         .about = "Calendar days to expiry at entry.",
         .kind = Integer,
         .minimum = 5,
         .maximum = 180,
         .fallback = 45},
        {.name = "days_tolerance",
         .unit = "days",
         .about = "How far the expiry may be from that.",
         .kind = Integer,
         .minimum = 0,
         .maximum = 60,
         .fallback = 10},
        {.name = "min_credit",
         .unit = "fraction of width",
         .about = "Enter only when crossing every spread still collects this part of the wider wing.",
         .minimum = 0,
         .maximum = 0.9,
         .fallback = 0.25},
        {.name = "profit_target",
         .unit = "fraction of credit",
         .about = "Buy back when that part of the credit can be kept.",
         .minimum = 0.05,
         .maximum = 1,
         .fallback = 0.5},
        {.name = "exit_days",
         .unit = "days",
         .about = "Leave at so many calendar days to expiry.",
         .kind = Integer,
         .minimum = 0,
         .maximum = 90,
         .fallback = 21},
        {.name = "loss_multiple",
         .unit = "times credit",
         .about = "Leave when the open loss reaches this multiple.",
         .minimum = 0.25,
         .maximum = 10,
         .fallback = 2},
        {.name = "max_contracts",
         .unit = "condors",
         .about = "Never more condors than this.",
         .kind = Integer,
         .minimum = 1,
         .maximum = 1000,
         .fallback = 100},
        priceRoomSpec(),
    };
}

struct Shape {
    Contract longPut, shortPut, shortCall, longCall;
};

class IronCondor final : public Strategy
{
public:
    explicit IronCondor(base::Parameters parameters) : m_parameters(std::move(parameters)) {}

    std::string_view name() const override { return "iron_condor"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    EntryDecision entry(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState&) const override { return {}; }

private:
    std::optional<Contract> wing(const StrategyState& state, Contract shortLeg) const;
    tl::expected<Shape, NoEntry> shape(const StrategyState& state) const;

    base::Parameters m_parameters;
};

std::optional<Contract> IronCondor::wing(const StrategyState& state, Contract shortLeg) const
{
    const double outwards = shortLeg.right == market::Right::Call ? 1 : -1;
    const double shortStrike = strikeOf(state, shortLeg);
    std::optional<Contract> found;
    if (m_parameters.choice("wings") == "delta") {
        found =
            nearestDelta(state, shortLeg.expiration, shortLeg.right, m_parameters["wing_delta"], wingDeltaTolerance);
    } else {
        const double width = m_parameters["wing_width"];
        found = nearestStrike(state, shortLeg.expiration, shortLeg.right, shortStrike + outwards * width, 0.5 * width);
    }
    if (found && outwards * (strikeOf(state, *found) - shortStrike) > 0)
        return found;
    return std::nullopt;
}

tl::expected<Shape, NoEntry> IronCondor::shape(const StrategyState& state) const
{
    const auto days = static_cast<int>(m_parameters.integer("days_to_expiry"));
    const auto tolerance = static_cast<int>(m_parameters.integer("days_tolerance"));
    const auto expiration = nearestExpiration(state, days, tolerance);
    if (!expiration)
        return noEntry(fmt::format("no expiry is {} days away, give or take {}", days, tolerance));
    if (daysToExpiry(state, *expiration) <= m_parameters.integer("exit_days"))
        return noEntry("the nearest expiry is within exit_days already");
    const double delta = m_parameters["short_delta"];
    const auto shortPut = nearestDelta(state, *expiration, market::Right::Put, delta, shortDeltaTolerance);
    const auto shortCall = nearestDelta(state, *expiration, market::Right::Call, delta, shortDeltaTolerance);
    if (!shortPut || !shortCall)
        return noEntry(fmt::format("no {} of delta {:g} is quoted on both sides", shortPut ? "call" : "put", delta));
    if (strikeOf(state, *shortPut) >= strikeOf(state, *shortCall))
        return noEntry("the short put would stand above the short call");
    const auto longPut = wing(state, *shortPut);
    const auto longCall = wing(state, *shortCall);
    if (!longPut || !longCall)
        return noEntry(fmt::format("no {} for the wing is quoted on both sides", longPut ? "call" : "put"));
    return Shape{*longPut, *shortPut, *shortCall, *longCall};
}

std::vector<portfolio::OrderLeg> openingLegs(const StrategyState& state, const Shape& shape, std::int64_t units)
{
    using portfolio::Action;
    return {optionLeg(state, shape.longPut, Action::BuyToOpen, units),
            optionLeg(state, shape.shortPut, Action::SellToOpen, units),
            optionLeg(state, shape.shortCall, Action::SellToOpen, units),
            optionLeg(state, shape.longCall, Action::BuyToOpen, units)};
}

EntryDecision IronCondor::entry(const StrategyState& state) const
{
    const auto found = shape(state);
    if (!found)
        return tl::make_unexpected(found.error());
    const double credit = -naturalNet(state, openingLegs(state, *found, 1));
    const double width = std::max(strikeOf(state, found->shortPut) - strikeOf(state, found->longPut),
                                  strikeOf(state, found->longCall) - strikeOf(state, found->shortCall));
    if (!std::isfinite(credit))
        return noEntry("a leg of the condor has no price it could be traded at");
    if (!(credit > 0) || !(credit >= m_parameters["min_credit"] * width))
        return noEntry(
            fmt::format("crossing the spreads leaves less than {:g} of the width", m_parameters["min_credit"]));
    if (!(credit < width))
        return noEntry("the credit is not below the width: quotes that cannot be right");

    // Sized on the credit at the limit, which is the least the fill can bring.
    const auto single = marketable(state, openingLegs(state, *found, 1), m_parameters["price_room"]);
    if (!single || single->effect != portfolio::PriceEffect::Credit)
        return noEntry("at its limit price the condor would bring no credit");
    const int multiplier = state.chain->expirations[found->shortPut.expiration].multiplier;
    const double maxLoss = (width - single->price->toDouble()) * multiplier;
    const double affordable = std::floor(state.riskBudget / maxLoss);
    if (!(affordable >= 1))
        return noEntry("one condor could lose more than one trade may");
    const auto units = std::min(static_cast<std::int64_t>(affordable), m_parameters.integer("max_contracts"));
    auto intent = marketable(state, openingLegs(state, *found, units), m_parameters["price_room"]);
    if (!intent)
        return noEntry("a leg of the condor has no price it could be traded at");
    return std::vector{Proposal{ProposalKind::Entry, std::move(*intent),
                                fmt::format("{} condors {:g}/{:g}/{:g}/{:g}, {} days, credit {:.2f} of width {:g}",
                                            units, strikeOf(state, found->longPut), strikeOf(state, found->shortPut),
                                            strikeOf(state, found->shortCall), strikeOf(state, found->longCall),
                                            daysToExpiry(state, found->shortPut.expiration), credit, width)}};
}

std::vector<Proposal> IronCondor::exit(const StrategyState& state) const
{
    const double room = m_parameters["price_room"];
    double credit = 0;    // cash received for what is held
    double profitNow = 0; // cash, if all of it were closed across the spreads
    double profitMid = 0;
    int days = std::numeric_limits<int>::max();
    for (const portfolio::Position& position : state.positions) {
        if (position.type != market::InstrumentType::EquityOption)
            return unwind(state, room, "an assignment left shares");
        const auto contract = contractOf(state, position);
        if (!contract)
            return {};
        const double size = static_cast<double>(position.quantity * position.multiplier);
        const market::Quote quote = quoteOf(state, *contract);
        const double open = position.averageOpenPrice.toDouble();
        credit -= size * open;
        profitNow += size * ((size > 0 ? quote.bid : quote.ask) - open);
        profitMid += size * (quote.mid() - open);
        days = std::min(days, daysToExpiry(state, contract->expiration));
    }
    if (days <= m_parameters.integer("exit_days"))
        return unwind(state, room, fmt::format("{} days to expiry", days));
    if (!(credit > 0))
        return {};
    if (profitNow >= m_parameters["profit_target"] * credit)
        return unwind(state, room, fmt::format("{:.0f} % of the credit can be kept", 100 * profitNow / credit));
    if (profitMid <= -m_parameters["loss_multiple"] * credit)
        return unwind(state, room, fmt::format("open loss is {:.1f} times the credit", -profitMid / credit));
    return {};
}

} // namespace

StrategyInfo ironCondor()
{
    return {.name = "iron_condor",
            .title = "Iron condor",
            .about = "Sells a strangle with wings bought and manages it at half the credit or a fixed number of days.",
            .parameters = specs(),
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<IronCondor>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies

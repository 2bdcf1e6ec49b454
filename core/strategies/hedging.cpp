#include "strategies/hedging.h"

#include "market/quote.h"
#include "risk/hedging/hedge_band.h"
#include "strategies/hedge_delta.h"
#include "strategies/held_options.h"
#include "strategies/orders.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <numbers>

namespace vegadesk::strategies
{

namespace
{

constexpr double tradingDaysPerYear = 252, hoursPerSession = 6.5, hoursPerYear = 24 * 365;

struct HedgeDelta {
    double shares = market::unknown;
    std::string at; ///< which one it is, for the reason
};

HedgeDelta hedgeDelta(const StrategyState& state, const base::Parameters& parameters, const HedgeBook& book,
                      double forecast)
{
    const std::string& kind = parameters.choice("hedge_delta");
    if (kind == "forecast") {
        if (const double delta = deltaAtForecast(state, forecast); std::isfinite(delta))
            return {delta, " at the forecast volatility"};
        return {book.delta, " at implied volatility, for want of a forecast"};
    }
    if (kind == "minimum_variance") {
        const auto fit = minimumVarianceOf(state);
        const double delta = fit ? minimumVarianceDelta(state, *fit) : market::unknown;
        if (std::isfinite(delta))
            return {delta, " of least variance"};
        return {book.delta, " at implied volatility, for want of a history"};
    }
    return {book.delta, {}};
}

} // namespace

std::vector<base::ParameterSpec> hedgeSpecs()
{
    using enum base::ParameterKind;
    return {
        {.name = "hedge",
         .about = "What triggers a hedge: Whalley and Wilmott's band, a fixed one, the clock, or Zakamouline's band.",
         .kind = Choice,
         .choices = {"whalley_wilmott", "fixed_band", "fixed_time", "zakamouline"}},
        {.name = "delta_band",
         .unit = "delta",
         .about = "Half-width of the fixed band, per share of a unit (with hedge fixed_band).",
         .minimum = 0.01,
         .maximum = 1,
         .fallback = 0.1},
        {.name = "hedge_hours",
         .unit = "hours",
         .about = "Time between two hedges (with hedge fixed_time).",
         .minimum = 0.01,
         .maximum = 120,
         .fallback = 1},
        {.name = "hedge_cost",
         .unit = "fraction of price",
         .about = "Cost of trading the underlying that the bands and the edge weigh.",
         .minimum = 1e-6,
         .maximum = 0.05,
         .fallback = 0.0002},
        {.name = "risk_aversion",
         .unit = "per dollar",
         .about = "Risk aversion in the Whalley and Wilmott and the Zakamouline band: higher hedges sooner.",
         .minimum = 0.001,
         .maximum = 1000,
         .fallback = 1},
        {.name = "hedge_lot",
         .unit = "shares",
         .about = "Shares are traded in multiples of this.",
         .kind = Integer,
         .minimum = 1,
         .maximum = 1000,
         .fallback = 1},
        {.name = "hedge_delta",
         .about = "The delta that is hedged: at implied volatility, at the forecast one, or the one of least variance.",
         .kind = Choice,
         .choices = {"implied", "forecast", "minimum_variance"}},
        {.name = "quiet_minutes",
         .unit = "minutes",
         .about = "No hedge in so many last minutes of a session; 0 for chains that are recorded at the close.",
         .minimum = 0,
         .maximum = 60,
         .fallback = 2},
    };
}

risk::HedgeSettings hedgeSettings(const base::Parameters& parameters)
{
    constexpr double nanosPerMinute = 60e9;
    const std::string& policy = parameters.choice("hedge");
    risk::HedgeSettings settings;
    settings.policy = policy == "fixed_band"    ? risk::HedgePolicy::FixedBand
                      : policy == "fixed_time"  ? risk::HedgePolicy::FixedTime
                      : policy == "zakamouline" ? risk::HedgePolicy::Zakamouline
                                                : risk::HedgePolicy::WhalleyWilmott;
    settings.interval = base::Nanos(std::llround(60 * nanosPerMinute * parameters["hedge_hours"]));
    settings.band = parameters["delta_band"];
    settings.cost = parameters["hedge_cost"];
    settings.riskAversion = parameters["risk_aversion"];
    settings.lot = parameters.integer("hedge_lot");
    settings.quietBeforeClose = base::Nanos(std::llround(nanosPerMinute * parameters["quiet_minutes"]));
    return settings;
}

std::optional<HedgeBook> hedgeBook(const StrategyState& state)
{
    HedgeBook book;
    double nearest = std::numeric_limits<double>::infinity(), variance = 0;
    const double shares = forEachOption(state, [&](const HeldOption& option) {
        const pricing::SideAnalytics& side = option.expiration->side(option.contract.right);
        const std::size_t row = option.contract.row;
        book.delta += option.size * side.delta[row];
        book.gamma += option.size * side.gamma[row];
        variance += option.size * side.gamma[row] * option.volatility * option.volatility;
        if (option.expiration->years < nearest) {
            nearest = option.expiration->years;
            book.expiration = option.contract.expiration;
        }
    });
    for (const portfolio::Position& position : state.positions) {
        if (position.type != market::InstrumentType::EquityOption) {
            book.shares += position.quantity;
        } else if (position.quantity.abs() > book.contracts) {
            book.contracts = position.quantity.abs();
            book.multiplier = position.multiplier;
        }
    }
    book.delta += shares;
    if (variance / book.gamma > 0)
        book.volatility = std::sqrt(variance / book.gamma);
    if (book.contracts <= 0 || !std::isfinite(book.delta) || !std::isfinite(book.gamma))
        return std::nullopt;
    return book;
}

std::vector<Proposal> hedgeOf(const StrategyState& state, const base::Parameters& parameters, const HedgeAim& aim)
{
    const auto book = hedgeBook(state);
    if (!book)
        return {};
    const pricing::ExpirationAnalytics& expiration = state.analytics->expirations[book->expiration];
    risk::HedgeSettings settings = hedgeSettings(parameters);
    if (aim.isFirst) { // what was opened is not yet where a band begins
        settings.policy = risk::HedgePolicy::FixedBand;
        settings.band = 0;
    }
    const HedgeDelta delta = hedgeDelta(state, parameters, *book, aim.forecast);
    risk::HedgeState hedged;
    hedged.now = state.now;
    if (book->shares != 0) // without shares there is no hedge to wait for: one that would cross zero stops there first
        hedged.lastHedge = state.trade.lastHedgeAt;
    hedged.sessionClose = state.sessionClose;
    hedged.delta = delta.shares;
    hedged.gamma = book->gamma;
    hedged.units = book->contracts.toDouble() * book->multiplier;
    hedged.target = aim.targetShares / hedged.units;
    hedged.spot = expiration.market.spot;
    hedged.rate = expiration.market.rate;
    hedged.years = expiration.years;
    hedged.volatility = expiration.atmVolatility;
    hedged.isQuoteUsable =
        market::isTradable(market::classify(state.chain->underlyingQuote, state.now, base::Nanos{0})) &&
        !state.chain->isSpotStale && !expiration.isOld;
    hedged.isHedgeWorking = state.isHedgeWorking;
    if (settings.policy == risk::HedgePolicy::Zakamouline) {
        const risk::ZakamoulineBand band =
            risk::zakamoulineBand(hedged.spot, hedged.years, hedged.rate, hedged.volatility,
                                  hedged.gamma / hedged.units, settings.cost, settings.riskAversion);
        // What another delta than the implied one differs by, it differs by at this volatility too.
        hedged.deltaAtHedgeVolatility =
            deltaAtVolatilities(state, band.hedgeVolatility / hedged.volatility) + (delta.shares - book->delta);
    }
    const risk::HedgeDecision decision = risk::planHedge(settings, hedged);
    if (decision.verdict != risk::HedgeVerdict::Trade)
        return {};
    auto intent = marketable(state, {shareLeg(state, book->shares, decision.shares)}, parameters["price_room"]);
    if (!intent)
        return {};
    const double seen =
        settings.policy == risk::HedgePolicy::Zakamouline ? hedged.deltaAtHedgeVolatility : delta.shares;
    std::string reason = decision.boundShares > 0 ? fmt::format("delta {:+.1f} shares{} is outside ±{:.1f}", seen,
                                                                delta.at, decision.boundShares)
                                                  : fmt::format("delta {:+.1f} shares{} {}", seen, delta.at,
                                                                aim.isFirst ? "is left of the entry" : "by the clock");
    return {{ProposalKind::Hedge, std::move(*intent), std::move(reason), decision.boundShares}};
}

double hedgeCostOf(const StrategyState& state, const base::Parameters& parameters, std::size_t expiration,
                   double unitGamma)
{
    const pricing::ExpirationAnalytics& figures = state.analytics->expirations[expiration];
    return hedgeCost(hedgeSettings(parameters), figures.market.spot, figures.years, figures.market.rate,
                     figures.atmVolatility, unitGamma);
}

void append(std::vector<base::ParameterSpec>& all, std::vector<base::ParameterSpec> more)
{
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<base::ParameterSpec> edgeSpecs(std::string entryAbout, std::string_view expected, double edge,
                                           double exitEdge)
{
    using enum base::ParameterKind;
    return {
        {.name = "entry", .about = std::move(entryAbout), .kind = Choice, .choices = {"edge", "always"}},
        {.name = "edge",
         .unit = "volatility",
         .about = fmt::format(
             "How much of the difference between {} and implied volatility must be left after all costs.", expected),
         .minimum = -0.5,
         .maximum = 0.5,
         .fallback = edge},
        {.name = "exit_edge",
         .unit = "volatility",
         .about = "Leave when that difference, less the cost of hedging, falls below this (with entry edge).",
         .minimum = -0.5,
         .maximum = 0.5,
         .fallback = exitEdge},
    };
}

std::vector<base::ParameterSpec> hedgedExitSpecs(double lossLimit)
{
    using enum base::ParameterKind;
    return {
        {.name = "earnings",
         .about = "Stay out of a company's report, or hold over it.",
         .kind = Choice,
         .choices = {"avoid", "allow"}},
        {.name = "profit_target",
         .unit = "fraction of premium",
         .about = "Leave when the trade has gained this part of the premium paid or received.",
         .minimum = 0.05,
         .maximum = 10,
         .fallback = 0.5},
        {.name = "loss_limit",
         .unit = "fraction of premium",
         .about = "Leave when the trade has lost this, or what the risk limits say of a credit where that is less.",
         .minimum = 0.05,
         .maximum = 10,
         .fallback = lossLimit},
    };
}

tl::expected<std::size_t, NoEntry> hedgedExpiration(const StrategyState& state, int days, int tolerance, int exitDays)
{
    if (state.underlyingType == market::InstrumentType::Index)
        return noEntry("an index has no shares to hedge with");
    const auto nearest = nearestExpiration(state, days, tolerance);
    if (!nearest)
        return noEntry(fmt::format("no expiry is {} days away, give or take {}", days, tolerance));
    if (daysToExpiry(state, *nearest) <= exitDays)
        return noEntry("the nearest expiry is within exit_days already");
    return *nearest;
}

bool holdsOptions(const StrategyState& state)
{
    return std::ranges::any_of(state.positions, [](const portfolio::Position& position) {
        return position.type == market::InstrumentType::EquityOption && position.quantity != 0;
    });
}

std::string reasonByPremium(const StrategyState& state, double target, double limit)
{
    const double premium = std::abs(state.trade.entryCash);
    if (!(premium > 0))
        return {};
    const double stop = state.trade.entryCash > 0 ? std::min(limit, state.creditStopLoss) : limit;
    const double gain = state.trade.profit / premium;
    if (gain >= target)
        return fmt::format("gained {:.0f} % of the premium", 100 * gain);
    if (gain <= -stop)
        return fmt::format("lost {:.0f} % of the premium", -100 * gain);
    return {};
}

double hedgeCost(const risk::HedgeSettings& settings, double spot, double years, double rate, double volatility,
                 double gamma)
{
    if (settings.policy == risk::HedgePolicy::FixedTime) {
        const double hours = static_cast<double>(settings.interval.count()) / 3600e9;
        const double timesPerYear = hours <= hoursPerSession ? tradingDaysPerYear * hoursPerSession / hours
                                                             : std::min(tradingDaysPerYear, hoursPerYear / hours);
        return settings.cost * std::sqrt(2 / std::numbers::pi) * std::sqrt(timesPerYear);
    }
    risk::HedgeState state;
    state.gamma = gamma;
    state.spot = spot;
    state.rate = rate;
    state.years = years;
    state.volatility = volatility;
    return settings.cost * spot * std::abs(gamma) * volatility / (2 * risk::hedgeHalfWidth(settings, state));
}

} // namespace vegadesk::strategies

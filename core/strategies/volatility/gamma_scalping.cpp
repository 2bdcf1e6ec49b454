#include "strategies/volatility/gamma_scalping.h"

#include "market/calendar.h"
#include "strategies/hedge_band.h"
#include "strategies/orders.h"
#include "strategies/volatility/forecast.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

constexpr int daysTolerance = 12; ///< monthly and weekly expirations leave no larger hole around 30 days

std::vector<base::ParameterSpec> specs()
{
    using enum base::ParameterKind;
    return {
        {.name = "entry",
         .about = "Buy only when the forecast is above implied volatility, or always.",
         .kind = Choice,
         .choices = {"edge", "always"}},
        {.name = "edge",
         .unit = "volatility",
         .about = "How far the forecast of realised volatility must be above the straddle's implied volatility.",
         .minimum = -0.5,
         .maximum = 0.5,
         .fallback = 0},
        {.name = "exit_edge",
         .unit = "volatility",
         .about = "Leave when the forecast minus implied volatility falls below this (with entry edge only).",
         .minimum = -0.5,
         .maximum = 0.5,
         .fallback = -0.05},
        {.name = "forecast",
         .about = "How realised volatility is forecast from daily closes.",
         .kind = Choice,
         .choices = {"ewma", "har"}},
        {.name = "ewma_decay",
         .unit = "per day",
         .about = "Weight that each older day keeps in the EWMA forecast.",
         .minimum = 0.8,
         .maximum = 0.995,
         .fallback = 0.94},
        {.name = "days_to_expiry",
         .unit = "days",
         .about = "Calendar days to expiry of the straddle to buy.",
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
        {.name = "hedge",
         .about = "What triggers a hedge: Whalley and Wilmott's band, or a fixed one.",
         .kind = Choice,
         .choices = {"whalley_wilmott", "fixed_band"}},
        {.name = "delta_band",
         .unit = "delta",
         .about = "Half-width of the fixed band, per share of a straddle.",
         .minimum = 0.01,
         .maximum = 1,
         .fallback = 0.1},
        {.name = "hedge_cost",
         .unit = "fraction of price",
         .about = "Cost of trading the underlying that the Whalley and Wilmott band weighs.",
         .minimum = 1e-6,
         .maximum = 0.05,
         .fallback = 0.0002},
        {.name = "risk_aversion",
         .unit = "per dollar",
         .about = "Risk aversion in the Whalley and Wilmott band: higher hedges sooner.",
         .minimum = 0.001,
         .maximum = 1000,
         .fallback = 1},
        {.name = "profit_target",
         .unit = "fraction of premium",
         .about = "Leave when the trade has gained this.",
         .minimum = 0.05,
         .maximum = 10,
         .fallback = 0.5},
        {.name = "loss_limit",
         .unit = "fraction of premium",
         .about = "Leave when the trade has lost this.",
         .minimum = 0.05,
         .maximum = 1,
         .fallback = 0.5},
        {.name = "max_contracts",
         .unit = "straddles",
         .about = "Never more straddles than this.",
         .kind = Integer,
         .minimum = 1,
         .maximum = 1000,
         .fallback = 100},
        priceRoomSpec(),
    };
}

struct Exposure {
    double delta = 0;           ///< shares, options and shares together
    double gamma = 0;           ///< shares per dollar
    std::int64_t shares = 0;    ///< held
    std::int64_t straddles = 0; ///< contracts of the larger side
    double unitShares = 100;    ///< of one straddle
    std::size_t expiration = 0;
};

/// Empty when a figure of a position is not known.
std::optional<Exposure> exposureOf(const StrategyState& state)
{
    Exposure exposure;
    std::int64_t calls = 0, puts = 0;
    for (const portfolio::Position& position : state.positions) {
        if (position.type != market::InstrumentType::EquityOption) {
            exposure.shares += position.quantity;
            continue;
        }
        const auto contract = contractOf(state, position);
        if (!contract)
            return std::nullopt;
        const double size = static_cast<double>(position.quantity * position.multiplier);
        exposure.delta += size * deltaOf(state, *contract);
        exposure.gamma += size * gammaOf(state, *contract);
        exposure.unitShares = position.multiplier;
        exposure.expiration = contract->expiration;
        (contract->right == market::Right::Call ? calls : puts) += position.quantity;
    }
    exposure.delta += static_cast<double>(exposure.shares);
    exposure.straddles = std::max(calls, puts);
    if (exposure.straddles <= 0 || !std::isfinite(exposure.delta) || !std::isfinite(exposure.gamma))
        return std::nullopt;
    return exposure;
}

class GammaScalping final : public Strategy
{
public:
    explicit GammaScalping(base::Parameters parameters) : m_parameters(std::move(parameters)) {}

    std::string_view name() const override { return "gamma_scalping"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    EntryDecision entry(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState& state) const override;

private:
    bool needsEdge() const { return m_parameters.choice("entry") == "edge"; }
    double forecast(const StrategyState& state, std::size_t expiration) const;
    double bandHalfWidth(const StrategyState& state, const Exposure& exposure) const;

    base::Parameters m_parameters;
};

double GammaScalping::forecast(const StrategyState& state, std::size_t expiration) const
{
    if (m_parameters.choice("forecast") == "ewma")
        return ewmaVolatility(state.dailyCloses, m_parameters["ewma_decay"]);
    const int horizon =
        market::tradingDaysBetween(market::newYorkDate(state.now), state.chain->expirations[expiration].date);
    return harVolatility(state.dailyCloses, horizon);
}

EntryDecision GammaScalping::entry(const StrategyState& state) const
{
    if (state.underlyingType == market::InstrumentType::Index)
        return noEntry("an index has no shares to hedge with");
    const auto wanted = static_cast<int>(m_parameters.integer("days_to_expiry"));
    const auto expiration = nearestExpiration(state, wanted, daysTolerance);
    if (!expiration)
        return noEntry(fmt::format("no expiry is {} days away, give or take {}", wanted, daysTolerance));
    if (daysToExpiry(state, *expiration) <= m_parameters.integer("exit_days"))
        return noEntry("the nearest expiry is within exit_days already");
    const auto row = nearestStraddleRow(state, *expiration, state.analytics->expirations[*expiration].forward);
    if (!row)
        return noEntry("no strike has a call and a put that are both quoted on both sides");

    const Contract call{*expiration, *row, market::Right::Call};
    const Contract put{*expiration, *row, market::Right::Put};
    const double implied = volatilityOf(state, call);
    const double expected = forecast(state, *expiration);
    if (needsEdge() && std::isnan(expected))
        return noEntry(
            fmt::format("too few daily closes are known for a forecast of volatility ({}); entry=always needs none",
                        m_parameters.choice("forecast")));
    if (needsEdge() && !(expected - implied > m_parameters["edge"]))
        return noEntry(fmt::format("forecast volatility is not {:g} above the implied one", m_parameters["edge"]));

    const double perUnit = quoteOf(state, call).ask + quoteOf(state, put).ask;
    const int multiplier = state.chain->expirations[*expiration].multiplier;
    const double affordable = std::floor(state.riskBudget / (perUnit * (1 + m_parameters["price_room"]) * multiplier));
    if (!(affordable >= 1))
        return noEntry("one straddle costs more than one trade may lose");
    const auto units = std::min(static_cast<std::int64_t>(affordable), m_parameters.integer("max_contracts"));
    auto intent = marketable(state,
                             {optionLeg(state, call, portfolio::Action::BuyToOpen, units),
                              optionLeg(state, put, portfolio::Action::BuyToOpen, units)},
                             m_parameters["price_room"]);
    if (!intent)
        return noEntry("a leg of the straddle has no price it could be traded at");
    const std::string seen =
        std::isnan(expected) ? std::string("no forecast yet") : fmt::format("forecast {:.1f} %", 100 * expected);
    return std::vector{
        Proposal{ProposalKind::Entry, std::move(*intent),
                 fmt::format("{} straddles at {:g}, {} days: implied {:.1f} %, {}", units, strikeOf(state, call),
                             daysToExpiry(state, *expiration), 100 * implied, seen)}};
}

std::vector<Proposal> GammaScalping::exit(const StrategyState& state) const
{
    const auto exposure = exposureOf(state);
    const double room = m_parameters["price_room"];
    const bool hasOptions = std::ranges::any_of(state.positions, [](const portfolio::Position& position) {
        return position.type == market::InstrumentType::EquityOption && position.quantity != 0;
    });
    if (!hasOptions) // the straddle was exercised, expired or closed by hand: the shares have no purpose left
        return unwind(state, room, "no options left to hedge");
    if (!exposure)
        return {};

    const int days = daysToExpiry(state, exposure->expiration);
    if (days <= m_parameters.integer("exit_days"))
        return unwind(state, room, fmt::format("{} days to expiry", days));
    const double premium = -state.trade.entryCash;
    if (premium > 0) {
        const double gain = state.trade.profit / premium;
        if (gain >= m_parameters["profit_target"])
            return unwind(state, room, fmt::format("gained {:.0f} % of the premium", 100 * gain));
        if (gain <= -m_parameters["loss_limit"])
            return unwind(state, room, fmt::format("lost {:.0f} % of the premium", -100 * gain));
    }
    if (needsEdge()) {
        const double expected = forecast(state, exposure->expiration);
        const double edge = expected - state.analytics->expirations[exposure->expiration].atmVolatility;
        if (edge < m_parameters["exit_edge"])
            return unwind(state, room, fmt::format("forecast is {:.1f} points below implied volatility", -100 * edge));
    }
    return {};
}

double GammaScalping::bandHalfWidth(const StrategyState& state, const Exposure& exposure) const
{
    if (m_parameters.choice("hedge") == "fixed_band")
        return m_parameters["delta_band"];
    const pricing::ExpirationAnalytics& expiration = state.analytics->expirations[exposure.expiration];
    const double unitGamma = exposure.gamma / (static_cast<double>(exposure.straddles) * exposure.unitShares);
    return whalleyWilmottHalfWidth(expiration.market.spot, expiration.years, expiration.market.rate, unitGamma,
                                   m_parameters["hedge_cost"], m_parameters["risk_aversion"]);
}

std::vector<Proposal> GammaScalping::hedge(const StrategyState& state) const
{
    const auto exposure = exposureOf(state);
    if (!exposure)
        return {};
    const double size = static_cast<double>(exposure->straddles) * exposure->unitShares;
    const double band = bandHalfWidth(state, *exposure);
    const double trade = tradeToBandEdge(exposure->delta / size, 0, band) * size;
    const auto shares = static_cast<std::int64_t>(std::llround(trade));
    if (shares == 0)
        return {};
    auto intent = marketable(state, {shareLeg(state, exposure->shares, shares)}, m_parameters["price_room"]);
    if (!intent)
        return {};
    return {{ProposalKind::Hedge, std::move(*intent),
             fmt::format("delta {:+.1f} shares is outside ±{:.1f}", exposure->delta, band * size)}};
}

} // namespace

StrategyInfo gammaScalping()
{
    return {.name = "gamma_scalping",
            .title = "Gamma scalping",
            .about =
                "Buys a straddle and hedges its delta with shares, earning when realised volatility exceeds implied.",
            .parameters = specs(),
            .hedgesWithUnderlying = true,
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<GammaScalping>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies

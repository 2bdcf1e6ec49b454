#include "pricing/heston/american_heston.h"

#include "pricing/american/american.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

namespace
{

constexpr double rateStep = 1e-4;

struct HestonContract {
    Right right;
    MarketPoint market;
    double strike, years;
    const HestonParameters& law;
    bool isAmerican;

    double intrinsic() const { return right == Right::Put ? strike - market.spot : market.spot - strike; }
};

/// Each thread's own: its memory outlives a call.
AmericanHestonSolution& threadSolution()
{
    thread_local AmericanHestonSolution solution;
    return solution;
}

bool isConstant(const HestonParameters& law)
{
    const bool isNone = law.v0 == 0 && law.kappa * law.theta == 0;
    return isNone || (law.sigma == 0 && law.kappa == 0);
}

AmericanHestonValue europeanValue(const HestonContract& of)
{
    const HestonValue value = heston(of.right, of.market, of.strike, of.years, of.law);
    return {value.price, value.delta, value.gamma, value.theta, value.byV0};
}

AmericanHestonValue constantVarianceValue(const HestonContract& of)
{
    const double vol = std::sqrt(of.law.v0);
    const Greeks value = american(of.right, of.market, of.strike, of.years, vol);
    return {value.price, value.delta, value.gamma, value.theta, vol > 0 ? value.vega / (2 * vol) : 0};
}

/// So far out that exercise adds nothing, or so far in that nothing else is left.
AmericanHestonValue farValue(const HestonContract& of)
{
    const AmericanHestonValue waiting = europeanValue(of);
    if (!of.isAmerican || !(waiting.price <= of.intrinsic()))
        return waiting;
    return {of.intrinsic(), of.right == Right::Put ? -1.0 : 1.0, 0, 0, 0};
}

AmericanHestonValue gridValue(const AmericanHestonSolution& solution, const HestonContract& of)
{
    const double spot = of.market.spot / of.strike;
    const auto [low, high] = solution.spots();
    if (!(spot >= low && spot <= high))
        return farValue(of);
    const AmericanHestonValue unit = solution.at(spot, of.law.v0, 0);
    // Rounding goes to either side of exercise, and on the grid's outskirts of nothing.
    const double least = of.isAmerican ? std::max(0.0, of.intrinsic()) : 0;
    return {std::max(of.strike * unit.price, least), unit.delta, unit.gamma / of.strike, of.strike * unit.theta,
            of.strike * unit.byV0};
}

/// What a strip shares, and how a strike of it is valued.
class Strip
{
public:
    Strip(Right right, const MarketPoint& market, double years, const HestonParameters& law,
          const AmericanHestonSettings& settings)
        : m_right(right), m_market(market), m_years(years), m_law(law)
    {
        if (!checkInputs(market, 1, years, law) || !checkInputs(settings))
            return;
        m_isAmerican = settings.isAmerican;
        if (years == 0 || (m_isAmerican ? exerciseNeverPays(right, market) : isConstant(law)))
            m_kind = Kind::European;
        else if (isConstant(law))
            m_kind = Kind::Constant;
        else if (threadSolution().solve(right, market.rate, market.dividendYield, {&years, 1}, law, settings))
            m_kind = Kind::Grid;
    }

    AmericanHestonValue at(double strike) const
    {
        if (!(std::isfinite(strike) && strike > 0))
            return {};
        const HestonContract contract{m_right, m_market, strike, m_years, m_law, m_isAmerican};
        switch (m_kind) {
        case Kind::European:
            return europeanValue(contract);
        case Kind::Constant:
            return constantVarianceValue(contract);
        case Kind::Grid:
            return gridValue(threadSolution(), contract);
        case Kind::Refused:
            break;
        }
        return {};
    }

private:
    enum class Kind { Refused, European, Constant, Grid };
    Right m_right;
    const MarketPoint& m_market;
    double m_years;
    const HestonParameters& m_law;
    bool m_isAmerican = true;
    Kind m_kind = Kind::Refused;
};

void writeTo(std::span<double> column, std::size_t row, double value)
{
    if (!column.empty())
        column[row] = value;
}

} // namespace

bool exerciseNeverPays(Right right, const MarketPoint& market) noexcept
{
    const double waiting = right == Right::Put ? market.rate : market.dividendYield;
    const double other = right == Right::Put ? market.dividendYield : market.rate;
    return waiting <= 0 && other >= waiting;
}

AmericanHestonValue readAmericanHeston(const AmericanHestonSolution& solution, Right right, const MarketPoint& market,
                                       double strike, double years, const HestonParameters& parameters) noexcept
{
    if (!(std::isfinite(strike) && strike > 0))
        return {};
    return gridValue(solution, {right, market, strike, years, parameters, true});
}

base::Result<void> checkInputs(const AmericanHestonSettings& settings)
{
    const auto check = [](std::string_view field, int value, int least, int most) -> base::Result<void> {
        if (value < least || value > most)
            return base::badInput(field, fmt::format("{}", value), fmt::format("{} to {}", least, most));
        return {};
    };
    if (const auto checked = check("spotPoints", settings.spotPoints, 33, 2049); !checked)
        return checked;
    if (const auto checked = check("variancePoints", settings.variancePoints, 16, 512); !checked)
        return checked;
    return check("timeSteps", settings.timeSteps, 8, 10'000);
}

AmericanHestonValue americanHeston(Right right, const MarketPoint& market, double strike, double years,
                                   const HestonParameters& parameters, const AmericanHestonSettings& settings) noexcept
{
    return Strip(right, market, years, parameters, settings).at(strike);
}

void americanHestonStrip(Right right, const MarketPoint& market, double years, const HestonParameters& parameters,
                         std::span<const double> strikes, const AmericanHestonView& out,
                         const AmericanHestonSettings& settings) noexcept
{
    if (!out.rho.empty()) {
        const auto add = [&](double move) {
            const MarketPoint moved{market.spot, market.rate + move, market.dividendYield};
            const Strip strip(right, moved, years, parameters, settings);
            for (std::size_t row = 0; row < strikes.size(); ++row)
                out.rho[row] += strip.at(strikes[row]).price / (2 * move);
        };
        std::ranges::fill(out.rho, 0.0);
        add(rateStep);
        add(-rateStep);
    }
    const Strip strip(right, market, years, parameters, settings);
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        const AmericanHestonValue value = strip.at(strikes[row]);
        writeTo(out.price, row, value.price);
        writeTo(out.delta, row, value.delta);
        writeTo(out.gamma, row, value.gamma);
        writeTo(out.theta, row, value.theta);
        writeTo(out.byV0, row, value.byV0);
    }
}

} // namespace vegadesk::pricing

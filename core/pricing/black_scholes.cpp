#include "pricing/black_scholes.h"

#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

namespace
{

constexpr double sqrtTwoOverPi = 0.79788456080286535588;

/// What an expiry's strikes share.
struct Expiry {
    double spot, rate, dividendYield, years;
    double sqrtYears, carry;
    double spotDiscount, strikeDiscount; // e^-qT, e^-rT
    double spotLeg, sqrtSpotLeg;         // S e^-qT and its root
    double sqrtStrikeDiscount;
    bool isValid;

    Expiry(const MarketPoint& market, double term)
        : spot(market.spot), rate(market.rate), dividendYield(market.dividendYield), years(term),
          sqrtYears(std::sqrt(term)), carry((rate - dividendYield) * term),
          spotDiscount(std::exp(-dividendYield * term)), strikeDiscount(std::exp(-rate * term)),
          spotLeg(spot * spotDiscount), sqrtSpotLeg(std::sqrt(spotLeg)), sqrtStrikeDiscount(std::sqrt(strikeDiscount)),
          isValid(std::isfinite(spotLeg) && spotLeg > 0 && spot > 0 && std::isfinite(strikeDiscount) &&
                  std::isfinite(rate) && std::isfinite(dividendYield) && std::isfinite(term) && term >= 0)
    {
    }
};

/// The four probability-weighted legs: of spot (d1) and of strike (d2), each with its complement, all without
/// cancellation, and the out-of-the-money value that is a difference of two of them.
struct Legs {
    double spotIn, spotOut, strikeIn, strikeOut; // S e^-qT N(±d1), K e^-rT N(±d2)
    double outOfTheMoney;
    double density; // S e^-qT n(d1) = K e^-rT n(d2)
    double strikeLeg;
    bool isCallOutOfTheMoney;
};

Legs legsAt(const Expiry& expiry, double strike, double logMoneyness, double deviation)
{
    Legs out{};
    out.strikeLeg = strike * expiry.strikeDiscount;
    out.isCallOutOfTheMoney = logMoneyness <= 0;
    if (deviation == 0) {
        // No randomness left: a step, shared evenly where forward and strike meet.
        const double in = logMoneyness > 0 ? 1.0 : logMoneyness < 0 ? 0.0 : 0.5;
        out.spotIn = in * expiry.spotLeg;
        out.spotOut = (1 - in) * expiry.spotLeg;
        out.strikeIn = in * out.strikeLeg;
        out.strikeOut = (1 - in) * out.strikeLeg;
        return out;
    }
    const double h = -std::abs(logMoneyness) / deviation;
    const double t = 0.5 * deviation;
    const double near = h + t; // d1 of an out-of-the-money call, -d2 of an out-of-the-money put
    const double far = h - t;
    const double scale =
        0.5 * expiry.sqrtSpotLeg * std::sqrt(strike) * expiry.sqrtStrikeDiscount * std::exp(-0.5 * (h * h + t * t));
    const double nearLeg = out.isCallOutOfTheMoney ? expiry.spotLeg : out.strikeLeg;
    const double farLeg = out.isCallOutOfTheMoney ? out.strikeLeg : expiry.spotLeg;

    const double nearTail = scale * erfcx(std::abs(near) * inverseSqrtTwo);
    const double farIn = scale * erfcx(-far * inverseSqrtTwo);
    const double nearIn = near <= 0 ? nearTail : nearLeg - nearTail;
    const double nearOut = near <= 0 ? nearLeg - nearTail : nearTail;

    out.density = sqrtTwoOverPi * scale;
    out.outOfTheMoney = std::max(0.0, nearIn - farIn);
    if (out.isCallOutOfTheMoney) {
        out.spotIn = nearIn;
        out.spotOut = nearOut;
        out.strikeIn = farIn;
        out.strikeOut = farLeg - farIn;
    } else {
        out.strikeOut = nearIn;
        out.strikeIn = nearOut;
        out.spotOut = farIn;
        out.spotIn = farLeg - farIn;
    }
    return out;
}

bool isUsable(const Expiry& expiry, double strike, double vol)
{
    return expiry.isValid && std::isfinite(strike) && strike > 0 && std::isfinite(vol) && vol >= 0;
}

Legs legsOf(const Expiry& expiry, double strike, double vol)
{
    const double logMoneyness = std::log(expiry.spot / strike) + expiry.carry;
    return legsAt(expiry, strike, logMoneyness, vol * expiry.sqrtYears);
}

double priceOf(Right right, const Expiry& expiry, const Legs& legs)
{
    if ((right == Right::Call) == legs.isCallOutOfTheMoney)
        return legs.outOfTheMoney;
    const double forward = expiry.spotLeg - legs.strikeLeg;
    return legs.outOfTheMoney + std::max(0.0, right == Right::Call ? forward : -forward);
}

Greeks evaluate(Right right, const Expiry& expiry, double strike, double vol)
{
    if (!isUsable(expiry, strike, vol))
        return {};
    const Legs legs = legsOf(expiry, strike, vol);
    const double deviation = vol * expiry.sqrtYears;
    Greeks out;
    out.price = priceOf(right, expiry, legs);
    out.gamma = deviation == 0 ? 0 : legs.density / (deviation * expiry.spot * expiry.spot);
    out.vega = legs.density * expiry.sqrtYears;
    const double decay = deviation == 0 ? 0 : -0.5 * legs.density * vol / expiry.sqrtYears;
    if (right == Right::Call) {
        out.delta = legs.spotIn / expiry.spot;
        out.theta = decay - expiry.rate * legs.strikeIn + expiry.dividendYield * legs.spotIn;
        out.rho = expiry.years * legs.strikeIn;
    } else {
        out.delta = -legs.spotOut / expiry.spot;
        out.theta = decay + expiry.rate * legs.strikeOut - expiry.dividendYield * legs.spotOut;
        out.rho = -expiry.years * legs.strikeOut;
    }
    return out;
}

void put(std::span<double> column, std::size_t row, double value)
{
    if (!column.empty())
        column[row] = value;
}

} // namespace

void GreeksColumns::resize(std::size_t count)
{
    for (auto* column : {&price, &delta, &gamma, &vega, &theta, &rho})
        column->resize(count, std::numeric_limits<double>::quiet_NaN());
}

Greeks blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    return evaluate(right, Expiry(market, years), strike, vol);
}

double blackScholesPrice(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    const Expiry expiry(market, years);
    if (!isUsable(expiry, strike, vol))
        return std::numeric_limits<double>::quiet_NaN();
    return priceOf(right, expiry, legsOf(expiry, strike, vol));
}

void blackScholesStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                       std::span<const double> vols, const GreeksView& out) noexcept
{
    assert(vols.size() == strikes.size());
    const Expiry expiry(market, years);
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        const Greeks greeks = evaluate(right, expiry, strikes[row], vols[row]);
        put(out.price, row, greeks.price);
        put(out.delta, row, greeks.delta);
        put(out.gamma, row, greeks.gamma);
        put(out.vega, row, greeks.vega);
        put(out.theta, row, greeks.theta);
        put(out.rho, row, greeks.rho);
    }
}

base::Result<void> checkInputs(const MarketPoint& market, double strike, double years, double vol)
{
    const auto refuse = [](std::string_view field, double value, std::string_view allowed) {
        return base::badInput(field, fmt::format("{}", value), allowed);
    };
    const auto isPositive = [](double value) { return std::isfinite(value) && value > 0; };
    if (!isPositive(market.spot))
        return refuse("spot", market.spot, "a positive number");
    if (!isPositive(strike))
        return refuse("strike", strike, "a positive number");
    if (!std::isfinite(years) || years < 0)
        return refuse("years", years, "zero or a positive number of years");
    if (!std::isfinite(vol) || vol < 0)
        return refuse("volatility", vol, "zero or a positive number, 0.2 for 20 %");
    if (!std::isfinite(market.rate))
        return refuse("rate", market.rate, "a finite number, 0.05 for 5 %");
    if (!std::isfinite(market.dividendYield))
        return refuse("dividend yield", market.dividendYield, "a finite number, 0.02 for 2 %");
    return {};
}

} // namespace vegadesk::pricing

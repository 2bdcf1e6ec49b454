#include "pricing/american/cash_dividends.h"

#include "pricing/american/american.h"
#include "pricing/american/dividend_quadrature.h"
#include "pricing/american/log_grid.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace vegadesk::pricing
{

using namespace american_detail;

namespace
{

constexpr GridSize gridSize{1600, 400};
constexpr GridSize manySpotsSize{640, 160};

bool isUsable(const MarketPoint& market, std::span<const CashDividend> dividends, double strike, double years,
              double vol)
{
    return std::isfinite(market.spot) && market.spot > 0 && std::isfinite(market.rate) &&
           std::isfinite(market.dividendYield) && std::isfinite(strike) && strike > 0 && std::isfinite(years) &&
           years >= 0 && std::isfinite(vol) && vol > 0 && checkDividends(dividends).has_value();
}

/// An option with the dividends that fall within its life.
struct Contract {
    Right right;
    MarketPoint market;
    std::vector<CashDividend> dividends;
    double strike, years, vol;
    bool isAmerican;

    Contract(Right side, const MarketPoint& point, std::span<const CashDividend> all, double level, double term,
             double sigma, bool american)
        : right(side), market(point), strike(level), years(term), vol(sigma), isAmerican(american)
    {
        std::ranges::copy_if(all, std::back_inserter(dividends), [term](const CashDividend& one) {
            return one.years > 0 && one.years < term && one.amount > 0;
        });
    }

    double payoff() const { return std::max(0.0, right == Right::Call ? market.spot - strike : strike - market.spot); }

    SpotValue value() const
    {
        const bool onlyOnEves = right == Right::Call && market.rate >= 0 && market.dividendYield <= 0;
        if (!isAmerican || onlyOnEves)
            return DividendQuadrature(right, market, dividends, strike, years, vol, isAmerican).value();
        const GridValue grid = valueOnGrid({right, market, strike, years, vol, isAmerican, dividends}, gridSize);
        if (grid.price <= payoff()) // exercised, or worth nothing
            return {payoff(), payoff() > 0 ? (right == Right::Call ? 1.0 : -1.0) : 0.0, 0};
        return {grid.price, grid.delta, grid.gamma};
    }
};

double priceOf(const Contract& contract)
{
    if (contract.dividends.empty()) {
        return contract.isAmerican
                   ? americanPrice(contract.right, contract.market, contract.strike, contract.years, contract.vol)
                   : blackScholesPrice(contract.right, contract.market, contract.strike, contract.years, contract.vol);
    }
    return contract.value().price;
}

Greeks greeksOf(const Contract& contract)
{
    if (contract.dividends.empty()) {
        return contract.isAmerican
                   ? american(contract.right, contract.market, contract.strike, contract.years, contract.vol)
                   : blackScholes(contract.right, contract.market, contract.strike, contract.years, contract.vol);
    }
    const SpotValue value = contract.value();
    Greeks out{value.price, value.delta, value.gamma, 0, 0, 0};
    if (contract.isAmerican && out.gamma == 0 && (std::abs(out.delta) == 1 || out.price == 0))
        return out;
    const MarketPoint& market = contract.market;
    out.theta = market.rate * out.price - (market.rate - market.dividendYield) * market.spot * out.delta -
                0.5 * contract.vol * contract.vol * market.spot * market.spot * out.gamma;
    const auto moved = [&](double vol, double rate) {
        Contract other = contract;
        other.vol += vol;
        other.market.rate += rate;
        return other.value().price;
    };
    const double volMove = 0.005 * contract.vol, rateMove = 1e-4;
    out.vega = (moved(volMove, 0) - moved(-volMove, 0)) / (2 * volMove);
    out.rho = (moved(0, rateMove) - moved(0, -rateMove)) / (2 * rateMove);
    return out;
}

} // namespace

Greeks europeanWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                             double strike, double years, double vol)
{
    if (!isUsable(market, dividends, strike, years, vol))
        return {};
    return greeksOf({right, market, dividends, strike, years, vol, false});
}

Greeks americanWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                             double strike, double years, double vol)
{
    if (!isUsable(market, dividends, strike, years, vol))
        return {};
    return greeksOf({right, market, dividends, strike, years, vol, true});
}

double europeanPriceWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double vol)
{
    if (!isUsable(market, dividends, strike, years, vol))
        return std::numeric_limits<double>::quiet_NaN();
    return priceOf({right, market, dividends, strike, years, vol, false});
}

double americanPriceWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double vol)
{
    if (!isUsable(market, dividends, strike, years, vol))
        return std::numeric_limits<double>::quiet_NaN();
    return priceOf({right, market, dividends, strike, years, vol, true});
}

void americanPricesWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                 double strike, double years, double vol, std::span<const double> spots,
                                 std::span<double> prices, std::span<double> deltas)
{
    std::ranges::fill(prices, std::numeric_limits<double>::quiet_NaN());
    std::ranges::fill(deltas, std::numeric_limits<double>::quiet_NaN());
    if (!isUsable(market, dividends, strike, years, vol) || !(years > 0))
        return;
    const Contract contract(right, market, dividends, strike, years, vol, true);
    valuesOnGrid({right, market, strike, years, vol, true, contract.dividends}, manySpotsSize, spots, prices, deltas);
    const double sign = right == Right::Call ? 1 : -1;
    for (std::size_t i = 0; i < spots.size(); ++i) {
        const double exercise = std::max(0.0, sign * (spots[i] - strike));
        if (prices[i] <= exercise) { // false for NaN
            prices[i] = exercise;
            deltas[i] = exercise > 0 ? sign : 0;
        }
    }
}

base::Result<void> checkDividends(std::span<const CashDividend> dividends)
{
    double before = -std::numeric_limits<double>::infinity();
    for (const CashDividend& dividend : dividends) {
        if (!std::isfinite(dividend.amount) || dividend.amount < 0)
            return base::badInput("dividend", fmt::format("{}", dividend.amount), "zero or a positive amount");
        if (!std::isfinite(dividend.years))
            return base::badInput("ex-date", fmt::format("{}", dividend.years), "a finite number of years from now");
        if (dividend.years <= before)
            return base::badInput("ex-date", fmt::format("{} years", dividend.years),
                                  fmt::format("later than the one before it, {} years from now", before));
        before = dividend.years;
    }
    return {};
}

} // namespace vegadesk::pricing

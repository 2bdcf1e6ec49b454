#include "row.h"

#include "base/random.h"
#include "pricing/implied_volatility.h"
#include "pricing/reference/engine_option.h"

#include <array>
#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;

constexpr std::size_t optionCount = 2048; // fits the first caches, as a chain's columns do
constexpr double years = 0.25;
constexpr MarketPoint point{100, 0.03, 0.01};

/// Out-of-the-money calls from the money to three deviations, as a chain has them.
struct Strip {
    std::vector<double> strikes, vols, prices, out;
    GreeksColumns greeks;
    std::array<std::vector<double>, 7> higher; ///< in the order of HigherGreeksView

    Strip() : out(optionCount)
    {
        base::Generator generator(1);
        for (std::size_t i = 0; i < optionCount; ++i) {
            vols.push_back(generator.uniform(0.15, 0.45));
            strikes.push_back(point.spot * std::exp(generator.uniform(0.01, 3) * vols.back() * std::sqrt(years)));
            prices.push_back(blackScholesPrice(Right::Call, point, strikes.back(), years, vols.back()));
        }
        greeks.resize(optionCount);
        for (auto& column : higher)
            column.resize(optionCount);
    }
};

double largestPriceError(Strip& strip)
{
    blackScholesStrip(Right::Call, point, years, strip.strikes, strip.vols, strip.greeks.view());
    if (!reference::blackFormulaStrip(Right::Call, point, years, strip.strikes, strip.vols, strip.out))
        return std::nan("");
    double worst = 0;
    for (std::size_t i = 0; i < optionCount; ++i)
        worst = std::max(worst, std::abs(strip.greeks.price[i] - strip.out[i]) / point.spot);
    return worst;
}

double largestVolatilityError(Strip& strip)
{
    impliedVolatilityStrip(Right::Call, point, years, strip.strikes, strip.prices, strip.out);
    double worst = 0;
    for (std::size_t i = 0; i < optionCount; ++i)
        worst = std::max(worst, std::abs(strip.out[i] - strip.vols[i]) / strip.vols[i]);
    return worst;
}

Timed calculator(const std::shared_ptr<Strip>& strip)
{
    return {"QuantLib's calculator, price and Greeks", optionCount, [strip] {
                for (std::size_t i = 0; i < optionCount; ++i) {
                    const auto greeks =
                        reference::blackScholes(Right::Call, point, strip->strikes[i], years, strip->vols[i]);
                    strip->out[i] = greeks ? greeks->price : std::nan("");
                }
            }};
}

Timed engine(const std::shared_ptr<Strip>& strip)
{
    const auto option = std::make_shared<base::Result<reference::EngineOption>>(
        reference::EngineOption::make(Right::Call, point, 105, years, 0.25));
    return {"QuantLib's engine with observers, price and Greeks", optionCount, [strip, option] {
                for (std::size_t i = 0; i < optionCount; ++i) {
                    const auto greeks = (*option)->value(point.spot, strip->vols[i]);
                    strip->out[i] = greeks ? greeks->price : std::nan("");
                }
            }};
}

/// QuantLib gives no second-order Greeks: differences of its first ones stand in.
double largestVannaError(Strip& strip)
{
    double worst = 0;
    for (std::size_t i = 0; i < optionCount; i += 16) {
        const auto theirs =
            reference::blackScholesSecondOrder(Right::Call, point, strip.strikes[i], years, strip.vols[i]);
        worst = std::max(worst, std::abs(strip.higher[0][i] - (theirs ? theirs->vanna : std::nan(""))));
    }
    return worst;
}

Row higherRow(const std::shared_ptr<Strip>& strip)
{
    Row row;
    row.kernel = "Black-Scholes price, Greeks and seven second-order Greeks, batch";
    row.ours = Timed{"ours", optionCount, [strip] {
                         auto& out = strip->higher;
                         blackScholesStrip(Right::Call, point, years, strip->strikes, strip->vols, strip->greeks.view(),
                                           {out[0], out[1], out[2], out[3], out[4], out[5], out[6]});
                     }};
    row.accuracyOf = "largest vanna difference to QuantLib's delta, differenced";
    row.accuracy = [strip] { return largestVannaError(*strip); };
    return row;
}

} // namespace

std::vector<Row> europeanRows()
{
    const auto strip = std::make_shared<Strip>();
    Row values;
    values.kernel = "Black-Scholes price and Greeks, batch";
    values.ours =
        Timed{"ours", optionCount, [strip] {
                  blackScholesStrip(Right::Call, point, years, strip->strikes, strip->vols, strip->greeks.view());
              }};
    values.references = {{"QuantLib's blackFormula, price alone", optionCount,
                          [strip] {
                              // A refusal shows in the accuracy, which asks the same.
                              (void)reference::blackFormulaStrip(Right::Call, point, years, strip->strikes, strip->vols,
                                                                 strip->out);
                          }},
                         calculator(strip),
                         engine(strip)};
    values.accuracyOf = "largest price difference to blackFormula, of spot";
    values.accuracy = [strip] { return largestPriceError(*strip); };

    Row vols;
    vols.kernel = "Implied volatility, batch";
    vols.ours = Timed{"ours", optionCount, [strip] {
                          impliedVolatilityStrip(Right::Call, point, years, strip->strikes, strip->prices, strip->out);
                      }};
    vols.references = {{"QuantLib's blackFormulaImpliedStdDev at 1e-12", optionCount, [strip] {
                            (void)reference::impliedVolatilityStrip(Right::Call, point, years, strip->strikes,
                                                                    strip->prices, strip->out);
                        }}};
    vols.accuracyOf = "largest relative distance from the volatility that made the price";
    vols.accuracy = [strip] { return largestVolatilityError(*strip); };
    return {values, higherRow(strip), vols};
}

} // namespace vegadesk::cli::bench

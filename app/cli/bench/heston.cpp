#include "row.h"

#include "pricing/heston/american_heston.h"
#include "pricing/heston/bates.h"
#include "pricing/heston/heston.h"
#include "pricing/reference/engine_option.h"

#include <array>
#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using reference::EngineOption;
using reference::HestonIntegration;

/// Alan Lewis's set.
constexpr MarketPoint point{100, 0.01, 0.02};
constexpr double years = 1;
constexpr HestonParameters lewis{0.04, 4, 0.25, 1, -0.5};
constexpr std::array strikes{80.0, 90.0, 100.0, 110.0, 120.0};
/// His fifty-digit prices.
constexpr std::array exactPrices{26.774758743998854221, 20.933349000596710388, 16.070154917028834278,
                                 12.132211516709844868, 9.0249134834578356366};

Timed engines(std::string name, HestonIntegration integration)
{
    const auto options = std::make_shared<std::vector<EngineOption>>();
    for (const double strike : strikes) {
        auto option = EngineOption::heston(Right::Call, point, strike, years, lewis, integration);
        if (option)
            options->push_back(std::move(*option));
    }
    return {std::move(name), options->size(), [options, spot = point.spot]() mutable {
                spot += 1e-9; // or QuantLib would hand out the value it has
                for (EngineOption& each : *options)
                    (void)each.price(spot);
            }};
}

/// An expiry of a chain.
struct Expiry {
    static constexpr std::size_t count = 100;
    std::vector<double> strikes, prices, byV0, byKappa, byTheta, bySigma, byRho;

    Expiry() : prices(count), byV0(count), byKappa(count), byTheta(count), bySigma(count), byRho(count)
    {
        for (std::size_t i = 0; i < count; ++i)
            strikes.push_back(75 + 0.5 * static_cast<double>(i));
    }
    void price(bool withGradient)
    {
        HestonView view;
        view.price = prices;
        if (withGradient) {
            view.byV0 = byV0;
            view.byKappa = byKappa;
            view.byTheta = byTheta;
            view.bySigma = bySigma;
            view.byRho = byRho;
        }
        hestonStrip(Right::Call, point, years, lewis, strikes, view);
    }
};

double largestError()
{
    double worst = 0;
    for (std::size_t i = 0; i < strikes.size(); ++i)
        worst = std::max(worst, std::abs(hestonPrice(Right::Call, point, strikes[i], years, lewis) - exactPrices[i]) /
                                    point.spot);
    return worst;
}

/// Lewis's variance with jumps.
constexpr reference::JumpParameters jumps{0.5, -0.1, 0.15};
constexpr BatesParameters withJumps{lewis, jumps.intensity, jumps.mean, jumps.deviation};

Row batesRow(const std::shared_ptr<Expiry>& expiry)
{
    Row row;
    row.kernel = "Bates prices of one expiry";
    row.ours = Timed{"ours", Expiry::count, [expiry] {
                         BatesView view;
                         view.price = expiry->prices;
                         batesStrip(Right::Call, point, years, withJumps, expiry->strikes, view);
                     }};
    row.accuracyOf = "price difference to QuantLib's 192 nodes at the money, of spot";
    row.accuracy = [] {
        const auto theirs = reference::bates(Right::Call, point, point.spot, years, lewis, jumps);
        return std::abs(batesPrice(Right::Call, point, point.spot, years, withJumps) -
                        (theirs ? theirs->price : std::nan(""))) /
               point.spot;
    };
    auto made = EngineOption::bates(Right::Call, point, point.spot, years, lewis, jumps);
    if (!made)
        return row;
    const auto option = std::make_shared<EngineOption>(std::move(*made));
    row.references = {{"QuantLib's BatesEngine, 144 nodes", 1, [option, spot = point.spot]() mutable {
                           spot += 1e-9;
                           (void)option->price(spot);
                       }}};
    return row;
}

/// Clarke and Parrott's put.
struct AmericanPut {
    static constexpr MarketPoint market{100, 0.1, 0};
    static constexpr double strike = 100, years = 0.25;
    static constexpr HestonParameters law{0.0625, 5, 0.16, 0.9, 0.1};

    static double price(const AmericanHestonSettings& settings)
    {
        return americanHeston(Right::Put, market, strike, years, law, settings).price;
    }
    static double fine() { return price({769, 192, 512}); }
};

Timed americanEngine(std::string name, const reference::HestonGrid& grid)
{
    auto made = EngineOption::americanHeston(Right::Put, AmericanPut::market, AmericanPut::strike, AmericanPut::years,
                                             AmericanPut::law, grid);
    if (!made)
        return {std::move(name), 1, [] {}};
    const auto option = std::make_shared<EngineOption>(std::move(*made));
    return {std::move(name), 1, [option, spot = AmericanPut::market.spot]() mutable {
                spot += 1e-9;
                (void)option->price(spot);
            }};
}

Row americanHestonRow()
{
    Row row;
    row.kernel = "American Heston, a whole grid";
    row.ours = Timed{"ours, 193 x 48 x 64", 1, [sum = 0.0]() mutable { sum += AmericanPut::price({}); }};
    row.accuracyOf = "price error against a grid four times as fine, of the strike";
    row.accuracy = [] { return std::abs(AmericanPut::price({}) - AmericanPut::fine()) / AmericanPut::strike; };
    row.references = {americanEngine("QuantLib's FdHestonVanillaEngine, 100 x 200 x 50", {100, 200, 50}),
                      americanEngine("QuantLib's FdHestonVanillaEngine, 200 x 400 x 50", {200, 400, 50})};
    return row;
}

} // namespace

std::vector<Row> hestonRows()
{
    const auto expiry = std::make_shared<Expiry>();
    Row strip;
    strip.kernel = "Heston prices of one expiry";
    strip.ours = Timed{"ours", Expiry::count, [expiry] { expiry->price(false); }};
    Row gradient;
    gradient.kernel = "Heston prices and gradients of one expiry";
    gradient.ours = Timed{"ours", Expiry::count, [expiry] { expiry->price(true); }};
    Row row;
    row.kernel = "Heston price";
    row.ours = Timed{"ours", strikes.size(), [sum = 0.0]() mutable {
                         for (const double strike : strikes)
                             sum += hestonPrice(Right::Call, point, strike, years, lewis);
                     }};
    row.accuracyOf = "largest price error against Lewis's fifty digits, of spot";
    row.accuracy = largestError;
    row.references = {engines("QuantLib's OptimalCV, 64 nodes", HestonIntegration::ControlVariate64),
                      engines("QuantLib's default, 144 nodes", HestonIntegration::Default)};
    return {row, strip, gradient, americanHestonRow(), batesRow(expiry)};
}

} // namespace vegadesk::cli::bench

#include "row.h"

#include "base/random.h"
#include "learning/pricer/network_pricer.h"
#include "learning/pricer/neural_american_heston.h"
#include "pricing/american/american.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/heston/american_heston.h"
#include "pricing/reference/engine_option.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <memory>

/// Each network that comes with the program beside each classical way to the same price.
namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using reference::AmericanMethod;
using reference::AmericanScheme;
using reference::EngineOption;
using reference::HestonIntegration;

/// One option in the middle of the boxes, for engines that price one at a time.
constexpr MarketPoint point{100, 0.05, 0.02};
constexpr double strike = 105, years = 0.6, vol = 0.25;
constexpr HestonParameters law{0.06, 1.5, 0.08, 0.4, -0.6};
constexpr std::array<CashDividend, 1> paid{CashDividend{0.25, 1}};

Timed engine(std::string name, base::Result<EngineOption> made)
{
    if (!made)
        return {std::move(name), 1, [] {}};
    const auto option = std::make_shared<EngineOption>(std::move(*made));
    return {"QuantLib's " + name, 1, [option, spot = point.spot]() mutable {
                spot += 1e-9; // or QuantLib would hand out the value it has
                (void)option->price(spot);
            }};
}

/// Ours, one option after the other.
template<class Price>
Timed classical(std::string name, Price price)
{
    return {"ours, " + std::move(name), 1, [price, market = point, sum = 0.0]() mutable {
                market.spot += 1e-9;
                sum += price(market);
            }};
}

std::vector<Timed> europeanEngines()
{
    return {classical("closed form",
                      [](const MarketPoint& at) { return blackScholesPrice(Right::Call, at, strike, years, vol); }),
            engine("AnalyticEuropeanEngine", EngineOption::make(Right::Call, point, strike, years, vol))};
}

std::vector<Timed> hestonEngines()
{
    constexpr MarketPoint noYield{100, 0.05, 0};
    return {
        classical("Fourier", [](const MarketPoint& at) { return hestonPrice(Right::Call, at, strike, years, law); }),
        engine("OptimalCV, 64 nodes",
               EngineOption::heston(Right::Call, noYield, strike, years, law, HestonIntegration::ControlVariate64)),
        engine("default, 144 nodes",
               EngineOption::heston(Right::Call, noYield, strike, years, law, HestonIntegration::Default))};
}

std::vector<Timed> americanEngines(Right right)
{
    const auto qdFp = [right](AmericanScheme scheme) {
        return EngineOption::american(right, point, strike, years, vol, scheme);
    };
    const auto by = [right](AmericanMethod method) {
        return EngineOption::american(right, point, strike, years, vol, method);
    };
    return {classical("finite differences with the dividend",
                      [right](const MarketPoint& at) {
                          return americanPriceWithDividends(right, at, paid, strike, years, vol);
                      }),
            classical("collocation, no dividend",
                      [right](const MarketPoint& at) { return americanPrice(right, at, strike, years, vol); }),
            engine("finite differences with the dividend, 100 x 200",
                   EngineOption::americanWithDividends(right, point, strike, years, vol, paid)),
            engine("QdFp, fast scheme, no dividend", qdFp(AmericanScheme::Fast)),
            engine("QdFp, accurate scheme, no dividend", qdFp(AmericanScheme::Accurate)),
            engine("Barone-Adesi and Whaley, no dividend", by(AmericanMethod::BaroneAdesiWhaley)),
            engine("Leisen-Reimer tree, 801 steps, no dividend", by(AmericanMethod::LeisenReimer)),
            engine("finite differences, 100 x 100, no dividend", by(AmericanMethod::FiniteDifferences)),
            engine("finite differences, 400 x 400, no dividend", by(AmericanMethod::FineFiniteDifferences))};
}

std::vector<Timed> americanHestonEngines(Right right)
{
    const auto grid = [right](std::size_t times, std::size_t spots, std::size_t variances) {
        return EngineOption::americanHeston(right, point, strike, years, law, {times, spots, variances});
    };
    return {classical("finite differences, 193 x 48 x 64",
                      [right](const MarketPoint& at) { return americanHeston(right, at, strike, years, law).price; }),
            engine("FdHestonVanillaEngine, 50 x 100 x 25", grid(50, 100, 25)),
            engine("FdHestonVanillaEngine, 100 x 200 x 50", grid(100, 200, 50))};
}

/// Random points of a network's box, all inputs of each its own.
struct Batch {
    std::shared_ptr<const learning::NetworkPricer> pricer;
    std::vector<double> samples, prices;

    Batch(std::shared_ptr<const learning::NetworkPricer> of, std::size_t count) : pricer(std::move(of)), prices(count)
    {
        base::Generator chance(7);
        for (std::size_t row = 0; row < count; ++row) {
            for (const learning::InputRange& input : pricer->teacher().inputs())
                samples.push_back(chance.uniform(input.low, input.high));
        }
    }
};

/// A network at one batch; engines are timed beside the first of them.
std::vector<Row> rowsOf(const std::string& teacher, const std::vector<Timed>& engines)
{
    std::vector<Row> rows;
    const auto pricer = learning::NetworkPricer::open(teacher);
    for (const std::size_t count : {std::size_t{4096}, std::size_t{64}, std::size_t{1}}) {
        Row row;
        row.kernel = fmt::format("network {}, {} at once", teacher, count);
        row.references = engines;
        row.countedAs = "options";
        if (pricer) {
            const auto batch = std::make_shared<Batch>(*pricer, count);
            row.ours =
                Timed{"the network", count, [batch] { batch->pricer->price(batch->samples, batch->prices, {}); }};
            row.accuracyOf = "worst held-out error, of the strike";
            row.accuracy = [pricer = *pricer] { return pricer->recipe().errors.all.worst; };
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// An expiry of a chain under one law: the European part is a strip's.
Row chainRow(Right right, bool withGreeks)
{
    struct Chain {
        std::shared_ptr<const learning::NeuralAmericanHeston> networks;
        std::vector<double> strikes, price, delta, gamma, theta, byV0;
    };
    Row row;
    row.kernel = fmt::format("networks, an expiry of American Heston {}, {}", right == Right::Put ? "puts" : "calls",
                             withGreeks ? "price and Greeks" : "price");
    row.countedAs = "options";
    const auto networks = learning::NeuralAmericanHeston::open();
    if (!networks)
        return row;
    constexpr std::size_t count = 64;
    const auto chain = std::make_shared<Chain>(Chain{*networks, {}, {}, {}, {}, {}, {}});
    for (std::size_t i = 0; i < count; ++i)
        chain->strikes.push_back(75 + static_cast<double>(i));
    for (auto* const column : {&chain->price, &chain->delta, &chain->gamma, &chain->theta, &chain->byV0})
        column->resize(count);
    row.ours = Timed{"the networks", count, [chain, right, withGreeks] {
                         learning::NeuralHestonView view;
                         view.price = chain->price;
                         if (withGreeks) {
                             view.delta = chain->delta;
                             view.gamma = chain->gamma;
                             view.theta = chain->theta;
                             view.byV0 = chain->byV0;
                         }
                         chain->networks->strip(right, point, years, law, chain->strikes, view);
                     }};
    const auto grid = std::make_shared<Chain>(*chain);
    row.references = {Timed{"ours, finite differences", count, [grid, right] {
                                AmericanHestonView view;
                                view.price = grid->price;
                                americanHestonStrip(right, point, years, law, grid->strikes, view);
                            }}};
    row.references.push_back(americanHestonEngines(right).back());
    row.accuracyOf = "largest difference to our finite differences, of the strike";
    row.accuracy = [chain, grid] {
        double worst = 0;
        for (std::size_t i = 0; i < count; ++i)
            worst = std::max(worst, std::abs(chain->price[i] - grid->price[i]) / chain->strikes[i]);
        return worst;
    };
    return row;
}

} // namespace

std::vector<Row> neuralRows()
{
    std::vector<Row> all;
    const auto add = [&all](std::vector<Row> rows) { std::ranges::move(rows, std::back_inserter(all)); };
    add(rowsOf("black_scholes", europeanEngines()));
    add(rowsOf("heston", hestonEngines()));
    for (const Right right : {Right::Put, Right::Call}) {
        const std::string side = right == Right::Put ? "put" : "call";
        add(rowsOf("american_" + side, americanEngines(right)));
        add(rowsOf("american_heston_" + side, americanHestonEngines(right)));
        all.push_back(chainRow(right, false));
        all.push_back(chainRow(right, true));
    }
    all.push_back(americanHestonFitRow());
    return all;
}

} // namespace vegadesk::cli::bench

#include "row.h"

#include "pricing/american/american.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/reference/engine_option.h"

#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using reference::AmericanScheme;
using reference::EngineOption;

struct Contract {
    MarketPoint market;
    double strike, years, vol;
};

/// The 243 puts on which the published engines were compared.
std::vector<Contract> putGrid()
{
    std::vector<Contract> out;
    for (const double days : {30.0, 182.0, 365.0})
        for (const double rate : {0.02, 0.06, 0.1})
            for (const double yield : {0.0, 0.04, 0.12})
                for (const double vol : {0.1, 0.25, 0.6})
                    for (const double spot : {75.0, 100.0, 125.0})
                        out.push_back({{spot, rate, yield}, 100, days / 365, vol});
    return out;
}

Timed engines(std::string name, const std::vector<Contract>& grid, AmericanScheme scheme)
{
    struct Option {
        double spot;
        EngineOption engine;
    };
    const auto options = std::make_shared<std::vector<Option>>();
    for (const Contract& each : grid) {
        auto option = EngineOption::american(Right::Put, each.market, each.strike, each.years, each.vol, scheme);
        if (option)
            options->push_back({each.market.spot, std::move(*option)});
    }
    return {std::move(name), options->size(), [options, sum = 0.0]() mutable {
                // A spot that moves, or QuantLib would hand out the value it has.
                sum += 1e-9;
                for (Option& each : *options)
                    (void)each.engine.price(each.spot + sum);
            }};
}

Timed ours(const std::shared_ptr<std::vector<Contract>>& grid)
{
    const auto out = std::make_shared<std::vector<double>>(grid->size());
    return {"ours", grid->size(), [grid, out] {
                for (std::size_t i = 0; i < grid->size(); ++i) {
                    const Contract& each = (*grid)[i];
                    (*out)[i] = americanPrice(Right::Put, each.market, each.strike, each.years, each.vol);
                }
            }};
}

/// Root mean square against QuantLib's precise scheme, of every ninth put: it takes 40 ms each.
double rmsError(const std::vector<Contract>& grid)
{
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < grid.size(); i += 9, ++count) {
        const Contract& each = grid[i];
        auto option =
            EngineOption::american(Right::Put, each.market, each.strike, each.years, each.vol, AmericanScheme::Precise);
        const auto theirs = option ? option->price(each.market.spot) : tl::make_unexpected(option.error());
        const double price = americanPrice(Right::Put, each.market, each.strike, each.years, each.vol);
        sum += std::pow(price - theirs.value_or(std::nan("")), 2);
    }
    return std::sqrt(sum / count);
}

/// An expiry of a chain: a hundred strikes on a smile.
struct Expiry {
    static constexpr std::size_t count = 100;
    MarketPoint market{100, 0.05, 0.02};
    double years = 0.25;
    std::vector<double> strikes, vols, solved;
    GreeksColumns greeks;

    Expiry() : solved(count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            strikes.push_back(75 + 0.5 * static_cast<double>(i));
            const double moneyness = std::log(strikes.back() / market.spot);
            vols.push_back(0.25 - 0.2 * moneyness + 0.3 * moneyness * moneyness);
        }
        greeks.resize(count);
        price();
    }
    void price() { americanStrip(Right::Put, market, years, strikes, vols, greeks.view()); }
    double largestError() const
    {
        double worst = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double alone = americanPrice(Right::Put, market, strikes[i], years, vols[i]);
            worst = std::max(worst, std::abs(greeks.price[i] - alone) / strikes[i]);
        }
        return worst;
    }
};

Row volatilityRow(const std::shared_ptr<Expiry>& expiry)
{
    Row row;
    row.kernel = "American implied volatilities of one expiry";
    row.ours = Timed{"ours", Expiry::count, [expiry] {
                         americanImpliedVolatilityStrip(Right::Put, expiry->market, expiry->years, expiry->strikes,
                                                        expiry->greeks.price, expiry->solved);
                     }};
    row.accuracyOf = "largest price difference at the volatility found, of the strike";
    row.accuracy = [expiry] {
        double worst = 0;
        for (std::size_t i = 0; i < Expiry::count; ++i) {
            const double again =
                americanPrice(Right::Put, expiry->market, expiry->strikes[i], expiry->years, expiry->solved[i]);
            worst = std::max(worst, std::abs(again - expiry->greeks.price[i]) / expiry->strikes[i]);
        }
        return worst;
    };
    return row;
}

/// A year of quarterly dividends.
Row dividendRow(std::string kernel, Right right)
{
    static const std::vector<CashDividend> quarterly{{0.2, 0.8}, {0.45, 0.8}, {0.7, 0.8}, {0.95, 0.8}};
    Row row;
    row.kernel = std::move(kernel);
    row.ours = Timed{"ours", 1, [right, sum = 0.0]() mutable {
                         sum += americanPriceWithDividends(right, {100, 0.05, 0}, quarterly, 100, 1, 0.25);
                     }};
    row.accuracyOf = "price difference to QuantLib's finite differences, which are good to 1e-3";
    row.accuracy = [right] {
        const auto theirs =
            reference::withDividends(right, market::ExerciseStyle::American, {100, 0.05, 0}, 100, 1, 0.25, quarterly);
        return std::abs(americanPriceWithDividends(right, {100, 0.05, 0}, quarterly, 100, 1, 0.25) -
                        (theirs ? theirs->price : std::nan("")));
    };
    return row;
}

} // namespace

std::vector<Row> americanRows()
{
    const std::vector<Contract> grid = putGrid();
    const auto shared = std::make_shared<std::vector<Contract>>(grid);
    const auto expiry = std::make_shared<Expiry>();
    Row strip;
    strip.kernel = "American puts of one expiry, price and Greeks";
    strip.ours = Timed{"ours", Expiry::count, [expiry] { expiry->price(); }};
    strip.accuracyOf = "largest price difference to one put at a time, of the strike";
    strip.accuracy = [expiry] { return expiry->largestError(); };
    Row row;
    row.kernel = "American put, price";
    row.ours = ours(shared);
    row.accuracyOf = "root mean square difference to QuantLib's precise scheme, strike 100";
    row.accuracy = [shared] { return rmsError(*shared); };
    row.references = {engines("QuantLib's QdFp, fast scheme", grid, AmericanScheme::Fast),
                      engines("QuantLib's QdFp, accurate scheme", grid, AmericanScheme::Accurate)};
    return {row, strip, volatilityRow(expiry), dividendRow("American call with four cash dividends", Right::Call),
            dividendRow("American put with four cash dividends", Right::Put)};
}

} // namespace vegadesk::cli::bench

#include "row.h"

#include "history/reference_tables.h"
#include "pricing/calibration/calibration.h"
#include "pricing/implied_volatility.h"
#include "pricing/reference/engine_option.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using reference::VolQuote;

/// The board expiry by expiry, as it is ordered.
std::vector<calibration::Slice> slicesOf(const std::vector<VolQuote>& quotes)
{
    std::vector<calibration::Slice> out;
    int days = 0;
    for (const VolQuote& each : quotes) {
        if (out.empty() || each.days != days)
            out.push_back({each.market, each.days / 365.0, {}, {}, {}});
        days = each.days;
        out.back().strikes.push_back(each.strike);
        out.back().vols.push_back(each.vol);
    }
    return out;
}

base::Result<Row> boardRow(const std::string& path)
{
    if (!std::filesystem::exists(path))
        return base::badInput("--dax", path, "an existing file that may be read");
    const auto rows = history::readVolatilityTable(path);
    if (!rows)
        return tl::make_unexpected(rows.error());
    const auto quotes = std::make_shared<std::vector<VolQuote>>();
    for (const history::VolatilityRow& each : *rows) {
        const int wholeWeeks = (each.days + 3) / 7 * 7; // as the published fits of the DAX board of 2002 have it
        for (std::size_t i = 0; i < each.strikes.size(); ++i)
            quotes->push_back({{each.spot, each.rate, each.dividendYield}, each.strikes[i], wholeWeeks, each.vols[i]});
    }
    const auto fit = std::make_shared<reference::HestonFit>();
    Row row;
    row.kernel = fmt::format("Heston calibration, {} volatilities", quotes->size());
    row.references = {{"QuantLib's Levenberg-Marquardt, 64 nodes", 1, [quotes, fit] {
                           if (const auto found = reference::calibrateHeston(*quotes))
                               *fit = *found;
                       }}};
    const auto ours = std::make_shared<double>(0);
    row.ours = Timed{"ours", 1, [slices = slicesOf(*quotes), ours] {
                         const auto found = calibration::fitHeston(slices);
                         *ours = found ? found->sumOfSquares : std::nan("");
                     }};
    row.accuracyOf = "our sum of squared errors in vol points, as a multiple of QuantLib's";
    row.accuracy = [fit, ours] { return *ours / fit->squaredError; };
    return row;
}

/// Thirteen strikes of five expiries, at the volatilities that a model gives them.
template<class Price>
std::vector<calibration::Slice> boardOf(Price price)
{
    constexpr MarketPoint point{100, 0.03, 0.01};
    constexpr int sideStrikes = 6;
    std::vector<calibration::Slice> out;
    for (const double years : {0.05, 0.15, 0.4, 1.0, 2.0}) {
        calibration::Slice& slice = out.emplace_back();
        slice.market = point;
        slice.years = years;
        const double forward = point.spot * std::exp((point.rate - point.dividendYield) * years);
        for (int i = -sideStrikes; i <= sideStrikes; ++i) {
            const double strike = forward * std::exp(0.25 * std::sqrt(years) * i / 3);
            const Right right = i < 0 ? Right::Put : Right::Call;
            slice.strikes.push_back(strike);
            slice.vols.push_back(impliedVolatility(right, point, strike, years, price(right, point, strike, years)));
        }
    }
    return out;
}

Row recoveryRow(std::string kernel, std::function<double()> fit)
{
    const auto rootMeanSquare = std::make_shared<double>(0);
    Row row;
    row.kernel = std::move(kernel);
    row.ours = Timed{"ours", 1, [fit = std::move(fit), rootMeanSquare] { *rootMeanSquare = fit(); }};
    row.accuracyOf = "root mean square error against the model that made them, vol points";
    row.accuracy = [rootMeanSquare] { return 100 * *rootMeanSquare; };
    return row;
}

Row mertonRow()
{
    const auto slices = boardOf([](Right right, const MarketPoint& point, double strike, double years) {
        return mertonPrice(right, point, strike, years, {0.18, 0.8, -0.12, 0.14});
    });
    return recoveryRow("Merton calibration, 65 volatilities", [slices] {
        const auto found = calibration::fitMerton(slices);
        return found ? found->rootMeanSquare : std::nan("");
    });
}

Row batesRow()
{
    const auto slices = boardOf([](Right right, const MarketPoint& point, double strike, double years) {
        return batesPrice(right, point, strike, years, {{0.04, 2, 0.06, 0.5, -0.6}, 0.5, -0.1, 0.15});
    });
    return recoveryRow("Bates calibration, 65 volatilities", [slices] {
        const auto found = calibration::fitBates(slices);
        return found ? found->rootMeanSquare : std::nan("");
    });
}

} // namespace

base::Result<std::vector<Row>> calibrationRows(const Options& options)
{
    std::vector<Row> out{mertonRow(), batesRow()};
    if (options.daxFile.empty())
        return out;
    auto board = boardRow(options.daxFile);
    if (!board)
        return tl::make_unexpected(board.error());
    out.insert(out.begin(), std::move(*board));
    return out;
}

} // namespace vegadesk::cli::bench

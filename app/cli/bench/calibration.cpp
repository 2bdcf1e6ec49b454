#include "row.h"

#include "pricing/calibration/calibration.h"
#include "pricing/reference/engine_option.h"
#include "pricing/verification/case.h"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <sstream>

namespace vegadesk::cli::bench
{

namespace
{

using pricing::reference::VolQuote;

/// As the published fits of the DAX board of 2002 have it: days to the nearest week.
int wholeWeeks(double days)
{
    return 7 * static_cast<int>((days + 3) / 7);
}

/// Rows of spot, days, zero rate, dividend yield, strike, implied volatility under a header.
base::Result<std::vector<VolQuote>> readBoard(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    if (!file || !std::getline(file, line))
        return base::badInput("--dax", path, "a file that can be read");
    std::vector<VolQuote> out;
    for (int number = 2; std::getline(file, line); ++number) {
        std::istringstream fields(line);
        std::vector<double> values;
        for (std::string field; std::getline(fields, field, ',');) {
            const auto value = pricing::verification::parseNumber(field, fmt::format("{}, line {}", path, number));
            if (!value)
                return tl::make_unexpected(value.error());
            values.push_back(*value);
        }
        if (values.size() != 6)
            return base::badInput(fmt::format("{}, line {}", path, number), line,
                                  "spot, days, zero rate, dividend yield, strike, implied volatility");
        out.push_back({{values[0], values[2], values[3]}, values[4], wholeWeeks(values[1]), values[5]});
    }
    return out;
}

/// The board expiry by expiry, as it is ordered.
std::vector<pricing::calibration::Slice> slicesOf(const std::vector<VolQuote>& quotes)
{
    std::vector<pricing::calibration::Slice> out;
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

} // namespace

base::Result<std::vector<Row>> calibrationRows(const Options& options)
{
    if (options.daxFile.empty())
        return std::vector<Row>{};
    auto board = readBoard(options.daxFile);
    if (!board)
        return tl::make_unexpected(board.error());
    const auto quotes = std::make_shared<std::vector<VolQuote>>(std::move(*board));
    const auto fit = std::make_shared<pricing::reference::HestonFit>();
    Row row;
    row.kernel = fmt::format("Heston calibration, {} volatilities", quotes->size());
    row.references = {{"QuantLib's Levenberg-Marquardt, 64 nodes", 1, [quotes, fit] {
                           if (const auto found = pricing::reference::calibrateHeston(*quotes))
                               *fit = *found;
                       }}};
    const auto ours = std::make_shared<double>(0);
    row.ours = Timed{"ours", 1, [slices = slicesOf(*quotes), ours] {
                         const auto found = pricing::calibration::fitHeston(slices);
                         *ours = found ? found->sumOfSquares : std::nan("");
                     }};
    row.accuracyOf = "our sum of squared errors in vol points, as a multiple of QuantLib's";
    row.accuracy = [fit, ours] { return *ours / fit->squaredError; };
    return std::vector<Row>{row};
}

} // namespace vegadesk::cli::bench

#pragma once

#include "pricing/calibration/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

/// The DAX board of 2002-07-05 that Heston fits are compared on (A. Sepp; QuantLib's test suite): read in place.
namespace dax_board
{

struct Quote {
    int days = 0;
    double rate = 0, strike = 0, vol = 0;
};

struct Board {
    double spot = 0, dividendYield = 0;
    std::vector<Quote> quotes;
};

inline std::string path()
{
    return std::string(VEGADESK_SOURCE_DIR) + "/../shared/data/dax_20020705/dax_vols.csv";
}

/// Expiries moved to whole weeks and zero rates interpolated there, as the published fits have it. Empty where the file
/// is missing.
inline Board read()
{
    Board board;
    std::ifstream file(path());
    std::string line;
    std::getline(file, line);
    std::vector<std::pair<double, double>> curve;
    while (std::getline(file, line)) {
        double days = 0;
        Quote quote;
        if (std::sscanf(line.c_str(), "%lf,%lf,%lf,%lf,%lf,%lf", &board.spot, &days, &quote.rate, &board.dividendYield,
                        &quote.strike, &quote.vol) != 6)
            continue;
        if (curve.empty() || curve.back().first != days)
            curve.emplace_back(days, quote.rate);
        quote.days = static_cast<int>(days);
        board.quotes.push_back(quote);
    }
    for (Quote& quote : board.quotes) {
        quote.days = (quote.days + 3) / 7 * 7;
        const auto after = std::find_if(curve.begin() + 1, curve.end() - 1,
                                        [&](const auto& point) { return point.first >= quote.days; });
        const auto before = after - 1;
        quote.rate = before->second +
                     (after->second - before->second) * (quote.days - before->first) / (after->first - before->first);
    }
    return board;
}

inline std::vector<vegadesk::pricing::calibration::Slice> slices(const Board& board)
{
    std::vector<vegadesk::pricing::calibration::Slice> out;
    for (const Quote& quote : board.quotes) {
        const double years = quote.days / 365.0;
        if (out.empty() || out.back().years != years)
            out.push_back({{board.spot, quote.rate, board.dividendYield}, years, {}, {}, {}});
        out.back().strikes.push_back(quote.strike);
        out.back().vols.push_back(quote.vol);
    }
    return out;
}

} // namespace dax_board

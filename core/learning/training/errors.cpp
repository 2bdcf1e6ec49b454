#include "learning/training/errors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace vegadesk::learning
{

namespace
{

constexpr std::size_t moneynessParts = 8, yearParts = 4;
constexpr double margin = 1.5;
constexpr std::size_t fewestForBound = 50; ///< the worst of fewer says next to nothing of the others

ErrorFigures figuresOf(std::span<const double> errors, std::span<const double> prices)
{
    ErrorFigures out;
    out.count = errors.size();
    if (errors.empty())
        return out;
    const auto count = static_cast<double>(errors.size());
    std::vector<double> sizes;
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < errors.size(); ++i) {
        sizes.push_back(std::abs(errors[i]));
        out.meanSquare += errors[i] * errors[i] / count;
        out.meanAbsolute += sizes.back() / count;
        sum += prices[i] / count;
    }
    for (const double price : prices)
        squares += (price - sum) * (price - sum) / count;
    out.rms = std::sqrt(out.meanSquare);
    out.worst = *std::ranges::max_element(sizes);
    const auto rank = sizes.begin() + static_cast<std::ptrdiff_t>(0.999 * (count - 1));
    std::ranges::nth_element(sizes, rank);
    out.most = *rank;
    out.explained = squares > 0 ? 1 - out.meanSquare / squares : std::numeric_limits<double>::quiet_NaN();
    return out;
}

/// Where a part of a range begins; ranges that are sampled by their logarithm are parted by it.
double edge(const InputRange& input, std::size_t part, std::size_t parts)
{
    const double share = static_cast<double>(part) / static_cast<double>(parts);
    if (part == parts)
        return input.high;
    return input.isLogarithmic ? input.low * std::pow(input.high / input.low, share)
                               : input.low + (input.high - input.low) * share;
}

} // namespace

bool ErrorRegion::contains(double moneyness, double years) const
{
    return moneyness >= lowMoneyness && moneyness <= highMoneyness && years >= lowYears && years <= highYears;
}

ErrorReport errorsOf(const SampleSet& heldOut, std::span<const double> predicted)
{
    std::vector<double> errors;
    for (std::size_t row = 0; row < heldOut.size(); ++row) {
        const double error = predicted[row] - heldOut.prices[row];
        errors.push_back(std::isfinite(error) ? error : heldOut.prices[row]);
    }
    ErrorReport out;
    out.all = figuresOf(errors, heldOut.prices);
    const InputRange &moneyness = heldOut.teacher->inputs()[0], &years = heldOut.teacher->inputs()[1];
    for (std::size_t m = 0; m < moneynessParts; ++m) {
        for (std::size_t y = 0; y < yearParts; ++y) {
            ErrorRegion region;
            region.lowMoneyness = edge(moneyness, m, moneynessParts);
            region.highMoneyness = edge(moneyness, m + 1, moneynessParts);
            region.lowYears = edge(years, y, yearParts);
            region.highYears = edge(years, y + 1, yearParts);
            std::vector<double> here, prices;
            for (std::size_t row = 0; row < heldOut.size(); ++row) {
                const Sample sample = heldOut.row(row);
                if (!region.contains(sample[0], sample[1]))
                    continue;
                here.push_back(errors[row]);
                prices.push_back(heldOut.prices[row]);
            }
            region.figures = figuresOf(here, prices);
            region.bound =
                here.size() < fewestForBound ? std::numeric_limits<double>::quiet_NaN() : margin * region.figures.worst;
            out.regions.push_back(region);
        }
    }
    return out;
}

double boundAt(const ErrorReport& report, double moneyness, double years)
{
    double bound = std::numeric_limits<double>::quiet_NaN();
    for (const ErrorRegion& region : report.regions) {
        if (region.contains(moneyness, years)) // on an edge: the larger of two
            bound = std::fmax(bound, region.bound);
    }
    return bound;
}

} // namespace vegadesk::learning

#include "row.h"

#include "base/random.h"
#include "pricing/reference/svi.h"
#include "pricing/surface/essvi.h"
#include "pricing/surface/surface_fit.h"

#include <cmath>
#include <fmt/format.h>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;

constexpr std::size_t expiryCount = 35, quoteCount = 100;
constexpr double forward = 100;

/// Smiles of an index board with noise of a part of their spread, wider in the wings.
struct Board {
    std::vector<SmileQuotes> smiles;
    std::vector<std::vector<double>> strikes;
    std::vector<SviSlice> slices; ///< as found last

    /// `levelNoise` shifts whole expiries, in vols: with enough of it neighbours cross and have to be reconciled.
    explicit Board(double levelNoise) : slices(expiryCount)
    {
        base::Generator generator(1);
        for (std::size_t i = 0; i < expiryCount; ++i) {
            const double years = 2.0 / 365 * std::pow(1.17, static_cast<double>(i));
            const double theta = 0.035 * years + 0.0004 * std::sqrt(years);
            const SviSlice slice = EssviSlice{theta, -0.7 + 0.1 * std::exp(-years), 1.1 * std::sqrt(theta)}.toSvi();
            SmileQuotes& each = smiles.emplace_back();
            each.years = years;
            each.forward = forward;
            const double deviation = std::sqrt(theta), level = levelNoise * generator.normal();
            for (std::size_t row = 0; row < quoteCount; ++row) {
                const double k = deviation * (-5 + 8 * static_cast<double>(row) / quoteCount);
                const double halfSpread = 0.001 + 0.004 * std::abs(k) / deviation / 5;
                const double vol =
                    std::sqrt(slice.totalVariance(k) / years) + level + 0.3 * halfSpread * generator.normal();
                each.add(k, vol - halfSpread, vol, vol + halfSpread, halfSpread);
            }
            std::vector<double>& row = strikes.emplace_back();
            for (const double k : each.k)
                row.push_back(forward * std::exp(k));
        }
    }

    void fitOurs(bool forbidsArbitrage)
    {
        const auto surface = fitSurface(smiles, {std::nan(""), forbidsArbitrage});
        for (std::size_t i = 0; surface && i < expiryCount; ++i)
            slices[i] = surface->slices()[i].svi;
    }
    void fitQuantLibs()
    {
        for (std::size_t i = 0; i < expiryCount; ++i)
            slices[i] = reference::fitSvi(forward, smiles[i].years, strikes[i], smiles[i].mid).value_or(SviSlice{});
    }
    double rootMeanSquare() const
    {
        double sum = 0;
        for (std::size_t i = 0; i < expiryCount; ++i) {
            for (std::size_t row = 0; row < quoteCount; ++row) {
                const double variance = slices[i].totalVariance(smiles[i].k[row]);
                sum += std::pow(std::sqrt(variance / smiles[i].years) - smiles[i].mid[row], 2);
            }
        }
        return std::sqrt(sum / (expiryCount * quoteCount));
    }
};

Row rowOf(std::string kernel, double levelNoise, bool forbidsArbitrage)
{
    const auto ours = std::make_shared<Board>(levelNoise);
    const auto theirs = std::make_shared<Board>(levelNoise);
    Row row;
    row.kernel = std::move(kernel);
    row.ours = Timed{"ours", 1, [ours, forbidsArbitrage] { ours->fitOurs(forbidsArbitrage); }};
    row.references = {{"QuantLib's SviInterpolation, each slice alone", 1, [theirs] { theirs->fitQuantLibs(); }}};
    row.accuracyOf = "our root mean square error, as a multiple of QuantLib's, which has arbitrage";
    row.accuracy = [ours, theirs] { return ours->rootMeanSquare() / theirs->rootMeanSquare(); };
    return row;
}

} // namespace

std::vector<Row> surfaceRows()
{
    constexpr double crossingNoise = 0.008;
    const std::string size = fmt::format("{} slices of {} quotes", expiryCount, quoteCount);
    return {rowOf("Surface without arbitrage, " + size, 0, true),
            rowOf("Surface without arbitrage, " + size + " whose expiries cross", crossingNoise, true),
            rowOf("Smiles each alone, " + size, 0, false)};
}

} // namespace vegadesk::cli::bench

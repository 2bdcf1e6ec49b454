#include "calibrate_input.h"

#include "history/importers.h"
#include "history/reference_tables.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/chain_analytics.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace vegadesk::cli
{

namespace
{

constexpr double tableError = 0.005; // of a volatility whose table says nothing about it

bool isVolatilityTable(const std::string& path)
{
    std::ifstream file(path);
    std::string header;
    return std::filesystem::is_regular_file(path) && std::getline(file, header) &&
           header.find("implied_vol") != std::string::npos;
}

base::Result<CalibrationInput> readTable(const std::string& path)
{
    const auto rows = history::readVolatilityTable(path);
    if (!rows)
        return tl::make_unexpected(rows.error());
    CalibrationInput out;
    out.source = std::filesystem::path(path).filename().string();
    out.spot = rows->front().spot;
    out.hasSpreads = false;
    for (const history::VolatilityRow& row : *rows) {
        pricing::SmileQuotes& smile = out.smiles.emplace_back();
        smile.years = row.years();
        smile.forward = row.forward();
        smile.discount = row.discount();
        for (std::size_t i = 0; i < row.strikes.size(); ++i)
            smile.add(std::log(row.strikes[i] / smile.forward), row.vols[i], row.vols[i], row.vols[i], tableError);
    }
    return out;
}

base::Result<CalibrationInput> readQuotes(const std::string& path, std::string_view underlying,
                                          const pricing::Rates& rates)
{
    const auto source = history::openRecordedChains(path, underlying);
    if (!source)
        return tl::make_unexpected(source.error());
    market::OptionChain chain;
    if (const auto read = (*source)->next(chain); !read)
        return tl::make_unexpected(read.error());
    const auto analytics = pricing::analyse(chain, chain.at, rates, pricing::EarlyExercise::AsListed);
    CalibrationInput out;
    out.source = fmt::format("{} at {}", chain.underlying, base::formatInstant(chain.at));
    out.spot = analytics.spot;
    const bool isAmerican = std::ranges::any_of(chain.expirations, [](const market::Expiration& each) {
        return each.style == market::ExerciseStyle::American;
    });
    out.smiles = isAmerican ? pricing::quotesForFit(chain, analytics, pricing::deAmericaniseStrip)
                            : pricing::quotesForFit(chain, analytics);
    if (out.smiles.empty())
        return base::fail(base::ErrorKind::NotFound, "--chain", path, "a chain with two-sided quotes before expiry");
    return out;
}

} // namespace

base::Result<CalibrationInput> readCalibrationInput(const std::string& path, std::string_view underlying,
                                                    const pricing::Rates& rates)
{
    if (!std::filesystem::exists(path))
        return base::badInput("--chain", path, "a file that can be read");
    return isVolatilityTable(path) ? readTable(path) : readQuotes(path, underlying, rates);
}

std::vector<pricing::calibration::Slice> slicesOf(const CalibrationInput& input)
{
    std::vector<pricing::calibration::Slice> out;
    for (const pricing::SmileQuotes& smile : input.smiles) {
        const double rate = -std::log(smile.discount) / smile.years;
        pricing::calibration::Slice& slice = out.emplace_back();
        slice.market = {smile.forward, rate, rate};
        slice.years = smile.years;
        slice.vols = smile.mid;
        for (std::size_t i = 0; i < smile.size(); ++i) {
            slice.strikes.push_back(smile.forward * std::exp(smile.k[i]));
            if (input.hasSpreads)
                slice.weights.push_back(1 / smile.error[i]);
        }
    }
    return out;
}

} // namespace vegadesk::cli

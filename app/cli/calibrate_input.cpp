#include "calibrate_input.h"

#include "history/csv_file.h"
#include "history/importers.h"
#include "history/reference_tables.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/chain_analytics.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

constexpr double tableError = 0.005; // of a volatility whose table says nothing about it

bool isVolatilityTable(const std::string& path)
{
    if (!std::filesystem::is_regular_file(path))
        return false;
    const auto file = history::CsvFile::read(path);
    return file && file->column("implied_vol");
}

/// Takes out what no table of volatilities would be allowed to hold.
std::size_t dropOutOfRange(std::vector<pricing::SmileQuotes>& smiles)
{
    std::size_t dropped = 0;
    for (pricing::SmileQuotes& smile : smiles) {
        pricing::SmileQuotes kept;
        for (std::size_t i = 0; i < smile.size(); ++i) {
            if (smile.mid[i] >= history::leastTableVol && smile.mid[i] <= history::mostTableVol)
                kept.add(smile.k[i], smile.bid[i], smile.mid[i], smile.ask[i], smile.error[i]);
        }
        dropped += smile.size() - kept.size();
        kept.years = smile.years;
        kept.forward = smile.forward;
        kept.discount = smile.discount;
        smile = std::move(kept);
    }
    std::erase_if(smiles, [](const pricing::SmileQuotes& each) { return each.size() == 0; });
    return dropped;
}

base::Result<CalibrationInput> readTable(const std::string& path, std::string_view underlying)
{
    const auto rows = history::readVolatilityTable(path, underlying);
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
    out.smiles = pricing::quotesForFit(
        chain, analytics, isAmerican ? pricing::WithoutEarlyExercise(pricing::deAmericaniseStrip) : nullptr,
        &out.leftOut);
    out.outOfRange = dropOutOfRange(out.smiles);
    if (out.smiles.empty())
        return base::fail(base::ErrorKind::NotFound, "--chain", path,
                          "a chain with two-sided quotes before expiry; left out: " + toText(leftOutByReason(out)));
    return out;
}

} // namespace

base::Result<CalibrationInput> readCalibrationInput(const std::string& path, std::string_view underlying,
                                                    const pricing::Rates& rates)
{
    if (!std::filesystem::exists(path))
        return base::badInput("--chain", path, "an existing file that may be read");
    return isVolatilityTable(path) ? readTable(path, underlying) : readQuotes(path, underlying, rates);
}

std::vector<LeftOutLine> leftOutByReason(const CalibrationInput& input)
{
    const pricing::LeftOut& each = input.leftOut;
    return {{"one_sided", "one-sided", each.oneSided},
            {"crossed", "crossed", each.crossed},
            {"stale", "stale", each.stale},
            {"invalid", "no prices", each.invalid},
            {"zero_bid", "with a bid of zero", each.zeroBid},
            {"no_volatility", "at prices that no volatility gives", each.noVolatility},
            {"out_of_range", "with a volatility outside 0.1 % to 1000 %", input.outOfRange},
            {"expired", "expired", each.expired},
            {"no_forward", "of expiries without a forward", each.noForward},
            {"same_instant", "of a second root that expires together with the first", each.sameInstant}};
}

std::string toText(std::span<const LeftOutLine> leftOut)
{
    std::string out;
    for (const LeftOutLine& each : leftOut) {
        if (each.count > 0)
            out += fmt::format("{}{} {}", out.empty() ? "" : ", ", each.count, each.words);
    }
    return out.empty() ? "none" : out;
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

#include "pricing/verification/kind.h"

#include "pricing/verification/scales.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <limits>

namespace vegadesk::pricing::verification
{

namespace
{

constexpr double eps = std::numeric_limits<double>::epsilon();

double blackScholesPrice(const Case& row, std::string_view)
{
    constexpr double floor = 1e-300;
    const double price = row["price"];
    if (price < floor)
        return floor;
    const double bySpot = row["delta"] * row["S"] / price;
    const double byVol = row["vega"] * row["sigma"] / price;
    // Price is homogeneous in spot and strike, so their two elasticities add up to one.
    const double condition = 1 + std::abs(bySpot) + std::abs(1 - bySpot) + std::abs(byVol);
    return std::max(floor, 4 * eps * condition * price);
}

double impliedVolatility(const Case& row, std::string_view)
{
    return std::max(4 * (row["sigma_half_ulp_price"] + row["sigma_cond_inputs"]), 4 * eps * row["sigma"]);
}

double mertonPrice(const Case& row, std::string_view)
{
    const double absolute = 1e-12 * row["S"];
    return row["price"] > 1e-8 * row["S"] ? std::min(absolute, 1e-9 * row["price"]) : absolute;
}

double hestonPrice(const Case& row, std::string_view)
{
    const double absolute = 1e-12 * row["S"];
    return row["price"] >= 1e-30 ? std::min(absolute, 1e-8 * row["price"]) : absolute;
}

double americanPrice(const Case& row, std::string_view)
{
    return std::max(row.numberOr("price_tol", 0), 5e-6 * row["K"] / 100);
}

double dividendPrice(const Case& row, std::string_view)
{
    return std::max(row.numberOr("price_tol", 0), 1e-4);
}

double blackScholesGreek(const Case& row, std::string_view column)
{
    return 1e-12 * std::max(std::abs(row[column]), blackScholesScale(column, row));
}

double mertonGreek(const Case& row, std::string_view column)
{
    return 1e-10 * std::max(std::abs(row[column]), mertonScale(column, row));
}

double hestonGreek(const Case& row, std::string_view column)
{
    return 1e-9 * std::max(std::abs(row[column]), hestonScale(column, row));
}

double americanGreek(const Case& row, std::string_view column)
{
    return 1e-5 * std::max(std::abs(row.numberOr(column, 0)), blackScholesScale(column, row));
}

bool losesByTime(const Case& row)
{
    return row.numberOr("theta", 0) <= americanGreek(row, "theta");
}

Kind make(std::string_view name, Layout layout, std::vector<Output> outputs, std::optional<double> rmsAllowed = {})
{
    layout.positive.insert(layout.positive.end(), {"S", "K", "T"});
    layout.required.push_back(outputs.front().name);
    for (auto output = outputs.begin() + 1; output != outputs.end(); ++output) {
        if (std::ranges::find(layout.required, output->name) == layout.required.end())
            layout.optional.push_back(output->name);
    }
    return {name, std::move(layout), std::move(outputs), rmsAllowed};
}

std::vector<Kind> allKinds()
{
    return {make("black_scholes", {.positive = {"sigma"}, .required = {"r", "q", "delta", "vega"}},
                 {{"price", blackScholesPrice},
                  {"delta", blackScholesGreek},
                  {"gamma", blackScholesGreek},
                  {"vega", blackScholesGreek},
                  {"theta", blackScholesGreek},
                  {"rho", blackScholesGreek},
                  {"rho_q", blackScholesGreek},
                  {"vanna", blackScholesGreek},
                  {"volga", blackScholesGreek},
                  {"charm", blackScholesGreek}}),
            make("implied_vol", {.required = {"r", "q", "price", "sigma_half_ulp_price", "sigma_cond_inputs"}},
                 {{"sigma", impliedVolatility}}),
            make("merton", {.positive = {"sigma"}, .required = {"r", "q", "lambda", "mu_j", "delta_j"}},
                 {{"price", mertonPrice},
                  {"delta", mertonGreek},
                  {"gamma", mertonGreek},
                  {"vega", mertonGreek},
                  {"theta", mertonGreek},
                  {"rho", mertonGreek}}),
            make("heston", {.required = {"r", "q", "v0", "kappa", "theta_v", "sigma_v", "rho_c"}},
                 {{"price", hestonPrice},
                  {"delta", hestonGreek},
                  {"gamma", hestonGreek},
                  {"theta", hestonGreek},
                  {"rho", hestonGreek},
                  {"dV_dv0", hestonGreek},
                  {"dV_dkappa", hestonGreek},
                  {"dV_dtheta", hestonGreek},
                  {"dV_dsigma", hestonGreek},
                  {"dV_drho", hestonGreek}}),
            make("american", {.positive = {"sigma"}, .required = {"r", "q"}, .optional = {"price_tol"}},
                 {{"price", americanPrice},
                  {"delta", americanGreek},
                  {"gamma", americanGreek, losesByTime},
                  {"vega", americanGreek},
                  {"theta", americanGreek, losesByTime},
                  {"rho", americanGreek, losesByTime}},
                 1e-6),
            make("dividend",
                 {.positive = {"sigma"},
                  .required = {"r"},
                  .optional = {"q", "price_tol"},
                  .hasStyle = true,
                  .hasDividends = true},
                 {{"price", dividendPrice}})};
}

/// A file's name without folder and ending, as kinds are spelled.
std::string plainStem(std::string_view path)
{
    std::string stem = std::filesystem::path(path).stem().string();
    for (char& each : stem)
        each = each == '-' || each == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    return stem;
}

/// The kinds of the longest name that stands in `stem`; all of them where none does.
std::vector<const Kind*> kindsNamedIn(std::string_view stem, std::span<const Kind> among)
{
    std::vector<const Kind*> named, all;
    for (const Kind& kind : among) {
        all.push_back(&kind);
        const std::size_t longest = named.empty() ? 0 : named.front()->name.size();
        if (stem.find(kind.name) == std::string_view::npos || kind.name.size() < longest)
            continue;
        if (kind.name.size() > longest)
            named.clear();
        named.push_back(&kind);
    }
    return named.empty() ? all : named;
}

/// How many of a file's columns a kind knows; 0 where one that it needs is missing.
std::size_t knownColumns(const Kind& kind, const std::vector<std::string_view>& header)
{
    const auto isThere = [&](std::string_view column) { return std::ranges::find(header, column) != header.end(); };
    const auto needed = neededColumns(kind.layout);
    if (!std::ranges::all_of(needed, isThere))
        return 0;
    return needed.size() + static_cast<std::size_t>(std::ranges::count_if(kind.layout.optional, isThere));
}

} // namespace

std::span<const Kind> kinds()
{
    static const std::vector<Kind> all = allKinds();
    return all;
}

base::Result<const Kind*> kindOfFile(std::string_view path, std::string_view header, std::span<const Kind> among)
{
    const auto candidates = kindsNamedIn(plainStem(path), among);
    if (candidates.size() == 1)
        return candidates.front();
    const auto columns = columnNames(header);
    const Kind* found = nullptr;
    std::size_t most = 0;
    for (const Kind* const kind : candidates) {
        const std::size_t known = knownColumns(*kind, columns);
        if (known > most)
            found = kind;
        most = std::max(most, known);
    }
    if (found)
        return found;
    std::vector<std::string_view> names;
    std::ranges::transform(among, std::back_inserter(names), &Kind::name);
    return base::badInput("file", std::filesystem::path(path).filename().string(),
                          fmt::format("a name with one of {} in it, or the columns of one", fmt::join(names, ", ")));
}

} // namespace vegadesk::pricing::verification

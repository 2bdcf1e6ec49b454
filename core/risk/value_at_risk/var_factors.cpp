#include "risk/value_at_risk/var_factors.h"

#include "market/symbols.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace vegadesk::risk
{

namespace
{

using base::translatable;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double calendarDaysPerSession = 365.0 / 252;

std::size_t countFinite(const std::vector<double>& moves)
{
    return static_cast<std::size_t>(std::ranges::count_if(moves, [](double move) { return std::isfinite(move); }));
}

/// One underlying of the book that was given, with what its history says.
struct Used {
    std::size_t underlying = 0;
    const FactorColumn* column = nullptr;
    bool hasOptions = false;
    bool hasVolatility = false;

    bool movedOn(std::size_t day) const
    {
        return std::isfinite(column->spotReturns[day]) &&
               (!hasVolatility || std::isfinite(column->volatilityReturns[day]));
    }
};

bool isWholeColumn(const FactorColumn& column, const FactorHistory& history)
{
    return column.spotReturns.size() == history.dates.size() && column.volatilityReturns.size() == history.dates.size();
}

/// Student's t has an excess kurtosis of 6 / (freedom - 4): by the mean over the factors, within what makes sense.
double freedomByKurtosis(const Eigen::MatrixXd& standardised)
{
    constexpr double freedomLeast = 4.5, freedomMost = 50;
    double excess = 0;
    int counted = 0;
    for (Eigen::Index factor = 0; factor < standardised.cols(); ++factor) {
        const Eigen::ArrayXd square = standardised.col(factor).array().square();
        const double variance = square.mean();
        if (variance > 0) {
            excess += square.square().mean() / (variance * variance) - 3;
            ++counted;
        }
    }
    excess = counted == 0 ? 0 : excess / counted;
    const double freedom = excess > 0 ? 4 + 6 / excess : infinity;
    return freedom > freedomMost ? infinity : std::max(freedomLeast, freedom);
}

} // namespace

base::Result<VarInputs> varInputs(const RiskBook& book, const FactorHistory& history, std::size_t daysMost)
{
    VarInputs out;
    out.unknown = unknownPositions(book);
    std::vector<bool> isKnown(book.positions.size(), true);
    for (const UnknownPosition& unknown : out.unknown)
        isKnown[unknown.position] = false;

    std::vector<Used> all;
    std::vector<std::optional<std::size_t>> placeOf(book.underlyings.size());
    for (std::size_t i = 0; i < book.positions.size(); ++i) {
        const RiskPosition& position = book.positions[i];
        if (!isKnown[i] || position.quantity == 0)
            continue;
        const RiskUnderlying& underlying = book.underlyings[position.underlying];
        std::optional<std::size_t>& place = placeOf[position.underlying];
        if (!place) {
            const FactorColumn* const column = history.find(underlying.symbol);
            if (!column || !isWholeColumn(*column, history) || countFinite(column->spotReturns) < leastHistory) {
                out.unknown.push_back(
                    {i, {translatable("Core", "the price history for %1"), {market::contractName(position.symbol)}}});
                continue;
            }
            place = all.size();
            all.push_back({position.underlying, column, false, countFinite(column->volatilityReturns) >= leastHistory});
        }
        all[*place].hasOptions = all[*place].hasOptions || position.option;
        out.book.positions.push_back(position);
        out.book.positions.back().underlying = *place;
    }
    out.book.at = book.at;
    out.book.netLiquidation = book.netLiquidation;
    for (Used& used : all) {
        used.hasVolatility = used.hasVolatility && used.hasOptions;
        out.underlyings.push_back(used.underlying);
        out.book.underlyings.push_back(book.underlyings[used.underlying]);
        out.hasVolatility.push_back(used.hasVolatility);
        const std::string& symbol = book.underlyings[used.underlying].symbol;
        if (used.hasOptions && !used.hasVolatility)
            out.warnings.push_back(
                {translatable("Core", "The volatilities of %1 have no history: they are taken to stand still"),
                 {symbol}});
        else if (used.hasOptions && used.column->isVolatilityModelled)
            out.warnings.push_back(
                {translatable("Core", "The volatilities of %1 are modelled by the moves of prices, not measured"),
                 {symbol}});
    }
    if (all.empty())
        return out;

    std::vector<std::size_t> rows;
    for (std::size_t day = 0; day < history.dates.size(); ++day) {
        if (std::ranges::all_of(all, [day](const Used& used) { return used.movedOn(day); }))
            rows.push_back(day);
    }
    if (rows.size() < leastHistory)
        return base::badInput(
            "history", fmt::format("{} days", rows.size()),
            fmt::format("at least {} days on which all of the book's underlyings moved", leastHistory));
    if (rows.size() > daysMost)
        rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(daysMost));
    out.moves.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(out.factors()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out.dates.push_back(history.dates[rows[i]]);
        for (std::size_t u = 0; u < all.size(); ++u) {
            const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(2 * u);
            out.moves(row, column) = all[u].column->spotReturns[rows[i]];
            out.moves(row, column + 1) = all[u].hasVolatility ? all[u].column->volatilityReturns[rows[i]] : 0;
        }
    }
    return out;
}

Eigen::MatrixXd deviationsOf(const VarInputs& inputs, const VarSettings& settings, std::size_t refitEvery)
{
    Eigen::MatrixXd out(inputs.moves.rows() + 1, inputs.moves.cols());
    for (Eigen::Index factor = 0; factor < inputs.moves.cols(); ++factor) {
        const std::span<const double> moves(inputs.moves.col(factor).data(), inputs.days());
        const auto forecasts = forecastDeviations(moves, settings.filter, settings.decay, refitEvery);
        out.col(factor) = Eigen::Map<const Eigen::VectorXd>(forecasts.data(), out.rows());
    }
    return out;
}

FactorModel factorModel(const VarInputs& inputs, const Eigen::MatrixXd& deviations, std::size_t first, std::size_t last,
                        const VarSettings& settings)
{
    const auto start = static_cast<Eigen::Index>(first), count = static_cast<Eigen::Index>(last - first);
    FactorModel out;
    out.standardised = inputs.moves.middleRows(start, count).cwiseQuotient(deviations.middleRows(start, count));
    out.deviations = deviations.row(start + count).transpose() * std::sqrt(settings.horizon);
    Eigen::MatrixXd correlation = out.standardised.transpose() * out.standardised;
    const Eigen::VectorXd scale =
        correlation.diagonal().cwiseMax(std::numeric_limits<double>::min()).cwiseSqrt().cwiseInverse();
    correlation = scale.asDiagonal() * correlation * scale.asDiagonal();
    correlation.diagonal().setOnes();
    for (std::size_t u = 0; u < inputs.hasVolatility.size(); ++u) {
        if (!inputs.hasVolatility[u])
            out.deviations(static_cast<Eigen::Index>(2 * u + 1)) =
                0; // what does not move, not even by the filter's least
    }
    out.correlation = std::move(correlation);
    out.freedom = settings.freedom > 0 ? settings.freedom : freedomByKurtosis(out.standardised);
    return out;
}

Eigen::MatrixXd filteredMoves(const FactorModel& model)
{
    return model.standardised * model.deviations.asDiagonal();
}

double daysPassed(const VarSettings& settings)
{
    return settings.passesTime ? settings.horizon * calendarDaysPerSession : 0;
}

Eigen::MatrixXd revalued(Revaluation& revaluation, const Eigen::MatrixXd& moves, double days)
{
    const RiskBook& book = revaluation.book();
    const auto scenarios = static_cast<std::size_t>(moves.rows());
    const std::size_t width = book.underlyings.size();
    const std::vector<double> dates(scenarios, days);
    std::vector<FactorMove> factorMoves(scenarios * width);
    for (std::size_t i = 0; i < scenarios; ++i) {
        for (std::size_t u = 0; u < width; ++u) {
            const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(2 * u);
            factorMoves[i * width + u] = {std::expm1(moves(row, column)), std::exp(moves(row, column + 1))};
        }
    }
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(moves.rows(), static_cast<Eigen::Index>(width));
    Eigen::VectorXd profits(moves.rows());
    for (std::size_t i = 0; i < book.positions.size(); ++i) {
        revaluation.profitsOf(i, {dates, factorMoves}, {profits.data(), scenarios});
        out.col(static_cast<Eigen::Index>(book.positions[i].underlying)) += profits;
    }
    return out;
}

} // namespace vegadesk::risk

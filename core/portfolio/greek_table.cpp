#include "portfolio/greek_table.h"

#include "pricing/payoff.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::portfolio
{

namespace
{

constexpr double daysPerYear = 365, pointsPerOne = 100;

/// NaN throughout where one is not known; the beta-weighted ones are left at 0.
GreekFigures figuresOf(const MarkedPosition& position, const ThetaOf& thetaOf)
{
    pricing::ValuationLeg leg;
    leg.quantity = 1;
    if (position.option) {
        leg.right = position.option->right;
        leg.strike = position.option->strike.toDouble();
        leg.years = position.years;
        leg.vol = position.volatility;
        leg.style = position.style;
    }
    const pricing::Greeks one = pricing::greeksOf(
        std::span(&leg, 1), {position.spot, position.rate, position.dividendYield}, pricing::Scenario{});
    const double theta = position.option && position.years > 0 && thetaOf ? thetaOf(position, one) : one.theta;
    const double shares = position.shares();
    GreekFigures figures;
    figures.delta = one.delta * shares;
    figures.dollarDelta = figures.delta * position.spot;
    figures.gamma = one.gamma * shares;
    figures.dollarGamma = figures.gamma * position.spot * position.spot / pointsPerOne;
    figures.theta = theta * shares / daysPerYear;
    figures.vega = one.vega * shares / pointsPerOne;
    figures.rho = one.rho * shares / pointsPerOne;
    return figures;
}

bool isKnown(const GreekFigures& figures)
{
    return std::isfinite(figures.delta + figures.dollarDelta + figures.gamma + figures.dollarGamma + figures.theta +
                         figures.vega + figures.rho);
}

/// What one position adds to each row that it is in.
GreekRow rowOf(const MarkedPosition& position, const BetaReference& reference, const ThetaOf& thetaOf)
{
    GreekRow row;
    row.underlying = position.underlying;
    if (position.option) {
        row.expiry = position.option->expiry;
        row.contracts = position.quantity.abs();
    }
    const GreekFigures figures = figuresOf(position, thetaOf);
    if (!isKnown(figures)) {
        row.unknownCount = 1;
        return row;
    }
    row.figures = figures;
    const double beta = reference.betaOf(position.underlying);
    const double ratio = beta * position.spot / reference.spot;
    if (!std::isfinite(ratio)) {
        row.unknownBetas = 1;
        return row;
    }
    row.figures.betaDelta = figures.delta * ratio;
    row.figures.betaGamma = figures.gamma * ratio * ratio;
    row.figures.betaDollarDelta = figures.dollarDelta * beta;
    return row;
}

void add(GreekRow& sum, const GreekRow& row)
{
    sum.figures += row.figures;
    sum.contracts += row.contracts;
    sum.unknownCount += row.unknownCount;
    sum.unknownBetas += row.unknownBetas;
}

} // namespace

GreekFigures& GreekFigures::operator+=(const GreekFigures& other)
{
    delta += other.delta;
    dollarDelta += other.dollarDelta;
    gamma += other.gamma;
    dollarGamma += other.dollarGamma;
    theta += other.theta;
    vega += other.vega;
    rho += other.rho;
    betaDelta += other.betaDelta;
    betaGamma += other.betaGamma;
    betaDollarDelta += other.betaDollarDelta;
    return *this;
}

double BetaReference::betaOf(std::string_view underlying) const
{
    if (underlying == symbol)
        return 1;
    const auto known = betas.find(underlying);
    return known == betas.end() ? market::unknown : known->second;
}

GreekTable greekTable(std::span<const MarkedPosition> positions, const BetaReference& reference, const ThetaOf& thetaOf)
{
    std::map<std::pair<std::string, std::optional<base::Date>>, GreekRow> cells; // no expiry sorts first
    GreekTable table;
    for (const MarkedPosition& position : positions) {
        if (position.quantity == 0)
            continue;
        const GreekRow row = rowOf(position, reference, thetaOf);
        if (row.unknownCount > 0)
            table.leftOut.push_back(position.symbol);
        add(cells[{row.underlying, row.expiry}], row);
    }
    std::map<base::Date, GreekRow> expirations;
    for (auto& [key, cell] : cells) {
        cell.underlying = key.first;
        cell.expiry = key.second;
        if (table.underlyings.empty() || table.underlyings.back().underlying != key.first)
            table.underlyings.emplace_back().underlying = key.first;
        add(table.underlyings.back(), cell);
        add(table.book, cell);
        if (key.second) {
            GreekRow& expiration = expirations[*key.second];
            expiration.expiry = key.second;
            add(expiration, cell);
        }
        table.cells.push_back(std::move(cell));
    }
    for (auto& [date, expiration] : expirations)
        table.expirations.push_back(std::move(expiration));
    std::ranges::sort(table.leftOut);
    return table;
}

} // namespace vegadesk::portfolio

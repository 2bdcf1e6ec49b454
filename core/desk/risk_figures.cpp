#include "desk/risk_figures.h"

#include "desk/sentences.h"
#include "market/calendar.h"
#include "portfolio/margin.h"
#include "portfolio/portfolio_margin.h"
#include "risk/stress/revaluation.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RiskFigures)
};

std::vector<std::string> leftOutOf(const std::vector<risk::UnknownPosition>& unknown)
{
    std::vector<std::string> out;
    for (const risk::UnknownPosition& each : unknown)
        out.push_back(translated(each.what).toStdString());
    return out;
}

std::string dateTitle(base::Date date)
{
    const std::chrono::year_month_day day(date);
    return QLocale()
        .toString(QDate(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                        static_cast<int>(static_cast<unsigned>(day.day()))),
                  QLocale::LongFormat)
        .toStdString();
}

GreekSums sumsOf(const portfolio::GreekRow& row)
{
    GreekSums sums;
    sums.delta = row.figures.delta;
    sums.dollarDelta = row.figures.dollarDelta;
    sums.gamma = row.figures.gamma;
    sums.theta = row.figures.theta;
    sums.vega = row.figures.vega;
    sums.unknownCount = row.unknownCount;
    return sums;
}

double betaDeltaOf(const portfolio::GreekRow& row)
{
    return row.unknownBetas > 0 ? unknown : row.figures.betaDollarDelta;
}

portfolio::MarginLeg marginLegOf(const risk::RiskPosition& position, base::Quantity quantity)
{
    portfolio::MarginLeg leg;
    leg.isOption = position.option.has_value();
    leg.quantity = quantity;
    leg.multiplier = position.multiplier;
    leg.mark = position.mark;
    leg.settlement = position.settlement;
    if (position.option) {
        leg.right = position.option->right;
        leg.strike = position.option->strike.toDouble();
        leg.expiry = position.option->expiry;
    }
    return leg;
}

/// Reg-T, and the estimate of portfolio margin, of everything in one underlying.
std::pair<double, double> marginsOf(const RiskPicture& picture, std::size_t underlying)
{
    const risk::RiskUnderlying& on = picture.book.underlyings[underlying];
    std::vector<portfolio::MarginLeg> legs;
    std::vector<portfolio::PortfolioMarginLeg> valued;
    portfolio::PortfolioMarginClass held;
    for (std::size_t i = 0; i < picture.book.positions.size(); ++i) {
        const risk::RiskPosition& position = picture.book.positions[i];
        if (position.underlying != underlying)
            continue;
        legs.push_back(marginLegOf(position, picture.marking.positions[i].quantity));
        valued.push_back({legs.back(), position.years, position.volatility, position.style});
        if (position.option) { // the rates of the last of them will do for an estimate
            const pricing::MarketPoint market = risk::marketOf(position, on);
            held.rate = market.rate;
            held.dividendYield = market.dividendYield;
        }
    }
    held.spot = on.spot;
    held.moves = on.isBroadIndex ? portfolio::house_moves::index : portfolio::house_moves::equity;
    held.legs = valued;
    const auto estimate = portfolio::portfolioMarginOf(held);
    return {portfolio::marginOf(legs, on.spot, on.isBroadIndex).requirement(),
            estimate ? estimate->requirement() : unknown};
}

AttributionRow rowOf(AttributionRow::Level level, std::string title, const portfolio::AttributionRow& row)
{
    AttributionRow out;
    out.level = level;
    out.title = std::move(title);
    out.underlying = row.underlying;
    for (std::size_t i = 0; i < out.parts.size(); ++i)
        out.parts[i] = row.parts.parts[i].toDouble();
    out.total = row.parts.total().toDouble();
    out.unknownCount = static_cast<int>(row.unknownCount);
    return out;
}

/// The book first, then each underlying with its groups and positions.
std::vector<AttributionRow> rowsOf(const portfolio::AttributionReport& report)
{
    using Level = AttributionRow::Level;
    std::vector<AttributionRow> out{rowOf(Level::Book, {}, report.book)};
    for (const portfolio::AttributionRow& underlying : report.underlyings) {
        out.push_back(rowOf(Level::Underlying, underlying.underlying, underlying));
        for (const portfolio::AttributionRow& group : report.groups)
            if (group.underlying == underlying.underlying && !group.group.empty())
                out.push_back(rowOf(Level::Group, group.group, group));
        for (const portfolio::AttributionRow& position : report.positions)
            if (position.underlying == underlying.underlying)
                out.push_back(rowOf(Level::Position, position.symbol, position));
    }
    return out;
}

} // namespace

StressView stressView(const risk::StressGrid& grid, const risk::RiskBook& book)
{
    StressView view;
    view.spotMoves = grid.axes.spotMoves;
    for (const double factor : grid.axes.volatilityFactors)
        view.volatilityMoves.push_back(factor - 1);
    for (const double day : grid.axes.days)
        view.days.push_back(static_cast<int>(day));
    view.profits = grid.profits;
    view.worst = {grid.worst.spot, grid.worst.volatility, grid.worst.date, grid.worst.profit};
    for (std::size_t i = 0; i < grid.parts.size(); ++i)
        if (std::isfinite(grid.parts[i]))
            view.worstLegs.push_back({book.positions[i].symbol, grid.parts[i]});
    std::ranges::stable_sort(view.worstLegs, {}, &StressLeg::profit);
    view.withoutSpread = static_cast<int>(grid.withoutSpread.size());
    view.liquidation = grid.liquidation[grid.cellAt(grid.worst.spot, grid.worst.volatility, grid.worst.date)];
    const std::span<const risk::HistoricalMove> moves = risk::historicalMoves();
    for (std::size_t i = 0; i < moves.size() && i < grid.historical.size(); ++i)
        view.historical.push_back(
            {dateTitle(moves[i].date), moves[i].spotMove, moves[i].volatilityFactor() - 1, grid.historical[i]});
    view.leftOut = leftOutOf(grid.unknown);
    return view;
}

AttributionView attributionView(const portfolio::Attribution& attribution)
{
    AttributionView view;
    view.today = rowsOf(attribution.report(portfolio::AttributionSpan::Today));
    view.sinceEntry = rowsOf(attribution.report(portfolio::AttributionSpan::SinceEntry));
    view.todayFrom = attribution.state().dayFrom;
    const base::Date day = market::newYorkDate(attribution.state().at);
    const auto before = market::sessionOn(market::previousTradingDay(day)), session = market::sessionOn(day);
    view.isWholeDay =
        before && view.todayFrom >= before->close && (!session || view.todayFrom <= session->open);
    return view;
}

RegimeView regimeView(const risk::RegimeFilter& filter, const std::vector<double>& closes)
{
    RegimeView view;
    if (!filter.fit() || !filter.fit()->isConvincing()) {
        const int missing = static_cast<int>(filter.settings().daysLeast) - static_cast<int>(filter.days().size());
        view.why = (filter.fit() ? Words::tr("Calm and stressed days have not been different enough to be told apart: one "
                                             "description fits all of its history as well as several. Strategies trade "
                                             "at the size of a normal market. There is nothing to do: it is looked at "
                                             "again with each new day.")
                                 : Words::tr("%n more trading day(s) of its history are needed. Strategies trade at the "
                                             "size of a normal market until then. The broker's daily closes come by "
                                             "themselves.",
                                             nullptr, missing))
                       .toStdString();
        return view;
    }
    for (const risk::Regime regime : {risk::Regime::Calm, risk::Regime::Normal, risk::Regime::Stressed})
        view.names.emplace_back(risk::toText(regime));
    view.probabilities.resize(view.names.size());
    for (std::size_t i = 0; i < filter.days().size(); ++i) {
        const risk::RegimeDay& day = filter.days()[i];
        if (!std::isfinite(day.probabilities[0]))
            continue;
        view.dates.push_back(day.date);
        for (std::size_t k = 0; k < view.names.size(); ++k)
            view.probabilities[k].push_back(day.probabilities[k]);
        view.regime.push_back(day.regime ? static_cast<int>(*day.regime) : -1);
        view.closes.push_back(closes[i]);
    }
    return view;
}

ExposureView exposureView(const RiskPicture& picture, const portfolio::BetaReference& reference)
{
    const auto thetaOf = [&](const portfolio::MarkedPosition& position, const pricing::Greeks& greeks) {
        return VarianceClock::at(picture.time, position.years)
            .theta(greeks.theta, greeks.vega, position.volatility, position.years);
    };
    const portfolio::GreekTable table = portfolio::greekTable(picture.marking.positions, reference, thetaOf);
    ExposureView view;
    view.index = reference.symbol;
    view.greeks = sumsOf(table.book);
    view.betaDelta = betaDeltaOf(table.book);
    view.margin = view.portfolioMargin = 0;
    view.brokerMargin = picture.brokerRequirement;
    const base::Date today = market::newYorkDate(picture.book.at);
    for (const portfolio::GreekRow& row : table.underlyings) {
        ExposureUnderlying out;
        out.underlying = row.underlying;
        out.beta = reference.betaOf(row.underlying);
        out.greeks = sumsOf(row);
        out.betaDelta = betaDeltaOf(row);
        const auto place = std::ranges::find(picture.book.underlyings, row.underlying, &risk::RiskUnderlying::symbol);
        std::tie(out.margin, out.portfolioMargin) =
            marginsOf(picture, static_cast<std::size_t>(place - picture.book.underlyings.begin()));
        view.margin += out.margin; // stays unknown when a part is
        view.portfolioMargin += out.portfolioMargin;
        for (const portfolio::GreekRow& cell : table.cells) {
            if (cell.underlying != row.underlying)
                continue;
            out.rows.push_back({.underlying = cell.underlying,
                                .expiry = cell.expiry,
                                .daysLeft = cell.expiry ? static_cast<int>((*cell.expiry - today).count()) : 0,
                                .greeks = sumsOf(cell),
                                .betaDelta = betaDeltaOf(cell),
                                .contracts = static_cast<int>(cell.contracts.toDouble())});
        }
        view.underlyings.push_back(std::move(out));
    }
    return view;
}

} // namespace vegadesk::desk

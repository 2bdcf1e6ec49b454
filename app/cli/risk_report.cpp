#include "risk_report.h"

#include "desk/risk_analyst.h"
#include "desk/risk_figures.h"
#include "market/calendar.h"
#include "pricing/american/american.h"
#include "pricing/black_scholes.h"
#include "risk/value_at_risk/value_at_risk.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <utility>

namespace vegadesk::cli
{

namespace
{

/// The book as the gate sees it, so that sizes are those that it judges by.
risk::GateState gateStateOf(const risk::RiskBook& book)
{
    risk::GateState state;
    state.now = book.at;
    state.netLiquidation = book.netLiquidation;
    auto instruments = std::make_shared<std::map<std::string, risk::InstrumentState>>();
    for (const risk::RiskPosition& held : book.positions) {
        const risk::RiskUnderlying& on = book.underlyings[held.underlying];
        risk::InstrumentState& instrument = (*instruments)[held.symbol];
        instrument.symbol = held.symbol;
        instrument.underlying = on.symbol;
        instrument.type = held.option ? market::InstrumentType::EquityOption : market::InstrumentType::Equity;
        instrument.multiplier = held.multiplier;
        instrument.option = held.option;
        instrument.style = held.style;
        instrument.settlement = held.settlement;
        instrument.years = held.years;
        instrument.volatility = held.volatility;
        instrument.quote.bid = std::isfinite(held.bid) ? held.bid : held.mark;
        instrument.quote.ask = std::isfinite(held.ask) ? held.ask : held.mark;
        instrument.spot = on.spot;
        instrument.rate = held.option ? held.rate : on.rate;
        instrument.dividendYield = held.option ? held.dividendYield : on.dividendYield;
        if (held.option) {
            const pricing::MarketPoint market{on.spot, held.rate, held.dividendYield};
            const double strike = held.option->strike.toDouble();
            const bool isAmerican = held.style == market::ExerciseStyle::American;
            instrument.delta =
                (isAmerican ? pricing::american(held.option->right, market, strike, held.years, held.volatility)
                            : pricing::blackScholes(held.option->right, market, strike, held.years, held.volatility))
                    .delta;
        }
    }
    state.instrument = [instruments](const std::string& symbol) -> std::optional<risk::InstrumentState> {
        const auto found = instruments->find(symbol);
        return found == instruments->end() ? std::nullopt : std::optional(found->second);
    };
    return state;
}

std::vector<portfolio::Position> positionsOf(const desk::RiskPicture& picture)
{
    std::map<std::string, portfolio::Position> bySymbol; // several trades may hold parts of one
    for (const portfolio::MarkedPosition& held : picture.marking.positions) {
        portfolio::Position& position = bySymbol[held.symbol];
        position.symbol = held.symbol;
        position.underlying = held.underlying;
        position.type = held.option ? market::InstrumentType::EquityOption : market::InstrumentType::Equity;
        position.multiplier = held.multiplier;
        position.quantity += held.quantity;
    }
    std::vector<portfolio::Position> positions;
    for (auto& [symbol, position] : bySymbol)
        if (position.quantity != 0)
            positions.push_back(std::move(position));
    return positions;
}

std::vector<RiskLimit> limitsOf(const RiskReport& report, const desk::RiskPicture& picture)
{
    if (std::isnan(report.netLiquidation))
        return {};
    risk::GateState state = gateStateOf(picture.book);
    state.positions = positionsOf(picture);
    const desk::BookSizes sizes = desk::bookSizesOf(state);
    const risk::Limits limits = risk::limitsFor(report.tolerance);
    double valueAtRisk = market::unknown;
    if (report.valueAtRisk.shown < report.valueAtRisk.rows.size() && report.valueAtRisk.leftOut.empty())
        valueAtRisk = report.valueAtRisk.rows[report.valueAtRisk.shown].valueAtRisk / report.netLiquidation;
    return {{"leverage", sizes.leverage, limits.leverage},
            {"largest_position", sizes.largest, limits.largestPosition},
            {"value_at_risk", valueAtRisk, limits.valueAtRisk},
            {"stress", sizes.stress, limits.stress},
            {"margin", report.exposure.margin / report.netLiquidation, 1}};
}

/// Which days there are, what is missing among them, and whether they are enough.
void describeHistory(RiskReport& report, const desk::ClosesBySymbol& closes, const risk::FactorHistory& history)
{
    const base::Date today = market::newYorkDate(report.at);
    const auto session = market::sessionOn(today);
    const base::Date until = session && report.at >= session->close ? today : today - std::chrono::days(1);
    for (const auto& [symbol, days] : closes) {
        if (days.empty()) {
            report.warnings.push_back(fmt::format("{}: no day of its history was over at the book's time", symbol));
            continue;
        }
        std::vector<base::Date> dates;
        for (const risk::DailyClose& day : days)
            dates.push_back(day.date);
        report.history.push_back(historyDaysOf(symbol, dates, until));
        for (std::string& warning : warningsOf(report.history.back()))
            report.warnings.push_back(std::move(warning));
        const risk::FactorColumn* const column = history.find(symbol);
        const auto moves =
            column ? std::ranges::count_if(column->spotReturns, [](double move) { return std::isfinite(move); }) : 0;
        if (moves < static_cast<std::ptrdiff_t>(risk::leastHistory))
            report.warnings.push_back(fmt::format("{}: {} of the {} day-to-day moves that value at risk needs at least",
                                                  symbol, moves, risk::leastHistory));
    }
}

} // namespace

RiskReport riskReportOf(const RiskInput& input, const desk::ClosesBySymbol& closes, risk::Tolerance tolerance)
{
    const std::string index = desk::RiskAnalyst::index;
    RiskReport report;
    report.source = input.source;
    report.tolerance = tolerance;
    desk::RiskPicture picture = input.picture;
    report.at = picture.book.at;
    report.netLiquidation = picture.book.netLiquidation;
    std::vector<risk::UnderlyingCloses> all;
    for (const auto& [symbol, days] : closes)
        all.push_back({symbol, days});
    const risk::FactorHistoryReport history = risk::factorHistoryOf(all, index);
    describeHistory(report, closes, history.history);
    for (const risk::LikelySplit& split : history.splits)
        report.warnings.push_back(fmt::format("a likely split of {} on {}: that day's move is left out",
                                              split.underlying, base::formatDate(split.date)));
    portfolio::BetaReference reference = desk::betasOf(picture.book, closes, history.history, index);
    for (const auto& [symbol, beta] : input.betas)
        reference.betas[symbol] = beta;
    for (risk::RiskUnderlying& underlying : picture.book.underlyings) {
        underlying.beta = reference.betaOf(underlying.symbol);
        if (underlying.symbol == index)
            reference.spot = underlying.spot; // also where there are no closes of it
    }
    report.exposure = desk::exposureView(picture, reference);
    report.stress = desk::stressOf(picture.book);

    if (closes.empty())
        report.valueAtRisk.why = "not measured without daily closes: give them with --history";
    else
        report.valueAtRisk = desk::valueAtRiskOf(picture.book, history.history);
    report.limits = limitsOf(report, picture);
    return report;
}

} // namespace vegadesk::cli

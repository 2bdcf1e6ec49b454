#include "desk/risk_figures.h"
#include "desk/sentences.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

/// Value at risk and its back-test as the window shows them.
namespace vegadesk::desk
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RiskFigures)
};

ValueAtRiskRow rowOf(risk::VarMethod method, const risk::VarReport& report)
{
    ValueAtRiskRow row;
    row.id = std::string(risk::toText(method));
    if (const risk::VarFigure* const figure = report.find(method)) {
        row.valueAtRisk = figure->valueAtRisk;
        row.expectedShortfall = figure->expectedShortfall;
        row.standardError = figure->standardError > 0 ? figure->standardError : unknown;
        if (!figure->isMonotone)
            row.note = Words::tr("The expansion does not fit this book: not to be relied on.").toStdString();
        else if (figure->disagrees)
            row.note = Words::tr("More than a quarter from the shown one.").toStdString();
        return row;
    }
    const auto refused = std::ranges::find(report.refused, method, &risk::RefusedMethod::method);
    if (refused != report.refused.end())
        row.note = translated(refused->why).toStdString();
    return row;
}

RiskBacktestTest testOf(const char* id, const risk::LikelihoodRatio& ratio)
{
    return {id, ratio.statistic, ratio.pValue, ratio.pValue < 0.05};
}

} // namespace

std::vector<RiskBacktestView> backtestViews(const risk::BookBacktest& backtest)
{
    std::vector<RiskBacktestView> views;
    for (const risk::MethodBacktest& method : backtest.methods) {
        RiskBacktestView view;
        view.method = std::string(risk::toText(method.method));
        view.level = backtest.settings.var.level;
        view.dates = backtest.dates;
        view.profits = backtest.profits;
        view.valuesAtRisk = method.valuesAtRisk;
        view.expectedShortfalls = method.expectedShortfalls;
        view.hits = static_cast<int>(method.hitCount);
        view.expectedHits = (1 - view.level) * static_cast<double>(backtest.dates.size());
        view.zone = std::string(risk::toText(method.lights.light));
        view.tests = {testOf("kupiec", method.kupiec), testOf("christoffersen", method.christoffersen.independence),
                      testOf("conditional_coverage", method.christoffersen.coverage)};
        if (method.shortfall)
            // The fatter of the two tails: what is rejected by it is not rejected for want of a normal distribution.
            view.tests.push_back({"acerbi_szekely", method.shortfall->statistic, method.shortfall->pValueStudent,
                                  method.shortfall->pValueStudent < 0.05});
        views.push_back(std::move(view));
    }
    for (const risk::RefusedMethod& refused : backtest.refused) {
        RiskBacktestView view;
        view.method = std::string(risk::toText(refused.method));
        view.why = translated(refused.why).toStdString();
        views.push_back(std::move(view));
    }
    return views;
}

ValueAtRiskView valueAtRiskView(const risk::VarReport& report, const risk::RiskBook& book,
                                const risk::FactorHistory& history)
{
    ValueAtRiskView view;
    view.level = report.settings.level;
    view.horizonDays = report.settings.horizon;
    view.historyDays = static_cast<int>(report.days);
    view.disagrees = report.isDisagreeing;
    for (const risk::VarMethod method : risk::varMethods) {
        if (method == risk::shownMethod)
            view.shown = view.rows.size();
        view.rows.push_back(rowOf(method, report));
    }
    if (const risk::VarFigure* const shown = report.find(risk::shownMethod))
        for (const risk::VarContribution& part : shown->contributions)
            view.contributions.push_back({book.underlyings[part.underlying].symbol, part.valueAtRisk});
    std::ranges::stable_sort(view.contributions, std::ranges::greater{}, &RiskContribution::valueAtRisk);
    for (const risk::UnknownPosition& each : report.unknown)
        view.leftOut.push_back(translated(each.what).toStdString());
    for (const risk::RiskUnderlying& underlying : book.underlyings) {
        const risk::FactorColumn* const column = history.find(underlying.symbol);
        if (column && column->isVolatilityModelled)
            view.modelledVolatility.push_back(underlying.symbol);
    }
    if (report.figures.empty())
        view.why = Words::tr("Nothing that is held can be measured.").toStdString();
    return view;
}

} // namespace vegadesk::desk

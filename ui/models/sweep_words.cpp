#include "ui/models/sweep_words.h"

#include "desk/sweep_figures.h"
#include "ui/models/backtest_models.h"
#include "ui/models/parameter_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
/// What follows from words that have no class of their own.
struct SweepWords {
    Q_DECLARE_TR_FUNCTIONS(SweepWords)
};

QString valueText(const std::string& value)
{
    bool isNumber = false;
    const double number = text(value).toDouble(&isNumber);
    QString shown = isNumber ? QLocale().toString(number, 'g', QLocale::FloatingPointShortest) : choiceWord(value);
    return shown.replace(u'-', QStringLiteral("−"));
}

QString figureText(const desk::SweepReport& report, std::size_t metric, double value)
{
    const desk::SweepMetric& of = report.metrics[metric];
    return metricText({of.id, of.unit, value});
}
} // namespace

QString axisTitle(const desk::SweepAxis& axis)
{
    return parameterTitle(axis.name);
}

QString axisValueText(const desk::SweepAxis& axis, std::size_t place)
{
    return valueText(axis.values[place]);
}

QString runWords(const desk::SweepReport& report, std::size_t run)
{
    QStringList parts;
    const std::vector<std::size_t>& places = report.runs[run].places;
    for (std::size_t i = 0; i < places.size(); ++i)
        parts << axisTitle(report.axes[i]) + u' ' + axisValueText(report.axes[i], places[i]);
    return parts.join(QStringLiteral(", "));
}

QString pickedWords(const desk::SweepReport& report, const desk::FoldView& fold)
{
    QStringList parts;
    for (std::size_t i = 0; i < fold.picked.size(); ++i)
        parts << axisTitle(report.axes[i]) + u' ' + valueText(fold.picked[i]);
    return parts.join(QStringLiteral(", "));
}

QString sweepTitle(const desk::SweepReport& report, const QString& strategy)
{
    QString title = SweepWords::tr("%1 · %2, %3 to %4")
                        .arg(strategy, text(report.underlying), dateText(report.first), dateText(report.last));
    title += QStringLiteral(" · ") +
             (report.walkForward
                  ? SweepWords::tr("walk-forward, %n stretches", "", static_cast<int>(report.walkForward->folds.size()))
                  : SweepWords::tr("%n settings", "", static_cast<int>(report.runs.size())));
    if (report.id == 0)
        title += SweepWords::tr(" · kept");
    if (report.isCancelled)
        title += SweepWords::tr(" · cancelled");
    return title;
}

SweepVerdict verdictOf(const desk::SweepReport& report, std::size_t metric)
{
    const auto best = desk::bestRun(report, metric);
    if (!best)
        return {SweepWords::tr("No run has this figure."), true};
    const double figure = desk::figureOf(report.runs[*best], metric);
    SweepVerdict verdict;
    verdict.words =
        SweepWords::tr("Best of %n settings by %1: %2 with %3.", "", static_cast<int>(report.runs.size()))
            .arg(metricTitle(report.metrics[metric].id), figureText(report, metric, figure), runWords(report, *best));
    if (const auto deflated = desk::metricPlace(report, "deflated_sharpe")) {
        const double chance = desk::figureOf(report.runs[*best], *deflated);
        verdict.words +=
            u' ' +
            SweepWords::tr("Of %n trials of this strategy on these data in all, the chance that it is more than the "
                           "luckiest without skill would show is %1.",
                           "", static_cast<int>(report.trials))
                .arg(std::isnan(chance) ? SweepWords::tr("not known") : percent(chance, 1));
        verdict.isWarning = !(chance >= 0.95);
    }
    if (const auto around = desk::neighbourhoodOf(report, metric, *best)) {
        const QString near = figureText(report, metric, around->median);
        const QString all = figureText(report, metric, around->medianOfAll);
        if (around->isAlone) {
            verdict.words += u' ' + SweepWords::tr("It stands alone: its %n neighbours, one step away, have %1 at the "
                                                   "median, and all settings %2. That "
                                                   "is rather luck than a plateau.",
                                                   "", static_cast<int>(around->count))
                                        .arg(near, all);
            verdict.isWarning = true;
        } else {
            verdict.words +=
                u' ' + SweepWords::tr("Its %n neighbours, one step away, have %1 at the median, and all settings %2.",
                                      "", static_cast<int>(around->count))
                           .arg(near, all);
        }
    }
    if (report.isSimulated)
        verdict.words += u' ' + SweepWords::tr("Prices are simulated: this says nothing about a real market.");
    return verdict;
}

SweepVerdict verdictOf(const desk::SweepReport& report, const desk::WalkForwardView& walked)
{
    const auto shown = [&](double value) { return metricText({walked.objective, walked.unit, value}); };
    SweepVerdict verdict;
    verdict.words = SweepWords::tr("%1, picked on earlier days alone: %2 there on average, %3 on the days traded then.")
                        .arg(metricTitle(walked.objective), shown(walked.inSample), shown(walked.outOfSample));
    if (std::isnan(walked.kept)) {
        verdict.words += u' ' + SweepWords::tr("Nothing good was picked, so that no share of it can be kept.");
        verdict.isWarning = true;
    } else {
        verdict.words += u' ' + SweepWords::tr("Kept: %1.").arg(percent(walked.kept, 0));
        verdict.isWarning = walked.kept < 0.5;
    }
    if (const auto lost = std::ranges::count_if(walked.folds, &desk::FoldView::lostInSample); lost > 0) {
        verdict.words +=
            u' ' + SweepWords::tr("In %n of %1 stretches even the best setting lost money on the days picked on.", "",
                                  static_cast<int>(lost))
                       .arg(number(static_cast<double>(walked.folds.size()), 0));
        verdict.isWarning = true;
    }
    if (walked.untraded > 0) {
        verdict.words += u' ' + SweepWords::tr("%n stretches were not traded: too little was left of the account.", "",
                                               static_cast<int>(walked.untraded));
        verdict.isWarning = true;
    }
    verdict.words +=
        u' ' + SweepWords::tr("%1 days of purge and %2 of embargo between; %3 in-sample runs, which count as trials.")
                   .arg(number(static_cast<double>(walked.purge), 0), number(static_cast<double>(walked.embargo), 0),
                        number(static_cast<double>(walked.inSampleRuns), 0));
    if (report.isSimulated)
        verdict.words += u' ' + SweepWords::tr("Prices are simulated: this says nothing about a real market.");
    return verdict;
}

} // namespace vegadesk::ui

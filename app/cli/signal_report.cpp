#include "signal_report.h"
#include "json.h"

#include "learning/doors/signal_targets.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using learning::market_signals::Prediction;
using learning::market_signals::SignalInfo;

constexpr std::size_t featuresShown = 12;

std::string ofDouble(double value, int decimals)
{
    return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : std::string("-");
}

double numberIn(const QJsonObject& object, QLatin1String name)
{
    return object.value(name).toDouble(market::unknown);
}

std::string textIn(const QJsonObject& object, QLatin1String name)
{
    return object.value(name).toString().toStdString();
}

std::string stepLines(const QJsonArray& steps)
{
    std::string out = fmt::format("  {:<12}{:<12}{:>12}{:>8}{:>8}{:>8}{:>8}\n", "from", "to", "learnt from", "judged",
                                  "rounds", "yes", "AUC");
    for (const auto& each : steps) {
        const QJsonObject step = each.toObject();
        out += fmt::format("  {:<12}{:<12}{:>12.0f}{:>8.0f}{:>8.0f}{:>6} %{:>8}\n", textIn(step, "from"_L1),
                           textIn(step, "to"_L1), numberIn(step, "learnt_from"_L1), numberIn(step, "judged"_L1),
                           numberIn(step, "rounds"_L1), ofDouble(100 * numberIn(step, "base_rate"_L1), 0),
                           ofDouble(numberIn(step, "auc"_L1), 3));
    }
    return out;
}

/// `judged`: in all; what no regime was known of is said too.
std::string regimeLines(const QJsonArray& regimes, double judged)
{
    std::string out;
    double known = 0;
    for (const auto& each : regimes) {
        const QJsonObject regime = each.toObject();
        out += fmt::format("  {:<12}{:>8.0f} judged, {} % yes, AUC {}\n", textIn(regime, "regime"_L1),
                           numberIn(regime, "judged"_L1), ofDouble(100 * numberIn(regime, "base_rate"_L1), 0),
                           ofDouble(numberIn(regime, "auc"_L1), 3));
        known += numberIn(regime, "judged"_L1);
    }
    if (known < judged)
        out += fmt::format("  {:<12}{:>8.0f} judged\n", "not known", judged - known);
    return out;
}

double judgedIn(const QJsonArray& steps)
{
    double out = 0;
    for (const auto& each : steps)
        out += numberIn(each.toObject(), "judged"_L1);
    return out;
}

} // namespace

QJsonObject toJson(const SignalInfo& info)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(info.reportJson)).object();
}

std::string toText(const SignalInfo& info)
{
    const auto& target = learning::market_signals::infoOf(info.target);
    const QJsonObject report = toJson(info);
    std::string out = fmt::format("{} ({})\n{}\n\n{}\n", target.title, target.name, target.question, info.verdict);
    if (!info.demonstration.empty())
        out += info.demonstration + "\n";
    out += fmt::format("\nLearnt from {} (hash {}): {:.0f} sessions from {} to {}, {} % of them yes\n"
                       "Trained on days until {}: what it says of sessions until then is no forecast\n"
                       "{:.0f} rounds, seed {}\n",
                       info.source, info.dataHash, numberIn(report, "examples"_L1), textIn(report, "first_session"_L1),
                       textIn(report, "last_session"_L1), ofDouble(100 * numberIn(report, "base_rate"_L1), 0),
                       base::formatDate(info.trainedUntil), numberIn(report, "rounds"_L1), info.seed);
    out += fmt::format("\nOut of sample, each step by what was learnt before it\n"
                       "  area under the curve {}, 95 % interval {} to {}, p = {}\n"
                       "  Brier score {}, of the base rate {}\n",
                       ofDouble(info.area, 3), ofDouble(info.areaLow, 3), ofDouble(info.areaHigh, 3),
                       ofDouble(info.chance, 3), ofDouble(info.brier, 4), ofDouble(info.brierOfRate, 4));
    out += stepLines(report.value("steps"_L1).toArray());
    if (const QJsonArray regimes = report.value("regimes"_L1).toArray(); !regimes.isEmpty())
        out += "\nBy the regime that was known\n" + regimeLines(regimes, judgedIn(report.value("steps"_L1).toArray()));
    out += "\nWhat the trees look at: part of all gain on the rows that were learnt from, not what holds\n";
    for (std::size_t i = 0; i < std::min(featuresShown, info.importance.size()); ++i)
        out += fmt::format("  {:<26}{:>7.3f}\n", info.importance[i].feature, info.importance[i].share);
    return out;
}

bool isForecast(const Prediction& prediction)
{
    return std::isfinite(prediction.probability) && !prediction.isInSample;
}

std::string toText(const SignalInfo& info, const Prediction& prediction, base::Date lastDay)
{
    std::string out = fmt::format("{}, for the session of {}, by days until {}\n",
                                  learning::market_signals::infoOf(info.target).title,
                                  base::formatDate(prediction.session), base::formatDate(lastDay));
    if (std::isfinite(prediction.probability))
        out += fmt::format("  probability {:.3f}\n", prediction.probability);
    else
        out += fmt::format("  not known: the days do not tell {}\n", fmt::join(prediction.missing, ", "));
    if (prediction.isInSample)
        out += fmt::format("  in sample: the model was trained on days until {}, this is no forecast\n",
                           base::formatDate(info.trainedUntil));
    out += info.verdict + "\n";
    return info.demonstration.empty() ? out : out + info.demonstration + "\n";
}

QJsonObject toJson(const SignalInfo& info, const Prediction& prediction, base::Date lastDay)
{
    QJsonArray missing;
    for (const std::string& each : prediction.missing)
        missing.append(text(each));
    return {{u"target"_s, text(learning::market_signals::infoOf(info.target).name)},
            {u"session"_s, text(base::formatDate(prediction.session))},
            {u"last_day"_s, text(base::formatDate(lastDay))},
            {u"probability"_s, number(prediction.probability)},
            {u"is_in_sample"_s, prediction.isInSample},
            {u"is_forecast"_s, isForecast(prediction)},
            {u"missing"_s, missing},
            {u"trained_until"_s, text(base::formatDate(info.trainedUntil))},
            {u"has_signal"_s, info.hasSignal},
            {u"verdict"_s, text(info.verdict)},
            {u"demonstration"_s, text(info.demonstration)}};
}

std::string lineOf(const std::string& name, const SignalInfo& info)
{
    return fmt::format("{:<20}{:<26}AUC {} ({} to {}), p = {}: {}{}\n", name,
                       learning::market_signals::infoOf(info.target).name, ofDouble(info.area, 3),
                       ofDouble(info.areaLow, 3), ofDouble(info.areaHigh, 3), ofDouble(info.chance, 3),
                       info.hasSignal ? "a signal" : "no signal", info.isDemonstration ? ", a demonstration" : "");
}

} // namespace vegadesk::cli

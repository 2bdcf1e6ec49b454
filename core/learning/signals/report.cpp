#include "learning/signals/report.h"

#include "base/escaped_text.h"
#include "learning/signals/features.h"

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr double chanceMost = 0.05;

std::string dateText(base::Date date)
{
    return base::jsonText(base::formatDate(date));
}

/// {"name": value, …} of pairs that are JSON already.
std::string object(std::initializer_list<std::pair<std::string_view, std::string>> fields)
{
    std::string out;
    for (const auto& [name, value] : fields)
        out += fmt::format("{}\"{}\": {}", out.empty() ? "" : ", ", name, value);
    return "{" + out + "}";
}

template<class Values, class Write>
std::string array(const Values& values, Write write)
{
    std::string out;
    for (const auto& value : values)
        out += (out.empty() ? "" : ", ") + write(value);
    return "[" + out + "]";
}

std::string number(auto integer)
{
    return fmt::format("{}", integer);
}

std::string settingsJson(const TrainingSettings& settings)
{
    const BoostingSettings& trees = settings.boosting;
    return object({{"rounds_most", number(trees.roundsMost)},
                   {"patience", number(trees.patience)},
                   {"depth", number(trees.depth)},
                   {"rate", jsonNumber(trees.rate)},
                   {"row_share", jsonNumber(trees.rowShare)},
                   {"column_share", jsonNumber(trees.columnShare)},
                   {"leaf_least", jsonNumber(trees.leafLeast)},
                   {"ridge", jsonNumber(trees.ridge)},
                   {"seed", number(trees.seed)},
                   {"embargo_days", number(settings.purge.embargoDays)},
                   {"folds", number(settings.folds)},
                   {"steps", number(settings.steps)},
                   {"first_share", jsonNumber(settings.firstShare)},
                   {"held_out", jsonNumber(settings.heldOut)},
                   {"block", jsonNumber(settings.evidence.block)},
                   {"draws", number(settings.evidence.draws)},
                   {"evidence_seed", number(settings.evidence.seed)}});
}

std::string reliabilityJson(const Reliability& reliability)
{
    return object({{"brier", jsonNumber(reliability.brier)},
                   {"brier_of_base_rate", jsonNumber(reliability.brierOfRate)},
                   {"log_loss", jsonNumber(reliability.logLoss)},
                   {"calibration_error", jsonNumber(reliability.calibrationError)},
                   {"bins", array(reliability.bins, [](const Reliability::Bin& bin) {
                        return object({{"said", jsonNumber(bin.said)},
                                       {"seen", jsonNumber(bin.seen)},
                                       {"count", number(bin.count)}});
                    })}});
}

std::string featureJson(const FeatureShare& share)
{
    const auto spec = std::ranges::find(featureSpecs(), share.feature, &FeatureSpec::name);
    const bool isOurs = spec != featureSpecs().end();
    return object({{"feature", base::jsonText(share.feature)},
                   {"share", jsonNumber(share.share)},
                   {"about", base::jsonText(isOurs ? spec->about : "")},
                   {"lag", base::jsonText(isOurs ? spec->lag : "")}});
}

std::string stepJson(const StepFigures& step)
{
    return object({{"from", dateText(step.from)},
                   {"to", dateText(step.to)},
                   {"learnt_from", number(step.learntFrom)},
                   {"judged", number(step.judged)},
                   {"rounds", number(step.rounds)},
                   {"base_rate", jsonNumber(step.rate)},
                   {"auc", jsonNumber(step.area)}});
}

std::string regimeJson(const RegimeFigures& figures)
{
    return object({{"regime", base::jsonText(risk::toText(figures.regime))},
                   {"judged", number(figures.judged)},
                   {"base_rate", jsonNumber(figures.rate)},
                   {"auc", jsonNumber(figures.area)}});
}

/// What is said against a signal; empty: nothing.
std::string doubts(const Evidence& evidence)
{
    if (std::isnan(evidence.low) || std::isnan(evidence.chance))
        return "too few days out of sample to tell";
    std::string out;
    if (!(evidence.low > 0.5))
        out = evidence.high < 0.5 ? "the interval is below 0.5: what it ranks high came true less often"
                                  : "the interval includes 0.5, which is chance";
    if (evidence.chance > chanceMost)
        out += fmt::format("{}answers shuffled in blocks did as well in {:.0f} % of the draws", out.empty() ? "" : "; ",
                           100 * evidence.chance);
    return out;
}

} // namespace

bool hasSignal(const SignalReport& report)
{
    return doubts(report.evidence).empty();
}

std::string verdictOf(const SignalReport& report)
{
    const Evidence& evidence = report.evidence;
    std::string figures = std::isnan(evidence.area) ? std::string("the area under the curve is not known")
                                                    : fmt::format("area under the curve {:.3f}", evidence.area);
    if (!std::isnan(evidence.low))
        figures += fmt::format(" out of sample, 95 % interval {:.3f} to {:.3f}, p = {:.3f}", evidence.low,
                               evidence.high, evidence.chance);
    const std::string against = doubts(evidence);
    std::string out = against.empty() ? fmt::format("A signal was found: {}.", figures)
                                      : fmt::format("No signal was found: {} ({}).", against, figures);
    if (against.empty() && !(report.calibrated.brier < report.calibrated.brierOfRate))
        out +=
            " It ranks days, but its probabilities are no better than the base rate: do not take them at their word.";
    if (report.calibration.slope == 0)
        out += fmt::format(" It says {:.3f} of every day, as its scores out of fold told no day from another.",
                           report.calibration.probability(0));
    return out;
}

std::string demonstrationOf(const SignalReport& report)
{
    if (!report.isDemonstration)
        return {};
    return "A demonstration: it was trained on a made-up market (" + report.source +
           "), whose rules it may have found, and says nothing of a real one. It cannot be armed live.";
}

std::string jsonOf(const SignalReport& report)
{
    return object({{"target", base::jsonText(infoOf(report.schema.target).name)},
                   {"question", base::jsonText(infoOf(report.schema.target).question)},
                   {"source", base::jsonText(report.source)},
                   {"data_hash", base::jsonText(report.dataHash)},
                   {"is_demonstration", report.isDemonstration ? "true" : "false"},
                   {"demonstration", base::jsonText(demonstrationOf(report))},
                   {"has_signal", hasSignal(report) ? "true" : "false"},
                   {"verdict", base::jsonText(verdictOf(report))},
                   {"first_session", dateText(report.first)},
                   {"last_session", dateText(report.last)},
                   {"trained_until", dateText(report.trainedUntil)},
                   {"examples", number(report.examples)},
                   {"base_rate", jsonNumber(report.rate)},
                   {"auc", jsonNumber(report.evidence.area)},
                   {"auc_low", jsonNumber(report.evidence.low)},
                   {"auc_high", jsonNumber(report.evidence.high)},
                   {"p_value", jsonNumber(report.evidence.chance)},
                   {"auc_out_of_fold", jsonNumber(report.foldArea)},
                   {"uncalibrated", reliabilityJson(report.raw)},
                   {"calibrated", reliabilityJson(report.calibrated)},
                   {"steps", array(report.steps, stepJson)},
                   {"regimes", array(report.regimes, regimeJson)},
                   {"rounds", number(report.rounds)},
                   {"calibration", object({{"slope", jsonNumber(report.calibration.slope)},
                                           {"offset", jsonNumber(report.calibration.offset)}})},
                   {"importance", array(report.importance, featureJson)},
                   {"settings", settingsJson(report.settings)}});
}

SignalInfo infoOf(const SignalReport& report)
{
    SignalInfo info;
    info.target = report.schema.target;
    info.source = report.source;
    info.dataHash = report.dataHash;
    info.seed = report.settings.boosting.seed;
    info.trainedUntil = report.trainedUntil;
    info.features = report.schema.features;
    info.needsChains = needChains(info.features);
    info.importance = report.importance;
    info.area = report.evidence.area;
    info.areaLow = report.evidence.low;
    info.areaHigh = report.evidence.high;
    info.chance = report.evidence.chance;
    info.brier = report.calibrated.brier;
    info.brierOfRate = report.calibrated.brierOfRate;
    info.hasSignal = hasSignal(report);
    info.isDemonstration = report.isDemonstration;
    info.verdict = verdictOf(report);
    info.demonstration = demonstrationOf(report);
    return info;
}

std::string jsonNumber(double value)
{
    return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

} // namespace vegadesk::learning::market_signals

#include "learning/signals/training.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vegadesk::learning::market_signals
{

namespace
{

TrainingRows rowsOf(const Dataset& data, std::span<const std::size_t> places)
{
    TrainingRows rows;
    rows.width = data.width();
    for (const std::size_t at : places) {
        for (const double value : data.row(at))
            rows.features.push_back(static_cast<float>(value));
        rows.answers.push_back(data.examples[at].answer ? 1.0F : 0.0F);
    }
    return rows;
}

std::vector<std::uint8_t> answersOf(const Dataset& data, std::span<const std::size_t> places)
{
    std::vector<std::uint8_t> answers;
    for (const std::size_t at : places)
        answers.push_back(data.examples[at].answer ? 1 : 0);
    return answers;
}

std::vector<Example> examplesOf(const Dataset& data, std::span<const std::size_t> places)
{
    std::vector<Example> examples;
    for (const std::size_t at : places)
        examples.push_back(data.examples[at]);
    return examples;
}

/// Places among `all` that `picked` names by their order.
std::vector<std::size_t> placesOf(std::span<const std::size_t> all, std::span<const std::size_t> picked)
{
    std::vector<std::size_t> places;
    for (const std::size_t at : picked)
        places.push_back(all[at]);
    return places;
}

/// Rounds by the newest examples, then as many on all.
base::Result<BoostedTrees> trainTrees(const Dataset& data, std::span<const std::size_t> places,
                                      const TrainingSettings& settings, const std::stop_token& stop)
{
    const auto split = holdOutNewest(data.examples, places, settings.heldOut, settings.purge);
    if (!split)
        return tl::make_unexpected(split.error());
    const auto early =
        BoostedTrees::train(rowsOf(data, split->train), rowsOf(data, split->test), settings.boosting, stop);
    if (!early)
        return tl::make_unexpected(early.error());
    return BoostedTrees::trainRounds(rowsOf(data, places), early->rounds(), settings.boosting, stop);
}

double part(std::span<const std::uint8_t> answers)
{
    return static_cast<double>(std::ranges::count(answers, 1)) / static_cast<double>(answers.size());
}

double logOddsOf(double probability)
{
    return std::log(probability / (1 - probability));
}

/// What the steps of the walk forward said, in the order of time.
struct Judged {
    std::vector<std::size_t> places;
    std::vector<std::size_t> steps;
    std::vector<double> raw, calibrated; ///< probabilities
};

base::Result<void> judge(const Dataset& data, const Split& split, const TrainingSettings& settings,
                         const std::stop_token& stop, Judged& judged, SignalReport& report)
{
    const auto model = trainCalibrated(data, split.train, settings, stop);
    if (!model)
        return tl::make_unexpected(model.error());
    const auto scores = model->trees.logOdds(rowsOf(data, split.test).features);
    if (!scores)
        return tl::make_unexpected(scores.error());
    std::vector<double> probabilities;
    for (const double score : *scores) {
        probabilities.push_back(model->calibration.probability(score));
        judged.raw.push_back(Calibration().probability(score));
    }
    const std::vector<std::uint8_t> answers = answersOf(data, split.test);
    report.steps.push_back({data.examples[split.test.front()].session, data.examples[split.test.back()].session,
                            split.train.size(), split.test.size(), model->trees.rounds(), part(answers),
                            areaUnderCurve(probabilities, answers)});
    judged.calibrated.insert(judged.calibrated.end(), probabilities.begin(), probabilities.end());
    judged.places.insert(judged.places.end(), split.test.begin(), split.test.end());
    judged.steps.resize(judged.places.size(), report.steps.size());
    return {};
}

void weigh(const Dataset& data, const Judged& judged, const TrainingSettings& settings, const std::stop_token& stop,
           SignalReport& report)
{
    const std::vector<std::uint8_t> answers = answersOf(data, judged.places);
    report.evidence = evidenceOf(judged.calibrated, answers, judged.steps, settings.evidence, stop);
    report.raw = reliabilityOf(judged.raw, answers);
    report.calibrated = reliabilityOf(judged.calibrated, answers);
    for (const risk::Regime regime : {risk::Regime::Calm, risk::Regime::Normal, risk::Regime::Stressed}) {
        std::vector<double> scores;
        std::vector<std::uint8_t> ofRegime;
        std::vector<std::size_t> steps;
        for (std::size_t row = 0; row < judged.places.size(); ++row) {
            if (data.examples[judged.places[row]].regime != regime)
                continue;
            scores.push_back(judged.calibrated[row]);
            ofRegime.push_back(answers[row]);
            steps.push_back(judged.steps[row]);
        }
        if (!ofRegime.empty())
            report.regimes.push_back(
                {regime, ofRegime.size(), part(ofRegime), areaUnderCurve(scores, ofRegime, steps)});
    }
}

base::Result<void> describe(const CalibratedTrees& model, SignalReport& report)
{
    const auto shares = model.trees.importance();
    if (!shares)
        return tl::make_unexpected(shares.error());
    for (std::size_t at = 0; at < shares->size(); ++at)
        report.importance.push_back({report.schema.features[at], (*shares)[at]});
    std::ranges::stable_sort(report.importance, std::greater{}, &FeatureShare::share);
    report.rounds = model.trees.rounds();
    report.calibration = model.calibration;
    report.foldArea = model.foldArea;
    return {};
}

SignalReport begin(const Dataset& data, const HistoryTable& table, const TrainingSettings& settings)
{
    SignalReport report;
    report.schema = data.schema;
    report.settings = settings;
    report.source = table.source;
    report.dataHash = hashOf(table);
    report.isDemonstration = table.isGenerated;
    report.first = data.examples.front().session;
    report.last = data.examples.back().session;
    report.trainedUntil = data.lastKnown;
    report.examples = data.size();
    report.rate = static_cast<double>(data.yesCount()) / static_cast<double>(data.size());
    return report;
}

base::Error cancelled()
{
    return {base::ErrorKind::Cancelled, "training", "", "cancelled", ""};
}

} // namespace

base::Result<std::vector<double>> CalibratedTrees::probabilities(std::span<const float> features) const
{
    auto scores = trees.logOdds(features);
    if (scores)
        for (double& score : *scores)
            score = calibration.probability(score);
    return scores;
}

base::Result<OutOfFold> scoresOutOfFold(const Dataset& data, std::span<const std::size_t> places,
                                        const TrainingSettings& settings, const std::stop_token& stop)
{
    const auto folds = purgedFolds(examplesOf(data, places), settings.folds, settings.purge);
    if (!folds)
        return tl::make_unexpected(folds.error());
    OutOfFold out{std::vector<double>(places.size()), std::vector<std::size_t>(places.size())};
    for (std::size_t fold = 0; fold < folds->size(); ++fold) {
        const std::vector<std::size_t>& left = (*folds)[fold].test;
        const std::vector<std::size_t> known = placesOf(places, (*folds)[fold].train);
        const auto trees = trainTrees(data, known, settings, stop);
        if (!trees)
            return tl::make_unexpected(trees.error());
        const auto judged = trees->logOdds(rowsOf(data, placesOf(places, left)).features);
        if (!judged)
            return tl::make_unexpected(judged.error());
        const double base = logOddsOf(part(answersOf(data, known)));
        for (std::size_t at = 0; at < left.size(); ++at) {
            out.scores[left[at]] = (*judged)[at] - base;
            out.folds[left[at]] = fold;
        }
    }
    return out;
}

base::Result<CalibratedTrees> trainCalibrated(const Dataset& data, std::span<const std::size_t> places,
                                              const TrainingSettings& settings, const std::stop_token& stop)
{
    const auto left = scoresOutOfFold(data, places, settings, stop);
    if (!left)
        return tl::make_unexpected(left.error());
    const std::vector<std::uint8_t> answers = answersOf(data, places);
    auto calibration = fitCalibration(left->scores, answers);
    if (!calibration)
        return tl::make_unexpected(calibration.error());
    calibration->offset -= calibration->slope * logOddsOf(part(answers));
    auto trees = trainTrees(data, places, settings, stop);
    if (!trees)
        return tl::make_unexpected(trees.error());
    return CalibratedTrees{std::move(*trees), *calibration, areaUnderCurve(left->scores, answers, left->folds)};
}

base::Result<Trained> trainSignal(const HistoryTable& table, Target target, const TrainingSettings& settings,
                                  const std::stop_token& stop, const Progress& progress)
{
    const auto tell = [&](double done) {
        if (progress)
            progress(done);
    };
    if (!(settings.evidence.block >= 1) || settings.evidence.draws < 100)
        return base::badInput("block and draws", std::to_string(settings.evidence.draws),
                              "blocks of a day or more, 100 draws or more");
    const auto data = datasetOf(table, target, stop);
    if (!data)
        return tl::make_unexpected(data.error());
    const auto splits = walkForward(data->examples, settings.steps, settings.firstShare, settings.purge);
    if (!splits)
        return tl::make_unexpected(splits.error());
    SignalReport report = begin(*data, table, settings);
    const double parts = static_cast<double>(splits->size()) + 3;
    tell(1 / parts);
    Judged judged;
    for (const Split& split : *splits) {
        if (const auto done = judge(*data, split, settings, stop, judged, report); !done)
            return tl::make_unexpected(done.error());
        tell(static_cast<double>(report.steps.size() + 1) / parts);
    }
    weigh(*data, judged, settings, stop, report);
    std::vector<std::size_t> all(data->size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    auto model = trainCalibrated(*data, all, settings, stop);
    if (!model)
        return tl::make_unexpected(model.error());
    if (const auto done = describe(*model, report); !done)
        return tl::make_unexpected(done.error());
    if (stop.stop_requested())
        return tl::make_unexpected(cancelled());
    tell(1);
    return Trained{std::move(*model), std::move(report)};
}

} // namespace vegadesk::learning::market_signals

#include "learning/training/course.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::learning
{

namespace
{

/// Shift and scale that give a column the mean 0 and the deviation 1; one that does not vary keeps its scale.
Scaling scalingOf(std::span<const double> values, std::size_t column, std::size_t columns)
{
    double mean = 0, squares = 0, count = 0; // Welford's
    for (std::size_t at = column; at < values.size(); at += columns) {
        const double away = values[at] - mean;
        mean += away / ++count;
        squares += away * (values[at] - mean);
    }
    const double deviation = std::sqrt(squares / count);
    return {mean, deviation > 1e-12 ? 1 / deviation : 1};
}

/// What the net is told and asked of a set, as numbers of any size.
struct Lessons {
    std::vector<double> features, targets;
    std::vector<double> floors, weights; ///< empty: as TrainingData's
};

Lessons lessonsOf(const SampleSet& set)
{
    const Teacher& teacher = *set.teacher;
    Lessons out;
    out.features.resize(set.size() * teacher.featureCount());
    double squares = 0;
    for (std::size_t row = 0; row < set.size(); ++row) {
        const Sample sample = set.row(row);
        teacher.features(sample, std::span(out.features).subspan(row * teacher.featureCount(), teacher.featureCount()));
        const PriceForm form = teacher.form(sample);
        out.targets.push_back((set.prices[row] - form.baseline) / form.weight);
        if (std::isfinite(form.least))
            out.floors.push_back((form.least - form.baseline) / form.weight);
        if (!teacher.weighsErrors())
            continue;
        out.weights.push_back(form.weight * form.weight);
        squares += out.weights.back();
    }
    for (double& weight : out.weights)
        weight *= static_cast<double>(set.size()) / squares;
    return out;
}

/// What a slope of the price is in the net's own terms, by central differences of the closed form: exact to single precision.
struct SlopeLessons {
    std::vector<float> directions, targets;
};

SlopeLessons slopesOf(const SampleSet& set, std::size_t which, const Lessons& lessons, std::span<const Scaling> columns,
                      const Scaling& target)
{
    const Teacher& teacher = *set.teacher;
    const std::size_t input = teacher.slopeInputs()[which], features = teacher.featureCount();
    const InputRange& range = teacher.inputs()[input];
    SlopeLessons out;
    out.directions.resize(set.size() * features);
    out.targets.resize(set.size());
    std::vector<double> below(features), above(features), sample;
    for (std::size_t row = 0; row < set.size(); ++row) {
        const double slope = set.slopes[row * teacher.slopeInputs().size() + which];
        if (!std::isfinite(slope))
            continue;
        sample.assign(set.row(row).begin(), set.row(row).end());
        const double at = sample[input], step = 1e-5 * (range.isLogarithmic ? at : range.high - range.low);
        std::array<PriceForm, 2> forms{};
        for (const std::size_t side : {0, 1}) {
            sample[input] = side == 0 ? at - step : at + step;
            teacher.features(sample, side == 0 ? below : above);
            forms.at(side) = teacher.form(sample);
        }
        for (std::size_t i = 0; i < features; ++i)
            out.directions[row * features + i] =
                static_cast<float>((above[i] - below[i]) / (2 * step) * columns[i].scale);
        const double ofRest = slope - (forms[1].baseline - forms[0].baseline) / (2 * step) -
                              lessons.targets[row] * (forms[1].weight - forms[0].weight) / (2 * step);
        const double weight = 0.5 * (forms[0].weight + forms[1].weight);
        out.targets[row] = static_cast<float>(ofRest / weight * target.scale);
    }
    return out;
}

std::vector<float> scaled(std::span<const double> values, std::span<const Scaling> columns)
{
    std::vector<float> out;
    out.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Scaling& scaling = columns[i % columns.size()];
        out.push_back(static_cast<float>((values[i] - scaling.shift) * scaling.scale));
    }
    return out;
}

base::Result<void> check(const CourseSettings& settings)
{
    constexpr std::size_t fewest = 100;
    for (const auto& [name, value] : {std::pair{"samples", settings.samples}, {"held-out samples", settings.heldOut}}) {
        if (value < fewest)
            return base::badInput(name, fmt::format("{}", value), fmt::format("{} or more", fewest));
    }
    if (settings.slopeWeight > 0 && settings.teacher->slopeInputs().empty())
        return base::badInput("slope weight", fmt::format("{}", settings.slopeWeight),
                              fmt::format("0: {} gives no slopes", settings.teacher->id()));
    return {};
}

/// Which of a course's sets of samples.
enum class Piece : std::uint8_t { Lessons, Stops, Report };

SampleRequest requestOf(const Teacher& teacher, std::size_t count, std::uint64_t seed, Piece piece, int threads)
{
    return {.teacher = &teacher,
            .count = count,
            .seed = 3 * seed + static_cast<std::uint64_t>(piece),
            .spread = piece == Piece::Lessons ? Spread::Even : Spread::Random,
            .threads = static_cast<unsigned>(std::max(1, threads)),
            .folder = {}};
}

} // namespace

base::Result<SampleSet> reportSamples(const TrainedModel& model, int threads, const std::stop_token& stop,
                                      const OnSamples& progress)
{
    return makeSamples(requestOf(*model.teacher, model.recipe.heldOut, model.recipe.seed, Piece::Report, threads), stop,
                       progress);
}

base::Result<TrainedModel> runCourse(const CourseSettings& settings, const TrainerPlugin& trainer,
                                     const std::stop_token& stop, const OnCourse& progress)
{
    if (const auto ok = check(settings); !ok)
        return tl::make_unexpected(ok.error());
    CourseProgress state;
    state.samplesInAll = settings.samples + 2 * settings.heldOut;
    std::size_t before = 0;
    const auto samples = [&](std::size_t count, Piece piece) {
        SampleRequest request = requestOf(*settings.teacher, count, settings.seed, piece, settings.threads);
        request.folder = settings.samplesFolder;
        auto made = makeSamples(request, stop, [&](std::size_t done) {
            state.samples = before + done;
            if (progress)
                progress(state);
        });
        before += count;
        return made;
    };
    const auto lessonSet = samples(settings.samples, Piece::Lessons);
    if (!lessonSet)
        return tl::make_unexpected(lessonSet.error());
    const auto stopSet = samples(settings.heldOut, Piece::Stops);
    if (!stopSet)
        return tl::make_unexpected(stopSet.error());
    const auto reportSet = samples(settings.heldOut, Piece::Report);
    if (!reportSet)
        return tl::make_unexpected(reportSet.error());
    state.samples = state.samplesInAll;

    const Teacher& teacher = *settings.teacher;
    const Lessons lessons = lessonsOf(*lessonSet), stops = lessonsOf(*stopSet);
    TrainedModel out;
    out.teacher = &teacher;
    for (std::size_t i = 0; i < teacher.featureCount(); ++i)
        out.network.inputs.push_back(scalingOf(lessons.features, i, teacher.featureCount()));
    const Scaling target = scalingOf(lessons.targets, 0, 1);
    const std::span<const Scaling> whole(&target, 1);
    constexpr Scaling asItIs;
    const std::vector<float> features = scaled(lessons.features, out.network.inputs),
                             targets = scaled(lessons.targets, whole), floors = scaled(lessons.floors, whole),
                             weights = scaled(lessons.weights, std::span(&asItIs, 1)),
                             stopFeatures = scaled(stops.features, out.network.inputs),
                             stopTargets = scaled(stops.targets, whole), stopFloors = scaled(stops.floors, whole),
                             stopWeights = scaled(stops.weights, std::span(&asItIs, 1));
    std::vector<SlopeLessons> slopes;
    for (std::size_t which = 0; settings.slopeWeight > 0 && which < teacher.slopeInputs().size(); ++which)
        slopes.push_back(slopesOf(*lessonSet, which, lessons, out.network.inputs, target));
    TrainingData data{teacher.featureCount(),
                      features,
                      targets,
                      stopFeatures,
                      stopTargets,
                      floors,
                      stopFloors,
                      weights,
                      stopWeights,
                      {}};
    for (const SlopeLessons& each : slopes)
        data.slopes.push_back({each.directions, each.targets});
    const TrainingSettings training{.net = settings.net,
                                    .epochs = settings.epochs,
                                    .batch = settings.batch,
                                    .rate = settings.rate,
                                    .finalRate = settings.finalRate,
                                    .slopeWeight = settings.slopeWeight,
                                    .patience = settings.patience,
                                    .seed = settings.seed,
                                    .threads = settings.threads,
                                    .onGpu = settings.onGpu,
                                    .checkpoint = settings.checkpoint,
                                    .dataHash = lessonSet->hash};
    auto net = trainer.train(training, data, stop, [&](const EpochFigures& epoch, double secondsLeft) {
        state.epoch = epoch;
        state.epoch.loss /= target.scale * target.scale;
        state.epoch.heldOutLoss /= target.scale * target.scale;
        state.secondsLeft = secondsLeft;
        if (progress)
            progress(state);
    });
    if (!net)
        return tl::make_unexpected(net.error());
    if (net->isWhole && net->layers.empty())
        return base::badInput("rate", fmt::format("{}", settings.rate),
                              "a smaller one: no epoch had an error that is a number");
    if (!net->isWhole)
        return base::fail(base::ErrorKind::Cancelled, "training", std::string(teacher.id()),
                          "it was stopped; with a checkpoint it goes on from there");
    out.network.layers = std::move(net->layers);
    out.network.activation = settings.net.activation;
    out.network.output = {target.shift, 1 / target.scale};
    const auto predicted = predict(out.network, *reportSet);
    if (!predicted)
        return tl::make_unexpected(predicted.error());
    Recipe& recipe = out.recipe;
    recipe.teacher = teacher.id();
    recipe.teacherVersion = teacher.version();
    recipe.box.assign(teacher.inputs().begin(), teacher.inputs().end());
    recipe.samples = settings.samples;
    recipe.heldOut = settings.heldOut;
    recipe.dataHash = lessonSet->hash;
    recipe.net = settings.net;
    recipe.epochs = settings.epochs;
    recipe.batch = settings.batch;
    recipe.rate = settings.rate;
    recipe.finalRate = settings.finalRate;
    recipe.slopeWeight = settings.slopeWeight;
    recipe.seed = settings.seed;
    recipe.madeWith = settings.madeWith;
    recipe.bestEpoch = net->bestEpoch;
    recipe.history = std::move(net->history);
    for (EpochFigures& each : recipe.history) {
        each.loss /= target.scale * target.scale;
        each.heldOutLoss /= target.scale * target.scale;
    }
    recipe.errors = errorsOf(*reportSet, *predicted);
    return out;
}

} // namespace vegadesk::learning

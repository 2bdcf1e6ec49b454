#include "learning/training/course.h"

#include <algorithm>
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
};

Lessons lessonsOf(const SampleSet& set)
{
    const Teacher& teacher = *set.teacher;
    Lessons out;
    out.features.resize(set.size() * teacher.featureCount());
    for (std::size_t row = 0; row < set.size(); ++row) {
        const Sample sample = set.row(row);
        teacher.features(sample, std::span(out.features).subspan(row * teacher.featureCount(), teacher.featureCount()));
        out.targets.push_back((set.prices[row] - teacher.baseline(sample)) / teacher.weight(sample));
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
    const std::vector<float> features = scaled(lessons.features, out.network.inputs),
                             targets = scaled(lessons.targets, std::span(&target, 1)),
                             stopFeatures = scaled(stops.features, out.network.inputs),
                             stopTargets = scaled(stops.targets, std::span(&target, 1));
    const TrainingSettings training{.net = settings.net,
                                    .epochs = settings.epochs,
                                    .batch = settings.batch,
                                    .rate = settings.rate,
                                    .finalRate = settings.finalRate,
                                    .patience = settings.patience,
                                    .seed = settings.seed,
                                    .threads = settings.threads,
                                    .onGpu = settings.onGpu,
                                    .checkpoint = settings.checkpoint,
                                    .dataHash = lessonSet->hash};
    auto net = trainer.train(training, {teacher.featureCount(), features, targets, stopFeatures, stopTargets}, stop,
                             [&](const EpochFigures& epoch, double secondsLeft) {
                                 state.epoch = epoch;
                                 state.epoch.loss /= target.scale * target.scale;
                                 state.epoch.heldOutLoss /= target.scale * target.scale;
                                 state.secondsLeft = secondsLeft;
                                 if (progress)
                                     progress(state);
                             });
    if (!net)
        return tl::make_unexpected(net.error());
    if (!net->isWhole || net->layers.empty())
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

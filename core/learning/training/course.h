#pragma once

#include "learning/torch/plugin.h"
#include "learning/training/recipe.h"

#include <functional>
#include <stop_token>
#include <string>

namespace vegadesk::learning
{

struct CourseSettings {
    const Teacher* teacher = nullptr;
    std::size_t samples = 1'000'000;
    std::size_t heldOut = 100'000; ///< to stop by, and as many again to report on
    NetShape net{};
    int epochs = 100, batch = 1024, patience = 0;
    double rate = 1e-3, finalRate = 1e-6;
    double slopeWeight = 0; ///< of differential labels, where the teacher gives slopes
    std::uint64_t seed = 1;
    int threads = 1;
    bool onGpu = false;
    std::string samplesFolder; ///< where sets of samples are kept; empty: nowhere
    std::string checkpoint;    ///< as TrainingSettings'
    std::string madeWith;
};

struct CourseProgress {
    std::size_t samples = 0, samplesInAll = 0; ///< priced so far; equal once training has begun
    EpochFigures epoch{};                      ///< losses as mean squares of price over strike
    double secondsLeft = 0;                    ///< of training
};
using OnCourse = std::function<void(const CourseProgress&)>;

/// Samples, trains and measures.
/// Errors  BadInput for settings; as makeSamples() and train(); Cancelled where it was stopped: the checkpoint holds how far it came.
base::Result<TrainedModel> runCourse(const CourseSettings& settings, const TrainerPlugin& trainer,
                                     const std::stop_token& stop = {}, const OnCourse& progress = {});

/// The samples that a model's errors were measured on.
base::Result<SampleSet> reportSamples(const TrainedModel& model, int threads, const std::stop_token& stop = {},
                                      const OnSamples& progress = {});

} // namespace vegadesk::learning

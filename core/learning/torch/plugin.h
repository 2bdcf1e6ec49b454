#pragma once

#include "learning/torch/trainer.h"

/// What the plugin with LibTorch in it hands out. It is a file of its own because linking LibTorch takes 0.4 s and 150 MB at every start.
namespace vegadesk::learning
{

struct TrainerPlugin {
    int interface = 0; ///< trainerInterface, or it was built with another header than this
    base::Result<TrainedNet> (*train)(const TrainingSettings&, const TrainingData&, const std::stop_token&,
                                      const OnEpoch&) = nullptr;
    std::vector<float> (*evaluate)(std::span<const Layer>, Activation, std::span<const float>) = nullptr;
};

/// Raise it with every change of trainer.h or of this.
inline constexpr int trainerInterface = 2;
/// The plugin's one symbol: const TrainerPlugin* ().
inline constexpr const char* trainerSymbol = "vegadeskTrainer";

/// Where plugins are: the folder that VEGADESK_PLUGINS names, else the one that belongs to this program.
std::string trainerFile();

/// Loads it, once in a process, and never lets it go.
/// Errors  NotFound naming the file and what to do; BadInput where it is damaged or of another build.
base::Result<const TrainerPlugin*> loadTrainer();
/// The same of a given file, each time anew.
base::Result<const TrainerPlugin*> loadTrainer(const std::string& file);

} // namespace vegadesk::learning

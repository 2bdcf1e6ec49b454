#pragma once

#include "learning/network.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

/// LibTorch behind a door without its headers: they take longer to compile than the rest of the folder.
namespace vegadesk::learning
{

/// Hidden layers of one width; one linear output.
struct NetShape {
    int layers = 4, width = 400;
    Activation activation = Activation::Relu;
};

/// Numbers of moderate size, shifted and scaled by whoever asks. Features row by row.
struct TrainingData {
    std::size_t featureCount = 0;
    std::span<const float> features{}, targets{};
    std::span<const float> heldOutFeatures{}, heldOutTargets{}; ///< to stop by, never trained on
    /// What no answer is below, as the net's user cuts it off there: nothing is learnt of what is below. Empty: no such thing.
    std::span<const float> floors{}, heldOutFloors{};
    /// What a squared error is multiplied by, 1 on average. Empty: all count alike.
    std::span<const float> weights{}, heldOutWeights{};

    /// Slopes that the net should have too, in one direction of the features a sample: differential labels (Huge and Savine 2020).
    struct Slopes {
        std::span<const float> directions; ///< rows of features
        std::span<const float> targets;    ///< 0 where the direction is 0 throughout: a slope that is not known
    };
    std::vector<Slopes> slopes{};
};

struct TrainingSettings {
    NetShape net;
    int epochs = 100;
    int batch = 1024;
    double rate = 1e-3;      ///< Adam's step, after a warm-up of a hundredth of all steps
    double finalRate = 1e-6; ///< which it falls to along a cosine
    double slopeWeight = 0;  ///< of the slopes' mean square, each over its targets' own, beside the values' 1
    int patience = 0;        ///< epochs without a better held-out loss before it ends; 0: it goes on
    std::uint64_t seed = 1;
    int threads = 1;
    bool onGpu = false;     ///< where LibTorch has one
    std::string checkpoint; ///< file that it goes on from, where it is of the same settings; empty: none
    std::string dataHash;   ///< of the samples: a checkpoint of other data is not gone on from
};

/// After an epoch. Losses are mean squares in the targets' units.
struct EpochFigures {
    int epoch = 0;      ///< from 1
    double seconds = 0; ///< of training, over all runs that it took
    double rate = 0, loss = 0, heldOutLoss = 0;
};

struct TrainedNet {
    std::vector<Layer> layers; ///< of the best held-out loss
    std::vector<EpochFigures> history;
    int bestEpoch = 0;
    bool isWhole = false; ///< it came to the end of its epochs or of its patience, and was not stopped
};

using OnEpoch = std::function<void(const EpochFigures& epoch, double secondsLeft)>;

/// Trains until the last epoch, or a stop request, after which the checkpoint holds the end of an epoch, some seconds before at most.
///
/// Same    settings, data and threads give the same net on one machine, also when stopped and gone on with.
/// Errors  BadInput for settings outside their ranges and a checkpoint of other ones; Storage where it is damaged or cannot be
///         written; a GPU that is asked for and is not there is BadInput too.
base::Result<TrainedNet> train(const TrainingSettings& settings, const TrainingData& data,
                               const std::stop_token& stop = {}, const OnEpoch& onEpoch = {});

/// What LibTorch itself says of a net, to check our own kernel against. Features row by row.
std::vector<float> evaluateByTorch(std::span<const Layer> layers, Activation activation,
                                   std::span<const float> features);

} // namespace vegadesk::learning

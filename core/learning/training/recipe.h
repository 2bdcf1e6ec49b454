#pragma once

#include "learning/model_file.h"
#include "learning/torch/trainer.h"
#include "learning/training/errors.h"

#include <string>
#include <vector>

namespace vegadesk::learning
{

/// What a network was made by, and what came of it: the metadata of its file.
struct Recipe {
    std::string teacher; ///< its id
    int teacherVersion = 0;
    std::vector<InputRange> box; ///< that it was trained in
    std::size_t samples = 0, heldOut = 0;
    std::string dataHash; ///< of the samples it was trained on
    NetShape net;
    int epochs = 0, batch = 0;
    double rate = 0, finalRate = 0, slopeWeight = 0;
    std::uint64_t seed = 0;
    std::string madeWith; ///< Vegadesk's version
    int bestEpoch = 0;
    std::vector<EpochFigures> history;
    ErrorReport errors; ///< on samples that decided nothing
};

std::string toJson(const Recipe& recipe);
/// Errors  BadInput naming what is missing, of another kind, or not of a teacher's box as it is now.
base::Result<Recipe> recipeFrom(const std::string& json);

/// A network with what it was made by.
struct TrainedModel {
    Network network;
    Recipe recipe;
    const Teacher* teacher = nullptr;

    /// Errors: as ModelFile::open() and recipeFrom(); NotFound for a teacher there is not.
    static base::Result<TrainedModel> open(const std::string& path);
    base::Result<void> write(const std::string& path) const;
};

/// Prices over strike of all samples.
/// Errors: a network that cannot be packed.
base::Result<std::vector<double>> predict(const Network& network, const SampleSet& samples);

} // namespace vegadesk::learning

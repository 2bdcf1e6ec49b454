#include "learning/torch/plugin.h"

extern "C" __attribute__((visibility("default"))) const vegadesk::learning::TrainerPlugin* vegadeskTrainer()
{
    using namespace vegadesk::learning;
    static constexpr TrainerPlugin plugin{trainerInterface, &train, &evaluateByTorch};
    return &plugin;
}

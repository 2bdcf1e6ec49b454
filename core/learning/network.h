#pragma once

#include "base/error.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vegadesk::learning
{

/// Of every hidden layer: max(z, 0), z / (1 + e^-z), ln(1 + e^z).
enum class Activation : std::uint8_t { Relu, Silu, Softplus };
inline constexpr std::size_t activationCount = 3;

struct Scaling {
    double shift = 0, scale = 1;
};

/// Weights one output after the other: weights[output * inputs + input].
struct Layer {
    std::size_t inputs = 0, outputs = 0;
    std::vector<float> weights{}, bias{};
};

/// A fully connected feed-forward network with one output.
///
/// Value   output.shift + output.scale * y, where y is the last layer (linear, one output) of the hidden ones, and the
///         first layer is given (x - shift) * scale of each input x.
struct Network {
    std::vector<Scaling> inputs{};
    std::vector<Layer> layers{}; ///< hidden ones, then the last
    Activation activation = Activation::Silu;
    Scaling output{};

    static constexpr std::size_t mostInputs = 64, mostHiddenLayers = 8, widestLayer = 1024;
};

/// Sizes within Network's limits and fitting together, every number finite and no scale zero.
/// Errors  BadInput, with the layer and what it should have.
base::Result<void> check(const Network& network);

/// What PackedNetwork is judged by: the definition, in double. NaN where an input or the value is not finite.
/// Shapes  as many inputs as the network has, which check() has passed.
double evaluatePlainly(const Network& network, std::span<const double> inputs);

} // namespace vegadesk::learning

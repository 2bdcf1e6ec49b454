#pragma once

#include "learning/network.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace vegadesk::learning
{

/// Floats that every path takes in whole vectors, on a cache line of their own.
inline constexpr std::size_t panelWidth = 16;
struct alignas(64) PanelLine {
    std::array<float, panelWidth> values{};
};

/// A matrix in panels of 16 outputs: a panel's weights by one input after the other, a line an input. What a last panel
/// has beyond the outputs is zero.
struct PackedMatrix {
    std::size_t inputs = 0, panels = 0;
    std::vector<PanelLine> weights{}; ///< weights[panel * inputs + input]
    std::vector<PanelLine> bias{};    ///< a line a panel; empty: there is none
};

/// A network as the kernel reads it.
struct PackedLayers {
    std::vector<Scaling> inputs{};
    std::vector<PackedMatrix> forward{};  ///< hidden layers
    std::vector<PackedMatrix> backward{}; ///< the same transposed, without bias
    std::vector<PanelLine> last{};        ///< the last layer's weights
    double lastBias = 0;
    Scaling output{};
    Activation activation = Activation::Silu;
    std::size_t rowFloats = 0; ///< room for the widest layer and the inputs, in whole lines
};

/// Columns of a batch, as PackedNetwork's functions describe them.
using InputColumns = std::span<const std::span<const double>>;
struct Derivatives {
    std::span<double> value{};
    std::span<const std::span<double>> gradient{};
    std::span<double> second{};
};

/// Run on the calling thread's path.
void evaluate(const PackedLayers& network, InputColumns columns, std::span<double> values) noexcept;
void differentiate(const PackedLayers& network, InputColumns columns, std::span<const double> direction,
                   std::size_t rows, const Derivatives& out) noexcept;

} // namespace vegadesk::learning

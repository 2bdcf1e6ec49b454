#pragma once

#include "learning/network_kernel.h"

namespace vegadesk::learning
{

/// A network laid out for batches, in single precision. Immutable: any thread may use it.
///
/// Shapes  A batch has as many rows as its outputs. There is one column an input; a column has a value a row, or one value
///         for all of them.
/// Values  A row's result depends on that row alone: it is the same to the bit in every batch of a path
///         (pricing/simd_path.h); paths differ in the last digits of single precision.
/// Errors  NaN for a row with an input that is not finite, or whose value or layers leave the floats. No allocation; up to 256 KB of stack.
class PackedNetwork
{
public:
    /// Errors: as check().
    static base::Result<PackedNetwork> pack(const Network& network);

    std::size_t inputCount() const { return m_layers.inputs.size(); }

    void evaluate(InputColumns columns, std::span<double> values) const noexcept;

    /// Value, slope by each input, and the second derivative along `direction` (a number an input): that of
    /// f(x + t direction) by t at t = 0. Columns of `out` are empty where not wanted; gradient is empty or has one an
    /// input. `value` has the bits of evaluate().
    ///
    /// Source  reverse mode for the gradient; along a line only the activations are curved, so the second derivative is
    ///         the sum over them of the reverse pass's slope times f''(z) (dz/dt)².
    /// Limits  of ReLU the second derivative is NaN: it is zero where it exists, which says nothing about a gamma.
    void differentiate(InputColumns columns, std::span<const double> direction, const Derivatives& out) const noexcept;

private:
    explicit PackedNetwork(PackedLayers layers) : m_layers(std::move(layers)) {}
    PackedLayers m_layers;
};

} // namespace vegadesk::learning

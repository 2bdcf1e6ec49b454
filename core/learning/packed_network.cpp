#include "learning/packed_network.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace vegadesk::learning
{

namespace
{

std::size_t linesFor(std::size_t numbers)
{
    return (numbers + panelWidth - 1) / panelWidth;
}

std::vector<PanelLine> linesOf(std::span<const float> numbers)
{
    std::vector<PanelLine> lines(linesFor(numbers.size()));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        lines[i / panelWidth].values[i % panelWidth] = numbers[i];
    return lines;
}

/// `weight(output, input)` in panels.
template<class Weight>
PackedMatrix packed(std::size_t inputs, std::size_t outputs, const Weight& weight)
{
    PackedMatrix out{.inputs = inputs, .panels = linesFor(outputs)};
    out.weights.resize(out.panels * inputs);
    for (std::size_t output = 0; output < outputs; ++output) {
        for (std::size_t input = 0; input < inputs; ++input)
            out.weights[output / panelWidth * inputs + input].values[output % panelWidth] = weight(output, input);
    }
    return out;
}

[[maybe_unused]] bool fits(InputColumns columns, std::size_t inputs, std::size_t rows)
{
    return columns.size() == inputs && std::ranges::all_of(columns, [&](const auto& column) {
               return column.size() == rows || column.size() == 1;
           });
}

} // namespace

base::Result<PackedNetwork> PackedNetwork::pack(const Network& network)
{
    if (const auto result = check(network); !result)
        return tl::make_unexpected(result.error());
    PackedLayers out;
    out.inputs = network.inputs;
    out.output = network.output;
    out.activation = network.activation;
    std::size_t widest = network.inputs.size();
    for (const Layer& layer : std::span(network.layers).first(network.layers.size() - 1)) {
        const auto weight = [&](std::size_t output, std::size_t input) {
            return layer.weights[output * layer.inputs + input];
        };
        out.forward.push_back(packed(layer.inputs, layer.outputs, weight));
        out.forward.back().bias = linesOf(layer.bias);
        out.backward.push_back(packed(layer.outputs, layer.inputs,
                                      [&](std::size_t input, std::size_t output) { return weight(output, input); }));
        widest = std::max(widest, layer.outputs);
    }
    out.rowFloats = linesFor(widest) * panelWidth;
    out.last = linesOf(network.layers.back().weights);
    out.lastBias = network.layers.back().bias.front();
    return PackedNetwork(std::move(out));
}

void PackedNetwork::evaluate(InputColumns columns, std::span<double> values) const noexcept
{
    assert(fits(columns, inputCount(), values.size()));
    learning::evaluate(m_layers, columns, values);
}

void PackedNetwork::differentiate(InputColumns columns, std::span<const double> direction,
                                  const Derivatives& out) const noexcept
{
    assert(direction.size() == inputCount());
    assert(out.gradient.empty() || out.gradient.size() == inputCount());
    std::size_t rows = std::max(out.value.size(), out.second.size());
    for (const auto& column : out.gradient)
        rows = std::max(rows, column.size());
    assert(fits(columns, inputCount(), rows));
    learning::differentiate(m_layers, columns, direction, rows, out);
    if (m_layers.activation == Activation::Relu)
        std::ranges::fill(out.second, std::numeric_limits<double>::quiet_NaN());
}

} // namespace vegadesk::learning

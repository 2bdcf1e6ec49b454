#pragma once

#include "base/random.h"
#include "learning/packed_network.h"
#include "pricing/simd_path.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

/// Networks and batches to test with, and derivatives in double.
namespace vegadesk::tests::networks
{

using learning::Activation;
using learning::Network;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// Glorot's uniform weights, so that values stay near one through all layers.
inline Network randomNetwork(std::uint64_t seed, std::size_t inputs, std::vector<std::size_t> widths,
                             Activation activation)
{
    base::Generator generator(seed);
    Network out{.inputs = {}, .layers = {}, .activation = activation, .output = {0.25, -1.5}};
    for (std::size_t i = 0; i < inputs; ++i)
        out.inputs.push_back({generator.uniform(-1, 1), generator.uniform(0.5, 2)});
    widths.push_back(1);
    std::size_t from = inputs;
    for (const std::size_t outputs : widths) {
        learning::Layer layer{.inputs = from, .outputs = outputs};
        const double reach = std::sqrt(6.0 / static_cast<double>(from + outputs));
        for (std::size_t i = 0; i < from * outputs; ++i)
            layer.weights.push_back(static_cast<float>(generator.uniform(-reach, reach)));
        for (std::size_t i = 0; i < outputs; ++i)
            layer.bias.push_back(static_cast<float>(generator.uniform(-0.3, 0.3)));
        out.layers.push_back(std::move(layer));
        from = outputs;
    }
    return out;
}

inline learning::PackedNetwork randomPacked(std::uint64_t seed, std::size_t inputs,
                                            const std::vector<std::size_t>& widths, Activation activation)
{
    return learning::PackedNetwork::pack(randomNetwork(seed, inputs, widths, activation)).value();
}

/// f(z) itself: one input, one hidden neuron, nothing scaled.
inline Network identityOf(Activation activation)
{
    const learning::Layer layer{.inputs = 1, .outputs = 1, .weights = {1}, .bias = {0}};
    return {.inputs = {{0, 1}}, .layers = {layer, layer}, .activation = activation, .output = {0, 1}};
}

/// Columns of inputs of [-2, 2].
struct Batch {
    std::vector<std::vector<double>> columns;

    Batch(std::uint64_t seed, std::size_t inputs, std::size_t rows) : columns(inputs)
    {
        base::Generator generator(seed);
        for (auto& column : columns) {
            for (std::size_t row = 0; row < rows; ++row)
                column.push_back(generator.uniform(-2, 2));
        }
    }
    std::size_t rows() const { return columns.front().size(); }
    std::vector<double> row(std::size_t number) const
    {
        std::vector<double> out;
        for (const auto& column : columns)
            out.push_back(column.size() == 1 ? column.front() : column[number]);
        return out;
    }
    /// `count` rows from `first` on.
    std::vector<std::span<const double>> view(std::size_t first, std::size_t count) const
    {
        std::vector<std::span<const double>> out;
        for (const auto& column : columns)
            out.push_back(column.size() == 1 ? std::span(column) : std::span(column).subspan(first, count));
        return out;
    }
    std::vector<std::span<const double>> view() const { return view(0, rows()); }
};

/// A value with its first two derivatives along a line.
struct Jet {
    double value = 0, slope = 0, bend = 0;
};

inline Jet activated(Activation activation, const Jet& z)
{
    const double share = 1 / (1 + std::exp(-z.value)), rest = 1 / (1 + std::exp(z.value));
    Jet f; // of z.value
    if (activation == Activation::Relu)
        f = {std::max(z.value, 0.0), z.value > 0 ? 1.0 : 0.0, 0};
    else if (activation == Activation::Silu)
        f = {z.value * share, share * (1 + z.value * rest), share * rest * (2 + z.value * (rest - share))};
    else
        f = {std::max(z.value, 0.0) + std::log1p(std::exp(-std::abs(z.value))), share, share * rest};
    return {f.value, f.slope * z.slope, f.bend * z.slope * z.slope + f.slope * z.bend};
}

/// The network's definition with derivatives along `direction`, in double.
inline Jet jetOf(const Network& network, std::span<const double> inputs, std::span<const double> direction)
{
    std::vector<Jet> values;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const learning::Scaling& scaling = network.inputs[i];
        values.push_back({(inputs[i] - scaling.shift) * scaling.scale, direction[i] * scaling.scale, 0});
    }
    for (const learning::Layer& layer : network.layers) {
        std::vector<Jet> next;
        for (std::size_t output = 0; output < layer.outputs; ++output) {
            Jet sum{static_cast<double>(layer.bias[output])};
            for (std::size_t input = 0; input < layer.inputs; ++input) {
                const double weight = layer.weights[output * layer.inputs + input];
                sum.value += weight * values[input].value;
                sum.slope += weight * values[input].slope;
                sum.bend += weight * values[input].bend;
            }
            next.push_back(&layer == &network.layers.back() ? sum : activated(network.activation, sum));
        }
        values = std::move(next);
    }
    const Jet y = values.front();
    const double scale = network.output.scale;
    return {network.output.shift + scale * y.value, scale * y.slope, scale * y.bend};
}

inline bool isSame(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

struct Shape {
    std::size_t inputs;
    std::vector<std::size_t> widths;
};

/// Below, at and beyond whole vectors, panels and blocks; the smallest and the widest.
inline const std::vector<Shape>& shapes()
{
    static const std::vector<Shape> all{
        {1, {1}},          {3, {5}},         {8, {64, 64, 64, 64}},        {5, {30, 17, 100}},
        {17, {128, 128}},  {64, {80, 33}},   {2, {1024, 3, 1024}},         {7, {400, 400}},
        {4, {16, 32, 48}}, {9, {96, 8, 16}}, {6, {8, 7, 6, 5, 4, 3, 2, 1}}};
    return all;
}

inline void addPathsAndActivations()
{
    QTest::addColumn<int>("path");
    QTest::addColumn<int>("activation");
    constexpr std::array names{"ReLU", "SiLU", "softplus"};
    for (const pricing::SimdPath path : pricing::supportedSimdPaths()) {
        for (std::size_t i = 0; i < names.size(); ++i)
            QTest::addRow("%s, %s", std::string(pricing::simdPathName(path)).c_str(), names.at(i))
                << static_cast<int>(path) << static_cast<int>(i);
    }
}

} // namespace vegadesk::tests::networks

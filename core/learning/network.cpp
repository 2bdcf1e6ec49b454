#include "learning/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <string>

namespace vegadesk::learning
{

namespace
{

tl::unexpected<base::Error> wrongCount(const std::string& what, std::size_t count, std::size_t least, std::size_t most)
{
    const std::string range =
        least == most ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(most);
    return base::badInput(what, std::to_string(count), range);
}

bool isWithin(std::size_t count, std::size_t least, std::size_t most)
{
    return count >= least && count <= most;
}

bool areFinite(std::span<const float> numbers)
{
    return std::ranges::all_of(numbers, [](float number) { return std::isfinite(number); });
}

base::Result<void> check(const Scaling& scaling, const std::string& of)
{
    if (!std::isfinite(scaling.shift))
        return base::badInput("shift of " + of, std::to_string(scaling.shift), "a finite number");
    if (!std::isfinite(scaling.scale) || scaling.scale == 0)
        return base::badInput("scale of " + of, std::to_string(scaling.scale), "a finite number that is not 0");
    return {};
}

base::Result<void> check(const Layer& layer, std::size_t inputs, bool isLast, const std::string& name)
{
    const std::size_t widest = isLast ? 1 : Network::widestLayer;
    if (layer.inputs != inputs)
        return wrongCount("inputs of " + name, layer.inputs, inputs, inputs);
    if (!isWithin(layer.outputs, 1, widest))
        return wrongCount("outputs of " + name, layer.outputs, 1, widest);
    const std::size_t weights = layer.inputs * layer.outputs;
    if (layer.weights.size() != weights)
        return wrongCount("weights of " + name, layer.weights.size(), weights, weights);
    if (layer.bias.size() != layer.outputs)
        return wrongCount("biases of " + name, layer.bias.size(), layer.outputs, layer.outputs);
    if (!areFinite(layer.weights) || !areFinite(layer.bias))
        return base::badInput("weights and biases of " + name, "NaN or infinity", "finite numbers");
    return {};
}

double activated(Activation activation, double z)
{
    switch (activation) {
    case Activation::Relu:
        return std::max(z, 0.0);
    case Activation::Silu:
        return z / (1 + std::exp(-z));
    case Activation::Softplus:
        return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
    }
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace

base::Result<void> check(const Network& network)
{
    if (!isWithin(network.inputs.size(), 1, Network::mostInputs))
        return wrongCount("inputs of the network", network.inputs.size(), 1, Network::mostInputs);
    if (!isWithin(network.layers.size(), 2, Network::mostHiddenLayers + 1))
        return wrongCount("layers of the network", network.layers.size(), 2, Network::mostHiddenLayers + 1);
    if (static_cast<std::size_t>(network.activation) >= activationCount)
        return wrongCount("activation of the network", static_cast<std::size_t>(network.activation), 0,
                          activationCount - 1);
    for (std::size_t i = 0; i < network.inputs.size(); ++i) {
        if (auto result = check(network.inputs[i], "input " + std::to_string(i + 1)); !result)
            return result;
    }
    if (auto result = check(network.output, "the output"); !result)
        return result;
    std::size_t inputs = network.inputs.size();
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const Layer& layer = network.layers[i];
        if (auto result = check(layer, inputs, &layer == &network.layers.back(), "layer " + std::to_string(i + 1));
            !result)
            return result;
        inputs = layer.outputs;
    }
    return {};
}

double evaluatePlainly(const Network& network, std::span<const double> inputs)
{
    assert(inputs.size() == network.inputs.size());
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> values;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        values.push_back((inputs[i] - network.inputs[i].shift) * network.inputs[i].scale);
        if (!std::isfinite(values.back()))
            return unknown;
    }
    for (const Layer& layer : network.layers) {
        std::vector<double> next;
        for (std::size_t output = 0; output < layer.outputs; ++output) {
            double sum = layer.bias[output];
            for (std::size_t input = 0; input < layer.inputs; ++input)
                sum += static_cast<double>(layer.weights[output * layer.inputs + input]) * values[input];
            next.push_back(&layer == &network.layers.back() ? sum : activated(network.activation, sum));
        }
        values = std::move(next);
    }
    const double value = network.output.shift + network.output.scale * values.front();
    return std::isfinite(value) ? value : unknown;
}

} // namespace vegadesk::learning

#include "learning/torch/trainer.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <numbers>

namespace vegadesk::learning
{

namespace
{

using torch::Tensor;
using Clock = std::chrono::steady_clock;

Tensor activate(Activation activation, const Tensor& x)
{
    switch (activation) {
    case Activation::Relu:
        return torch::relu(x);
    case Activation::Silu:
        return torch::silu(x);
    case Activation::Softplus:
        return torch::softplus(x);
    }
    return x;
}

class NetImpl : public torch::nn::Module
{
public:
    NetImpl(const NetShape& shape, std::size_t inputs) : m_activation(shape.activation)
    {
        auto from = static_cast<std::int64_t>(inputs);
        for (int i = 0; i <= shape.layers; ++i) {
            const std::int64_t to = i == shape.layers ? 1 : shape.width;
            m_layers.push_back(register_module(fmt::format("layer{}", i), torch::nn::Linear(from, to)));
            const torch::NoGradGuard none;
            torch::nn::init::xavier_uniform_(m_layers.back()->weight);
            torch::nn::init::zeros_(m_layers.back()->bias);
            from = to;
        }
    }

    Tensor forward(Tensor x)
    {
        for (std::size_t i = 0; i + 1 < m_layers.size(); ++i)
            x = activate(m_activation, m_layers[i]->forward(x));
        return m_layers.back()->forward(x).squeeze(1);
    }

    std::vector<Layer> layers() const
    {
        std::vector<Layer> out;
        for (const torch::nn::Linear& each : m_layers) {
            const Tensor weight = each->weight.detach().to(torch::kCPU).contiguous();
            const Tensor bias = each->bias.detach().to(torch::kCPU).contiguous();
            Layer& layer = out.emplace_back();
            layer.outputs = static_cast<std::size_t>(weight.size(0));
            layer.inputs = static_cast<std::size_t>(weight.size(1));
            layer.weights.assign(weight.data_ptr<float>(), weight.data_ptr<float>() + weight.numel());
            layer.bias.assign(bias.data_ptr<float>(), bias.data_ptr<float>() + bias.numel());
        }
        return out;
    }

private:
    Activation m_activation;
    std::vector<torch::nn::Linear> m_layers;
};
TORCH_MODULE(Net);

Tensor tensorOf(std::span<const float> values, std::size_t columns)
{
    const auto rows = static_cast<std::int64_t>(values.size() / columns);
    const Tensor whole =
        torch::from_blob(const_cast<float*>(values.data()), {rows, static_cast<std::int64_t>(columns)});
    return columns == 1 ? whole.squeeze(1) : whole;
}

std::string describe(const TrainingSettings& settings)
{
    return fmt::format("{}x{} {} epochs={} batch={} rate={} to {} slopes={} seed={} data={}", settings.net.layers,
                       settings.net.width, static_cast<int>(settings.net.activation), settings.epochs, settings.batch,
                       settings.rate, settings.finalRate, settings.slopeWeight, settings.seed, settings.dataHash);
}

base::Result<void> inRange(std::string_view field, double value, double low, double high)
{
    if (value >= low && value <= high)
        return {};
    return base::badInput(field, fmt::format("{}", value), fmt::format("{} to {}", low, high));
}

base::Result<void> check(const TrainingSettings& settings)
{
    for (const auto& checked :
         {inRange("layers", settings.net.layers, 1, 16), inRange("width", settings.net.width, 1, 4096),
          inRange("epochs", settings.epochs, 1, 1'000'000), inRange("batch", settings.batch, 1, 1 << 20),
          inRange("rate", settings.rate, 1e-8, 1), inRange("final rate", settings.finalRate, 0, settings.rate),
          inRange("slope weight", settings.slopeWeight, 0, 1000), inRange("patience", settings.patience, 0, 1'000'000),
          inRange("threads", settings.threads, 1, 1024)}) {
        if (!checked)
            return checked;
    }
    if (settings.onGpu && !torch::cuda::is_available())
        return base::badInput("device", "cuda", "cpu: this LibTorch has no graphics processor to run on");
    return {};
}

/// A run of training: what a checkpoint holds.
class Run
{
public:
    Run(const TrainingSettings& settings, const TrainingData& data)
        : m_settings(settings), m_device(settings.onGpu ? torch::kCUDA : torch::kCPU),
          m_features(tensorOf(data.features, data.featureCount).to(m_device)),
          m_targets(tensorOf(data.targets, 1).to(m_device)),
          m_heldOutFeatures(tensorOf(data.heldOutFeatures, data.featureCount).to(m_device)),
          m_heldOutTargets(tensorOf(data.heldOutTargets, 1).to(m_device)),
          m_cut{optional(data.floors, m_device), optional(data.weights, m_device)},
          m_heldOutCut{optional(data.heldOutFloors, m_device), optional(data.heldOutWeights, m_device)},
          m_net(seeded(settings, data)), m_adam(m_net->parameters(), torch::optim::AdamOptions(settings.rate))
    {
        m_net->to(m_device);
        if (settings.slopeWeight > 0) {
            for (const TrainingData::Slopes& each : data.slopes)
                m_slopes.push_back({tensorOf(each.directions, data.featureCount).to(m_device),
                                    tensorOf(each.targets, 1).to(m_device), usualSquare(each, data)});
        }
        m_stepsAnEpoch = (m_targets.size(0) + settings.batch - 1) / settings.batch;
    }

    base::Result<void> resume();
    base::Result<void> save();
    base::Result<TrainedNet> run(const std::stop_token& stop, const OnEpoch& onEpoch);

private:
    /// Of each sample, or not defined.
    struct Cut {
        Tensor floors, weights;
    };
    struct Slope {
        Tensor directions, targets;
        double usualSquare = 1;
    };
    static Tensor optional(std::span<const float> values, torch::Device device)
    {
        return values.empty() ? Tensor() : tensorOf(values, 1).to(device);
    }
    static double usualSquare(const TrainingData::Slopes& slopes, const TrainingData& data);
    /// Squared errors of what is cut off at the floors.
    static Tensor squares(const Tensor& said, const Tensor& targets, const Tensor& floors, const Tensor& weights);
    Tensor lossOf(const Tensor& rows);
    static Net seeded(const TrainingSettings& settings, const TrainingData& data)
    {
        torch::manual_seed(settings.seed);
        return Net(settings.net, data.featureCount);
    }
    void setRate(std::int64_t step);
    bool trainEpoch(const std::stop_token& stop);
    double heldOutLoss();

    const TrainingSettings& m_settings;
    torch::Device m_device;
    Tensor m_features, m_targets, m_heldOutFeatures, m_heldOutTargets;
    Cut m_cut, m_heldOutCut;
    std::vector<Slope> m_slopes;
    Net m_net;
    torch::optim::Adam m_adam;
    std::int64_t m_stepsAnEpoch = 1;
    double m_rate = 0, m_loss = 0, m_seconds = 0;
    double m_best = std::numeric_limits<double>::infinity();
    TrainedNet m_out;
};

void Run::setRate(std::int64_t step)
{
    const double share = static_cast<double>(step) / static_cast<double>(m_stepsAnEpoch * m_settings.epochs);
    constexpr double warmUp = 0.01;
    const double fallen = 0.5 * (1 + std::cos(std::numbers::pi * share));
    m_rate = share < warmUp ? m_settings.rate * (0.01 + 0.99 * share / warmUp)
                            : m_settings.finalRate + (m_settings.rate - m_settings.finalRate) * fallen;
    static_cast<torch::optim::AdamOptions&>(m_adam.param_groups().front().options()).lr(m_rate);
}

/// Weighed as errors of it are.
double Run::usualSquare(const TrainingData::Slopes& slopes, const TrainingData& data)
{
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < slopes.targets.size(); ++i) {
        const double weight = data.weights.empty() ? 1 : data.weights[i];
        sum += weight * slopes.targets[i] * slopes.targets[i];
        count += weight;
    }
    return std::max(sum / count, 1e-12);
}

Tensor Run::squares(const Tensor& said, const Tensor& targets, const Tensor& floors, const Tensor& weights)
{
    const Tensor error = (floors.defined() ? torch::maximum(said, floors) : said) - targets;
    return weights.defined() ? weights * error.square() : error.square();
}

Tensor Run::lossOf(const Tensor& rows)
{
    const auto picked = [&rows](const Tensor& all) { return all.defined() ? all.index_select(0, rows) : all; };
    Tensor features = m_features.index_select(0, rows);
    features.requires_grad_(!m_slopes.empty());
    const Tensor said = m_net->forward(features), floors = picked(m_cut.floors), weights = picked(m_cut.weights);
    Tensor loss = squares(said, m_targets.index_select(0, rows), floors, weights).mean();
    if (m_slopes.empty())
        return loss;
    const Tensor gradient = torch::autograd::grad({said.sum()}, {features}, {}, true, true)[0];
    for (const Slope& each : m_slopes) {
        const Tensor error = (gradient * picked(each.directions)).sum(1) - picked(each.targets);
        const Tensor square = weights.defined() ? weights * error.square() : error.square();
        loss =
            loss + m_settings.slopeWeight / (each.usualSquare * static_cast<double>(m_slopes.size())) * square.mean();
    }
    return loss;
}

/// False: it was told to stop, and the epoch does not count.
bool Run::trainEpoch(const std::stop_token& stop)
{
    const auto epoch = static_cast<std::int64_t>(m_out.history.size());
    torch::manual_seed(m_settings.seed * 1'000'003 + static_cast<std::uint64_t>(epoch) + 1);
    const Tensor order = torch::randperm(m_targets.size(0)).to(m_device);
    Tensor sum = torch::zeros({}, torch::TensorOptions().dtype(torch::kDouble).device(m_device));
    for (std::int64_t batch = 0; batch < m_stepsAnEpoch; ++batch) {
        if (stop.stop_requested())
            return false;
        const std::int64_t from = batch * m_settings.batch;
        const Tensor rows = order.slice(0, from, std::min<std::int64_t>(from + m_settings.batch, order.size(0)));
        setRate(epoch * m_stepsAnEpoch + batch);
        m_adam.zero_grad();
        const Tensor loss = lossOf(rows);
        loss.backward();
        m_adam.step();
        sum += loss.detach().to(torch::kDouble) * rows.size(0);
    }
    m_loss = sum.item<double>() / static_cast<double>(m_targets.size(0));
    return true;
}

double Run::heldOutLoss()
{
    const torch::NoGradGuard none;
    double sum = 0;
    constexpr std::int64_t atOnce = 65'536;
    for (std::int64_t from = 0; from < m_heldOutTargets.size(0); from += atOnce) {
        const std::int64_t to = std::min(from + atOnce, m_heldOutTargets.size(0));
        const auto piece = [&](const Tensor& all) { return all.defined() ? all.slice(0, from, to) : all; };
        sum += squares(m_net->forward(piece(m_heldOutFeatures)), piece(m_heldOutTargets), piece(m_heldOutCut.floors),
                       piece(m_heldOutCut.weights))
                   .sum(torch::kDouble)
                   .item<double>();
    }
    return sum / static_cast<double>(m_heldOutTargets.size(0));
}

base::Result<void> Run::save()
{
    if (m_settings.checkpoint.empty())
        return {};
    const std::string beside = m_settings.checkpoint + ".new";
    try {
        torch::serialize::OutputArchive out, net, adam;
        m_net->save(net);
        m_adam.save(adam);
        out.write("net", net);
        out.write("adam", adam);
        out.write("settings", c10::IValue(describe(m_settings)));
        std::vector<double> rows;
        for (const EpochFigures& each : m_out.history)
            rows.insert(rows.end(), {each.seconds, each.rate, each.loss, each.heldOutLoss});
        out.write("history", torch::tensor(rows, torch::kDouble));
        out.write("best_epoch", torch::tensor(std::int64_t{m_out.bestEpoch}));
        for (std::size_t i = 0; i < m_out.layers.size(); ++i) {
            out.write(fmt::format("best{}.weights", i), torch::tensor(m_out.layers[i].weights));
            out.write(fmt::format("best{}.bias", i), torch::tensor(m_out.layers[i].bias));
        }
        out.save_to(beside);
        std::filesystem::rename(beside, m_settings.checkpoint);
    } catch (const std::exception& failure) {
        return base::fail(base::ErrorKind::Storage, "checkpoint", m_settings.checkpoint, "a file that can be written",
                          failure.what());
    }
    return {};
}

base::Result<void> Run::resume()
{
    if (m_settings.checkpoint.empty() || !std::filesystem::exists(m_settings.checkpoint))
        return {};
    try {
        torch::serialize::InputArchive in, net, adam;
        in.load_from(m_settings.checkpoint);
        c10::IValue settings;
        in.read("settings", settings);
        if (settings.toStringRef() != describe(m_settings))
            return base::badInput("checkpoint", m_settings.checkpoint,
                                  "one of the same settings (" + describe(m_settings) + "), not of " +
                                      settings.toStringRef());
        in.read("net", net);
        in.read("adam", adam);
        m_net->load(net);
        m_adam.load(adam);
        Tensor history, best;
        in.read("history", history);
        in.read("best_epoch", best);
        const Tensor rows = history.view({-1, 4});
        const auto figures = rows.accessor<double, 2>();
        for (std::int64_t row = 0; row < rows.size(0); ++row)
            m_out.history.push_back(
                {static_cast<int>(row) + 1, figures[row][0], figures[row][1], figures[row][2], figures[row][3]});
        m_out.bestEpoch = static_cast<int>(best.item<std::int64_t>());
        if (!m_out.history.empty())
            m_seconds = m_out.history.back().seconds;
        m_out.layers = m_net->layers();
        for (std::size_t i = 0; i < m_out.layers.size() && m_out.bestEpoch > 0; ++i) {
            Tensor weights, bias;
            in.read(fmt::format("best{}.weights", i), weights);
            in.read(fmt::format("best{}.bias", i), bias);
            std::copy_n(weights.data_ptr<float>(), m_out.layers[i].weights.size(), m_out.layers[i].weights.begin());
            std::copy_n(bias.data_ptr<float>(), m_out.layers[i].bias.size(), m_out.layers[i].bias.begin());
            m_best = m_out.history[static_cast<std::size_t>(m_out.bestEpoch) - 1].heldOutLoss;
        }
    } catch (const std::exception& failure) {
        return base::fail(base::ErrorKind::Storage, "checkpoint", m_settings.checkpoint,
                          "a file that was written whole; remove it and training begins anew", failure.what());
    }
    return {};
}

base::Result<TrainedNet> Run::run(const std::stop_token& stop, const OnEpoch& onEpoch)
{
    const double before = m_seconds;
    const auto began = Clock::now();
    const std::size_t first = m_out.history.size();
    auto saved = Clock::now();
    const auto hasNoPatience = [this] {
        return m_settings.patience > 0 &&
               static_cast<int>(m_out.history.size()) - m_out.bestEpoch >= m_settings.patience;
    };
    while (m_out.history.size() < static_cast<std::size_t>(m_settings.epochs) && !hasNoPatience()) {
        if (!trainEpoch(stop)) {
            // Half an epoch has moved the net: what the checkpoint has is the end of a whole one, some seconds ago at most.
            return m_out;
        }
        m_seconds = before + std::chrono::duration<double>(Clock::now() - began).count();
        EpochFigures figures{static_cast<int>(m_out.history.size()) + 1, m_seconds, m_rate, m_loss, heldOutLoss()};
        m_out.history.push_back(figures);
        if (figures.heldOutLoss < m_best) {
            m_best = figures.heldOutLoss;
            m_out.bestEpoch = figures.epoch;
            m_out.layers = m_net->layers();
        }
        const double each = (m_seconds - before) / static_cast<double>(m_out.history.size() - first);
        if (onEpoch)
            onEpoch(figures, each * (m_settings.epochs - figures.epoch));
        const bool isLast = figures.epoch == m_settings.epochs;
        if (isLast || hasNoPatience() || stop.stop_requested() || Clock::now() - saved > std::chrono::seconds(5)) {
            if (const auto kept = save(); !kept)
                return tl::make_unexpected(kept.error());
            saved = Clock::now();
        }
    }
    m_out.isWhole = true;
    return m_out;
}

} // namespace

base::Result<TrainedNet> train(const TrainingSettings& settings, const TrainingData& data, const std::stop_token& stop,
                               const OnEpoch& onEpoch)
{
    if (const auto ok = check(settings); !ok)
        return tl::make_unexpected(ok.error());
    torch::set_num_threads(settings.threads);
    Run run(settings, data);
    if (const auto resumed = run.resume(); !resumed)
        return tl::make_unexpected(resumed.error());
    return run.run(stop, onEpoch);
}

std::vector<float> evaluateByTorch(std::span<const Layer> layers, Activation activation,
                                   std::span<const float> features)
{
    const torch::NoGradGuard none;
    Tensor x = tensorOf(features, layers.front().inputs);
    if (layers.front().inputs == 1)
        x = x.unsqueeze(1);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = layers[i];
        x = torch::addmm(
            tensorOf(layer.bias, 1), x,
            tensorOf(layer.weights, layer.inputs).reshape({static_cast<std::int64_t>(layer.outputs), -1}).t());
        if (i + 1 < layers.size())
            x = activate(activation, x);
    }
    x = x.contiguous();
    return {x.data_ptr<float>(), x.data_ptr<float>() + x.numel()};
}

} // namespace vegadesk::learning

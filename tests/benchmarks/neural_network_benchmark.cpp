/// Values of a network a second, on one core: our kernel, plain loops, and OpenBLAS with a matrix product a layer and loops
/// for bias and activation. Prints for a person; what is asserted is that all of them agree.
/// An OpenBLAS that does not know the processor takes AVX2: OPENBLAS_CORETYPE=SkylakeX gives it AVX-512.
/// Usage: bench_neural_network [--quick] [--path SSE4|AVX2|AVX-512]

#include "base/random.h"
#include "fma_peak.h"
#include "learning/packed_network.h"
#include "pricing/simd_path.h"
#include "thread_seconds.h"

#include <cblas.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

using namespace vegadesk;
using learning::Activation;
using learning::Network;

namespace
{

[[noreturn]] void fail(const std::string& why)
{
    std::fprintf(stderr, "bench_neural_network: %s\n", why.c_str());
    std::exit(1);
}

Network randomNetwork(std::size_t inputs, std::size_t width, Activation activation)
{
    base::Generator generator(7);
    Network out{.inputs = std::vector<learning::Scaling>(inputs), .activation = activation};
    std::size_t from = inputs;
    for (const std::size_t outputs : {width, width, width, width, std::size_t{1}}) {
        learning::Layer layer{.inputs = from, .outputs = outputs};
        const double reach = std::sqrt(6.0 / static_cast<double>(from + outputs));
        for (std::size_t i = 0; i < from * outputs; ++i)
            layer.weights.push_back(static_cast<float>(generator.uniform(-reach, reach)));
        for (std::size_t i = 0; i < outputs; ++i)
            layer.bias.push_back(static_cast<float>(generator.uniform(-0.1, 0.1)));
        out.layers.push_back(std::move(layer));
        from = outputs;
    }
    return out;
}

double multiplyAdds(const Network& network)
{
    double sum = 0;
    for (const learning::Layer& layer : network.layers)
        sum += static_cast<double>(layer.weights.size());
    return sum;
}

/// Inputs of a batch by column, as ours takes them, and by row, as the others do.
struct Batch {
    std::vector<std::vector<double>> columns;
    std::vector<std::span<const double>> views;
    std::vector<float> rows;
    std::size_t count;

    Batch(std::size_t inputs, std::size_t size) : columns(inputs), rows(inputs * size), count(size)
    {
        base::Generator generator(8);
        for (std::size_t input = 0; input < inputs; ++input) {
            for (std::size_t row = 0; row < size; ++row) {
                columns[input].push_back(generator.uniform(-1, 1));
                rows[row * inputs + input] = static_cast<float>(columns[input].back());
            }
            views.emplace_back(columns[input]);
        }
    }
};

void plainLoops(const Network& network, const Batch& batch, std::vector<float>& now, std::vector<float>& next,
                std::span<double> out)
{
    const std::size_t inputs = network.inputs.size();
    for (std::size_t row = 0; row < batch.count; ++row) {
        std::copy_n(batch.rows.data() + row * inputs, inputs, now.data());
        for (const learning::Layer& layer : network.layers) {
            for (std::size_t output = 0; output < layer.outputs; ++output) {
                float sum = layer.bias[output];
                for (std::size_t input = 0; input < layer.inputs; ++input)
                    sum += layer.weights[output * layer.inputs + input] * now[input];
                next[output] = layer.outputs == 1 ? sum : std::max(sum, 0.0F);
            }
            std::swap(now, next);
        }
        out[row] = static_cast<double>(now.front());
    }
}

void byOpenBlas(const Network& network, const Batch& batch, std::vector<float>& now, std::vector<float>& next,
                std::span<double> out)
{
    const auto rows = static_cast<int>(batch.count);
    const float* from = batch.rows.data();
    for (const learning::Layer& layer : network.layers) {
        const auto inputs = static_cast<int>(layer.inputs), outputs = static_cast<int>(layer.outputs);
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, outputs, inputs, 1, from, inputs,
                    layer.weights.data(), inputs, 0, next.data(), outputs);
        float* to = next.data();
        for (std::size_t row = 0; row < batch.count; ++row, to += layer.outputs) {
            for (std::size_t output = 0; output < layer.outputs; ++output)
                to[output] = layer.outputs == 1 ? to[output] + layer.bias[output]
                                                : std::max(to[output] + layer.bias[output], 0.0F);
        }
        std::swap(now, next);
        from = now.data();
    }
    for (std::size_t row = 0; row < batch.count; ++row)
        out[row] = static_cast<double>(now[row]);
}

/// Rows a second: the fastest of seven repetitions.
double measured(std::size_t rows, double seconds, const std::function<void()>& work)
{
    std::size_t times = 1;
    double best = 0;
    for (int repetition = 0; repetition < 7;) {
        const double before = benchmarks::threadSeconds();
        for (std::size_t i = 0; i < times; ++i)
            work();
        const double took = benchmarks::threadSeconds() - before;
        best = std::max(best, static_cast<double>(rows * times) / took);
        if (took < seconds / 7)
            times *= 2;
        else
            ++repetition;
    }
    return best;
}

void require(std::span<const double> a, std::span<const double> b)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!(std::abs(a[i] - b[i]) <= 1e-4))
            fail("the results do not agree");
    }
}

void compare(std::size_t inputs, std::size_t width, bool isQuick, double peak)
{
    static constexpr std::array<std::size_t, 3> sizes{1, 64, 4096}, quickSizes{1, 7, 100};
    const double seconds = isQuick ? 0.001 : 0.35;
    const Network network = randomNetwork(inputs, width, Activation::Relu);
    const auto packed = learning::PackedNetwork::pack(network).value();
    const auto smooth = learning::PackedNetwork::pack(randomNetwork(inputs, width, Activation::Silu)).value();
    const auto softplus = learning::PackedNetwork::pack(randomNetwork(inputs, width, Activation::Softplus)).value();
    const std::vector<double> direction(inputs, 1);
    for (const std::size_t size : isQuick ? quickSizes : sizes) {
        const Batch batch(inputs, size);
        std::vector<float> now(size * std::max(width, inputs)), next(now);
        std::vector<double> ours(size), plain(size), blas(size), second(size);
        std::vector<std::vector<double>> slopes(inputs, std::vector<double>(size));
        const std::vector<std::span<double>> gradient(slopes.begin(), slopes.end());
        const double a = measured(size, seconds, [&] { packed.evaluate(batch.views, ours); });
        const double b = measured(size, seconds, [&] { plainLoops(network, batch, now, next, plain); });
        const double c = measured(size, seconds, [&] { byOpenBlas(network, batch, now, next, blas); });
        require(ours, plain);
        require(ours, blas);
        const double d = measured(size, seconds, [&] { smooth.evaluate(batch.views, ours); });
        const double e = measured(size, seconds, [&] { softplus.evaluate(batch.views, ours); });
        const double g =
            measured(size, seconds, [&] { smooth.differentiate(batch.views, direction, {ours, gradient, second}); });
        const auto share = [&](double rate) { return 1e-7 * rate * multiplyAdds(network) / peak; };
        std::printf("%zu-4x%-4zu %5zu | %10.0f %4.0f%% | %10.0f %5.1fx | %10.0f %5.2fx | %10.0f %4.0f%% | %10.0f "
                    "%4.0f%% | %10.0f\n",
                    inputs, width, size, a, share(a), b, a / b, c, a / c, d, share(d), e, share(e), g);
    }
}

std::optional<pricing::SimdPath> pathOf(std::string_view name)
{
    for (const pricing::SimdPath path : pricing::supportedSimdPaths()) {
        if (pricing::simdPathName(path) == name)
            return path;
    }
    return std::nullopt;
}

} // namespace

int main(int argc, char** argv)
{
    bool isQuick = false;
    pricing::SimdPath path = pricing::simdPath();
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        const auto named = option == "--path" && i + 1 < argc ? pathOf(argv[++i]) : std::nullopt;
        if (option == "--quick")
            isQuick = true;
        else if (named)
            path = *named;
        else
            fail("usage: bench_neural_network [--quick] [--path <one that this processor has>]");
    }
    openblas_set_num_threads(1);
    const pricing::SimdPathPin pin(path);
    const double peak = benchmarks::fmaPeak();
    std::printf("%s, one core, best of seven; %.1f billion multiply-adds/s at most. OpenBLAS: %s\n",
                std::string(pricing::simdPathName(path)).c_str(), peak, openblas_get_config());
    std::printf(
        "Rows a second; %% of the multiply-adds; x: ours to theirs\n"
        "network   batch |       ours, ReLU |       plain loops |          OpenBLAS |       ours, SiLU |   ours, "
        "softplus | SiLU with derivatives\n");
    compare(8, 64, isQuick, peak);
    compare(8, 128, isQuick, peak);
    compare(7, 400, isQuick, peak);
    return 0;
}

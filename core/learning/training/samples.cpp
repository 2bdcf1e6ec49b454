#include "learning/training/samples.h"

#include "base/content_hash.h"
#include "base/random.h"
#include "pricing/reference/low_discrepancy.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <mutex>
#include <thread>

namespace vegadesk::learning
{

namespace
{

constexpr std::size_t mostSamples = 100'000'000;
constexpr std::size_t chunk = 4096; ///< samples between looks for a stop request
constexpr std::array<char, 8> magic{'V', 'D', 'S', 'A', 'M', 'P', 'L', '1'};

base::ContentHash hashOf(const SampleSet& set)
{
    base::ContentHash hash;
    hash.numbers(set.inputs);
    hash.numbers(set.prices);
    return hash;
}

/// Everything that decides a set.
std::string keyOf(const SampleRequest& request)
{
    const Teacher& teacher = *request.teacher;
    std::string text = fmt::format("{} {} {} {} {}", teacher.id(), teacher.version(), request.count, request.seed,
                                   request.spread == Spread::Even ? "even" : "random");
    for (const InputRange& input : teacher.inputs())
        text += fmt::format(" {}:{}:{}", input.name, input.low, input.high);
    return text;
}

std::string fileOf(const SampleRequest& request)
{
    base::ContentHash key;
    key.words(keyOf(request));
    const std::string name = fmt::format("{}-{}.samples", request.teacher->id(), key.text());
    return (std::filesystem::path(request.folder) / name).string();
}

/// The points from `from` on in the unit cube, row by row.
void spreadEvenly(const SampleRequest& request, std::size_t from, std::span<double> out)
{
    const std::size_t dimensions = request.teacher->inputs().size();
    base::Generator generator(request.seed);
    std::vector<double> offset(dimensions);
    for (double& each : offset)
        each = generator.uniform();
    pricing::reference::sobolPoints(dimensions, from, out);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double turned = out[i] + offset[i % dimensions];
        out[i] = turned - std::floor(turned);
    }
}

void spreadRandomly(const SampleRequest& request, std::size_t from, std::span<double> out)
{
    base::Generator generator(request.seed * 0x9e3779b97f4a7c15ULL + from + 1); // a chunk's own: threads do not matter
    for (double& each : out)
        each = generator.uniform();
}

/// Prices chunk after chunk until none is left.
void work(const SampleRequest& request, SampleSet& set, std::atomic<std::size_t>& next, const std::stop_token& stop,
          const std::function<void(std::size_t)>& priced)
{
    const std::span<const InputRange> inputs = request.teacher->inputs();
    const std::size_t width = inputs.size();
    while (!stop.stop_requested()) {
        const std::size_t from = next.fetch_add(chunk);
        if (from >= request.count)
            return;
        const std::size_t to = std::min(from + chunk, request.count);
        const std::span<double> rows = std::span(set.inputs).subspan(from * width, (to - from) * width);
        if (request.spread == Spread::Even)
            spreadEvenly(request, from, rows);
        else
            spreadRandomly(request, from, rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const InputRange& input = inputs[i % width];
            rows[i] = input.low + (input.high - input.low) * rows[i];
        }
        for (std::size_t row = from; row < to; ++row)
            set.prices[row] = request.teacher->price(set.row(row));
        priced(to - from);
    }
}

void leaveOutRefused(SampleSet& set)
{
    const std::size_t width = set.teacher->inputs().size();
    std::size_t kept = 0;
    for (std::size_t row = 0; row < set.prices.size(); ++row) {
        if (!std::isfinite(set.prices[row]))
            continue;
        std::copy_n(set.inputs.begin() + static_cast<std::ptrdiff_t>(row * width), width,
                    set.inputs.begin() + static_cast<std::ptrdiff_t>(kept * width));
        set.prices[kept++] = set.prices[row];
    }
    set.refused = set.prices.size() - kept;
    set.prices.resize(kept);
    set.inputs.resize(kept * width);
}

struct Header {
    std::array<char, 8> magic;
    std::uint64_t rows, width, refused, hash;
};

base::Result<void> keep(const SampleSet& set, const std::string& path)
{
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    const std::string beside = path + ".new";
    {
        std::ofstream out(beside, std::ios::binary);
        const Header header{magic, set.size(), set.teacher->inputs().size(), set.refused, hashOf(set).value()};
        out.write(reinterpret_cast<const char*>(&header), sizeof header);
        for (const std::vector<double>* const column : {&set.inputs, &set.prices})
            out.write(reinterpret_cast<const char*>(column->data()),
                      static_cast<std::streamsize>(column->size() * sizeof(double)));
        if (!out.flush())
            return base::fail(base::ErrorKind::Storage, "samples", beside, "room on the disk");
    }
    std::filesystem::rename(beside, path, error);
    if (error)
        return base::fail(base::ErrorKind::Storage, "samples", path, "a file that can be written", error.message());
    return {};
}

base::Result<SampleSet> readKept(const SampleRequest& request, const std::string& path)
{
    const auto damaged = [&] {
        return base::fail(base::ErrorKind::Storage, "samples", path,
                          "a set that was written whole; remove it and it is made again");
    };
    std::ifstream in(path, std::ios::binary);
    Header header{};
    const std::size_t width = request.teacher->inputs().size();
    if (!in.read(reinterpret_cast<char*>(&header), sizeof header) || header.magic != magic || header.width != width ||
        header.rows > request.count || header.rows + header.refused != request.count)
        return damaged();
    SampleSet set;
    set.teacher = request.teacher;
    set.refused = header.refused;
    set.inputs.resize(header.rows * width);
    set.prices.resize(header.rows);
    for (std::vector<double>* const column : {&set.inputs, &set.prices})
        in.read(reinterpret_cast<char*>(column->data()), static_cast<std::streamsize>(column->size() * sizeof(double)));
    if (!in || hashOf(set).value() != header.hash)
        return damaged();
    set.hash = hashOf(set).text();
    return set;
}

} // namespace

base::Result<SampleSet> makeSamples(const SampleRequest& request, const std::stop_token& stop,
                                    const OnSamples& progress)
{
    if (request.count == 0 || request.count > mostSamples)
        return base::badInput("samples", fmt::format("{}", request.count), fmt::format("1 to {}", mostSamples));
    const std::string path = request.folder.empty() ? std::string() : fileOf(request);
    if (!path.empty() && std::filesystem::exists(path))
        return readKept(request, path);
    SampleSet set;
    set.teacher = request.teacher;
    set.inputs.resize(request.count * request.teacher->inputs().size());
    set.prices.resize(request.count);
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::size_t done = 0;
    const auto priced = [&](std::size_t count) {
        const std::scoped_lock lock(mutex);
        done += count;
        if (progress)
            progress(done);
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < request.threads; ++i)
            threads.emplace_back([&] { work(request, set, next, stop, priced); });
        work(request, set, next, stop, priced);
    }
    if (stop.stop_requested())
        return base::fail(base::ErrorKind::Cancelled, "samples", request.teacher->id(), "making them was cancelled");
    leaveOutRefused(set);
    set.hash = hashOf(set).text();
    if (!path.empty()) {
        if (const auto kept = keep(set, path); !kept)
            return tl::make_unexpected(kept.error());
    }
    return set;
}

} // namespace vegadesk::learning

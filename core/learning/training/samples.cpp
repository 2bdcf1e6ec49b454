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
constexpr std::array<char, 8> magic{'V', 'D', 'S', 'A', 'M', 'P', 'L', '2'};

base::ContentHash hashOf(const SampleSet& set)
{
    base::ContentHash hash;
    hash.numbers(set.inputs);
    hash.numbers(set.prices);
    hash.numbers(set.slopes);
    return hash;
}

/// Everything that decides a set.
std::string keyOf(const SampleRequest& request)
{
    const Teacher& teacher = *request.teacher;
    std::string text = fmt::format("2 {} {} {} {} {}", teacher.id(), teacher.version(), request.count, request.seed,
                                   request.spread == Spread::Even ? "even" : "random");
    for (const InputRange& input : teacher.inputs())
        text += fmt::format(" {}:{}:{}{}", input.name, input.low, input.high, input.isLogarithmic ? ":log" : "");
    return text;
}

std::string fileOf(const SampleRequest& request)
{
    base::ContentHash key;
    key.words(keyOf(request));
    const std::string name = fmt::format("{}-{}.samples", request.teacher->id(), key.text());
    return (std::filesystem::path(request.folder) / name).string();
}

std::size_t slopeCount(const Teacher& teacher)
{
    return teacher.slopeInputs().size();
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

double placeIn(const InputRange& input, double share)
{
    if (input.isLogarithmic)
        return std::min(input.high, input.low * std::pow(input.high / input.low, share));
    return input.low + (input.high - input.low) * share;
}

/// The families from `from` to before `to`.
void fillIn(const SampleRequest& request, SampleSet& set, std::size_t from, std::size_t to)
{
    const Teacher& teacher = *request.teacher;
    const std::size_t width = teacher.inputs().size(), members = teacher.familySize(), slopes = slopeCount(teacher);
    std::vector<double> points((to - from) * width);
    if (request.spread == Spread::Even)
        spreadEvenly(request, from, points);
    else
        spreadRandomly(request, from, points);
    for (std::size_t family = from; family < to; ++family) {
        const std::size_t row = family * members;
        for (std::size_t i = 0; i < width; ++i)
            set.inputs[row * width + i] = placeIn(teacher.inputs()[i], points[(family - from) * width + i]);
        // Its own: threads do not matter.
        base::Generator chance((request.seed + 1) * 0xd1342543de82ef95ULL + 2 * family +
                               (request.spread == Spread::Even ? 0 : 1));
        teacher.family(std::span(set.inputs).subspan(row * width, members * width), chance,
                       std::span(set.prices).subspan(row, members),
                       std::span(set.slopes).subspan(row * slopes, members * slopes));
    }
}

/// Prices chunk after chunk until none is left.
void work(const SampleRequest& request, SampleSet& set, std::atomic<std::size_t>& next, const std::stop_token& stop,
          const std::function<void(std::size_t)>& priced)
{
    const std::size_t members = request.teacher->familySize(), families = request.count / members;
    const std::size_t step = std::max<std::size_t>(1, chunk / (members * members)); // large families are slow too
    while (!stop.stop_requested()) {
        const std::size_t from = next.fetch_add(step);
        if (from >= families)
            return;
        const std::size_t to = std::min(from + step, families);
        fillIn(request, set, from, to);
        priced((to - from) * members);
    }
}

void leaveOutRefused(SampleSet& set)
{
    const std::size_t width = set.teacher->inputs().size(), slopes = slopeCount(*set.teacher);
    std::size_t kept = 0;
    for (std::size_t row = 0; row < set.prices.size(); ++row) {
        if (!std::isfinite(set.prices[row]))
            continue;
        std::copy_n(set.inputs.begin() + static_cast<std::ptrdiff_t>(row * width), width,
                    set.inputs.begin() + static_cast<std::ptrdiff_t>(kept * width));
        std::copy_n(set.slopes.begin() + static_cast<std::ptrdiff_t>(row * slopes), slopes,
                    set.slopes.begin() + static_cast<std::ptrdiff_t>(kept * slopes));
        set.prices[kept++] = set.prices[row];
    }
    set.refused = set.prices.size() - kept;
    set.prices.resize(kept);
    set.inputs.resize(kept * width);
    set.slopes.resize(kept * slopes);
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
        for (const std::vector<double>* const column : {&set.inputs, &set.prices, &set.slopes})
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
    set.slopes.resize(header.rows * slopeCount(*request.teacher));
    for (std::vector<double>* const column : {&set.inputs, &set.prices, &set.slopes})
        in.read(reinterpret_cast<char*>(column->data()), static_cast<std::streamsize>(column->size() * sizeof(double)));
    if (!in || hashOf(set).value() != header.hash)
        return damaged();
    set.hash = hashOf(set).text();
    return set;
}

} // namespace

base::Result<SampleSet> makeSamples(const SampleRequest& asked, const std::stop_token& stop, const OnSamples& progress)
{
    if (asked.count == 0 || asked.count > mostSamples)
        return base::badInput("samples", fmt::format("{}", asked.count), fmt::format("1 to {}", mostSamples));
    SampleRequest request = asked;
    const std::size_t members = request.teacher->familySize();
    request.count = (asked.count + members - 1) / members * members;
    const std::string path = request.folder.empty() ? std::string() : fileOf(request);
    if (!path.empty() && std::filesystem::exists(path))
        return readKept(request, path);
    SampleSet set;
    set.teacher = request.teacher;
    set.inputs.resize(request.count * request.teacher->inputs().size());
    set.prices.resize(request.count);
    set.slopes.resize(request.count * slopeCount(*request.teacher));
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

#include "learning/pricer/network_pricer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace vegadesk::learning
{

namespace
{

constexpr std::size_t block = 64, mostFeatures = 16;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

} // namespace

base::Result<std::shared_ptr<const NetworkPricer>> NetworkPricer::open(std::string_view teacher,
                                                                       const std::string& folder)
{
    const std::string file = networkFile(folder, teacher);
    auto model = TrainedModel::open(file);
    if (!model)
        return tl::make_unexpected(model.error());
    if (model->teacher->id() != teacher || model->teacher->featureCount() > mostFeatures)
        return base::badInput("network", file, "one that was taught by " + std::string(teacher));
    auto packed = PackedNetwork::pack(model->network);
    if (!packed)
        return tl::make_unexpected(packed.error());
    return std::shared_ptr<const NetworkPricer>(
        new NetworkPricer(std::move(*packed), std::move(model->recipe), model->teacher));
}

bool NetworkPricer::isInBox(Sample sample) const noexcept
{
    const std::span<const InputRange> inputs = m_teacher->inputs();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!(sample[i] >= inputs[i].low && sample[i] <= inputs[i].high))
            return false;
    }
    return true;
}

void NetworkPricer::price(std::span<const double> samples, std::span<double> prices,
                          std::span<double> bounds) const noexcept
{
    const std::size_t width = m_teacher->inputs().size(), features = m_teacher->featureCount();
    std::array<double, block * mostFeatures> columns;
    std::array<double, mostFeatures> row;
    std::array<std::span<const double>, mostFeatures> views;
    for (std::size_t from = 0; from < prices.size(); from += block) {
        const std::size_t count = std::min(block, prices.size() - from);
        for (std::size_t i = 0; i < count; ++i) {
            const Sample sample = samples.subspan((from + i) * width, width);
            if (isInBox(sample))
                m_teacher->features(sample, std::span(row).first(features));
            else
                row.fill(none);
            for (std::size_t k = 0; k < features; ++k)
                columns[k * block + i] = row[k];
        }
        for (std::size_t k = 0; k < features; ++k)
            views[k] = std::span<const double>(columns).subspan(k * block, count);
        const std::span<double> out = prices.subspan(from, count);
        m_network.evaluate(std::span(views).first(features), out);
        for (std::size_t i = 0; i < count; ++i) {
            const Sample sample = samples.subspan((from + i) * width, width);
            const bool isKnown = std::isfinite(out[i]);
            out[i] = isKnown ? m_teacher->form(sample).price(out[i]) : none;
            if (!bounds.empty())
                bounds[from + i] = isKnown ? boundAt(sample) : none;
        }
    }
}

} // namespace vegadesk::learning

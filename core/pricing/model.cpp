#include "pricing/model.h"

#include "pricing/models/entries.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::pricing
{

std::span<const ModelInfo> models()
{
    static const std::vector<ModelInfo> all{blackScholesModel(), americanModel(),       mertonModel(),
                                            hestonModel(),       americanHestonModel(), batesModel()};
    return all;
}

base::Result<const ModelInfo*> findModel(std::string_view id)
{
    const std::span<const ModelInfo> all = models();
    const auto found = std::ranges::find(all, id, &ModelInfo::id);
    if (found != all.end())
        return &*found;
    std::vector<std::string> ids;
    std::ranges::transform(all, std::back_inserter(ids), &ModelInfo::id);
    return base::badInput("model", id, fmt::format("one of {}", fmt::join(ids, ", ")));
}

base::Result<std::unique_ptr<Model>> makeModel(std::string_view id, std::span<const ParameterValue> values)
{
    const auto info = findModel(id);
    if (!info)
        return tl::make_unexpected(info.error());
    base::Parameters parameters((*info)->parameters);
    for (const ParameterValue& each : values) {
        if (const auto set = parameters.set(each.name, each.value); !set)
            return tl::make_unexpected(set.error());
    }
    return (*info)->make(parameters);
}

} // namespace vegadesk::pricing

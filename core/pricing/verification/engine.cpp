#include "pricing/verification/engine.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::pricing::verification
{

std::span<const Engine> engines()
{
    static const std::vector<Engine> all = [] {
        std::vector<Engine> both;
        for (const std::span<const Engine> each : {fastEngines(), quantLibEngines()})
            both.insert(both.end(), each.begin(), each.end());
        return both;
    }();
    return all;
}

std::vector<std::string_view> engineNames()
{
    std::vector<std::string_view> names;
    for (const Engine& each : engines()) {
        if (std::ranges::find(names, each.name) == names.end())
            names.push_back(each.name);
    }
    return names;
}

base::Result<Engine> findEngine(std::string_view name, std::string_view kind, std::span<const Engine> among)
{
    std::vector<std::string_view> itsKinds;
    for (const Engine& each : among) {
        if (each.name != name)
            continue;
        if (each.kind == kind)
            return each;
        itsKinds.push_back(each.kind);
    }
    if (itsKinds.empty())
        return base::badInput("engine", name, fmt::format("one of {}", fmt::join(engineNames(), ", ")));
    return base::badInput("kind", kind, fmt::format("engine {} has {}", name, fmt::join(itsKinds, ", ")));
}

} // namespace vegadesk::pricing::verification

#include "pricing/verification/engine.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::pricing::verification
{

namespace
{

std::vector<Engine> allEngines()
{
    std::vector<Engine> all;
    for (const std::span<const Engine> each : {fastEngines(), quantLibEngines()})
        all.insert(all.end(), each.begin(), each.end());
    return all;
}

} // namespace

std::vector<std::string_view> engineNames()
{
    std::vector<std::string_view> names;
    for (const Engine& each : allEngines()) {
        if (std::ranges::find(names, each.name) == names.end())
            names.push_back(each.name);
    }
    return names;
}

base::Result<Engine> findEngine(std::string_view name, std::string_view kind)
{
    std::vector<std::string_view> itsKinds;
    for (const Engine& each : allEngines()) {
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

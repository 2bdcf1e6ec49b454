#include "faults/scenario.h"

#include <QtGlobal>

#include <fmt/format.h>

namespace vegadesk::faults
{

std::uint64_t seedsToRun(std::uint64_t usual)
{
    const std::uint64_t wanted = qgetenv("VEGADESK_FAULT_SEEDS").toULongLong();
    return wanted > 0 ? wanted : usual;
}

std::string runSeeds(const std::string& scenario, std::uint64_t seeds, const std::function<void(World&)>& script)
{
    const QByteArray named = qgetenv("VEGADESK_FAULT_SCENARIO");
    if (!named.isEmpty() && named != QByteArray::fromStdString(scenario))
        return {};
    const std::uint64_t only = qgetenv("VEGADESK_FAULT_SEED").toULongLong();
    seeds = seedsToRun(seeds);
    for (std::uint64_t seed = only > 0 ? only : 1; seed <= (only > 0 ? only : seeds); ++seed) {
        World world(seed);
        script(world);
        if (!world.isBroken())
            continue;
        for (const std::string& line : world.picture())
            qInfo("  %s", line.c_str());
        return fmt::format("VEGADESK_FAULT_SCENARIO='{}' VEGADESK_FAULT_SEED={}: {}", scenario, seed,
                           world.invariants.broken().front());
    }
    return {};
}

} // namespace vegadesk::faults

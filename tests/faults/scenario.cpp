#include "faults/scenario.h"

#include <QtGlobal>

#include <fmt/format.h>

namespace vegadesk::faults
{

std::string runSeeds(const std::string& scenario, std::uint64_t seeds, const std::function<void(World&)>& script)
{
    const QByteArray named = qgetenv("VEGADESK_FAULT_SCENARIO");
    if (!named.isEmpty() && named != QByteArray::fromStdString(scenario))
        return {};
    const std::uint64_t only = qgetenv("VEGADESK_FAULT_SEED").toULongLong();
    if (const std::uint64_t more = qgetenv("VEGADESK_FAULT_SEEDS").toULongLong(); more > 0)
        seeds = more;
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

#include "faults/scenario.h"

#include <QtGlobal>

#include <fmt/format.h>

namespace vegadesk::faults
{

bool isPassedOver(const std::string& scenario)
{
    const QByteArray only = qgetenv("VEGADESK_FAULT_SCENARIO");
    return !only.isEmpty() && only != QByteArray::fromStdString(scenario);
}

std::string runSeeds(const std::string& scenario, std::uint64_t seeds, const std::function<void(World&)>& script)
{
    if (isPassedOver(scenario))
        return {};
    const std::uint64_t only = qgetenv("VEGADESK_FAULT_SEED").toULongLong();
    for (std::uint64_t seed = only > 0 ? only : 1; seed <= (only > 0 ? only : seeds); ++seed) {
        World world(seed);
        script(world);
        if (world.isBroken())
            return fmt::format("VEGADESK_FAULT_SCENARIO='{}' VEGADESK_FAULT_SEED={}: {}", scenario, seed,
                               world.invariants.broken().front());
    }
    return {};
}

} // namespace vegadesk::faults

#pragma once

#include "faults/world.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace vegadesk::faults
{

struct Scenario {
    const char* name;
    void (*run)(World&);
    std::uint64_t seeds = 20;
};

/// A row of the domain reference's list of faults, E3, and what plays it.
struct FaultRow {
    int number;
    const char* fault;
    std::vector<Scenario> scenarios;
    /// Tests, as paths from the root, of what of it lies outside the client or is played elsewhere.
    std::vector<const char*> elsewhere = {};
};
const std::vector<FaultRow>& faultTable();

/// `usual`, or what VEGADESK_FAULT_SEEDS says: more for a long run, fewer under the sanitizers.
std::uint64_t seedsToRun(std::uint64_t usual);

/// Runs `script` in a new world for each seed from 1 to `seeds`, until one run breaks. Empty when all went well; else what
/// went wrong, with scenario and seed. To replay one run: VEGADESK_FAULT_SCENARIO (other scenarios are passed over) and
/// VEGADESK_FAULT_SEED. The count is seedsToRun(seeds).
std::string runSeeds(const std::string& scenario, std::uint64_t seeds, const std::function<void(World&)>& script);

/// One of `choices`, by the world's chance.
template<class T>
const T& anyOf(World& world, const std::vector<T>& choices)
{
    return choices.at(static_cast<std::size_t>(world.chance.integer(0, static_cast<std::int64_t>(choices.size()) - 1)));
}
inline base::Nanos upTo(World& world, base::Nanos most)
{
    return base::Nanos(world.chance.integer(0, most.count()));
}

} // namespace vegadesk::faults

#pragma once

#include "faults/world.h"

#include <cstdint>
#include <functional>
#include <string>

namespace vegadesk::faults
{

/// Runs `script` in a new world for each seed from 1 to `seeds`, until one run breaks. Empty when all went well; else what
/// went wrong, with scenario and seed. To replay one run: VEGADESK_FAULT_SCENARIO (other scenarios are passed over) and
/// VEGADESK_FAULT_SEED.
std::string runSeeds(const std::string& scenario, std::uint64_t seeds, const std::function<void(World&)>& script);

/// Whether VEGADESK_FAULT_SCENARIO leaves it out.
bool isPassedOver(const std::string& scenario);

} // namespace vegadesk::faults

#include "strategies/neutral/wings.h"

namespace vegadesk::strategies
{

void addWingSpecs(std::vector<base::ParameterSpec>& specs, bool byDeltaFirst, double delta, double width)
{
    using enum base::ParameterKind;
    specs.push_back({.name = "wings",
                     .about = "Whether the long strikes are chosen by delta or by distance.",
                     .kind = Choice,
                     .fallback = byDeltaFirst ? 0.0 : 1.0,
                     .choices = {"delta", "width"}});
    specs.push_back({.name = "wing_delta",
                     .unit = "delta",
                     .about = "Absolute delta of the long options (with wings delta).",
                     .minimum = 0.01,
                     .maximum = 0.4,
                     .fallback = delta});
    specs.push_back({.name = "wing_width",
                     .unit = "dollars",
                     .about = "Distance from each short strike to its long one (with wings width).",
                     .minimum = 0.5,
                     .maximum = 1000,
                     .fallback = width});
}

LegRule wingOf(const base::Parameters& parameters, market::Right right, std::size_t from)
{
    constexpr double deltaTolerance = 0.06;
    LegRule leg{.name = "wing", .isBought = true, .right = right, .from = from};
    if (parameters.choice("wings") == "delta") {
        leg.value = parameters["wing_delta"];
        leg.tolerance = deltaTolerance;
    } else {
        leg.by = StrikeBy::Distance;
        leg.value = parameters["wing_width"];
        leg.tolerance = 0.5 * leg.value;
    }
    return leg;
}

} // namespace vegadesk::strategies

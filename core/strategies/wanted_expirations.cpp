#include "strategies/wanted_expirations.h"

namespace vegadesk::strategies
{

std::vector<int> daysWanted(const base::Parameters& parameters)
{
    std::vector<int> days;
    for (const base::ParameterSpec& spec : parameters.specs()) {
        if (spec.unit == "days" && (spec.name.ends_with("days_to_expiry") || spec.name == "far_days"))
            days.push_back(static_cast<int>(parameters.integer(spec.name)));
    }
    return days;
}

} // namespace vegadesk::strategies

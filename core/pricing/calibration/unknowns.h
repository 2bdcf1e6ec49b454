#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

namespace vegadesk::pricing::calibration
{

/// How a search sees a parameter: by its logarithm, its inverse hyperbolic tangent, or itself.
enum class Scale : std::uint8_t { Log, Tanh, Plain };

/// One unknown of a search.
struct Unknown {
    std::string_view name;
    Scale scale = Scale::Plain;
    double low = 0, high = 0; ///< of the parameter
};

inline double toUnknown(Scale scale, double parameter)
{
    return scale == Scale::Log ? std::log(parameter) : scale == Scale::Tanh ? std::atanh(parameter) : parameter;
}
inline double toParameter(Scale scale, double unknown)
{
    return scale == Scale::Log ? std::exp(unknown) : scale == Scale::Tanh ? std::tanh(unknown) : unknown;
}
/// d parameter / d unknown.
inline double slopeOf(Scale scale, double parameter)
{
    return scale == Scale::Log ? parameter : scale == Scale::Tanh ? 1 - parameter * parameter : 1;
}

/// Whether a search came to rest at an end of its range: it creeps up to one as well as being put on it.
inline bool isAtEnd(double unknown, double low, double high)
{
    constexpr double nearness = 1e-4; // of the range
    const double share = (unknown - low) / (high - low);
    return share < nearness || share > 1 - nearness;
}

} // namespace vegadesk::pricing::calibration

#pragma once

#include <string>

namespace vegadesk::trading
{

/// A member of an index, or of what stands for it.
struct Constituent {
    std::string underlying;
    double weight = 0; ///< > 0

    friend bool operator==(const Constituent&, const Constituent&) = default;
};

} // namespace vegadesk::trading

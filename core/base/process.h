#pragma once

#include <cstdint>

namespace vegadesk::base
{

/// A process of this computer with that number is there, whoever's it is. What a lock file says of one that is gone is no reason.
bool isProcessRunning(std::int64_t process) noexcept;

} // namespace vegadesk::base

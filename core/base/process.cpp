#include "base/process.h"

#include <cerrno>
#include <csignal>

namespace vegadesk::base
{

bool isProcessRunning(std::int64_t process) noexcept
{
    // Signal 0 is not sent; 0 and below would ask for groups.
    return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

} // namespace vegadesk::base

#include "process_start.h"

#include "base/clock.h"

#include <fstream>
#include <sstream>
#include <string>

#include <time.h>
#include <unistd.h>

namespace vegadesk
{

base::Instant processStart()
{
    const base::Instant now = base::SystemClock().now();
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    // The second field is the program's name in parentheses and may hold anything; the rest is numbers.
    const std::size_t name = line.rfind(')');
    timespec sinceBoot{};
    const long ticksPerSecond = sysconf(_SC_CLK_TCK);
    if (name == std::string::npos || ticksPerSecond <= 0 || clock_gettime(CLOCK_BOOTTIME, &sinceBoot) != 0)
        return now;
    std::istringstream rest(line.substr(name + 1));
    std::string field;
    constexpr int startTimeField = 22, afterName = 3; // proc(5) counts from 1
    for (int number = afterName; number < startTimeField; ++number)
        rest >> field;
    long long startTicks = 0;
    if (!(rest >> startTicks))
        return now;
    const auto started = base::Nanos(startTicks * (1'000'000'000LL / ticksPerSecond));
    const auto age = std::chrono::seconds(sinceBoot.tv_sec) + base::Nanos(sinceBoot.tv_nsec) - started;
    return age > base::Nanos(0) ? now - age : now;
}

} // namespace vegadesk

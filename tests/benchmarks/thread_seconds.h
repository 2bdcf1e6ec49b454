#pragma once

#include <ctime>

namespace vegadesk::benchmarks
{

/// Of the processor, that this thread has had.
inline double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

} // namespace vegadesk::benchmarks

#include "interrupt.h"

#include <atomic>
#include <csignal>

namespace vegadesk::cli
{

namespace
{

std::atomic<bool> isInterrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set by a signal handler");

extern "C" void onInterrupt(int)
{
    isInterrupted = true;
}

} // namespace

void answerInterrupts(std::initializer_list<int> signals)
{
    for (const int each : signals)
        std::signal(each, onInterrupt);
}

bool wasInterrupted()
{
    return isInterrupted;
}

} // namespace vegadesk::cli

#include "interrupt.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <utility>

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

StopOnInterrupt::StopOnInterrupt(std::stop_source stop)
    : m_watch([stop = std::move(stop)](const std::stop_token& end) mutable {
          while (!end.stop_requested() && !wasInterrupted())
              std::this_thread::sleep_for(std::chrono::milliseconds(20)); // a handler can wake nobody
          if (wasInterrupted())
              stop.request_stop();
      })
{
}

} // namespace vegadesk::cli

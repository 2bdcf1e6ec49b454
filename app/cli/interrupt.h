#pragma once

#include <initializer_list>
#include <stop_token>
#include <thread>

namespace vegadesk::cli
{

/// From now on these signals (SIGINT for Ctrl-C, SIGTERM) end nothing by themselves: whoever works asks wasInterrupted() often.
void answerInterrupts(std::initializer_list<int> signals);
/// One of them has come.
bool wasInterrupted();

/// While it lives an interrupt requests a stop, for work that asks a token and calls nobody back.
class StopOnInterrupt
{
public:
    explicit StopOnInterrupt(std::stop_source stop);

private:
    std::jthread m_watch;
};

} // namespace vegadesk::cli

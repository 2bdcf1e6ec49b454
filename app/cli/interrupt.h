#pragma once

#include <initializer_list>

namespace vegadesk::cli
{

/// From now on these signals (SIGINT for Ctrl-C, SIGTERM) end nothing by themselves: whoever works asks wasInterrupted() often.
void answerInterrupts(std::initializer_list<int> signals);
/// One of them has come.
bool wasInterrupted();

} // namespace vegadesk::cli

#pragma once

#include "learning/doors/signal_library.h"

namespace vegadesk::learning::market_signals
{

/// The one that the plugin hands out.
const SignalLibrary& signalLibrary();

} // namespace vegadesk::learning::market_signals

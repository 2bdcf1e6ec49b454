#pragma once

#include "learning/doors/signal_library.h"

#include <string>

/// What the plugin with XGBoost in it hands out.
namespace vegadesk::learning::market_signals
{

struct SignalPlugin {
    int interface = 0; ///< signalInterface, or it was built with other headers than these
    const SignalLibrary* library = nullptr;
};

/// Raise it with every change of signal_types.h, signal_library.h or of this.
inline constexpr int signalInterface = 1;
/// The plugin's one symbol: const SignalPlugin* ().
inline constexpr const char* signalSymbol = "vegadeskSignalLibrary";

/// Where the plugin is.
std::string signalPluginFile();

/// Loads it, once in a process, and never lets it go. Any thread.
/// Errors  NotFound naming the file and what to do; BadInput where it is damaged or of another build.
base::Result<const SignalLibrary*> loadSignals();
/// The same of a given file, each time anew.
base::Result<const SignalLibrary*> loadSignals(const std::string& file);

} // namespace vegadesk::learning::market_signals

#include "learning/doors/signal_plugin.h"
#include "learning/signals/library.h"

extern "C" __attribute__((visibility("default"))) const vegadesk::learning::market_signals::SignalPlugin*
vegadeskSignalLibrary()
{
    using namespace vegadesk::learning::market_signals;
    static const SignalPlugin plugin{signalInterface, &signalLibrary()};
    return &plugin;
}

#include "learning/doors/signal_plugin.h"

#include "learning/doors/plugin_file.h"

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr PluginKind kind{"vegadesk-signals", signalSymbol, "the plugin for signals", "XGBoost"};

} // namespace

std::string signalPluginFile()
{
    return pluginFile(kind);
}

base::Result<const SignalLibrary*> loadSignals(const std::string& file)
{
    const auto symbol = openPlugin(kind, file);
    if (!symbol)
        return tl::make_unexpected(symbol.error());
    using Entry = const SignalPlugin* (*)();
    const SignalPlugin* const plugin = reinterpret_cast<Entry>(*symbol)();
    if (plugin == nullptr || plugin->interface != signalInterface || plugin->library == nullptr)
        return foreignPlugin(kind, file);
    return plugin->library;
}

base::Result<const SignalLibrary*> loadSignals()
{
    static const base::Result<const SignalLibrary*> loaded = loadSignals(signalPluginFile());
    return loaded;
}

} // namespace vegadesk::learning::market_signals

#include "learning/torch/plugin.h"

#include "learning/doors/plugin_file.h"

namespace vegadesk::learning
{

namespace
{

constexpr PluginKind kind{"vegadesk-trainer", trainerSymbol, "the trainer", "LibTorch"};

} // namespace

std::string trainerFile()
{
    return pluginFile(kind);
}

base::Result<const TrainerPlugin*> loadTrainer(const std::string& file)
{
    const auto symbol = openPlugin(kind, file);
    if (!symbol)
        return tl::make_unexpected(symbol.error());
    using Entry = const TrainerPlugin* (*)();
    const TrainerPlugin* const plugin = reinterpret_cast<Entry>(*symbol)();
    if (plugin == nullptr || plugin->interface != trainerInterface)
        return foreignPlugin(kind, file);
    return plugin;
}

base::Result<const TrainerPlugin*> loadTrainer()
{
    static const base::Result<const TrainerPlugin*> loaded = loadTrainer(trainerFile());
    return loaded;
}

} // namespace vegadesk::learning

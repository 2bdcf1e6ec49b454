#include "learning/torch/plugin.h"

#include <array>
#include <climits>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <unistd.h>

namespace vegadesk::learning
{

namespace
{

std::filesystem::path folderOfProgram()
{
    std::error_code none;
    return std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
}

} // namespace

std::string trainerFile()
{
    const char* const named = std::getenv("VEGADESK_PLUGINS");
    const std::filesystem::path folder =
        named != nullptr && *named != '\0' ? std::filesystem::path(named) : folderOfProgram() / VEGADESK_PLUGIN_FOLDER;
    return (folder / "vegadesk-trainer.so").lexically_normal().string();
}

base::Result<const TrainerPlugin*> loadTrainer(const std::string& file)
{
    if (std::error_code none; !std::filesystem::exists(file, none))
        return base::fail(
            base::ErrorKind::NotFound, "plugin", file,
            "the trainer that is installed with Vegadesk; build the target vegadesk-trainer, or name its folder in "
            "VEGADESK_PLUGINS");
    void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return base::fail(base::ErrorKind::BadInput, "plugin", file,
                          "a library that can be loaded, with LibTorch installed", ::dlerror());
    using Entry = const TrainerPlugin* (*)();
    const auto entry = reinterpret_cast<Entry>(::dlsym(library, trainerSymbol));
    const TrainerPlugin* const plugin = entry != nullptr ? entry() : nullptr;
    if (plugin == nullptr || plugin->interface != trainerInterface)
        return base::fail(base::ErrorKind::BadInput, "plugin", file, "the trainer of this build of Vegadesk");
    return plugin;
}

base::Result<const TrainerPlugin*> loadTrainer()
{
    static const base::Result<const TrainerPlugin*> loaded = loadTrainer(trainerFile());
    return loaded;
}

} // namespace vegadesk::learning

#include "learning/doors/plugin_file.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <fmt/format.h>

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

std::string pluginFile(const PluginKind& kind)
{
    const char* const named = std::getenv("VEGADESK_PLUGINS");
    const std::filesystem::path folder =
        named != nullptr && *named != '\0' ? std::filesystem::path(named) : folderOfProgram() / VEGADESK_PLUGIN_FOLDER;
    return (folder / (std::string(kind.target) + ".so")).lexically_normal().string();
}

base::Result<void*> openPlugin(const PluginKind& kind, const std::string& file)
{
    if (std::error_code none; !std::filesystem::exists(file, none))
        return base::fail(base::ErrorKind::NotFound, "plugin", file,
                          fmt::format("{} that is installed with Vegadesk; build the target {}, or name its folder in "
                                      "VEGADESK_PLUGINS",
                                      kind.what, kind.target));
    void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return base::fail(base::ErrorKind::BadInput, "plugin", file,
                          fmt::format("a library that can be loaded, with {} installed", kind.needs), ::dlerror());
    void* const symbol = ::dlsym(library, kind.symbol);
    if (symbol == nullptr)
        return foreignPlugin(kind, file);
    return symbol;
}

tl::unexpected<base::Error> foreignPlugin(const PluginKind& kind, const std::string& file)
{
    return base::fail(base::ErrorKind::BadInput, "plugin", file,
                      fmt::format("{} of this build of Vegadesk", kind.what));
}

} // namespace vegadesk::learning

#include "learning/pricer/networks_folder.h"

#include <cstdlib>
#include <filesystem>

namespace vegadesk::learning
{

std::string networksFolder()
{
    const char* const named = std::getenv("VEGADESK_NETWORKS");
    if (named != nullptr && *named != '\0')
        return named;
    std::error_code none;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", none);
    return (program.parent_path() / VEGADESK_NETWORKS_FOLDER).lexically_normal().string();
}

std::string networkFile(const std::string& folder, std::string_view teacher)
{
    return (std::filesystem::path(folder) / (std::string(teacher) + ".network")).string();
}

} // namespace vegadesk::learning

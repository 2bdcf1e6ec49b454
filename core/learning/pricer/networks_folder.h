#pragma once

#include <string>
#include <string_view>

namespace vegadesk::learning
{

/// Where the networks are that come with the program: the folder that VEGADESK_NETWORKS names, else the one that belongs to this program.
std::string networksFolder();

/// The file of the network of one teacher in such a folder.
std::string networkFile(const std::string& folder, std::string_view teacher);

} // namespace vegadesk::learning

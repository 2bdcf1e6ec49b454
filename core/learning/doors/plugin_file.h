#pragma once

#include "base/error.h"

#include <string>

/// Plugins: files beside the programs with libraries in them that would cost every start time and memory. Each is loaded when it is
/// first asked for, and never let go.
namespace vegadesk::learning
{

struct PluginKind {
    const char* target; ///< of the build, and without .so the file's name: "vegadesk-trainer"
    const char* symbol; ///< the one that it exports, a function
    const char* what;   ///< as it is spoken of: "the trainer"
    const char* needs;  ///< library that must be installed: "LibTorch"
};

/// Where it lies: in the folder that VEGADESK_PLUGINS names, else in the one that belongs to this program.
std::string pluginFile(const PluginKind& kind);

/// Loads the file, and answers its symbol.
/// Errors  NotFound naming the file and what to do; BadInput where it is damaged, or none of ours.
base::Result<void*> openPlugin(const PluginKind& kind, const std::string& file);
/// BadInput: it is a plugin, but not of this build.
tl::unexpected<base::Error> foreignPlugin(const PluginKind& kind, const std::string& file);

} // namespace vegadesk::learning

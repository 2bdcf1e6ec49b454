#pragma once

#include "pricing/verification/case.h"

#include <map>
#include <string_view>
#include <vector>

namespace vegadesk::pricing::verification
{

/// What an engine answers to a row: columns by name. NaN means that it has no value there.
using Answers = std::map<std::string_view, double>;
using Evaluate = base::Result<Answers> (*)(const Case& row);

/// One engine's function for one kind of file.
struct Engine {
    std::string_view name; ///< "fast" is ours
    std::string_view kind;
    Evaluate evaluate = nullptr;
};

std::span<const Engine> fastEngines();
std::span<const Engine> quantLibEngines();

/// Both.
std::span<const Engine> engines();

/// Names of all engines, for help texts.
std::vector<std::string_view> engineNames();

/// Errors  BadInput with what there is: an unknown engine, or one that has no function for this kind.
base::Result<Engine> findEngine(std::string_view name, std::string_view kind,
                                std::span<const Engine> among = engines());

} // namespace vegadesk::pricing::verification

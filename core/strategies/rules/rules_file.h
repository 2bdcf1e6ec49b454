#pragma once

#include "strategies/strategy.h"

#include <string>
#include <string_view>

/// A user's own strategy without code: a Structure in a JSON file. The format is in docs/strategies.md.
namespace vegadesk::strategies
{

/// How the name of such a strategy begins; the file's path follows.
inline constexpr std::string_view rulesPrefix = "rules:";

/// The strategy that `json` describes. Its figures are parameters whose fallbacks are the file's, so that dialogs, command line
/// and sweeps treat it as any other.
/// Errors  what the file must not say, by its place in the file ("line 9, column 44: legs[1].delta"), what is found there and what
///         is allowed; a key that is not known is one of these. Of what is missing, the place of what it is missing in; of a text
///         that is no JSON, the place at which it ceases to be.
base::Result<StrategyInfo> rulesFromJson(std::string name, std::string_view json);

/// The one in the file that `name` says, which begins with rulesPrefix.
/// Errors  as above, and a file that cannot be read.
base::Result<StrategyInfo> loadRules(std::string_view name);

} // namespace vegadesk::strategies

#pragma once

#include "base/error.h"
#include "portfolio/attribution.h"

#include <QString>

#include <optional>

namespace vegadesk::desk
{

/// Where an account's profit came from so far, kept in a file beside its journal: what was made before a restart stays explained.
///
/// Errors  Storage, for a file that cannot be read, written, or is none of ours; a file that is not there is no error, and empty.
base::Result<std::optional<portfolio::AttributionState>> readAttribution(const QString& file);
/// Replaces it whole or leaves it as it was; for its owner's eyes only.
base::Result<void> writeAttribution(const QString& file, const portfolio::AttributionState& state);

} // namespace vegadesk::desk

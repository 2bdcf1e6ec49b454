#pragma once

#include "base/error.h"
#include "storage/database.h"

#include <span>
#include <vector>

namespace vegadesk::storage
{

/// What leads from one version of a schema to the next.
struct SchemaStep {
    std::vector<const char*> statements;
};

/// Brings the file to version steps.size(); step i leads from version i to i + 1, and an empty file is
/// version 0, so a new file and an old one go the same way. Each step is a transaction with its version
/// number: one that fails leaves the file at the version before, and usable by the program that wrote it.
/// Errors: a file of a newer version, and one that is not empty and not ours, are refused and not touched.
base::Result<void> upgradeSchema(Database& database, std::span<const SchemaStep> steps);
/// 0 for an empty file.
base::Result<int> schemaVersion(Database& database);

} // namespace vegadesk::storage

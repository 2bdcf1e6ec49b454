#pragma once

#include "storage/database.h"
#include "storage/schema.h"
#include "storage/sqlite_store.h"

#include <cstdint>
#include <vector>

namespace vegadesk::storage
{

/// Backtest runs as rows of the store.
SchemaStep runTable();

base::Result<std::int64_t> saveRun(Database& database, const StoredRun& run);
base::Result<std::vector<StoredRun>> readRuns(Database& database, int limit);

} // namespace vegadesk::storage

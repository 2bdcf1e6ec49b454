#pragma once

#include "execution/order.h"
#include "storage/database.h"
#include "storage/schema.h"

#include <span>
#include <vector>

namespace vegadesk::storage
{

/// Orders with their legs and fills as rows of the store.
SchemaStep orderTables();
/// Quantities were whole numbers before, and no order was for a value.
SchemaStep exactQuantities();

/// Adds the order, or replaces what is known of it; its fills are only ever added to, each once by its id.
base::Result<void> saveOrder(Database& database, const execution::Order& order);
/// Created at or after `since`, newest first.
base::Result<std::vector<execution::Order>> readOrders(Database& database, base::Instant since, int limit);
base::Result<std::vector<portfolio::Fill>> readFills(Database& database, base::Instant since, int limit);

} // namespace vegadesk::storage

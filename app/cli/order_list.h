#pragma once

#include "base/time.h"
#include "desk/views.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace vegadesk::cli
{

/// What a person names an order by: the broker's id, ours until there is one.
std::string idOf(const execution::Order& order);

/// Those that may still fill, and those that were made or changed on the New York date `today`; newest first, as they come.
std::vector<execution::Order> shownOrders(const std::vector<execution::Order>& orders, base::Date today);

/// Null where no order has that id, the broker's or ours.
const execution::Order* findOrder(const std::vector<execution::Order>& orders, std::string_view id);

/// "12 filled at 3.05 debit: buy to open …".
std::string toText(const execution::Order& order);
QJsonObject toJson(const execution::Order& order);

} // namespace vegadesk::cli

#include "order_list.h"

#include "desk/order_notices.h"
#include "json.h"
#include "market/calendar.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

std::string idOf(const execution::Order& order)
{
    return order.brokerId.empty() ? order.externalId : order.brokerId;
}

std::vector<execution::Order> shownOrders(const std::vector<execution::Order>& orders, base::Date today)
{
    std::vector<execution::Order> shown;
    std::ranges::copy_if(orders, std::back_inserter(shown), [today](const execution::Order& order) {
        return !execution::isTerminal(order.status) || market::newYorkDate(order.createdAt) == today ||
               market::newYorkDate(order.updatedAt) == today;
    });
    return shown;
}

const execution::Order* findOrder(const std::vector<execution::Order>& orders, std::string_view id)
{
    const auto found = std::ranges::find_if(orders, [id](const execution::Order& order) {
        return !id.empty() && (order.brokerId == id || order.externalId == id);
    });
    return found == orders.end() ? nullptr : &*found;
}

std::string toText(const execution::Order& order)
{
    std::string line = fmt::format("{} {}", idOf(order), execution::toText(order.status));
    if (const double paid = order.averageNetPrice(); std::isfinite(paid))
        line += fmt::format(" at {:.2f} {}", std::abs(paid), paid < 0 ? "credit" : "debit");
    line += fmt::format(": {}", desk::describe(order.intent).toStdString());
    return order.reason.empty() ? line : line + fmt::format(" ({})", order.reason);
}

QJsonObject toJson(const execution::Order& order)
{
    QJsonArray legs;
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        legs.append(QJsonObject{{"action", text(portfolio::toWire(leg.action))},
                                {"symbol", text(leg.symbol)},
                                {"quantity", number(leg.quantity.toDouble())},
                                {"filled", number(order.filledQuantity(leg.symbol).toDouble())}});
    const portfolio::OrderIntent& intent = order.intent;
    const QJsonValue limit = intent.price ? number(intent.price->toDouble()) : QJsonValue();
    return {{"id", text(idOf(order))},
            {"external_id", text(order.externalId)},
            {"status", text(execution::toText(order.status))},
            {"may_fill", !execution::isTerminal(order.status)},
            {"underlying", text(intent.underlying)},
            {"legs", legs},
            {"type", text(portfolio::toWire(intent.type))},
            {"limit", limit},
            {"effect", text(portfolio::toWire(intent.effect))},
            {"time_in_force", text(portfolio::toWire(intent.timeInForce))},
            {"average_price", number(order.averageNetPrice())}, // positive is paid
            {"reason", text(order.reason)},
            {"created_at", text(base::formatInstant(order.createdAt))},
            {"updated_at", text(base::formatInstant(order.updatedAt))}};
}

} // namespace vegadesk::cli

#include "ui/models/orders_model.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace vegadesk::ui
{

namespace
{
constexpr std::array columns{
    Column{QT_TRANSLATE_NOOP("Columns", "time"), QT_TRANSLATE_NOOP("Columns", "When it was made, New York time"),
           false},
    Column{QT_TRANSLATE_NOOP("Columns", "symbol"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "legs"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "type"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "limit"),
           QT_TRANSLATE_NOOP("Columns", "Net price of one unit; cr is received, db is paid")},
    Column{QT_TRANSLATE_NOOP("Columns", "status"), nullptr, false},
    Column{QT_TRANSLATE_NOOP("Columns", "filled"), QT_TRANSLATE_NOOP("Columns", "Units filled of units ordered")},
    Column{QT_TRANSLATE_NOOP("Columns", "average"),
           QT_TRANSLATE_NOOP("Columns", "Net price of one unit of what has filled")},
    Column{QT_TRANSLATE_NOOP("Columns", "reason"), nullptr, false},
};
static_assert(columns.size() == OrdersModel::ReasonColumn + 1);

/// Ours has our identifier; one placed elsewhere only the broker's.
const std::string& keyOf(const execution::Order& order)
{
    return order.externalId.empty() ? order.brokerId : order.externalId;
}

bool looksSame(const execution::Order& a, const execution::Order& b)
{
    return a.status == b.status && a.updatedAt == b.updatedAt && a.fills.size() == b.fills.size() &&
           a.reason == b.reason && a.intent == b.intent && a.complex == b.complex && a.waitsFor == b.waitsFor;
}

/// Before the legs of an order that others depend on.
QString partWord(OrderPart part)
{
    switch (part) {
    case OrderPart::Entry:
        return OrdersModel::tr("entry") + QStringLiteral(" · ");
    case OrderPart::Target:
        return OrdersModel::tr("↳ target") + QStringLiteral(" · ");
    case OrderPart::Stop:
        return OrdersModel::tr("↳ stop") + QStringLiteral(" · ");
    case OrderPart::Alone:
        break;
    }
    return {};
}

std::vector<execution::Order> together(const std::vector<execution::Order>& orders)
{
    std::vector<execution::Order> grouped;
    grouped.reserve(orders.size());
    std::set<std::string> seen;
    for (const execution::Order& order : orders) {
        if (order.complex.empty()) {
            grouped.push_back(order);
            continue;
        }
        if (!seen.insert(order.complex).second)
            continue;
        const auto first = std::ssize(grouped);
        for (const execution::Order& other : orders) {
            if (other.complex == order.complex)
                grouped.push_back(other);
        }
        std::stable_sort(grouped.begin() + first, grouped.end(),
                         [&](const execution::Order& a, const execution::Order& b) {
                             return partOf(a, orders) < partOf(b, orders);
                         });
    }
    return grouped;
}
} // namespace

OrderPart partOf(const execution::Order& order, const std::vector<execution::Order>& all)
{
    if (order.complex.empty())
        return OrderPart::Alone;
    const auto waitsForIt = [&](const execution::Order& other) { return other.waitsFor == order.externalId; };
    if (order.waitsFor.empty() && std::ranges::any_of(all, waitsForIt))
        return OrderPart::Entry;
    return order.intent.stopTrigger ? OrderPart::Stop : OrderPart::Target;
}

base::Quantity filledUnits(const execution::Order& order)
{
    if (order.intent.legs.size() == 1)
        return order.filledQuantity(order.intent.legs.front().symbol);
    const base::Quantity units = portfolio::unitCount(order.intent);
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        least = std::min(least, order.filledQuantity(leg.symbol) / (leg.quantity / units));
    return order.intent.legs.empty() ? 0 : least;
}

OrdersModel::OrdersModel(const Theme& theme, QObject* parent) : ColumnTable(columns, parent), m_theme(theme) {}

void OrdersModel::update(const std::vector<execution::Order>& orders)
{
    sync(m_orders, together(orders), keyOf, looksSame);
}

int OrdersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_orders.size());
}

QString OrdersModel::display(const execution::Order& order, int column) const
{
    switch (column) {
    case TimeColumn:
        return newYorkText(order.createdAt, QStringLiteral("HH:mm:ss"));
    case UnderlyingColumn:
        return text(order.intent.underlying);
    case LegsColumn:
        return partWord(partOf(order, m_orders)) + legsText(order.intent);
    case TypeColumn:
        return typeWord(order.intent.type) + u' ' + timeInForceWord(order.intent.timeInForce);
    case LimitColumn:
        if (order.intent.price)
            return netPriceText(portfolio::signedLimit(order.intent));
        return order.intent.stopTrigger
                   ? tr("at %1", "trigger of a stop").arg(number(order.intent.stopTrigger->toDouble(), 2))
                   : QString();
    case StatusColumn:
        return statusWord(order.status);
    case FilledColumn:
        return order.intent.value
                   ? quantityText(filledUnits(order)) // how many it was for, nobody said
                   : quantityText(filledUnits(order)) + u'/' + quantityText(portfolio::unitCount(order.intent));
    case AverageColumn:
        return order.fills.empty() ? QString() : netPriceText(order.averageNetPrice());
    case ReasonColumn:
        return text(order.reason);
    default:
        return {};
    }
}

QVariant OrdersModel::colour(const execution::Order& order, int column) const
{
    using execution::OrderStatus;
    if (column == StatusColumn) {
        switch (order.status) {
        case OrderStatus::Unknown:
            return m_theme.color(Role::Warning);
        case OrderStatus::Rejected:
            return m_theme.color(Role::Loss);
        case OrderStatus::Filled:
            return m_theme.color(Role::Gain);
        case OrderStatus::Working:
        case OrderStatus::PartiallyFilled:
        case OrderStatus::ReplaceRequested:
            return m_theme.color(Role::Accent);
        default:
            return m_theme.color(Role::Dim);
        }
    }
    if (column == ReasonColumn && order.status == OrderStatus::Unknown)
        return m_theme.color(Role::Warning);
    return column == TimeColumn || column == TypeColumn || column == ReasonColumn ? QVariant(m_theme.color(Role::Dim))
                                                                                  : QVariant();
}

QVariant OrdersModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const execution::Order& order = m_orders[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return display(order, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ForegroundRole:
        return colour(order, index.column());
    case Qt::ToolTipRole:
        if (index.column() == StatusColumn)
            return statusHelp(order.status);
        if (index.column() == TimeColumn)
            return tr("made %1\nlast change %2\nours %3\nbroker's %4")
                .arg(newYorkText(order.createdAt, QStringLiteral("d MMM HH:mm:ss.zzz")),
                     newYorkText(order.updatedAt, QStringLiteral("d MMM HH:mm:ss.zzz")), text(order.externalId),
                     text(order.brokerId));
        if (index.column() == LimitColumn && order.intent.stopTrigger)
            return tr("trigger %1").arg(number(order.intent.stopTrigger->toDouble(), 2));
        if (index.column() == TypeColumn)
            return typeWord(order.intent.type) + u' ' + timeText(order.intent);
        if (index.column() == UnderlyingColumn)
            return order.isExternal ? tr("Placed elsewhere (phone or web)")
                                    : tr("From: %1").arg(text(order.intent.origin));
        return display(order, index.column());
    default:
        return {};
    }
}

} // namespace vegadesk::ui

#include "storage/order_table.h"

#include "market/instrument.h"

#include <QString>

#include <optional>
#include <string>

namespace vegadesk::storage
{

namespace
{

qlonglong nanos(base::Instant instant)
{
    return instant.time_since_epoch().count();
}

base::Instant instantAt(const QSqlQuery& query, int column)
{
    return base::Instant(base::Nanos(query.value(column).toLongLong()));
}

QVariant priceColumn(const std::optional<base::Decimal>& price)
{
    return price ? QVariant(static_cast<qlonglong>(price->units())) : QVariant(QMetaType::fromType<qlonglong>());
}

std::optional<base::Decimal> priceAt(const QSqlQuery& query, int column)
{
    if (query.isNull(column))
        return std::nullopt;
    return base::Decimal::fromUnits(query.value(column).toLongLong());
}

/// Orders placed elsewhere have no identifier of ours.
std::string rowId(const execution::Order& order)
{
    return order.externalId.empty() ? "broker:" + order.brokerId : order.externalId;
}

/// Prepares and executes with `values` in order.
base::Result<QSqlQuery> run(Database& database, const QString& statement, const QVariantList& values)
{
    auto query = database.prepare(statement);
    if (!query)
        return query;
    for (const QVariant& value : values)
        query->addBindValue(value);
    if (const auto done = database.execute(*query); !done)
        return tl::make_unexpected(done.error());
    return query;
}

/// Calls `take` for each row until it fails.
template<class Take>
base::Result<void> eachRow(Database& database, QSqlQuery& query, Take take)
{
    while (query.next())
        if (const base::Result<void> taken = take(query); !taken)
            return taken;
    if (query.lastError().isValid())
        return tl::make_unexpected(database.error("read", query.lastError()));
    return {};
}

/// Assigns a parsed word, or passes its error on.
template<class T>
base::Result<void> assign(T& target, const base::Result<T>& parsed)
{
    if (!parsed)
        return tl::make_unexpected(parsed.error());
    target = *parsed;
    return {};
}

base::Result<void> readIntent(portfolio::OrderIntent& intent, const QSqlQuery& query)
{
    intent.underlying = fromColumn(query.value(3));
    intent.price = priceAt(query, 7);
    intent.stopTrigger = priceAt(query, 9);
    intent.value = priceAt(query, 17);
    intent.origin = fromColumn(query.value(10));
    intent.group = fromColumn(query.value(11));
    if (!query.isNull(6)) {
        const auto date = base::parseDate(fromColumn(query.value(6)), "gtc_date");
        if (!date)
            return tl::make_unexpected(date.error());
        intent.gtcDate = *date;
    }
    if (const auto done = assign(intent.type, portfolio::orderTypeFromWire(fromColumn(query.value(4)))); !done)
        return done;
    if (const auto done = assign(intent.timeInForce, portfolio::timeInForceFromWire(fromColumn(query.value(5)))); !done)
        return done;
    if (query.isNull(8)) // no word on the wire stands for "no effect"
        return {};
    return assign(intent.effect, portfolio::priceEffectFromWire(fromColumn(query.value(8))));
}

base::Result<execution::Order> readOrder(const QSqlQuery& query)
{
    execution::Order order;
    order.externalId = fromColumn(query.value(1));
    order.brokerId = fromColumn(query.value(2));
    order.reason = fromColumn(query.value(13));
    order.isExternal = query.value(14).toBool();
    order.createdAt = instantAt(query, 15);
    order.updatedAt = instantAt(query, 16);
    if (const auto done = readIntent(order.intent, query); !done)
        return tl::make_unexpected(done.error());
    if (const auto done = assign(order.status, execution::orderStatusFromText(fromColumn(query.value(12)))); !done)
        return tl::make_unexpected(done.error());
    return order;
}

base::Result<portfolio::OrderLeg> readLeg(const QSqlQuery& query)
{
    portfolio::OrderLeg leg;
    leg.symbol = fromColumn(query.value(0));
    leg.quantity = base::Quantity::fromUnits(query.value(3).toLongLong());
    if (const auto done = assign(leg.type, market::instrumentTypeFromWire(fromColumn(query.value(1)))); !done)
        return tl::make_unexpected(done.error());
    if (const auto done = assign(leg.action, portfolio::actionFromWire(fromColumn(query.value(2)))); !done)
        return tl::make_unexpected(done.error());
    return leg;
}

constexpr auto fillColumns =
    "SELECT fill_id, broker_order_id, symbol, action, quantity_e8, price_e8, at_ns FROM fills ";

base::Result<portfolio::Fill> readFill(const QSqlQuery& query)
{
    portfolio::Fill fill;
    fill.fillId = fromColumn(query.value(0));
    fill.orderId = fromColumn(query.value(1));
    fill.symbol = fromColumn(query.value(2));
    fill.quantity = base::Quantity::fromUnits(query.value(4).toLongLong());
    fill.price = base::Decimal::fromUnits(query.value(5).toLongLong());
    fill.at = instantAt(query, 6);
    if (const auto done = assign(fill.action, portfolio::actionFromWire(fromColumn(query.value(3)))); !done)
        return tl::make_unexpected(done.error());
    return fill;
}

base::Result<std::vector<portfolio::Fill>> readFills(Database& database, const QString& condition,
                                                     const QVariantList& values)
{
    auto query = run(database, QLatin1String(fillColumns) + condition, values);
    if (!query)
        return tl::make_unexpected(query.error());
    std::vector<portfolio::Fill> fills;
    const auto read = eachRow(database, *query, [&](const QSqlQuery& row) -> base::Result<void> {
        auto fill = readFill(row);
        if (!fill)
            return tl::make_unexpected(fill.error());
        fills.push_back(std::move(*fill));
        return {};
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return fills;
}

base::Result<void> readParts(Database& database, execution::Order& order)
{
    const QVariant id = toColumn(rowId(order));
    auto legs = run(database,
                    QStringLiteral("SELECT symbol, instrument_type, action, quantity_e8 FROM order_legs"
                                   " WHERE order_id = ? ORDER BY position"),
                    {id});
    if (!legs)
        return tl::make_unexpected(legs.error());
    auto read = eachRow(database, *legs, [&](const QSqlQuery& row) -> base::Result<void> {
        auto leg = readLeg(row);
        if (!leg)
            return tl::make_unexpected(leg.error());
        order.intent.legs.push_back(std::move(*leg));
        return {};
    });
    if (!read)
        return read;
    auto fills = readFills(database, QStringLiteral("WHERE order_id = ? ORDER BY at_ns, rowid"), {id});
    return assign(order.fills, fills);
}

} // namespace

SchemaStep orderTables()
{
    return {{
        "CREATE TABLE orders ("
        " id PRIMARY KEY NOT NULL, external_id NOT NULL, broker_id NOT NULL, underlying NOT NULL,"
        " type NOT NULL, time_in_force NOT NULL, gtc_date, price_e8 INTEGER, effect, stop_trigger_e8 INTEGER,"
        " origin NOT NULL, strategy_group NOT NULL, status NOT NULL, reason NOT NULL, is_external INTEGER "
        "NOT NULL,"
        " created_ns INTEGER NOT NULL, updated_ns INTEGER NOT NULL)",
        "CREATE INDEX orders_by_creation ON orders (created_ns)",
        "CREATE TABLE order_legs ("
        " order_id NOT NULL REFERENCES orders (id), position INTEGER NOT NULL, symbol NOT NULL,"
        " instrument_type NOT NULL, action NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (order_id, "
        "position))",
        "CREATE TABLE fills ("
        " order_id NOT NULL REFERENCES orders (id), fill_id NOT NULL, broker_order_id NOT NULL, symbol NOT "
        "NULL,"
        " action NOT NULL, quantity INTEGER NOT NULL, price_e8 INTEGER NOT NULL, at_ns INTEGER NOT NULL,"
        " UNIQUE (order_id, fill_id))",
        "CREATE INDEX fills_by_time ON fills (at_ns)",
    }};
}

SchemaStep exactQuantities()
{
    return {{
        "ALTER TABLE order_legs RENAME COLUMN quantity TO quantity_e8",
        "UPDATE order_legs SET quantity_e8 = quantity_e8 * 100000000",
        "ALTER TABLE fills RENAME COLUMN quantity TO quantity_e8",
        "UPDATE fills SET quantity_e8 = quantity_e8 * 100000000",
        "ALTER TABLE orders ADD COLUMN value_e8 INTEGER",
    }};
}

base::Result<void> saveOrder(Database& database, const execution::Order& order)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    const portfolio::OrderIntent& intent = order.intent;
    const QVariant id = toColumn(rowId(order));
    const QVariant none(QMetaType::fromType<QString>());

    if (const auto saved =
            run(database,
                QStringLiteral(
                    "INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {id, toColumn(order.externalId), toColumn(order.brokerId), toColumn(intent.underlying),
                 toColumn(toWire(intent.type)), toColumn(toWire(intent.timeInForce)),
                 intent.gtcDate ? toColumn(base::formatDate(*intent.gtcDate)) : none, priceColumn(intent.price),
                 intent.effect == portfolio::PriceEffect::None ? none : toColumn(toWire(intent.effect)),
                 priceColumn(intent.stopTrigger), toColumn(intent.origin), toColumn(intent.group),
                 toColumn(toText(order.status)), toColumn(order.reason), order.isExternal, nanos(order.createdAt),
                 nanos(order.updatedAt), priceColumn(intent.value)});
        !saved)
        return tl::make_unexpected(saved.error());
    if (const auto cleared = run(database, QStringLiteral("DELETE FROM order_legs WHERE order_id = ?"), {id}); !cleared)
        return tl::make_unexpected(cleared.error());
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const portfolio::OrderLeg& leg = intent.legs[i];
        const auto saved = run(database, QStringLiteral("INSERT INTO order_legs VALUES (?, ?, ?, ?, ?, ?)"),
                               {id, static_cast<qlonglong>(i), toColumn(leg.symbol), toColumn(market::toWire(leg.type)),
                                toColumn(portfolio::toWire(leg.action)), static_cast<qlonglong>(leg.quantity.units())});
        if (!saved)
            return tl::make_unexpected(saved.error());
    }
    for (const portfolio::Fill& fill : order.fills) {
        const auto saved = run(database, QStringLiteral("INSERT OR IGNORE INTO fills VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
                               {id, toColumn(fill.fillId), toColumn(fill.orderId), toColumn(fill.symbol),
                                toColumn(portfolio::toWire(fill.action)), static_cast<qlonglong>(fill.quantity.units()),
                                static_cast<qlonglong>(fill.price.units()), nanos(fill.at)});
        if (!saved)
            return tl::make_unexpected(saved.error());
    }
    return transaction->commit();
}

base::Result<std::vector<execution::Order>> readOrders(Database& database, base::Instant since, int limit)
{
    auto query = run(database,
                     QStringLiteral("SELECT id, external_id, broker_id, underlying, type, time_in_force, gtc_date,"
                                    " price_e8, effect, stop_trigger_e8, origin, strategy_group, status, reason,"
                                    " is_external, created_ns, updated_ns, value_e8 FROM orders WHERE created_ns >= ?"
                                    " ORDER BY created_ns DESC, rowid DESC LIMIT ?"),
                     {nanos(since), limit});
    if (!query)
        return tl::make_unexpected(query.error());
    std::vector<execution::Order> orders;
    const auto read = eachRow(database, *query, [&](const QSqlQuery& row) -> base::Result<void> {
        auto order = readOrder(row);
        if (!order)
            return tl::make_unexpected(order.error());
        orders.push_back(std::move(*order));
        return {};
    });
    if (!read)
        return tl::make_unexpected(read.error());
    for (execution::Order& order : orders)
        if (const auto parts = readParts(database, order); !parts)
            return tl::make_unexpected(parts.error());
    return orders;
}

base::Result<std::vector<portfolio::Fill>> readFills(Database& database, base::Instant since, int limit)
{
    return readFills(database, QStringLiteral("WHERE at_ns >= ? ORDER BY at_ns DESC, rowid DESC LIMIT ?"),
                     {nanos(since), limit});
}

} // namespace vegadesk::storage

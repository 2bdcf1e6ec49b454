#include "storage/schema.h"

#include <string>

namespace vegadesk::storage
{

namespace
{

base::Result<int> firstNumber(Database& database, const QString& statement)
{
    auto query = database.prepare(statement);
    if (!query)
        return tl::make_unexpected(query.error());
    if (const auto done = database.execute(*query); !done)
        return tl::make_unexpected(done.error());
    if (!query->next())
        return tl::make_unexpected(database.error("read the schema version of", query->lastError()));
    return query->value(0).toInt();
}

base::Result<void> take(Database& database, const SchemaStep& step, int version)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    // Another process may have taken the step while this one waited for the lock.
    const auto current = schemaVersion(database);
    if (!current)
        return tl::make_unexpected(current.error());
    if (*current >= version)
        return {};

    if (*current == 0)
        if (const auto made =
                database.execute(QStringLiteral("CREATE TABLE schema_version (version INTEGER NOT NULL)"));
            !made)
            return made;
    for (const char* statement : step.statements)
        if (const auto done = database.execute(QString::fromLatin1(statement)); !done)
            return done;
    if (const auto done = database.execute(QStringLiteral("DELETE FROM schema_version")); !done)
        return done;
    if (const auto done = database.execute(QStringLiteral("INSERT INTO schema_version VALUES (%1)").arg(version));
        !done)
        return done;
    return transaction->commit();
}

} // namespace

base::Result<int> schemaVersion(Database& database)
{
    auto tables = firstNumber(database, QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables)
        return tables;
    if (*tables == 0)
        return 0;
    auto ours = firstNumber(
        database,
        QStringLiteral("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'"));
    if (!ours)
        return ours;
    if (*ours == 0)
        return base::fail(base::ErrorKind::Storage, "database", database.file(),
                          "not a Vegadesk database: move it away or choose another data directory");
    return firstNumber(database, QStringLiteral("SELECT max(version) FROM schema_version"));
}

base::Result<void> upgradeSchema(Database& database, std::span<const SchemaStep> steps)
{
    const int newest = static_cast<int>(steps.size());
    const auto found = schemaVersion(database);
    if (!found)
        return tl::make_unexpected(found.error());
    if (*found > newest)
        return base::fail(base::ErrorKind::Storage, "database", database.file(),
                          "written by a newer Vegadesk (schema version " + std::to_string(*found) +
                              ", this one knows " + std::to_string(newest) +
                              "): use that one, or another data directory");
    for (int version = *found + 1; version <= newest; ++version)
        if (const auto taken = take(database, steps[static_cast<std::size_t>(version - 1)], version); !taken)
            return taken;
    return {};
}

} // namespace vegadesk::storage

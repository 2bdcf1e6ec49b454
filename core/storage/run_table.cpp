#include "storage/run_table.h"

namespace vegadesk::storage
{

SchemaStep runTable()
{
    return {{"CREATE TABLE runs ("
             " id INTEGER PRIMARY KEY, strategy NOT NULL, underlying NOT NULL, status NOT NULL,"
             " started_ns INTEGER NOT NULL, finished_ns INTEGER NOT NULL, request NOT NULL, metrics NOT NULL)"}};
}

base::Result<std::int64_t> saveRun(Database& database, const StoredRun& run)
{
    auto query = database.prepare(
        QStringLiteral("INSERT INTO runs (strategy, underlying, status, started_ns, finished_ns, request, metrics)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)"));
    if (!query)
        return tl::make_unexpected(query.error());
    query->addBindValue(toColumn(run.strategy));
    query->addBindValue(toColumn(run.underlying));
    query->addBindValue(toColumn(run.status));
    query->addBindValue(static_cast<qlonglong>(run.startedAt.time_since_epoch().count()));
    query->addBindValue(static_cast<qlonglong>(run.finishedAt.time_since_epoch().count()));
    query->addBindValue(toColumn(run.request));
    query->addBindValue(toColumn(run.metrics));
    if (const auto done = database.execute(*query); !done)
        return tl::make_unexpected(done.error());
    return query->lastInsertId().toLongLong();
}

base::Result<std::vector<StoredRun>> readRuns(Database& database, int limit)
{
    auto query = database.prepare(
        QStringLiteral("SELECT id, strategy, underlying, status, started_ns, finished_ns, request, metrics"
                       " FROM runs ORDER BY id DESC LIMIT ?"));
    if (!query)
        return tl::make_unexpected(query.error());
    query->addBindValue(limit);
    if (const auto done = database.execute(*query); !done)
        return tl::make_unexpected(done.error());
    std::vector<StoredRun> runs;
    while (query->next()) {
        StoredRun run;
        run.id = query->value(0).toLongLong();
        run.strategy = fromColumn(query->value(1));
        run.underlying = fromColumn(query->value(2));
        run.status = fromColumn(query->value(3));
        run.startedAt = base::Instant(base::Nanos(query->value(4).toLongLong()));
        run.finishedAt = base::Instant(base::Nanos(query->value(5).toLongLong()));
        run.request = fromColumn(query->value(6));
        run.metrics = fromColumn(query->value(7));
        runs.push_back(std::move(run));
    }
    if (query->lastError().isValid())
        return tl::make_unexpected(database.error("read", query->lastError()));
    return runs;
}

} // namespace vegadesk::storage

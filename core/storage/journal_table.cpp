#include "storage/journal_table.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <optional>

namespace vegadesk::storage
{

namespace
{

constexpr std::array<const char*, 1> firstVersion{"CREATE TABLE journal ("
                                                  " sequence INTEGER PRIMARY KEY,"
                                                  " at_ns INTEGER NOT NULL," // UTC nanoseconds since 1970
                                                  " kind NOT NULL, key NOT NULL, payload NOT NULL,"
                                                  " checksum INTEGER NOT NULL)"};

struct Row {
    std::int64_t sequence = 0;
    base::JournalRecord record;
    bool isIntact = false;
};

Row readRow(const QSqlQuery& query)
{
    Row row;
    row.sequence = query.value(0).toLongLong();
    row.record = {base::Instant(base::Nanos(query.value(1).toLongLong())), fromColumn(query.value(2)),
                  fromColumn(query.value(3)), fromColumn(query.value(4))};
    row.isIntact = query.value(5).toLongLong() == checksum(row.sequence, row.record);
    return row;
}

/// Texts as bytes: SQLite and Qt would turn each into UTF-16 and back.
constexpr auto columns =
    "SELECT sequence, at_ns, CAST(kind AS BLOB), CAST(key AS BLOB), CAST(payload AS BLOB), checksum "
    "FROM journal ";

/// Rows in the order asked for until the end or until SQLite gives up; the error, if any, goes to `why`.
base::Result<std::vector<Row>> readRows(Database& database, const char* order, std::string& why)
{
    auto query = database.prepare(QLatin1String(columns) + QLatin1String(order));
    if (!query)
        return tl::make_unexpected(query.error());
    std::vector<Row> rows;
    if (!query->exec()) {
        why = query->lastError().databaseText().toStdString();
        return rows;
    }
    while (query->next())
        rows.push_back(readRow(*query));
    if (query->lastError().isValid())
        why = query->lastError().databaseText().toStdString();
    return rows;
}

} // namespace

std::span<const SchemaStep> journalSchema()
{
    static const std::vector<SchemaStep> steps{{{firstVersion.begin(), firstVersion.end()}}};
    return steps;
}

base::Result<JournalScan> scanJournal(Database& database)
{
    JournalScan scan;
    auto rows = readRows(database, "ORDER BY sequence", scan.unreadable);
    if (!rows)
        return tl::make_unexpected(rows.error());
    if (!scan.unreadable.empty()) {
        std::string again;
        auto fromTheEnd = readRows(database, "ORDER BY sequence DESC", again);
        if (!fromTheEnd)
            return tl::make_unexpected(fromTheEnd.error());
        const std::int64_t last = rows->empty() ? 0 : rows->back().sequence;
        std::erase_if(*fromTheEnd, [last](const Row& row) { return row.sequence <= last; });
        rows->insert(rows->end(), std::make_move_iterator(fromTheEnd->rbegin()),
                     std::make_move_iterator(fromTheEnd->rend()));
    }

    for (Row& row : *rows) {
        // Numbers start at 1 and grow by 1: a hole is as many lost records.
        if (row.sequence > scan.lastSequence + 1)
            scan.damaged += static_cast<std::uint64_t>(row.sequence - scan.lastSequence - 1);
        scan.lastSequence = row.sequence;
        if (row.isIntact) {
            scan.records.push_back(std::move(row.record));
            scan.sequences.push_back(row.sequence);
        } else {
            ++scan.damaged;
        }
    }
    return scan;
}

base::Result<std::vector<base::JournalRecord>> newestRecords(Database& database, int limit)
{
    auto query = database.prepare(QLatin1String(columns) + QStringLiteral("ORDER BY sequence DESC LIMIT ?"));
    if (!query)
        return tl::make_unexpected(query.error());
    query->addBindValue(limit);
    if (const auto done = database.execute(*query); !done)
        return tl::make_unexpected(done.error());
    std::vector<base::JournalRecord> records;
    while (query->next())
        if (Row row = readRow(*query); row.isIntact)
            records.push_back(std::move(row.record));
    if (query->lastError().isValid())
        return tl::make_unexpected(database.error("read", query->lastError()));
    return records;
}

std::int64_t checksum(std::int64_t sequence, const base::JournalRecord& record)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto addNumber = [&hash](std::int64_t number) {
        const std::int64_t bytes = qToLittleEndian(number);
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(&bytes), sizeof bytes));
    };
    // With lengths, so that bytes cannot move from one field to the next unnoticed.
    const auto addText = [&](const std::string& text) {
        addNumber(static_cast<std::int64_t>(text.size()));
        hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    };
    addNumber(sequence);
    addNumber(record.at.time_since_epoch().count());
    addText(record.kind);
    addText(record.key);
    addText(record.payload);
    return qFromLittleEndian<std::int64_t>(hash.result().constData());
}

base::Result<QSqlQuery> prepareInsert(Database& database)
{
    return database.prepare(QStringLiteral(
        "INSERT INTO journal (sequence, at_ns, kind, key, payload, checksum) VALUES (?, ?, ?, ?, ?, ?)"));
}

base::Result<void> insert(Database& database, QSqlQuery& prepared, std::int64_t sequence,
                          const base::JournalRecord& record)
{
    prepared.bindValue(0, static_cast<qlonglong>(sequence));
    prepared.bindValue(1, static_cast<qlonglong>(record.at.time_since_epoch().count()));
    prepared.bindValue(2, toColumn(record.kind));
    prepared.bindValue(3, toColumn(record.key));
    prepared.bindValue(4, toColumn(record.payload));
    prepared.bindValue(5, static_cast<qlonglong>(checksum(sequence, record)));
    return database.execute(prepared);
}

} // namespace vegadesk::storage

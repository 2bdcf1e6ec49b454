#pragma once

#include "base/journal.h"
#include "storage/database.h"
#include "storage/schema.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::storage
{

/// The journal's rows, for the connection that writes them and the one that only looks.
std::span<const SchemaStep> journalSchema();

struct JournalScan {
    std::vector<base::JournalRecord> records; ///< intact ones, oldest first
    std::vector<std::int64_t> sequences;      ///< one a record
    std::int64_t lastSequence = 0;            ///< of any row, intact or not; 0: none
    std::uint64_t damaged = 0;                ///< rows that do not match their checksum, and gaps in the sequence
    std::string unreadable;                   ///< why SQLite could not read it all; empty: it could
};

/// Reads everything that can be read. A part of the file that SQLite cannot read is approached from both
/// ends.
base::Result<JournalScan> scanJournal(Database& database);
/// The newest intact records, newest first.
base::Result<std::vector<base::JournalRecord>> newestRecords(Database& database, int limit);

/// Of one record at its place: 64 bits of SHA-256 over the sequence and every field with its length.
std::int64_t checksum(std::int64_t sequence, const base::JournalRecord& record);
base::Result<QSqlQuery> prepareInsert(Database& database);
base::Result<void> insert(Database& database, QSqlQuery& prepared, std::int64_t sequence,
                          const base::JournalRecord& record);

} // namespace vegadesk::storage

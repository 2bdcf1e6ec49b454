#pragma once

#include "base/journal.h"
#include "storage/executor.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::storage
{

struct JournalOptions {
    std::string file;                            ///< its folder must exist; "<file>.lock" says who has it open
    Executor executor;                           ///< carries `done` to the thread that appends; required
    std::chrono::milliseconds busyTimeout{2000}; ///< how long to wait for a foreign writer on the file
    std::int64_t maximumBytes = 0;               ///< refuse to grow beyond; 0: as far as the disk goes
};

/// What opening found.
struct JournalHealth {
    std::uint64_t intact = 0;  ///< records that can be trusted
    std::uint64_t damaged = 0; ///< records that are gone or do not match their checksum
    std::string keptAt;        ///< copy of a file that could only be read in part; empty otherwise
};

/// The write-ahead journal in an SQLite file of its own, so that no other write can delay it.
///
/// Threads  a thread of its own holds the connection; append() and readAll() may be called from any thread.
/// Disk     WAL with synchronous=FULL; what waits is written in one transaction, so a burst costs one fsync.
/// Damage   each record has a sequence number and a checksum over it and every field. A record cut off by a
/// crash is
///          dropped when the file is opened, a damaged one is left out; both are logged, the others come back
///          in order.
/// Errors   `done` gets a Storage error when the record is not on disk: disk full, file locked, 100,000
/// records waiting.
///          A failed batch fails whole. Such a record may still turn up after a crash, as an order that was
///          never sent.
class SqliteJournal final : public base::Journal
{
public:
    /// Blocks until the file is open and checked (about 2 µs a record). Needs a QCoreApplication. Refused
    /// when another instance has the file open; the error says which.
    static base::Result<std::unique_ptr<SqliteJournal>> open(JournalOptions options);
    /// Writes what waits first. Answers posted after that reach only an executor that still runs them.
    ~SqliteJournal() override;

    void append(base::JournalRecord record, Done done) override;
    /// Blocks; sees everything appended before the call. For the start of a session, never on the GUI thread.
    base::Result<std::vector<base::JournalRecord>> readAll() override;

    const JournalHealth& healthAtOpening() const;

private:
    class Private;
    explicit SqliteJournal(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace vegadesk::storage

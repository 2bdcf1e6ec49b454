#pragma once

#include "base/error.h"
#include "base/time.h"

#include <functional>
#include <string>
#include <vector>

namespace vegadesk::base
{

/// One line of the write-ahead journal.
struct JournalRecord {
    Instant at{};
    std::string kind;    ///< "order.intent", "order.sent", "order.update", "gate.refused", "setting", …
    std::string key;     ///< what it is about: the order's external identifier, a setting's name
    std::string payload; ///< JSON object, one line; its reader is the library that wrote it
};

/// Append-only, durable, ordered. One owner writes; the records come back in the order they were appended.
class Journal
{
public:
    using Done = std::function<void(Result<void>)>;

    virtual ~Journal() = default;
    /// `done` runs on the thread that called append(), after the record is on disk (fsync) or has failed.
    /// Nothing that depends on the record may happen before.
    virtual void append(JournalRecord record, Done done) = 0;
    /// Every intact record, oldest first. A torn tail is dropped and reported in the log.
    virtual Result<std::vector<JournalRecord>> readAll() = 0;
};

/// For backtests and tests: keeps records in memory and completes at once.
class MemoryJournal final : public Journal
{
public:
    void append(JournalRecord record, Done done) override
    {
        m_records.push_back(std::move(record));
        if (done)
            done({});
    }
    Result<std::vector<JournalRecord>> readAll() override { return m_records; }
    const std::vector<JournalRecord>& records() const { return m_records; }

private:
    std::vector<JournalRecord> m_records;
};

} // namespace vegadesk::base

#pragma once

#include "base/journal.h"
#include "base/random.h"
#include "tastytrade/memory_network.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::faults
{

/// What of a journal is on disk. It outlives the program that writes it, and can be full, torn and damaged.
struct Disk {
    struct Row {
        base::JournalRecord record;
        std::size_t checksum = 0;
    };
    std::vector<Row> rows;
    bool isFull = false;

    static std::size_t checksumOf(const base::JournalRecord& record)
    {
        const std::string all = std::to_string(record.at.time_since_epoch().count()) + '\n' + record.kind + '\n' +
                                record.key + '\n' + record.payload;
        return std::hash<std::string>{}(all);
    }
    /// Whole, and as it was written.
    bool holds(std::string_view kind, std::string_view key) const;
    /// One bit of one record turns over; which, chance says.
    void flipBit(base::Generator& chance);
    /// As SqliteJournal reads: a torn tail is dropped, a damaged record left out.
    std::vector<base::JournalRecord> intact() const;
};

/// A journal that commits what waits in one go, some milliseconds later, as SqliteJournal does. What was not committed when
/// the program dies is lost, or has reached the disk in part.
class CrashJournal final : public base::Journal
{
public:
    /// `hop` runs calls on the thread that appends.
    CrashJournal(Disk& disk, tastytrade::test::VirtualScheduler& scheduler, base::Generator& chance,
                 std::function<void(std::function<void()>)> hop);

    void append(base::JournalRecord record, Done done) override;
    base::Result<std::vector<base::JournalRecord>> readAll() override { return m_disk.intact(); }

    std::size_t waiting() const { return m_waiting.size(); }
    /// The process dies: so many of what waits had reached the disk; with `isTorn`, half of the next one too.
    void die(std::size_t reached, bool isTorn);

    std::function<void(const base::JournalRecord&)> onAppend; ///< for whoever looks for secrets
    base::Nanos slowest = std::chrono::milliseconds(20);      ///< of a commit

private:
    void commit();

    Disk& m_disk;
    tastytrade::test::VirtualScheduler& m_scheduler;
    base::Generator& m_chance;
    const std::function<void(std::function<void()>)> m_hop;
    std::vector<std::pair<base::JournalRecord, Done>> m_waiting;
    std::size_t m_underWay = 0; ///< of m_waiting, in the commit that runs
    tastytrade::Timer m_commit;
};

} // namespace vegadesk::faults

#include "faults/crash_disk.h"

#include <algorithm>
#include <utility>

namespace vegadesk::faults
{

bool Disk::holds(std::string_view kind, std::string_view key) const
{
    return std::ranges::any_of(rows, [&](const Row& row) {
        return row.record.kind == kind && row.record.key == key && checksumOf(row.record) == row.checksum;
    });
}

void Disk::flipBit(base::Generator& chance)
{
    const auto pick = [&](std::size_t count) {
        return static_cast<std::size_t>(chance.integer(0, static_cast<std::int64_t>(count) - 1));
    };
    std::string& payload = rows.at(pick(rows.size())).record.payload;
    char& letter = payload.at(pick(payload.size()));
    letter = static_cast<char>(letter ^ (1 << chance.integer(0, 6)));
}

std::vector<base::JournalRecord> Disk::intact() const
{
    std::vector<base::JournalRecord> records;
    for (const Row& row : rows) {
        if (checksumOf(row.record) == row.checksum)
            records.push_back(row.record);
    }
    return records;
}

CrashJournal::CrashJournal(Disk& disk, tastytrade::test::VirtualScheduler& scheduler, base::Generator& chance,
                           std::function<void(std::function<void()>)> hop)
    : m_disk(disk), m_scheduler(scheduler), m_chance(chance), m_hop(std::move(hop))
{
}

void CrashJournal::append(base::JournalRecord record, Done done)
{
    if (onAppend)
        onAppend(record);
    m_waiting.emplace_back(std::move(record), std::move(done));
    if (!m_commit.isActive())
        commit();
}

void CrashJournal::commit()
{
    m_underWay = m_waiting.size();
    const auto micros = m_chance.integer(1000, std::chrono::duration_cast<std::chrono::microseconds>(slowest).count());
    m_commit = m_scheduler.after(std::chrono::microseconds(micros), [this] {
        m_commit.cancel();
        base::Result<void> result;
        if (m_disk.isFull)
            result = base::fail(base::ErrorKind::Storage, "journal", "", "the disk is full");
        for (std::size_t i = 0; i < m_underWay; ++i) {
            auto& [record, done] = m_waiting[i];
            const std::size_t checksum = Disk::checksumOf(record);
            if (!m_disk.isFull)
                m_disk.rows.push_back({std::move(record), checksum});
            if (done)
                m_hop([done = std::move(done), result] { done(result); });
        }
        m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(m_underWay));
        if (!m_waiting.empty())
            commit();
    });
}

void CrashJournal::die(std::size_t reached, bool isTorn)
{
    m_commit.cancel();
    reached = m_disk.isFull ? 0 : std::min(reached, m_waiting.size());
    for (std::size_t i = 0; i < reached; ++i) {
        const std::size_t checksum = Disk::checksumOf(m_waiting[i].first);
        m_disk.rows.push_back({std::move(m_waiting[i].first), checksum});
    }
    if (isTorn && !m_disk.isFull && reached < m_waiting.size()) {
        base::JournalRecord half = std::move(m_waiting[reached].first);
        const std::size_t checksum = Disk::checksumOf(half);
        half.payload.resize(half.payload.size() / 2);
        m_disk.rows.push_back({std::move(half), checksum});
    }
    m_waiting.clear();
}

} // namespace vegadesk::faults

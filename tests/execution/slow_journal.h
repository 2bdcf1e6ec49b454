#pragma once

#include "base/journal.h"

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::testing
{

/// A journal whose disk is slow, fails, and survives a crash up to the last write that reached it.
class SlowJournal final : public base::Journal
{
public:
    bool isImmediate = true;
    bool fails = false;

    void append(base::JournalRecord record, Done done) override
    {
        m_pending.push_back({std::move(record), std::move(done)});
        while (isImmediate && !m_pending.empty())
            flushOne();
    }
    base::Result<std::vector<base::JournalRecord>> readAll() override { return m_durable; }

    bool hasPending() const { return !m_pending.empty(); }
    void flushOne()
    {
        auto [record, done] = std::move(m_pending.front());
        m_pending.pop_front();
        base::Result<void> result;
        if (fails)
            result = base::fail(base::ErrorKind::Storage, "journal", "", "the disk is full");
        else
            m_durable.push_back(std::move(record));
        if (done)
            done(result);
    }
    /// The process dies: `reached` of the waiting records made it to the disk, and nobody is told.
    void crash(std::size_t reached)
    {
        for (std::size_t i = 0; i < reached && i < m_pending.size(); ++i)
            m_durable.push_back(std::move(m_pending[i].first));
        m_pending.clear();
    }
    /// As a part of a complex order.
    bool holdsPart(std::string_view externalId) const
    {
        const std::string quoted = "\"" + std::string(externalId) + "\"";
        return std::ranges::any_of(m_durable, [&](const base::JournalRecord& record) {
            return record.kind == "order.complex" && record.payload.find(quoted) != std::string::npos;
        });
    }
    const std::vector<base::JournalRecord>& durable() const { return m_durable; }
    bool holds(std::string_view kind, std::string_view key) const
    {
        return std::ranges::any_of(
            m_durable, [&](const base::JournalRecord& record) { return record.kind == kind && record.key == key; });
    }

private:
    std::deque<std::pair<base::JournalRecord, Done>> m_pending;
    std::vector<base::JournalRecord> m_durable;
};

} // namespace vegadesk::testing

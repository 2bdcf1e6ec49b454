#pragma once

#include "base/journal.h"
#include "execution/order.h"
#include "storage/executor.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::storage
{

struct StoreOptions {
    std::string file;        ///< its folder must exist
    std::string journalFile; ///< of SqliteJournal, for recentJournal(); may be missing
    Executor executor;       ///< carries every callback to the thread that wants them; required
};

/// One backtest as it is remembered. The texts are JSON objects; their reader is the library that wrote them.
struct StoredRun {
    std::int64_t id = 0; ///< given by the store
    std::string strategy, underlying;
    std::string status; ///< "finished", "cancelled", "failed"
    base::Instant startedAt{}, finishedAt{};
    std::string request; ///< dates, capital, parameters, seed
    std::string metrics; ///< the report's figures
};

/// What is kept besides the journal: orders, fills and backtest runs, in an SQLite file of its own.
///
/// Threads  a thread of its own does the work, in the order of the calls, which may come from any thread;
/// each
///          callback comes once, later, through the executor. An empty callback is allowed, its error goes to
///          the log.
/// Disk     WAL with synchronous=NORMAL: the last changes before a power cut may be missing; the journal has
/// them. Sharing  several processes may have the file open (a backtest on the command line beside the
/// window). Errors   Storage, with the file and SQLite's reason. Limits must be positive.
class SqliteStore
{
public:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

    /// Blocks until the file is open and at the current schema. Needs a QCoreApplication.
    static base::Result<std::unique_ptr<SqliteStore>> open(StoreOptions options);
    /// Finishes what was asked for; its callbacks reach only an executor that still runs them.
    ~SqliteStore();

    /// Adds the order or replaces what is known of it (by externalId, else brokerId); a fill counts once by
    /// its id.
    void saveOrder(execution::Order order, Done<void> done);
    /// Created at or after `since`, newest first, with legs and fills.
    void orders(base::Instant since, int limit, Done<std::vector<execution::Order>> done);
    /// Executed at or after `since`, newest first.
    void fills(base::Instant since, int limit, Done<std::vector<portfolio::Fill>> done);

    /// Answers with the new run's id; `run.id` is ignored.
    void saveRun(StoredRun run, Done<std::int64_t> done);
    /// Newest first.
    void runs(int limit, Done<std::vector<StoredRun>> done);

    /// The journal's newest intact records, newest first; none when there is no journal yet.
    void recentJournal(int limit, Done<std::vector<base::JournalRecord>> done);

private:
    class Private;
    explicit SqliteStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace vegadesk::storage

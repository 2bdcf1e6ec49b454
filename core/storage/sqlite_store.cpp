#include "storage/sqlite_store.h"

#include "base/log.h"
#include "storage/journal_table.h"
#include "storage/order_table.h"
#include "storage/run_table.h"
#include "storage/serial_thread.h"

#include <QFile>

namespace vegadesk::storage
{

namespace
{

base::Result<int> checkedLimit(int limit)
{
    if (limit < 1)
        return base::badInput("limit", std::to_string(limit), "1 or more");
    return limit;
}

} // namespace

class SqliteStore::Private
{
public:
    explicit Private(StoreOptions options) : m_options(std::move(options)), m_thread("storage") {}
    ~Private()
    {
        m_thread.run([this] {
            m_journal.reset();
            m_database.reset();
            return true;
        });
    }

    base::Result<void> open()
    {
        return m_thread.run([this]() -> base::Result<void> {
            auto database = Database::open({m_options.file, "storage", Durability::Checkpoints});
            if (!database)
                return tl::make_unexpected(database.error());
            const std::vector<SchemaStep> steps{orderTables(), runTable(), exactQuantities()};
            if (const auto upgraded = upgradeSchema(**database, steps); !upgraded)
                return upgraded;
            m_database = std::move(*database);
            return {};
        });
    }

    /// Runs `work` on the storage thread and brings its answer back.
    template<class T, class Work>
    void post(Done<T> done, Work work)
    {
        m_thread.post([this, done = std::move(done), work = std::move(work)] {
            base::Result<T> result = work();
            if (!result)
                base::log::error("{} ({})", result.error().message(), result.error().detail);
            if (done)
                m_options.executor([done, result = std::move(result)] { done(result); });
        });
    }

    Database& database() { return *m_database; }

    base::Result<std::vector<base::JournalRecord>> recentJournal(int limit)
    {
        if (m_journal == nullptr) {
            if (!QFile::exists(QString::fromStdString(m_options.journalFile)))
                return std::vector<base::JournalRecord>{};
            auto journal = Database::open({m_options.journalFile, "storage-journal"});
            if (!journal)
                return tl::make_unexpected(journal.error());
            if (const auto guarded = (*journal)->execute(QStringLiteral("PRAGMA query_only=ON")); !guarded)
                return tl::make_unexpected(guarded.error());
            m_journal = std::move(*journal);
        }
        return newestRecords(*m_journal, limit);
    }

private:
    const StoreOptions m_options;
    std::unique_ptr<Database> m_database, m_journal; // belong to the thread
    SerialThread m_thread;                           // last: it ends before what its tasks use
};

SqliteStore::SqliteStore(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

SqliteStore::~SqliteStore() = default;

base::Result<std::unique_ptr<SqliteStore>> SqliteStore::open(StoreOptions options)
{
    if (!options.executor)
        return base::badInput("executor", "", "a function that runs callbacks on the owner's thread");
    auto d = std::make_unique<Private>(std::move(options));
    if (const auto opened = d->open(); !opened)
        return tl::make_unexpected(opened.error());
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(d)));
}

void SqliteStore::saveOrder(execution::Order order, Done<void> done)
{
    m_d->post<void>(std::move(done),
                    [d = m_d.get(), order = std::move(order)] { return storage::saveOrder(d->database(), order); });
}

void SqliteStore::orders(base::Instant since, int limit, Done<std::vector<execution::Order>> done)
{
    m_d->post<std::vector<execution::Order>>(std::move(done), [d = m_d.get(), since, limit] {
        return checkedLimit(limit).and_then([&](int count) { return readOrders(d->database(), since, count); });
    });
}

void SqliteStore::fills(base::Instant since, int limit, Done<std::vector<portfolio::Fill>> done)
{
    m_d->post<std::vector<portfolio::Fill>>(std::move(done), [d = m_d.get(), since, limit] {
        return checkedLimit(limit).and_then([&](int count) { return readFills(d->database(), since, count); });
    });
}

void SqliteStore::saveRun(StoredRun run, Done<std::int64_t> done)
{
    m_d->post<std::int64_t>(std::move(done),
                            [d = m_d.get(), run = std::move(run)] { return storage::saveRun(d->database(), run); });
}

void SqliteStore::runs(int limit, Done<std::vector<StoredRun>> done)
{
    m_d->post<std::vector<StoredRun>>(std::move(done), [d = m_d.get(), limit] {
        return checkedLimit(limit).and_then([&](int count) { return readRuns(d->database(), count); });
    });
}

void SqliteStore::recentJournal(int limit, Done<std::vector<base::JournalRecord>> done)
{
    m_d->post<std::vector<base::JournalRecord>>(std::move(done), [d = m_d.get(), limit] {
        return checkedLimit(limit).and_then([&](int count) { return d->recentJournal(count); });
    });
}

} // namespace vegadesk::storage

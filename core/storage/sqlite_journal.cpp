#include "storage/sqlite_journal.h"

#include "base/log.h"
#include "base/process.h"
#include "storage/journal_table.h"
#include "storage/serial_thread.h"

#include <QDateTime>
#include <QFile>
#include <QLockFile>
#include <QSysInfo>

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace vegadesk::storage
{

namespace
{

constexpr std::size_t mostWaiting = 100'000;
constexpr QLatin1String rebuiltSuffix(".rebuilt");

DatabaseOptions databaseOptions(const JournalOptions& options)
{
    return {options.file, "journal", Durability::EveryCommit, options.busyTimeout, options.maximumBytes};
}

base::Error heldBy(const QLockFile& lock, const std::string& file)
{
    qint64 process = 0;
    QString host, program;
    // Of a process that is gone the lock is taken over; where that failed, its new owner could not be written.
    if (lock.error() == QLockFile::LockFailedError && lock.getLockInfo(&process, &host, &program) &&
        (host != QSysInfo::machineHostName() || base::isProcessRunning(process)))
        return {base::ErrorKind::Storage,
                "journal",
                file,
                "in use by process " + std::to_string(process) + " (" + program.toStdString() + ") on " +
                    host.toStdString() + ": close it, or start with another data directory",
                {}};
    return {
        base::ErrorKind::Storage,
        "journal",
        file,
        "its lock file cannot be written: is its folder there, may it be written to, and is there room on its disk?",
        {}};
}

/// Moves a database with what belongs to it: a stray -wal beside a new file would be taken for that file's.
bool moveAside(const QString& from, const QString& to)
{
    bool isMoved = QFile::rename(from, to);
    for (const char* companion : {"-wal", "-shm"})
        if (QFile::exists(from + QLatin1String(companion)))
            isMoved = QFile::rename(from + QLatin1String(companion), to + QLatin1String(companion)) && isMoved;
    return isMoved;
}

/// A file that SQLite cannot read to the end must not be written to: what could be read goes to a new one.
base::Result<std::unique_ptr<Database>> rebuild(const JournalOptions& options, const JournalScan& scan,
                                                std::string& keptAt)
{
    const QString file = QString::fromStdString(options.file);
    const QString fresh = file + rebuiltSuffix;
    const QString kept = file + QStringLiteral(".damaged-") +
                         QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    for (const char* leftover : {"", "-wal", "-shm"})
        QFile::remove(fresh + QLatin1String(leftover));

    DatabaseOptions freshOptions = databaseOptions(options);
    freshOptions.file = fresh.toStdString();
    {
        auto database = Database::open(freshOptions);
        if (!database)
            return database;
        if (const auto upgraded = upgradeSchema(**database, journalSchema()); !upgraded)
            return tl::make_unexpected(upgraded.error());
        auto transaction = Transaction::begin(**database);
        if (!transaction)
            return tl::make_unexpected(transaction.error());
        auto prepared = prepareInsert(**database);
        if (!prepared)
            return tl::make_unexpected(prepared.error());
        for (std::size_t i = 0; i < scan.records.size(); ++i)
            if (const auto done = insert(**database, *prepared, scan.sequences[i], scan.records[i]); !done)
                return tl::make_unexpected(done.error());
        if (const auto done = transaction->commit(); !done)
            return tl::make_unexpected(done.error());
    }
    if (!moveAside(file, kept) || !moveAside(fresh, file))
        return base::fail(base::ErrorKind::Storage, "journal", options.file,
                          "damaged, and its rebuilt copy could not take its place: see " + fresh.toStdString());
    keptAt = kept.toStdString();
    return Database::open(databaseOptions(options));
}

} // namespace

class SqliteJournal::Private
{
public:
    Private(JournalOptions options)
        : m_options(std::move(options)), m_lock(QString::fromStdString(m_options.file) + QStringLiteral(".lock")),
          m_thread("journal")
    {
    }
    ~Private()
    {
        m_thread.run([this] {
            flush();
            m_database.reset();
            return true;
        });
    }

    base::Result<void> open()
    {
        // Only a dead owner makes a lock stale, never its age.
        m_lock.setStaleLockTime(0);
        if (!m_lock.tryLock(0))
            return tl::make_unexpected(heldBy(m_lock, m_options.file));
        return m_thread.run([this] { return openHere(); });
    }

    void append(base::JournalRecord record, Done done)
    {
        {
            const std::scoped_lock lock(m_mutex);
            const bool isFirst = m_waiting.empty();
            if (m_waiting.size() < mostWaiting) {
                m_waiting.push_back({std::move(record), std::move(done)});
                // Otherwise the flush that is on its way takes this one along.
                if (isFirst)
                    m_thread.post([this] { flush(); });
                return;
            }
        }
        refuse(std::move(done));
    }

    base::Result<std::vector<base::JournalRecord>> readAll()
    {
        return m_thread.run([this]() -> base::Result<std::vector<base::JournalRecord>> {
            flush();
            if (m_asOpened)
                return *std::exchange(m_asOpened, std::nullopt);
            auto scan = scanJournal(*m_database);
            if (!scan)
                return tl::make_unexpected(scan.error());
            if (!scan->unreadable.empty())
                return base::fail(base::ErrorKind::Storage, "journal", m_options.file,
                                  scan->unreadable + ": start again to have it rebuilt from what can be read");
            return std::move(scan->records);
        });
    }

    const JournalHealth& health() const { return m_health; }

private:
    struct Waiting {
        base::JournalRecord record;
        Done done;
    };

    void refuse(Done done)
    {
        const auto refusal =
            base::fail(base::ErrorKind::Storage, "journal", m_options.file,
                       std::to_string(mostWaiting) + " records wait already: the disk does not keep up");
        base::log::error("{}", refusal.value().message());
        if (done)
            m_options.executor([done = std::move(done), refusal] { done(refusal); });
    }

    base::Result<void> openHere()
    {
        // A rebuild that ended between its two renames: its result is complete, only the name is missing.
        const QString file = QString::fromStdString(m_options.file);
        if (!QFile::exists(file) && QFile::exists(file + rebuiltSuffix))
            moveAside(file + rebuiltSuffix, file);
        auto database = Database::open(databaseOptions(m_options));
        if (!database)
            return tl::make_unexpected(database.error());
        if (const auto upgraded = upgradeSchema(**database, journalSchema()); !upgraded)
            return upgraded;
        auto scan = scanJournal(**database);
        if (!scan)
            return tl::make_unexpected(scan.error());
        m_health = {scan->records.size(), scan->damaged, {}};
        if (!scan->unreadable.empty()) {
            database->reset();
            database = rebuild(m_options, *scan, m_health.keptAt);
            if (!database)
                return tl::make_unexpected(database.error());
            base::log::error("journal {}: {}. {} records were read and written anew, the damaged file is kept as {}",
                             m_options.file, scan->unreadable, m_health.intact, m_health.keptAt);
        }
        if (m_health.damaged > 0)
            base::log::error("journal {}: {} records are missing or damaged and left out, {} are intact",
                             m_options.file, m_health.damaged, m_health.intact);
        m_database = std::move(*database);
        m_lastSequence = scan->lastSequence;
        m_asOpened = std::move(scan->records);
        return {};
    }

    /// Everything that waits, in one transaction; all of it is on disk or none.
    void flush()
    {
        std::vector<Waiting> batch;
        {
            const std::scoped_lock lock(m_mutex);
            batch.swap(m_waiting);
        }
        if (batch.empty())
            return;
        const auto written = write(batch);
        if (!written)
            base::log::error("journal: {} records were not written: {} ({})", batch.size(), written.error().message(),
                             written.error().detail);
        std::erase_if(batch, [](const Waiting& waiting) { return !waiting.done; });
        if (batch.empty())
            return;
        m_options.executor([batch = std::move(batch), written] {
            for (const Waiting& waiting : batch)
                waiting.done(written);
        });
    }

    base::Result<void> write(const std::vector<Waiting>& batch)
    {
        m_asOpened.reset();
        auto transaction = Transaction::begin(*m_database);
        if (!transaction)
            return tl::make_unexpected(transaction.error());
        auto prepared = prepareInsert(*m_database);
        if (!prepared)
            return tl::make_unexpected(prepared.error());
        std::int64_t sequence = m_lastSequence;
        for (const Waiting& waiting : batch)
            if (const auto done = insert(*m_database, *prepared, ++sequence, waiting.record); !done)
                return done;
        if (const auto done = transaction->commit(); !done)
            return done;
        m_lastSequence = sequence;
        return {};
    }

    const JournalOptions m_options;
    QLockFile m_lock;
    JournalHealth m_health;
    std::mutex m_mutex;
    std::vector<Waiting> m_waiting; // guarded by m_mutex
    // The three below belong to the thread.
    std::unique_ptr<Database> m_database;
    std::int64_t m_lastSequence = 0;
    /// What opening read, until it is asked for or there is more: a start reads the file once.
    std::optional<std::vector<base::JournalRecord>> m_asOpened;
    SerialThread m_thread; // last: it ends before what its tasks use
};

SqliteJournal::SqliteJournal(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

SqliteJournal::~SqliteJournal() = default;

base::Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(JournalOptions options)
{
    if (!options.executor)
        return base::badInput("executor", "", "a function that runs callbacks on the appending thread");
    auto d = std::make_unique<Private>(std::move(options));
    if (const auto opened = d->open(); !opened)
        return tl::make_unexpected(opened.error());
    return std::unique_ptr<SqliteJournal>(new SqliteJournal(std::move(d)));
}

void SqliteJournal::append(base::JournalRecord record, Done done)
{
    m_d->append(std::move(record), std::move(done));
}

base::Result<std::vector<base::JournalRecord>> SqliteJournal::readAll()
{
    return m_d->readAll();
}

const JournalHealth& SqliteJournal::healthAtOpening() const
{
    return m_d->health();
}

} // namespace vegadesk::storage

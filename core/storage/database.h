#pragma once

#include "base/error.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace vegadesk::storage
{

enum class Durability : std::uint8_t {
    EveryCommit, ///< a commit is on disk when it returns (synchronous=FULL)
    Checkpoints  ///< the latest commits may be lost with the power, the file stays whole (synchronous=NORMAL)
};

struct DatabaseOptions {
    std::string file;
    std::string connection; ///< after the thread; the process adds a number of its own
    Durability durability = Durability::EveryCommit;
    std::chrono::milliseconds busyTimeout{2000}; ///< how long to wait for another writer
    std::int64_t maximumBytes = 0;               ///< 0: as far as the disk goes
};

/// One SQLite connection in WAL mode. Made, used and destroyed on one thread, because Qt's connections may
/// not change it. A new file can be read by its owner only.
class Database
{
public:
    static base::Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    QSqlDatabase& connection() { return m_connection; }
    const std::string& file() const { return m_file; }

    /// One statement without results.
    base::Result<void> execute(const QString& statement);
    base::Result<QSqlQuery> prepare(const QString& statement);
    base::Result<void> execute(QSqlQuery& prepared);
    /// A Storage error that names the file and SQLite's reason.
    base::Error error(std::string_view doing, const QSqlError& reason) const;

private:
    Database(QString name, std::string file);

    QString m_name;
    std::string m_file;
    QSqlDatabase m_connection;
};

/// Rolled back unless committed.
class Transaction
{
public:
    /// Takes the write lock at once, so that a busy database fails here and not in the middle.
    static base::Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    base::Result<void> commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database;
};

/// Plain ASCII as text, anything else as bytes: Qt and SQLite convert encodings on the way and would not give
/// back every byte (a leading byte-order mark, U+FFFF, what is not UTF-8).
QVariant toColumn(std::string_view text);
std::string fromColumn(const QVariant& value);

} // namespace vegadesk::storage

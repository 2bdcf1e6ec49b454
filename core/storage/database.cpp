#include "storage/database.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <atomic>
#include <memory>

namespace vegadesk::storage
{

namespace
{

/// Before SQLite makes it: its companions (-wal, -shm) take the permissions of the main file.
base::Result<void> makePrivateFile(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (file.exists())
        return {};
    if (!file.open(QIODevice::NewOnly | QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return base::fail(base::ErrorKind::Storage, "database file", path, file.errorString().toStdString());
    return {};
}

} // namespace

Database::Database(QString name, std::string file)
    : m_name(std::move(name)), m_file(std::move(file)),
      m_connection(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name))
{
}

Database::~Database()
{
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(m_name);
}

base::Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options)
{
    static std::atomic<int> counter = 0;
    if (const auto made = makePrivateFile(options.file); !made)
        return tl::make_unexpected(made.error());

    std::unique_ptr<Database> database(new Database(
        QString::fromStdString(options.connection) + QLatin1Char('-') + QString::number(++counter), options.file));
    QSqlDatabase& connection = database->m_connection;
    connection.setDatabaseName(QString::fromStdString(options.file));
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(options.busyTimeout.count()));
    if (!connection.open())
        return tl::make_unexpected(database->error("open", connection.lastError()));

    std::vector<QString> pragmas{QStringLiteral("PRAGMA journal_mode=WAL"), QStringLiteral("PRAGMA foreign_keys=ON"),
                                 options.durability == Durability::EveryCommit
                                     ? QStringLiteral("PRAGMA synchronous=FULL")
                                     : QStringLiteral("PRAGMA synchronous=NORMAL")};
    for (const QString& pragma : pragmas)
        if (const auto done = database->execute(pragma); !done)
            return tl::make_unexpected(done.error());
    if (options.maximumBytes > 0) {
        QSqlQuery pageSize(QStringLiteral("PRAGMA page_size"), connection);
        if (!pageSize.next())
            return tl::make_unexpected(database->error("read the page size of", pageSize.lastError()));
        const std::int64_t pages = std::max<std::int64_t>(1, options.maximumBytes / pageSize.value(0).toLongLong());
        pageSize.finish();
        if (const auto done = database->execute(QStringLiteral("PRAGMA max_page_count=%1").arg(pages)); !done)
            return tl::make_unexpected(done.error());
    }
    return database;
}

base::Result<void> Database::execute(const QString& statement)
{
    QSqlQuery query(m_connection);
    if (!query.exec(statement))
        return tl::make_unexpected(error("execute \"" + statement.toStdString() + "\" in", query.lastError()));
    return {};
}

base::Result<QSqlQuery> Database::prepare(const QString& statement)
{
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return tl::make_unexpected(error("prepare \"" + statement.toStdString() + "\" in", query.lastError()));
    return query;
}

base::Result<void> Database::execute(QSqlQuery& prepared)
{
    if (!prepared.exec())
        return tl::make_unexpected(
            error("execute \"" + prepared.lastQuery().toStdString() + "\" in", prepared.lastError()));
    return {};
}

base::Error Database::error(std::string_view doing, const QSqlError& reason) const
{
    const QString text = reason.databaseText().isEmpty() ? reason.driverText() : reason.databaseText();
    return {base::ErrorKind::Storage, "database", m_file, text.toStdString(),
            "could not " + std::string(doing) + " it; SQLite code " + reason.nativeErrorCode().toStdString()};
}

base::Result<Transaction> Transaction::begin(Database& database)
{
    if (const auto begun = database.execute(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::make_unexpected(begun.error());
    return Transaction(database);
}

Transaction::~Transaction()
{
    // A statement that failed for want of space has rolled back by itself; this one then fails harmlessly.
    if (m_database != nullptr)
        (void)m_database->execute(QStringLiteral("ROLLBACK"));
}

base::Result<void> Transaction::commit()
{
    const auto done = m_database->execute(QStringLiteral("COMMIT"));
    if (done)
        m_database = nullptr;
    return done;
}

QVariant toColumn(std::string_view text)
{
    const bool isPlain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    if (isPlain)
        return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

std::string fromColumn(const QVariant& value)
{
    return value.toByteArray().toStdString();
}

} // namespace vegadesk::storage

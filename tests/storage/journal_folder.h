#pragma once

#include "storage/database.h"
#include "storage/here.h"
#include "storage/sqlite_journal.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

namespace vegadesk::tests
{

inline base::JournalRecord makeRecord(int number, std::size_t padding = 0)
{
    return {base::fromUnixMillis(1'700'000'000'000 + number), "order.intent", "order-" + std::to_string(number),
            R"({"number":)" + std::to_string(number) + R"(,"padding":")" + std::string(padding, 'x') + R"("})"};
}

inline bool isSame(const base::JournalRecord& a, const base::JournalRecord& b)
{
    return a.at == b.at && a.kind == b.kind && a.key == b.key && a.payload == b.payload;
}

/// A journal in a folder of its own; tests derive from it and begin with newFolder().
class JournalFolder
{
protected:
    void newFolder()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_file = m_folder->filePath(QStringLiteral("journal.sqlite"));
    }
    base::Result<std::unique_ptr<storage::SqliteJournal>> open(const QString& file)
    {
        return storage::SqliteJournal::open({.file = file.toStdString(), .executor = m_here.executor()});
    }
    base::Result<void> append(storage::SqliteJournal& journal, const base::JournalRecord& record)
    {
        return m_here.wait<void>([&](auto done) { journal.append(record, done); });
    }
    void fill(const QString& file, int count, std::size_t padding = 0)
    {
        auto journal = open(file);
        QVERIFY2(journal, qPrintable(QString::fromStdString(journal ? "" : journal.error().message())));
        for (int i = 0; i < count; ++i)
            (*journal)->append(makeRecord(i, padding), nullptr);
    }
    /// Plain SQL on a journal that nobody has open.
    void execute(const QString& file, const QString& statement)
    {
        auto database = storage::Database::open({.file = file.toStdString(), .connection = "test"});
        QVERIFY(database);
        const auto done = (*database)->execute(statement);
        QVERIFY2(done, qPrintable(QString::fromStdString(done ? "" : done.error().message())));
    }

    Here m_here;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

} // namespace vegadesk::tests

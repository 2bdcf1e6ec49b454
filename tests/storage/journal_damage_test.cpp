#include "storage/journal_folder.h"

#include <QFile>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::tests;

class JournalDamageTest : public QObject, private JournalFolder
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tornTailIsDropped();
    void damagedRecordsAreLeftOut();
    void unreadablePagesAreRebuiltAround();
    void interruptedRebuildIsFinished();
    void garbageIsRefusedAndKept();
    void foreignDatabaseIsRefused();
    void newerSchemaIsRefused();
};

void JournalDamageTest::init()
{
    newFolder();
}

void JournalDamageTest::tornTailIsDropped()
{
    // What a crash leaves: both files as they are while the journal is open, the log cut anywhere.
    QByteArray main, log;
    {
        auto journal = open(m_file);
        QVERIFY(journal);
        for (int i = 0; i < 20; ++i)
            QVERIFY(append(**journal, makeRecord(i)));
        const auto read = [](const QString& name) {
            QFile file(name);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        main = read(m_file);
        log = read(m_file + QStringLiteral("-wal"));
    }
    QVERIFY(!main.isEmpty());
    QVERIFY(log.size() > 20 * 4096);

    const QString copy = m_folder->filePath(QStringLiteral("copy.sqlite"));
    const auto recordsAfter = [&](const QByteArray& torn) -> std::size_t {
        for (const char* part : {"", "-wal", "-shm"})
            QFile::remove(copy + QLatin1String(part));
        QFile mainCopy(copy), logCopy(copy + QStringLiteral("-wal"));
        if (!mainCopy.open(QIODevice::WriteOnly) || !logCopy.open(QIODevice::WriteOnly))
            return 0;
        mainCopy.write(main);
        logCopy.write(torn);
        mainCopy.close();
        logCopy.close();
        auto journal = open(copy);
        if (!journal)
            return 0;
        const auto records = (*journal)->readAll();
        if (!records || (*journal)->healthAtOpening().damaged != 0)
            return 0;
        for (std::size_t i = 0; i < records->size(); ++i)
            if (!isSame((*records)[i], makeRecord(static_cast<int>(i))))
                return 0;
        return append(**journal, makeRecord(99)) ? records->size() : 0;
    };

    QCOMPARE(recordsAfter(log), std::size_t{20});
    QCOMPARE(recordsAfter(log.chopped(1)), std::size_t{19});
    std::size_t before = 20;
    for (qsizetype cut = 5'000; cut < 40'000; cut += 5'000) {
        const std::size_t left = recordsAfter(log.chopped(cut));
        QVERIFY2(left > 0 && left < before, qPrintable(QStringLiteral("cut %1: %2 left").arg(cut).arg(left)));
        before = left;
    }
    QByteArray flipped = log;
    flipped[log.size() - 2'000] = static_cast<char>(flipped[log.size() - 2'000] ^ 0x40);
    QCOMPARE(recordsAfter(flipped), std::size_t{19});
}

void JournalDamageTest::damagedRecordsAreLeftOut()
{
    fill(m_file, 10);
    execute(m_file, QStringLiteral("UPDATE journal SET payload = replace(payload, '3', '8') WHERE sequence = 4"));
    execute(m_file, QStringLiteral("DELETE FROM journal WHERE sequence IN (6, 7)"));

    auto journal = open(m_file);
    QVERIFY(journal);
    QCOMPARE((*journal)->healthAtOpening().intact, std::uint64_t{7});
    QCOMPARE((*journal)->healthAtOpening().damaged, std::uint64_t{3});
    QVERIFY(append(**journal, makeRecord(10)));
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    const std::vector<int> expected{0, 1, 2, 4, 7, 8, 9, 10};
    QCOMPARE(records->size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(isSame((*records)[i], makeRecord(expected[i])));
}

void JournalDamageTest::unreadablePagesAreRebuiltAround()
{
    constexpr int count = 2'000;
    fill(m_file, count, 100);
    {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 40 * 4096);
        QVERIFY(file.seek(file.size() / 2 / 4096 * 4096));
        QCOMPARE(file.write(QByteArray(4096, '\xA5')), 4096);
    }
    const QByteArray damaged = [this] {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }();

    auto journal = open(m_file);
    QVERIFY2(journal, qPrintable(QString::fromStdString(journal ? "" : journal.error().message())));
    const storage::JournalHealth health = (*journal)->healthAtOpening();
    QVERIFY2(health.damaged > 0 && health.damaged < 100, qPrintable(QString::number(health.damaged)));
    QCOMPARE(health.intact + health.damaged, std::uint64_t{count});
    QFile kept(QString::fromStdString(health.keptAt));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), damaged);

    QVERIFY(append(**journal, makeRecord(count, 100)));
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    QCOMPARE(records->size(), health.intact + 1);
    QVERIFY(isSame(records->front(), makeRecord(0, 100)));
    QVERIFY(isSame(records->back(), makeRecord(count, 100)));
}

void JournalDamageTest::interruptedRebuildIsFinished()
{
    fill(m_file, 5);
    QVERIFY(QFile::rename(m_file, m_file + QStringLiteral(".rebuilt")));
    auto journal = open(m_file);
    QVERIFY(journal);
    QCOMPARE((*journal)->healthAtOpening().intact, std::uint64_t{5});
    QVERIFY(!QFile::exists(m_file + QStringLiteral(".rebuilt")));
}

void JournalDamageTest::garbageIsRefusedAndKept()
{
    const QByteArray garbage(10'000, '#');
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(garbage);
    file.close();
    const auto journal = open(m_file);
    QVERIFY(!journal);
    QCOMPARE(journal.error().kind, base::ErrorKind::Storage);
    QVERIFY(journal.error().message().find(m_file.toStdString()) != std::string::npos);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), garbage);
}

void JournalDamageTest::foreignDatabaseIsRefused()
{
    execute(m_file, QStringLiteral("CREATE TABLE recipes (name TEXT)"));
    const auto journal = open(m_file);
    QVERIFY(!journal);
    QVERIFY(journal.error().message().find("not a Vegadesk database") != std::string::npos);
    execute(m_file, QStringLiteral("INSERT INTO recipes VALUES ('soup')"));
}

void JournalDamageTest::newerSchemaIsRefused()
{
    fill(m_file, 3);
    execute(m_file, QStringLiteral("UPDATE schema_version SET version = 99"));
    const auto journal = open(m_file);
    QVERIFY(!journal);
    QCOMPARE(journal.error().kind, base::ErrorKind::Storage);
    QVERIFY2(journal.error().message().find("newer Vegadesk (schema version 99") != std::string::npos,
             journal.error().message().c_str());
    execute(m_file, QStringLiteral("UPDATE schema_version SET version = 1"));
    const auto again = open(m_file);
    QVERIFY(again);
    QCOMPARE((*again)->healthAtOpening().intact, std::uint64_t{3});
}

QTEST_GUILESS_MAIN(JournalDamageTest)
#include "journal_damage_test.moc"

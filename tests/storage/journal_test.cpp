#include "storage/database.h"
#include "storage/here.h"
#include "storage/sqlite_journal.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>
#include <memory>

using namespace vegadesk;
using storage::JournalOptions;
using storage::SqliteJournal;

namespace
{

base::JournalRecord makeRecord(int number, std::size_t padding = 0)
{
    return {base::fromUnixMillis(1'700'000'000'000 + number), "order.intent", "order-" + std::to_string(number),
            R"({"number":)" + std::to_string(number) + R"(,"padding":")" + std::string(padding, 'x') + R"("})"};
}

bool isSame(const base::JournalRecord& a, const base::JournalRecord& b)
{
    return a.at == b.at && a.kind == b.kind && a.key == b.key && a.payload == b.payload;
}

/// The child of killedInTheMiddle(): appends for ever and says each number that is on disk.
int appendUntilKilled(const std::string& file)
{
    tests::Here here;
    auto journal = SqliteJournal::open({.file = file, .executor = here.executor()});
    if (!journal)
        return 1;
    int number = 0;
    bool hasFailed = false;
    std::function<void()> next = [&] {
        (*journal)->append(makeRecord(number), [&](const base::Result<void>& result) {
            hasFailed = hasFailed || !result;
            std::printf("%d\n", number++);
            std::fflush(stdout);
            next();
        });
    };
    next();
    return here.waitUntil([&] { return hasFailed; }, std::chrono::minutes(5)) ? 2 : 3;
}

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void recordsComeBackInOrder();
    void answersComeInOrderOnTheCallersThread();
    void waitingRecordsAreWrittenAtTheEnd();
    void textsComeBackByteForByte_data();
    void textsComeBackByteForByte();
    void killedInTheMiddle();
    void tornTailIsDropped();
    void damagedRecordsAreLeftOut();
    void unreadablePagesAreRebuiltAround();
    void interruptedRebuildIsFinished();
    void garbageIsRefusedAndKept();
    void foreignDatabaseIsRefused();
    void newerSchemaIsRefused();
    void secondInstanceIsToldWhoHoldsIt();
    void fullDiskFailsTheRecord();
    void lockedFileFailsTheRecord();
    void missingFolderAndExecutorAreNamed();
    void onlyTheOwnerMayRead();

private:
    base::Result<std::unique_ptr<SqliteJournal>> open(const QString& file)
    {
        return SqliteJournal::open({.file = file.toStdString(), .executor = m_here.executor()});
    }
    base::Result<void> append(SqliteJournal& journal, const base::JournalRecord& record)
    {
        return m_here.wait<void>([&](auto done) { journal.append(record, done); });
    }
    void fill(const QString& file, int count, std::size_t padding = 0);
    /// Plain SQL on a journal that nobody has open.
    void execute(const QString& file, const QString& statement);

    tests::Here m_here;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void JournalTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_file = m_folder->filePath(QStringLiteral("journal.sqlite"));
}

void JournalTest::fill(const QString& file, int count, std::size_t padding)
{
    auto journal = open(file);
    QVERIFY2(journal, qPrintable(QString::fromStdString(journal ? "" : journal.error().message())));
    for (int i = 0; i < count; ++i)
        (*journal)->append(makeRecord(i, padding), nullptr);
}

void JournalTest::execute(const QString& file, const QString& statement)
{
    auto database = storage::Database::open({.file = file.toStdString(), .connection = "test"});
    QVERIFY(database);
    const auto done = (*database)->execute(statement);
    QVERIFY2(done, qPrintable(QString::fromStdString(done ? "" : done.error().message())));
}

void JournalTest::recordsComeBackInOrder()
{
    constexpr int count = 5'000;
    auto journal = open(m_file);
    QVERIFY(journal);
    int answers = 0;
    for (int i = 0; i < count; ++i)
        (*journal)->append(makeRecord(i), [&answers](const base::Result<void>& result) { answers += result ? 1 : 0; });
    QVERIFY(m_here.waitUntil([&] { return answers == count; }));

    for (const bool isReopened : {false, true}) {
        if (isReopened) {
            journal->reset();
            journal = open(m_file);
            QVERIFY(journal);
            QCOMPARE((*journal)->healthAtOpening().intact, std::uint64_t{count});
            QCOMPARE((*journal)->healthAtOpening().damaged, std::uint64_t{0});
        }
        const auto records = (*journal)->readAll();
        QVERIFY(records);
        QCOMPARE(records->size(), std::size_t{count});
        for (int i = 0; i < count; ++i)
            QVERIFY2(isSame((*records)[static_cast<std::size_t>(i)], makeRecord(i)), qPrintable(QString::number(i)));
    }
}

void JournalTest::answersComeInOrderOnTheCallersThread()
{
    auto journal = open(m_file);
    QVERIFY(journal);
    std::vector<int> order;
    std::vector<QThread*> threads;
    bool isInsideAppend = true;
    for (int i = 0; i < 100; ++i)
        (*journal)->append(makeRecord(i), [&, i](const base::Result<void>&) {
            QVERIFY(!isInsideAppend);
            order.push_back(i);
            threads.push_back(QThread::currentThread());
        });
    isInsideAppend = false;
    QVERIFY(m_here.waitUntil([&] { return order.size() == 100; }));
    QVERIFY(std::ranges::is_sorted(order));
    QVERIFY(std::ranges::all_of(threads, [this](QThread* t) { return t == thread(); }));
}

void JournalTest::waitingRecordsAreWrittenAtTheEnd()
{
    fill(m_file, 1'000);
    auto journal = open(m_file);
    QVERIFY(journal);
    QCOMPARE((*journal)->healthAtOpening().intact, std::uint64_t{1'000});
}

void JournalTest::textsComeBackByteForByte_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ascii") << QByteArray("plain");
    QTest::newRow("utf-8") << QByteArray("Überschuß 東京 \xF0\x9F\x98\x80");
    QTest::newRow("byte-order mark") << QByteArray("\xEF\xBB\xBFtext");
    QTest::newRow("U+FFFF") << QByteArray("\xEF\xBF\xBF");
    QTest::newRow("not utf-8") << QByteArray("\xFF\xFE\x80 text");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("lines and quotes") << QByteArray("'a'\n\"b\"\r\t");
    QTest::newRow("number") << QByteArray("00123");
    QTest::newRow("long") << QByteArray(300'000, 'y');
}

void JournalTest::textsComeBackByteForByte()
{
    QFETCH(QByteArray, text);
    const std::string bytes = text.toStdString();
    const base::JournalRecord record{base::Instant(base::Nanos(-1)), bytes, bytes, bytes};
    {
        auto journal = open(m_file);
        QVERIFY(journal);
        QVERIFY(append(**journal, record));
    }
    auto journal = open(m_file);
    QVERIFY(journal);
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    QCOMPARE(records->size(), std::size_t{1});
    QVERIFY(isSame(records->front(), record));
}

void JournalTest::killedInTheMiddle()
{
    QProcess child;
    child.setProcessChannelMode(QProcess::SeparateChannels);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--append"), m_file});
    QByteArray said;
    while (said.count('\n') < 300) {
        QVERIFY2(child.waitForReadyRead(20'000), child.readAllStandardError().constData());
        said += child.readAllStandardOutput();
    }
    child.kill(); // SIGKILL: nothing of it runs afterwards
    QVERIFY(child.waitForFinished());
    said += child.readAllStandardOutput();
    const int acknowledged = static_cast<int>(said.count('\n'));

    auto journal = open(m_file); // the dead owner's lock does not count
    QVERIFY2(journal, qPrintable(QString::fromStdString(journal ? "" : journal.error().message())));
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    QVERIFY2(records->size() >= static_cast<std::size_t>(acknowledged),
             qPrintable(QStringLiteral("%1 of %2").arg(records->size()).arg(acknowledged)));
    for (std::size_t i = 0; i < records->size(); ++i)
        QVERIFY(isSame((*records)[i], makeRecord(static_cast<int>(i))));
    QVERIFY(append(**journal, makeRecord(static_cast<int>(records->size()))));
}

void JournalTest::tornTailIsDropped()
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

void JournalTest::damagedRecordsAreLeftOut()
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

void JournalTest::unreadablePagesAreRebuiltAround()
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

void JournalTest::interruptedRebuildIsFinished()
{
    fill(m_file, 5);
    QVERIFY(QFile::rename(m_file, m_file + QStringLiteral(".rebuilt")));
    auto journal = open(m_file);
    QVERIFY(journal);
    QCOMPARE((*journal)->healthAtOpening().intact, std::uint64_t{5});
    QVERIFY(!QFile::exists(m_file + QStringLiteral(".rebuilt")));
}

void JournalTest::garbageIsRefusedAndKept()
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

void JournalTest::foreignDatabaseIsRefused()
{
    execute(m_file, QStringLiteral("CREATE TABLE recipes (name TEXT)"));
    const auto journal = open(m_file);
    QVERIFY(!journal);
    QVERIFY(journal.error().message().find("not a Vegadesk database") != std::string::npos);
    execute(m_file, QStringLiteral("INSERT INTO recipes VALUES ('soup')"));
}

void JournalTest::newerSchemaIsRefused()
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

void JournalTest::secondInstanceIsToldWhoHoldsIt()
{
    auto first = open(m_file);
    QVERIFY(first);
    const auto second = open(m_file);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, base::ErrorKind::Storage);
    const std::string expected = "in use by process " + std::to_string(QCoreApplication::applicationPid());
    QVERIFY2(second.error().message().find(expected) != std::string::npos, second.error().message().c_str());
    QVERIFY(append(**first, makeRecord(0)));
    first->reset();
    QVERIFY(open(m_file));
}

void JournalTest::fullDiskFailsTheRecord()
{
    int written = 0;
    {
        auto journal = SqliteJournal::open(
            {.file = m_file.toStdString(), .executor = m_here.executor(), .maximumBytes = 64 * 1024});
        QVERIFY(journal);
        base::Result<void> result;
        while (written < 1'000) {
            result = append(**journal, makeRecord(written, 500));
            if (!result)
                break;
            ++written;
        }
        QVERIFY(written > 50 && written < 200);
        QCOMPARE(result.error().kind, base::ErrorKind::Storage);
        QVERIFY2(result.error().message().find("full") != std::string::npos, result.error().message().c_str());
        QVERIFY(!append(**journal, makeRecord(written, 500)));
        const auto records = (*journal)->readAll();
        QVERIFY(records);
        QCOMPARE(records->size(), static_cast<std::size_t>(written));
    }
    auto journal = open(m_file); // as if somebody had made room
    QVERIFY(journal);
    QVERIFY(append(**journal, makeRecord(written, 500)));
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    QCOMPARE(records->size(), static_cast<std::size_t>(written + 1));
    QCOMPARE((*journal)->healthAtOpening().damaged, std::uint64_t{0});
}

void JournalTest::lockedFileFailsTheRecord()
{
    auto journal = SqliteJournal::open(
        {.file = m_file.toStdString(), .executor = m_here.executor(), .busyTimeout = std::chrono::milliseconds(20)});
    QVERIFY(journal);
    auto other = storage::Database::open({.file = m_file.toStdString(), .connection = "other"});
    QVERIFY(other);
    {
        auto transaction = storage::Transaction::begin(**other);
        QVERIFY(transaction);
        const auto refused = append(**journal, makeRecord(0));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, base::ErrorKind::Storage);
        QVERIFY2(refused.error().message().find("locked") != std::string::npos, refused.error().message().c_str());
    }
    QVERIFY(append(**journal, makeRecord(1)));
    const auto records = (*journal)->readAll();
    QVERIFY(records);
    QCOMPARE(records->size(), std::size_t{1});
    QVERIFY(isSame(records->front(), makeRecord(1)));
}

void JournalTest::missingFolderAndExecutorAreNamed()
{
    const auto nowhere = open(m_folder->filePath(QStringLiteral("missing/journal.sqlite")));
    QVERIFY(!nowhere);
    QVERIFY2(nowhere.error().message().find("missing/journal.sqlite") != std::string::npos,
             nowhere.error().message().c_str());
    const auto silent = SqliteJournal::open({.file = m_file.toStdString(), .executor = {}});
    QVERIFY(!silent);
    QCOMPARE(silent.error().field, std::string("executor"));
}

void JournalTest::onlyTheOwnerMayRead()
{
    auto journal = open(m_file);
    QVERIFY(journal);
    QVERIFY(append(**journal, makeRecord(0)));
    for (const char* part : {"", "-wal"})
        QCOMPARE(
            QFileInfo(m_file + QLatin1String(part)).permissions() &
                (QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther),
            QFileDevice::Permissions());
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && std::string_view(argv[1]) == "--append")
        return appendUntilKilled(argv[2]);
    JournalTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "journal_test.moc"

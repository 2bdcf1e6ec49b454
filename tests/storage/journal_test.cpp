#include "storage/journal_folder.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTest>
#include <QThread>

#include <cstdio>

using namespace vegadesk;
using namespace vegadesk::tests;
using storage::SqliteJournal;

namespace
{

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

class JournalTest : public QObject, private JournalFolder
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
    void secondInstanceIsToldWhoHoldsIt();
    void fullDiskFailsTheRecord();
    void lockedFileFailsTheRecord();
    void missingFolderAndExecutorAreNamed();
    void onlyTheOwnerMayRead();
};

void JournalTest::init()
{
    newFolder();
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
        QVERIFY2(child.waitForReadyRead(60'000), child.readAllStandardError().constData());
        said += child.readAllStandardOutput();
    }
    child.kill(); // SIGKILL: nothing of it runs afterwards
    QVERIFY(child.waitForFinished(60'000));
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

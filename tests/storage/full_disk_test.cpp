#include "small_disk.h"
#include "storage/here.h"
#include "storage/journal_folder.h"

#include <QTest>

using namespace vegadesk;
using namespace vegadesk::tests;

/// The journal on a disk without room, the system's own refusal and not SQLite's limit.
class FullDiskTest : public QObject, private JournalFolder
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!disk->isThere())
            QSKIP(qPrintable(disk->whyNot()));
    }

    void whatDoesNotFitIsRefusedAndTheNextIsTriedAnew()
    {
        const QString file = disk->path(QStringLiteral("journal.sqlite"));
        int written = 0;
        {
            auto journal = open(file);
            QVERIFY(journal);
            for (const int round : {1, 2, 3}) {
                disk->fill(round * 16'384); // in the middle of a page of the file, or at its end
                auto result = append(**journal, makeRecord(written, 500));
                for (; result && written < 1'000; ++written)
                    result = append(**journal, makeRecord(written + 1, 500));
                QVERIFY(!result);
                QCOMPARE(result.error().kind, base::ErrorKind::Storage);
                QVERIFY2(result.error().message().find("disk is full") != std::string::npos,
                         result.error().message().c_str());
                QVERIFY(!append(**journal, makeRecord(written, 500)));
                disk->empty();
                QVERIFY(append(**journal, makeRecord(written++, 500)));
            }
        }
        auto journal = open(file);
        QVERIFY(journal);
        QCOMPARE((*journal)->healthAtOpening().damaged, std::uint64_t{0});
        const auto records = (*journal)->readAll();
        QVERIFY(records);
        QCOMPARE(records->size(), static_cast<std::size_t>(written));
        for (int i = 0; i < written; ++i)
            QVERIFY(isSame((*records)[static_cast<std::size_t>(i)], makeRecord(i, 500)));
    }

    void aStartWithoutRoomIsRefused()
    {
        const QString file = disk->path(QStringLiteral("other.sqlite"));
        disk->fill();
        const auto refused = open(file);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message().find("room on its disk") != std::string::npos,
                 refused.error().message().c_str());
        disk->fill(4096); // for the lock, not for the file
        QVERIFY(!open(file));
        disk->empty();
        auto journal = open(file);
        QVERIFY(journal && append(**journal, makeRecord(0)));
    }
};

int main(int argc, char** argv)
{
    return vegadesk::tests::runOnSmallDisk<FullDiskTest>(1024, argc, argv);
}
#include "full_disk_test.moc"

#include "small_disk.h"
#include "venue/tape_account.h"

#include <QDir>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::PriceEffect;
using vegadesk::tests::disk;
using venue::OrderTape;

/// What becomes of an account when its disk is full, and when there is room again.
class FullDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!disk->isThere())
            QSKIP(qPrintable(disk->whyNot()));
    }
    void cleanup()
    {
        disk->empty();
        for (const QString& name : QDir(disk->path({})).entryList(QDir::Files))
            QFile::remove(disk->path(name));
    }

    void anOrderThatWasNotWrittenNeverComesBack()
    {
        QByteArray before;
        {
            Account account(openTape(file()));
            disk->fill();
            const auto order = limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "1.0", PriceEffect::Debit);
            auto written = account.tape.placed(account.exchange->now(), order, false);
            // What is left of the file's last page holds a few, and the first bytes of the one that does not fit.
            for (int count = 0; written && count < 100; ++count) {
                static_cast<void>(account.exchange->place(order));
                written = account.tape.placed(account.exchange->now(), order, false);
            }
            QVERIFY(!written);
            QCOMPARE(written.error().kind, base::ErrorKind::Storage);
            QVERIFY2(written.error().message().find("No space left") != std::string::npos,
                     written.error().message().c_str());

            disk->empty();
            account.wait(5s);
            account.place(limitOrder({stockLeg("KO", Action::BuyToOpen, 1)}, "1.0", PriceEffect::Debit));
            account.wait(5s);
            QVERIFY(account.tape.lived(account.exchange->now()));
            before = stateBytes(*account.exchange);
        }
        const Account again(openTape(file()));
        QVERIFY(!again.tape.putAside());
        QCOMPARE(stateBytes(*again.exchange), before);
    }

    void aSnapshotThatWasNotWrittenLeavesTheOneBefore()
    {
        QByteArray before;
        {
            Account account(openTape(file()));
            account.saveSnapshot();
            disk->fill();
            account.wait(1min);
            const auto saved = account.tape.saveSnapshot(*account.exchange);
            QVERIFY(!saved);
            QVERIFY2(saved.error().message().find("No space left") != std::string::npos,
                     saved.error().message().c_str());
            before = stateBytes(*account.exchange);
        }
        Account again(openTape(file()));
        QVERIFY(again.tape.beginning());
        again.wait(1min);
        QCOMPARE(stateBytes(*again.exchange), before);
        disk->empty();
        again.saveSnapshot();
    }

    void aStartWithoutRoomLeavesNothingBehind()
    {
        disk->fill();
        const venue::TapeHead head{"simulated market, seed 5", "SIM00001", thursday()};
        const auto opened = OrderTape::open(file().toStdString(), head);
        QVERIFY(!opened);
        QVERIFY2(opened.error().message().find("is there room") != std::string::npos, opened.error().message().c_str());
        disk->fill(4096); // enough for the lock, not for the tape
        QVERIFY(!OrderTape::open(file().toStdString(), head));
        disk->empty();
        QVERIFY(!QFile::exists(file()));
        QVERIFY(!openTape(file()).putAside());
    }

private:
    QString file() const { return disk->path(QStringLiteral("state.tape")); }
};

int main(int argc, char** argv)
{
    return vegadesk::tests::runOnSmallDisk<FullDiskTest>(1024, argc, argv);
}
#include "full_disk_test.moc"

#include "venue/tape_account.h"

#include <QTemporaryDir>
#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::PriceEffect;
using venue::OrderTape;

class OrderTapeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void aReplayedAccountIsTheSameToTheByte()
    {
        QByteArray before;
        base::Instant at{};
        {
            Account account(open());
            const auto call = contract(*account.market, account.exchange->now(), "SPY", market::Right::Call, 1, 30);
            account.place(
                limitOrder({optionLeg(call.symbol, portfolio::Action::BuyToOpen, 3)}, "60.0", PriceEffect::Debit));
            account.exchange->advanceTo(account.exchange->now() + 90s);
            account.place(
                limitOrder({optionLeg(call.symbol, portfolio::Action::BuyToOpen, 1)}, "0.05", PriceEffect::Debit));
            account.exchange->advanceTo(account.exchange->now() + 45s);
            account.place(
                limitOrder({optionLeg(call.symbol, portfolio::Action::SellToClose, 1)}, "0.05", PriceEffect::Credit));
            account.exchange->advanceTo(account.exchange->now() + 7s);
            account.cancel(account.exchange->orders().at(1)->id);
            account.exchange->advanceTo(account.exchange->now() + 3s);
            before = stateBytes(*account.exchange);
            at = account.exchange->now();
        }
        Account again(open());
        again.exchange->advanceTo(at);
        QCOMPARE(stateBytes(*again.exchange), before);
        QVERIFY(before.contains("Filled"));
    }

    void aLineCutOffIsDropped()
    {
        {
            Account account(open());
            const auto call = contract(*account.market, account.exchange->now(), "SPY", market::Right::Call, 1, 30);
            account.place(
                limitOrder({optionLeg(call.symbol, portfolio::Action::BuyToOpen, 1)}, "60.0", PriceEffect::Debit));
        }
        QFile raw(file());
        QVERIFY(raw.open(QIODevice::Append));
        raw.write("{\"at\":\"17");
        raw.close();
        Account again(open());
        QCOMPARE(again.exchange->orders().size(), std::size_t{1});
        QVERIFY(again.tape.cancelled(again.exchange->now(), "1")); // and the next line stands on its own
        QVERIFY(raw.open(QIODevice::ReadOnly));
        QVERIFY(!raw.readAll().contains("\"17{"));
    }

    void whatCannotBeContinuedIsPutAside_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("reason");
        QTest::newRow("another version") << QByteArray(
                                                R"({"account":"SIM1","market":"m","start":"1","vegadesk-order-tape":1})"
                                                "\n")
                                         << QStringLiteral("version");
        QTest::newRow("another market") << head("another market") << QStringLiteral("market");
        QTest::newRow("no head") << QByteArray("garbage\n") << QStringLiteral("damage");
        // Damage in the middle is not guessed at.
        QTest::newRow("a damaged line") << head("simulated market, seed 5") +
                                               "{\"at\":\"oops\"}\n{\"at\":\"1\",\"cancel\":\"2\"}\n"
                                        << QStringLiteral("damage");
    }
    void whatCannotBeContinuedIsPutAside()
    {
        QFETCH(QByteArray, contents);
        QFETCH(QString, reason);
        write(file(), contents);
        write(snapshot(file()), "of the same account");
        {
            const OrderTape tape = open();
            QVERIFY(tape.putAside());
            QCOMPARE(QString::fromStdString(tape.putAside()->file), old());
            QCOMPARE(QString::fromUtf8(toText(tape.putAside()->reason).data()), reason);
            QCOMPARE(tape.head().account, std::string("SIM00001"));
        }
        QCOMPARE(read(old()), contents);
        QCOMPARE(read(snapshot(old())), QByteArray("of the same account"));
        QVERIFY(!open().putAside()); // the new one goes on
    }

    void whatWasPutAsideBeforeStays()
    {
        for (const char* const contents : {"first\n", "second\n", "third\n"}) {
            write(file(), contents);
            open();
        }
        QCOMPARE(read(old()), QByteArray("first\n"));
        QCOMPARE(read(old() + QStringLiteral("-2")), QByteArray("second\n"));
        QCOMPARE(read(old() + QStringLiteral("-3")), QByteArray("third\n"));
    }

    void anEmptyFileIsNoAccount()
    {
        write(file(), {});
        QVERIFY(!open().putAside());
    }

    void theClockGoesOn_data()
    {
        QTest::addColumn<int>("wallSeconds"); ///< since the start
        QTest::addColumn<int>("suggestedSeconds");
        QTest::addColumn<int>("expectedSeconds");
        QTest::newRow("a moment later, four times as fast") << 60 << 0 << 240;
        QTest::newRow("the next day, at what the market suggests") << 86'400 << 86'400 << 86'400;
    }
    void theClockGoesOn()
    {
        QFETCH(int, wallSeconds);
        QFETCH(int, suggestedSeconds);
        QFETCH(int, expectedSeconds);
        OrderTape tape = open();
        const base::Instant wall = thursday() - 3h;
        QVERIFY(tape.started(thursday(), wall, 4));
        const auto resumed = tape.resumeAt(wall + std::chrono::seconds(wallSeconds),
                                           thursday() + std::chrono::seconds(suggestedSeconds));
        QCOMPARE(base::seconds(resumed - thursday()), static_cast<double>(expectedSeconds));
    }

    void theClockNeverGoesBehindWhatHasHappened()
    {
        base::Instant expired{};
        {
            Account account(open());
            QVERIFY(account.tape.started(thursday(), thursday() - 3h, 1));
            const auto call = contract(*account.market, account.exchange->now(), "SPY", market::Right::Call, 0.9, 0);
            account.place(
                limitOrder({optionLeg(call.symbol, portfolio::Action::BuyToOpen, 1)}, "200.0", PriceEffect::Debit));
            account.exchange->advanceTo(thursday() + 24h); // the option expires and leaves shares
            expired = account.exchange->now();
            QVERIFY(account.tape.lived(expired));
            QVERIFY(stateBytes(*account.exchange).contains("\"Equity\""));
        }
        // On the next morning the wall suggests the middle of the day that is over.
        Account again(open());
        QVERIFY(again.tape.resumeAt(thursday() + 30h, thursday() + 1h) >= expired);
        QVERIFY(stateBytes(*again.exchange).contains("\"Equity\""));
    }

    void twoExchangesDoNotShareATape()
    {
        const OrderTape first = open();
        const auto second = OrderTape::open(file().toStdString(), {"simulated market, seed 5", "SIM00002", thursday()});
        QVERIFY(!second);
        QCOMPARE(second.error().kind, base::ErrorKind::Storage);
        QVERIFY2(second.error().message().find("in use") != std::string::npos, second.error().message().c_str());
        QVERIFY(!QFile::exists(old()));
    }

    void anUnwritableFileIsAnError()
    {
        const auto failed = OrderTape::open("/proc/nowhere/tape", {"m", "SIM1", thursday()});
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, base::ErrorKind::Storage);
    }

private:
    QString old() const { return file() + QStringLiteral(".old"); }
    static QString snapshot(const QString& tape) { return tape + QStringLiteral(".snapshot"); }
    static QByteArray head(const char* market)
    {
        QTemporaryDir elsewhere;
        const QString path = elsewhere.filePath(QStringLiteral("tape"));
        if (!OrderTape::open(path.toStdString(), {market, "SIM00009", thursday()}))
            return {};
        return read(path);
    }
    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QString file() const { return m_directory->filePath(QStringLiteral("state.tape")); }
    OrderTape open() const { return openTape(file()); }
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(OrderTapeTest)
#include "order_tape_test.moc"

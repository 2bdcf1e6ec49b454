#include "venue/tape_account.h"

#include "base/random.h"

#include <QFile>
#include <QTemporaryDir>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::PriceEffect;
using venue::Exchange;
using venue::OrderTape;

namespace
{

/// Days of an account that does a bit of everything: fills, rests over the night, cancels, closes, lets options expire.
void trade(Account& account, base::Generator& random, int days)
{
    const std::array names{"SPY", "AAPL", "QQQ"};
    const auto buy = [&](int daysAway, const char* limit, portfolio::TimeInForce timeInForce) {
        const std::string name = names.at(static_cast<std::size_t>(random.integer(0, 2)));
        const auto right = random.integer(0, 1) == 0 ? market::Right::Call : market::Right::Put;
        const auto option =
            contract(*account.market, account.exchange->now(), name, right, random.uniform(0.98, 1.02), daysAway);
        auto request = limitOrder({optionLeg(option.symbol, Action::BuyToOpen, 1)}, limit, PriceEffect::Debit);
        request.intent.timeInForce = timeInForce;
        account.place(request);
    };
    for (int day = 0; day < days; ++day) {
        for (int i = 0; i < 8; ++i) {
            switch (random.integer(0, 4)) {
            case 0:
                buy(30, "0.01", portfolio::TimeInForce::Gtc);
                break;
            case 1:
                buy(7, "0.01", portfolio::TimeInForce::Day);
                account.wait(1s);
                if (random.integer(0, 1) == 0)
                    account.cancel(account.exchange->orders().front()->id);
                break;
            case 2:
                for (const wire::AccountPosition& held : account.exchange->positions(false)) {
                    if (held.values.quantity <= 0 || random.integer(0, 3) != 0)
                        continue;
                    account.place(
                        limitOrder({{held.values.symbol, held.values.type, Action::SellToClose, held.values.quantity}},
                                   "0.01", PriceEffect::Credit));
                }
                break;
            default:
                buy(static_cast<int>(random.integer(0, 1)), "9.0", portfolio::TimeInForce::Day);
            }
            account.wait(std::chrono::minutes(random.integer(0, 40)));
        }
        const base::Date next = market::nextTradingDay(account.exchange->today());
        account.exchange->advanceTo(market::fromNewYork(next, 10h));
    }
}

} // namespace

class ExchangeSnapshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void anAccountOfManyDaysIsTheSameWithAndWithoutASnapshot_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 3; ++seed)
            QTest::addRow("account %d", seed) << seed;
    }
    void anAccountOfManyDaysIsTheSameWithAndWithoutASnapshot()
    {
        QFETCH(int, seed);
        base::Generator random(static_cast<std::uint64_t>(seed));
        QByteArray before;
        base::Instant at{};
        {
            Account account(openTape(file()));
            trade(account, random, 3);
            account.place(limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "900.0", PriceEffect::Debit));
            account.saveSnapshot(); // with an order on its way
            trade(account, random, 1);
            before = stateBytes(*account.exchange);
            at = account.exchange->now();
            QVERIFY(account.tape.lived(at));
        }
        for (const char* state : {"Filled", "Cancelled", "Expired", "Live"})
            QVERIFY2(before.contains(state), state);
        QVERIFY(before.contains("Receive Deliver"));

        QVERIFY(QFile::copy(file(), copy())); // the copy has no snapshot
        Account with(openTape(file())), without(openTape(copy()));
        QVERIFY(with.tape.beginning() && !without.tape.beginning());
        QVERIFY(with.tape.replayedLines() < without.tape.replayedLines() / 2);
        QCOMPARE(stateBytes(*with.exchange), before);
        QCOMPARE(stateBytes(*without.exchange), before);

        // And it goes on the same: what worked works, ids continue, what was held expires.
        base::Generator same(99), again(99);
        trade(with, same, 1);
        trade(without, again, 1);
        QCOMPARE(stateBytes(*with.exchange), stateBytes(*without.exchange));
    }

    void theClockGoesOnAlike()
    {
        {
            Account account(openTape(file()));
            QVERIFY(account.tape.started(thursday(), thursday(), 2));
            account.wait(30min);
            account.saveSnapshot();
        }
        QVERIFY(QFile::copy(file(), copy()));
        const OrderTape with = openTape(file()), without = openTape(copy());
        QVERIFY(with.beginning() && !without.beginning());
        for (const auto wall : {thursday() + 1min, thursday() + 1h, thursday() + 24h})
            QVERIFY(with.resumeAt(wall, wall) == without.resumeAt(wall, wall));
        QVERIFY(with.resumeAt(thursday() + 1min, thursday()) >= thursday() + 30min);
    }

    void aSnapshotThatCannotBeTrustedIsNotUsed_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"cut off", "a byte changed", "another version", "empty", "of another tape"})
            QTest::newRow(what) << QString(what);
    }
    void aSnapshotThatCannotBeTrustedIsNotUsed()
    {
        QFETCH(QString, what);
        QByteArray before;
        {
            Account account(openTape(file()));
            base::Generator random(7);
            trade(account, random, 1);
            account.saveSnapshot();
            before = stateBytes(*account.exchange);
        }
        QByteArray bytes = contents(snapshot());
        QVERIFY(bytes.size() > 1000);
        if (what == "cut off")
            bytes.chop(bytes.size() / 3);
        else if (what == "a byte changed")
            bytes[bytes.size() / 2] = bytes.at(bytes.size() / 2) == '1' ? '2' : '1';
        else if (what == "another version")
            bytes.replace("\"vegadesk-exchange-snapshot\":3", "\"vegadesk-exchange-snapshot\":2");
        else if (what == "empty")
            bytes.clear();
        if (what == "of another tape") {
            const QString other = m_directory->filePath(QStringLiteral("other.tape"));
            Account account(openTape(other));
            account.place(limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "900.0", PriceEffect::Debit));
            account.saveSnapshot();
            bytes = contents(other + QStringLiteral(".snapshot"));
        }
        QFile changed(snapshot());
        QVERIFY(changed.open(QIODevice::WriteOnly) && changed.write(bytes) == bytes.size());
        changed.close();

        const Account again(openTape(file()));
        QVERIFY(!again.tape.beginning());
        QCOMPARE(stateBytes(*again.exchange), before);
        QVERIFY(!QFile::exists(file() + QStringLiteral(".old"))); // the tape itself is whole
    }

    void aTapeShorterThanItsSnapshotIsReplayed()
    {
        {
            Account account(openTape(file()));
            account.place(limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "900.0", PriceEffect::Debit));
            QFile::remove(copy());
            QVERIFY(QFile::copy(file(), copy())); // what the disk had
            account.wait(5min);
            account.saveSnapshot();
        }
        QFile::remove(file());
        QVERIFY(QFile::copy(copy(), file()));
        const Account again(openTape(file()));
        QVERIFY(!again.tape.beginning());
        QCOMPARE(again.exchange->orders().size(), std::size_t{1});
    }

    void aNewTapeHasNoSnapshotOfAnOldOne()
    {
        {
            Account account(openTape(file()));
            account.saveSnapshot();
        }
        QVERIFY(QFile::remove(file()));
        openTape(file());
        QVERIFY(!QFile::exists(snapshot()));
    }

    void anUnwritableSnapshotIsAnError()
    {
        Account account(openTape(file()));
        QVERIFY(QDir().mkpath(snapshot())); // a folder is in its place
        const auto saved = account.tape.saveSnapshot(*account.exchange);
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, base::ErrorKind::Storage);
    }

    void ordersThatAreOverAreForgottenInTime()
    {
        Account account(openTape(file()));
        const std::size_t count = Exchange::overOrdersMost + 20;
        auto resting = limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "1.0", PriceEffect::Debit);
        resting.intent.timeInForce = portfolio::TimeInForce::Gtc;
        account.place(resting);
        const std::string first = account.exchange->orders().front()->id;
        for (std::size_t i = 0; i < count; ++i) {
            account.place(limitOrder({stockLeg("SPY", Action::BuyToOpen, 1)}, "1.0", PriceEffect::Debit));
            account.wait(100ms);
            account.cancel(account.exchange->orders().front()->id);
            account.wait(100ms);
        }
        QCOMPARE(account.exchange->orders().size(), count + 1);
        account.exchange->advanceTo(thursday() + 24h);
        QCOMPARE(account.exchange->orders().size(), Exchange::overOrdersMost + 1);
        QVERIFY(account.exchange->order(first)); // it works
        QCOMPARE(account.exchange->liveOrders().size(), std::size_t{1});
    }

private:
    QString file() const { return m_directory->filePath(QStringLiteral("state.tape")); }
    QString copy() const { return m_directory->filePath(QStringLiteral("copy.tape")); }
    QString snapshot() const { return file() + QStringLiteral(".snapshot"); }
    static QByteArray contents(const QString& path)
    {
        QFile read(path);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(ExchangeSnapshotTest)
#include "exchange_snapshot_test.moc"

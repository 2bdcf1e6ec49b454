#include "chain_fixture.h"
#include "desk/market_hours.h"

#include <QTest>

using namespace vegadesk;
using namespace std::chrono_literals;

namespace
{
base::Instant newYork(const char* date, std::chrono::seconds time)
{
    return market::fromNewYork(base::parseDate(date).value(), time);
}
} // namespace

class MarketHoursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNextOpenIsSaid_data()
    {
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<int>("minutes"); ///< since midnight, New York
        QTest::addColumn<QByteArray>("opens");
        QTest::newRow("before the bell") << QByteArray("2026-11-25") << 8 * 60 << QByteArray("2026-11-25");
        QTest::newRow("in the session") << QByteArray("2026-11-25") << 12 * 60 << QByteArray("2026-11-27");
        QTest::newRow("on the eve of Thanksgiving") << QByteArray("2026-11-25") << 20 * 60 << QByteArray("2026-11-27");
        QTest::newRow("on the holiday") << QByteArray("2026-11-26") << 10 * 60 << QByteArray("2026-11-27");
        QTest::newRow("after a half day") << QByteArray("2026-11-27") << 13 * 60 << QByteArray("2026-11-30");
        QTest::newRow("on a Sunday") << QByteArray("2026-11-29") << 12 * 60 << QByteArray("2026-11-30");
    }
    void theNextOpenIsSaid()
    {
        QFETCH(const QByteArray, date);
        QFETCH(const int, minutes);
        QFETCH(const QByteArray, opens);
        QCOMPARE(desk::nextOpen(newYork(date, std::chrono::minutes(minutes))), newYork(opens, 9h + 30min));
    }

    void anExpirationStopsTradingBySettlement()
    {
        market::Expiration expiration;
        expiration.date = base::makeDate(2026, 12, 18);
        expiration.settlement = market::Settlement::PM;
        expiration.expiresAt = market::expiryInstant(expiration.date, expiration.settlement);
        QCOMPARE(desk::lastTradingMoment(expiration), newYork("2026-12-18", 16h));
        expiration.settlement = market::Settlement::AM;
        expiration.expiresAt = market::expiryInstant(expiration.date, expiration.settlement);
        QCOMPARE(desk::lastTradingMoment(expiration), newYork("2026-12-17", 16h));
    }

    void whatCeasedTradingIsNotTheFavourite()
    {
        const base::Date friday = base::makeDate(2026, 11, 20);
        const tests::ChainFixture soon({friday, base::makeDate(2026, 11, 27)}, 99, 101);
        QCOMPARE(desk::favouriteExpiration(*soon.layout, newYork("2026-11-20", 15h)), std::size_t{1});
        const tests::ChainFixture far({friday, base::makeDate(2027, 12, 17)}, 99, 101);
        QCOMPARE(desk::favouriteExpiration(*far.layout, newYork("2026-11-20", 15h)), std::size_t{0});
        QCOMPARE(desk::favouriteExpiration(*far.layout, newYork("2026-11-20", 16h)), std::size_t{1});
        QCOMPARE(desk::favouriteExpiration(*far.layout, newYork("2027-12-18", 9h)), std::size_t{1});
    }

    void theNextOneIsChosenAtTheClose()
    {
        const tests::ChainFixture fixture({base::makeDate(2026, 11, 20), base::makeDate(2026, 11, 27)}, 99, 101);
        QCOMPARE(desk::stillTrading(*fixture.layout, 0, newYork("2026-11-20", 15h)), std::size_t{0});
        QCOMPARE(desk::stillTrading(*fixture.layout, 0, newYork("2026-11-20", 16h)), std::size_t{1});
        QCOMPARE(desk::stillTrading(*fixture.layout, 0, newYork("2026-11-28", 9h)), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(MarketHoursTest)
#include "test_market_hours.moc"

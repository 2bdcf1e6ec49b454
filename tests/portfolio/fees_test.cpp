#include "portfolio/fees.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::portfolio;

namespace
{

constexpr base::Date today = base::makeDate(2026, 11, 20);

OrderIntent condor(const char* underlying, int lots, bool opening)
{
    OrderIntent intent;
    intent.underlying = underlying;
    for (const bool buys : {true, false, false, true}) {
        const Action action = opening ? (buys ? Action::BuyToOpen : Action::SellToOpen)
                                      : (buys ? Action::BuyToClose : Action::SellToClose);
        intent.legs.push_back({.symbol = "X", .action = action, .quantity = lots});
    }
    return intent;
}

} // namespace

class FeesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condors_data()
    {
        QTest::addColumn<QString>("underlying");
        QTest::addColumn<int>("lots");
        QTest::addColumn<bool>("opening");
        QTest::addColumn<QString>("commissionAndClearing");
        QTest::addColumn<QString>("regulatory");
        QTest::newRow("1 lot") << "SPY" << 1 << true << "4.40" << "0.08";
        QTest::newRow("5 lots") << "SPY" << 5 << true << "22.00" << "0.40";
        QTest::newRow("25 lots, capped at 10 a leg") << "SPY" << 25 << true << "50.00" << "2.00";
        QTest::newRow("25 lots on an index, no cap") << "SPX" << 25 << true << "110.00" << "2.00";
        QTest::newRow("closing costs no commission") << "SPY" << 5 << false << "2.00" << "0.40";
    }
    void condors()
    {
        QFETCH(QString, underlying);
        QFETCH(int, lots);
        QFETCH(bool, opening);
        QFETCH(QString, commissionAndClearing);
        QFETCH(QString, regulatory);
        const Fees fees = feesFor(condor(underlying.toUtf8().constData(), lots, opening), today);
        QCOMPARE(QString::fromStdString((fees.commission + fees.clearing).toFixed(2)), commissionAndClearing);
        QCOMPARE(QString::fromStdString(fees.regulatory.toFixed(2)), regulatory);
        QVERIFY(fees.total() == fees.commission + fees.clearing + fees.regulatory);
    }

    void partialFillsCostWhatOneFillCosts()
    {
        const OrderLeg leg{.symbol = "X", .quantity = 25};
        Fees parts;
        std::int64_t filled = 0;
        for (const std::int64_t part : {7, 1, 9, 8}) {
            parts += feesFor(leg, "SPY", today, part, filled);
            filled += part;
        }
        QVERIFY(parts == feesFor(leg, "SPY", today, 25));
    }

    void sharesPayClearingOnly()
    {
        const OrderLeg leg{.symbol = "SPY", .type = market::InstrumentType::Equity, .quantity = 250};
        const Fees fees = feesFor(leg, "SPY", today, 250);
        QCOMPARE(fees.total().toString(), std::string("0.2"));
    }

    void daysBeforeTheFirstScheduleTakeTheFirst()
    {
        QVERIFY(&feeScheduleOn(base::makeDate(2010, 1, 4)) == &feeSchedules().front());
        QVERIFY(&feeScheduleOn(today) == &feeSchedules().back());
    }
};

QTEST_APPLESS_MAIN(FeesTest)
#include "fees_test.moc"

#include "portfolio/fees.h"

#include <QtTest>

#include <array>

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

FeeSchedule tariff(base::Date from, const char* opening, const char* cap, const char* clearing, const char* regulatory)
{
    FeeSchedule schedule = feeSchedules().front();
    schedule.from = from;
    schedule.optionOpening = base::Decimal::parse(opening).value();
    schedule.optionCapPerLeg = base::Decimal::parse(cap).value();
    schedule.optionClearing = base::Decimal::parse(clearing).value();
    schedule.optionRegulatory = base::Decimal::parse(regulatory).value();
    return schedule;
}

} // namespace

Q_DECLARE_METATYPE(vegadesk::base::Date)

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
        QTest::newRow("1 lot") << "SPY" << 1 << true << "4.40"
                               << "0.08";
        QTest::newRow("5 lots") << "SPY" << 5 << true << "22.00"
                                << "0.40";
        QTest::newRow("25 lots, capped at 10 a leg") << "SPY" << 25 << true << "50.00"
                                                     << "2.00";
        QTest::newRow("25 lots on an index, no cap") << "SPX" << 25 << true << "110.00"
                                                     << "2.00";
        QTest::newRow("closing costs no commission") << "SPY" << 5 << false << "2.00"
                                                     << "0.40";
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

    void futuresPayOnBothSides_data()
    {
        QTest::addColumn<bool>("isOption");
        QTest::addColumn<bool>("opening");
        QTest::addColumn<QString>("commission");
        QTest::addColumn<QString>("clearing");
        QTest::addColumn<QString>("underlying");
        QTest::addColumn<bool>("isComplete");
        QTest::newRow("future opened") << false << true << "3.75"
                                       << "0.90"
                                       << "/ESZ6" << true;
        QTest::newRow("future closed") << false << false << "3.75"
                                       << "0.90"
                                       << "/ESZ6" << true;
        QTest::newRow("option opened") << true << true << "7.50"
                                       << "0.90"
                                       << "/ESZ6" << true;
        QTest::newRow("option closed") << true << false << "0.00"
                                       << "0.90"
                                       << "/ESZ6" << true;
        // What the exchange asks for its micro contracts is not known.
        QTest::newRow("micro future opened") << false << true << "2.55"
                                             << "0.90"
                                             << "/MESZ6" << false;
        QTest::newRow("micro future closed") << false << false << "2.55"
                                             << "0.90"
                                             << "/MESZ6" << false;
        QTest::newRow("option on a micro opened") << true << true << "4.50"
                                                  << "0.90"
                                                  << "/MNQH27" << false;
        QTest::newRow("option on a micro closed") << true << false << "0.00"
                                                  << "0.90"
                                                  << "/MNQH27" << false;
    }
    void futuresPayOnBothSides()
    {
        QFETCH(bool, isOption);
        QFETCH(bool, opening);
        const OrderLeg leg{.symbol = "X",
                           .type = isOption ? market::InstrumentType::FutureOption : market::InstrumentType::Future,
                           .action = opening ? Action::SellToOpen : Action::BuyToClose,
                           .quantity = 3};
        QFETCH(QString, underlying);
        QFETCH(bool, isComplete);
        const Fees fees = feesFor(leg, underlying.toStdString(), today, 3);
        QCOMPARE(fees.isComplete, isComplete);
        QTEST(QString::fromStdString(fees.commission.toFixed(2)), "commission");
        QTEST(QString::fromStdString(fees.clearing.toFixed(2)), "clearing");
        QCOMPARE(fees.regulatory > base::Decimal{}, isComplete);
    }

    void microFuturesAreKnownByProduct_data()
    {
        QTest::addColumn<QString>("symbol");
        QTest::addColumn<bool>("isMicro");
        for (const char* micro : {"/MES", "/MESZ6", "/MESZ26", "/M2KH7", "/M6EM7", "/SILN7"})
            QTest::newRow(micro) << QString(micro) << true;
        for (const char* other : {"/ES", "/ESZ6", "/MEZ6", "/SIN7", "/6EM7", "MES", "", "/"})
            QTest::newRow(other) << QString(other) << false;
    }
    void microFuturesAreKnownByProduct()
    {
        QFETCH(QString, symbol);
        QTEST(isMicroFuture(symbol.toStdString()), "isMicro");
    }

    void ordersPayByTheTariffOfTheirDay_data()
    {
        QTest::addColumn<base::Date>("day");
        QTest::addColumn<QString>("total");
        // 25 contracts each of four legs
        QTest::newRow("before the first, by the first") << base::makeDate(2019, 12, 31) << "58.0";
        QTest::newRow("first day of the first") << base::makeDate(2020, 1, 1) << "58.0";
        QTest::newRow("last day of the first") << base::makeDate(2023, 6, 30) << "58.0";
        QTest::newRow("first day of the second") << base::makeDate(2023, 7, 1) << "91.0";
        QTest::newRow("last day of the second") << base::makeDate(2024, 12, 31) << "91.0";
        QTest::newRow("the last") << base::makeDate(2025, 1, 1) << "15.0";
        QTest::newRow("the last, for ever") << base::makeDate(2099, 1, 1) << "15.0";
    }
    void ordersPayByTheTariffOfTheirDay()
    {
        QFETCH(base::Date, day);
        const std::array schedules{tariff(base::makeDate(2020, 1, 1), "1", "10", "0.10", "0.08"),
                                   tariff(base::makeDate(2023, 7, 1), "1.50", "20", "0.10", "0.01"),
                                   tariff(base::makeDate(2025, 1, 1), "0", "0", "0.15", "0")};
        QTEST(QString::fromStdString(feesFor(condor("SPY", 25, true), day, schedules).total().toString()), "total");
    }

    void anIndexPaysWhatItsExchangeAsks()
    {
        const std::array own{IndexOptionFee{"SPX", base::Decimal::parse("0.57").value()},
                             IndexOptionFee{"RUT", base::Decimal::parse("0.18").value()}};
        FeeSchedule schedule = feeSchedules().back();
        schedule.indexOptionFees = own;
        const std::array schedules{schedule};
        const Fees spx = feesFor(condor("SPX", 5, false), today, schedules);
        QCOMPARE(QString::fromStdString(spx.indexOption.toFixed(2)), QString("11.40"));
        QVERIFY(spx.isComplete && spx.total() == spx.clearing + spx.regulatory + spx.indexOption);
        const Fees rut = feesFor(condor("RUT", 1, true), today, schedules);
        QCOMPARE(QString::fromStdString(rut.indexOption.toFixed(2)), QString("0.72"));
        // One that is not in the table has a fee all the same; an equity has none.
        QVERIFY(!feesFor(condor("NDX", 1, true), today, schedules).isComplete);
        QVERIFY(feesFor(condor("SPY", 1, true), today, schedules).isComplete);
        QVERIFY(feesFor(condor("SPY", 1, true), today, schedules).indexOption.isZero());
        QVERIFY(!feesFor(condor("SPX", 1, true), today).isComplete);
    }

    void aSumLacksWhatOneOfItsPartsLacks()
    {
        const OrderLeg leg{.symbol = "X", .quantity = 1};
        Fees fees = feesFor(leg, "SPY", today, 1);
        QVERIFY(fees.isComplete);
        fees += feesFor(leg, "SPX", today, 1);
        QVERIFY(!fees.isComplete);
        fees += feesFor(leg, "SPY", today, 1);
        QVERIFY(!fees.isComplete);
        const OrderLeg coin{.symbol = "BTC/USD", .type = market::InstrumentType::Cryptocurrency, .quantity = 1};
        QVERIFY(!feesFor(coin, "BTC/USD", today, 1).isComplete);
    }

    void daysBeforeTheFirstScheduleTakeTheFirst()
    {
        QVERIFY(&feeScheduleOn(base::makeDate(2010, 1, 4)) == &feeSchedules().front());
        QVERIFY(&feeScheduleOn(today) == &feeSchedules().back());
    }
};

QTEST_APPLESS_MAIN(FeesTest)
#include "fees_test.moc"

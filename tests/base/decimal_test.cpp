#include "base/decimal.h"
#include "base/random.h"

#include <QtTest>

#include <cmath>
#include <limits>

using vegadesk::base::Decimal;
using vegadesk::base::Generator;

namespace
{

constexpr auto highest = std::numeric_limits<std::int64_t>::max();
constexpr auto lowest = std::numeric_limits<std::int64_t>::min();

Decimal decimal(std::string_view text)
{
    return *Decimal::parse(text);
}

} // namespace

class DecimalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void prints_data();
    void prints();
    void readsWhatItPrints();
    void fixedPlaces_data();
    void fixedPlaces();
    void fromDouble_data();
    void fromDouble();
    void refusesDoubles();
    void ticks_data();
    void ticks();
    void tickProperties();
    void oddTicksRoundToTheNearest();
    void refusesTicksThatAreNone();
    void arithmetic();
    void overflows();
    void ordersAsNumbers();
};

void DecimalTest::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qlonglong>("units");
    const auto row = [](const char* text, qlonglong units) { QTest::newRow(text) << text << units; };
    row("0", 0);
    row("-0", 0);
    row("1.05", 105'000'000);
    row("+1.05", 105'000'000);
    row("-3", -300'000'000);
    row(".5", 50'000'000);
    row("5.", 500'000'000);
    row("00012.50", 1'250'000'000);
    row("1E-7", 10);
    row("1e-8", 1);
    row("1.5e+2", 15'000'000'000);
    row("0.000000010000000", 1); // zeros beyond the eighth place do not matter
    row("0.0e-30", 0);
    row("12345678901E-3", 1'234'567'890'100'000);
    row("92233720368.54775807", highest);
    row("-92233720368.54775807", -highest);
    row("-92233720368.54775808", lowest);
}

void DecimalTest::parses()
{
    QFETCH(QString, text);
    QFETCH(qlonglong, units);
    const auto read = Decimal::parse(text.toStdString());
    QVERIFY2(read, qPrintable(text));
    QCOMPARE(static_cast<qlonglong>(read->units()), units);
}

void DecimalTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             " ",
                             ".",
                             "-",
                             "+",
                             "e5",
                             "NaN",
                             "nan",
                             "inf",
                             "1 ",
                             " 1",
                             "1,5",
                             "1.2.3",
                             "--1",
                             "+-1",
                             "0x10",
                             "1e",
                             "1e+",
                             "1e+-5",
                             "1e-+5",
                             "1e99",
                             "1e-99",
                             "0.000000001",
                             "1.123456789",
                             "92233720368.54775808",
                             "-92233720368.54775809",
                             "99999999999999999999999999999999999999999999",
                             "1e30",
                             "1\n",
                             "\xd9\xa1"})
        QTest::addRow("\"%s\"", text) << text;
}

void DecimalTest::refuses()
{
    QFETCH(QString, text);
    const auto read = Decimal::parse(text.toStdString());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, vegadesk::base::ErrorKind::BadInput);
    QVERIFY(read.error().value.size() <= 40);
}

void DecimalTest::prints_data()
{
    QTest::addColumn<qlonglong>("units");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0LL << "0.0";
    QTest::newRow("whole") << 300'000'000LL << "3.0";
    QTest::newRow("thousandth") << 100'000LL << "0.001";
    QTest::newRow("smallest") << -1LL << "-0.00000001";
    QTest::newRow("trailing zeros") << 1'050'000'000LL << "10.5";
    QTest::newRow("highest") << static_cast<qlonglong>(highest) << "92233720368.54775807";
    QTest::newRow("lowest") << static_cast<qlonglong>(lowest) << "-92233720368.54775808";
}

void DecimalTest::prints()
{
    QFETCH(qlonglong, units);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(Decimal::fromUnits(units).toString()), text);
}

void DecimalTest::readsWhatItPrints()
{
    Generator generator(1);
    for (int i = 0; i < 100'000; ++i) {
        const int shift = static_cast<int>(generator.integer(0, 62));
        const Decimal value = Decimal::fromUnits(static_cast<std::int64_t>(generator.bits()) >> shift);
        QVERIFY(Decimal::parse(value.toString()) == value);
        QVERIFY(Decimal::parse(value.toFixed(8)) == value);
    }
}

void DecimalTest::fixedPlaces_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("places");
    QTest::addColumn<QString>("text");
    QTest::newRow("cents") << "1.005" << 2 << "1.01";
    QTest::newRow("half away from zero") << "-1.005" << 2 << "-1.01";
    QTest::newRow("down") << "1.00499999" << 2 << "1.00";
    QTest::newRow("no places") << "2.5" << 0 << "3";
    QTest::newRow("carries") << "9.999" << 2 << "10.00";
    QTest::newRow("no minus zero") << "-0.004" << 2 << "0.00";
    QTest::newRow("padded") << "7" << 4 << "7.0000";
}

void DecimalTest::fixedPlaces()
{
    QFETCH(QString, value);
    QFETCH(int, places);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(decimal(value.toStdString()).toFixed(places)), text);
}

void DecimalTest::fromDouble_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("tenth") << 0.1 << "0.1";
    QTest::newRow("binary noise goes") << 0.1 + 0.2 << "0.3";
    QTest::newRow("negative") << -2.675 << "-2.675";
    QTest::newRow("below half a unit") << 0.4e-8 << "0.0";
    QTest::newRow("half a unit") << -0.5e-8 << "-0.00000001";
    QTest::newRow("index") << 6012.35 << "6012.35";
}

void DecimalTest::fromDouble()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    const auto made = Decimal::fromDouble(value);
    QVERIFY(made);
    QCOMPARE(QString::fromStdString(made->toString()), text);
}

void DecimalTest::refusesDoubles()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const double value : {std::nan(""), infinity, -infinity, 1e11, -1e11, 1e300})
        QVERIFY(!Decimal::fromDouble(value));
}

void DecimalTest::ticks_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("tick");
    QTest::addColumn<QString>("rounded");
    QTest::addColumn<QString>("floored");
    QTest::addColumn<QString>("ceiled");
    QTest::newRow("nickel, below half") << "1.02" << "0.05" << "1.0" << "1.0" << "1.05";
    QTest::newRow("nickel, half") << "1.025" << "0.05" << "1.05" << "1.0" << "1.05";
    QTest::newRow("negative half") << "-1.025" << "0.05" << "-1.05" << "-1.05" << "-1.0";
    QTest::newRow("negative") << "-1.02" << "0.05" << "-1.0" << "-1.05" << "-1.0";
    QTest::newRow("exact") << "3.15" << "0.05" << "3.15" << "3.15" << "3.15";
    QTest::newRow("dime") << "3.14" << "0.1" << "3.1" << "3.1" << "3.2";
    QTest::newRow("dollar") << "0.5" << "1" << "1.0" << "0.0" << "1.0";
}

void DecimalTest::ticks()
{
    QFETCH(QString, value);
    QFETCH(QString, tick);
    QFETCH(QString, rounded);
    QFETCH(QString, floored);
    QFETCH(QString, ceiled);
    const Decimal price = decimal(value.toStdString());
    const Decimal step = decimal(tick.toStdString());
    QCOMPARE(QString::fromStdString(price.roundedTo(step).toString()), rounded);
    QCOMPARE(QString::fromStdString(price.flooredTo(step).toString()), floored);
    QCOMPARE(QString::fromStdString(price.ceiledTo(step).toString()), ceiled);
    QCOMPARE(price.isMultipleOf(step), rounded == floored && floored == ceiled);
}

void DecimalTest::tickProperties()
{
    Generator generator(2);
    for (int i = 0; i < 50'000; ++i) {
        const Decimal value = Decimal::fromUnits(generator.integer(-1'000'000'000'000, 1'000'000'000'000));
        const Decimal tick = Decimal::fromUnits(generator.integer(1, 200'000'000));
        const Decimal floored = value.flooredTo(tick);
        const Decimal ceiled = value.ceiledTo(tick);
        const Decimal rounded = value.roundedTo(tick);
        QVERIFY(floored.isMultipleOf(tick) && ceiled.isMultipleOf(tick) && rounded.isMultipleOf(tick));
        QVERIFY(floored <= value && value <= ceiled);
        QVERIFY(ceiled - floored <= tick);
        QVERIFY(rounded == floored || rounded == ceiled);
        QVERIFY((value - rounded).abs() * 2 <= tick);
        QVERIFY((-value).roundedTo(tick) == -rounded);
    }
}

void DecimalTest::oddTicksRoundToTheNearest()
{
    const Decimal five = Decimal::fromUnits(5);
    QCOMPARE(Decimal::fromUnits(2).roundedTo(five).units(), std::int64_t{0});
    QCOMPARE(Decimal::fromUnits(3).roundedTo(five).units(), std::int64_t{5});
    QCOMPARE(Decimal::fromUnits(1).roundedTo(Decimal::fromUnits(3)).units(), std::int64_t{0});
    QCOMPARE(Decimal::fromUnits(-2).roundedTo(Decimal::fromUnits(3)).units(), std::int64_t{-3});
}

void DecimalTest::refusesTicksThatAreNone()
{
    const Decimal one = decimal("1");
    for (const Decimal tick : {Decimal(), decimal("-0.05")}) {
        QVERIFY_EXCEPTION_THROWN(one.roundedTo(tick), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(one.flooredTo(tick), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(one.ceiledTo(tick), std::invalid_argument);
        QVERIFY(!one.isMultipleOf(tick));
    }
}

void DecimalTest::arithmetic()
{
    QVERIFY(decimal("0.1") + decimal("0.2") == decimal("0.3"));
    QVERIFY(decimal("1") - decimal("1.05") == decimal("-0.05"));
    QVERIFY(decimal("1.05") * 100 == decimal("105"));
    QVERIFY(-3 * decimal("0.65") == decimal("-1.95"));
    QVERIFY(-decimal("-2") == decimal("2"));
    QVERIFY(decimal("-2").abs() == decimal("2"));
    QVERIFY(Decimal().isZero() && !Decimal().isNegative() && decimal("-0.01").isNegative());
    QVERIFY(Decimal::fromInteger(-7) == decimal("-7"));
}

void DecimalTest::overflows()
{
    const Decimal high = Decimal::fromUnits(highest);
    const Decimal low = Decimal::fromUnits(lowest);
    const Decimal unit = Decimal::fromUnits(1);
    QVERIFY_EXCEPTION_THROWN(high + unit, std::overflow_error);
    QVERIFY_EXCEPTION_THROWN(low - unit, std::overflow_error);
    QVERIFY_EXCEPTION_THROWN(-low, std::overflow_error);
    QVERIFY_EXCEPTION_THROWN(low.abs(), std::overflow_error);
    QVERIFY_EXCEPTION_THROWN(high * 2, std::overflow_error);
    QVERIFY_EXCEPTION_THROWN(low.flooredTo(decimal("1")), std::overflow_error);
    QVERIFY_EXCEPTION_THROWN(Decimal::fromInteger(92'233'720'369), std::overflow_error);
    QVERIFY(Decimal::fromInteger(92'233'720'368) > Decimal());
}

void DecimalTest::ordersAsNumbers()
{
    QVERIFY(decimal("-2") < decimal("-1.99999999"));
    QVERIFY(decimal("10") > decimal("9.9"));
    QVERIFY(decimal("1.50") == decimal("1.5"));
}

QTEST_GUILESS_MAIN(DecimalTest)
#include "decimal_test.moc"

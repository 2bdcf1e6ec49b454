#include "base/quantity.h"
#include "base/random.h"

#include <QtTest>

#include <limits>

using vegadesk::base::commonMeasure;
using vegadesk::base::Decimal;
using vegadesk::base::Generator;
using vegadesk::base::Quantity;

namespace
{

Quantity quantity(const char* text)
{
    return Quantity::parse(text).value();
}

Decimal decimal(const char* text)
{
    return Decimal::parse(text).value();
}

// A half and an integer meet without a word in between, and no truth value is taken for a number.
static_assert(Quantity(3) == 3 && 2 < Quantity(3) && Quantity(-1) < 0u);
static_assert(!std::is_convertible_v<bool, Quantity> && !std::is_convertible_v<double, Quantity>);
static_assert(!std::is_convertible_v<Quantity, std::int64_t>);
static_assert((Quantity(7) / 2) == 3 && (Quantity(7) % 2) == 1 && -Quantity(7) == -7);

} // namespace

class QuantityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndPrints_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("units");
        QTest::addColumn<QString>("printed");
        const auto row = [](const char* text, qlonglong units, const char* printed) {
            QTest::newRow(text) << text << units << printed;
        };
        row("0", 0, "0");
        row("-0.0", 0, "0");
        row("1", 100'000'000, "1");
        row("1.0", 100'000'000, "1");
        row("-120", -12'000'000'000, "-120");
        row("0.52341", 52'341'000, "0.52341");
        row("-0.50", -50'000'000, "-0.5");
        row("12.00000001", 1'200'000'001, "12.00000001");
        row("1e2", 10'000'000'000, "100");
    }
    void readsAndPrints()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, units);
        QFETCH(QString, printed);
        const auto read = Quantity::parse(text.toStdString());
        QVERIFY(read.has_value());
        QCOMPARE(read->units(), units);
        QCOMPARE(QString::fromStdString(read->toString()), printed);
        QCOMPARE(Quantity::parse(read->toString()).value().units(), units);
        QCOMPARE(read->isWhole(), units % 100'000'000 == 0);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "NaN", "half", "1,5", "0.000000001", "92233720369", "1 share"})
            QTest::newRow(text) << text;
    }
    void refuses()
    {
        QFETCH(QString, text);
        const auto read = Quantity::parse(text.toStdString());
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().field, std::string("quantity"));
        QCOMPARE(read.error().value, text.toStdString());
    }

    void countsLikeIntegers()
    {
        Generator random(7);
        for (int i = 0; i < 1000; ++i) {
            const std::int64_t a = random.integer(-100'000, 100'000), b = random.integer(1, 100'000);
            QVERIFY(Quantity(a) + b == a + b && a - Quantity(b) == a - b && Quantity(a) * b == a * b);
            QVERIFY(Quantity(a) / b == a / b && Quantity(a) % b == a % b);
            QVERIFY((Quantity(a) < b) == (a < b) && (Quantity(a) == b) == (a == b));
            QCOMPARE(Quantity(a).whole(), a);
            QCOMPARE(Quantity(a).abs().whole(), std::abs(a));
            QCOMPARE(Quantity(a).toDouble(), static_cast<double>(a));
            QCOMPARE(decimal("0.07") * Quantity(a), decimal("0.07") * a);
        }
    }

    void pricesAFraction_data()
    {
        QTest::addColumn<QString>("price");
        QTest::addColumn<QString>("quantity");
        QTest::addColumn<QString>("cash");
        const auto row = [](const char* price, const char* quantity, const char* cash) {
            QTest::addRow("%s of %s", quantity, price) << price << quantity << cash;
        };
        row("590.25", "0.5", "295.125");
        row("590.25", "-0.5", "-295.125");
        row("590.25", "0.52341", "308.9427525");
        row("0.00000001", "0.5", "0.00000001"); // half away from zero
        row("0.00000001", "-0.5", "-0.00000001");
        row("-0.00000001", "-0.5", "0.00000001");
        row("0.00000001", "0.49999999", "0.0");
        row("92000", "999999.99999999", "91999999999.99908");
    }
    void pricesAFraction()
    {
        QFETCH(QString, price);
        QFETCH(QString, quantity);
        QFETCH(QString, cash);
        const Decimal each = Decimal::parse(price.toStdString()).value();
        const Quantity many = Quantity::parse(quantity.toStdString()).value();
        QCOMPARE(QString::fromStdString((each * many).toString()), cash);
        QCOMPARE(many * each, each * many);
    }

    /// What is bought in parts and sold at once leaves nothing, however odd the parts.
    void sumsAreExact()
    {
        Generator random(11);
        Quantity held;
        std::vector<Quantity> parts;
        for (int i = 0; i < 1000; ++i) {
            parts.push_back(Quantity::fromUnits(random.integer(1, 300'000'000)));
            held += parts.back();
        }
        for (const Quantity part : parts)
            held -= part;
        QVERIFY(held == 0);
        QCOMPARE(QString::fromStdString((quantity("0.1") + quantity("0.2")).toString()), QStringLiteral("0.3"));
    }

    void measures()
    {
        QVERIFY(commonMeasure(0, 0) == 0);
        QVERIFY(commonMeasure(0, -4) == 4);
        QVERIFY(commonMeasure(6, 9) == 3);
        QVERIFY(commonMeasure(0, quantity("0.52341")) == quantity("0.52341"));
        QVERIFY(commonMeasure(quantity("0.5"), 2) == quantity("0.5"));
        QVERIFY(Quantity(7).part(2) == quantity("3.5"));
    }

    void floors()
    {
        QVERIFY(quantity("0.523419").flooredTo(5) == quantity("0.52341"));
        QVERIFY(quantity("-0.523411").flooredTo(5) == quantity("-0.52342"));
        QVERIFY(quantity("2.99").flooredTo(0) == 2);
        QVERIFY(quantity("0.12345678").flooredTo(8) == quantity("0.12345678"));
    }

    void overflows()
    {
        constexpr auto highest = std::numeric_limits<std::int64_t>::max();
        const Quantity most = Quantity::fromUnits(highest);
        QVERIFY_EXCEPTION_THROWN(most + 1, std::overflow_error);
        QVERIFY_EXCEPTION_THROWN(-most - 2, std::overflow_error);
        QVERIFY_EXCEPTION_THROWN(most * 2, std::overflow_error);
        QVERIFY_EXCEPTION_THROWN(Quantity{highest}, std::overflow_error);
        QVERIFY_EXCEPTION_THROWN(decimal("90000") * quantity("90000000.5"), std::overflow_error);
    }
};

QTEST_APPLESS_MAIN(QuantityTest)
#include "quantity_test.moc"

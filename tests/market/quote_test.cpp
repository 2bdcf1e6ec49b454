#include "market/instrument.h"
#include "market/quote.h"

#include <QtTest>

#include <initializer_list>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::market;

namespace
{

constexpr double infinity = std::numeric_limits<double>::infinity();

QuoteFlags flagsOf(std::initializer_list<QuoteFlag> list)
{
    QuoteFlags out;
    for (const QuoteFlag flag : list)
        out.set(flag);
    return out;
}

base::Decimal decimal(std::string_view text)
{
    return *base::Decimal::parse(text);
}

} // namespace

class QuoteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifies_data();
    void classifies();
    void ages();
    void marksOnlyWhatIsTradable_data();
    void marksOnlyWhatIsTradable();
    void midNeedsBothSides();
    void instrumentTypesRoundTrip();
    void ticks_data();
    void ticks();
};

void QuoteTest::classifies_data()
{
    QTest::addColumn<double>("bid");
    QTest::addColumn<double>("ask");
    QTest::addColumn<double>("bidSize");
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("tradable");
    const auto row = [](const char* name, double bid, double ask, double bidSize, QuoteFlags flags, bool tradable) {
        QTest::newRow(name) << bid << ask << bidSize << static_cast<int>(flags.bits) << tradable;
    };
    using enum QuoteFlag;
    row("good", 1.0, 1.1, 10, {}, true);
    row("size not known", 1.0, 1.1, unknown, {}, true);
    row("nothing", unknown, unknown, unknown, flagsOf({OneSided}), false);
    row("no bid", unknown, 1.1, 0, flagsOf({OneSided}), false);
    row("no ask", 1.0, unknown, 10, flagsOf({OneSided}), false);
    row("ask of nothing", 0.0, 0.0, 0, flagsOf({OneSided, Locked, ZeroBid}), false);
    row("zero bid", 0.0, 0.05, 0, flagsOf({ZeroBid}), true);
    row("locked", 1.0, 1.0, 10, flagsOf({Locked}), true);
    row("crossed", 1.2, 1.1, 10, flagsOf({Crossed}), false);
    row("negative bid", -0.1, 1.1, 10, flagsOf({Invalid}), false);
    row("negative both", -2, -1, 10, flagsOf({Invalid}), false);
    row("infinite ask", 1.0, infinity, 10, flagsOf({Invalid}), false);
    row("negative size", 1.0, 1.1, -1, flagsOf({Invalid}), false);
    row("infinite size", 1.0, 1.1, infinity, flagsOf({Invalid}), false);
}

void QuoteTest::classifies()
{
    QFETCH(double, bid);
    QFETCH(double, ask);
    QFETCH(double, bidSize);
    QFETCH(int, bits);
    QFETCH(bool, tradable);
    const Quote quote{bid, ask, bidSize, 10, {}};
    const QuoteFlags flags = classify(quote, base::Instant(std::chrono::hours(1)), base::Nanos{0});
    QCOMPARE(static_cast<int>(flags.bits), bits);
    QCOMPARE(isTradable(flags), tradable);
}

void QuoteTest::ages()
{
    using namespace std::chrono_literals;
    const base::Instant arrived(std::chrono::hours(1000));
    const Quote quote{1.0, 1.1, 10, 10, arrived};
    QVERIFY(classify(quote, arrived + 10s, 10s).none());
    QVERIFY(classify(quote, arrived + 10s + 1ns, 10s).has(QuoteFlag::Stale));
    QVERIFY(!isTradable(classify(quote, arrived + 11s, 10s)));
    QVERIFY(classify(quote, arrived + 1000h, base::Nanos{0}).none()); // age does not matter
    QVERIFY(classify(quote, arrived - 5s, 10s).none());               // a clock that steps back ages nothing
}

void QuoteTest::marksOnlyWhatIsTradable_data()
{
    QTest::addColumn<double>("bid");
    QTest::addColumn<double>("ask");
    QTest::addColumn<int>("age"); // seconds
    QTest::addColumn<double>("mark");
    QTest::newRow("two-sided") << 1.0 << 1.1 << 0 << 1.05;
    QTest::newRow("locked") << 1.0 << 1.0 << 0 << 1.0;
    QTest::newRow("zero bid") << 0.0 << 0.10 << 0 << 0.05;
    QTest::newRow("no offer") << 5.0 << 0.0 << 0 << unknown;
    QTest::newRow("no ask") << 5.0 << unknown << 0 << unknown;
    QTest::newRow("no bid") << unknown << 5.0 << 0 << unknown;
    QTest::newRow("no market") << 0.0 << 0.0 << 0 << unknown;
    QTest::newRow("crossed") << 1.1 << 1.0 << 0 << unknown;
    QTest::newRow("stale") << 1.0 << 1.1 << 11 << unknown;
    QTest::newRow("negative") << -1.0 << 1.1 << 0 << unknown;
}

void QuoteTest::marksOnlyWhatIsTradable()
{
    QFETCH(double, bid);
    QFETCH(double, ask);
    QFETCH(int, age);
    QFETCH(double, mark);
    const base::Instant now{std::chrono::hours(1)};
    const Quote quote{bid, ask, 1, 1, now - std::chrono::seconds(age)};
    const double got = markOf(quote, classify(quote, now, std::chrono::seconds(10)));
    QVERIFY2(got == mark || (std::isnan(got) && std::isnan(mark)), qPrintable(QString::number(got)));
}

void QuoteTest::midNeedsBothSides()
{
    QCOMPARE((Quote{1.0, 1.5, 1, 1, {}}.mid()), 1.25);
    QVERIFY(std::isnan(Quote{unknown, 1.5, 1, 1, {}}.mid()));
    QVERIFY(std::isnan(Quote{1.5, unknown, 1, 1, {}}.mid()));
}

void QuoteTest::instrumentTypesRoundTrip()
{
    for (const InstrumentType type : {InstrumentType::Equity, InstrumentType::EquityOption, InstrumentType::Future,
                                      InstrumentType::FutureOption, InstrumentType::Cryptocurrency}) {
        const auto read = instrumentTypeFromWire(toWire(type));
        QVERIFY(read);
        QCOMPARE(*read, type);
    }
    QCOMPARE(toWire(InstrumentType::Index), toWire(InstrumentType::Equity)); // the broker's word for an index
    const auto refused = instrumentTypeFromWire("Warrant");
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().value), QString("Warrant"));
}

void QuoteTest::ticks_data()
{
    QTest::addColumn<QString>("price");
    QTest::addColumn<QString>("tick");
    QTest::newRow("below") << "2.99" << "0.05";
    QTest::newRow("at the threshold") << "3" << "0.1";
    QTest::newRow("above") << "120" << "0.1";
    QTest::newRow("a credit") << "-2.99" << "0.05";
    QTest::newRow("a large credit") << "-3" << "0.1";
    QTest::newRow("zero") << "0" << "0.05";
}

void QuoteTest::ticks()
{
    QFETCH(QString, price);
    QFETCH(QString, tick);
    const TickTable table{{decimal("3"), decimal("0.05")}, {std::nullopt, decimal("0.1")}};
    QVERIFY(tickAt(table, decimal(price.toStdString())) == decimal(tick.toStdString()));
    QVERIFY(tickAt({}, decimal(price.toStdString())) == decimal("0.01"));
}

QTEST_GUILESS_MAIN(QuoteTest)
#include "quote_test.moc"

#include "base/random.h"
#include "market/symbols.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::market;

namespace
{

OptionTerms terms(std::string root, base::Date expiry, Right right, std::string_view strike)
{
    return {std::move(root), expiry, right, *base::Decimal::parse(strike)};
}

OptionTerms randomTerms(base::Generator& generator)
{
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    OptionTerms out;
    const auto length = generator.integer(1, 6);
    for (int i = 0; i < length; ++i)
        out.root += letters[static_cast<std::size_t>(generator.integer(0, 35))];
    const auto first = base::makeDate(2000, 1, 1);
    const auto last = base::makeDate(2099, 12, 31);
    out.expiry = first + std::chrono::days(generator.integer(0, (last - first).count()));
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.strike = base::Decimal::fromUnits(generator.integer(1, 99'999'999) * 100'000);
    return out;
}

} // namespace

class SymbolsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prints_data();
    void prints();
    void readsWhatItPrints();
    void readsCollapsedPadding();
    void namesAreReadable();
    void refusesToPrint_data();
    void refusesToPrint();
    void refusesToRead_data();
    void refusesToRead();
    void refusesToReadStreamer_data();
    void refusesToReadStreamer();
    void mutatedSymbolsNeverReadAsSomethingElse();
};

void SymbolsTest::prints_data()
{
    QTest::addColumn<QString>("root");
    QTest::addColumn<QString>("date");
    QTest::addColumn<bool>("isCall");
    QTest::addColumn<QString>("strike");
    QTest::addColumn<QString>("occ");
    QTest::addColumn<QString>("streamer");
    QTest::newRow("call") << "SPY" << "2026-12-18" << true << "600" << "SPY   261218C00600000"
                          << ".SPY261218C600";
    QTest::newRow("half dollar") << "SPY" << "2026-12-18" << false << "600.5" << "SPY   261218P00600500"
                                 << ".SPY261218P600.5";
    QTest::newRow("thousandth") << "A" << "2000-01-03" << true << "0.001" << "A     000103C00000001"
                                << ".A000103C0.001";
    QTest::newRow("highest strike") << "SPXW" << "2099-12-31" << true << "99999.999"
                                    << "SPXW  991231C99999999"
                                    << ".SPXW991231C99999.999";
    QTest::newRow("six letters, digit last") << "GOOGL7" << "2026-01-16" << false << "120" << "GOOGL7260116P00120000"
                                             << ".GOOGL7260116P120";
    QTest::newRow("root of rights' letters") << "CP" << "2026-01-16" << true << "10.125" << "CP    260116C00010125"
                                             << ".CP260116C10.125";
}

void SymbolsTest::prints()
{
    QFETCH(QString, root);
    QFETCH(QString, date);
    QFETCH(bool, isCall);
    QFETCH(QString, strike);
    QFETCH(QString, occ);
    QFETCH(QString, streamer);
    const OptionTerms expected = terms(root.toStdString(), *base::parseDate(date.toStdString()),
                                       isCall ? Right::Call : Right::Put, strike.toStdString());
    const auto printed = toOccSymbol(expected);
    const auto streamed = toStreamerSymbol(expected);
    QVERIFY(printed && streamed);
    QCOMPARE(QString::fromStdString(*printed), occ);
    QCOMPARE(QString::fromStdString(*streamed), streamer);
    QVERIFY(parseOccSymbol(*printed) == expected);
    QVERIFY(parseStreamerSymbol(*streamed) == expected);
}

void SymbolsTest::readsWhatItPrints()
{
    base::Generator generator(20261122);
    for (int i = 0; i < 20'000; ++i) {
        const OptionTerms expected = randomTerms(generator);
        const auto occ = toOccSymbol(expected);
        const auto streamer = toStreamerSymbol(expected);
        QVERIFY(occ && streamer);
        QCOMPARE(occ->size(), std::size_t{21});
        QVERIFY2(parseOccSymbol(*occ) == expected, occ->c_str());
        QVERIFY2(parseStreamerSymbol(*streamer) == expected, streamer->c_str());
    }
}

void SymbolsTest::readsCollapsedPadding()
{
    const OptionTerms expected = terms("SPY", base::makeDate(2026, 12, 18), Right::Call, "600");
    QVERIFY(parseOccSymbol("SPY 261218C00600000") == expected);
    QVERIFY(parseOccSymbol("SPY261218C00600000") == expected);
}

void SymbolsTest::namesAreReadable()
{
    QCOMPARE(contractName("SPY   261218C00600000"), std::string("SPY 2026-12-18 600 C"));
    QCOMPARE(contractName("SPXW  260302P06012500"), std::string("SPXW 2026-03-02 6012.5 P"));
    for (const char* const other : {"SPY", "BRK/B", "", "SPY   261318C00600000"}) // a month 13
        QCOMPARE(contractName(other), std::string(other));
}

void SymbolsTest::refusesToPrint_data()
{
    QTest::addColumn<QString>("root");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("strike");
    QTest::addColumn<QString>("field");
    QTest::newRow("no root") << "" << "2026-12-18" << "600" << "root";
    QTest::newRow("seven letters") << "ABCDEFG" << "2026-12-18" << "600" << "root";
    QTest::newRow("blank in root") << "A B" << "2026-12-18" << "600" << "root";
    QTest::newRow("lower case") << "spy" << "2026-12-18" << "600" << "root";
    QTest::newRow("1999") << "SPY" << "1999-12-31" << "600" << "expiry";
    QTest::newRow("2100") << "SPY" << "2100-01-01" << "600" << "expiry";
    QTest::newRow("zero strike") << "SPY" << "2026-12-18" << "0" << "strike";
    QTest::newRow("negative strike") << "SPY" << "2026-12-18" << "-5" << "strike";
    QTest::newRow("ten-thousandths") << "SPY" << "2026-12-18" << "600.0001" << "strike";
    QTest::newRow("six digits") << "SPY" << "2026-12-18" << "100000" << "strike";
}

void SymbolsTest::refusesToPrint()
{
    QFETCH(QString, root);
    QFETCH(QString, date);
    QFETCH(QString, strike);
    QFETCH(QString, field);
    const OptionTerms bad =
        terms(root.toStdString(), *base::parseDate(date.toStdString()), Right::Call, strike.toStdString());
    for (const auto& printed : {toOccSymbol(bad), toStreamerSymbol(bad)}) {
        QVERIFY(!printed);
        QCOMPARE(printed.error().kind, base::ErrorKind::BadInput);
        QCOMPARE(QString::fromStdString(printed.error().field), field);
        QVERIFY(!printed.error().allowed.empty());
    }
}

void SymbolsTest::refusesToRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("root alone") << "SPY";
    QTest::newRow("no root") << "261218C00600000";
    QTest::newRow("blank root") << "      261218C00600000";
    QTest::newRow("leading blank") << " SPY  261218C00600000";
    QTest::newRow("too long") << "SPY    261218C00600000";
    QTest::newRow("neither call nor put") << "SPY   261218X00600000";
    QTest::newRow("lower-case right") << "SPY   261218c00600000";
    QTest::newRow("month 13") << "SPY   261318C00600000";
    QTest::newRow("30 February") << "SPY   260230C00600000";
    QTest::newRow("zero strike") << "SPY   261218C00000000";
    QTest::newRow("letter in strike") << "SPY   261218C0060000A";
    QTest::newRow("sign in strike") << "SPY   261218C-0600000";
    QTest::newRow("letter in date") << "SPY   26121OC00600000";
    QTest::newRow("seven digits of strike") << "SPY   261218C0600000";
}

void SymbolsTest::refusesToRead()
{
    QFETCH(QString, text);
    const auto read = parseOccSymbol(text.toStdString());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, base::ErrorKind::BadInput);
    QCOMPARE(QString::fromStdString(read.error().value), text);
}

void SymbolsTest::refusesToReadStreamer_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("stock") << "SPY";
    QTest::newRow("no dot") << "SPY261218C600";
    QTest::newRow("no root") << ".261218C600";
    QTest::newRow("no strike") << ".SPY261218C";
    QTest::newRow("two points") << ".SPY261218C6.0.5";
    QTest::newRow("point first") << ".SPY261218C.5";
    QTest::newRow("point last") << ".SPY261218C5.";
    QTest::newRow("zero") << ".SPY261218C0";
    QTest::newRow("exponent") << ".SPY261218C1E2";
    QTest::newRow("sign") << ".SPY261218C-600";
    QTest::newRow("ten-thousandths") << ".SPY261218C600.0001";
    QTest::newRow("bad date") << ".SPY261318C600";
    QTest::newRow("root too long") << ".ABCDEFG261218C600";
    QTest::newRow("very long") << "." + QString(500, QChar('9')) + "C600";
}

void SymbolsTest::refusesToReadStreamer()
{
    QFETCH(QString, text);
    QVERIFY(!parseStreamerSymbol(text.toStdString()));
}

/// Whatever a damaged symbol reads as, printing that gives the damaged symbol back (up to padding and zeros).
void SymbolsTest::mutatedSymbolsNeverReadAsSomethingElse()
{
    base::Generator generator(7);
    int readable = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string text = *toOccSymbol(randomTerms(generator));
        const auto at = static_cast<std::size_t>(generator.integer(0, 20));
        text[at] = static_cast<char>(generator.integer(1, 126));
        const auto read = parseOccSymbol(text);
        if (!read)
            continue;
        ++readable;
        const auto printed = toOccSymbol(*read);
        QVERIFY(printed);
        QCOMPARE(*printed, text);
    }
    QVERIFY(readable > 1000); // digits for digits: the loop did test something
}

QTEST_GUILESS_MAIN(SymbolsTest)
#include "symbols_test.moc"

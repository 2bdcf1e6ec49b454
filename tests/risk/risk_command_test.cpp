#include "command_line.h"

#include <QDate>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <memory>
#include <zlib.h>

using namespace Qt::StringLiterals;
using vegadesk::tests::Outcome;
using vegadesk::tests::run;

namespace
{

const QString samples = QStringLiteral(VEGADESK_SOURCE_DIR "/docs/samples");

QJsonObject json(const Outcome& outcome)
{
    return QJsonDocument::fromJson(outcome.output).object();
}

} // namespace

/// vegadesk-cli risk, as a shell runs it.
class RiskCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheSampleOfTheDocumentation();
    void saysTheSameInWords();
    void measuresNoValueAtRiskWithoutHistory();
    void findsTheVolatilityOfAPrice();
    void marginIsTheRules();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void namesAHistoryThatIsNone();
    void saysWhichDaysAreMissing();
    void readsPackedHistory();
    void regimesSayWhatTheyLack();
    void manyLegsAreMeasured();

private:
    QString write(const QString& name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    QTemporaryDir m_folder;
};

void RiskCommandTest::readsTheSampleOfTheDocumentation()
{
    const Outcome outcome = run({u"risk"_s, u"--positions"_s, samples + u"/positions.json"_s, u"--history"_s,
                                 samples + u"/closes"_s, u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject out = json(outcome);
    const QJsonObject exposure = out[u"exposure"].toObject();
    QCOMPARE(exposure[u"underlyings"].toArray().size(), 2);
    const QJsonObject ko = exposure[u"underlyings"].toArray()[0].toObject();
    const QJsonObject spy = exposure[u"underlyings"].toArray()[1].toObject();
    QCOMPARE(ko[u"symbol"].toString(), u"KO"_s);
    QCOMPARE(ko[u"expirations"].toArray().size(), 2); // shares and a call
    QVERIFY(ko[u"beta"].toDouble() > 0.3 && ko[u"beta"].toDouble() < 1);
    QCOMPARE(spy[u"beta"].toDouble(), 1.0);
    QVERIFY(spy[u"greeks"][u"theta"].toDouble() > 0); // a condor sells time
    QVERIFY(spy[u"greeks"][u"vega"].toDouble() < 0);
    // The greeks of the book are those of its parts.
    QVERIFY(std::abs(exposure[u"greeks"][u"dollar_delta"].toDouble() - spy[u"greeks"][u"dollar_delta"].toDouble() -
                     ko[u"greeks"][u"dollar_delta"].toDouble()) < 1e-6);
    const double beta = ko[u"beta"].toDouble();
    QVERIFY(std::abs(ko[u"greeks"][u"beta_dollar_delta"].toDouble() -
                     beta * ko[u"greeks"][u"dollar_delta"].toDouble()) < 1e-6);

    const QJsonObject valueAtRisk = out[u"value_at_risk"].toObject();
    QCOMPARE(valueAtRisk[u"methods"].toArray().size(), 5);
    for (const QJsonValue& each : valueAtRisk[u"methods"].toArray()) {
        const QByteArray method = each[u"method"].toString().toUtf8();
        // KO has no volatilities: what wants their history says so.
        QVERIFY2(each[u"value_at_risk"].toDouble() > 0 || !each[u"note"].toString().isEmpty(), method.constData());
        QVERIFY2(each[u"value_at_risk"].isNull() ||
                     each[u"expected_shortfall"].toDouble() >= each[u"value_at_risk"].toDouble(),
                 method.constData());
    }
    QCOMPARE(valueAtRisk[u"shown"].toString(), u"filtered_historical"_s);
    QCOMPARE(valueAtRisk[u"modelled_volatility"].toArray(), QJsonArray{u"KO"_s});
    QVERIFY(valueAtRisk[u"left_out"].toArray().isEmpty());

    const QJsonObject stress = out[u"stress"].toObject();
    const QJsonArray profits = stress[u"profits"].toArray();
    QCOMPARE(profits.size(), stress[u"spot_moves"].toArray().size() * stress[u"volatility_moves"].toArray().size() *
                                 stress[u"days"].toArray().size());
    double least = 0, parts = 0;
    for (const QJsonValue& each : profits)
        least = std::min(least, each.toDouble());
    for (const QJsonValue& leg : stress[u"worst"][u"legs"].toArray())
        parts += leg[u"profit"].toDouble();
    QCOMPARE(stress[u"worst"][u"profit"].toDouble(), least);
    QVERIFY(least < 0 && std::abs(parts - least) < 1e-6);
    QVERIFY(stress[u"liquidation"].toDouble() < least);
    QVERIFY(stress[u"historical"].toArray().size() > 5);
    QVERIFY(out[u"limits"][u"leverage"][u"value"].toDouble() > 0);
    QCOMPARE(out[u"limits"][u"largest_position"][u"limit"].toDouble(), 0.25);
}

void RiskCommandTest::saysTheSameInWords()
{
    const Outcome outcome = run({u"risk"_s, u"--positions"_s, samples + u"/positions.json"_s, u"--history"_s,
                                 samples + u"/closes"_s, u"--tolerance"_s, u"low"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    for (const char* const words :
         {"Greeks:", "2026-12-18", "Margin in dollars", "delta_normal", "cornish_fisher", "historical",
          "filtered_historical", "monte_carlo", "worst cell:", "1987", "Limits of the tolerance low"})
        QVERIFY2(outcome.output.contains(words), words);
}

void RiskCommandTest::measuresNoValueAtRiskWithoutHistory()
{
    const Outcome outcome = run({u"risk"_s, u"--positions"_s, samples + u"/positions.json"_s, u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject out = json(outcome);
    QVERIFY(out[u"value_at_risk"][u"methods"].toArray().isEmpty());
    QVERIFY(out[u"value_at_risk"][u"why"].toString().contains(u"--history"_s));
    QVERIFY(out[u"limits"][u"value_at_risk"][u"value"].isNull());
    QVERIFY(out[u"exposure"][u"underlyings"].toArray()[0][u"beta"].isNull()); // KO's
    QVERIFY(!out[u"stress"][u"profits"].toArray().isEmpty());
}

/// The same book by price and by volatility: of one position's figures the other's.
void RiskCommandTest::findsTheVolatilityOfAPrice()
{
    const auto book = [](const QByteArray& option) {
        return QByteArray(R"({"at": "2026-11-20T20:30:00Z",
            "underlyings": [{"symbol": "XSP", "spot": 600, "rate": 0.03}],
            "positions": [{"underlying": "XSP", "right": "put", "expiry": "2026-12-18", "strike": 590, "quantity": 3,)") +
               option + "}]}";
    };
    const Outcome byVolatility =
        run({u"risk"_s, u"--positions"_s, write(u"v.json"_s, book(R"("volatility": 0.2, "mark": 7.5)")), u"--json"_s});
    QVERIFY2(byVolatility.status == 0, byVolatility.errors.constData());
    const Outcome priced = run({u"price"_s, u"--spot"_s, u"600"_s, u"--strike"_s, u"590"_s, u"--years"_s,
                                QString::number(28.0 / 365 + 0.5 / 24 / 365, 'g', 17), u"--rate"_s, u"0.03"_s,
                                u"--put"_s, u"--volatility"_s, u"0.2"_s, u"--json"_s});
    QVERIFY2(priced.status == 0, priced.errors.constData());
    const double delta = json(byVolatility)[u"exposure"][u"greeks"][u"delta"].toDouble();
    const double price = json(priced)[u"values"][u"fast"][u"price"].toDouble();
    QVERIFY2(price > 0, priced.output.constData());
    const Outcome byPrice =
        run({u"risk"_s, u"--positions"_s, write(u"p.json"_s, book("\"mark\": " + QByteArray::number(price, 'g', 17))),
             u"--json"_s});
    QVERIFY2(byPrice.status == 0, byPrice.errors.constData());
    QVERIFY(delta < -50);
    QVERIFY(std::abs(json(byPrice)[u"exposure"][u"greeks"][u"delta"].toDouble() - delta) < 1e-6);
}

/// A vertical's width, and a naked put of an index by the rule of B3: 15 % of the index less what it is out of the money.
void RiskCommandTest::marginIsTheRules()
{
    const QByteArray text = R"({"at": "2026-11-20T20:30:00Z", "net_liquidation": 20000,
        "underlyings": [{"symbol": "KO", "spot": 70}, {"symbol": "XSP", "spot": 600}],
        "positions": [
            {"underlying": "KO", "symbol": "KO    261218P00070000", "quantity": -2, "volatility": 0.2, "mark": 1.5},
            {"underlying": "KO", "symbol": "KO    261218P00065000", "quantity": 2, "volatility": 0.2, "mark": 0.4},
            {"underlying": "XSP", "symbol": "XSP   261218P00590000", "quantity": -1, "volatility": 0.2, "mark": 8}]})";
    const Outcome outcome = run({u"risk"_s, u"--positions"_s, write(u"margin.json"_s, text), u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonArray underlyings = json(outcome)[u"exposure"][u"underlyings"].toArray();
    QCOMPARE(underlyings[0][u"margin"].toDouble(), 2 * 500.0);
    QCOMPARE(underlyings[1][u"margin"].toDouble(), 100 * (8 + 0.15 * 600 - 10));
    QVERIFY(underlyings[1][u"portfolio_margin"].toDouble() > 0);
    QVERIFY(json(outcome)[u"stress"][u"margin_call_move"].toDouble() < 0);
}

void RiskCommandTest::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto book = [](const QByteArray& position) {
        return R"({"at": "2026-11-20T20:30:00Z", "underlyings": [{"symbol": "SPY", "spot": 600}], "positions": [)" +
               position + "]}";
    };
    QTest::newRow("no JSON") << QByteArray("{\"positions\"") << QByteArray("a JSON object; at byte");
    QTest::newRow("no positions") << QByteArray(R"({"underlyings": []})") << QByteArray("positions is missing");
    QTest::newRow("a field of nobody's") << QByteArray(R"({"underlyings": [], "positions": [], "spots": 1})")
                                         << QByteArray("field \"spots\" is not allowed");
    QTest::newRow("a moment") << QByteArray(R"({"at": "noon", "underlyings": [], "positions": []})")
                              << QByteArray("at \"noon\" is not allowed");
    QTest::newRow("a spot") << QByteArray(R"({"underlyings": [{"symbol": "SPY", "spot": -1}], "positions": []})")
                            << QByteArray("underlyings[0].spot \"-1\" is not allowed: dollars, from 0.0001");
    QTest::newRow("twice") << QByteArray(
                                  R"({"underlyings": [{"symbol": "SPY", "spot": 1}, {"symbol": "SPY", "spot": 1}],
                                     "positions": []})")
                           << QByteArray("underlyings[1].symbol \"SPY\" is not allowed: each underlying once");
    QTest::newRow("an underlying") << book(R"({"underlying": "QQQ", "quantity": 1})")
                                   << QByteArray("positions[0].underlying \"QQQ\" is not allowed");
    QTest::newRow("nothing") << book(R"({"underlying": "SPY", "quantity": 0})")
                             << QByteArray("positions[0].quantity \"0\" is not allowed");
    QTest::newRow("a word for a number") << book(R"({"underlying": "SPY", "quantity": "ten"})")
                                         << QByteArray("positions[0].quantity \"ten\" is not allowed");
    QTest::newRow("half a contract") << book(
                                            R"({"underlying": "SPY", "symbol": "SPY   261218C00600000",
                                               "quantity": 0.5, "volatility": 0.2})")
                                     << QByteArray("positions[0].quantity \"0.5\" is not allowed: whole contracts");
    QTest::newRow("another's contract") << book(R"({"underlying": "SPY", "symbol": "QQQ   261218C00600000",
                                                   "quantity": 1, "volatility": 0.2})")
                                        << QByteArray("is not allowed: a contract on SPY; or give the root");
    QTest::newRow("more than money can be counted of")
        << book(
               R"({"underlying": "SPY", "symbol": "SPY   261218C00600000", "quantity": 1000000000, "volatility": 0.2})")
        << QByteArray("positions[0].quantity \"1000000000\" is not allowed: up to 166666 of it");
    QTest::newRow("a book of more than that")
        << book(R"({"underlying": "SPY", "quantity": 16000000}, {"underlying": "SPY", "quantity": -1000000})")
        << QByteArray("positions[1].quantity \"-1000000\" is not allowed: up to 666666 of it");
    QTest::newRow("an expiry that nobody lists")
        << book(R"({"underlying": "SPY", "right": "put", "expiry": "2150-12-18", "strike": 600, "quantity": 1,
                    "volatility": 0.2})")
        << QByteArray("positions[0].expiry \"2150-12-18\" is not allowed: a date from 2000 to 2099");
    QTest::newRow("a right") << book(R"({"underlying": "SPY", "right": "straddle", "expiry": "2026-12-18",
                                        "strike": 600, "quantity": 1})")
                             << QByteArray("positions[0].right \"straddle\" is not allowed: call or put");
    QTest::newRow("half an option") << book(R"({"underlying": "SPY", "right": "put", "strike": 600, "quantity": 1})")
                                    << QByteArray("positions[0].expiry is missing");
    QTest::newRow("no price") << book(R"({"underlying": "SPY", "symbol": "SPY   261218C00600000", "quantity": 1})")
                              << QByteArray("positions[0].volatility is missing");
    QTest::newRow("a price of no volatility")
        << book(R"({"underlying": "SPY", "symbol": "SPY   261218C00500000", "quantity": 1, "mark": 90})")
        << QByteArray("positions[0].mark \"90\" is not allowed: a price that some volatility gives");
    QTest::newRow("crossed") << book(R"({"underlying": "SPY", "quantity": 1, "bid": 2, "ask": 1})")
                             << QByteArray("positions[0].ask \"1\" is not allowed: no less than the bid");
    QTest::newRow("expired") << book(R"({"underlying": "SPY", "symbol": "SPY   261113C00600000", "quantity": 1,
                                        "volatility": 0.2})")
                             << QByteArray("an option that lives at 2026-11-20");
}

void RiskCommandTest::namesWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const Outcome outcome = run({u"risk"_s, u"--positions"_s, write(u"bad.json"_s, text)});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains(words), outcome.errors.constData());
    QVERIFY(outcome.output.isEmpty());
}

void RiskCommandTest::namesAHistoryThatIsNone()
{
    const QString positions = samples + u"/positions.json"_s;
    Outcome outcome = run({u"risk"_s, u"--positions"_s, positions, u"--history"_s, write(u"GE.csv"_s, "date,close\n")});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains("a file named after its symbol: KO.csv or SPY.csv"), outcome.errors.constData());
    outcome = run(
        {u"risk"_s, u"--positions"_s, positions, u"--history"_s, write(u"SPY.csv"_s, "date,close\n2026-11-18,-3\n")});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains("SPY.csv, line 2, close \"-3\" is not allowed"), outcome.errors.constData());
    outcome = run({u"risk"_s, u"--positions"_s, positions, u"--tolerance"_s, u"bold"_s});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains("--tolerance \"bold\" is not allowed"), outcome.errors.constData());
}

namespace
{

/// Closes of every weekday between them, but for those that are left out.
QByteArray closes(QDate from, QDate to, const QList<QDate>& leftOut = {})
{
    QByteArray text = "date,close\n";
    for (QDate day = from; day <= to; day = day.addDays(1)) {
        if (day.dayOfWeek() <= 5 && !leftOut.contains(day))
            text += day.toString(Qt::ISODate).toLatin1() + ',' + QByteArray::number(600 + day.day() % 7) + '\n';
    }
    return text;
}

constexpr const char* shares = R"({"at": "2026-11-20T20:30:00Z", "net_liquidation": 100000,
    "underlyings": [{"symbol": "SPY", "spot": 600}], "positions": [{"underlying": "SPY", "quantity": 10}]})";

} // namespace

void RiskCommandTest::saysWhichDaysAreMissing()
{
    const QString positions = write(u"shares.json"_s, shares);
    const QString history =
        write(u"SPY.csv"_s, closes(QDate(2026, 9, 8), QDate(2026, 10, 30), {QDate(2026, 10, 6), QDate(2026, 10, 7)}));
    const Outcome outcome = run({u"risk"_s, u"--positions"_s, positions, u"--history"_s, history});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    for (const char* const words : {"SPY: 37 closes from 2026-09-08 to 2026-10-30",
                                    "warning: SPY: 2 trading day(s) have no close: 2 between 2026-10-05 and 2026-10-08",
                                    "warning: SPY: closes end on 2026-10-30, 14 trading day(s) before the book",
                                    "warning: SPY: 35 of the 60 day-to-day moves that value at risk needs at least"})
        QVERIFY2(outcome.output.contains(words), outcome.output.constData());
    const QJsonObject out = json(run({u"risk"_s, u"--positions"_s, positions, u"--history"_s, history, u"--json"_s}));
    QCOMPARE(out[u"history"][0][u"first"].toString(), u"2026-09-08"_s);
    QCOMPARE(out[u"history"][0][u"missing"].toInt(), 2);
    QCOMPARE(out[u"history"][0][u"behind"].toInt(), 14);
    QCOMPARE(out[u"warnings"].toArray().size(), 3);
}

void RiskCommandTest::readsPackedHistory()
{
    QDir(m_folder.path()).mkdir(u"packed"_s);
    const QByteArray text = closes(QDate(2026, 6, 1), QDate(2026, 11, 19));
    const QString name = m_folder.filePath(u"packed/SPY.csv.gz"_s);
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(name.toLocal8Bit().constData(), "wb"), &gzclose);
    QVERIFY(file && gzwrite(file.get(), text.constData(), static_cast<unsigned>(text.size())) > 0);
    QCOMPARE(gzflush(file.get(), Z_FINISH), Z_OK);
    for (const QString& history : {name, m_folder.filePath(u"packed"_s)}) {
        const Outcome outcome =
            run({u"risk"_s, u"--positions"_s, write(u"shares.json"_s, shares), u"--history"_s, history, u"--json"_s});
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QCOMPARE(json(outcome)[u"history"][0][u"last"].toString(), u"2026-11-19"_s);
        QCOMPARE(json(outcome)[u"history"][0][u"behind"].toInt(), 0);
    }
}

void RiskCommandTest::regimesSayWhatTheyLack()
{
    const QString file = write(u"closes.csv"_s, closes(QDate(2026, 9, 8), QDate(2026, 9, 30), {QDate(2026, 9, 15)}));
    const Outcome outcome = run({u"regimes"_s, u"--file"_s, file});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    for (const char* const words : {"1 between 2026-09-14 and 2026-09-16",
                                    "16 closes until 2026-09-30, and the first fit needs 567 before a day"})
        QVERIFY2(outcome.output.contains(words), outcome.output.constData());
    const QJsonObject out = json(run({u"regimes"_s, u"--file"_s, file, u"--json"_s}));
    QCOMPARE(out[u"closes_needed"].toInt(), 567);
    QCOMPARE(out[u"warnings"].toArray().size(), 1);
}

/// In a book of many legs no short is paired with every other leg: what cannot pair costs nothing.
void RiskCommandTest::manyLegsAreMeasured()
{
    QByteArray legs;
    for (int strike = 200; strike < 1000; ++strike)
        for (const char right : {'C', 'P'})
            legs += QByteArray(legs.isEmpty() ? "" : ",") + R"({"underlying": "SPY", "symbol": "SPY   261218)" + right +
                    QByteArray::number(strike * 1000).rightJustified(8, '0') + R"(", "volatility": 0.2, "quantity": )" +
                    (right == 'C' ? "1}" : "-1}");
    const Outcome outcome = run({u"risk"_s, u"--positions"_s,
                                 write(u"many.json"_s, R"({"at": "2026-11-20T20:30:00Z", "net_liquidation": 10000000,
                                     "underlyings": [{"symbol": "SPY", "spot": 600}], "positions": [)" +
                                                           legs + "]}"),
                                 u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    QCOMPARE(json(outcome)[u"exposure"][u"underlyings"][0][u"expirations"][0][u"contracts"].toInt(), 1600);
    QVERIFY(json(outcome)[u"exposure"][u"margin"].toDouble() > 0);
}

QTEST_GUILESS_MAIN(RiskCommandTest)
#include "risk_command_test.moc"

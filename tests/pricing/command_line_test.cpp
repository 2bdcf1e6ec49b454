#include "command_line.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace Qt::StringLiterals;
using vegadesk::tests::Outcome;
using vegadesk::tests::run;

/// price, verify, bench and list models, and what every command refuses: the real program, as a shell runs it.
class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpShowsAnExample_data();
    void helpShowsAnExample();
    void badValuesAreNamed_data();
    void badValuesAreNamed();
    void priceIsTheTextbooks();
    void priceComparesEngines();
    void networksSayTheirBound();
    void withoutANetworkTheClassicalEnginePrices_data();
    void withoutANetworkTheClassicalEnginePrices();
    void verifyScoresNetworks();
    void whatIsAssumedIsSaid();
    void priceTakesDividends();
    void modelsAreListed();
    void verifyPasses();
    void verifyTellsTheKind();
    void verifyReportsAsJson();
    void verifyFailsWhereARowDoes();
    void benchPrintsItsTable();
    void benchTakesAPartOfTheTable();

private:
    static QStringList price(const QStringList& more)
    {
        return QStringList{u"price"_s, u"--spot"_s, u"100"_s, u"--strike"_s, u"100"_s} + more;
    }
    static QString values(const QString& name) { return QStringLiteral(VEGADESK_TEST_DATA "/values/") + name; }
    QString write(const QString& name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    QTemporaryDir m_folder;
};

void CommandLineTest::helpShowsAnExample_data()
{
    QTest::addColumn<QString>("command");
    for (const char* const command : {"price", "calibrate", "verify", "bench"})
        QTest::newRow(command) << command;
}

void CommandLineTest::helpShowsAnExample()
{
    QFETCH(QString, command);
    const Outcome outcome = run({command, u"--help"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.contains("Example: vegadesk-cli " + command.toUtf8()));
}

void CommandLineTest::badValuesAreNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    const QStringList year{u"--years"_s, u"1"_s};
    QTest::newRow("strike") << QStringList{u"price"_s, u"--spot"_s, u"100"_s, u"--strike"_s,
                                           u"-5"_s,    u"--days"_s, u"30"_s,  u"--put"_s}
                            << "strike \"-5\" is not allowed: a positive number";
    QTest::newRow("years") << price({u"--years"_s, u"-1"_s, u"--put"_s})
                           << "years \"-1\" is not allowed: zero or a positive number of years";
    QTest::newRow("no time") << price({u"--put"_s}) << "--years is missing: a number of years, or --days";
    QTest::newRow("no side") << price(year) << "--call is missing: one of --call and --put";
    QTest::newRow("both sides") << price(year + QStringList{u"--put"_s, u"--call"_s}) << "excludes";
    QTest::newRow("model") << price(year + QStringList{u"--put"_s, u"--model"_s, u"tarot"_s})
                           << "model \"tarot\" is not allowed: one of black_scholes";
    QTest::newRow("parameter") << price(year + QStringList{u"--put"_s, u"--volatility"_s, u"25"_s})
                               << "volatility \"25\" is not allowed: 0 to 10 per year";
    const QStringList volatile20{u"--put"_s, u"--volatility"_s, u"0.2"_s};
    for (const char* const model : {"black_scholes", "american", "merton"})
        QTest::addRow("no volatility, %s", model)
            << price(year + QStringList{u"--put"_s, u"--model"_s, QString(model)})
            << "--volatility is missing: this model prices by it, 0.25 for 25 % per year";
    QTest::newRow("engine") << price(year + volatile20 + QStringList{u"--engine"_s, u"steam"_s})
                            << "--engine \"steam\" is not allowed: fast, quantlib or neural";
    QTest::newRow("dividend") << price(year + volatile20 +
                                       QStringList{u"--engine"_s, u"quantlib"_s, u"--dividend"_s, u"2:1"_s})
                              << "--dividend \"2:1\" is not allowed: YEARS:AMOUNT, before expiry";
    QTest::newRow("command")
        << QStringList{u"bogus"_s}
        << "\"bogus\" is not a command; the commands are backtest, sweep, import, record, venue, trade, order";
    QTest::newRow("mistyped command") << QStringList{u"calbirate"_s, u"--model"_s, u"svi"_s}
                                      << "\"calbirate\" is not a command; did you mean calibrate? the commands are";
    QTest::newRow("no command") << QStringList{} << "a command is missing; the commands are backtest, sweep";
    QTest::newRow("part of a seed") << QStringList{u"venue"_s, u"--seed"_s, u"1.5"_s}
                                    << "--seed: \"1.5\" is not allowed: a whole number from 0 to 18446744073709551615";
    QTest::newRow("negative seed") << QStringList{u"backtest"_s, u"--strategy"_s, u"iron_condor"_s, u"--seed"_s,
                                                  u"-1"_s}
                                   << "--seed: \"-1\" is not allowed: a whole number from 0";
    QTest::newRow("speed") << QStringList{u"venue"_s, u"--speed"_s, u"nan"_s}
                           << "--speed: \"nan\" is not allowed: above 0, up to 100000";
    QTest::newRow("rate") << QStringList{u"venue"_s, u"--rate"_s, u"nan"_s}
                          << "--rate: \"nan\" is not allowed: 1 to 200000";
    QTest::newRow("symbol rate") << QStringList{u"venue"_s, u"--symbol-rate"_s, u"inf"_s}
                                 << "--symbol-rate: \"inf\" is not allowed: 0 to 200000";
    QTest::newRow("file") << QStringList{u"verify"_s, u"/nowhere/heston.csv"_s, u"--engine"_s, u"quantlib"_s}
                          << "file \"/nowhere/heston.csv\" is not allowed: an existing file that may be read";
    QTest::newRow("verify's engine") << QStringList{u"verify"_s, values(u"heston.csv"_s), u"--engine"_s, u"steam"_s}
                                     << "engine \"steam\" is not allowed: one of fast, quantlib";
    const QStringList calibrate{u"calibrate"_s, u"--chain"_s, u"/nowhere.csv"_s, u"--model"_s};
    QTest::newRow("model to fit") << calibrate + QStringList{u"tarot"_s}
                                  << "--model \"tarot\" is not allowed: one of heston, svi, merton, bates";
    QTest::newRow("chain") << calibrate + QStringList{u"svi"_s}
                           << "--chain \"/nowhere.csv\" is not allowed: an existing file that may be read";
    QTest::newRow("strike asked for") << calibrate + QStringList{u"svi"_s, u"--strike"_s, u"-5"_s}
                                      << "--strike \"-5\" is not allowed: a positive number";
    QTest::newRow("break-evens") << calibrate + QStringList{u"svi"_s, u"--profit"_s, u"110:90"_s}
                                 << "--profit \"110:90\" is not allowed: LOW:HIGH, two rising prices";
    QTest::newRow("no surface to ask") << calibrate + QStringList{u"heston"_s, u"--strike"_s, u"100"_s}
                                       << "--strike with --model \"heston\" is not allowed: only svi";
    QTest::newRow("penalty") << calibrate + QStringList{u"heston"_s, u"--feller-penalty"_s, u"-1"_s}
                             << "--feller-penalty \"-1\" is not allowed: 0 to 1";
    QTest::newRow("board") << QStringList{u"bench"_s, u"--quick"_s, u"--dax"_s, u"/nowhere.csv"_s}
                           << "--dax \"/nowhere.csv\" is not allowed: an existing file that may be read";
}

void CommandLineTest::badValuesAreNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains(message.toUtf8()), outcome.errors.constData());
    QVERIFY(outcome.output.isEmpty());
}

void CommandLineTest::priceIsTheTextbooks()
{
    const Outcome text =
        run(price({u"--days"_s, u"365"_s, u"--rate"_s, u"0.05"_s, u"--call"_s, u"--volatility"_s, u"0.2"_s}));
    QCOMPARE(text.status, 0);
    QVERIFY2(text.output.contains("10.4505835722") && text.output.contains("theta"), text.output.constData());
    const Outcome json = run(
        price({u"--years"_s, u"1"_s, u"--rate"_s, u"0.05"_s, u"--call"_s, u"--volatility"_s, u"0.2"_s, u"--json"_s}));
    QCOMPARE(json.status, 0);
    const QJsonObject report = QJsonDocument::fromJson(json.output).object();
    QCOMPARE(report[u"model"].toString(), u"black_scholes"_s);
    QCOMPARE(report[u"parameters"][u"volatility"].toDouble(), 0.2);
    QVERIFY(std::abs(report[u"values"][u"fast"][u"price"].toDouble() - 10.450583572185567) <= 1e-13);
    QVERIFY(!report.contains(u"difference"));
}

void CommandLineTest::priceComparesEngines()
{
    const Outcome outcome =
        run(price({u"--years"_s, u"0.5"_s, u"--put"_s, u"--volatility"_s, u"0.2"_s, u"--compare"_s, u"--json"_s}));
    QCOMPARE(outcome.status, 0);
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    for (const char* const figure : {"price", "delta", "gamma", "vega", "theta", "rho"}) {
        const QLatin1String name(figure);
        const double difference = report[u"difference"].toObject()[name].toDouble(1);
        QVERIFY2(std::abs(difference) <= 1e-11, figure);
        QVERIFY(report[u"values"][u"quantlib"].toObject()[name].toDouble() != 0);
    }
}

void CommandLineTest::networksSayTheirBound()
{
    const Outcome outcome =
        run(price({u"--model"_s, u"american"_s, u"--years"_s, u"0.5"_s, u"--rate"_s, u"0.05"_s, u"--put"_s,
                   u"--volatility"_s, u"0.3"_s, u"--engine"_s, u"neural"_s, u"--compare"_s, u"--json"_s}));
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    const double bound = report[u"bound"].toDouble();
    QVERIFY(bound > 0 && bound < 1);
    QVERIFY(std::abs(report[u"difference"][u"price"].toDouble(9)) <= bound);
    QVERIFY(report[u"values"][u"neural"][u"price"] != report[u"values"][u"fast"][u"price"]);
    const Outcome european = run(price({u"--model"_s, u"american_heston"_s, u"--years"_s, u"0.5"_s, u"--rate"_s,
                                        u"0.05"_s, u"--call"_s, u"--engine"_s, u"neural"_s}));
    QVERIFY2(european.output.contains("no network was asked"), european.output.constData());
}

void CommandLineTest::withoutANetworkTheClassicalEnginePrices_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("volatility");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("outside its box") << QString() << u"1.5"_s << QByteArray("vol \"1.5\" is not allowed: 0.05 to 0.8");
    QTest::newRow("no file") << u"/nowhere"_s << u"0.3"_s << QByteArray("/nowhere/american_put.network");
}

void CommandLineTest::withoutANetworkTheClassicalEnginePrices()
{
    QFETCH(QString, folder);
    QFETCH(QString, volatility);
    QFETCH(QByteArray, why);
    const QStringList words = price({u"--model"_s, u"american"_s, u"--years"_s, u"0.5"_s, u"--rate"_s, u"0.05"_s,
                                     u"--put"_s, u"--volatility"_s, volatility, u"--json"_s});
    qputenv("VEGADESK_NETWORKS", folder.toUtf8());
    const Outcome neural = run(words + QStringList{u"--engine"_s, u"neural"_s});
    qunsetenv("VEGADESK_NETWORKS");
    QVERIFY2(neural.status == 0, neural.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(neural.output).object();
    const QByteArray note = report[u"note"].toString().toUtf8();
    QVERIFY2(note.contains(why) && note.contains("engine fast"), note.constData());
    const QJsonObject fast = QJsonDocument::fromJson(run(words).output).object();
    QCOMPARE(report[u"values"], fast[u"values"]);
}

void CommandLineTest::verifyScoresNetworks()
{
    const Outcome passes = run({u"verify"_s, values(u"american.csv"_s), u"--engine"_s, u"neural"_s, u"--json"_s});
    QCOMPARE(passes.status, 0);
    const QJsonObject report = QJsonDocument::fromJson(passes.output).object();
    QVERIFY(report[u"scored"].toArray().size() >= 20);
    QCOMPARE(report[u"scored"].toArray().size() + report[u"outside"].toArray().size(), report[u"rows"].toInt());
    const Outcome none = run({u"verify"_s, values(u"merton.csv"_s), u"--engine"_s, u"neural"_s});
    QVERIFY(none.status != 0 && none.errors.contains("no network prices it"));
}

void CommandLineTest::whatIsAssumedIsSaid()
{
    const QStringList heston =
        price({u"--years"_s, u"1"_s, u"--call"_s, u"--model"_s, u"heston"_s, u"--v0"_s, u"0.05"_s});
    const Outcome text = run(heston);
    QCOMPARE(text.status, 0);
    QVERIFY2(text.output.contains("\n  v0 0.05 per year\n") && text.output.contains("\n  kappa 2 per year, assumed\n"),
             text.output.constData());
    const QJsonArray assumed =
        QJsonDocument::fromJson(run(heston + QStringList{u"--json"_s}).output)[u"assumed"].toArray();
    QVERIFY(assumed.contains(u"kappa"_s) && !assumed.contains(u"v0"_s));
}

/// Haug, Haug and Lewis (2003): one dividend of 7.
void CommandLineTest::priceTakesDividends()
{
    const Outcome outcome = run(price({u"--years"_s, u"1"_s, u"--call"_s, u"--volatility"_s, u"0.3"_s, u"--engine"_s,
                                       u"quantlib"_s, u"--dividend"_s, u"0.9:7"_s, u"--json"_s}));
    QCOMPARE(outcome.status, 0);
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    QVERIFY(std::abs(report[u"values"][u"quantlib"][u"price"].toDouble() - 9.07480013) <= 1e-3);
}

void CommandLineTest::modelsAreListed()
{
    const Outcome outcome = run({u"list"_s, u"models"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.contains("black_scholes: ") && outcome.output.contains("0 to 10 per year (default 0.2)"));
}

void CommandLineTest::verifyPasses()
{
    const Outcome outcome = run({u"verify"_s, values(u"implied_vol.csv"_s)});
    QVERIFY2(outcome.status == 0, outcome.output.constData());
    QVERIFY(outcome.output.contains("implied_vol: 468 rows, engine fast"));
    QVERIFY(outcome.output.endsWith("\nPasses\n"));
}

void CommandLineTest::verifyTellsTheKind()
{
    const QByteArray rows = "id,type,S,K,T,r,q,price,sigma,sigma_half_ulp_price,sigma_cond_inputs\n"
                            "one,call,100,100,1,0,0,7.965567455405804,0.2,1e-17,0\n";
    const Outcome byColumns = run({u"verify"_s, write(u"mine.csv"_s, rows)});
    QVERIFY2(byColumns.output.startsWith("implied_vol: 1 rows"), byColumns.errors.constData());
    const Outcome neither = run({u"verify"_s, write(u"other.csv"_s, "id,distribution\n1,normal\n")});
    QCOMPARE(neither.status, 2);
    QVERIFY2(
        neither.errors.contains("file \"other.csv\" is not allowed: a name with one of black_scholes, implied_vol, "
                                "merton, heston, american, dividend, risk in it"),
        neither.errors.constData());
}

void CommandLineTest::verifyReportsAsJson()
{
    const Outcome outcome = run({u"verify"_s, values(u"merton.csv"_s), u"--engine"_s, u"quantlib"_s, u"--json"_s});
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    QCOMPARE(report[u"kind"].toString(), u"merton"_s);
    QCOMPARE(report[u"rows"].toInt(), 66);
    QCOMPARE(outcome.status, report[u"passes"].toBool() ? 0 : 1);
    const QJsonArray columns = report[u"columns"].toArray();
    QCOMPARE(columns.size(), 6);
    for (const QJsonValue& column : columns) {
        QCOMPARE(column[u"rows"].toInt(), 66);
        QVERIFY(column[u"median"].toDouble(2) <= 1);
        QVERIFY(column[u"worst"].toDouble() >= column[u"median"].toDouble());
        QVERIFY(!column[u"worst_row"].toString().isEmpty());
    }
}

void CommandLineTest::verifyFailsWhereARowDoes()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"new-implied_vol.csv"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("id,type,S,K,T,r,q,price,sigma,sigma_half_ulp_price,sigma_cond_inputs\n"
               "one,call,100,100,1,0,0,7.965567455405804,0.2,1e-17,0\n"
               "two,call,100,100,1,0,0,7.965567455405804,0.21,1e-17,0\n"
               "three,call,100,100,1,0,0,much,0.2,1e-17,0\n");
    file.close();
    const Outcome outcome = run({u"verify"_s, path});
    QCOMPARE(outcome.status, 1);
    QVERIFY(outcome.output.contains("two"));
    QVERIFY(outcome.output.contains("line 4, price \"much\" is not allowed: a number"));
    QVERIFY(outcome.output.endsWith("\nFails\n"));
}

void CommandLineTest::benchTakesAPartOfTheTable()
{
    const Outcome outcome =
        run({u"bench"_s, u"--quick"_s, u"--json"_s, u"--only"_s, u"a frame of 20 changed strikes"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonArray kernels = QJsonDocument::fromJson(outcome.output).object()[u"kernels"].toArray();
    QCOMPARE(kernels.size(), 1);
    QVERIFY(kernels.first()[u"accuracy"].toDouble(1) < 1e-7); // of the strike, against one option at a time
    const Outcome none = run({u"bench"_s, u"--quick"_s, u"--only"_s, u"tarot"_s});
    QCOMPARE(none.status, 2);
    QVERIFY(none.errors.contains("--only \"tarot\" is not allowed: a part of a kernel's name"));
}

void CommandLineTest::benchPrintsItsTable()
{
    const Outcome outcome = run({u"bench"_s, u"--quick"_s, u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonArray kernels = QJsonDocument::fromJson(outcome.output).object()[u"kernels"].toArray();
    QVERIFY(kernels.size() >= 5);
    const QJsonValue first = kernels.first();
    QVERIFY(first[u"nanoseconds"].toDouble() > 0);
    QVERIFY(first[u"accuracy"].toDouble(1) < 1e-12);
    QCOMPARE(first[u"references"].toArray().size(), 3);
    for (const QJsonValue& reference : first[u"references"].toArray())
        QVERIFY(reference[u"ratio"].toDouble() > 0);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"

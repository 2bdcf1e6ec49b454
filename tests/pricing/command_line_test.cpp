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

/// price, calibrate, verify, bench and list models: the real program, as a shell runs it.
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
    void priceTakesDividends();
    void modelsAreListed();
    void calibrateFindsTheSmilesOfATable_data();
    void calibrateFindsTheSmilesOfATable();
    void calibrateFreesQuotesOfEarlyExercise();
    void calibrateNamesWhatIsWrongInAFile_data();
    void calibrateNamesWhatIsWrongInAFile();
    void calibrateSaysWhatItLeftOutAndWhatIsAtAnEdge();
    void calibrateReadsRealSets_data();
    void calibrateReadsRealSets();
    void verifyPasses();
    void verifyTellsTheKind();
    void verifyReportsAsJson();
    void verifyFailsWhereARowDoes();
    void benchPrintsItsTable();

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
    QTest::newRow("no time") << price({u"--put"_s}) << "--years is not allowed: a number of years, or --days";
    QTest::newRow("no side") << price(year) << "--call is not allowed: one of --call and --put";
    QTest::newRow("both sides") << price(year + QStringList{u"--put"_s, u"--call"_s}) << "excludes";
    QTest::newRow("model") << price(year + QStringList{u"--put"_s, u"--model"_s, u"tarot"_s})
                           << "model \"tarot\" is not allowed: one of black_scholes";
    QTest::newRow("parameter") << price(year + QStringList{u"--put"_s, u"--volatility"_s, u"25"_s})
                               << "volatility \"25\" is not allowed: 0 to 10 per year";
    QTest::newRow("engine") << price(year + QStringList{u"--put"_s, u"--engine"_s, u"steam"_s})
                            << "--engine \"steam\" is not allowed: fast or quantlib";
    QTest::newRow("dividend") << price(year +
                                       QStringList{u"--put"_s, u"--engine"_s, u"quantlib"_s, u"--dividend"_s, u"2:1"_s})
                              << "--dividend \"2:1\" is not allowed: YEARS:AMOUNT, before expiry";
    QTest::newRow("command") << QStringList{u"bogus"_s}
                             << "\"bogus\" is not a command; the commands are backtest, venue, doctor, list, price";
    QTest::newRow("mistyped command") << QStringList{u"calbirate"_s, u"--model"_s, u"svi"_s}
                                      << "\"calbirate\" is not a command; did you mean calibrate? the commands are";
    QTest::newRow("no command") << QStringList{} << "a command is missing; the commands are backtest, venue";
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
                          << "file \"/nowhere/heston.csv\" is not allowed: one that can be read";
    QTest::newRow("verify's engine") << QStringList{u"verify"_s, values(u"heston.csv"_s), u"--engine"_s, u"steam"_s}
                                     << "engine \"steam\" is not allowed: one of fast, quantlib";
    const QStringList calibrate{u"calibrate"_s, u"--chain"_s, u"/nowhere.csv"_s, u"--model"_s};
    QTest::newRow("model to fit") << calibrate + QStringList{u"tarot"_s}
                                  << "--model \"tarot\" is not allowed: one of heston, svi, merton, bates";
    QTest::newRow("chain") << calibrate + QStringList{u"svi"_s}
                           << "--chain \"/nowhere.csv\" is not allowed: a file that can be read";
    QTest::newRow("penalty") << calibrate + QStringList{u"heston"_s, u"--feller-penalty"_s, u"-1"_s}
                             << "--feller-penalty \"-1\" is not allowed: 0 to 1";
    QTest::newRow("board") << QStringList{u"bench"_s, u"--quick"_s, u"--dax"_s, u"/nowhere.csv"_s}
                           << "--dax \"/nowhere.csv\" is not allowed: a file that can be read";
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
    const Outcome outcome = run(price({u"--years"_s, u"0.5"_s, u"--put"_s, u"--compare"_s, u"--json"_s}));
    QCOMPARE(outcome.status, 0);
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    for (const char* const figure : {"price", "delta", "gamma", "vega", "theta", "rho"}) {
        const QLatin1String name(figure);
        const double difference = report[u"difference"].toObject()[name].toDouble(1);
        QVERIFY2(std::abs(difference) <= 1e-11, figure);
        QVERIFY(report[u"values"][u"quantlib"].toObject()[name].toDouble() != 0);
    }
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

void CommandLineTest::calibrateFindsTheSmilesOfATable_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QStringList>("parameters");
    QTest::addColumn<double>("mostError"); // RMSE, vol points
    const QStringList heston{u"kappa"_s, u"rho"_s, u"sigma"_s, u"theta"_s, u"v0"_s};
    const QStringList jumps{u"intensity"_s, u"jump_deviation"_s, u"jump_mean"_s};
    QTest::newRow("svi") << "svi" << QStringList{} << 0.05;
    QTest::newRow("heston") << "heston" << heston << 0.6;
    QTest::newRow("merton") << "merton" << jumps + QStringList{u"volatility"_s} << 1.5;
    QTest::newRow("bates") << "bates" << heston + jumps << 0.6;
}

/// Slices of one shape whose level and width grow with time, which is free of arbitrage.
void CommandLineTest::calibrateFindsTheSmilesOfATable()
{
    QFETCH(QString, model);
    QFETCH(QStringList, parameters);
    QFETCH(double, mostError);
    QByteArray table = "spot,days,zero_rate_act365,div_yield,strike,implied_vol\n";
    for (const int days : {91, 182, 365}) {
        const double years = days / 365.0;
        for (int strike = 70; strike <= 130; strike += 5) {
            const double x = std::log(strike / (100 * std::exp(0.02 * years))) - 0.05;
            const double variance = years * (0.02 + 0.06 * (-0.4 * x + std::sqrt(x * x + 0.09)));
            table += QByteArray::number(100) + ',' + QByteArray::number(days) + ",0.03,0.01," +
                     QByteArray::number(strike) + ',' + QByteArray::number(std::sqrt(variance / years), 'g', 17) + '\n';
        }
    }
    const QString path = write(u"table.csv"_s, table);
    const QStringList arguments{u"calibrate"_s, u"--model"_s, model, u"--chain"_s, path};
    const Outcome text = run(arguments);
    QVERIFY2(text.status == 0, text.errors.constData());
    QVERIFY2(text.output.contains("39 quotes of 3 expiries"), text.output.constData());
    QVERIFY(text.output.endsWith("Arbitrage: 0 butterflies, 0 calendars.\n"));
    const Outcome json = run(arguments + QStringList{u"--json"_s});
    const QJsonObject report = QJsonDocument::fromJson(json.output).object();
    QVERIFY2(report[u"rmse_vol_points"].toDouble(9) < mostError, json.output.constData());
    QVERIFY(report[u"inside_share"].isNull()); // the table has no spreads
    QStringList names = report[u"parameters"].toObject().keys();
    parameters.sort();
    QCOMPARE(names, parameters);
    QCOMPARE(report[u"expiries"].toArray().size(), 3);
    if (model == u"svi") {
        const QJsonValue svi = report[u"expiries"].toArray().first()[u"svi"];
        QVERIFY2(std::abs(svi[u"b"].toDouble() - 0.06 * 91 / 365) < 1e-4, json.output.constData());
        QVERIFY(std::abs(svi[u"rho"].toDouble() + 0.4) < 1e-2);
    }
}

/// A year at 8 % and no yield: read as European, the puts would be points of volatility too dear and the forward too low.
void CommandLineTest::calibrateFreesQuotesOfEarlyExercise()
{
    QByteArray quotes = "date,expiry,cp,strike,bid,ask,spot\n";
    for (const int strike : {80, 85, 90, 95, 100, 105, 110, 115, 120}) {
        for (const char* const side : {"call", "put"}) {
            const Outcome priced = run({u"price"_s, u"--model"_s, u"american"_s, u"--spot"_s, u"100"_s, u"--strike"_s,
                                        QString::number(strike), u"--years"_s, u"1"_s, u"--rate"_s, u"0.08"_s,
                                        u"--volatility"_s, u"0.3"_s, u"--"_s + QString::fromLatin1(side), u"--json"_s});
            const double price = QJsonDocument::fromJson(priced.output)[u"values"][u"fast"][u"price"].toDouble();
            quotes += "2023-01-03,2024-01-03," + QByteArray(side[0] == 'c' ? "C," : "P,") + QByteArray::number(strike) +
                      ',' + QByteArray::number(price - 0.01, 'f', 6) + ',' + QByteArray::number(price + 0.01, 'f', 6) +
                      ",100\n";
        }
    }
    const QString path = write(u"xyz_20230103.csv"_s, quotes);
    const Outcome outcome =
        run({u"calibrate"_s, u"--model"_s, u"svi"_s, u"--chain"_s, path, u"--rate"_s, u"0.08"_s, u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    QCOMPARE(report[u"inside_share"].toDouble(), 1.0);
    const QJsonValue expiry = report[u"expiries"].toArray().first();
    QVERIFY2(std::abs(expiry[u"forward"].toDouble() - 100 * std::exp(0.08)) < 0.02, outcome.output.constData());
    const double years = expiry[u"years"].toDouble();
    const double least =
        expiry[u"svi"][u"a"].toDouble() + expiry[u"svi"][u"b"].toDouble() * expiry[u"svi"][u"sigma"].toDouble() *
                                              std::sqrt(1 - std::pow(expiry[u"svi"][u"rho"].toDouble(), 2));
    QVERIFY2(std::abs(std::sqrt(least / years) - 0.3) < 1e-3, outcome.output.constData());
}

void CommandLineTest::calibrateNamesWhatIsWrongInAFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    const QByteArray table = "spot,days,zero_rate_act365,div_yield,strike,implied_vol\n";
    const QByteArray quotes = "date,expiry,cp,strike,bid,ask\n";
    QTest::newRow("vol") << table + "100,30,0,0,100,much\n" << QByteArray("implied_vol \"much\" is not allowed");
    QTest::newRow("vol beyond all") << table + "100,30,0,0,100,1e12\n"
                                    << QByteArray("line 2 implied_vol \"1e12\" is not allowed: 0.001 to 10");
    QTest::newRow("two quotes") << table + "100,30,0,0,100,0.2\n100,30,0,0,110,0.2\n"
                                << QByteArray("usable quotes \"2\" is not allowed: 5 or more");
    QTest::newRow("another file") << QByteArray("a,b\n1,2\n") << QByteArray("file \"");
    QTest::newRow("empty table") << table << QByteArray("at least one line of volatilities");
    QTest::newRow("side") << quotes + "2023-01-03,2023-02-03,X,100,1,2\n" << QByteArray("cp \"X\" is not allowed");
    QTest::newRow("expired") << quotes + "2023-01-03,2022-12-16,C,100,1,2\n2023-01-03,2022-12-16,P,100,1,2\n"
                             << QByteArray("a chain with two-sided quotes before expiry; left out: 1 expired");
}

void CommandLineTest::calibrateNamesWhatIsWrongInAFile()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const QString path = write(u"xyz_broken.csv"_s, text);
    const Outcome outcome = run({u"calibrate"_s, u"--model"_s, u"heston"_s, u"--chain"_s, path});
    QVERIFY(outcome.status != 0);
    QVERIFY2(outcome.errors.contains(message), outcome.errors.constData());
    QVERIFY(outcome.output.isEmpty());
}

/// What is left out is counted by reason, and a parameter at the end of its range is not called found.
void CommandLineTest::calibrateSaysWhatItLeftOutAndWhatIsAtAnEdge()
{
    QByteArray quotes = "date,expiry,cp,strike,bid,ask,spot\n";
    for (const int strike : {80, 85, 90, 95, 100}) {
        const double put = 0.002 * (strike - 60) * (strike - 60);
        quotes += "2023-01-03,2024-01-03,P," + QByteArray::number(strike) + ',' + QByteArray::number(put - 0.05) + ',' +
                  QByteArray::number(put + 0.05) + ",100.5\n";
    }
    quotes += "2023-01-03,2024-01-03,C,105,5,4,100.5\n"   // crossed
              "2023-01-03,2024-01-03,C,110,1,,100.5\n"    // one-sided
              "2023-01-03,2024-01-03,C,150,0,0.1,100.5\n" // nobody bids
              "2023-01-03,2022-12-30,C,100,1,2,100.5\n";  // expired
    const QString path = write(u"xyz_left.csv"_s, quotes);
    const QStringList arguments{u"calibrate"_s, u"--model"_s, u"heston"_s, u"--chain"_s, path};
    const Outcome text = run(arguments);
    QVERIFY2(text.status == 0, text.errors.constData());
    QVERIFY2(text.output.contains("Left out: 1 one-sided, 1 crossed, 1 with a bid of zero, 1 expired."),
             text.output.constData());
    QVERIFY2(text.output.contains("At the edge of its range: "), text.output.constData());
    QVERIFY(!text.output.contains("converged"));
    const QJsonObject report = QJsonDocument::fromJson(run(arguments + QStringList{u"--json"_s}).output).object();
    QCOMPARE(report[u"left_out"][u"crossed"].toInt(), 1);
    QCOMPARE(report[u"left_out"][u"stale"].toInt(-1), 0);
    QCOMPARE(report[u"outcome"].toString(), u"ended at the edge of its range"_s);
    QVERIFY(!report[u"at_edge"].toArray().isEmpty());
}

void CommandLineTest::calibrateReadsRealSets_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("leastInside");
    QTest::newRow("SPX") << "spx_20110124/spx_options.csv" << 0.9;
    QTest::newRow("FOXA") << "us_equity_options_lean/foxa_20130702.csv.gz" << 0.9;
    QTest::newRow("GOOG at one minute") << "goog_minute_20151224/goog_20151224_36000000.csv.gz" << 0.8;
}

void CommandLineTest::calibrateReadsRealSets()
{
    QFETCH(QString, file);
    QFETCH(double, leastInside);
    const QString path = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/") + file;
    if (!QFile::exists(path))
        QSKIP("the shared data sets are not beside the source tree");
    const Outcome outcome =
        run({u"calibrate"_s, u"--model"_s, u"svi"_s, u"--chain"_s, path, u"--rate"_s, u"0.003"_s, u"--json"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    QVERIFY2(report[u"inside_share"].toDouble() >= leastInside, outcome.output.left(2000).constData());
    QCOMPARE(report[u"butterflies"].toInt(-1), 0);
    QCOMPARE(report[u"calendars"].toInt(-1), 0);
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
    const Outcome neither = run({u"verify"_s, write(u"risk.csv"_s, "id,distribution\n1,normal\n")});
    QCOMPARE(neither.status, 2);
    QVERIFY2(neither.errors.contains("file \"risk.csv\" is not allowed: a name with one of black_scholes, implied_vol, "
                                     "merton, heston, american, dividend in it"),
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

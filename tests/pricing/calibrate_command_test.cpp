#include "command_line.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using vegadesk::tests::Outcome;
using vegadesk::tests::run;

/// vegadesk-cli calibrate, as a shell runs it.
class CalibrateCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSmilesOfATable_data();
    void findsTheSmilesOfATable();
    void freesQuotesOfEarlyExercise();
    void namesWhatIsWrongInAFile_data();
    void namesWhatIsWrongInAFile();
    void saysWhatItLeftOutAndWhatIsAtAnEdge();
    void saysThatAFitIsFar();
    void saysWhatToExpect();
    void drawsItsFit();
    void readsRealSets_data();
    void readsRealSets();

private:
    QString write(const QString& name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    QTemporaryDir m_folder;
};

void CalibrateCommandTest::findsTheSmilesOfATable_data()
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
void CalibrateCommandTest::findsTheSmilesOfATable()
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
    QVERIFY(text.output.contains("\nArbitrage: 0 butterflies, 0 calendars.\n"));
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
void CalibrateCommandTest::freesQuotesOfEarlyExercise()
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

void CalibrateCommandTest::namesWhatIsWrongInAFile_data()
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

void CalibrateCommandTest::namesWhatIsWrongInAFile()
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
void CalibrateCommandTest::saysWhatItLeftOutAndWhatIsAtAnEdge()
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

/// Volatilities that no law has.
void CalibrateCommandTest::saysThatAFitIsFar()
{
    QByteArray table = "spot,days,zero_rate_act365,div_yield,strike,implied_vol\n";
    for (int strike = 80; strike <= 120; strike += 5)
        table += "100,182,0,0," + QByteArray::number(strike) + (strike % 10 == 0 ? ",0.1\n" : ",1.9\n");
    const QStringList arguments{u"calibrate"_s, u"--model"_s, u"merton"_s, u"--chain"_s, write(u"saw.csv"_s, table)};
    const Outcome text = run(arguments);
    QVERIFY2(text.status == 0, text.errors.constData());
    QVERIFY2(text.output.contains("Far from the quotes"), text.output.constData());
    const Outcome json = run(arguments + QStringList{u"--json"_s});
    QVERIFY(QJsonDocument::fromJson(json.output).object()[u"is_far"].toBool());
}

/// A flat smile of 20 %: Black-Scholes' own probabilities and moves.
void CalibrateCommandTest::saysWhatToExpect()
{
    QByteArray table = "spot,days,zero_rate_act365,div_yield,strike,implied_vol\n";
    for (int strike = 60; strike <= 150; strike += 5)
        table += "100,365,0,0," + QByteArray::number(strike) + ",0.2\n";
    const QStringList arguments{u"calibrate"_s, u"--model"_s, u"svi"_s,      u"--chain"_s, write(u"flat.csv"_s, table),
                                u"--strike"_s,  u"110"_s,     u"--profit"_s, u"90:110"_s};
    const Outcome text = run(arguments);
    QVERIFY2(text.status == 0, text.errors.constData());
    QVERIFY2(text.output.contains("110: below") && text.output.contains("90 to 110"), text.output.constData());
    const QJsonObject report = QJsonDocument::fromJson(run(arguments + QStringList{u"--json"_s}).output).object();
    const QJsonValue expiry = report[u"outlook"].toArray().first();
    const auto isNear = [](const QJsonValue& found, double exact) {
        return std::abs(found.toDouble(-9) - exact) < 2e-4;
    };
    const auto below = [](double price) {
        return 0.5 * std::erfc(-(std::log(price / 100) + 0.02) / 0.2 / std::sqrt(2.0));
    };
    QVERIFY(isNear(expiry[u"standard_deviation"], 20));
    QVERIFY(std::abs(expiry[u"straddle"].toDouble() - 15.931) < 2e-3); // 200 (2 N(0.1) - 1)
    const QJsonValue strike = expiry[u"strikes"].toArray().first();
    QCOMPARE(strike[u"strike"].toDouble(), 110.0);
    QVERIFY(isNear(strike[u"below"], below(110)) && isNear(strike[u"above"], 1 - below(110)));
    // By the first passage of a walk with the drift of its logarithm, a volatility of 20 % and a year.
    const auto tail = [](double x) { return 0.5 * std::erfc(x / std::sqrt(2.0)); };
    const double away = std::log(1.1), drift = -0.02;
    const double touch = tail((away - drift) / 0.2) + std::exp(2 * drift * away / 0.04) * tail((away + drift) / 0.2);
    QVERIFY(isNear(strike[u"touch"], touch));
    QVERIFY(isNear(expiry[u"profit"], below(110) - below(90)));
}

/// A panel an expiry, in a file that reads as XML.
void CalibrateCommandTest::drawsItsFit()
{
    QByteArray table = "spot,days,zero_rate_act365,div_yield,strike,implied_vol\n";
    for (const char* const days : {"91", "182"}) {
        for (int strike = 70; strike <= 130; strike += 5)
            table += "100," + QByteArray(days) + ",0,0," + QByteArray::number(strike) + ',' +
                     QByteArray::number(0.2 + 1e-5 * (strike - 105) * (strike - 105)) + '\n';
    }
    const QString path = write(u"smile&co.csv"_s, table);
    for (const QString& model : {u"svi"_s, u"heston"_s}) {
        const QString picture = m_folder.filePath(model + u".svg"_s);
        const Outcome outcome = run({u"calibrate"_s, u"--model"_s, model, u"--chain"_s, path, u"--plot"_s, picture});
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QFile file(picture);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        int paths = 0;
        QStringList texts;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            paths += xml.name() == u"path" ? 1 : 0;
            if (xml.name() == u"text")
                texts += xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(paths, 2 * 4); // grid, spreads, dots and line
        QVERIFY(texts.contains(model + u" on smile&co.csv"_s));
        QVERIFY(
            std::ranges::any_of(texts, [](const QString& each) { return each.startsWith(u"182 days, 13 quotes"_s); }));
    }
    const Outcome unwritable =
        run({u"calibrate"_s, u"--model"_s, u"svi"_s, u"--chain"_s, path, u"--plot"_s, u"/nowhere/a.svg"_s});
    QCOMPARE(unwritable.status, 2);
    QVERIFY(unwritable.errors.contains("--plot \"/nowhere/a.svg\" is not allowed: a file that can be written"));
}

void CalibrateCommandTest::readsRealSets_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("leastInside");
    QTest::newRow("SPX") << "spx_20110124/spx_options.csv" << 0.9;
    QTest::newRow("FOXA") << "us_equity_options_lean/foxa_20130702.csv.gz" << 0.9;
    QTest::newRow("GOOG at one minute") << "goog_minute_20151224/goog_20151224_36000000.csv.gz" << 0.8;
}

void CalibrateCommandTest::readsRealSets()
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

QTEST_GUILESS_MAIN(CalibrateCommandTest)
#include "calibrate_command_test.moc"

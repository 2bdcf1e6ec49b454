#include "learning/signals/training.h"

#include "learning/signals/importance_plot.h"
#include "learning_signals/made_markets.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

class TrainingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatWasPlanted()
    {
        const auto trained =
            trainSignal(tests::plantedMarket(3000, 3), Target::VolatilityBeatsImplied, tests::quickSettings());
        QVERIFY(trained);
        const SignalReport& report = trained->report;
        QVERIFY2(report.evidence.area > 0.75, qPrintable(QString::number(report.evidence.area)));
        QVERIFY2(hasSignal(report), verdictOf(report).c_str());
        QVERIFY(verdictOf(report).starts_with("A signal was found: area under the curve 0."));
        QVERIFY(report.calibrated.brier < report.calibrated.brierOfRate);
        QVERIFY(report.foldArea > 0.75);
        QVERIFY(!report.isDemonstration && demonstrationOf(report).empty());
        // What tells is volatility that was realised, and what is worked out of it.
        const std::string& first = report.importance.front().feature;
        QVERIFY2(first.find("realised") == 0 || first.find("premium") == 0 || first.find("har") == 0 ||
                     first.find("regime") == 0,
                 first.c_str());
    }

    void saysWhenThereIsNothing_data()
    {
        QTest::addColumn<quint64>("seed");
        for (const quint64 seed : {1, 2, 3})
            QTest::addRow("seed %llu", seed) << seed;
    }
    void saysWhenThereIsNothing()
    {
        QFETCH(const quint64, seed);
        const auto trained =
            trainSignal(tests::noiseMarket(2200, seed), Target::VolatilityBeatsImplied, tests::quickSettings());
        QVERIFY(trained);
        QVERIFY2(!hasSignal(trained->report), verdictOf(trained->report).c_str());
        const std::string verdict = verdictOf(trained->report);
        QVERIFY2(verdict.starts_with("No signal was found: "), verdict.c_str());
    }

    void judgesByDaysThatCameLater()
    {
        const auto trained =
            trainSignal(tests::plantedMarket(2000, 3), Target::VolatilityBeatsImplied, tests::quickSettings());
        QVERIFY(trained);
        const std::vector<StepFigures>& steps = trained->report.steps;
        QCOMPARE(steps.size(), std::size_t{3});
        for (std::size_t at = 1; at < steps.size(); ++at)
            QVERIFY(steps[at].from > steps[at - 1].to && steps[at].learntFrom > steps[at - 1].learntFrom);
        QVERIFY(trained->report.trainedUntil > trained->report.last);
    }

    void tellsRegimesApart()
    {
        const auto trained = trainSignal(tests::plantedMarket(3000, 3), Target::PremiumPays, tests::quickSettings());
        QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
        std::size_t judged = 0, inRegimes = 0;
        for (const StepFigures& step : trained->report.steps)
            judged += step.judged;
        for (const RegimeFigures& regime : trained->report.regimes)
            inRegimes += regime.judged;
        QCOMPARE(inRegimes, judged); // asked only where the regime is known
        QVERIFY(trained->report.regimes.size() > 1);
    }

    void sameSeedSameReport()
    {
        const HistoryTable table = tests::plantedMarket(1500, 3);
        const auto a = trainSignal(table, Target::VolatilityBeatsImplied, tests::quickSettings());
        const auto b = trainSignal(table, Target::VolatilityBeatsImplied, tests::quickSettings());
        QCOMPARE(jsonOf(a->report), jsonOf(b->report));
        QCOMPARE(a->model.trees.text().value(), b->model.trees.text().value());
    }

    void aMadeUpMarketIsADemonstration()
    {
        const auto table = generatedHistory("SPY", base::makeDate(2015, 1, 2), base::makeDate(2023, 12, 29), 3);
        QVERIFY(table);
        const auto trained = trainSignal(*table, Target::VolatilityBeatsImplied, tests::quickSettings());
        QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
        QVERIFY(trained->report.isDemonstration);
        const std::string sentence = demonstrationOf(trained->report);
        QVERIFY(sentence.starts_with("A demonstration") && sentence.find("cannot be armed live") != std::string::npos);
    }

    void reportsAsJsonAndPicture()
    {
        const auto trained =
            trainSignal(tests::plantedMarket(1500, 3), Target::VolatilityBeatsImplied, tests::quickSettings());
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(jsonOf(trained->report))).object();
        QCOMPARE(json["target"].toString(), QString("volatility_beats_implied"));
        QCOMPARE(json["auc"].toDouble(), trained->report.evidence.area);
        QCOMPARE(json["steps"].toArray().size(), 3);
        QCOMPARE(json["importance"].toArray().size(), static_cast<int>(trained->report.schema.features.size()));
        QVERIFY(!json["importance"][0]["lag"].toString().isEmpty());
        const QString picture = QString::fromStdString(importancePlot(trained->report.importance, "a < b"));
        QXmlStreamReader xml(picture);
        int bars = 0;
        while (!xml.atEnd())
            bars += xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("rect") ? 1 : 0;
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(bars, static_cast<int>(trained->report.importance.size()));
        QVERIFY(importancePlot({}, "none").find("</svg>") != std::string::npos);
    }

    void doubtsAreSaid()
    {
        SignalReport report;
        report.calibrated.brier = 0.2;
        report.calibrated.brierOfRate = 0.19;
        report.evidence = {.area = 0.6, .low = 0.52, .high = 0.68, .chance = 0.01, .settings = {}};
        QVERIFY(hasSignal(report) && verdictOf(report).find("no better than the base rate") != std::string::npos);
        report.evidence.low = 0.49;
        QVERIFY(!hasSignal(report) && verdictOf(report).find("includes 0.5") != std::string::npos);
        report.evidence.low = 0.52;
        report.evidence.chance = 0.06;
        QVERIFY(!hasSignal(report) && verdictOf(report).find("6 % of the draws") != std::string::npos);
        QVERIFY(verdictOf(report).find("of every day") == std::string::npos);
        report.calibration = {.slope = 0, .offset = -0.4}; // 1 / (1 + exp(0.4))
        QVERIFY2(verdictOf(report).find("It says 0.401 of every day") != std::string::npos, verdictOf(report).c_str());
        report.evidence = {.area = 0.4, .low = 0.3, .high = 0.45, .chance = 0.99, .settings = {}};
        QVERIFY(!hasSignal(report) && verdictOf(report).find("below 0.5") != std::string::npos);
        report.evidence = {};
        QVERIFY(!hasSignal(report) && verdictOf(report).find("too few days") != std::string::npos);
        QVERIFY(jsonOf(report).find("\"auc\": null") != std::string::npos);
    }

    void saysWhatIsMissing()
    {
        const auto few =
            trainSignal(tests::noiseMarket(400, 1), Target::VolatilityBeatsImplied, tests::quickSettings());
        QVERIFY(!few && few.error().allowed.find("at least 500") != std::string::npos);
        const auto noSkew = trainSignal(tests::noiseMarket(1500, 1), Target::SkewReverts, tests::quickSettings());
        QVERIFY(!noSkew && noSkew.error().field.find("skew_reverts") != std::string::npos);
        TrainingSettings settings = tests::quickSettings();
        settings.boosting.depth = 0;
        const auto wrong = trainSignal(tests::noiseMarket(1500, 1), Target::VolatilityBeatsImplied, settings);
        QVERIFY(!wrong && wrong.error().field == "depth");
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        double done = 0;
        const auto stopped = trainSignal(tests::plantedMarket(1500, 3), Target::VolatilityBeatsImplied,
                                         tests::quickSettings(), stop.get_token(), [&](double part) {
                                             done = part;
                                             stop.request_stop();
                                         });
        QVERIFY(!stopped && stopped.error().kind == base::ErrorKind::Cancelled);
        QVERIFY(done > 0 && done < 0.5);
    }
};

QTEST_GUILESS_MAIN(TrainingTest)
#include "training_test.moc"

#include "command_line.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace vegadesk::tests;

/// The real program, as a shell runs it.
class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpShowsAnExample_data();
    void helpShowsAnExample();
    void badValuesAreNamed_data();
    void badValuesAreNamed();
    void twoBacktestsGiveTheSameJson();
    void theReportReadsAsText();
    void strategiesAreListed();
    void theVenueEndsWithItsInput();

private:
    static QStringList backtest(const QString& strategy, const QStringList& more = {})
    {
        return QStringList{QStringLiteral("backtest"),  QStringLiteral("--strategy"), strategy,
                           QStringLiteral("--start"),   QStringLiteral("2023-01-01"), QStringLiteral("--end"),
                           QStringLiteral("2023-02-28")} +
               more;
    }
};

void CommandLineTest::helpShowsAnExample_data()
{
    QTest::addColumn<QString>("command");
    for (const char* const command : {"backtest", "venue", "list"})
        QTest::newRow(command) << command;
}

void CommandLineTest::helpShowsAnExample()
{
    QFETCH(QString, command);
    const Outcome outcome = run({command, QStringLiteral("--help")});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.contains("Example: vegadesk-cli " + command.toUtf8()));
}

void CommandLineTest::badValuesAreNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    const auto with = [](const char* name, const char* value) {
        return backtest(QStringLiteral("iron_condor"), {QLatin1String(name), QLatin1String(value)});
    };
    QTest::newRow("strategy") << backtest(QStringLiteral("nonsense"))
                              << "strategy \"nonsense\" is not allowed: one of gamma_scalping, iron_condor";
    QTest::newRow("parameter") << with("--param", "short_delta=0.9")
                               << "short_delta \"0.9\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("parameter form") << with("--param", "short_delta")
                                    << "--param \"short_delta\" is not allowed: name=value";
    QTest::newRow("capital") << with("--capital", "-1") << "capital \"-1\" is not allowed: 1000 to 1000000000 dollars";
    QTest::newRow("tolerance") << with("--tolerance", "wild")
                               << "--tolerance \"wild\" is not allowed: low, moderate or high";
    QTest::newRow("log level") << with("--log-level", "loud")
                               << "--log-level \"loud\" is not allowed: debug, info, warning, error or off";
    QTest::newRow("port") << QStringList{QStringLiteral("venue"), QStringLiteral("--port"), QStringLiteral("99999")}
                          << "--port \"99999\" is not allowed: 0 to 65535";
    QTest::newRow("no dates") << QStringList{QStringLiteral("backtest"), QStringLiteral("--strategy"),
                                             QStringLiteral("iron_condor")}
                              << "--start";
    QTest::newRow("no command") << QStringList{} << "a command is missing; the commands are";
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

void CommandLineTest::twoBacktestsGiveTheSameJson()
{
    QList<QByteArray> reports;
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = run(backtest(QStringLiteral("gamma_scalping"), {QStringLiteral("--json")}));
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
        QVERIFY(report.contains(QLatin1String("run"))); // the run's own times, and all that may differ
        report.remove(QLatin1String("run"));
        QVERIFY(!report.value(QLatin1String("decisions")).toArray().isEmpty());
        QCOMPARE(report.value(QLatin1String("sensitivity")).toArray().size(), 3);
        QVERIFY(report.value(QLatin1String("metrics")).toObject().contains(QLatin1String("sharpe")));
        reports.append(QJsonDocument(report).toJson());
    }
    QCOMPARE(reports[0], reports[1]);
}

void CommandLineTest::theReportReadsAsText()
{
    const Outcome outcome = run(backtest(QStringLiteral("iron_condor")));
    QCOMPARE(outcome.status, 0);
    for (const char* const part : {"iron_condor on SPY, 2023-01-03 to 2023-02-28", "net_profit", "max_drawdown",
                                   "Trades", "To keep in mind", "At 50 % of the spread"})
        QVERIFY2(outcome.output.contains(part), part);
}

void CommandLineTest::strategiesAreListed()
{
    const Outcome outcome = run({QStringLiteral("list"), QStringLiteral("strategies")});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.contains("gamma_scalping:") && outcome.output.contains("iron_condor:"));
    QVERIFY(outcome.output.contains("0.05 to 0.45 delta (default 0.3)"));
}

void CommandLineTest::theVenueEndsWithItsInput()
{
    QProcess venue;
    venue.start(
        QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"),
        {QStringLiteral("venue"), QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--exit-with-parent")});
    QTRY_VERIFY_WITH_TIMEOUT(venue.canReadLine(), 60'000);
    const QJsonObject ready = QJsonDocument::fromJson(venue.readLine()).object();
    QCOMPARE(ready.value(QLatin1String("event")).toString(), QStringLiteral("ready"));
    QVERIFY(ready.value(QLatin1String("port")).toInt() > 0);
    venue.closeWriteChannel();
    QVERIFY(venue.waitForFinished(60'000));
    QCOMPARE(venue.exitCode(), 0);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"

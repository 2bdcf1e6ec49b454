#include "backtest/backtest_lines.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

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
    void filesThatAreNotThereAreNamed();
    void twoBacktestsGiveTheSameJson();
    void everyAssumptionHasAFlagAndIsInTheReport();
    void theReportReadsAsText();
    void runsAreCountedAsTrials();
    void aPageAndTradesAreWritten();
    void strategiesAreListed();
    void importedTablesAreReplayed();
    void theVenueEndsWithItsInput();

private:
    const BacktestLines m_lines;
};

void CommandLineTest::helpShowsAnExample_data()
{
    QTest::addColumn<QString>("command");
    for (const char* const command : {"backtest", "sweep", "import", "record", "venue", "list"})
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
    const auto with = [this](const char* name, const char* value) {
        return m_lines.backtest(QStringLiteral("iron_condor"), {QLatin1String(name), QLatin1String(value)});
    };
    QTest::newRow("strategy") << m_lines.backtest(QStringLiteral("nonsense"))
                              << "strategy \"nonsense\" is not allowed: one of gamma_scalping, ";
    QTest::newRow("parameter") << with("--param", "short_delta=0.9")
                               << "short_delta \"0.9\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("parameter form") << with("--param", "short_delta")
                                    << "--param \"short_delta\" is not allowed: name=value";
    QTest::newRow("capital") << with("--capital", "-1") << "capital \"-1\" is not allowed: 1000 to 1000000000 dollars";
    QTest::newRow("tolerance") << with("--tolerance", "wild")
                               << "--tolerance \"wild\" is not allowed: low, moderate or high";
    QTest::newRow("fills") << with("--fills", "best")
                           << "fills \"best\" is not allowed: one of broker, three-quarters, mid, passive";
    QTest::newRow("margin call") << with("--margin-call", "never")
                                 << "--margin-call \"never\" is not allowed: ignored, next-day or at-once";
    QTest::newRow("pin width") << with("--pin-width", "0.5")
                               << "pin width \"0.5\" is not allowed: 0 to 0.05 of the strike";
    QTest::newRow("log level") << with("--log-level", "loud")
                               << "--log-level \"loud\" is not allowed: debug, info, warning, error or off";
    QTest::newRow("port") << QStringList{QStringLiteral("venue"), QStringLiteral("--port"), QStringLiteral("99999")}
                          << "--port \"99999\" is not allowed: 0 to 65535";
    const auto swept = [this](const char* name, const char* value) {
        return m_lines.sweep({QLatin1String(name), QLatin1String(value)});
    };
    QTest::newRow("shard") << swept("--shard", "3/2") << "shard \"3/2\" is not allowed: I/N with 1 <= I <= N, as 2/8";
    QTest::newRow("walk-forward") << swept("--walk-forward", "sideways")
                                  << "--walk-forward \"sideways\" is not allowed: rolling or anchored";
    QTest::newRow("objective") << m_lines.sweep({QStringLiteral("--walk-forward"), QStringLiteral("rolling"),
                                                 QStringLiteral("--objective"), QStringLiteral("luck")})
                               << "objective \"luck\" is not allowed: one of sharpe, sortino";
    QTest::newRow("report of a sweep") << swept("--report", "x.html")
                                       << "--report \"x.html\" is not allowed: only with --walk-forward";
    // What is given and cannot count is not passed over.
    const QString data = QStringLiteral("--data");
    for (const char* const name : {"--seed", "--snapshots"})
        QTest::newRow(name) << with(name, "2") + QStringList{data, QStringLiteral("x")} << "excludes";
    QTest::newRow("dividend dates") << m_lines.backtest(QStringLiteral("iron_condor"),
                                                        {QStringLiteral("--dividend-dates"), data, QStringLiteral("x")})
                                    << "excludes";
    QTest::newRow("interest rate") << with("--interest-rate", "0.02") << "--interest-rate requires --data";
    QTest::newRow("no folder") << with("--data", "") << "\"\" is not allowed: a folder";
    for (const char* const name : {"--in-sample", "--out-of-sample", "--purge", "--embargo"})
        QTest::newRow(name) << swept(name, "5") << QLatin1String(name) + QStringLiteral(" requires --walk-forward");
    QTest::newRow("objective alone") << swept("--objective", "sharpe") << "--objective requires --walk-forward";
    QTest::newRow("two forms") << m_lines.sweep({QStringLiteral("--json"), QStringLiteral("--csv")}) << "excludes";
    const auto more = [this](const QStringList& arguments) {
        return m_lines.backtest(QStringLiteral("iron_condor"), arguments);
    };
    const QString noAssignment = QStringLiteral("--assignment-chance"), none = QStringLiteral("0");
    QTest::newRow("time value of no assignment")
        << more({noAssignment, none, QStringLiteral("--assignment-time-value"), QStringLiteral("0.1")})
        << "--assignment-time-value \"0.1\" is not allowed: only with --assignment-chance above 0";
    QTest::newRow("deviation of no pin") << more({QStringLiteral("--pin-width"), none,
                                                  QStringLiteral("--pin-deviation"), QStringLiteral("0.01")})
                                         << "--pin-deviation \"0.01\" is not allowed: only with --pin-width above 0";
    QTest::newRow("seed of no chance")
        << more({QStringLiteral("--pin-width"), none, noAssignment, none, QStringLiteral("--chance-seed"),
                 QStringLiteral("7")})
        << "--chance-seed \"7\" is not allowed: only with --assignment-chance, --pin-width and --pin-deviation, or";
    QTest::newRow("a parameter twice") << m_lines.backtest(QStringLiteral("iron_condor"),
                                                           {QStringLiteral("--set"), QStringLiteral("short_delta=0.2"),
                                                            QStringLiteral("--set"), QStringLiteral("short_delta=0.3")})
                                       << "--set \"short_delta=0.2\" is not allowed: each parameter once";
    QTest::newRow("a parameter of the grid") << swept("--set", "short_delta=0.15")
                                             << "--set \"short_delta\" is not allowed: only what the grid leaves alone";
    QStringList basket = m_lines.sweep({});
    basket[basket.indexOf(QStringLiteral("iron_condor"))] = QStringLiteral("dispersion");
    QTest::newRow("a basket's sweep") << basket << "--strategy \"dispersion\" is not allowed: one that trades a single";
    QTest::newRow("trades of a sweep") << swept("--trades", "x.csv")
                                       << "--trades \"x.csv\" is not allowed: only with --walk-forward";
    const QStringList walk{QStringLiteral("--walk-forward"), QStringLiteral("rolling")};
    QTest::newRow("shard of a walk-forward")
        << m_lines.sweep(walk + QStringList{QStringLiteral("--shard"), QStringLiteral("1/2")})
        << "--shard \"1/2\" is not allowed: only without --walk-forward";
    QTest::newRow("too few days") << m_lines.sweep(walk) << "days \"39\" is not allowed: more than 252";
    QTest::newRow("no dates") << QStringList{QStringLiteral("backtest"), QStringLiteral("--strategy"),
                                             QStringLiteral("iron_condor")}
                              << "--start";
    QTest::newRow("no grid") << m_lines.words(QStringLiteral("sweep"), QStringLiteral("iron_condor"), {})
                             << "--grid is required";
    QTest::newRow("no command") << QStringList{} << "a command is missing; the commands are";
}

void CommandLineTest::filesThatAreNotThereAreNamed()
{
    const Outcome rules = run(m_lines.backtest(QStringLiteral("rules:/nowhere.json")));
    QCOMPARE(rules.status, 1);
    QVERIFY2(rules.errors.contains("rules file \"/nowhere.json\": it cannot be opened"), rules.errors.constData());
    const Outcome events = run(
        m_lines.backtest(QStringLiteral("iron_condor"), {QStringLiteral("--events"), QStringLiteral("/nowhere.csv")}));
    QCOMPARE(events.status, 1);
    QVERIFY2(events.errors.contains("/nowhere.csv"), events.errors.constData());
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
        const Outcome outcome = run(m_lines.backtest(QStringLiteral("gamma_scalping"), {QStringLiteral("--json")}));
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

void CommandLineTest::everyAssumptionHasAFlagAndIsInTheReport()
{
    const Outcome outcome = run(m_lines.backtest(QStringLiteral("iron_condor"),
                                                 {QStringLiteral("--fills"), QStringLiteral("three-quarters"),
                                                  QStringLiteral("--cash-interest"), QStringLiteral("0.5"),
                                                  QStringLiteral("--margin-call"), QStringLiteral("at-once"),
                                                  QStringLiteral("--leave-longs"), QStringLiteral("--dividend-dates"),
                                                  QStringLiteral("--no-sensitivity"), QStringLiteral("--json")}));
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(outcome.output).object();
    const QJsonObject config = report.value(QLatin1String("config")).toObject();
    QCOMPARE(config.value(QLatin1String("spread")).toDouble(), 0.75);
    QCOMPARE(config.value(QLatin1String("slippage")).toDouble(), 0.001);
    QVERIFY(config.value(QLatin1String("data")).toString().endsWith(QStringLiteral("with dividends and reports")));
    const QJsonObject realism = config.value(QLatin1String("realism")).toObject();
    QCOMPARE(realism.value(QLatin1String("cash_interest")).toDouble(), 0.5);
    QCOMPARE(realism.value(QLatin1String("margin_call")).toString(), QStringLiteral("at-once"));
    QCOMPARE(realism.value(QLatin1String("exercises_longs")).toBool(true), false);
    QCOMPARE(realism.value(QLatin1String("passive_fills")).toString(), QStringLiteral("through"));
    QVERIFY(report.value(QLatin1String("account")).toObject().value(QLatin1String("interest")).toDouble() > 0);
    QVERIFY(report.value(QLatin1String("universe")).toObject().value(QLatin1String("expirations")).toInt() > 10);
    QVERIFY(report.value(QLatin1String("stopped")).isNull());
}

void CommandLineTest::theReportReadsAsText()
{
    const Outcome outcome = run(m_lines.backtest(QStringLiteral("iron_condor")));
    QCOMPARE(outcome.status, 0);
    for (const char* const part : {"iron_condor on SPY, 2023-01-03 to 2023-02-28", "net_profit", "max_drawdown",
                                   "deflated_sharpe", "draws, in blocks", "Where the profit came from", "Trades",
                                   "To keep in mind", "At 50 % of the spread", "Trials: "})
        QVERIFY2(outcome.output.contains(part), part);
}

void CommandLineTest::runsAreCountedAsTrials()
{
    const QTemporaryDir own;
    const auto trialsOf = [&](const QStringList& more) {
        QStringList arguments =
            m_lines.backtest(QStringLiteral("iron_condor"), QStringList{QStringLiteral("--json")} + more);
        arguments[arguments.indexOf(QStringLiteral("--data-dir")) + 1] = own.filePath(QStringLiteral("made/for/it"));
        const Outcome outcome = run(arguments);
        if (outcome.status != 0 || !outcome.errors.isEmpty())
            qFatal("%s", outcome.errors.constData());
        return QJsonDocument::fromJson(outcome.output).object();
    };
    const QStringList other{QStringLiteral("--param"), QStringLiteral("profit_target=0.25")};
    QCOMPARE(trialsOf({}).value(QLatin1String("trials")).toInt(), 1);
    QCOMPARE(trialsOf({}).value(QLatin1String("trials")).toInt(), 1); // the same again
    const QJsonObject second = trialsOf(other);
    QCOMPARE(second.value(QLatin1String("trials")).toInt(), 2);
    const QJsonObject metrics = second.value(QLatin1String("metrics")).toObject();
    QCOMPARE(metrics.value(QLatin1String("trials")).toInt(), 2);
    QVERIFY(metrics.value(QLatin1String("deflated_sharpe")).toDouble() <
            metrics.value(QLatin1String("probabilistic_sharpe")).toDouble());
    QVERIFY(second.value(QLatin1String("trial_sharpe_variance")).toDouble() > 0);
    const QStringList anotherMarket{QStringLiteral("--seed"), QStringLiteral("2")};
    const QJsonObject elsewhere = trialsOf(anotherMarket);
    QCOMPARE(elsewhere.value(QLatin1String("trials")).toInt(), 1);
    QVERIFY(elsewhere.value(QLatin1String("data_hash")) != second.value(QLatin1String("data_hash")));
    QCOMPARE(second.value(QLatin1String("bootstrap")).toObject().value(QLatin1String("sharpe")).toArray().size(), 2);

    // What the parts say adds up to the profit, to the cent.
    const QJsonObject attribution = second.value(QLatin1String("attribution")).toObject();
    double sum = attribution.value(QLatin1String("other")).toObject().value(QLatin1String("total")).toDouble();
    const QJsonArray trades = attribution.value(QLatin1String("trades")).toArray();
    for (const QJsonValue& trade : trades)
        sum += trade.toObject().value(QLatin1String("total")).toDouble();
    const double net = metrics.value(QLatin1String("net_profit")).toDouble();
    QVERIFY2(std::abs(sum - net) < 0.005 + 1e-9, qPrintable(QString::number(sum - net)));
    QCOMPARE(trades.size(), second.value(QLatin1String("trades")).toArray().size());
}

void CommandLineTest::aPageAndTradesAreWritten()
{
    const QString page = m_lines.file(QStringLiteral("report.html"));
    const QString trades = m_lines.file(QStringLiteral("trades.csv"));
    const Outcome outcome = run(m_lines.backtest(
        QStringLiteral("iron_condor"), {QStringLiteral("--report"), page, QStringLiteral("--trades"), trades}));
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    QVERIFY(contentOf(page).startsWith("<!DOCTYPE html>") && contentOf(page).contains("<svg ") &&
            contentOf(page).endsWith("</html>\n"));
    QVERIFY(contentOf(trades).startsWith("group,title,opened,closed,"));
    const Outcome nowhere =
        run(m_lines.backtest(QStringLiteral("iron_condor"),
                             {QStringLiteral("--report"), m_lines.file(QStringLiteral("no/such/report.html"))}));
    QCOMPARE(nowhere.status, 1);
    QVERIFY2(nowhere.errors.contains("report.html"), nowhere.errors.constData());
}

void CommandLineTest::strategiesAreListed()
{
    const Outcome outcome = run({QStringLiteral("list"), QStringLiteral("strategies")});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.output.contains("gamma_scalping:") && outcome.output.contains("iron_condor:"));
    QVERIFY(outcome.output.contains("0.05 to 0.45 delta (default 0.3)"));
}

void CommandLineTest::importedTablesAreReplayed()
{
    const QTemporaryDir folder;
    const QString table = folder.filePath(QStringLiteral("abc_2023.csv")),
                  store = folder.filePath(QStringLiteral("store"));
    QFile file(table);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("date,expiry,cp,strike,bid,ask,spot\n");
    for (const char* const day : {"2023-01-03", "2023-01-04"}) {
        for (const char* const contract : {"C,95,5.9,6.1", "C,100,2.4,2.5", "P,95,0.9,1.0", "P,100,2.3,2.4", "X,1,1,1"})
            file.write(QByteArray(day) + ",2023-02-17," + contract + ",100\n");
    }
    file.close();
    const auto import = [&](const QStringList& more) {
        return run(QStringList{QStringLiteral("import"), table, QStringLiteral("--to"), store} + more);
    };
    const Outcome imported = import({QStringLiteral("--json")});
    QVERIFY2(imported.status == 0, imported.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(imported.output).object();
    QCOMPARE(report.value(QLatin1String("quotes")).toInt(), 8);
    QCOMPARE(report.value(QLatin1String("bad_lines")).toInt(), 2);
    QVERIFY(QFileInfo::exists(store + QStringLiteral("/ABC-2023.chains")));
    QVERIFY(QFileInfo::exists(store + QStringLiteral("/quarantine/abc_2023.csv.bad.csv")));
    const Outcome again = import({QStringLiteral("--layout"), QStringLiteral("plain")});
    QVERIFY(again.status == 0 &&
            again.output.contains("2 lines: cp: C or P, call or put, first abc_2023.csv line 6: X"));
    const Outcome unknown = import({QStringLiteral("--layout"), QStringLiteral("nonsense")});
    QVERIFY(unknown.status != 0 && unknown.errors.contains("one of plain, cboe_eod"));

    for (const QString& data : {store, table}) {
        const Outcome replayed =
            run({QStringLiteral("backtest"), QStringLiteral("--strategy"), QStringLiteral("iron_condor"),
                 QStringLiteral("--data"), data, QStringLiteral("--json")});
        QVERIFY2(replayed.status == 0, replayed.errors.constData());
        const QJsonObject told = QJsonDocument::fromJson(replayed.output).object();
        QCOMPARE(told.value(QLatin1String("equity")).toArray().size(), 3);
    }
    QVERIFY(run({QStringLiteral("record"), QStringLiteral("--to"), store, QStringLiteral("--environment"),
                 QStringLiteral("live")})
                .errors.contains("venue, certification or hybrid"));
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

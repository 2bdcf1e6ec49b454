#include "backtest/backtest_lines.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace vegadesk::tests;

/// vegadesk-cli sweep, as a shell runs it.
class SweepCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSweepsShardsMeetInTheDatabase();
    void aWalkForwardSaysWhatItPicked();
    void aWalkForwardThatIsTooLargeIsRefusedBeforeItReads();
    void aWalkForwardIsWrittenAsTables();

private:
    const BacktestLines m_lines;
};

void SweepCommandTest::aSweepsShardsMeetInTheDatabase()
{
    const QTemporaryDir here, there;
    const auto sweepIn = [&](const QTemporaryDir& folder, const QStringList& more) {
        QStringList arguments = m_lines.sweep(more);
        arguments[arguments.indexOf(QStringLiteral("--data-dir")) + 1] = folder.path();
        return run(arguments);
    };
    const auto json = [](const Outcome& outcome) { return QJsonDocument::fromJson(outcome.output).object(); };
    const QString asJson = QStringLiteral("--json"), shard = QStringLiteral("--shard");
    const Outcome first = sweepIn(here, {asJson, shard, QStringLiteral("1/2")});
    QVERIFY2(first.status == 0, first.errors.constData());
    QCOMPARE(json(first).value(QLatin1String("runs")).toArray().size(), 2);
    QCOMPARE(json(first).value(QLatin1String("missing")).toInt(), 2);
    const Outcome second = sweepIn(there, {asJson, shard, QStringLiteral("2/2")});
    QCOMPARE(json(second).value(QLatin1String("runs")).toArray().size(), 2);

    const Outcome all = sweepIn(here, {asJson, QStringLiteral("--merge"), there.filePath(QStringLiteral("trials.db"))});
    QVERIFY2(all.status == 0, all.errors.constData());
    const QJsonArray runs = json(all).value(QLatin1String("runs")).toArray();
    QCOMPARE(runs.size(), 4);
    QCOMPARE(json(all).value(QLatin1String("trials")).toInt(), 4);
    QCOMPARE(json(all).value(QLatin1String("missing")).toInt(), 0);
    QStringList contents;
    for (const QJsonValue& each : runs) {
        QVERIFY(each.toObject().value(QLatin1String("was_known")).toBool()); // nothing ran twice
        contents.append(each.toObject().value(QLatin1String("content")).toString());
    }
    QCOMPARE(QSet<QString>(contents.begin(), contents.end()).size(), 4);

    // A backtest of one of them is the same run.
    QStringList one = m_lines.backtest(QStringLiteral("iron_condor"),
                                       {asJson, QStringLiteral("--set"), QStringLiteral("short_delta=0.3"),
                                        QStringLiteral("--set"), QStringLiteral("profit_target=0.5")});
    one[one.indexOf(QStringLiteral("--data-dir")) + 1] = here.path();
    const QJsonObject alone = json(run(one));
    QCOMPARE(alone.value(QLatin1String("trials")).toInt(), 4);
    const QJsonObject swept = runs[3].toObject().value(QLatin1String("metrics")).toObject();
    for (const char* const id : {"net_profit", "sharpe", "deflated_sharpe", "max_drawdown", "trades"})
        QCOMPARE(alone.value(QLatin1String("metrics")).toObject().value(QLatin1String(id)),
                 swept.value(QLatin1String(id)));

    const Outcome table = sweepIn(here, {QStringLiteral("--csv")});
    const QByteArrayList lines = table.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY2(lines[0].startsWith("profit_target,short_delta,average_loss,"), lines[0].constData());
    QVERIFY(sweepIn(here, {}).output.contains("4 runs, 4 of them known from before; 4 trials in all"));
    const Outcome wrong = run(m_lines.sweep({}, R"({"short_delta": {"from": 1}})"));
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.errors.contains("short_delta"), wrong.errors.constData());
}

void SweepCommandTest::aWalkForwardSaysWhatItPicked()
{
    const QString page = m_lines.file(QStringLiteral("walked.html"));
    const QStringList walk{QStringLiteral("--walk-forward"),  QStringLiteral("rolling"),
                           QStringLiteral("--in-sample"),     QStringLiteral("15"),
                           QStringLiteral("--out-of-sample"), QStringLiteral("10"),
                           QStringLiteral("--purge"),         QStringLiteral("2"),
                           QStringLiteral("--embargo"),       QStringLiteral("1")};
    const Outcome outcome =
        run(m_lines.sweep(walk + QStringList{QStringLiteral("--json"), QStringLiteral("--report"), page}));
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject walked = QJsonDocument::fromJson(outcome.output).object();
    const QJsonArray folds = walked.value(QLatin1String("folds")).toArray();
    QCOMPARE(folds.size(), 3);
    for (const QJsonValue& fold : folds) {
        const QJsonValue profit = fold.toObject().value(QLatin1String("in_sample_profit"));
        QCOMPARE(fold.toObject().value(QLatin1String("lost_in_sample")).toBool(), profit.toDouble() < 0);
    }
    QVERIFY(folds[0].toObject().value(QLatin1String("in_last")).toString() <
            folds[0].toObject().value(QLatin1String("out_first")).toString());
    QCOMPARE(walked.value(QLatin1String("in_sample_runs")).toInt(), 12);
    QCOMPARE(walked.value(QLatin1String("untraded")).toInt(-1), 0);
    QVERIFY(walked.value(QLatin1String("stopped")).isNull());
    const QJsonObject stitched = walked.value(QLatin1String("out_of_sample")).toObject();
    QVERIFY(stitched.value(QLatin1String("trials")).toInt() >= 12);
    QVERIFY(stitched.value(QLatin1String("honesty"))
                .toArray()[0]
                .toString()
                .startsWith(QLatin1String("Walk-forward, rolling")));
    const QJsonArray rows = stitched.value(QLatin1String("sensitivity")).toArray();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[2].toObject().value(QLatin1String("sharpe")),
             stitched.value(QLatin1String("metrics")).toObject().value(QLatin1String("sharpe")));
    QVERIFY(contentOf(page).contains("Walk-forward, rolling"));
    const Outcome text = run(m_lines.sweep(walk));
    QVERIFY2(text.output.contains("Out of sample, stitched: iron_condor on SPY"), text.output.constData());
}

void SweepCommandTest::aWalkForwardThatIsTooLargeIsRefusedBeforeItReads()
{
    const QByteArray grid =
        R"({"short_delta": {"from": 0.2, "to": 0.299, "step": 0.001}, "profit_target": {"from": 0.3, "to": 0.399, "step": 0.001}})";
    QStringList arguments =
        m_lines.sweep({QStringLiteral("--walk-forward"), QStringLiteral("rolling"), QStringLiteral("--in-sample"),
                       QStringLiteral("5"), QStringLiteral("--out-of-sample"), QStringLiteral("1")},
                      grid);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains(
                 "grid \"10000 settings on 34 stretches\" is not allowed: at most 100000 in-sample runs"),
             outcome.errors.constData());
    QVERIFY(outcome.output.isEmpty());
    // How many days a folder has is not known before it is read.
    arguments += {QStringLiteral("--data"), m_lines.file(QStringLiteral("nowhere"))};
    QVERIFY(run(arguments).errors.contains("nowhere"));
}

void SweepCommandTest::aWalkForwardIsWrittenAsTables()
{
    const QString file = m_lines.file(QStringLiteral("walked.csv"));
    const Outcome outcome =
        run(m_lines.sweep({QStringLiteral("--walk-forward"), QStringLiteral("anchored"), QStringLiteral("--in-sample"),
                           QStringLiteral("15"), QStringLiteral("--out-of-sample"), QStringLiteral("10"),
                           QStringLiteral("--purge"), QStringLiteral("2"), QStringLiteral("--embargo"),
                           QStringLiteral("1"), QStringLiteral("--csv"), QStringLiteral("--trades"), file}));
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QByteArrayList lines = outcome.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    const QByteArrayList header = lines[0].trimmed().split(',');
    QCOMPARE(header,
             QByteArray("in_first,in_last,out_first,out_last,profit_target,short_delta,in_sample,in_sample_profit,"
                        "lost_in_sample,out_of_sample,net_profit,trades,ends_open")
                 .split(','));
    qsizetype trades = 0;
    for (const QByteArray& line : lines.sliced(1)) {
        const QByteArrayList cells = line.trimmed().split(',');
        QCOMPARE(cells.size(), header.size());
        QCOMPARE(cells[0], QByteArray("2023-01-03")); // anchored: all begin there
        QVERIFY(cells[1] < cells[2] && cells[2] <= cells[3]);
        QVERIFY(cells[8] == "yes" || cells[8] == "no");
        QCOMPARE(cells[8] == "yes", cells[7].toDouble() < 0);
        trades += cells[11].toInt();
    }
    QVERIFY(contentOf(file).startsWith("group,title,opened,closed,"));
    QCOMPARE(contentOf(file).count('\n'), trades + 1);
}

QTEST_GUILESS_MAIN(SweepCommandTest)
#include "sweep_command_test.moc"

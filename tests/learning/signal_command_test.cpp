#include "base/time.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace vegadesk;

/// The command line, as a person or a script has it.
class SignalCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDemonstrationIsTrained(); // first: the others go by its file
    void itsReportIsReadAgain();
    void todayIsSaid();
    void whatIsInSampleIsNoForecast();
    void whatIsMissingIsNamed();
    void aBacktestGoesByIt();
    void ctrlCStopsIt();
    void withoutThePluginItIsSaid();
    void badWordsAreNamed_data();
    void badWordsAreNamed();

private:
    struct Outcome {
        int status = -1;
        QByteArray output, errors;
        QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    };
    Outcome run(const QStringList& arguments, const QString& plugins = {}) const
    {
        return runAny(QStringList{QStringLiteral("signal")} + arguments, plugins);
    }
    Outcome runAny(const QStringList& arguments, const QString& plugins = {}) const;
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    static QStringList words(const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }
    void writeTable(const QString& path, const QByteArray& header, double value) const;

    QTemporaryDir m_folder;
};

SignalCommandTest::Outcome SignalCommandTest::runAny(const QStringList& arguments, const QString& plugins) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("VEGADESK_PLUGINS"));
    if (!plugins.isEmpty())
        environment.insert(QStringLiteral("VEGADESK_PLUGINS"), plugins);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"),
                  arguments + QStringList{QStringLiteral("--data-dir"), m_folder.path()});
    process.waitForFinished(240'000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// Three hundred days of one figure.
void SignalCommandTest::writeTable(const QString& path, const QByteArray& header, double value) const
{
    QFile table(path);
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write(header + '\n');
    base::Date date = base::makeDate(2024, 1, 2);
    for (int day = 0; day < 300; ++day, date += std::chrono::days(1))
        table.write(QByteArray::fromStdString(base::formatDate(date)) + ',' + QByteArray::number(value + day % 7) +
                    '\n');
}

void SignalCommandTest::aDemonstrationIsTrained()
{
    const Outcome trained =
        run(words("train --generated SPY --from 2015-01-02 --to 2021-12-31 --target volatility_beats_implied --out "
                  "shown --plot") +
            QStringList{file("shown.svg")});
    QVERIFY2(trained.status == 0, trained.errors.constData());
    QVERIFY2(trained.output.contains("ignal was found:"), trained.output.constData()); // "No s…" or "A s…"
    QVERIFY(trained.output.contains("It cannot be armed live."));
    QVERIFY(QFile::exists(file("signals/shown.signal")));
    QFile plot(file("shown.svg"));
    QVERIFY(plot.open(QIODevice::ReadOnly) && plot.readAll().contains("<svg"));
}

void SignalCommandTest::itsReportIsReadAgain()
{
    const Outcome read = run(words("report shown --json"));
    QVERIFY2(read.status == 0, read.errors.constData());
    QCOMPARE(read.json().value(QStringLiteral("target")).toString(), QStringLiteral("volatility_beats_implied"));
    QVERIFY(read.json().value(QStringLiteral("is_demonstration")).toBool());
    QVERIFY(!read.json().value(QStringLiteral("steps")).toArray().isEmpty());
    const Outcome listed = run(words("list"));
    QVERIFY(listed.status == 0 && listed.output.startsWith("shown ") && listed.output.contains("a demonstration"));
}

void SignalCommandTest::todayIsSaid()
{
    const Outcome said = run(words("today shown --generated SPY --from 2015-01-02 --to 2022-06-30 --json"));
    QVERIFY2(said.status == 0, said.errors.constData());
    QCOMPARE(said.json().value(QStringLiteral("session")).toString(), QStringLiteral("2022-07-01"));
    const double probability = said.json().value(QStringLiteral("probability")).toDouble(-1);
    QVERIFY(probability >= 0 && probability <= 1 && said.json().value(QStringLiteral("is_forecast")).toBool());
}

void SignalCommandTest::whatIsInSampleIsNoForecast()
{
    const Outcome said = run(words("today shown --generated SPY --from 2015-01-02 --to 2020-06-30"));
    QVERIFY(said.status != 0);
    QVERIFY2(said.output.contains("in sample: the model was trained on days until"), said.output.constData());
}

void SignalCommandTest::whatIsMissingIsNamed()
{
    writeTable(file("bars.csv"), "date,close", 100);
    writeTable(file("vix.csv"), "date,close", 20);
    const Outcome said = run(words("today shown --json --bars") +
                             QStringList{file("bars.csv"), QStringLiteral("--volatility"), file("vix.csv")});
    QVERIFY(said.status != 0);
    QVERIFY(!said.json().value(QStringLiteral("missing")).toArray().isEmpty());
    QVERIFY(said.json().value(QStringLiteral("probability")).isNull());
}

/// Its first days are in sample: the days before it are taken from the simulated market.
void SignalCommandTest::aBacktestGoesByIt()
{
    const QStringList over =
        words("backtest --strategy iron_condor --start 2021-12-01 --end 2022-01-31 --no-sensitivity "
              "--signal shown");
    const Outcome run = runAny(over + words("--signal-least 0 --json"));
    QVERIFY2(run.status == 0, run.errors.constData());
    QVERIFY2(run.output.contains("sessions of this run are in sample"), run.output.constData());
    QVERIFY(run.output.contains("Entries needed the signal shown at least 0."));
    const Outcome unbounded = runAny(over);
    QVERIFY(unbounded.status != 0 && unbounded.errors.contains("signal_least, signal_most or both"));
    const Outcome unknown = runAny(words("backtest --strategy iron_condor --start 2021-12-01 --end 2022-01-31 --signal "
                                         "nobody --signal-least 0.5"));
    QVERIFY(unknown.status != 0 && unknown.errors.contains("signals/nobody.signal"));
    const Outcome idle =
        runAny(words("backtest --strategy iron_condor --start 2021-12-01 --end 2022-01-31 --signal-bars "
                     "x.csv --signal-volatility y.csv"));
    QVERIFY2(idle.status != 0 && idle.errors.contains("no entry waits for a signal"), idle.errors.constData());
}

void SignalCommandTest::ctrlCStopsIt()
{
    QProcess process;
    process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"),
                  words("signal train --generated SPY --to 2040-12-31 --target skew_reverts --out long --data-dir") +
                      QStringList{m_folder.path()});
    QVERIFY(process.waitForStarted());
    // It answers interrupts once the plugin is there.
    const auto isLoaded = [&process] {
        QFile maps(QStringLiteral("/proc/%1/maps").arg(process.processId()));
        return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("vegadesk-signals");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isLoaded(), 60'000);
    const auto caught = [&process] {
        QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        const QByteArray all = status.readAll();
        const qsizetype at = all.indexOf("SigCgt:");
        return (all.mid(at + 7, 17).trimmed().toULongLong(nullptr, 16) & (1ULL << (SIGINT - 1))) != 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(caught(), 60'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(!QFile::exists(file("signals/long.signal")));
}

void SignalCommandTest::withoutThePluginItIsSaid()
{
    const Outcome missing = run(words("report shown"), QStringLiteral("/nowhere"));
    QVERIFY(missing.status != 0);
    QVERIFY2(missing.errors.contains("plugin \"/nowhere/vegadesk-signals.so\""), missing.errors.constData());
}

void SignalCommandTest::badWordsAreNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("no target") << words("train --generated SPY --out x") << QByteArray("--target");
    QTest::newRow("no such target") << words("train --generated SPY --target luck --out x")
                                    << QByteArray("volatility_beats_implied, premium_pays, skew_reverts");
    QTest::newRow("no history") << words("train --target premium_pays --out x") << QByteArray("--generated");
    QTest::newRow("two histories") << words("train --generated SPY --data y --target premium_pays --out x")
                                   << QByteArray("several");
    QTest::newRow("bars alone") << words("train --bars y --target premium_pays --out x") << QByteArray("--volatility");
    QTest::newRow("no such file") << words("train --bars /nowhere.csv --volatility /nowhere.csv --target premium_pays "
                                           "--out x")
                                  << QByteArray("/nowhere.csv");
    QTest::newRow("no such model") << words("report nobody") << QByteArray("signals/nobody.signal");
    QTest::newRow("no picture") << words("report shown --plot x.png") << QByteArray(".svg");
}

void SignalCommandTest::badWordsAreNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const Outcome refused = run(arguments);
    QVERIFY(refused.status != 0);
    QVERIFY2(refused.errors.contains(said), refused.errors.constData());
}

QTEST_GUILESS_MAIN(SignalCommandTest)
#include "signal_command_test.moc"

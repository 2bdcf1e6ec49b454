#include "learning/training/recipe.h"

#include <QDateTime>
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
class TrainCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSmallNetIsMadeInSeconds();
    void bothSidesAreTrained();
    void whatIsKilledGoesOn();
    void withoutThePluginItIsSaid();
    void badWordsAreNamed_data();
    void badWordsAreNamed();

private:
    struct Outcome {
        int status = -1;
        QByteArray output, errors;
    };
    Outcome run(const QStringList& arguments, const QProcessEnvironment& environment = environmentHere()) const;
    static QProcessEnvironment environmentHere()
    {
        QProcessEnvironment out = QProcessEnvironment::systemEnvironment();
        out.remove(QStringLiteral("VEGADESK_PLUGINS"));
        return out;
    }
    QStringList course(const QString& name, int epochs = 20) const;
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

TrainCommandTest::Outcome TrainCommandTest::run(const QStringList& arguments,
                                                const QProcessEnvironment& environment) const
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"),
                  QStringList(QStringLiteral("train")) + arguments);
    process.waitForFinished(120'000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QStringList TrainCommandTest::course(const QString& name, int epochs) const
{
    return {QStringLiteral("--teacher"),     QStringLiteral("heston"),    QStringLiteral("--net"),
            QStringLiteral("3x32:silu"),     QStringLiteral("--samples"), QStringLiteral("20000"),
            QStringLiteral("--held-out"),    QStringLiteral("5000"),      QStringLiteral("--batch"),
            QStringLiteral("256"),           QStringLiteral("--threads"), QStringLiteral("1"),
            QStringLiteral("--epochs"),      QString::number(epochs),     QStringLiteral("--samples-dir"),
            file(QStringLiteral("samples")), QStringLiteral("--out"),     file(name)};
}

void TrainCommandTest::aSmallNetIsMadeInSeconds()
{
    const QString name = QStringLiteral("small.network");
    const Outcome made = run(
        course(name) + QStringList{QStringLiteral("--json"), QStringLiteral("--plot"), file(QStringLiteral("a.svg"))});
    QVERIFY2(made.status == 0, made.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(made.output).object();
    const QJsonObject errors = report.value(QLatin1String("errors")).toObject();
    QCOMPARE(errors.value(QLatin1String("samples")).toInt(), 5000);
    QVERIFY(errors.value(QLatin1String("mse")).toDouble() < 2e-7);
    QVERIFY(errors.value(QLatin1String("r2")).toDouble() > 0.99999);
    QCOMPARE(report.value(QLatin1String("history")).toArray().size(), 20);
    QVERIFY(!QFile::exists(file(name + QStringLiteral(".checkpoint"))));
    QFile plot(file(QStringLiteral("a.svg")));
    QVERIFY(plot.open(QIODevice::ReadOnly) && plot.readAll().startsWith("<svg"));
    // Measured again it says the same, without what trains.
    QProcessEnvironment without = environmentHere();
    without.insert(QStringLiteral("VEGADESK_PLUGINS"), QStringLiteral("/nowhere"));
    const QString kept = file(QStringLiteral("kept.network"));
    const Outcome again =
        run({QStringLiteral("--report"), file(name), QStringLiteral("--json"), QStringLiteral("--out"), kept}, without);
    QVERIFY2(again.status == 0, again.errors.constData());
    const QJsonObject measured =
        QJsonDocument::fromJson(again.output).object().value(QLatin1String("errors")).toObject();
    QCOMPARE(measured.value(QLatin1String("mse")).toDouble(), errors.value(QLatin1String("mse")).toDouble());
    QFile keptFile(kept), madeFile(file(name));
    QVERIFY(keptFile.open(QIODevice::ReadOnly) && madeFile.open(QIODevice::ReadOnly));
    QCOMPARE(keptFile.readAll(), madeFile.readAll());
    // A net that is not the one that was measured gives itself away, and is not kept.
    auto model = learning::TrainedModel::open(file(name).toStdString()).value();
    model.network.output.shift += 0.01;
    QVERIFY(model.write(file(QStringLiteral("other.network")).toStdString()));
    const QString nowhere = file(QStringLiteral("nowhere.network"));
    const Outcome other =
        run({QStringLiteral("--report"), file(QStringLiteral("other.network")), QStringLiteral("--out"), nowhere});
    QVERIFY(other.status == 1 && other.errors.contains("the file says"));
    QVERIFY(!QFile::exists(nowhere));
}

/// A model that is priced side by side is asked for by its own name.
void TrainCommandTest::bothSidesAreTrained()
{
    QStringList words =
        QStringLiteral("--teacher american_heston --net 2x8:silu --samples 400 --held-out 104 --epochs 300 "
                       "--batch 64 --threads 1 --json")
            .split(QLatin1Char(' '));
    words << QStringLiteral("--samples-dir") << file(QStringLiteral("samples")) << QStringLiteral("--out")
          << file(QStringLiteral("sides.network"));
    // Killed at the second side, the first is not trained anew: its file keeps even the seconds it took.
    QProcess killed;
    killed.setProcessEnvironment(environmentHere());
    killed.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"), QStringList(QStringLiteral("train")) + words);
    const QString first = file(QStringLiteral("sides_put.network"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(first), 100'000);
    killed.kill();
    QVERIFY(killed.waitForFinished(60'000));
    QFile before(first);
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray bytes = before.readAll();
    const Outcome made = run(words);
    QVERIFY2(made.status == 0, made.errors.constData());
    QFile after(first);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), bytes);
    const QJsonArray reports = QJsonDocument::fromJson(made.output).array();
    QCOMPARE(reports.size(), 2);
    QCOMPARE(reports[0].toObject().value(QLatin1String("teacher")), QStringLiteral("american_heston_put"));
    for (const char* const side : {"put", "call"}) {
        const QString name = QStringLiteral("sides_%1.network").arg(QLatin1String(side));
        const auto model = learning::TrainedModel::open(file(name).toStdString());
        QVERIFY2(model, model ? "" : model.error().message().c_str());
        QCOMPARE(model->recipe.teacher, std::string("american_heston_") + side);
        QVERIFY(!QFile::exists(file(name + QStringLiteral(".checkpoint"))));
    }
}

void TrainCommandTest::whatIsKilledGoesOn()
{
    const QString checkpoint = file(QStringLiteral("long.network.checkpoint"));
    QProcess process;
    process.setProcessEnvironment(environmentHere());
    process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"),
                  QStringList(QStringLiteral("train")) + course(QStringLiteral("long.network"), 100'000));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(checkpoint), 100'000);
    process.kill();
    QVERIFY(process.waitForFinished(60'000));
    // Ctrl-C leaves a checkpoint too, and says how to go on.
    const QDateTime killed = QFileInfo(checkpoint).lastModified();
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(checkpoint).lastModified() > killed, 60'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(100'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardError().contains("goes on from"));
    QVERIFY(QFile::exists(checkpoint) && !QFile::exists(file(QStringLiteral("long.network"))));
    // Of other settings it is not gone on with.
    const Outcome other = run(course(QStringLiteral("long.network"), 5));
    QVERIFY(other.status != 0 && other.errors.contains("one of the same settings"));
}

void TrainCommandTest::withoutThePluginItIsSaid()
{
    QProcessEnvironment without = environmentHere();
    without.insert(QStringLiteral("VEGADESK_PLUGINS"), QStringLiteral("/nowhere"));
    const Outcome missing = run(course(QStringLiteral("none.network")), without);
    QVERIFY(missing.status != 0);
    QVERIFY2(missing.errors.contains("plugin \"/nowhere/vegadesk-trainer.so\""), missing.errors.constData());
}

void TrainCommandTest::badWordsAreNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    const auto words = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    QTest::newRow("nothing") << QStringList() << QByteArray("--teacher");
    QTest::newRow("no file") << words("--teacher heston") << QByteArray("--out");
    QTest::newRow("no such teacher") << words("--teacher nobody --out x") << QByteArray("black_scholes, heston");
    QTest::newRow("no shape") << words("--teacher heston --out x --net 4by400") << QByteArray("4x400:relu");
    QTest::newRow("too wide") << words("--teacher heston --out x --net 4x40000")
                              << QByteArray("up to 8 layers of 1024");
    QTest::newRow("no such device") << words("--teacher heston --out x --device tpu") << QByteArray("cpu or cuda");
    QTest::newRow("too few samples") << words("--teacher heston --out x --samples 3") << QByteArray("100 to 100000000");
    QTest::newRow("no such model") << words("--report /nowhere.network") << QByteArray("/nowhere.network");
}

void TrainCommandTest::badWordsAreNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const Outcome refused = run(arguments);
    QVERIFY(refused.status != 0);
    QVERIFY2(refused.errors.contains(said), refused.errors.constData());
}

QTEST_GUILESS_MAIN(TrainCommandTest)
#include "train_command_test.moc"

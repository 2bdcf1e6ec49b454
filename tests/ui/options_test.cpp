#include "app/vegadesk/options.h"

#include "history/importers.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace vegadesk;

namespace
{
void write(const QTemporaryDir& folder, const char* name, const QByteArray& content)
{
    QFile file(folder.filePath(QString::fromLatin1(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}
} // namespace

class OptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMeansTheSettings()
    {
        const auto parsed = parseOptions({"vegadesk"});
        const Options* const options = std::get_if<Options>(&parsed);
        QVERIFY(options);
        QCOMPARE(options->seed, std::uint64_t(0));
        QCOMPARE(options->speed, 0.0);
        QVERIFY(options->screenshots.isEmpty() && !options->startupTime);
    }

    void everythingIsRead()
    {
        const QTemporaryDir folder;
        write(folder, "SPY_quotes.csv", "expiry,cp,strike,bid,ask,date\n2026-12-18,C,580,5.00,5.10,2026-11-25\n");
        const auto parsed = parseOptions({"vegadesk", "--screenshots", "pictures", "--startup-time", "--replay",
                                          folder.path(), "--data-dir", "data", "--seed", "7", "--speed", "2.5",
                                          "--rate", "20000", "--theme", "light", "--log-level", "debug"});
        const Options* const options = std::get_if<Options>(&parsed);
        QVERIFY(options);
        QCOMPARE(options->screenshots, QStringLiteral("pictures"));
        QVERIFY(options->startupTime);
        QCOMPARE(options->replay, folder.path());
        QCOMPARE(options->dataDirectory, QStringLiteral("data"));
        QCOMPARE(options->seed, std::uint64_t(7));
        QCOMPARE(options->speed, 2.5);
        QCOMPARE(options->rate, 20000.0);
        QCOMPARE(options->theme, QStringLiteral("light"));
        QCOMPARE(options->logLevel, base::log::Level::Debug);
    }

    void badValuesAreRefusedByName_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("seed") << QStringList{"--seed", "0"} << "--seed";
        QTest::newRow("speed") << QStringList{"--speed", "fast"} << "--speed";
        QTest::newRow("part of a seed") << QStringList{"--seed", "1.5"}
                                        << "--seed: \"1.5\" is not allowed: a whole number";
        QTest::newRow("negative seed") << QStringList{"--seed", "-1"}
                                       << "--seed: \"-1\" is not allowed: a whole number";
        QTest::newRow("no speed") << QStringList{"--speed", "nan"} << "--speed: \"nan\" is not allowed: 0.1 to 1000";
        QTest::newRow("no rate") << QStringList{"--rate", "nan"} << "--rate: \"nan\" is not allowed: 1 to 50000";
        QTest::newRow("rate") << QStringList{"--rate", "1e9"} << "--rate";
        QTest::newRow("theme") << QStringList{"--theme", "mauve"} << "--theme";
        QTest::newRow("log level") << QStringList{"--log-level", "loud"} << "--log-level";
        QTest::newRow("replay") << QStringList{"--replay", "/no/such/folder"} << "--replay";
        QTest::newRow("no folder for the data") << QStringList{"--data-dir", ""} << "--data-dir: \"\" is not allowed";
        QTest::newRow("no folder after a sign") << QStringList{"--data-dir="} << "--data-dir";
        QTest::newRow("no folder for pictures") << QStringList{"--screenshots", ""} << "--screenshots";
        QTest::newRow("unknown") << QStringList{"--unknown"} << "--unknown";
    }
    void badValuesAreRefusedByName()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const auto parsed = parseOptions(QStringList{"vegadesk"} + arguments);
        const Answer* const answer = std::get_if<Answer>(&parsed);
        QVERIFY(answer);
        QCOMPARE(answer->status, 2);
        QVERIFY2(answer->text.contains(named), qPrintable(answer->text));
    }

    /// In the words of the exchange, which would end at once and be started again and again.
    void aFolderWithoutQuotesIsNotReplayed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("other columns") << QByteArray("name,age\nvega,3\n");
        QTest::newRow("a broken line") << QByteArray(
            "expiry,cp,strike,bid,ask,date\n2026-12-18,C,many,5.00,5.10,2026-11-25\n");
    }
    void aFolderWithoutQuotesIsNotReplayed()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        write(folder, "SPY_quotes.csv", content);
        const auto parsed = parseOptions({"vegadesk", "--replay", folder.path()});
        const Answer* const answer = std::get_if<Answer>(&parsed);
        QVERIFY(answer);
        QCOMPARE(answer->status, 2);
        const std::string why = history::openRecordedChains(folder.path().toStdString()).error().message();
        QVERIFY2(answer->text.contains(QString::fromStdString(why)), qPrintable(answer->text));
    }

    void helpAndVersionNeedNoWindow()
    {
        for (const QString& argument : {QStringLiteral("--help"), QStringLiteral("--version")}) {
            const auto parsed = parseOptions({"vegadesk", argument});
            const Answer* const answer = std::get_if<Answer>(&parsed);
            QVERIFY(answer);
            QCOMPARE(answer->status, 0);
            QVERIFY(answer->text.contains(QStringLiteral("vegadesk")));
        }
    }
};

QTEST_APPLESS_MAIN(OptionsTest)
#include "options_test.moc"

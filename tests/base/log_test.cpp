#include "base/journal.h"
#include "base/log.h"
#include "base/secret.h"

#include <QtTest>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <thread>
#include <type_traits>

using namespace vegadesk::base;

namespace
{

QString contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class LogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redactsBearerTokens_data();
    void redactsBearerTokens();
    void hidesWhatItIsTold();
    void hidesTheLongerOfTwoThatOverlap();
    void shortSecretsAreHiddenAsWords_data();
    void shortSecretsAreHiddenAsWords();
    void fileHasLevelsAndNoSecrets();
    void readsLevels();
    void writesFromManyThreads();
    void secretsDoNotCopy();
    void memoryJournalKeepsOrder();
    void errorsReadAsSentences();
};

void LogTest::redactsBearerTokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("header") << "Authorization: Bearer abc.def-ghi" << "Authorization: Bearer (hidden)";
    QTest::newRow("in quotes") << "{\"auth\":\"Bearer abc\",\"x\":1}"
                               << "{\"auth\":\"Bearer (hidden)\",\"x\":1}";
    QTest::newRow("lower case") << "authorization: bearer abc" << "authorization: bearer (hidden)";
    QTest::newRow("two") << "Bearer one, Bearer two" << "Bearer (hidden), Bearer (hidden)";
    QTest::newRow("none") << "The bearer" << "The bearer";
    QTest::newRow("nothing after it") << "Bearer " << "Bearer (hidden)";
}

void LogTest::redactsBearerTokens()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(log::redact(text.toStdString())), expected);
}

void LogTest::hidesWhatItIsTold()
{
    QCOMPARE(log::redact("key=s3cr3t-one;again s3cr3t-one"), std::string("key=s3cr3t-one;again s3cr3t-one"));
    log::hide("s3cr3t-one");
    QCOMPARE(log::redact("key=s3cr3t-one;again s3cr3t-one"), std::string("key=(hidden);again (hidden)"));
}

void LogTest::hidesTheLongerOfTwoThatOverlap()
{
    log::hide("token-abc");
    log::hide("token-abc-and-its-tail");
    QCOMPARE(log::redact("got token-abc-and-its-tail"), std::string("got (hidden)"));
    QCOMPARE(log::redact("got token-abc"), std::string("got (hidden)"));
}

void LogTest::shortSecretsAreHiddenAsWords_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a word") << "zq7" << "password zq7 refused" << "password (hidden) refused";
    QTest::newRow("in quotes") << "zq7" << "{\"password\":\"zq7\"}" << "{\"password\":\"(hidden)\"}";
    QTest::newRow("after a sign") << "zq7" << "DB_PASSWORD=zq7&x=1" << "DB_PASSWORD=(hidden)&x=1";
    QTest::newRow("the whole line") << "zq7" << "zq7" << "(hidden)";
    QTest::newRow("twice, once inside a word") << "zq7" << "zq70 zq7 azq7" << "zq70 (hidden) azq7";
    QTest::newRow("one letter") << "x" << "x marks max x" << "(hidden) marks max (hidden)";
    QTest::newRow("signs of its own") << "!y$" << "pass!y$word" << "pass(hidden)word";
    QTest::newRow("of six, anywhere") << "zwölf" << "einszwölfdrei" << "eins(hidden)drei";
    QTest::newRow("empty") << "" << "nothing is lost" << "nothing is lost";
}

/// What a secret field holds must not reach the log, however short; and the log must stay readable.
void LogTest::shortSecretsAreHiddenAsWords()
{
    QFETCH(QString, secret);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    log::hide(secret.toStdString());
    QCOMPARE(QString::fromStdString(log::redact(text.toStdString())), expected);
}

void LogTest::fileHasLevelsAndNoSecrets()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("vegadesk.log");
    log::hide("very-secret-value");
    log::configure(log::Level::Info, path.toStdString(), false);
    log::debug("not {}", "this");
    log::info("session of {}", "very-secret-value");
    log::warning("braces stay: {}", "{}");
    log::configure(log::Level::Off, {}, false); // lets go of the file
    log::error("nobody sees this");
    const QString text = contents(path);
    QVERIFY(text.contains("info session of (hidden)"));
    QVERIFY(text.contains("warning braces stay: {}"));
    QVERIFY(!text.contains("not this"));
    QVERIFY(!text.contains("nobody sees"));
    QVERIFY(!text.contains("very-secret-value"));
}

void LogTest::readsLevels()
{
    log::Level level = log::Level::Off;
    QVERIFY(log::parseLevel("debug", level) && level == log::Level::Debug);
    QVERIFY(log::parseLevel("warning", level) && level == log::Level::Warning);
    QVERIFY(log::parseLevel("off", level) && level == log::Level::Off);
    QVERIFY(!log::parseLevel("loud", level));
    QVERIFY(level == log::Level::Off);
}

void LogTest::writesFromManyThreads()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("many.log");
    log::configure(log::Level::Info, path.toStdString(), false);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([t] {
                for (int i = 0; i < 200; ++i) {
                    log::info("thread {} line {}", t, i);
                    log::hide("hidden-by-thread-" + std::to_string(t));
                }
            });
    }
    log::configure(log::Level::Off, {}, false);
    QCOMPARE(contents(path).count('\n'), 800);
}

void LogTest::secretsDoNotCopy()
{
    static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
    Secret secret("hunter2");
    QCOMPARE(secret.reveal(), std::string_view("hunter2"));
    QVERIFY(!secret.isEmpty());
    const Secret copy = secret.clone();
    Secret moved = std::move(secret);
    QCOMPARE(moved.reveal(), copy.reveal());
    Secret other("something else");
    other = std::move(moved);
    QCOMPARE(other.reveal(), std::string_view("hunter2"));
    other = Secret();
    QVERIFY(other.isEmpty());
}

void LogTest::memoryJournalKeepsOrder()
{
    MemoryJournal journal;
    int done = 0;
    for (int i = 0; i < 3; ++i)
        journal.append({Instant(std::chrono::seconds(i)), "kind", std::to_string(i), "{}"},
                       [&](Result<void> result) { done += result ? 1 : 0; });
    journal.append({}, {});
    QCOMPARE(done, 3);
    const auto records = journal.readAll();
    QVERIFY(records);
    QCOMPARE(records->size(), std::size_t{4});
    QCOMPARE((*records)[2].key, std::string("2"));
}

void LogTest::errorsReadAsSentences()
{
    const Error bad = badInput("strike", "-5", "a positive number").value();
    QCOMPARE(bad.message(), std::string("strike \"-5\" is not allowed: a positive number"));
    const Error refused = fail(ErrorKind::Refused, "order", "", "the market is closed").value();
    QCOMPARE(refused.message(), std::string("order: the market is closed"));
}

QTEST_GUILESS_MAIN(LogTest)
#include "log_test.moc"

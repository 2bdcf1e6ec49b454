#include "base/environment.h"
#include "base/log.h"

#include <QtTest>

#include <map>

using namespace vegadesk::base;

namespace
{

using Variables = std::map<std::string, std::string>;

Result<Environment> read(const Variables& variables)
{
    return readEnvironment([&](const char* name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

} // namespace

class EnvironmentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyIsTheVenue();
    void readsEverything();
    void sandboxWords_data();
    void sandboxWords();
    void refusesByName_data();
    void refusesByName();
    void liveKeys();
    void noticesWhatIsNotUsed();
    void secretsAreHiddenAndNeverInErrors();
    void processEnvironment();
};

void EnvironmentTest::emptyIsTheVenue()
{
    const auto environment = read({});
    QVERIFY(environment);
    QVERIFY(environment->sandbox);
    QVERIFY(!environment->hasSandboxKeys() && !environment->hasLiveKeys());
    QVERIFY(environment->notices.empty());
    QVERIFY(!environment->databasePort);
}

void EnvironmentTest::readsEverything()
{
    const auto environment = read({{"TW_USERNAME", "jane.doe+x@example.com"},
                                   {"TW_ACCOUNT", "5WT00001"},
                                   {"TW_SANDBOX", "True"},
                                   {"TW_CLIENT_SECRET", "client-secret-1"},
                                   {"TW_REFRESH_TOKEN", "refresh-token-1"},
                                   {"DB_HOST", "localhost"},
                                   {"DB_PORT", "5432"},
                                   {"DB_NAME", "vegadesk"},
                                   {"DB_USER", "trader"}});
    QVERIFY(environment);
    QCOMPARE(environment->username, std::string("jane.doe+x@example.com"));
    QCOMPARE(environment->account, std::string("5WT00001"));
    QVERIFY(environment->hasSandboxKeys());
    QVERIFY(!environment->hasLiveKeys());
    QCOMPARE(environment->clientSecret.reveal(), std::string_view("client-secret-1"));
    QCOMPARE(*environment->databasePort, 5432);
}

void EnvironmentTest::sandboxWords_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("sandbox");
    const auto row = [](const char* word, bool sandbox) { QTest::addRow("\"%s\"", word) << word << sandbox; };
    row("", true);
    row("True", true);
    row("TRUE", true);
    row("1", true);
    row("yes", true);
    row("False", false);
    row("false", false);
    row("0", false);
    row("no", false);
}

void EnvironmentTest::sandboxWords()
{
    QFETCH(QString, word);
    QFETCH(bool, sandbox);
    const auto environment = read({{"TW_SANDBOX", word.toStdString()}});
    QVERIFY(environment);
    QCOMPARE(environment->sandbox, sandbox);
}

void EnvironmentTest::refusesByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const QString& value) {
        QTest::addRow("%s=%s", name, qPrintable(value.left(20))) << name << value;
    };
    row("TW_USERNAME", "jane doe");
    row("TW_USERNAME", QString(300, QChar('a')));
    row("TW_ACCOUNT", "1234");
    row("TW_ACCOUNT", "12345678901");
    row("TW_ACCOUNT", "5WT-0001");
    row("TW_SANDBOX", "maybe");
    row("TW_SANDBOX", " false");
    row("TW_CLIENT_SECRET", "with blank");
    row("TW_CLIENT_SECRET", QString::fromUtf8("umlaut-\xc3\xa4"));
    row("TW_LIVE_REFRESH_TOKEN", QString(5000, QChar('a')));
    row("DB_HOST", "local host");
    row("DB_PORT", "0");
    row("DB_PORT", "65536");
    row("DB_PORT", "-1");
    row("DB_PORT", "5432x");
    row("DB_PORT", "99999999999999999999");
    row("DB_NAME", "a;drop");
    row("DB_USER", QString(64, QChar('u')));
}

void EnvironmentTest::refusesByName()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const auto environment = read({{name.toStdString(), value.toStdString()}});
    QVERIFY(!environment);
    QCOMPARE(environment.error().kind, ErrorKind::BadInput);
    QCOMPARE(QString::fromStdString(environment.error().field), name);
    QVERIFY(!environment.error().allowed.empty());
    QVERIFY(environment.error().value.size() <= 40);
}

void EnvironmentTest::liveKeys()
{
    QVERIFY(read({{"TW_LIVE_CLIENT_SECRET", "abcdefg"}, {"TW_LIVE_REFRESH_TOKEN", "hijklmn"}})->hasLiveKeys());
    const Variables keys{{"TW_CLIENT_SECRET", "abcdefg"}, {"TW_REFRESH_TOKEN", "hijklmn"}};
    QVERIFY(!read(keys)->hasLiveKeys());
    Variables live = keys;
    live["TW_SANDBOX"] = "False"; // then the plain pair is the live one
    QVERIFY(read(live)->hasLiveKeys());

    QCOMPARE(read({{"TW_CLIENT_SECRET", "abcdefg"}}).error().field, std::string("TW_REFRESH_TOKEN"));
    QCOMPARE(read({{"TW_REFRESH_TOKEN", "abcdefg"}}).error().field, std::string("TW_CLIENT_SECRET"));
    QCOMPARE(read({{"TW_LIVE_CLIENT_SECRET", "abcdefg"}}).error().field, std::string("TW_LIVE_REFRESH_TOKEN"));
}

void EnvironmentTest::noticesWhatIsNotUsed()
{
    const auto password = read({{"TW_PASSWORD", "hunter2hunter2"}});
    QVERIFY(password && password->hasPassword);
    QCOMPARE(password->notices.size(), std::size_t{1});
    QVERIFY(password->notices[0].find("TW_PASSWORD") != std::string::npos);
    for (const char* name : {"DB_HOST", "DB_NAME", "DB_USER", "DB_PASSWORD"}) {
        const auto database = read({{name, "value1"}});
        QVERIFY(database);
        QCOMPARE(database->notices.size(), std::size_t{1});
        QVERIFY(database->notices[0].find("DB_*") != std::string::npos);
    }
}

void EnvironmentTest::secretsAreHiddenAndNeverInErrors()
{
    QVERIFY(read({{"TW_CLIENT_SECRET", "sec-client-77"},
                  {"TW_REFRESH_TOKEN", "sec-refresh-77"},
                  {"TW_PASSWORD", "sec-password-77"},
                  {"DB_PASSWORD", "sec-database-77"}}));
    for (const char* secret : {"sec-client-77", "sec-refresh-77", "sec-password-77", "sec-database-77"})
        QCOMPARE(log::redact(std::string("x ") + secret), std::string("x (hidden)"));
    const auto refused = read({{"TW_CLIENT_SECRET", "bad secret value"}});
    QVERIFY(refused.error().message().find("bad secret value") == std::string::npos);
}

void EnvironmentTest::processEnvironment()
{
    qputenv("TW_ACCOUNT", "ABCDE12345");
    qunsetenv("TW_SANDBOX");
    const auto environment = readEnvironment();
    QVERIFY(environment);
    QCOMPARE(environment->account, std::string("ABCDE12345"));
    qunsetenv("TW_ACCOUNT");
}

QTEST_GUILESS_MAIN(EnvironmentTest)
#include "environment_test.moc"

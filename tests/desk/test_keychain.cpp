#include "keyring.h"

#include "base/log.h"
#include "desk/keychain.h"

#include <QTest>

#include <optional>

using namespace vegadesk;
using desk::Keychain;
using desk::Keys;
using Kind = tastytrade::EnvironmentKind;

namespace
{
constexpr int patience = 30'000;

/// Waits for an answer; nothing when none came.
template<class T>
std::optional<base::Result<T>> answer(const std::function<void(Keychain::Done<T>)>& ask)
{
    const auto result = std::make_shared<std::optional<base::Result<T>>>();
    ask([result](base::Result<T> value) { result->emplace(std::move(value)); });
    if (!QTest::qWaitFor([&] { return result->has_value(); }, patience))
        return {};
    return std::move(*result);
}

std::optional<base::Result<Keys>> read(Keychain& keychain, Kind kind)
{
    return answer<Keys>([&](Keychain::Done<Keys> done) { keychain.read(kind, std::move(done)); });
}
std::optional<base::Result<void>> store(Keychain& keychain, Kind kind, const char* secret, const char* token)
{
    return answer<void>([&](Keychain::Done<void> done) {
        keychain.store(kind, {base::Secret(secret), base::Secret(token)}, std::move(done));
    });
}
std::optional<base::Result<void>> forget(Keychain& keychain, Kind kind)
{
    return answer<void>([&](Keychain::Done<void> done) { keychain.forget(kind, std::move(done)); });
}
} // namespace

class KeychainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void withoutOneEverythingSaysSo()
    {
        Keychain keychain{QString()};
        const auto found = read(keychain, Kind::Live);
        QVERIFY(found && !*found);
        QCOMPARE(found->error().kind, base::ErrorKind::Storage);
        QVERIFY(!*store(keychain, Kind::Live, "secret", "token"));
        QVERIFY(!*forget(keychain, Kind::Live));
    }

    void nobodyIsThere()
    {
        // A bus that is not: the desktop's own must not be asked by a test.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        Keychain keychain(QStringLiteral("Vegadesk test"));
        const auto found = read(keychain, Kind::Live);
        QVERIFY(found && !*found);
        QVERIFY2(found->error().message().find("keychain") != std::string::npos, found->error().message().c_str());
    }

    void keepsReadsAndForgets()
    {
        if (!m_keyring.start())
            QSKIP(qPrintable(m_keyring.why()));
        {
            Keychain keychain(QStringLiteral("Vegadesk test"));
            const auto nothing = read(keychain, Kind::Live);
            QVERIFY(nothing && *nothing);
            QVERIFY((*nothing)->isEmpty());
            QVERIFY(*store(keychain, Kind::Live, "live-secret", "live-token"));
            QVERIFY(*store(keychain, Kind::Certification, "practice-secret", "practice \"token\""));
        }
        Keychain again(QStringLiteral("Vegadesk test"));
        const auto live = read(again, Kind::Live);
        QCOMPARE((*live)->clientSecret.reveal(), std::string_view("live-secret"));
        QCOMPARE((*live)->refreshToken.reveal(), std::string_view("live-token"));
        const auto practice = read(again, Kind::Certification);
        QCOMPARE((*practice)->refreshToken.reveal(), std::string_view("practice \"token\""));

        QVERIFY(*store(again, Kind::Live, "newer-secret", "newer-token"));
        QCOMPARE((*read(again, Kind::Live))->clientSecret.reveal(), std::string_view("newer-secret"));
        QVERIFY(*forget(again, Kind::Live));
        QVERIFY((*read(again, Kind::Live))->isEmpty());
        QVERIFY(*forget(again, Kind::Live)); // nothing left to forget is fine
        QVERIFY(!(*read(again, Kind::Certification))->isEmpty());
        Keychain others(QStringLiteral("Another program"));
        QVERIFY((*read(others, Kind::Certification))->isEmpty());
    }

private:
    test::Keyring m_keyring;
};

QTEST_GUILESS_MAIN(KeychainTest)
#include "test_keychain.moc"

#include "keyring.h"

#include "base/log.h"
#include "desk/accounts.h"
#include "desk/environment_switch.h"
#include "market/calendar.h"
#include "venue/market_model.h"
#include "venue/venue.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using desk::Accounts;
using desk::Keys;
using Kind = Accounts::Kind;

namespace
{
constexpr int patience = 30'000;

/// Two exchanges in the places of the broker's sandbox and its production, each with an account and a market of its own.
class TwoPlaces
{
public:
    TwoPlaces()
    {
        base::log::configure(base::log::Level::Off);
        for (venue::Venue* const place : {&sandbox, &production}) {
            const auto started = place->start();
            if (!started)
                qFatal("%s", started.error().message().c_str());
        }
    }
    Accounts::Places places()
    {
        return [this](Kind kind) {
            return tastytrade::Endpoints::venue((kind == Kind::Live ? production : sandbox).port());
        };
    }
    static base::Environment variables()
    {
        base::Environment variables;
        variables.clientSecret = base::Secret("sandbox-run");
        variables.refreshToken = base::Secret("sandbox-run");
        variables.liveClientSecret = base::Secret("production-run");
        variables.liveRefreshToken = base::Secret("production-run");
        return variables;
    }

    venue::Venue sandbox{settings("SANDBOX1", "sandbox-run", 5)};
    venue::Venue production{settings("PRODUCT1", "production-run", 287)};
    QTemporaryDir folder;
    desk::Settings stored{folder.filePath(QStringLiteral("settings.ini"))};

private:
    static venue::VenueSettings settings(const char* account, const char* token, std::uint64_t seed)
    {
        venue::VenueSettings settings;
        settings.seed = seed;
        settings.start = base::SystemClock().now();
        settings.token = token;
        settings.exchange.account = account;
        return settings;
    }
};

Keys keys(const char* text)
{
    return {base::Secret(text), base::Secret(text)};
}

} // namespace

class AccountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void variablesGoFirst()
    {
        TwoPlaces two;
        const base::Environment variables = TwoPlaces::variables();
        Accounts accounts(variables, two.stored, {}, two.places());
        QCOMPARE(accounts.state(Kind::Live).source, Accounts::Source::Variables);
        QCOMPARE(accounts.state(Kind::Live).name, QStringLiteral("TW_LIVE_CLIENT_SECRET"));
        QCOMPARE(accounts.credentials(Kind::Certification)->refreshToken.reveal(), std::string_view("sandbox-run"));
        QCOMPARE(accounts.credentials(Kind::Live)->refreshToken.reveal(), std::string_view("production-run"));
    }

    void withoutKeysItSaysWhatToDo_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        QTest::newRow("sandbox") << static_cast<int>(Kind::Certification) << "TW_REFRESH_TOKEN";
        QTest::newRow("production") << static_cast<int>(Kind::Live) << "TW_LIVE_REFRESH_TOKEN";
    }
    void withoutKeysItSaysWhatToDo()
    {
        QFETCH(int, kind);
        QFETCH(QString, name);
        TwoPlaces two;
        const base::Environment variables;
        Accounts accounts(variables, two.stored, {}, two.places());
        const auto none = accounts.credentials(static_cast<Kind>(kind));
        QVERIFY(!none);
        QCOMPARE(none.error().kind, base::ErrorKind::Unauthorized);
        QVERIFY(none.error().message().find(name.toStdString()) != std::string::npos);
        QVERIFY(!accounts.check(static_cast<Kind>(kind), {})); // nothing to check
    }

    void keysOfAnotherPlaceAreRefusedByName()
    {
        TwoPlaces two;
        const base::Environment variables;
        Accounts accounts(variables, two.stored, {}); // the broker's own places
        const QByteArray issued = R"({"iss":"https://api.cert.tastyworks.com"})";
        const std::string token = "e30." + issued.toBase64(QByteArray::Base64UrlEncoding).toStdString() + ".signature";
        const auto store = accounts.store(Kind::Live, {base::Secret("secret"), base::Secret(token)});
        QVERIFY(!store);
        QVERIFY2(store.error().message().find("api.cert.tastyworks.com") != std::string::npos,
                 store.error().message().c_str());
        QVERIFY(!accounts.check(Kind::Live, {base::Secret("secret"), base::Secret(token)}));
    }

    void checkingNamesTheAccounts()
    {
        TwoPlaces two;
        const base::Environment variables;
        Accounts accounts(variables, two.stored, {}, two.places());
        QSignalSpy checked(&accounts, &Accounts::checked);
        QVERIFY(accounts.check(Kind::Certification, keys("sandbox-run")));
        QVERIFY(accounts.state(Kind::Certification).isChecking);
        QVERIFY(!accounts.check(Kind::Certification, keys("sandbox-run"))); // one at a time
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, patience);
        const auto result = checked.at(0).at(1).value<desk::LoginCheck>();
        QCOMPARE(result.why, QString());
        QCOMPARE(result.accounts.size(), std::size_t{1});
        QCOMPARE(result.accounts[0].number, QStringLiteral("SANDBOX1"));
        QVERIFY(result.accounts[0].mayTrade);
        QVERIFY(!accounts.state(Kind::Certification).isChecking);
    }

    void twoRefusalsAndNoMore()
    {
        TwoPlaces two;
        const base::Environment variables;
        Accounts accounts(variables, two.stored, {}, two.places());
        QSignalSpy checked(&accounts, &Accounts::checked);
        for (int attempt = 1; attempt <= 2; ++attempt) {
            QVERIFY(accounts.check(Kind::Live, keys("wrong")));
            QTRY_COMPARE_WITH_TIMEOUT(checked.size(), attempt, patience);
            const auto result = checked.back().at(1).value<desk::LoginCheck>();
            QVERIFY(result.isRefused);
            QVERIFY(!result.why.isEmpty());
        }
        const auto third = accounts.check(Kind::Live, keys("wrong"));
        QVERIFY(!third);
        QVERIFY2(third.error().message().find("no further attempt") != std::string::npos,
                 third.error().message().c_str());
        QVERIFY(accounts.check(Kind::Live, keys("production-run")));
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 3, patience);
        QCOMPARE(checked.back().at(1).value<desk::LoginCheck>().why, QString());
    }

    void keptKeysAreThereAgain()
    {
        if (!m_keyring.start())
            QSKIP(qPrintable(m_keyring.why()));
        TwoPlaces two;
        const base::Environment variables;
        const QString service = QStringLiteral("Vegadesk accounts test");
        {
            Accounts accounts(variables, two.stored, service, two.places());
            QSignalSpy stored(&accounts, &Accounts::stored);
            QVERIFY(accounts.store(Kind::Live, keys("production-run")));
            QTRY_COMPARE_WITH_TIMEOUT(stored.size(), 1, patience);
            QCOMPARE(stored.at(0).at(1).toString(), QString());
            QVERIFY(accounts.hasKeys(Kind::Live));
            accounts.choose(Kind::Live, QStringLiteral("PRODUCT1"));
        }
        Accounts again(variables, two.stored, service, two.places());
        QSignalSpy changed(&again, &Accounts::changed);
        again.load();
        QCOMPARE(again.state(Kind::Live).source, Accounts::Source::Reading);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, patience);
        QCOMPARE(again.state(Kind::Live).source, Accounts::Source::Keychain);
        QCOMPARE(again.state(Kind::Certification).source, Accounts::Source::None);
        QCOMPARE(again.account(Kind::Live), std::string("PRODUCT1"));
        QSignalSpy checked(&again, &Accounts::checked);
        QVERIFY(again.check(Kind::Live, {})); // those that are kept
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, patience);
        QCOMPARE(checked.at(0).at(1).value<desk::LoginCheck>().why, QString());
        QSignalSpy stored(&again, &Accounts::stored);
        again.forget(Kind::Live);
        QTRY_COMPARE_WITH_TIMEOUT(stored.size(), 1, patience);
        QVERIFY(!again.hasKeys(Kind::Live));
    }

    void hybridTakesOrdersHereAndQuotesThere()
    {
        TwoPlaces two;
        const base::Environment variables = TwoPlaces::variables();
        Accounts accounts(variables, two.stored, {}, two.places());
        desk::DeskOptions options;
        options.dataDirectory = two.folder.path();
        const auto market = std::make_shared<desk::MarketViews>();
        const auto trading = std::make_shared<desk::TradingViews>();
        desk::EnvironmentSwitch environments(options, accounts, two.stored, market, trading);
        QSignalSpy opened(&environments, &desk::EnvironmentSwitch::opened);
        QVERIFY(environments.switchTo(desk::Environment::Hybrid));
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        environments.session()->setWatchlist({QStringLiteral("SPY")});
        environments.session()->showChain("SPY");
        // The account is the sandbox's …
        QTRY_COMPARE_WITH_TIMEOUT(trading->trading.load()->account, std::string("SANDBOX1"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(environments.status().orders, desk::Light::Live, patience);
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(trading->trading.load()->netLiquidation), patience);
        // … and prices are production's: the other market is far from there.
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(market->chain.load()->spot), patience);
        const auto spot = [](std::uint64_t seed) {
            const auto model = venue::makeGeneratedMarket(seed);
            const base::Instant now = base::SystemClock().now();
            return model->mark(*model->find("SPY", market::newYorkDate(now)), now);
        };
        const double shown = market->chain.load()->spot;
        const double there = spot(287), here = spot(5);
        QVERIFY2(std::fabs(shown - there) < 0.02 * there, qPrintable(QString::number(shown)));
        QVERIFY(std::fabs(shown - here) > 0.1 * here);
        QCOMPARE(environments.status().environment, desk::Environment::Hybrid);
        // Both connections end before the next environment begins.
        QVERIFY(environments.switchTo(desk::Environment::Certification));
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 2, patience);
        QCOMPARE(environments.session()->environment(), desk::Environment::Certification);
    }

    void hybridNeedsBothPairsOfKeys()
    {
        TwoPlaces two;
        base::Environment variables = TwoPlaces::variables();
        variables.liveClientSecret = base::Secret();
        variables.liveRefreshToken = base::Secret();
        Accounts accounts(variables, two.stored, {}, two.places());
        desk::DeskOptions options;
        options.dataDirectory = two.folder.path();
        desk::EnvironmentSwitch environments(options, accounts, two.stored, std::make_shared<desk::MarketViews>(),
                                             std::make_shared<desk::TradingViews>());
        const auto refused = environments.switchTo(desk::Environment::Hybrid);
        QVERIFY(!refused);
        QVERIFY(refused.error().message().find("TW_LIVE_CLIENT_SECRET") != std::string::npos);
    }

private:
    test::Keyring m_keyring;
};

QTEST_GUILESS_MAIN(AccountsTest)
#include "test_accounts.moc"

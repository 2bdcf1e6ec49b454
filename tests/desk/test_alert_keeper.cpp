#include "desk/alert_keeper.h"

#include "base/log.h"

#include <QHttpServer>
#include <QHttpServerResponse>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <optional>

using namespace vegadesk;
using desk::AlertKeeper;
using monitoring::AlertRule;

namespace
{

constexpr int patience = 30'000;

AlertRule rule(std::string measure, double threshold, std::string subject = {})
{
    return {.id = {}, .measure = std::move(measure), .subject = std::move(subject), .threshold = threshold};
}

/// What the keeper looks at, of one moment.
struct Scene {
    desk::TradingView trading;
    desk::RiskView risk;
    desk::WatchView watch;
    desk::StatusView status;

    Scene()
    {
        trading.isStale = false;
        trading.gauges = {{"leverage", 0.5, 2, true, {}}};
        status.isMarketOpen = true;
        status.marketTime = *base::parseInstant("2026-11-19T15:00:00Z");
    }
    AlertKeeper::Moment moment() const { return {trading, risk, watch, status}; }
};

} // namespace

class AlertKeeperTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void init() { m_folder.emplace(); }

    void aRuleFiresIsListedAndSeen()
    {
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QSignalSpy told(&keeper, &AlertKeeper::alerted);
        QVERIFY(keeper.setRules({rule("leverage", 1)}));
        QCOMPARE(keeper.view()->rules.size(), 1U);
        QVERIFY(!keeper.view()->rules.front().id.empty());
        Scene scene;
        keeper.look(scene.moment());
        QCOMPARE(told.size(), 0);
        scene.trading.gauges.front().value = 1.2;
        keeper.look(scene.moment());
        keeper.look(scene.moment());
        QCOMPARE(told.size(), 1);
        const auto view = keeper.view();
        QCOMPARE(view->unseen, 1);
        QCOMPARE(view->lines.size(), 1U);
        QCOMPARE(QString::fromStdString(view->lines.front().text), QStringLiteral("Leverage: 1.20, above 1.00."));
        QCOMPARE(view->lines.front().rule, view->rules.front().id);
        keeper.markSeen();
        QCOMPARE(keeper.view()->unseen, 0);
    }

    /// Every measure has a figure from somewhere: a rule on it fires.
    void everyMeasureIsWatched_data()
    {
        QTest::addColumn<QString>("measure");
        for (const monitoring::Measure& measure : monitoring::measures())
            QTest::newRow(std::string(measure.id).c_str()) << QString::fromStdString(std::string(measure.id));
    }
    void everyMeasureIsWatched()
    {
        QFETCH(QString, measure);
        Scene scene;
        scene.trading.gauges.clear();
        for (const char* const id : {"daily_loss", "leverage", "largest_position", "buying_power", "value_at_risk", "stress"})
            scene.trading.gauges.push_back({id, 0.5, 1, false, {}});
        scene.trading.netLiquidation = scene.trading.dayProfit = 0.5;
        scene.trading.greeks.theta = scene.trading.greeks.vega = 0.5;
        desk::PositionGroup group;
        group.underlying = "SPY";
        group.openProfit = group.greeks.dollarDelta = 0.5;
        scene.trading.groups = {group};
        execution::Order lost;
        lost.status = execution::OrderStatus::Unknown;
        scene.trading.orders = {lost};
        desk::WatchRow row;
        row.symbol = "SPY";
        row.isStale = false;
        row.bid = row.ask = row.changeFraction = 0.5;
        scene.watch.rows = {row};
        scene.status.secondsSinceQuote = 0.5;
        scene.risk.regimes.probabilities = {{0.9, 0.5}, {0.1, 0.5}};
        desk::ValueAtRiskRow shortfall;
        shortfall.expectedShortfall = 0.25;
        scene.risk.valueAtRisk.rows = {shortfall};

        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        const monitoring::Measure* const found = monitoring::findMeasure(measure.toStdString());
        QVERIFY(keeper.setRules({rule(measure.toStdString(), 0.25, found->wantsSubject ? "SPY" : "")}));
        keeper.look(scene.moment());
        QCOMPARE(keeper.view()->lines.size(), 1U);
    }

    void figuresOfBeforeTheConnectionWentFireNothing()
    {
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QVERIFY(keeper.setRules({rule("leverage", 0.1), rule("price", 1, "SPY"), rule("quote_age", 5)}));
        Scene scene;
        scene.trading.isStale = true;
        scene.watch.rows.resize(1);
        scene.watch.rows.front().symbol = "SPY";
        scene.watch.rows.front().last = 700;
        scene.status.isMarketOpen = false;
        scene.status.secondsSinceQuote = 3600;
        keeper.look(scene.moment());
        QVERIFY(keeper.view()->lines.empty());
    }

    void alarmsOfPositionsAreToldOnceAlsoAfterARestart()
    {
        Scene scene;
        scene.risk.alarms = {{"assignment/SPY/2026-11-20", "1 short SPY will be assigned."}};
        {
            desk::Settings settings(file());
            AlertKeeper keeper(settings, {});
            keeper.look(scene.moment());
            keeper.look(scene.moment());
            QCOMPARE(keeper.view()->lines.size(), 1U);
            QVERIFY(keeper.view()->lines.front().rule.empty());
        }
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        keeper.look(scene.moment());
        QVERIFY(keeper.view()->lines.empty());
        scene.risk.alarms.front().id = "assignment/SPY/2026-11-27";
        keeper.look(scene.moment());
        QCOMPARE(keeper.view()->lines.size(), 1U);
        scene.trading.account = "5WX00001"; // where the same thing is due, and nobody has said so
        scene.status.environment = desk::Environment::Live;
        keeper.look(scene.moment());
        QCOMPARE(keeper.view()->lines.size(), 2U);
    }

    /// Of a part of the book alone it would say that less can be lost.
    void aShortfallOfAPartIsNotKnown()
    {
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        Scene scene;
        scene.trading.netLiquidation = 100'000;
        desk::ValueAtRiskRow row;
        row.expectedShortfall = 3000;
        scene.risk.valueAtRisk.rows = {row};
        keeper.look(scene.moment());
        QCOMPARE(keeper.figure("expected_shortfall", {}), 0.03);
        scene.risk.valueAtRisk.leftOut = {"SPY   261218C00600000"};
        keeper.look(scene.moment());
        QVERIFY(std::isnan(keeper.figure("expected_shortfall", {})));
    }

    void rulesOutliveTheProgramAndBadOnesChangeNothing()
    {
        AlertRule kept = rule("price", 650, "SPY");
        kept.isAbove = false;
        kept.playsSound = kept.callsWebhook = true;
        kept.showsDesktop = false;
        {
            desk::Settings settings(file());
            AlertKeeper keeper(settings, {});
            QVERIFY(keeper.setRules({kept}));
            kept = keeper.view()->rules.front();
            const auto refused = keeper.setRules({rule("daily_loss", 5)});
            QVERIFY(!refused);
            QCOMPARE(refused.error().field, std::string("threshold"));
            AlertRule twice = rule("leverage", 1);
            twice.id = kept.id;
            QVERIFY(!keeper.setRules({kept, twice}));
            QVERIFY(!keeper.setRules(std::vector(AlertKeeper::rulesMost + 1, rule("leverage", 1))));
        }
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QCOMPARE(keeper.view()->rules, std::vector{kept});
        QVERIFY(keeper.setRules({kept, rule("leverage", 1)}));
        QVERIFY(keeper.view()->rules[0].id != keeper.view()->rules[1].id);
    }

    void settingsThatCannotBeReadAreNoRules()
    {
        desk::Settings settings(file());
        settings.setBytes(QStringLiteral("alerts/rules"),
                          R"([{"id":"1","measure":"mood"}, 5, {"id":"2","measure":"leverage","threshold":1}])");
        AlertKeeper keeper(settings, {});
        QCOMPARE(keeper.view()->rules.size(), 1U);
        settings.setBytes(QStringLiteral("alerts/rules"), "{");
        AlertKeeper other(settings, {});
        QVERIFY(other.view()->rules.empty());
    }

    void anotherAccountBeginsAnew()
    {
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QVERIFY(keeper.setRules({rule("leverage", 0.1)}));
        const Scene scene;
        keeper.look(scene.moment());
        keeper.beginAnew();
        keeper.look(scene.moment());
        QCOMPARE(keeper.view()->lines.size(), 2U);
    }

    void theWebhookIsCalled_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("why");
        QTest::newRow("taken") << 204 << QString();
        QTest::newRow("refused") << 403 << QStringLiteral("The webhook answered 403.");
        QTest::newRow("sent elsewhere") << 302 << QStringLiteral("The webhook answered 302.");
    }
    void theWebhookIsCalled()
    {
        QFETCH(int, status);
        QFETCH(QString, why);
        QHttpServer server;
        QByteArray body;
        server.route(QStringLiteral("/hook"), QHttpServerRequest::Method::Post, [&](const QHttpServerRequest& request) {
            body = request.body();
            return QHttpServerResponse(static_cast<QHttpServerResponse::StatusCode>(status));
        });
        const quint16 port = server.listen(QHostAddress::LocalHost);
        QVERIFY(port != 0);

        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QVERIFY(keeper.setWebhook(QStringLiteral("http://127.0.0.1:%1/hook").arg(port)));
        QCOMPARE(keeper.view()->webhook, std::string("127.0.0.1")); // the path may be a secret
        AlertRule calling = rule("leverage", 0.1);
        calling.callsWebhook = true;
        QVERIFY(keeper.setRules({calling}));
        // Where there is no keychain the address is good for this run, and that is said.
        QTRY_VERIFY_WITH_TIMEOUT(!keeper.view()->webhookWhy.empty(), patience);
        keeper.look(Scene().moment());
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(keeper.view()->webhookWhy), why, patience);
        const QJsonObject said = QJsonDocument::fromJson(body).object();
        QCOMPARE(said.value(QStringLiteral("text")).toString(), QStringLiteral("Leverage: 0.50, above 0.10."));
        QCOMPARE(said.value(QStringLiteral("at")).toString().left(10), QStringLiteral("2026-11-19"));
    }

    void aTestOfTheWebhookIsAnswered()
    {
        QHttpServer server;
        QByteArray body;
        int status = 200;
        server.route(QStringLiteral("/hook"), QHttpServerRequest::Method::Post, [&](const QHttpServerRequest& request) {
            body = request.body();
            return QHttpServerResponse(static_cast<QHttpServerResponse::StatusCode>(status));
        });
        const quint16 port = server.listen(QHostAddress::LocalHost);
        QVERIFY(port != 0);
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QCOMPARE(keeper.testWebhook().error().kind, base::ErrorKind::NotFound);
        QVERIFY(keeper.setWebhook(QStringLiteral("http://127.0.0.1:%1/hook").arg(port)));
        QSignalSpy answered(&keeper, &AlertKeeper::webhookAnswered);
        for (const int each : {200, 500}) {
            status = each;
            answered.clear();
            QVERIFY(keeper.testWebhook());
            QTRY_COMPARE_WITH_TIMEOUT(answered.size(), 1, patience);
            QCOMPARE(answered.front().front().toString(),
                     each == 200 ? QString() : QStringLiteral("The webhook answered 500."));
        }
        QVERIFY(QJsonDocument::fromJson(body).object().value(QStringLiteral("text")).toString().contains("test"));
        QVERIFY(keeper.view()->lines.empty()); // it is no alert
    }

    /// What a rule is held against can be seen before there is one.
    void figuresCanBeAsked()
    {
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QVERIFY(std::isnan(keeper.figure("leverage", {})));
        keeper.look(Scene().moment());
        QCOMPARE(keeper.figure("leverage", {}), 0.5);
        QVERIFY(std::isnan(keeper.figure("leverage", "SPY")));
        QVERIFY(std::isnan(keeper.figure("price", "SPY")));
        Scene scene;
        scene.trading.groups.resize(2);
        for (desk::PositionGroup& group : scene.trading.groups) {
            group.underlying = "SPY";
            group.openProfit = group.greeks.dollarDelta = 100;
        }
        keeper.look(scene.moment());
        QCOMPARE(keeper.figure("position_profit", "SPY"), 200.0);
        QCOMPARE(keeper.figure("dollar_delta", "SPY"), 200.0);
    }

    void theWebhookIsNotThere()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const quint16 port = nobody.serverPort();
        nobody.close();
        desk::Settings settings(file());
        AlertKeeper keeper(settings, {});
        QVERIFY(!keeper.setWebhook(QStringLiteral("mail me")));
        QVERIFY(!keeper.setWebhook(QStringLiteral("ftp://example.org/")));
        AlertRule calling = rule("leverage", 0.1);
        calling.callsWebhook = true;
        QVERIFY(keeper.setRules({calling}));
        keeper.look(Scene().moment());
        QVERIFY(!keeper.view()->webhookWhy.empty()); // no address
        QVERIFY(keeper.setWebhook(QStringLiteral("http://127.0.0.1:%1/").arg(port)));
        keeper.beginAnew();
        keeper.look(Scene().moment());
        QTRY_VERIFY_WITH_TIMEOUT(keeper.view()->webhookWhy.find("not reached") != std::string::npos, patience);
        QVERIFY(keeper.setWebhook({}));
        QVERIFY(keeper.view()->webhook.empty());
    }

private:
    QString file() const { return m_folder->filePath(QStringLiteral("settings.ini")); }

    std::optional<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(AlertKeeperTest)
#include "test_alert_keeper.moc"

#include "venue/loopback_certificate.h"
#include "venue/venue.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTest>
#include <QWebSocket>

using namespace vegadesk;

namespace
{

constexpr int patienceMs = 30'000;

venue::VenueSettings encrypted()
{
    venue::VenueSettings settings;
    settings.usesTls = true;
    settings.exchange.withExamplePositions = false;
    return settings;
}

/// Trusts the venue's certificate and no other.
QSslConfiguration trusting(const venue::Venue& venue)
{
    QFile file(venue.certificateFile());
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (file.open(QIODevice::ReadOnly))
        configuration.setCaCertificates({QSslCertificate(file.readAll())});
    return configuration;
}

} // namespace

/// https and wss, for clients that know nothing else.
class VenueTlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCertificateIsForThisComputerOnly()
    {
        const base::Instant now = base::SystemClock().now();
        const auto made = venue::makeLoopbackCertificate(now);
        QVERIFY(made);
        const QSslCertificate certificate(made->certificate);
        QVERIFY(!certificate.isNull());
        QCOMPARE(certificate.issuerDisplayName(), certificate.subjectDisplayName());
        const auto names = certificate.subjectAlternativeNames();
        QCOMPARE(names.values(QSsl::DnsEntry), QStringList{QStringLiteral("localhost")});
        QCOMPARE(names.values(QSsl::IpAddressEntry), QStringList{QStringLiteral("127.0.0.1")});
        const QDateTime today = QDateTime::fromMSecsSinceEpoch(base::toUnixMillis(now));
        QVERIFY(certificate.effectiveDate() < today && certificate.expiryDate() > today.addDays(300));
        QVERIFY(!QSslKey(made->key, QSsl::Ec).isNull());
        QVERIFY(venue::makeLoopbackCertificate(now)->key != made->key);
    }

    void restIsServedToWhoTrustsIt_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isTrusted");
        QTest::newRow("by address") << QStringLiteral("127.0.0.1") << true;
        QTest::newRow("by name") << QStringLiteral("localhost") << true;
        QTest::newRow("by nobody") << QStringLiteral("127.0.0.1") << false;
    }
    void restIsServedToWhoTrustsIt()
    {
        QFETCH(QString, host);
        QFETCH(bool, isTrusted);
        venue::Venue venue(encrypted());
        QVERIFY(venue.start());
        QVERIFY(venue.restUrl().startsWith(QLatin1String("https://")));
        QNetworkRequest request(QUrl(QStringLiteral("https://%1:%2/venue/clock").arg(host).arg(venue.port())));
        if (isTrusted)
            request.setSslConfiguration(trusting(venue));
        QNetworkAccessManager network;
        std::unique_ptr<QNetworkReply> reply(network.get(request));
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patienceMs);
        if (isTrusted) {
            QCOMPARE(reply->error(), QNetworkReply::NoError);
            QVERIFY(QJsonDocument::fromJson(reply->readAll()).object().contains(QLatin1String("now")));
        } else {
            QCOMPARE(reply->error(), QNetworkReply::SslHandshakeFailedError);
        }
    }

    void webSocketsAreServedToo_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("answer");
        QTest::newRow("account streamer")
            << QString() << QStringLiteral("{\"action\":\"heartbeat\"}") << QStringLiteral("\"ok\"");
        QTest::newRow("dxLink") << QStringLiteral("/dxlink")
                                << QStringLiteral("{\"type\":\"SETUP\",\"channel\":0,\"version\":\"0.1\","
                                                  "\"keepaliveTimeout\":60,\"acceptKeepaliveTimeout\":60}")
                                << QStringLiteral("SETUP");
    }
    void webSocketsAreServedToo()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        QFETCH(QString, answer);
        venue::Venue venue(encrypted());
        QVERIFY(venue.start());
        QVERIFY(venue.feedUrl().startsWith(QLatin1String("wss://")));
        QWebSocket socket;
        socket.setSslConfiguration(trusting(venue));
        QString received;
        connect(&socket, &QWebSocket::connected, &socket, [&] { socket.sendTextMessage(message); });
        connect(&socket, &QWebSocket::textMessageReceived, &socket, [&](const QString& text) { received += text; });
        socket.open(QUrl(venue.accountStreamerUrl() + path));
        QTRY_VERIFY_WITH_TIMEOUT(received.contains(answer), patienceMs);
    }

    void whatIsNotEncryptedIsNotAnswered()
    {
        venue::Venue venue(encrypted());
        QVERIFY(venue.start());
        QNetworkAccessManager network;
        std::unique_ptr<QNetworkReply> reply(
            network.get(QNetworkRequest(QUrl(QStringLiteral("http://127.0.0.1:%1/venue/clock").arg(venue.port())))));
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patienceMs);
        QVERIFY(reply->error() != QNetworkReply::NoError);
    }

    void theReadyLineSaysWhatToTrust()
    {
        QString file;
        {
            venue::Venue venue(encrypted());
            QVERIFY(venue.start());
            const QJsonObject line = QJsonDocument::fromJson(venue.readyLine()).object();
            file = line.value(QLatin1String("certificate")).toString();
            QVERIFY(QFile::exists(file));
            QVERIFY(line.value(QLatin1String("rest")).toString().startsWith(QLatin1String("https://")));
            QCOMPARE(line.value(QLatin1String("client-secret")).toString().toStdString(), venue.token());
            QCOMPARE(line.value(QLatin1String("refresh-token")).toString().toStdString(), venue.token());
        }
        QVERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(VenueTlsTest)
#include "venue_tls_test.moc"

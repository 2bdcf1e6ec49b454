#include "vegadesk-watchdog/program.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QSaveFile>
#include <QTest>
#include <QTimer>

using namespace vegadesk;

namespace
{

/// A person before the STOP window: presses F12 when it is there, and when it says that all is done asks the exchange itself,
/// writes down what it answered, and puts the window away.
class Person : public QObject
{
    Q_OBJECT

public:
    explicit Person(watchdog::Program& program) : QObject(&program), m_program(program)
    {
        connect(&m_eyes, &QTimer::timeout, this, &Person::look);
        m_eyes.start(20);
    }

private:
    void look()
    {
        using Stop = watchdog::View::Stop;
        watchdog::StopWindow& window = m_program.window();
        const watchdog::View& view = m_program.watchdog().view();
        if (!window.isVisible())
            return;
        if (view.stop == Stop::None) {
            m_seen = view.why == watchdog::View::Why::Gone ? QStringLiteral("gone") : QStringLiteral("silent");
            if (!window.isActiveWindow())
                window.activateWindow();
            else
                QTest::keyClick(&window, Qt::Key_F12);
        } else if (view.stop == Stop::Verified) {
            m_eyes.stop();
            logIn();
        } else if (view.stop == Stop::NextStart) {
            m_eyes.stop();
            report({});
        }
    }

    void logIn()
    {
        const watchdog::Place& place = *m_program.watchdog().place();
        QNetworkRequest request(place.endpoints.rest.toString() + QStringLiteral("/oauth/token"));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        const auto text = [](const base::Secret& secret) {
            return QString::fromStdString(std::string(secret.reveal()));
        };
        const QJsonObject body{{QStringLiteral("grant_type"), QStringLiteral("refresh_token")},
                               {QStringLiteral("client_secret"), text(place.credentials.clientSecret)},
                               {QStringLiteral("refresh_token"), text(place.credentials.refreshToken)}};
        QNetworkReply* const reply = m_network.post(request, QJsonDocument(body).toJson());
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            askForOrders(
                QJsonDocument::fromJson(reply->readAll()).object().value(QLatin1String("access_token")).toString());
        });
    }

    void askForOrders(const QString& token)
    {
        const watchdog::Place& place = *m_program.watchdog().place();
        QNetworkRequest request(place.endpoints.rest.toString() + QStringLiteral("/accounts/") +
                                QString::fromStdString(place.account) + QStringLiteral("/orders/live"));
        request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
        QNetworkReply* const reply = m_network.get(request);
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            const QJsonObject data =
                QJsonDocument::fromJson(reply->readAll()).object().value(QLatin1String("data")).toObject();
            report(data.value(QLatin1String("items")).toArray());
        });
    }

    void report(const QJsonArray& orders)
    {
        QSaveFile file(QDir(qEnvironmentVariable("VEGADESK_TEST_REPORT")).filePath(QStringLiteral("report.json")));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(QJsonDocument(QJsonObject{{QStringLiteral("seen"), m_seen}, {QStringLiteral("orders"), orders}})
                           .toJson());
            file.commit();
        }
        QTest::mouseClick(m_program.window().findChild<QPushButton*>(QStringLiteral("stop_close")), Qt::LeftButton);
    }

    watchdog::Program& m_program;
    QTimer m_eyes;
    QNetworkAccessManager m_network;
    QString m_seen; ///< what the window came up for
};

} // namespace

/// The program as it is shipped, and a person.
int main(int argc, char** argv)
{
    const int status = watchdog::run(argc, argv, [](watchdog::Program& program) { new Person(program); });
    QFile ended(QDir(qEnvironmentVariable("VEGADESK_TEST_REPORT")).filePath(QStringLiteral("ended")));
    return ended.open(QIODevice::WriteOnly) ? status : 1;
}

#include "pressed_watchdog.moc"

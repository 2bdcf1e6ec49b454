#pragma once

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace vegadesk::desk
{

/// Sends a JSON object to an address of the user's by POST, and says what came of it. One that cannot be sent is not sent again:
/// an alert that comes an hour late is worse than none. On its owner's thread; nothing waits.
class Webhook : public QObject
{
    Q_OBJECT

public:
    static constexpr int timeoutMs = 10'000;
    static constexpr int underWayMost = 8; ///< more at once are not sent, and said

    explicit Webhook(QObject* parent = nullptr);
    ~Webhook() override;

    /// http or https, with a host.
    static bool isAddress(const QUrl& url);
    void send(const QUrl& url, const QJsonObject& body);

Q_SIGNALS:
    /// Empty: it was taken.
    void finished(const QString& why);

private:
    std::unique_ptr<QNetworkAccessManager> m_network;
    int m_underWay = 0;
};

} // namespace vegadesk::desk

#include "desk/webhook.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace vegadesk::desk
{

Webhook::Webhook(QObject* parent) : QObject(parent), m_network(std::make_unique<QNetworkAccessManager>())
{
    m_network->setTransferTimeout(timeoutMs);
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // what is said is for that address alone
}

Webhook::~Webhook() = default;

bool Webhook::isAddress(const QUrl& url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

void Webhook::send(const QUrl& url, const QJsonObject& body)
{
    if (m_underWay >= underWayMost) {
        Q_EMIT finished(tr("Too many alerts at once: one was not sent."));
        return;
    }
    ++m_underWay;
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("vegadesk"));
    QNetworkReply* const reply = m_network->post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        --m_underWay;
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (reply->error() != QNetworkReply::NoError)
            Q_EMIT finished(status != 0 ? tr("The webhook answered %1.").arg(status)
                                        : tr("The webhook was not reached: %1").arg(reply->errorString()));
        else if (status / 100 != 2)
            Q_EMIT finished(tr("The webhook answered %1.").arg(status));
        else
            Q_EMIT finished({});
    });
}

} // namespace vegadesk::desk

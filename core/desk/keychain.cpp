#include "desk/keychain.h"

#include "base/log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaObject>

#include <memory>
#include <qt6keychain/keychain.h>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr auto secretField = "client-secret";
constexpr auto tokenField = "refresh-token";
const QString webhookEntry = QStringLiteral("webhook");

QString entryOf(tastytrade::EnvironmentKind kind)
{
    return QStringLiteral("tastytrade-") + QString::fromStdString(std::string(tastytrade::toText(kind)));
}

/// Both keys in one entry: one can never belong to another login than the other.
QString textOf(const Keys& keys)
{
    const auto text = [](const base::Secret& secret) { return QString::fromStdString(std::string(secret.reveal())); };
    return QString::fromUtf8(QJsonDocument(QJsonObject{{QLatin1String(secretField), text(keys.clientSecret)},
                                                       {QLatin1String(tokenField), text(keys.refreshToken)}})
                                 .toJson(QJsonDocument::Compact));
}

Keys keysOf(const QString& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    const auto secret = [&](const char* field) {
        const std::string value = object.value(QLatin1String(field)).toString().toStdString();
        base::log::hide(value);
        return base::Secret(value);
    };
    return {secret(secretField), secret(tokenField)};
}

auto errorOf(const QKeychain::Job& job, const QString& entry)
{
    const QString why = job.error() == QKeychain::NoBackendAvailable
                            ? Keychain::tr("this computer has none that is running")
                            : job.errorString();
    return base::Error{
        base::ErrorKind::Storage,
        Keychain::tr("The system's keychain").toStdString(),
        {},
        Keychain::tr("it cannot be used: %1. Keys may come from the environment instead (see the README).")
            .arg(why)
            .toStdString(),
        entry.toStdString()};
}

} // namespace

Keychain::Keychain(QString service, QObject* parent) : QObject(parent), m_service(std::move(service)) {}

void Keychain::run(QKeychain::Job* job, const QString& entry,
                   std::function<void(QKeychain::Job*, const base::Error*)> done)
{
    if (m_service.isEmpty()) {
        delete job;
        const base::Error error{base::ErrorKind::Storage,
                                tr("The system's keychain").toStdString(),
                                {},
                                tr("this run does not use it").toStdString(),
                                {}};
        QMetaObject::invokeMethod(
            this, [error, done = std::move(done)] { done(nullptr, &error); }, Qt::QueuedConnection);
        return;
    }
    job->setKey(entry);
    job->setAutoDelete(true);
    // Nothing is ever written in the clear because a keychain is missing.
    job->setInsecureFallback(false);
    connect(job, &QKeychain::Job::finished, this, [entry, done = std::move(done)](QKeychain::Job* finished) {
        const bool isFine = finished->error() == QKeychain::NoError || finished->error() == QKeychain::EntryNotFound;
        if (isFine)
            return done(finished, nullptr);
        const base::Error error = errorOf(*finished, entry);
        base::log::warning("{} ({})", error.message(), error.detail);
        done(finished, &error);
    });
    job->start();
}

void Keychain::read(tastytrade::EnvironmentKind kind, Done<Keys> done)
{
    run(new QKeychain::ReadPasswordJob(m_service), entryOf(kind),
        [done = std::move(done)](QKeychain::Job* job, const base::Error* error) {
            if (error)
                done(tl::make_unexpected(*error));
            else
                done(keysOf(static_cast<QKeychain::ReadPasswordJob*>(job)->textData()));
        });
}

void Keychain::store(tastytrade::EnvironmentKind kind, const Keys& keys, Done<void> done)
{
    auto* const job = new QKeychain::WritePasswordJob(m_service);
    job->setTextData(textOf(keys));
    run(job, entryOf(kind), [done = std::move(done)](QKeychain::Job*, const base::Error* error) {
        done(error ? base::Result<void>(tl::make_unexpected(*error)) : base::Result<void>());
    });
}

void Keychain::forget(tastytrade::EnvironmentKind kind, Done<void> done)
{
    run(new QKeychain::DeletePasswordJob(m_service), entryOf(kind),
        [done = std::move(done)](QKeychain::Job*, const base::Error* error) {
            done(error ? base::Result<void>(tl::make_unexpected(*error)) : base::Result<void>());
        });
}

void Keychain::readWebhook(Done<base::Secret> done)
{
    run(new QKeychain::ReadPasswordJob(m_service), webhookEntry,
        [done = std::move(done)](QKeychain::Job* job, const base::Error* error) {
            if (error)
                return done(tl::make_unexpected(*error));
            const std::string address = static_cast<QKeychain::ReadPasswordJob*>(job)->textData().toStdString();
            base::log::hide(address);
            done(base::Secret(address));
        });
}

void Keychain::storeWebhook(const base::Secret& address, Done<void> done)
{
    QKeychain::Job* job = nullptr;
    if (address.isEmpty()) {
        job = new QKeychain::DeletePasswordJob(m_service);
    } else {
        auto* const write = new QKeychain::WritePasswordJob(m_service);
        write->setTextData(QString::fromStdString(std::string(address.reveal())));
        job = write;
    }
    run(job, webhookEntry, [done = std::move(done)](QKeychain::Job*, const base::Error* error) {
        done(error ? base::Result<void>(tl::make_unexpected(*error)) : base::Result<void>());
    });
}

} // namespace vegadesk::desk

#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "tastytrade/endpoints.h"

#include <QObject>
#include <QString>

#include <functional>

namespace QKeychain
{
class Job;
}

namespace vegadesk::desk
{

/// What opens one environment at the broker.
struct Keys {
    base::Secret clientSecret, refreshToken;
    bool isEmpty() const { return clientSecret.isEmpty() && refreshToken.isEmpty(); }
};

/// The system's keychain (Secret Service, KWallet), one entry for each environment at the broker and one for the address that
/// alerts are sent to, which lets whoever knows it write there. Never waits: answers come
/// later, on the caller's thread, unless the Keychain has gone.
/// Errors: Storage, with what to do, where there is no keychain or it stays locked.
class Keychain : public QObject
{
    Q_OBJECT

public:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

    /// `service` groups our entries; empty: there is no keychain, and every call fails.
    explicit Keychain(QString service, QObject* parent = nullptr);

    /// Empty keys where nothing is kept.
    void read(tastytrade::EnvironmentKind kind, Done<Keys> done);
    void store(tastytrade::EnvironmentKind kind, const Keys& keys, Done<void> done);
    /// Also fine where nothing is kept.
    void forget(tastytrade::EnvironmentKind kind, Done<void> done);
    /// Empty where none is kept.
    void readWebhook(Done<base::Secret> done);
    /// An empty one is forgotten.
    void storeWebhook(const base::Secret& address, Done<void> done);

private:
    void run(QKeychain::Job* job, const QString& entry,
             std::function<void(QKeychain::Job*, const base::Error* error)> done);

    const QString m_service;
};

} // namespace vegadesk::desk

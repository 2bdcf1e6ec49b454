#include "desk/accounts.h"

#include "base/log.h"

#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr auto keychainName = "keychain";

QString accountKey(Accounts::Kind kind)
{
    return QStringLiteral("account/") + QString::fromStdString(std::string(tastytrade::toText(kind)));
}

} // namespace

Accounts::Places Accounts::brokersPlaces()
{
    return [](Kind kind) {
        return kind == Kind::Live ? tastytrade::Endpoints::live() : tastytrade::Endpoints::certification();
    };
}

Accounts::Accounts(const base::Environment& variables, Settings& settings, const QString& keychainService,
                   Places places)
    : m_variables(variables), m_settings(settings), m_places(std::move(places)), m_keychain(keychainService)
{
    qRegisterMetaType<tastytrade::EnvironmentKind>();
}

Accounts::~Accounts() = default;

void Accounts::load()
{
    for (const Kind kind : {Kind::Certification, Kind::Live}) {
        m_held[kind].isReading = true;
        m_keychain.read(kind, [this, kind](base::Result<Keys> keys) { keep(kind, std::move(keys)); });
    }
}

void Accounts::keep(Kind kind, base::Result<Keys> keys)
{
    Held& held = m_held[kind];
    held.isReading = false;
    held.trouble = keys ? QString() : QString::fromStdString(keys.error().message());
    held.keys = keys ? std::move(*keys) : Keys();
    Q_EMIT changed(kind);
}

bool Accounts::hasVariables(Kind kind) const
{
    return kind == Kind::Live ? m_variables.hasLiveKeys() : m_variables.sandbox && m_variables.hasSandboxKeys();
}

Accounts::State Accounts::state(Kind kind) const
{
    State state;
    state.account = QString::fromStdString(account(kind));
    state.isChecking = m_checks.contains(kind);
    const auto held = m_held.find(kind);
    if (held != m_held.end())
        state.trouble = held->second.trouble;
    if (hasVariables(kind)) {
        state.source = Source::Variables;
        const bool isOwnPair = kind == Kind::Live && !m_variables.liveClientSecret.isEmpty();
        state.name = isOwnPair ? QStringLiteral("TW_LIVE_CLIENT_SECRET") : QStringLiteral("TW_CLIENT_SECRET");
    } else if (held != m_held.end() && held->second.isReading) {
        state.source = Source::Reading;
    } else if (held != m_held.end() && !held->second.keys.isEmpty()) {
        state.source = Source::Keychain;
        state.name = QLatin1String(keychainName);
    }
    return state;
}

bool Accounts::hasKeys(Kind kind) const
{
    const Source source = state(kind).source;
    return source == Source::Variables || source == Source::Keychain;
}

base::Result<tastytrade::Credentials> Accounts::withKeys(Kind kind, const Keys& keys, std::string name) const
{
    tastytrade::Credentials credentials{m_places(kind).kind, std::move(name), keys.clientSecret.clone(),
                                        keys.refreshToken.clone()};
    if (const auto fit = credentials.checkFor(credentials.kind); !fit)
        return tl::make_unexpected(fit.error());
    return credentials;
}

base::Result<tastytrade::Credentials> Accounts::credentials(Kind kind) const
{
    const State now = state(kind);
    switch (now.source) {
    case Source::Variables: {
        const bool isOwnPair = kind == Kind::Live && !m_variables.liveClientSecret.isEmpty();
        return withKeys(kind,
                        {(isOwnPair ? m_variables.liveClientSecret : m_variables.clientSecret).clone(),
                         (isOwnPair ? m_variables.liveRefreshToken : m_variables.refreshToken).clone()},
                        now.name.toStdString());
    }
    case Source::Keychain:
        return withKeys(kind, m_held.at(kind).keys, now.name.toStdString());
    case Source::Reading:
        return base::fail(base::ErrorKind::Unauthorized, tr("The system's keychain").toStdString(), {},
                          tr("it has not answered yet; it may be waiting to be unlocked.").toStdString());
    case Source::None:
        break;
    }
    const QString what = kind == Kind::Live ? tr("Production at the broker") : tr("The broker's sandbox");
    const QString names = kind == Kind::Live ? QStringLiteral("TW_LIVE_CLIENT_SECRET, TW_LIVE_REFRESH_TOKEN")
                                             : QStringLiteral("TW_CLIENT_SECRET, TW_REFRESH_TOKEN");
    return base::fail(
        base::ErrorKind::Unauthorized, what.toStdString(), {},
        tr("there are no keys for it. Store them under Accounts (Ctrl+Shift+A), or set %1 and start again.")
            .arg(names)
            .toStdString());
}

std::string Accounts::account(Kind kind) const
{
    if (!m_variables.account.empty())
        return m_variables.account;
    return QString::fromUtf8(m_settings.bytes(accountKey(kind))).toStdString();
}

base::Result<void> Accounts::check(Kind kind, Keys keys)
{
    if (m_checks.contains(kind))
        return base::fail(base::ErrorKind::Refused, tr("This login").toStdString(), {},
                          tr("it is being checked already.").toStdString());
    auto credentials = keys.isEmpty() ? this->credentials(kind) : withKeys(kind, keys, tr("these keys").toStdString());
    if (!credentials)
        return tl::make_unexpected(credentials.error());
    if (const auto allowed = m_logins->mayTry(*credentials); !allowed)
        return allowed;
    tastytrade::ConnectionOptions options;
    options.endpoints = m_places(kind);
    options.purpose = tastytrade::Purpose::LoginOnly;
    options.logins = m_logins;
    auto connection = tastytrade::Connection::make(std::move(options), std::move(*credentials), m_clock, m_noBook);
    if (!connection)
        return tl::make_unexpected(connection.error());
    // Queued: a connection is not destroyed inside its own signal.
    connect(
        connection->get(), &tastytrade::Connection::loginChecked, this,
        [this, kind](const tastytrade::LoginReport& report) {
            m_checks.erase(kind);
            onChecked(kind, report);
        },
        Qt::QueuedConnection);
    (*connection)->start();
    m_checks[kind] = std::move(*connection);
    return {};
}

void Accounts::onChecked(Kind kind, const tastytrade::LoginReport& report)
{
    base::log::info("login check ({}): {}", tastytrade::toText(kind), report.why.empty() ? "accepted" : report.why);
    LoginCheck check;
    check.why = QString::fromStdString(report.why);
    check.isRefused = report.isRefused;
    for (const tastytrade::wire::Account& account : report.accounts)
        check.accounts.push_back({QString::fromStdString(account.number), QString::fromStdString(account.nickname),
                                  QString::fromStdString(account.type + ", " + account.marginOrCash), account.isClosed,
                                  !account.isClosed && account.authority != "read-only"});
    Q_EMIT checked(kind, check);
}

base::Result<void> Accounts::store(Kind kind, Keys keys)
{
    if (const auto fit = withKeys(kind, keys, tr("these keys").toStdString()); !fit)
        return tl::make_unexpected(fit.error());
    const auto kept = std::make_shared<Keys>(std::move(keys)); // a std::function is copied, keys are not
    m_keychain.store(kind, *kept, [this, kind, kept](const base::Result<void>& done) {
        if (done)
            keep(kind, std::move(*kept));
        Q_EMIT stored(kind, done ? QString() : QString::fromStdString(done.error().message()));
    });
    return {};
}

void Accounts::forget(Kind kind)
{
    m_keychain.forget(kind, [this, kind](const base::Result<void>& done) {
        if (done)
            keep(kind, Keys());
        Q_EMIT stored(kind, done ? QString() : QString::fromStdString(done.error().message()));
    });
}

void Accounts::choose(Kind kind, const QString& account)
{
    m_settings.setBytes(accountKey(kind), account.toUtf8());
    Q_EMIT changed(kind);
}

} // namespace vegadesk::desk

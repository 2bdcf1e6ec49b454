#pragma once

#include "base/environment.h"
#include "desk/keychain.h"
#include "desk/settings.h"
#include "tastytrade/connection.h"
#include "tastytrade/login_guard.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// One of the accounts that a login opens.
struct ConnectedAccount {
    QString number, nickname, type; ///< type: "Individual, Margin"
    bool isClosed = false;
    bool mayTrade = true;
};

/// What came of trying keys.
struct LoginCheck {
    std::vector<ConnectedAccount> accounts;
    QString why;            ///< not empty: they open nothing, for this reason
    bool isRefused = false; ///< by the broker, not by the network
};

/// The broker's environments that a person has keys for: where the keys come from, whether they open anything, and which
/// account is meant. Keys in the process environment go before those in the keychain. On the GUI thread; nothing waits.
class Accounts : public QObject
{
    Q_OBJECT

public:
    using Kind = tastytrade::EnvironmentKind; ///< Certification and Live; the venue needs nobody's keys
    enum class Source : std::uint8_t { None, Reading /**< of the keychain */, Variables, Keychain };
    struct State {
        Source source = Source::None;
        QString name;    ///< where the keys are: "TW_LIVE_CLIENT_SECRET", "keychain"
        QString trouble; ///< why the keychain cannot be used; empty where it can
        QString account; ///< meant; empty: the first open one
        bool isChecking = false;
    };
    /// Where an environment of the broker is; tests have places of their own.
    using Places = std::function<tastytrade::Endpoints(Kind)>;

    /// The references outlive it.
    Accounts(const base::Environment& variables, Settings& settings, const QString& keychainService,
             Places places = brokersPlaces());
    ~Accounts() override;
    static Places brokersPlaces();

    /// Reads the keychain; changed() follows for each kind.
    void load();
    State state(Kind kind) const;
    tastytrade::Endpoints place(Kind kind) const { return m_places(kind); }
    bool hasKeys(Kind kind) const;
    /// Unauthorized, with what to do, where there are none, and where they belong to another environment.
    base::Result<tastytrade::Credentials> credentials(Kind kind) const;
    /// The account that is meant: TW_ACCOUNT, then the choice that was made; empty for the first open one.
    std::string account(Kind kind) const;
    /// TW_ACCOUNT is set: a choice would count for nothing.
    bool isAccountDecided() const { return !m_variables.account.empty(); }
    /// For every connection of the program: refused logins are counted over all of them.
    const std::shared_ptr<tastytrade::LoginGuard>& logins() const { return m_logins; }

    /// Logs in with `keys`, or with those that are there when these are empty, and asks for the accounts: checked() follows.
    /// Errors: nothing to check; keys that belong elsewhere; logins were refused too often.
    base::Result<void> check(Kind kind, Keys keys);
    /// Into the keychain, in the place of what is there: stored() follows.
    base::Result<void> store(Kind kind, Keys keys);
    /// Out of the keychain: stored() follows.
    void forget(Kind kind);
    /// The account to open from the next connection on; empty: the first open one.
    void choose(Kind kind, const QString& account);

Q_SIGNALS:
    void changed(vegadesk::tastytrade::EnvironmentKind kind);
    void checked(vegadesk::tastytrade::EnvironmentKind kind, const vegadesk::desk::LoginCheck& check);
    /// `why` is empty when the keychain did what it was asked to.
    void stored(vegadesk::tastytrade::EnvironmentKind kind, const QString& why);

private:
    struct Held {
        Keys keys; ///< of the keychain
        bool isReading = false;
        QString trouble;
    };
    bool hasVariables(Kind kind) const;
    base::Result<tastytrade::Credentials> withKeys(Kind kind, const Keys& keys, std::string name) const;
    void keep(Kind kind, base::Result<Keys> keys);
    void onChecked(Kind kind, const tastytrade::LoginReport& report);

    const base::Environment& m_variables;
    Settings& m_settings;
    const Places m_places;
    Keychain m_keychain;
    std::map<Kind, Held> m_held;
    const std::shared_ptr<tastytrade::LoginGuard> m_logins = std::make_shared<tastytrade::LoginGuard>();
    base::SystemClock m_clock;
    market::Book m_noBook; ///< a login brings no market data
    std::map<Kind, std::unique_ptr<tastytrade::Connection>> m_checks;
};

} // namespace vegadesk::desk

Q_DECLARE_METATYPE(vegadesk::tastytrade::EnvironmentKind)

#pragma once

#include "base/error.h"
#include "base/secret.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::base
{

/// What the process environment says about the broker and the database. Every name is documented in the README.
struct Environment {
    std::string username;    ///< TW_USERNAME; the broker ended user/password login in 2026, so it only labels
    bool hasPassword = false; ///< TW_PASSWORD is set; never used, see notices
    std::string account;     ///< TW_ACCOUNT: five to ten letters or digits
    bool sandbox = true;     ///< TW_SANDBOX: True or False; False only preselects LIVE, it never arms
    Secret clientSecret;     ///< TW_CLIENT_SECRET
    Secret refreshToken;     ///< TW_REFRESH_TOKEN
    Secret liveClientSecret; ///< TW_LIVE_CLIENT_SECRET
    Secret liveRefreshToken; ///< TW_LIVE_REFRESH_TOKEN
    std::string databaseHost, databaseName, databaseUser; ///< DB_HOST, DB_NAME, DB_USER
    std::optional<int> databasePort;                      ///< DB_PORT: 1 to 65535
    bool hasDatabasePassword = false;                     ///< DB_PASSWORD is set

    bool hasSandboxKeys() const { return !clientSecret.isEmpty() && !refreshToken.isEmpty(); }
    bool hasLiveKeys() const;
    /// Things the user should know: a password that no longer works, a database that is not used yet.
    std::vector<std::string> notices;
};

using EnvironmentLookup = std::function<std::optional<std::string>(const char* name)>;

/// Reads the variables; a value outside its range is refused by name. Secrets found are hidden from the log.
Result<Environment> readEnvironment(const EnvironmentLookup& lookup);
/// The same from the process.
Result<Environment> readEnvironment();

} // namespace vegadesk::base

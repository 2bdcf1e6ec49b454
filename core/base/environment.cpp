#include "base/environment.h"

#include "base/log.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

namespace vegadesk::base
{

namespace
{

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool isPlain(std::string_view text, std::string_view extra)
{
    return std::ranges::all_of(text, [&](unsigned char c) {
        return std::isalnum(c) != 0 || extra.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

Result<Secret> readSecret(const EnvironmentLookup& lookup, const char* name)
{
    const auto text = lookup(name);
    if (!text || text->empty())
        return Secret();
    const bool isPrintable = std::ranges::all_of(*text, [](unsigned char c) { return c > 32 && c < 127; });
    if (!isPrintable || text->size() > 4096)
        return badInput(name, "(hidden)", "1 to 4096 printable characters without blanks");
    log::hide(*text);
    return Secret(*text);
}

} // namespace

bool Environment::hasLiveKeys() const
{
    if (!liveClientSecret.isEmpty() && !liveRefreshToken.isEmpty())
        return true;
    return !sandbox && hasSandboxKeys();
}

Result<Environment> readEnvironment(const EnvironmentLookup& lookup)
{
    Environment out;
    const auto text = [&](const char* name) { return lookup(name).value_or(std::string()); };

    // Not used, and hidden all the same, before anything else may fail and be logged.
    log::hide(text("TW_PASSWORD"));
    log::hide(text("DB_PASSWORD"));
    out.hasDatabasePassword = !text("DB_PASSWORD").empty();
    out.username = text("TW_USERNAME");
    if (out.username.size() > 254 || !isPlain(out.username, "._-+@"))
        return badInput("TW_USERNAME", out.username.substr(0, 40), "a user name or e-mail address");
    out.hasPassword = !text("TW_PASSWORD").empty();
    out.account = text("TW_ACCOUNT");
    if (!out.account.empty() && (out.account.size() < 5 || out.account.size() > 10 || !isPlain(out.account, "")))
        return badInput("TW_ACCOUNT", out.account.substr(0, 40), "an account number of 5 to 10 letters and digits");

    const std::string sandbox = lowered(text("TW_SANDBOX"));
    if (sandbox == "false" || sandbox == "0" || sandbox == "no")
        out.sandbox = false;
    else if (!sandbox.empty() && sandbox != "true" && sandbox != "1" && sandbox != "yes")
        return badInput("TW_SANDBOX", sandbox.substr(0, 40), "True or False");

    for (auto& [name, target] :
         {std::pair{"TW_CLIENT_SECRET", &out.clientSecret}, std::pair{"TW_REFRESH_TOKEN", &out.refreshToken},
          std::pair{"TW_LIVE_CLIENT_SECRET", &out.liveClientSecret},
          std::pair{"TW_LIVE_REFRESH_TOKEN", &out.liveRefreshToken}}) {
        auto secret = readSecret(lookup, name);
        if (!secret)
            return tl::make_unexpected(secret.error());
        *target = std::move(*secret);
    }
    if (out.clientSecret.isEmpty() != out.refreshToken.isEmpty())
        return badInput(out.clientSecret.isEmpty() ? "TW_CLIENT_SECRET" : "TW_REFRESH_TOKEN", "",
                        "set together with its partner (TW_CLIENT_SECRET and TW_REFRESH_TOKEN)");
    if (out.liveClientSecret.isEmpty() != out.liveRefreshToken.isEmpty())
        return badInput(out.liveClientSecret.isEmpty() ? "TW_LIVE_CLIENT_SECRET" : "TW_LIVE_REFRESH_TOKEN", "",
                        "set together with its partner (TW_LIVE_CLIENT_SECRET and TW_LIVE_REFRESH_TOKEN)");

    out.databaseHost = text("DB_HOST");
    if (out.databaseHost.size() > 253 || !isPlain(out.databaseHost, "._-:/"))
        return badInput("DB_HOST", out.databaseHost.substr(0, 40), "a host name or address");
    if (const std::string port = text("DB_PORT"); !port.empty()) {
        int number = 0;
        const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
        if (read.ec != std::errc{} || read.ptr != port.data() + port.size() || number < 1 || number > 65535)
            return badInput("DB_PORT", port.substr(0, 40), "a port from 1 to 65535");
        out.databasePort = number;
    }
    out.databaseName = text("DB_NAME");
    out.databaseUser = text("DB_USER");
    for (const auto& [name, value] :
         {std::pair{"DB_NAME", &out.databaseName}, std::pair{"DB_USER", &out.databaseUser}}) {
        if (value->size() > 63 || !isPlain(*value, "_-"))
            return badInput(name, value->substr(0, 40), "at most 63 letters, digits, _ and -");
    }
    if (out.hasPassword) {
        out.notices.emplace_back("TW_PASSWORD is set but not used: the broker ended user/password login in 2026. "
                                 "Create an OAuth grant and set TW_CLIENT_SECRET and TW_REFRESH_TOKEN.");
    }
    if (!out.databaseHost.empty() || out.databasePort || !out.databaseName.empty() || !out.databaseUser.empty() ||
        out.hasDatabasePassword)
        out.notices.emplace_back(
            "DB_* is set but not used yet: this version stores everything in its own SQLite file.");
    return out;
}

Result<Environment> readEnvironment()
{
    return readEnvironment([](const char* name) -> std::optional<std::string> {
        const char* const value = std::getenv(name);
        return value ? std::optional<std::string>(value) : std::nullopt;
    });
}

} // namespace vegadesk::base

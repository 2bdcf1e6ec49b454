#pragma once

#include "command.h"

#include "desk/desk.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::cli
{

/// For a session to stand, quotes to arrive, a broker to answer.
inline constexpr int answerMs = 60'000;

/// Runs the event loop until `isDone` or the time is over.
bool waitFor(const std::function<bool()>& isDone, int patienceMs);

/// "not known", "unlimited" or dollars and cents.
std::string money(double value);

/// Which account a command is about, as the command line says it.
struct AccountWords {
    std::string environment = "venue", folder;
    std::uint64_t seed = 0;

    void describe(CLI::App& app);
    /// Errors  name the option.
    base::Result<desk::Environment> place() const;
};

/// A desk without a window, connected to one account.
class AccountDesk
{
public:
    AccountDesk(const QString& folder, std::uint64_t seed, base::Environment environment);

    desk::Desk& desk() { return m_desk; }
    /// Until the account is known and the broker has told of its orders. Complains and gives a status otherwise; `otherwise` says
    /// what then did not happen: "nothing was sent".
    int connect(desk::Environment environment, std::string_view otherwise);
    /// That sentence on standard error, with the warnings and errors that the desk gave.
    int giveUp(std::string_view what) const;
    /// Warnings and errors so far.
    const std::vector<std::string>& said() const { return m_said; }

private:
    std::vector<std::string> m_said;
    desk::Desk m_desk;
};

/// Connects, with the data folder to itself, and does `work`. Complains where that cannot be.
int withAccount(int argc, char** argv, const AccountWords& words, std::string_view otherwise,
                const std::function<int(AccountDesk&)>& work);

} // namespace vegadesk::cli

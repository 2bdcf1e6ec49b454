#pragma once

#include <QFile>
#include <QTemporaryDir>

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::faults
{

/// Reads every line of the log as it is written, and whatever else it is shown, for the secrets of the run.
class SecretWatch
{
public:
    /// Sends the log to a file of its own.
    SecretWatch();
    ~SecretWatch();
    SecretWatch(const SecretWatch&) = delete;
    SecretWatch& operator=(const SecretWatch&) = delete;

    void add(std::string_view secret);
    /// Where a secret stands: "log: …"; empty when there is none. Of `text`, and of the log since the last call.
    std::string look(std::string_view place, std::string_view text) const;
    std::string lookAtLog();

private:
    QTemporaryDir m_folder;
    QFile m_log;
    std::vector<std::string> m_secrets; ///< their beginnings, so that a part of one is found too
};

} // namespace vegadesk::faults

#include "faults/secret_watch.h"

#include "base/log.h"

#include <algorithm>

namespace vegadesk::faults
{

namespace
{

constexpr std::size_t tellingLength = 12;

} // namespace

SecretWatch::SecretWatch()
{
    const QString file = m_folder.filePath(QStringLiteral("log"));
    base::log::configure(base::log::Level::Debug, file.toStdString(), false);
    m_log.setFileName(file);
    if (!m_log.open(QIODevice::ReadOnly))
        qFatal("the log cannot be read");
}

SecretWatch::~SecretWatch()
{
    base::log::configure(base::log::Level::Off, {}, false);
}

void SecretWatch::add(std::string_view secret)
{
    std::string beginning(secret.substr(0, tellingLength));
    if (std::ranges::find(m_secrets, beginning) == m_secrets.end())
        m_secrets.push_back(std::move(beginning));
}

std::string SecretWatch::look(std::string_view place, std::string_view text) const
{
    for (const std::string& secret : m_secrets) {
        if (text.find(secret) != std::string_view::npos)
            return std::string(place) + ": a secret of the run is in it";
    }
    return {};
}

std::string SecretWatch::lookAtLog()
{
    if (m_log.size() == m_log.pos())
        return {};
    return look("log", m_log.readAll().toStdString());
}

} // namespace vegadesk::faults

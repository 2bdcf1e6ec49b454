#include "watchdog/halt_file.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <fmt/format.h>

namespace vegadesk::watchdog
{

HaltFile HaltFile::of(const std::string& dataDirectory, std::string_view environment)
{
    return HaltFile(QDir(QString::fromStdString(dataDirectory))
                        .filePath(QString::fromStdString(fmt::format("{}.halt", environment)))
                        .toStdString());
}

bool HaltFile::isThere() const
{
    return !m_path.empty() && QFile::exists(QString::fromStdString(m_path));
}

base::Result<void> HaltFile::write(base::Instant at, std::string_view by) const
{
    const QString name = QString::fromStdString(m_path);
    const std::string words =
        fmt::format("halted {} by {}: resume trading in Vegadesk to remove this file\n", base::formatInstant(at), by);
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(words.data(), static_cast<qint64>(words.size())) >= 0 &&
        file.commit())
        return {};
    // A disk without room for a word may have some for a name.
    QFile empty(name);
    if (isThere() || empty.open(QIODevice::WriteOnly))
        return {};
    return base::fail(base::ErrorKind::Storage, "halt file", m_path, file.errorString().toStdString());
}

base::Result<void> HaltFile::remove() const
{
    if (!isThere())
        return {};
    QFile file(QString::fromStdString(m_path));
    if (file.remove())
        return {};
    return base::fail(base::ErrorKind::Storage, "halt file", m_path, file.errorString().toStdString());
}

} // namespace vegadesk::watchdog

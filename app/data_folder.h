#pragma once

#include <QLockFile>
#include <QString>

#include <memory>

namespace vegadesk
{

/// In the data folder: who has the account, the journal and the settings in it.
inline constexpr auto lockFile = "vegadesk.lock";

/// The data folder of one program at a time: two would write over each other's account, journal and settings. Free again with its
/// end.
class DataFolder
{
public:
    /// Makes the folder where there is none, and takes it.
    explicit DataFolder(const QString& path);

    /// Empty: it is ours. Else why not, for the user.
    const QString& why() const { return m_why; }

private:
    std::unique_ptr<QLockFile> m_lock;
    QString m_why;
};

} // namespace vegadesk

#include "data_folder.h"

#include "base/process.h"

#include <QCoreApplication>
#include <QDir>
#include <QSysInfo>

namespace vegadesk
{

namespace
{

QString inUseWords(const QLockFile& lock, const QString& folder)
{
    qint64 owner = 0;
    QString host, program;
    if (lock.error() == QLockFile::LockFailedError && lock.getLockInfo(&owner, &host, &program) &&
        (host != QSysInfo::machineHostName() || base::isProcessRunning(owner)))
        return QCoreApplication::translate("Start",
                                           "The data folder %1 is in use by another Vegadesk (process %2). Close "
                                           "that one, or choose another folder with --data-dir.")
            .arg(folder)
            .arg(owner);
    return QCoreApplication::translate(
               "Start", "The data folder %1 cannot be written: may it be, and is there room on its disk?")
        .arg(folder);
}

} // namespace

DataFolder::DataFolder(const QString& path)
    : m_lock(std::make_unique<QLockFile>(QDir(path).filePath(QLatin1String(lockFile))))
{
    m_lock->setStaleLockTime(0); // a dead process's lock is void, an old one's is not
    if (!QDir().mkpath(path) || !m_lock->tryLock(0))
        m_why = inUseWords(*m_lock, path);
}

} // namespace vegadesk

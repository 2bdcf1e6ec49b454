#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace vegadesk::tests
{

/// A file system of a few MiB of our own, which can be filled to the last byte: what writes to it then gets the system's own
/// "No space left on device". It is gone with the process. Make it first in main(): a thread keeps what it began with.
class SmallDisk
{
public:
    explicit SmallDisk(int kibibytes)
    {
        const QByteArray size = "size=" + QByteArray::number(kibibytes) + "k,mode=0777";
        // Private: what is mounted here stays here.
        m_isThere = (::unshare(CLONE_NEWNS) == 0 || becomeMounter()) &&
                    isDone("mount a private /", ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) &&
                    isDone("mount a tmpfs", ::mount("none", m_folder.path().toLocal8Bit().constData(), "tmpfs", 0,
                                                    size.constData()) == 0);
    }
    ~SmallDisk()
    {
        if (m_isThere)
            ::umount2(m_folder.path().toLocal8Bit().constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isThere() const { return m_isThere; }
    /// For QSKIP.
    QString whyNot() const
    {
        return QStringLiteral(
                   "nothing is tested of a full disk: no small one of our own can be made here (%1). It takes the "
                   "right to mount, or user name spaces for everybody.")
            .arg(m_why);
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// Takes the room there is but for `left` bytes, in whole pages.
    void fill(qint64 left = 0)
    {
        QFile ballast(path(QStringLiteral("ballast")));
        if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        const QByteArray page(4096, 'x');
        while (ballast.write(page) == page.size()) {
        }
        ballast.resize(std::max<qint64>(0, ballast.size() - left));
    }
    void empty() { QFile::remove(path(QStringLiteral("ballast"))); }

private:
    /// Without the right to mount: a name space where we have it, and are who we were.
    bool becomeMounter()
    {
        const QByteArray user = QByteArray::number(::getuid()), group = QByteArray::number(::getgid());
        const auto write = [](const char* path, const QByteArray& text) {
            QFile file(QString::fromLatin1(path));
            return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size();
        };
        return isDone("unshare", ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) &&
               isDone("write setgroups", write("/proc/self/setgroups", "deny")) &&
               isDone("write uid_map", write("/proc/self/uid_map", user + ' ' + user + " 1")) &&
               isDone("write gid_map", write("/proc/self/gid_map", group + ' ' + group + " 1"));
    }
    /// Keeps the system's reason of the step that failed.
    bool isDone(const char* step, bool isSuccess)
    {
        const int error = errno;
        if (!isSuccess)
            m_why =
                QStringLiteral("%1: %2").arg(QString::fromLatin1(step), QString::fromLocal8Bit(std::strerror(error)));
        return isSuccess;
    }

    QTemporaryDir m_folder;
    bool m_isThere = false;
    QString m_why;
};

/// The tests' disk, see runOnSmallDisk().
inline SmallDisk* disk = nullptr;

/// main() of a test program on a disk of that size. Its initTestCase() skips where disk->isThere() is false.
template<class Test>
int runOnSmallDisk(int kibibytes, int argc, char** argv)
{
    SmallDisk own(kibibytes); // before any thread
    disk = &own;
    QCoreApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace vegadesk::tests

#pragma once

#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

/// A real keyring of its own: a session bus and GNOME's keyring daemon on it, unlocked, in a folder that goes with it. It must
/// outlive every event loop: GLib ends a program whose bus goes away.
namespace vegadesk::test
{

class Keyring
{
public:
    /// False, with the reason in why(), where the programs are not installed.
    bool start()
    {
        const QString bus = QStandardPaths::findExecutable(QStringLiteral("dbus-daemon"));
        const QString keyring = QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon"));
        if (bus.isEmpty() || keyring.isEmpty())
            return fail(QStringLiteral("dbus-daemon and gnome-keyring-daemon are needed"));
        m_bus.start(bus, {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (!m_bus.waitForReadyRead(patience))
            return fail(QStringLiteral("no session bus"));
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
        for (const char* const place :
             {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            qputenv(place, QFile::encodeName(m_folder.path()));
        m_keyring.start(keyring, {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                                  QStringLiteral("--components=secrets")});
        if (!m_keyring.waitForStarted(patience))
            return fail(QStringLiteral("no keyring daemon"));
        m_keyring.write("password of the test");
        m_keyring.waitForBytesWritten(patience);
        m_keyring.closeWriteChannel();
        const QDeadlineTimer deadline(patience);
        while (!isOnBus()) {
            if (deadline.hasExpired() || m_keyring.state() != QProcess::Running)
                return fail(QStringLiteral("the keyring daemon does not come up"));
        }
        return true;
    }
    ~Keyring()
    {
        for (QProcess* const process : {&m_keyring, &m_bus}) {
            process->terminate();
            process->waitForFinished(patience);
        }
    }
    const QString& why() const { return m_why; }

private:
    static bool isOnBus()
    {
        QProcess ask;
        ask.start(QStringLiteral("dbus-send"), {QStringLiteral("--session"), QStringLiteral("--print-reply"),
                                                QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
                                                QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
                                                QStringLiteral("string:org.freedesktop.secrets")});
        return ask.waitForFinished(patience) && ask.readAllStandardOutput().contains("true");
    }
    bool fail(const QString& why)
    {
        m_why = why;
        return false;
    }
    static constexpr int patience = 30'000;
    QTemporaryDir m_folder;
    QProcess m_bus, m_keyring;
    QString m_why;
};

} // namespace vegadesk::test

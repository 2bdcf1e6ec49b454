#include "desk/child_environment.h"

#include <QProcess>

#include <unistd.h>

namespace vegadesk::desk
{

QProcessEnvironment childEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        if (name.startsWith(QLatin1String("TW_")) || name.startsWith(QLatin1String("DB_")))
            environment.remove(name);
    return environment;
}

void keepFromTerminalSignals(QProcess& process)
{
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
}

} // namespace vegadesk::desk

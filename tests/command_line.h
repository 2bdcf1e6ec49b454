#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

/// The real vegadesk-cli, as a shell runs it.
namespace vegadesk::tests
{

struct Outcome {
    int status = -1; ///< -1: it crashed or did not end
    QByteArray output, errors;
};

inline Outcome run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"), arguments);
    if (!process.waitForFinished(100'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace vegadesk::tests

#pragma once

#include "command_line.h"

#include <QFile>
#include <QTemporaryDir>

/// Command lines of backtests and sweeps of two months, counted in a folder of their own.
namespace vegadesk::tests
{

inline QByteArray contentOf(const QString& file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

class BacktestLines
{
public:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QStringList words(const QString& command, const QString& strategy, const QStringList& more) const
    {
        return QStringList{command,
                           QStringLiteral("--strategy"),
                           strategy,
                           QStringLiteral("--start"),
                           QStringLiteral("2023-01-01"),
                           QStringLiteral("--end"),
                           QStringLiteral("2023-02-28"),
                           QStringLiteral("--data-dir"),
                           m_folder.path()} +
               more;
    }
    QStringList backtest(const QString& strategy, const QStringList& more = {}) const
    {
        return words(QStringLiteral("backtest"), strategy, more);
    }
    QStringList sweep(const QStringList& more,
                      const QByteArray& grid = R"({"short_delta": [0.26, 0.3], "profit_target": [0.25, 0.5]})") const
    {
        const QString file = m_folder.filePath(QStringLiteral("grid.json"));
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(grid) != grid.size())
            qFatal("the grid could not be written");
        return words(QStringLiteral("sweep"), QStringLiteral("iron_condor"),
                     QStringList{QStringLiteral("--grid"), file} + more);
    }

private:
    QTemporaryDir m_folder; ///< where runs are counted
};

} // namespace vegadesk::tests

#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace vegadesk::tests
{

struct Finding {
    QString file;    ///< relative to the root
    int line = 0;    ///< from 1
    QString message; ///< what is wrong and what to do instead
};

/// Reads the sources and CMake files under `root` (core/, ui/, app/, tests/) against the rules of the house.
std::vector<Finding> findViolations(const QString& root);
/// What is read; a test that reads nothing proves nothing.
QStringList sourceFiles(const QString& root);
QStringList buildFiles(const QString& root);

} // namespace vegadesk::tests

#pragma once

#include <QRegularExpression>
#include <QTest>

namespace vegadesk::test
{

/// Call from init(): Qt forgets it after every test function. The offscreen platform says of some harmless calls that
/// it does not do them.
inline void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

} // namespace vegadesk::test

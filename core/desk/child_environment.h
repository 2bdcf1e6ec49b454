#pragma once

#include <QProcessEnvironment>

class QProcess;

namespace vegadesk::desk
{

/// What a program of ours that we start needs of our surroundings: everything but the secrets of a real account, which it gets
/// through a pipe where it wants them.
QProcessEnvironment childEnvironment();
/// Ctrl-C in a terminal is for us alone: a program that we start ends when we tell it to, or by the end of its input.
void keepFromTerminalSignals(QProcess& process);

} // namespace vegadesk::desk

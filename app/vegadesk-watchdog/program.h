#pragma once

#include "stop_window.h"

#include "base/clock.h"
#include "tastytrade/qt_transport.h"
#include "watchdog/watchdog.h"

#include <QObject>
#include <QSocketNotifier>

#include <functional>

namespace vegadesk::watchdog
{

/// The watchdog with its window and its pipes: hears Vegadesk on standard input and answers on standard output.
class Program : public QObject
{
    Q_OBJECT

public:
    explicit Program(const QString& lockFile);

    StopWindow& window() { return m_window; }
    const Watchdog& watchdog() const { return m_watchdog; }

Q_SIGNALS:
    void finished();

private:
    void read();

    base::SystemClock m_clock;
    tastytrade::QtScheduler m_scheduler;
    tastytrade::QtTransport m_transport;
    Watchdog m_watchdog;
    StopWindow m_window;
    QSocketNotifier m_input;
};

/// Answers the command line, or runs until there is nothing left to look after; `prepare` finds it before its first event.
int run(int argc, char** argv, const std::function<void(Program&)>& prepare = {});

} // namespace vegadesk::watchdog

// How long the GUI thread needs for a frame while the venue streams at a given rate: the real window, the real venue over
// sockets. Prints the rate that arrived and the frame times; judges nothing, because machines differ.
//   bench_frames [quotes per second = 20000] [seconds = 20]

#include "desk/desk.h"
#include "ui/main_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace vegadesk;

namespace
{

constexpr double settleSeconds = 5; // subscriptions and the first paint of every panel

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
    return values[at];
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const double rate = argc > 1 ? QString::fromLocal8Bit(argv[1]).toDouble() : 20'000;
    const double seconds = argc > 2 ? QString::fromLocal8Bit(argv[2]).toDouble() : 20;
    if (!(rate >= 1 && rate <= 50'000) || !(seconds >= 1 && seconds <= 3600)) {
        std::fprintf(stderr, "bench_frames: quotes per second must be 1 to 50000, seconds 1 to 3600\n");
        return 2;
    }

    QTemporaryDir directory;
    desk::DeskOptions options;
    options.dataDirectory = directory.path();
    options.venueProgram = QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli");
    options.venueRate = rate;
    options.venueSymbolRate = 0;
    desk::Desk desk(options, {});
    desk.start();
    ui::Theme theme;
    theme.apply();
    ui::MainWindow window(desk, theme);
    window.resize(1680, 1020);
    window.show();

    // How late a 5 ms timer fires is how long the event loop was busy: what a click would have waited.
    std::vector<double> delays;
    QElapsedTimer sinceProbe;
    QTimer probe;
    probe.setTimerType(Qt::PreciseTimer);
    constexpr int probeMs = 5;
    QObject::connect(&probe, &QTimer::timeout, &probe, [&] {
        delays.push_back(std::max(0.0, static_cast<double>(sinceProbe.nsecsElapsed()) * 1e-6 - probeMs));
        sinceProbe.restart();
    });

    std::uint64_t eventsAtStart = 0;
    QElapsedTimer clock;
    QObject::connect(&desk, &desk::Desk::chainStreamed, &application, [&] {
        QTimer::singleShot(static_cast<int>(1000 * settleSeconds), &application, [&] {
            window.frames().resetStats();
            eventsAtStart = desk.status()->events;
            clock.start();
            sinceProbe.start();
            probe.start(probeMs);
            QTimer::singleShot(static_cast<int>(1000 * seconds), &application, [&] {
                const double elapsed = static_cast<double>(clock.elapsed()) / 1000;
                const ui::FrameTimer::Stats frames = window.frames().stats();
                std::printf("events/s wanted %.0f, arrived %.0f over %.1f s; %zu subscriptions\n", rate,
                            static_cast<double>(desk.status()->events - eventsAtStart) / elapsed, elapsed,
                            desk.status()->symbols);
                std::printf("frames %.1f/s; time p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n",
                            static_cast<double>(frames.frames) / elapsed, frames.p50Ms, frames.p99Ms, frames.worstMs);
                std::printf("event loop delay p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n", percentile(delays, 0.5),
                            percentile(delays, 0.99), percentile(delays, 1));
                QCoreApplication::exit(0);
            });
        });
    });
    QTimer::singleShot(60'000 + static_cast<int>(1000 * seconds), &application, [] {
        std::fprintf(stderr, "bench_frames: no chain has streamed\n");
        QCoreApplication::exit(1);
    });
    return QApplication::exec();
}

// How a chain as large as SPX's loads and streams: 22,000 contracts from the venue's process over real sockets, quotes alone,
// what is visible first, within the broker's limits. Prints times and memory; judges nothing, because machines differ.
//   bench_large_chain [quotes per second = 20000]

#include "base/clock.h"
#include "base/log.h"
#include "market/option_chain.h"
#include "tastytrade/connection.h"
#include "tastytrade/wire/option_chain.h"
#include "venue/large_listing.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <optional>
#include <unistd.h>

using namespace vegadesk;

namespace
{

constexpr int patienceMs = 400'000;

double residentMegabytes()
{
    std::ifstream file("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    file >> all >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// False when it takes too long.
bool waitFor(const std::function<bool()>& isDone)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone()) {
        if (clock.elapsed() > patienceMs)
            return false;
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

int fail(const char* what)
{
    std::fprintf(stderr, "bench_large_chain: %s\n", what);
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    base::log::configure(base::log::Level::Warning);
    const QByteArray rate = argc > 1 ? QByteArray(argv[1]) : QByteArray("20000");
    const QTemporaryDir folder;
    tests::writeLargeListing(folder.path().toStdString());

    QProcess venue;
    venue.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    venue.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli"),
                {QStringLiteral("venue"), QStringLiteral("--replay"), folder.path(), QStringLiteral("--rate"),
                 QString::fromLatin1(rate), QStringLiteral("--symbol-rate"), QStringLiteral("0")});
    if (!venue.waitForReadyRead(60'000))
        return fail("the venue has not started");
    const QJsonObject ready = QJsonDocument::fromJson(venue.readLine()).object();
    const auto port = static_cast<std::uint16_t>(ready.value(QStringLiteral("port")).toInt());

    const base::SystemClock clock;
    market::Book book;
    tastytrade::ConnectionOptions options;
    options.endpoints = tastytrade::Endpoints::venue(port);
    options.purpose = tastytrade::Purpose::MarketDataOnly;
    const auto made = tastytrade::Connection::make(
        std::move(options),
        tastytrade::Credentials::venue(ready.value(QStringLiteral("token")).toString().toStdString()), clock, book);
    if (!made)
        return fail(made.error().message().c_str());
    tastytrade::Connection& connection = **made;
    connection.start();
    if (!waitFor([&] { return connection.feed().state() == market::FeedState::Live; }))
        return fail("the feed has not connected");

    const double memoryBefore = residentMegabytes();
    QElapsedTimer time;
    time.start();
    std::optional<base::Result<market::ChainDefinition>> chain;
    connection.referenceData().optionChain("SPX", [&](auto answer) { chain = std::move(answer); });
    if (!waitFor([&] { return chain.has_value(); }) || !*chain)
        return fail("the chain has not come");
    const double loadSeconds = static_cast<double>(time.elapsed()) / 1000;
    const market::ChainDefinition& definition = **chain;
    std::vector<market::InstrumentIndex> visible, all;
    std::vector<market::Wanted> wanted;
    for (const market::Instrument& option : definition.options) {
        const bool isVisible = option.option->expiry == definition.options.front().option->expiry;
        const market::InstrumentIndex index = book.add(option);
        all.push_back(index);
        if (isVisible)
            visible.push_back(index);
        wanted.emplace_back(index, isVisible ? market::Need::Visible : market::Need::Chain);
    }
    const double memoryLoaded = residentMegabytes();

    time.restart();
    connection.feed().setWanted(wanted);
    const auto stream = [&](const std::vector<market::InstrumentIndex>& instruments) {
        return std::ranges::all_of(instruments, [&](auto index) { return std::isfinite(book.quote(index).ask); });
    };
    const bool isVisibleDone = waitFor([&] { return stream(visible); });
    const double visibleSeconds = static_cast<double>(time.elapsed()) / 1000;
    const bool isAllDone = isVisibleDone && waitFor([&] { return stream(all); });
    const double allSeconds = static_cast<double>(time.elapsed()) / 1000;
    const tastytrade::CounterValues counters = connection.counters();
    std::printf("contracts %zu; chain loaded by REST in %.2f s\n", definition.options.size(), loadSeconds);
    std::printf("%zu visible ones stream after %.2f s, all %s %.1f s; %.0f events/s at the end\n", visible.size(),
                visibleSeconds, isAllDone ? "after" : "do not after", allSeconds, counters.feedEventsPerSecond);
    std::printf("reconnects %llu, gaps %llu, quarantined %llu, subscriptions %llu\n",
                static_cast<unsigned long long>(counters.reconnects), static_cast<unsigned long long>(counters.gaps),
                static_cast<unsigned long long>(counters.quarantined),
                static_cast<unsigned long long>(counters.subscriptions));
    std::printf("memory %.1f MB before, %.1f MB with the chain, %.1f MB streaming\n", memoryBefore, memoryLoaded,
                residentMegabytes());
    venue.closeWriteChannel();
    venue.waitForFinished(10'000);
    return isAllDone ? 0 : 1;
}

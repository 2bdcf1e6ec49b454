// How a chain as large as SPX's loads and streams: 22,000 contracts from the venue's process over real sockets, what is visible
// first, quotes alone of the rest; as fast as our own venue takes it, and within the broker's limits, which take two minutes.
// Prints times and memory; judges nothing, because machines differ.
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

#include <algorithm>
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

double since(const QElapsedTimer& timer)
{
    return static_cast<double>(timer.nsecsElapsed()) * 1e-9;
}

/// Where the chain's loading time goes.
void measureReading(const market::ChainDefinition& definition)
{
    namespace wire = tastytrade::wire;
    QJsonArray items;
    for (const wire::NestedChain& chain : wire::toNestedChains(definition, base::makeDate(2016, 1, 4)))
        items.append(wire::toJson(chain));
    const QByteArray body = wire::toBytes(wire::itemsEnvelope(items, "/option-chains/SPX/nested"));
    QElapsedTimer time;
    time.start();
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const double parsed = since(time);
    std::vector<wire::NestedChain> chains;
    for (const QJsonValue& item : *wire::itemsOf(object, "chain"))
        chains.push_back(*wire::parseNestedChain(item.toObject()));
    const double read = since(time);
    wire::Equity index;
    index.symbol = "SPX";
    index.isIndex = true;
    const bool isMade = wire::toDefinition(index, chains).has_value();
    std::printf(
        "its %.1f MB of JSON: QJsonDocument %.1f ms, reading the fields %.1f ms, making instruments %.1f ms%s\n",
        static_cast<double>(body.size()) * 1e-6, parsed * 1e3, (read - parsed) * 1e3, (since(time) - read) * 1e3,
        isMade ? "" : " (failed)");
}

/// False when something has not come in time.
bool measureStreaming(std::uint16_t port, const std::string& token, std::optional<tastytrade::FeedSettings> feed)
{
    const base::SystemClock clock;
    market::Book book;
    tastytrade::ConnectionOptions options;
    options.endpoints = tastytrade::Endpoints::venue(port);
    options.purpose = tastytrade::Purpose::MarketDataOnly;
    options.feed = feed;
    const auto made =
        tastytrade::Connection::make(std::move(options), tastytrade::Credentials::venue(token), clock, book);
    if (!made)
        return false;
    tastytrade::Connection& connection = **made;
    connection.start();
    if (!waitFor([&] { return connection.feed().state() == market::FeedState::Live; }))
        return false;

    const double memoryBefore = residentMegabytes();
    QElapsedTimer time;
    time.start();
    std::optional<base::Result<market::ChainDefinition>> chain;
    connection.referenceData().optionChain("SPX", [&](auto answer) { chain = std::move(answer); });
    if (!waitFor([&] { return chain.has_value(); }) || !*chain)
        return false;
    const double loaded = since(time);
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
    std::printf("%zu contracts loaded by REST in %.2f s\n", definition.options.size(), loaded);
    measureReading(definition);

    time.restart();
    connection.feed().setWanted(wanted);
    const auto stream = [&](const std::vector<market::InstrumentIndex>& instruments) {
        return std::ranges::all_of(instruments, [&](auto index) { return std::isfinite(book.quote(index).ask); });
    };
    if (!waitFor([&] { return stream(visible); }))
        return false;
    const double untilVisible = since(time);
    if (!waitFor([&] { return stream(all); }))
        return false;
    const double untilAll = since(time);
    const std::uint64_t eventsBefore = connection.counters().feedEvents;
    QElapsedTimer steady;
    steady.start();
    if (!waitFor([&] { return since(steady) > 5; }))
        return false;
    const tastytrade::CounterValues counters = connection.counters();
    std::printf("%zu visible ones stream after %.2f s, all after %.1f s; then %.0f events/s\n", visible.size(),
                untilVisible, untilAll, static_cast<double>(counters.feedEvents - eventsBefore) / since(steady));
    std::printf("reconnects %llu, gaps %llu, quarantined %llu, subscriptions %llu\n",
                static_cast<unsigned long long>(counters.reconnects), static_cast<unsigned long long>(counters.gaps),
                static_cast<unsigned long long>(counters.quarantined),
                static_cast<unsigned long long>(counters.subscriptions));
    std::printf("memory %.1f MB before, %.1f MB with the chain, %.1f MB streaming\n", memoryBefore, memoryLoaded,
                residentMegabytes());
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

    const std::string token = ready.value(QStringLiteral("token")).toString().toStdString();

    std::printf("As fast as the venue takes it\n");
    bool isDone = measureStreaming(port, token, {});
    std::printf("\nWithin the broker's limits\n");
    std::fflush(stdout);
    isDone = isDone && measureStreaming(port, token, tastytrade::FeedSettings{});
    venue.terminate();
    venue.waitForFinished(10'000);
    return isDone ? 0 : fail("something has not come in time");
}

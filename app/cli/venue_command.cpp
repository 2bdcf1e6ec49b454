#include "command.h"
#include "option_checks.h"

#include "base/log.h"
#include "venue/venue.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vegadesk::cli
{

namespace
{

int signalSockets[2]; // a handler may only write; the event loop reads and ends in an orderly way

extern "C" void onTermination(int)
{
    const char byte = 1;
    static_cast<void>(::write(signalSockets[0], &byte, sizeof byte));
}

class VenueCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--port", m_port, "On 127.0.0.1; 0 takes a free one")->capture_default_str();
        app.add_option("--seed", m_settings.seed, "Of the simulated market")->check(anySeed())->capture_default_str();
        app.add_option("--speed", m_settings.speed, "Venue seconds in one of ours")
            ->check(checkedNumber(1e-6, 1e5, "above 0, up to 100000"))
            ->capture_default_str();
        app.add_option("--rate", m_settings.quotesPerSecond, "Quotes a second, all clients together")
            ->check(checkedNumber(1.0, 2e5, "1 to 200000"))
            ->capture_default_str();
        app.add_option("--symbol-rate", m_settings.quotesPerSymbolPerSecond,
                       "And of these at most so many of one option; 0: no such limit")
            ->check(checkedNumber(0.0, 2e5, "0 to 200000"))
            ->capture_default_str();
        app.add_option("--replay", m_settings.replayFolder,
                       "Folder of recorded quotes instead of the simulated market");
        app.add_option("--faults", m_settings.faultsFile, "File of what is to go wrong, and when (below)");
        app.add_option("--state", m_settings.stateFile, "File that keeps the account; none: it ends with the venue");
        app.add_flag("--skip-closed-hours", m_settings.skipClosedHours,
                     "From a close jump to just before the next open");
        app.add_flag("--tls", m_settings.usesTls, "https and wss, with a certificate made for this run");
        app.add_flag("--exit-with-parent", m_endsWithInput, "End when standard input closes");
        app.footer(
            "Prints one line of JSON with its addresses when it is ready, and one whenever its clock jumps; what a "
            "client needs, it says to a person on standard error too. Its token, which is client secret and "
            "refresh token at once, is taken from VEGADESK_VENUE_TOKEN, else made up.\n"
            "Example: vegadesk-cli venue --port 8100 --seed 7 --speed 10\n\n"
            "A file of faults is JSON: {\"seed\": 7, \"faults\": [\n"
            "  {\"at\": 30, \"for\": 5, \"set\": {\"feed-silent\": true}},\n"
            "  {\"at\": {\"every\": 60, \"chance\": 0.2}, \"do\": \"cut-connections\"}]}\n"
            "Times are seconds since the start. \"set\" takes answer-delay-ms, failing-status with failing-count and "
            "failing-page, dropped-requests, lost-order-answers, lost-order-requests, half-open, feed-silent, "
            "account-silent, doubled-notices, reordered-notices, nan-quotes and crossed-quotes (every n-th), "
            "schema-drift, session-offline; \"do\" is cut-connections, expire-tokens or reset-account. The same seed "
            "draws the same faults.\n\n"
            "With the token as its bearer, POST /venue/clock stops the clock ({\"paused\": true}), changes its pace "
            "({\"speed\": 20}) or sets it ({\"to\": \"2026-01-05T15:00:00Z\"}): ahead, and back while the account has "
            "no "
            "order, no position and no --state.");
    }

    int run(int argc, char** argv) override
    {
        if (m_port < 0 || m_port > 65'535)
            return complain("--port", std::to_string(m_port), "0 to 65535");
        m_settings.port = static_cast<std::uint16_t>(m_port);
        if (const char* const token = std::getenv("VEGADESK_VENUE_TOKEN"))
            m_settings.token = token;
        if (!m_settings.token.empty())
            base::log::hide(m_settings.token);

        QCoreApplication application(argc, argv);
        venue::Venue venue(m_settings);
        if (const auto started = venue.start(); !started)
            return complain(started.error());

        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalSockets) == 0) {
            auto* const notifier = new QSocketNotifier(signalSockets[1], QSocketNotifier::Read, &application);
            QObject::connect(notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
            std::signal(SIGINT, onTermination);
            std::signal(SIGTERM, onTermination);
        }
        if (m_endsWithInput) {
            QObject::connect(&venue, &venue::Venue::inputClosed, &application, &QCoreApplication::quit);
            QObject::connect(&venue, &venue::Venue::inputRefused, &venue, [](const QString& why) {
                say(QJsonDocument(QJsonObject{{QStringLiteral("event"), QStringLiteral("refused")},
                                              {QStringLiteral("refused"), why}})
                        .toJson(QJsonDocument::Compact));
            });
            venue.watchStandardInput();
        }
        say(venue.readyLine());
        if (!m_endsWithInput) // nobody reads the errors of a child as they come
            tellPerson(venue);
        QObject::connect(&venue, &venue::Venue::clockMoved, &venue, [&venue] { say(venue.clockLine()); });
        return QCoreApplication::exec();
    }

private:
    static void tellPerson(const venue::Venue& venue)
    {
        const auto line = [](const char* what, const std::string& value) {
            if (!value.empty())
                fmt::print(stderr, "  {:<17}{}\n", what, value);
        };
        fmt::print(stderr, "The exchange is open. A client needs:\n");
        line("base URL", venue.restUrl().toStdString());
        line("account streamer", venue.accountStreamerUrl().toStdString());
        line("client secret", venue.token());
        line("refresh token", venue.token());
        line("certificate", venue.certificateFile().toStdString());
        fmt::print(stderr, "Ctrl+C ends it.\n");
    }
    static void say(const QByteArray& line)
    {
        fmt::print("{}\n", line.toStdString());
        std::fflush(stdout);
    }

    venue::VenueSettings m_settings;
    int m_port = 0;
    bool m_endsWithInput = false;
};

} // namespace

std::unique_ptr<Command> venueCommand()
{
    return std::make_unique<VenueCommand>();
}

} // namespace vegadesk::cli

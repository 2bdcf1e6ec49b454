#include "command.h"
#include "data_folder.h"
#include "interrupt.h"
#include "option_checks.h"

#include "base/environment.h"
#include "desk/desk.h"
#include "history/store/chain_store.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <limits>
#include <memory>
#include <optional>

namespace vegadesk::cli
{

namespace
{

class RecordCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--underlying", m_underlying, "Whose chain")->capture_default_str()->check(notEmpty());
        app.add_option("--to", m_store, "Folder that the chain files go to, one a day; what it holds stays")
            ->required()
            ->check(notEmpty());
        app.add_option("--every", m_everySeconds, "Seconds of the market's time between two pictures, 1 to 86400")
            ->check(checkedNumber(1.0, 86'400.0, "1 to 86400"))
            ->capture_default_str();
        app.add_option("--snapshots", m_snapshots, "Ends after so many; 0: goes on until it is interrupted")
            ->capture_default_str();
        app.add_option("--environment", m_environment, "venue, certification or hybrid; keys come from the environment")
            ->capture_default_str();
        app.add_option("--data-dir", m_folder, "Where account, journal and settings live: the window's, unless given")
            ->check(notEmpty());
        app.add_option("--seed", m_seed, "Seed of the simulated market, as the window's")->check(anySeed());
        app.add_flag("--skip-closed-hours", m_skipsClosedHours,
                     "The simulated exchange's clock jumps to the next open");
        app.footer(
            "Records what the window would show: quotes with their times and flags, within the broker's limits on\n"
            "subscriptions. Nothing is recorded while no quote is new. No order is sent.\n"
            "Example: vegadesk-cli record --underlying SPY --to chains --every 60\n"
            "         vegadesk-cli backtest --strategy iron_condor --data chains");
    }

    int run(int argc, char** argv) override
    {
        std::optional<desk::Environment> place;
        for (const auto each : {desk::Environment::Venue, desk::Environment::Certification, desk::Environment::Hybrid})
            if (desk::toText(each) == m_environment)
                place = each;
        if (!place)
            return complain("--environment", m_environment, "venue, certification or hybrid");
        auto environment = base::readEnvironment();
        if (!environment)
            return complain(environment.error());

        const QCoreApplication application(argc, argv);
        QCoreApplication::setApplicationName(QStringLiteral("vegadesk"));
        const QString folder = m_folder.empty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                                : QString::fromStdString(m_folder);
        const DataFolder ours(folder);
        if (!ours.why().isEmpty()) {
            fmt::print(stderr, "vegadesk-cli: {}\n", ours.why().toStdString());
            return failed;
        }
        answerInterrupts({SIGINT, SIGTERM});
        if (const int status = record(folder, *place, std::move(*environment)); status != succeeded)
            return status;
        return tell();
    }

private:
    int record(const QString& folder, desk::Environment place, base::Environment environment) const
    {
        desk::DeskOptions options;
        options.dataDirectory = folder;
        options.venueProgram = QCoreApplication::applicationFilePath();
        options.seed = m_seed;
        options.venueSkipsClosedHours = m_skipsClosedHours;
        options.recordFolder = QString::fromStdString(m_store);
        options.recordEvery = base::Nanos(static_cast<std::int64_t>(1e9 * m_everySeconds));
        desk::Desk desk(std::move(options), std::move(environment));
        QObject::connect(&desk, &desk::Desk::noticed, &desk, [](const desk::Notice& notice) {
            if (notice.level != desk::NoticeLevel::Info)
                fmt::print(stderr, "vegadesk-cli: {}\n", notice.text);
        });
        desk.start();
        if (place != desk::Environment::Venue)
            if (const auto switched = desk.switchTo(place); !switched)
                return complain(switched.error());
        bool isAsked = false;
        const std::size_t most = m_snapshots > 0 ? m_snapshots : std::numeric_limits<std::size_t>::max();
        std::size_t recorded = 0;
        while (!wasInterrupted() && recorded < most) {
            QEventLoop loop;
            QTimer::singleShot(50, &loop, &QEventLoop::quit);
            loop.exec();
            const auto status = desk.status();
            if (!isAsked && status->environment == place && status->feed == desk::Light::Live) {
                desk.showChain(QString::fromStdString(m_underlying));
                isAsked = true;
            }
            if (status->recorded != recorded) {
                recorded = status->recorded;
                fmt::print(stderr, "\r{} pictures of {} ", recorded, m_underlying);
            }
        }
        fmt::print(stderr, "\n");
        return succeeded; // what is not on the disk yet is written as the desk ends
    }

    int tell() const
    {
        const auto stored = history::ChainStore(m_store).open(m_underlying);
        if (!stored)
            return complain(stored.error());
        fmt::print("{} holds {} pictures of {}\n", m_store, (*stored)->snapshotCount(), m_underlying);
        return succeeded;
    }

    std::string m_underlying = "SPY", m_store, m_environment = "venue", m_folder;
    double m_everySeconds = 60;
    std::size_t m_snapshots = 0;
    std::uint64_t m_seed = 0;
    bool m_skipsClosedHours = false;
};

} // namespace

std::unique_ptr<Command> recordCommand()
{
    return std::make_unique<RecordCommand>();
}

} // namespace vegadesk::cli

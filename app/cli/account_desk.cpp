#include "account_desk.h"
#include "data_folder.h"
#include "option_checks.h"

#include "base/environment.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

desk::DeskOptions options(const QString& folder, std::uint64_t seed)
{
    desk::DeskOptions options;
    options.dataDirectory = folder;
    options.venueProgram = QCoreApplication::applicationFilePath();
    options.seed = seed;
    return options;
}

} // namespace

bool waitFor(const std::function<bool()>& isDone, int patienceMs)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone() && clock.elapsed() < patienceMs) {
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return isDone();
}

std::string money(double value)
{
    return std::isnan(value) ? "not known" : std::isinf(value) ? "unlimited" : fmt::format("{:.2f}", value);
}

void AccountWords::describe(CLI::App& app)
{
    app.add_option("--environment", environment, "venue, certification or live; keys come from the environment")
        ->capture_default_str();
    app.add_option("--data-dir", folder, "Where account, journal and settings live: the window's, unless given")
        ->check(notEmpty());
    app.add_option("--seed", seed, "Seed of the simulated market, as the window's")->check(anySeed());
}

base::Result<desk::Environment> AccountWords::place() const
{
    for (const auto each : {desk::Environment::Venue, desk::Environment::Certification, desk::Environment::Live})
        if (desk::toText(each) == environment)
            return each;
    return base::badInput("--environment", environment, "venue, certification or live");
}

AccountDesk::AccountDesk(const QString& folder, std::uint64_t seed, base::Environment environment)
    : m_desk(options(folder, seed), std::move(environment))
{
    QObject::connect(&m_desk, &desk::Desk::noticed, &m_desk, [this](const desk::Notice& notice) {
        if (notice.level != desk::NoticeLevel::Info)
            m_said.push_back(notice.text);
    });
}

int AccountDesk::giveUp(std::string_view what) const
{
    fmt::print(stderr, "vegadesk-cli: {}\n", what);
    for (const std::string& text : m_said)
        fmt::print(stderr, "  {}\n", text);
    return failed;
}

int AccountDesk::connect(desk::Environment environment, std::string_view otherwise)
{
    m_desk.start();
    if (environment != desk::Environment::Venue)
        if (const auto switched = m_desk.switchTo(environment); !switched)
            return complain(switched.error());
    const bool isThere = waitFor(
        [&] {
            const auto trading = m_desk.trading();
            const auto status = m_desk.status();
            return status->environment == environment && status->orders == desk::Light::Live &&
                   std::isfinite(trading->netLiquidation) && !trading->isStale &&
                   trading->reconciledAt != base::Instant{};
        },
        answerMs);
    return isThere ? succeeded
                   : giveUp(fmt::format("{}: no account within a minute. {}", otherwise, m_desk.status()->why));
}

int withAccount(int argc, char** argv, const AccountWords& words, std::string_view otherwise,
                const std::function<int(AccountDesk&)>& work)
{
    const auto place = words.place();
    if (!place)
        return complain(place.error());
    auto environment = base::readEnvironment();
    if (!environment)
        return complain(environment.error());
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("vegadesk"));
    const QString folder = words.folder.empty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                                : QString::fromStdString(words.folder);
    const DataFolder ours(folder);
    if (!ours.why().isEmpty()) {
        fmt::print(stderr, "vegadesk-cli: {}\n", ours.why().toStdString());
        return failed;
    }
    AccountDesk desk(folder, words.seed, std::move(*environment));
    if (const int status = desk.connect(*place, otherwise); status != succeeded)
        return status;
    return work(desk);
}

} // namespace vegadesk::cli

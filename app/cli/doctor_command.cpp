#include "command.h"

#include "process_start.h"

#include "base/clock.h"
#include "desk/desk.h"
#include "storage/sqlite_journal.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <vector>

namespace vegadesk::cli
{

namespace
{

enum class Verdict { Good, Notice, Bad };

struct Finding {
    std::string what;
    Verdict verdict = Verdict::Good;
    std::string text;
    double seconds = std::nan(""); ///< of what was timed
};

/// Runs the event loop until `isDone` or the time is over.
bool waitFor(const std::function<bool()>& isDone, int patienceMs)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone() && clock.elapsed() < patienceMs) {
        QEventLoop loop;
        QTimer::singleShot(2, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return isDone();
}

std::string processorUnits()
{
#if defined(__x86_64__)
    std::string units = "x86-64-v2";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        units += ", AVX2 and FMA";
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        units += ", AVX-512";
    return units;
#else
    return QSysInfo::currentCpuArchitecture().toStdString();
#endif
}

/// Asks the keychain for something that is not there: "not found" is the answer of one that works.
Finding checkKeychain()
{
    QKeychain::ReadPasswordJob job(QStringLiteral("vegadesk-doctor"));
    job.setAutoDelete(false);
    job.setKey(QStringLiteral("nothing"));
    bool isDone = false;
    QObject::connect(&job, &QKeychain::Job::finished, &job, [&] { isDone = true; });
    job.start();
    waitFor([&] { return isDone; }, 3'000);
    if (isDone && (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound))
        return {"keychain", Verdict::Good, "answers"};
    return {"keychain", Verdict::Notice,
            "no secret service answers here (" + (isDone ? job.errorString().toStdString() : "no answer in 3 s") +
                "); credentials come from the environment (TW_CLIENT_SECRET, TW_REFRESH_TOKEN)"};
}

Finding checkEnvironment()
{
    const auto environment = base::readEnvironment();
    if (!environment)
        return {"environment", Verdict::Bad, environment.error().message()};
    std::string text =
        environment->hasSandboxKeys() ? "sandbox credentials set" : "no credentials: the simulated exchange is used";
    for (const std::string& notice : environment->notices)
        text += "; " + notice;
    return {"environment", environment->notices.empty() ? Verdict::Good : Verdict::Notice, text};
}

/// A journal in `directory`: opened, written, synced, read back.
Finding checkDatabase(const QString& directory)
{
    if (!QDir().mkpath(directory))
        return {"database", Verdict::Bad, "cannot make the folder " + directory.toStdString()};
    const std::string file = QDir(directory).filePath(QStringLiteral("doctor.sqlite")).toStdString();
    QObject context;
    bool isDone = false;
    base::Result<void> written;
    Finding finding{"database", Verdict::Bad, {}};
    {
        auto journal = storage::SqliteJournal::open({.file = file, .executor = [&](std::function<void()> work) {
                                                         QMetaObject::invokeMethod(&context, std::move(work),
                                                                                   Qt::QueuedConnection);
                                                     }});
        if (!journal) {
            finding.text = journal.error().message();
            return finding;
        }
        QElapsedTimer clock;
        clock.start();
        (*journal)->append({base::SystemClock().now(), "doctor", "check", "{}"}, [&](base::Result<void> result) {
            written = std::move(result);
            isDone = true;
        });
        waitFor([&] { return isDone; }, 10'000);
        finding.seconds = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
        if (!isDone)
            finding.text = "no answer from " + file + " within 10 s";
        else if (!written)
            finding.text = written.error().message();
        else if (const auto records = (*journal)->readAll(); !records || records->empty())
            finding.text = records ? "what was written is not there" : records.error().message();
        else
            finding = {"database", Verdict::Good,
                       fmt::format("SQLite journal in {}: one record on disk", directory.toStdString()),
                       finding.seconds};
    }
    for (const QString& name : QDir(directory).entryList({QStringLiteral("doctor.sqlite*")}, QDir::Files))
        QFile::remove(QDir(directory).filePath(name));
    return finding;
}

class DoctorCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_flag("--json", m_isJson, "For machines");
        app.footer(
            "Checks this machine: versions, processor, keychain, database, and a round trip through the simulated "
            "exchange.\nExample: vegadesk-cli doctor");
    }

    int run(int argc, char** argv) override
    {
        QCoreApplication application(argc, argv);
        m_findings.push_back({"version", Verdict::Good,
                              fmt::format("Vegadesk {}, Qt {}, {}", VEGADESK_VERSION, qVersion(),
                                          QSysInfo::prettyProductName().toStdString())});
        m_findings.push_back({"processor", Verdict::Good, processorUnits()});
        m_findings.push_back(checkEnvironment());
        m_findings.push_back(checkKeychain());
        const QTemporaryDir scratch;
        m_findings.push_back(checkDatabase(scratch.path()));
        checkVenue(scratch.path());
        return print();
    }

private:
    /// The venue as a child, logged in to, its chain streaming, and a dry run there and back.
    void checkVenue(const QString& directory)
    {
        constexpr int patienceMs = 30'000;
        const base::Instant started = processStart();
        const auto sinceStart = [&] { return base::seconds(base::SystemClock().now() - started); };
        QElapsedTimer own;
        own.start();

        desk::DeskOptions options;
        options.dataDirectory = directory;
        options.venueProgram = QCoreApplication::applicationFilePath();
        desk::Desk desk(options, {});
        std::string lastNotice;
        QObject::connect(&desk, &desk::Desk::noticed, &desk,
                         [&](const desk::Notice& notice) { lastNotice = notice.text; });
        double firstChain = std::nan("");
        QObject::connect(&desk, &desk::Desk::chainStreamed, &desk, [&] { firstChain = sinceStart(); });
        const double before = sinceStart();
        desk.start();
        if (!waitFor([&] { return std::isfinite(firstChain); }, patienceMs)) {
            m_findings.push_back(
                {"venue", Verdict::Bad, "no chain has streamed within 30 s. " + lastNotice + " " + desk.status()->why});
            return;
        }
        m_findings.push_back(
            {"first chain", Verdict::Good,
             fmt::format("streaming {:.2f} s after the desk's start (without a window); this process had run "
                         "{:.2f} s of other checks before",
                         firstChain - before, before),
             firstChain - before});

        const auto isPriced = [&] {
            return desk.trading()->orders.size() + desk.trading()->groups.size() > 0 && !desk.trading()->isStale;
        };
        const auto view = desk.chain();
        portfolio::OrderIntent intent;
        for (const desk::ChainRow& row : view->rows) {
            if (!row.call.symbol.empty() && row.strike >= view->spot && row.call.ask > 0) {
                intent.underlying = view->underlying;
                intent.legs = {
                    {row.call.symbol, market::InstrumentType::EquityOption, portfolio::Action::BuyToOpen, 1}};
                intent.price =
                    base::Decimal::fromDouble(std::round(row.call.ask * 100) / 100).value_or(base::Decimal());
                intent.effect = portfolio::PriceEffect::Debit;
                break;
            }
        }
        if (intent.legs.empty() || !waitFor(isPriced, patienceMs)) {
            m_findings.push_back({"venue", Verdict::Bad, "the account did not answer. " + lastNotice});
            return;
        }
        const std::uint64_t request = desk.requestDryRun(intent);
        const auto isAnswered = [&] { return desk.dryRun()->request == request && desk.dryRun()->isDone; };
        if (!waitFor(isAnswered, patienceMs) || !desk.dryRun()->result) {
            m_findings.push_back({"venue", Verdict::Bad, "a dry run failed: " + desk.dryRun()->failure});
            return;
        }
        m_findings.push_back({"venue", Verdict::Good,
                              fmt::format("account {} answers; a dry run there and back took {:.0f} ms",
                                          desk.trading()->account, 1000 * desk.dryRun()->seconds),
                              desk.dryRun()->seconds});
    }

    int print() const
    {
        bool isHealthy = true;
        QJsonArray checks;
        for (const Finding& finding : m_findings) {
            isHealthy = isHealthy && finding.verdict != Verdict::Bad;
            const char* const word = finding.verdict == Verdict::Good     ? "ok"
                                     : finding.verdict == Verdict::Notice ? "note"
                                                                          : "FAIL";
            if (!m_isJson)
                fmt::print("{:<5} {:<12} {}\n", word, finding.what, finding.text);
            QJsonObject check{{QStringLiteral("check"), QString::fromStdString(finding.what)},
                              {QStringLiteral("verdict"), QString::fromLatin1(word).toLower()},
                              {QStringLiteral("text"), QString::fromStdString(finding.text)}};
            if (std::isfinite(finding.seconds))
                check.insert(QStringLiteral("seconds"), finding.seconds);
            checks.append(check);
        }
        if (m_isJson)
            fmt::print("{}", QJsonDocument(QJsonObject{{QStringLiteral("healthy"), isHealthy},
                                                       {QStringLiteral("checks"), checks}})
                                 .toJson()
                                 .toStdString());
        return isHealthy ? succeeded : failed;
    }

    bool m_isJson = false;
    std::vector<Finding> m_findings;
};

} // namespace

std::unique_ptr<Command> doctorCommand()
{
    return std::make_unique<DoctorCommand>();
}

} // namespace vegadesk::cli

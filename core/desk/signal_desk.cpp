#include "desk/signal_desk.h"

#include "desk/live_signals.h"
#include "desk/risk_analyst.h"
#include "desk/thread_priority.h"
#include "learning/doors/signal_plugin.h"
#include "learning/doors/signal_series.h"
#include "learning/doors/signal_targets.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

namespace vegadesk::desk
{

namespace
{

namespace ms = learning::market_signals;

// The command line's demonstrations are of the same days.
const base::Date demonstrationFrom = base::makeDate(2015, 1, 2), demonstrationTo = base::makeDate(2024, 12, 31);

QFileInfoList filesIn(const std::string& folder)
{
    const QString ending = QString::fromUtf8(ms::signalEnding.data(), static_cast<qsizetype>(ms::signalEnding.size()));
    return QDir(QString::fromStdString(folder)).entryInfoList({u'*' + ending}, QDir::Files, QDir::Name);
}

/// Null: not read before, or not as it is now.
const SignalFolder::File* knownFile(const SignalFolder& before, const QFileInfo& info)
{
    const auto found = before.files.find(info.completeBaseName().toStdString());
    const bool isKnown = found != before.files.end() && found->second.changed == info.lastModified() &&
                         found->second.bytes == info.size();
    return isKnown ? &found->second : nullptr;
}

bool isUnchanged(const SignalFolder& before, const QFileInfoList& files)
{
    return static_cast<std::size_t>(files.size()) == before.files.size() &&
           std::ranges::all_of(files, [&before](const QFileInfo& file) { return knownFile(before, file) != nullptr; });
}

SignalRow rowOf(const ms::SignalInfo& info)
{
    SignalRow row;
    row.target = std::string(ms::infoOf(info.target).name);
    row.source = info.source;
    row.trainedUntil = info.trainedUntil;
    row.area = info.area;
    row.areaLow = info.areaLow;
    row.areaHigh = info.areaHigh;
    row.chance = info.chance;
    row.brier = info.brier;
    row.brierOfRate = info.brierOfRate;
    row.hasSignal = info.hasSignal;
    row.isDemonstration = info.isDemonstration;
    for (const ms::FeatureShare& each : info.importance)
        row.importance.push_back({each.feature, each.share});
    return row;
}

SignalFolder::File readFile(const QFileInfo& info)
{
    SignalFolder::File file;
    file.changed = info.lastModified();
    file.bytes = info.size();
    const std::string path = info.absoluteFilePath().toStdString();
    const auto library = ms::loadSignals();
    auto model = library ? (*library)->load(path) : tl::make_unexpected(library.error());
    if (model) {
        file.model = *std::move(model);
        file.row = rowOf(file.model->info());
    } else {
        file.row.failure = model.error().message();
    }
    file.row.name = info.completeBaseName().toStdString();
    file.row.file = path;
    return file;
}

SignalToday todayOf(const ms::Signal& model, const SignalDays& days, const std::stop_token& stop)
{
    SignalToday today;
    today.underlying = days.underlying;
    const std::vector<ms::HistoryDay> history = days.bars ? historyOf(*days.bars) : std::vector<ms::HistoryDay>();
    if (history.empty())
        return today;
    const auto series = ms::followed(model, history, stop);
    if (!series) {
        today.gap = SignalGap::Failed;
        today.why = series.error().message();
        return today;
    }
    const ms::Prediction& last = series->predictions.back();
    today.lastDay = history.back().date;
    today.session = last.session;
    today.missing = last.missing;
    if (last.isInSample)
        today.gap = SignalGap::InSample;
    else
        today.gap = std::isfinite(last.probability) ? SignalGap::None : SignalGap::Missing;
    if (today.gap == SignalGap::None)
        today.probability = last.probability;
    return today;
}

SignalDesk::Folder readFolder(const std::string& folder, const SignalDesk::Folder& before, const SignalDays& days,
                              const std::stop_token& stop)
{
    const QFileInfoList files = filesIn(folder);
    const bool areDaysNew = days != before->days;
    if (!areDaysNew && isUnchanged(*before, files))
        return before;
    auto now = std::make_shared<SignalFolder>();
    now->days = days;
    for (const QFileInfo& info : files) {
        if (stop.stop_requested())
            return before;
        const SignalFolder::File* const known = knownFile(*before, info);
        SignalFolder::File file = known ? *known : readFile(info);
        if (file.model && (areDaysNew || !known))
            file.row.today = todayOf(*file.model, days, stop);
        const std::string name = file.row.name;
        now->files.emplace(name, std::move(file));
    }
    return now;
}

base::Result<void> trainDemonstration(const std::string& folder, const std::string& targetName,
                                      const std::stop_token& stop, const SignalDesk::Progress& progress)
{
    const auto target = ms::targetNamed(targetName);
    if (!target)
        return tl::make_unexpected(target.error());
    const auto library = ms::loadSignals();
    if (!library)
        return tl::make_unexpected(library.error());
    if (!QDir().mkpath(QString::fromStdString(folder)))
        return base::fail(base::ErrorKind::Storage, "signals folder", folder, "a folder that can be made");
    ms::TrainingRequest request;
    // Only chains tell a skew.
    request.history.kind =
        *target == ms::Target::SkewReverts ? ms::HistoryRequest::Kind::Chains : ms::HistoryRequest::Kind::Generated;
    request.history.underlying = RiskAnalyst::index;
    request.history.from = demonstrationFrom;
    request.history.to = demonstrationTo;
    request.target = *target;
    request.modelPath = ms::signalFile(folder, SignalDesk::demonstrationName(targetName));
    const auto trained = (*library)->train(request, stop, progress);
    return trained ? base::Result<void>() : tl::make_unexpected(trained.error());
}

} // namespace

std::vector<std::string> signalTargets()
{
    std::vector<std::string> names;
    for (const ms::TargetInfo& each : ms::targets())
        names.emplace_back(each.name);
    return names;
}

std::string SignalDesk::demonstrationName(std::string_view target)
{
    return "demonstration_" + std::string(target);
}

SignalDesk::Work SignalDesk::workOn(std::string folder)
{
    return {[folder](const Folder& before, const SignalDays& days, const std::stop_token& stop) {
                return readFolder(folder, before, days, stop);
            },
            [folder](const std::string& target, const std::stop_token& stop, const Progress& progress) {
                return trainDemonstration(folder, target, stop, progress);
            }};
}

SignalDesk::SignalDesk(std::string folder, Work work) : m_work(std::move(work))
{
    m_now.folder = std::move(folder);
    publish();
}

SignalDesk::~SignalDesk()
{
    m_stopReading.request_stop();
    m_stopTraining.request_stop();
    m_reading.waitForFinished();
    m_trained.waitForFinished();
}

void SignalDesk::follow(const SignalDays& days)
{
    takeTraining();
    takeFolder();
    publish();
    const auto now = std::chrono::steady_clock::now();
    const bool isDue = !m_nextLook || now >= *m_nextLook || days != m_folder->days;
    if (m_reading.isValid() || !isDue)
        return;
    m_nextLook = now + lookEvery;
    m_reading = QtConcurrent::run([read = m_work.read, before = m_folder, days, stop = m_stopReading.get_token()] {
        giveWay();
        try {
            return read(before, days, stop);
        } catch (const std::exception& exception) { // a mistake of ours, or no memory: the panel must hear of it
            auto failed = std::make_shared<SignalFolder>();
            failed->days = days;
            failed->failure = exception.what();
            return Folder(std::move(failed));
        }
    });
}

void SignalDesk::takeFolder()
{
    if (!m_reading.isValid() || !m_reading.isFinished())
        return;
    const Folder read = m_reading.result();
    m_reading = {};
    if (read == m_folder && m_now.isRead)
        return;
    m_folder = read;
    m_now.isRead = true;
    m_now.failure = read->failure;
    m_now.rows.clear();
    for (const auto& [name, file] : read->files)
        m_now.rows.push_back(file.row);
    m_hasNews = true;
}

void SignalDesk::train(const std::string& target)
{
    takeTraining();
    if (m_trained.isValid())
        return;
    m_stopTraining = {};
    m_progress = std::make_shared<std::atomic<double>>(0);
    m_now.training = {SignalTraining::State::Running, demonstrationName(target), 0, {}};
    m_hasNews = true;
    m_trained = QtConcurrent::run(
        [train = m_work.train, target, done = m_progress, stop = m_stopTraining.get_token()]() -> base::Result<void> {
            giveWay();
            try {
                return train(target, stop, [&done](double part) { *done = part; });
            } catch (const std::exception& exception) {
                return base::fail(base::ErrorKind::Internal, "training", target, "", exception.what());
            }
        });
    publish();
}

void SignalDesk::cancelTraining()
{
    if (m_now.training.state != SignalTraining::State::Running)
        return;
    m_stopTraining.request_stop();
    m_now.training.state = SignalTraining::State::Cancelling;
    m_hasNews = true;
    publish();
}

void SignalDesk::takeTraining()
{
    if (!m_trained.isValid())
        return;
    SignalTraining& training = m_now.training;
    if (!m_trained.isFinished()) {
        const double before = std::exchange(training.progress, m_progress->load());
        m_hasNews = m_hasNews || training.progress != before;
        return;
    }
    const base::Result<void> trained = m_trained.result();
    m_trained = {};
    m_hasNews = true;
    m_nextLook.reset();
    if (trained) {
        training.state = SignalTraining::State::Finished;
        training.progress = 1;
    } else if (trained.error().kind == base::ErrorKind::Cancelled) {
        training.state = SignalTraining::State::Cancelled;
    } else {
        training.state = SignalTraining::State::Failed;
        training.failure = trained.error().message();
    }
}

void SignalDesk::publish()
{
    if (std::exchange(m_hasNews, false))
        m_view.store(std::make_shared<const SignalsView>(m_now));
}

} // namespace vegadesk::desk

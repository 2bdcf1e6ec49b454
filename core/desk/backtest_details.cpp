#include "desk/backtest_details.h"

#include "desk/backtest_view.h"
#include "desk/report_files.h"
#include "desk/thread_priority.h"
#include "desk/trade_picture.h"
#include "storage/trial_store.h"
#include "strategies/rules/rules_file.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

namespace vegadesk::desk
{

namespace
{

OpenedRules readRules(const QString& file)
{
    OpenedRules out;
    const auto info = strategies::loadRules(std::string(strategies::rulesPrefix) + file.toStdString());
    if (!info) {
        out.failure = info.error().message();
        return out;
    }
    out.option = {info->name, info->title, info->about, info->parameters};
    return out;
}

TrialsView newestTrials(const std::string& file, int count)
{
    TrialsView out;
    const auto trials =
        storage::TrialStore::open(file).and_then([count](const auto& store) { return store->newest(count); });
    if (!trials) {
        out.failure = trials.error().message();
        return out;
    }
    for (const storage::StoredTrial& trial : *trials)
        out.trials.push_back(trialView(trial));
    return out;
}

} // namespace

BacktestDetails::BacktestDetails(const QString& dataDirectory, QObject* parent)
    : QObject(parent),
      m_trialsFile(QDir(dataDirectory).filePath(QLatin1String(storage::TrialStore::fileName)).toStdString())
{
    qRegisterMetaType<OpenedRules>();
    qRegisterMetaType<TrialsView>();
    qRegisterMetaType<std::shared_ptr<const TradePicture>>();
}

BacktestDetails::~BacktestDetails()
{
    for (auto& [number, question] : m_questions)
        question.stop.request_stop();
    for (auto& [number, question] : m_questions)
        question.work.waitForFinished();
}

quint64 BacktestDetails::ask(std::function<Tell(quint64, const std::stop_token&)> work)
{
    const quint64 number = ++m_last;
    Question& question = m_questions[number];
    question.work = QtConcurrent::run([this, number, work = std::move(work), stop = question.stop.get_token()] {
        giveWay();
        Tell tell = work(number, stop);
        QMetaObject::invokeMethod(
            this,
            [this, number, tell = std::move(tell)] {
                const auto asked = m_questions.find(number);
                const bool isWanted = !asked->second.stop.stop_requested();
                m_questions.erase(asked);
                if (isWanted)
                    tell();
            },
            Qt::QueuedConnection);
    });
    return number;
}

void BacktestDetails::forget(quint64 question)
{
    if (const auto asked = m_questions.find(question); asked != m_questions.end())
        asked->second.stop.request_stop();
}

quint64 BacktestDetails::openRules(const QString& file)
{
    return ask([this, file = QFileInfo(file).absoluteFilePath()](quint64 number, const std::stop_token&) -> Tell {
        return [this, number, rules = readRules(file)] { Q_EMIT rulesOpened(number, rules); };
    });
}

quint64 BacktestDetails::readTrade(const Report& report, std::size_t trade, TradeMoment moment)
{
    return ask([this, report, trade, moment](quint64 number, const std::stop_token& stop) -> Tell {
        auto picture = std::make_shared<TradePicture>();
        try {
            *picture = tradePicture(report->request, report->trades.at(trade), moment, stop);
        } catch (const std::exception& exception) {
            picture->failure = exception.what(); // a mistake of ours, or no memory: the window must hear of it
        }
        return [this, number, picture] { Q_EMIT tradeRead(number, picture); };
    });
}

quint64 BacktestDetails::readTrials(int count)
{
    return ask([this, count](quint64 number, const std::stop_token&) -> Tell {
        return [this, number, trials = newestTrials(m_trialsFile, count)] { Q_EMIT trialsRead(number, trials); };
    });
}

quint64 BacktestDetails::save(const Report& report, ReportFormat format, const QString& file)
{
    return ask([this, report, format, file](quint64 number, const std::stop_token&) -> Tell {
        const auto written = report->full ? writeReport(*report->full, format, file.toStdString())
                                          : base::fail(base::ErrorKind::NotFound, "report", "", "it did not run");
        const QString failure = written ? QString() : QString::fromStdString(written.error().message());
        return [this, number, file, failure] { Q_EMIT saved(number, file, failure); };
    });
}

} // namespace vegadesk::desk

#pragma once

#include "desk/backtest_views.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>

namespace vegadesk::desk
{

/// What a person asks of backtests besides running them: a trade's chain as it was, earlier runs, files. Everything is read and
/// written on the global thread pool; each question gets a number, and its answer carries it. Lives on the GUI thread.
class BacktestDetails : public QObject
{
    Q_OBJECT

public:
    using Report = std::shared_ptr<const BacktestReport>;

    /// Trials are those of that data folder.
    explicit BacktestDetails(const QString& dataDirectory, QObject* parent = nullptr);
    /// Stops what can be stopped and waits for all of it.
    ~BacktestDetails() override;

    /// A rules file as a strategy; rulesOpened() follows.
    quint64 openRules(const QString& file);
    /// The chain and payoff of one of the report's trades; tradeRead() follows, unless it is forgotten before.
    quint64 readTrade(const Report& report, std::size_t trade, TradeMoment moment);
    /// The newest runs that were counted; trialsRead() follows.
    quint64 readTrials(int count);
    /// Writes the report; saved() follows.
    quint64 save(const Report& report, ReportFormat format, const QString& file);
    /// Nobody waits for that answer any more.
    void forget(quint64 question);

Q_SIGNALS:
    void rulesOpened(quint64 question, const vegadesk::desk::OpenedRules& rules);
    void tradeRead(quint64 question, std::shared_ptr<const vegadesk::desk::TradePicture> picture);
    void trialsRead(quint64 question, const vegadesk::desk::TrialsView& trials);
    /// `failure` is empty where the file was written.
    void saved(quint64 question, const QString& file, const QString& failure);

private:
    struct Question {
        std::stop_source stop;
        QFuture<void> work;
    };
    using Tell = std::function<void()>;
    /// `work` runs on the pool, and what it answers on this thread.
    quint64 ask(std::function<Tell(quint64 question, const std::stop_token& stop)> work);

    const std::string m_trialsFile;
    std::map<quint64, Question> m_questions;
    quint64 m_last = 0;
};

} // namespace vegadesk::desk

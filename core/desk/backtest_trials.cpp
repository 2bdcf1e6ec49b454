#include "desk/backtest_trials.h"

#include "backtest/trials.h"
#include "base/clock.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

std::string compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

storage::StoredTrial storedTrial(const backtest::Report& report)
{
    QJsonObject settings, metrics;
    for (const backtest::Setting& setting : backtest::settingsOf(report.config))
        settings.insert(QString::fromStdString(setting.name), QString::fromStdString(setting.value));
    settings.insert(QStringLiteral("underlying"), QString::fromStdString(report.underlying));
    settings.insert(QStringLiteral("data"), QString::fromStdString(report.data));
    settings.insert(QStringLiteral("data_hash"), QString::fromStdString(report.dataHash));
    settings.insert(QStringLiteral("first"), QString::fromStdString(base::formatDate(report.first)));
    settings.insert(QStringLiteral("last"), QString::fromStdString(base::formatDate(report.last)));
    for (const backtest::Metric& metric : report.metrics) {
        QJsonObject one{{QStringLiteral("unit"), QString::fromStdString(metric.unit)}};
        one.insert(QStringLiteral("value"), std::isfinite(metric.value) ? QJsonValue(metric.value) : QJsonValue());
        metrics.insert(QString::fromStdString(metric.id), one);
    }
    storage::StoredTrial trial;
    trial.content = backtest::contentHash(report.config, report.dataHash);
    trial.family = backtest::familyOf(report.config.strategy, report.underlying, report.origin);
    trial.settings = compact(settings);
    trial.metrics = compact(metrics);
    trial.dailySharpe = backtest::dailySharpe(report);
    trial.at = base::SystemClock().now();
    return trial;
}

std::vector<backtest::Metric> metricsOf(const storage::StoredTrial& trial)
{
    const QJsonObject stored = QJsonDocument::fromJson(QByteArray::fromStdString(trial.metrics)).object();
    std::vector<backtest::Metric> metrics;
    for (auto each = stored.begin(); each != stored.end(); ++each) {
        const QJsonObject one = each.value().toObject();
        metrics.push_back({each.key().toStdString(), one.value(QLatin1String("unit")).toString().toStdString(),
                           one.value(QLatin1String("value")).toDouble(market::unknown)});
    }
    return metrics;
}

base::Result<void> judgeByTrials(storage::TrialStore& store, backtest::Report& report)
{
    const auto known = store.find(backtest::contentHash(report.config, report.dataHash));
    if (!known)
        return tl::make_unexpected(known.error());
    const auto figures = store.figures(
        *known ? (*known)->family : backtest::familyOf(report.config.strategy, report.underlying, report.origin));
    if (!figures)
        return tl::make_unexpected(figures.error());
    backtest::judge(report, {std::max<std::size_t>(1, figures->count), figures->sharpeVariance});
    return {};
}

base::Result<void> countTrial(storage::TrialStore& store, backtest::Report& report)
{
    if (!report.isCancelled) {
        if (const auto added = store.add(storedTrial(report)); !added)
            return tl::make_unexpected(added.error());
    }
    return judgeByTrials(store, report);
}

} // namespace vegadesk::desk

#include "backtest/signal_days.h"

#include "history/price_path.h"
#include "learning/doors/signal_plugin.h"
#include "learning/doors/signal_targets.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace vegadesk::backtest
{

namespace
{

namespace signals = learning::market_signals;
using signals::HistoryRequest;
using signals::SignalSeries;

constexpr std::chrono::days before{5 * 366};

/// The days of each kind of history, once for all models of a run.
class DaysByKind
{
public:
    DaysByKind(const signals::SignalLibrary& library, const HistoryRequest& request, const std::stop_token& stop)
        : m_library(library), m_request(request), m_stop(stop)
    {
    }

    base::Result<const signals::FollowedDays*> of(const signals::SignalInfo& info)
    {
        HistoryRequest request = m_request;
        if (request.kind == HistoryRequest::Kind::Generated && info.needsChains)
            request.kind = HistoryRequest::Kind::Chains;
        if (const auto known = m_days.find(request.kind); known != m_days.end())
            return &known->second;
        auto days = m_library.days(request, m_stop);
        if (!days)
            return tl::make_unexpected(days.error());
        return &(m_days[request.kind] = *std::move(days));
    }

private:
    const signals::SignalLibrary& m_library;
    const HistoryRequest& m_request;
    const std::stop_token& m_stop;
    std::map<HistoryRequest::Kind, signals::FollowedDays> m_days;
};

base::Result<std::shared_ptr<const SignalSeries>> seriesOf(const signals::Signal& signal, DaysByKind& days,
                                                           const std::stop_token& stop)
{
    const auto known = days.of(signal.info());
    if (!known)
        return tl::make_unexpected(known.error());
    auto series = signals::followed(signal, (*known)->days, stop);
    if (!series)
        return tl::make_unexpected(series.error());
    series->source = (*known)->source;
    return std::make_shared<const SignalSeries>(*std::move(series));
}

std::string sampleSentence(const FollowedSignal& signal, base::Date first, base::Date last)
{
    std::size_t sessions = 0, inSample = 0;
    for (const signals::Prediction& each : signal.series->predictions) {
        const bool isOfRun = each.session >= first && each.session <= last;
        sessions += isOfRun ? 1 : 0;
        inSample += isOfRun && each.isInSample ? 1 : 0;
    }
    if (inSample == 0)
        return {};
    return fmt::format(
        "The signal {} was trained on days until {}: {} of {} sessions of this run are in sample, where it gives "
        "no forecast and nothing was opened.",
        signal.name, base::formatDate(signal.series->info.trainedUntil), inSample, sessions);
}

} // namespace

HistoryRequest simulatedDays(std::string_view underlying, base::Date from, base::Date to, std::uint64_t seed)
{
    HistoryRequest request;
    request.kind = HistoryRequest::Kind::Generated;
    request.underlying = underlying;
    request.from = std::max(from - before, history::firstSimulatedDate);
    request.to = to;
    request.marketSeed = seed;
    return request;
}

HistoryRequest daysOf(const Config& config, std::string_view chainsFolder, std::string_view underlying,
                      std::uint64_t seed)
{
    if (chainsFolder.empty())
        return simulatedDays(underlying, config.from.value_or(history::firstSimulatedDate),
                             config.to.value_or(history::lastSimulatedDate), seed);
    HistoryRequest request;
    request.kind = HistoryRequest::Kind::Chains;
    request.folder = chainsFolder;
    request.underlying = underlying;
    return request;
}

base::Result<void> followSignals(Config& config, const SignalSources& sources, const std::stop_token& stop)
{
    const auto info = strategyOf(config);
    if (!info)
        return tl::make_unexpected(info.error());
    const std::vector<std::string> names = strategies::signalNames(**info, config.filter);
    config.signals.clear();
    if (names.empty())
        return {};
    const auto library = signals::loadSignals();
    if (!library)
        return tl::make_unexpected(library.error());
    DaysByKind days(**library, sources.history, stop);
    for (const std::string& name : names) {
        const auto signal = (*library)->load(signals::signalFile(sources.folder, name));
        const bool isFiltered = config.filter && config.filter->name == name;
        if (!signal && (isFiltered || signal.error().kind != base::ErrorKind::NotFound))
            return tl::make_unexpected(signal.error());
        if (!signal) {
            config.signals.push_back({name, nullptr, "there is no model of that name"});
            continue;
        }
        const auto series = seriesOf(**signal, days, stop);
        if (!series)
            return tl::make_unexpected(series.error());
        config.signals.push_back({name, *series, {}});
    }
    return {};
}

signals::SignalReading readingOf(const FollowedSignal& signal, base::Date session)
{
    if (!signal.series)
        return {market::unknown, signal.gap};
    return signals::readingOf(*signal.series, session, false);
}

std::string modelOf(const SignalSeries& series)
{
    return fmt::format("{} {} seed {}, followed by {}", signals::infoOf(series.info.target).name, series.info.dataHash,
                       series.info.seed, series.source);
}

std::string filterSentence(const strategies::SignalRule& filter)
{
    return fmt::format("Entries needed {}.", strategies::describe(filter));
}

std::vector<std::string> signalSentences(const Config& config, base::Date first, base::Date last)
{
    std::vector<std::string> lines;
    if (config.filter)
        lines.push_back(filterSentence(*config.filter));
    for (const FollowedSignal& each : config.signals) {
        if (!each.series)
            continue;
        const signals::SignalInfo& info = each.series->info;
        lines.push_back(fmt::format("The signal {} asks: {} {}{}{}", each.name, signals::infoOf(info.target).question,
                                    info.verdict, info.demonstration.empty() ? "" : " ", info.demonstration));
        if (each.series->source != info.source)
            lines.push_back(fmt::format("The signal {} was taught by {}, and followed by {}.", each.name, info.source,
                                        each.series->source));
        if (auto line = sampleSentence(each, first, last); !line.empty())
            lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace vegadesk::backtest

#include "learning/signals/library.h"

#include "history/importers.h"
#include "history/market_generator.h"
#include "learning/signals/importance_plot.h"
#include "learning/signals/model_file.h"

#include <cmath>

namespace vegadesk::learning::market_signals
{

namespace
{

std::string plotOf(const SignalInfo& info)
{
    return importancePlot(info.importance, infoOf(info.target).title);
}

class Stream final : public SignalStream
{
public:
    explicit Stream(std::shared_ptr<const StoredSignal> signal)
        : m_signal(std::move(signal)),
          m_builder(featuresNamed(m_signal->schema.features).value(), m_signal->schema.regimesByImplied)
    {
    }

    base::Result<Prediction> add(const HistoryDay& day) override
    {
        if (const auto added = m_builder.add(day); !added)
            return tl::make_unexpected(added.error());
        Prediction prediction;
        prediction.session = m_builder.session();
        prediction.isInSample = prediction.session <= m_signal->info.trainedUntil;
        const std::vector<double> values = m_builder.features();
        std::vector<float> row;
        for (std::size_t at = 0; at < values.size(); ++at) {
            row.push_back(static_cast<float>(values[at]));
            if (!std::isfinite(values[at]))
                prediction.missing.push_back(m_signal->schema.features[at]);
        }
        if (!prediction.missing.empty())
            return prediction;
        const auto probability = m_signal->model.probabilities(row);
        if (!probability)
            return tl::make_unexpected(probability.error());
        prediction.probability = probability->front();
        return prediction;
    }

private:
    std::shared_ptr<const StoredSignal> m_signal;
    FeatureBuilder m_builder;
};

class Loaded final : public Signal
{
public:
    explicit Loaded(StoredSignal signal) : m_signal(std::make_shared<const StoredSignal>(std::move(signal))) {}
    const SignalInfo& info() const override { return m_signal->info; }
    std::unique_ptr<SignalStream> follow() const override { return std::make_unique<Stream>(m_signal); }
    std::string importanceSvg() const override { return plotOf(m_signal->info); }

private:
    std::shared_ptr<const StoredSignal> m_signal;
};

base::Result<HistoryTable> historyOf(const HistoryRequest& request, const std::stop_token& stop)
{
    switch (request.kind) {
    case HistoryRequest::Kind::DailyFiles:
        return readDailyFiles(request.barsPath, request.volatilityPath);
    case HistoryRequest::Kind::Generated:
        return generatedHistory(request.underlying, request.from, request.to, request.marketSeed);
    case HistoryRequest::Kind::Chains:
        break;
    }
    if (!request.folder.empty()) {
        const auto source = history::openSoundChains(request.folder, request.underlying, stop);
        return source ? tableOfChains(**source, stop) : tl::make_unexpected(source.error());
    }
    const auto source =
        history::GeneratedChainSource::make(request.underlying, request.from, request.to, request.marketSeed);
    return source ? tableOfChains(**source, stop) : tl::make_unexpected(source.error());
}

class Library final : public SignalLibrary
{
public:
    base::Result<TrainedSignal> train(const TrainingRequest& request, const std::stop_token& stop,
                                      const std::function<void(double)>& progress) const override
    {
        const auto table = historyOf(request.history, stop);
        if (!table)
            return tl::make_unexpected(table.error());
        const auto trained = trainSignal(*table, request.target, request.settings, stop, progress);
        if (!trained)
            return tl::make_unexpected(trained.error());
        if (!request.modelPath.empty())
            if (const auto saved = saveSignal(request.modelPath, *trained); !saved)
                return tl::make_unexpected(saved.error());
        TrainedSignal out{infoOf(trained->report), {}};
        out.info.reportJson = jsonOf(trained->report);
        out.importanceSvg = plotOf(out.info);
        return out;
    }

    base::Result<FollowedDays> days(const HistoryRequest& request, const std::stop_token& stop) const override
    {
        auto table = historyOf(request, stop);
        if (!table)
            return tl::make_unexpected(table.error());
        return FollowedDays{std::move(table->days), std::move(table->source)};
    }

    base::Result<std::unique_ptr<Signal>> load(const std::string& path) const override
    {
        auto stored = loadSignal(path);
        if (!stored)
            return tl::make_unexpected(stored.error());
        return std::make_unique<Loaded>(std::move(*stored));
    }

    base::Result<void> mayBeArmedLive(const SignalInfo& info) const override
    {
        return market_signals::mayBeArmedLive(info);
    }
};

} // namespace

const SignalLibrary& signalLibrary()
{
    static const Library library;
    return library;
}

} // namespace vegadesk::learning::market_signals

#include "learning/doors/signal_series.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr std::size_t namedMost = 3;

std::string missingWords(const std::vector<std::string>& missing)
{
    const auto some = std::span(missing).first(std::min(missing.size(), namedMost));
    return fmt::format("the days before do not tell {}{}", fmt::join(some, ", "),
                       missing.size() > namedMost ? " and more" : "");
}

} // namespace

const Prediction* SignalSeries::of(base::Date session) const
{
    const auto found = std::ranges::lower_bound(predictions, session, {}, &Prediction::session);
    return found == predictions.end() || found->session != session ? nullptr : &*found;
}

base::Result<SignalSeries> followed(const Signal& signal, std::span<const HistoryDay> days, const std::stop_token& stop)
{
    SignalSeries series;
    series.info = signal.info();
    const auto stream = signal.follow();
    for (const HistoryDay& day : days) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "signal", "", "cancelled");
        auto prediction = stream->add(day);
        if (!prediction)
            return tl::make_unexpected(prediction.error());
        series.predictions.push_back(*std::move(prediction));
    }
    return series;
}

SignalReading readingOf(const SignalSeries& series, base::Date session, bool isLive)
{
    SignalReading reading;
    const Prediction* const prediction = series.of(session);
    if (isLive && series.info.isDemonstration)
        reading.gap = "it is a demonstration, and orders go to a real market";
    else if (!prediction)
        reading.gap = "the session before is not among its days";
    else if (prediction->isInSample)
        reading.gap =
            fmt::format("it was trained on days until {}: no forecast", base::formatDate(series.info.trainedUntil));
    else if (!prediction->missing.empty())
        reading.gap = missingWords(prediction->missing);
    else if (!std::isfinite(prediction->probability))
        reading.gap = "it gives no probability";
    else
        reading.probability = prediction->probability;
    return reading;
}

std::string signalFile(std::string_view folder, std::string_view nameOrPath)
{
    if (nameOrPath.find('/') != std::string_view::npos || nameOrPath.ends_with(signalEnding))
        return std::string(nameOrPath);
    return fmt::format("{}/{}{}", folder, nameOrPath, signalEnding);
}

} // namespace vegadesk::learning::market_signals

#include "desk/live_signals.h"

#include "learning/doors/signal_plugin.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>

namespace vegadesk::desk
{

namespace
{

namespace ms = learning::market_signals;

} // namespace

std::vector<ms::HistoryDay> historyOf(const std::vector<market::Candle>& days)
{
    std::vector<ms::HistoryDay> out;
    for (const market::Candle& candle : days) {
        if (!(candle.close > 0))
            continue;
        ms::HistoryDay& day = out.emplace_back();
        // A daily bar is stamped with midnight UTC of its date.
        day.date = base::Date(std::chrono::floor<std::chrono::days>(candle.time.time_since_epoch()));
        day.close = candle.close;
        const bool isRange = candle.low > 0 && candle.low <= std::min(candle.open, candle.close) &&
                             candle.high >= std::max(candle.open, candle.close);
        if (isRange) {
            day.open = candle.open;
            day.high = candle.high;
            day.low = candle.low;
        }
        if (candle.impliedVolatility > 0)
            day.implied = candle.impliedVolatility;
    }
    return out;
}

LiveSignals::Read LiveSignals::reader(std::string folder)
{
    return [folder = std::move(folder)](const std::string& name, const Days& days,
                                        const std::stop_token& stop) -> base::Result<Series> {
        const auto library = ms::loadSignals();
        if (!library)
            return tl::make_unexpected(library.error());
        const auto signal = (*library)->load(ms::signalFile(folder, name));
        if (!signal)
            return tl::make_unexpected(signal.error());
        auto series = ms::followed(**signal, historyOf(days), stop);
        if (!series)
            return tl::make_unexpected(series.error());
        return std::make_shared<const ms::SignalSeries>(*std::move(series));
    };
}

LiveSignals::~LiveSignals()
{
    for (auto& [key, followed] : m_followed)
        followed.stop.request_stop();
    for (auto& [key, followed] : m_followed)
        followed.work.waitForFinished();
}

void LiveSignals::setDays(const std::string& underlying, Days days)
{
    m_days[underlying] = std::make_shared<const Days>(std::move(days));
    for (auto& [key, followed] : m_followed) {
        if (key.second == underlying)
            followed.isAsked = false;
    }
}

void LiveSignals::follow(const std::set<Key>& wanted)
{
    for (const Key& key : wanted) {
        Followed& followed = m_followed[key];
        if (followed.work.isValid() && !followed.work.isFinished())
            continue;
        if (followed.work.isValid()) {
            const auto read = followed.work.result();
            followed.work = {};
            followed.series = read ? *read : nullptr;
            followed.gap = read ? std::string() : read.error().message();
        }
        const auto days = m_days.find(key.second);
        if (days == m_days.end()) {
            followed.gap = "its days have not come yet";
            continue;
        }
        if (std::exchange(followed.isAsked, true))
            continue;
        followed.work = QtConcurrent::run([read = m_read, name = key.first, days = days->second,
                                           stop = followed.stop.get_token()] { return read(name, *days, stop); });
    }
}

bool LiveSignals::isReading() const
{
    return std::ranges::any_of(
        m_followed, [](const auto& each) { return each.second.work.isValid() && !each.second.work.isFinished(); });
}

ms::SignalReading LiveSignals::of(const Key& key, base::Date session, bool isLive) const
{
    const auto followed = m_followed.find(key);
    if (followed == m_followed.end())
        return {market::unknown, "its model is being read"};
    if (!followed->second.series)
        return {market::unknown, followed->second.gap};
    return ms::readingOf(*followed->second.series, session, isLive);
}

base::Result<void> mayTradeLive(const std::string& folder, const std::vector<std::string>& names)
{
    if (names.empty())
        return {};
    const auto library = ms::loadSignals();
    if (!library)
        return tl::make_unexpected(library.error());
    for (const std::string& name : names) {
        const auto signal = (*library)->load(ms::signalFile(folder, name));
        if (!signal)
            return tl::make_unexpected(signal.error());
        if (auto allowed = (*library)->mayBeArmedLive((*signal)->info()); !allowed)
            return allowed;
    }
    return {};
}

} // namespace vegadesk::desk

#pragma once

#include "learning/doors/signal_series.h"
#include "market/quote.h"

#include <QFuture>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::desk
{

/// What trained models say of the sessions of the underlyings that strategies trade. Models are read and followed on the global pool;
/// everything else is the owner's thread.
class LiveSignals
{
public:
    using Series = std::shared_ptr<const learning::market_signals::SignalSeries>;
    using Days = std::vector<market::Candle>;
    using Read = std::function<base::Result<Series>(const std::string& name, const Days& days, const std::stop_token&)>;
    using Key = std::pair<std::string, std::string>; ///< name, underlying

    /// Models by name are files of `folder`.
    explicit LiveSignals(std::string folder) : LiveSignals(reader(std::move(folder))) {}
    /// Tests put their own in the place of the plugin.
    explicit LiveSignals(Read read) : m_read(std::move(read)) {}
    /// Stops what is read, and waits for it: that is soon.
    ~LiveSignals();
    LiveSignals(const LiveSignals&) = delete;
    LiveSignals& operator=(const LiveSignals&) = delete;

    /// Completed days with their bars, oldest first. What was followed by older ones is followed anew.
    void setDays(const std::string& underlying, Days days);
    /// Takes what has come, and begins to read what is wanted and new.
    void follow(const std::set<Key>& wanted);
    bool isReading() const;
    /// By the close of the day before; never in sample, and nothing of a demonstration where `isLive`.
    learning::market_signals::SignalReading of(const Key& key, base::Date session, bool isLive) const;

    static Read reader(std::string folder);

private:
    struct Followed {
        std::stop_source stop;
        QFuture<base::Result<Series>> work; ///< that is not over
        bool isAsked = false;               ///< by these days
        Series series;
        std::string gap = "its model is being read";
    };

    const Read m_read;
    std::map<std::string, std::shared_ptr<const Days>> m_days;
    std::map<Key, Followed> m_followed;
};

/// Bars as a model takes them; what is not known is left out.
std::vector<learning::market_signals::HistoryDay> historyOf(const std::vector<market::Candle>& days);

/// Refused where one of these models cannot be read, or is a demonstration. Reads their files.
base::Result<void> mayTradeLive(const std::string& folder, const std::vector<std::string>& names);

} // namespace vegadesk::desk

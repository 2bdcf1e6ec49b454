#pragma once

#include "base/error.h"
#include "learning/doors/signal_types.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

/// All that a program sees of signals: values and three interfaces, so that it loads what links XGBoost when it is first asked.
namespace vegadesk::learning::market_signals
{

/// Where days to learn from come from.
struct HistoryRequest {
    enum class Kind : std::uint8_t {
        DailyFiles, ///< barsPath and volatilityPath: CSV, plain or gzip
        Generated,  ///< of the simulated market: a demonstration
        Chains ///< of a folder (see `vegadesk-cli import`), or the simulated market's where that is empty: these know a skew
    };
    Kind kind = Kind::DailyFiles;
    std::string barsPath, volatilityPath;
    std::string folder;
    std::string underlying;  ///< of Generated and Chains
    base::Date from{}, to{}; ///< of the simulated market
    std::uint64_t marketSeed = 1;
};

struct FollowedDays {
    std::vector<HistoryDay> days; ///< ascending
    std::string source;           ///< in words
};

struct TrainingRequest {
    HistoryRequest history;
    Target target{};
    TrainingSettings settings;
    std::string modelPath; ///< where the signal is written; empty: nowhere
};

struct TrainedSignal {
    SignalInfo info;
    std::string importanceSvg;
};

/// Follows a market day by day. One thread at a time.
class SignalStream
{
public:
    virtual ~SignalStream() = default;
    /// The probability for the session after `day`. It takes all days from about four years before the first that matters: regimes are
    /// learnt from what was told and a forecast of volatility looks at 1,000 days, and until then features are missing or others.
    /// Errors: a date not after the last one, impossible figures; the day is then left out.
    virtual base::Result<Prediction> add(const HistoryDay& day) = 0;
};

class Signal
{
public:
    virtual ~Signal() = default;
    virtual const SignalInfo& info() const = 0;
    virtual std::unique_ptr<SignalStream> follow() const = 0;
    virtual std::string importanceSvg() const = 0;
};

class SignalLibrary
{
public:
    virtual ~SignalLibrary() = default;
    /// Seconds to a minute; stops soon after a stop request. `progress` is told 0 to 1 on the calling thread.
    virtual base::Result<TrainedSignal> train(const TrainingRequest& request, const std::stop_token& stop,
                                              const std::function<void(double)>& progress) const = 0;
    /// The days that training would learn from. Errors: those of the files, the store or the simulated market; Cancelled.
    virtual base::Result<FollowedDays> days(const HistoryRequest& request, const std::stop_token& stop) const = 0;
    /// Errors: a file that is missing, damaged, or of another schema, saying what differs.
    virtual base::Result<std::unique_ptr<Signal>> load(const std::string& path) const = 0;
    /// Refused for a demonstration.
    virtual base::Result<void> mayBeArmedLive(const SignalInfo& info) const = 0;
};

} // namespace vegadesk::learning::market_signals

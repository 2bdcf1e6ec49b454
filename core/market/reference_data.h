#pragma once

#include "base/error.h"
#include "market/option_chain.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::market
{

/// News of bars that somebody follows: all of them, or those that changed or came. Ascending.
struct CandleUpdate {
    bool isWhole = false;
    std::vector<Candle> candles{};
};

/// What the broker says of an underlying beside its prices; each part may be missing.
struct UnderlyingMetrics {
    std::string symbol{};
    double impliedVolatilityRank = unknown; ///< within the last year, 0 to 1
    double beta = unknown;                  ///< the broker's, to the S&P 500
    double dividend = unknown;              ///< the next one, or else the last, dollars a share
    std::vector<base::Date> exDates{};      ///< of the last dividend and the next, in any order; both may be long past
    std::optional<base::Date> earnings{};   ///< expected
};

/// Definitions that change once a day at most.
class ReferenceData
{
public:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

    virtual ~ReferenceData() = default;
    virtual void optionChain(const std::string& underlying, Done<ChainDefinition> done) = 0;
    virtual void candles(const std::string& symbol, const std::string& period, base::Instant from,
                         Done<std::vector<Candle>> done) = 0;
    /// Bars that are kept up to date while the handle is kept: first all of them, then what changes or comes; all of them again
    /// after a new connection. A period that is none brings nothing.
    [[nodiscard]] virtual std::shared_ptr<void> followCandles(const std::string& symbol, const std::string& period,
                                                              base::Instant from,
                                                              std::function<void(CandleUpdate)> changed) = 0;
};

} // namespace vegadesk::market

#pragma once

#include "base/error.h"
#include "market/option_chain.h"

#include <functional>
#include <string>
#include <vector>

namespace vegadesk::market
{

/// News of bars that somebody follows: all of them, or those that changed or came. Ascending.
struct CandleUpdate {
    bool isWhole = false;
    std::vector<Candle> candles{};
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
};

} // namespace vegadesk::market

#pragma once

#include "history/market_generator.h"

#include <chrono>
#include <cstdint>

namespace vegadesk::tests
{

inline const history::SimulatedUnderlying& name(const char* symbol)
{
    return *history::findSimulated(symbol);
}

inline market::OptionChain chainAt(const char* symbol, base::Date date, std::chrono::seconds time,
                                   std::uint64_t seed = 3)
{
    history::MarketGenerator generator(seed);
    market::OptionChain chain;
    generator.snapshot(name(symbol), market::fromNewYork(date, time), chain);
    return chain;
}

} // namespace vegadesk::tests

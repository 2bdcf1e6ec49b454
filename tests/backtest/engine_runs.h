#pragma once

#include "backtest/engine.h"
#include "backtest/generated_source.h"
#include "history/market_generator.h"

#include <QtGlobal>

#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

using backtest::Report;

inline backtest::Config configFor(std::string_view strategy,
                                  const std::vector<std::pair<std::string, std::string>>& set = {})
{
    backtest::Config config = backtest::configure(strategy).value();
    for (const auto& [name, text] : set) {
        if (const auto done = config.parameters.setText(name, text); !done)
            qFatal("%s", done.error().message().c_str());
    }
    return config;
}

inline std::unique_ptr<history::GeneratedChainSource>
generated(base::Date from, base::Date to, std::string_view underlying = "SPY", std::uint64_t seed = 1)
{
    return history::GeneratedChainSource::make(underlying, from, to, seed).value();
}

inline Report runOver(const backtest::Config& config, base::Date from, base::Date to,
                      std::string_view underlying = "SPY")
{
    const auto source = backtest::generatedSource(config.strategy, underlying, from, to, 1).value();
    auto report = backtest::run(config, *source);
    if (!report)
        qFatal("%s", report.error().message().c_str());
    return *std::move(report);
}

inline bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

inline constexpr base::Date january = base::makeDate(2023, 1, 1);

} // namespace vegadesk::tests

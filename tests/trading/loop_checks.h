#pragma once

#include "risk/wide_limits.h"
#include "strategies/make.h"
#include "trading/rig.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

inline constexpr market::InstrumentType option = market::InstrumentType::EquityOption;
inline constexpr market::InstrumentType shares = market::InstrumentType::Equity;

/// With room for what is not about the limits of one trade.
struct WideRig : Rig {
    explicit WideRig(TestMarket start = {})
        : Rig(std::move(start), standard(), testing::wideLimits(risk::Tolerance::Moderate))
    {
    }
};

inline bool has(const risk::GateRefusals& refusals, std::string_view code)
{
    return std::ranges::any_of(refusals.reasons, [&](const risk::Refusal& reason) { return reason.code == code; });
}

inline bool near(double a, double b, double tolerance = 1e-6)
{
    return std::abs(a - b) <= tolerance;
}

inline std::size_t count(const std::vector<base::JournalRecord>& records, std::string_view kind)
{
    return static_cast<std::size_t>(std::ranges::count(records, kind, &base::JournalRecord::kind));
}

} // namespace vegadesk::tests

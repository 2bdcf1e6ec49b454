#pragma once

#include "risk/wide_limits.h"
#include "trading/rig.h"

/// What tests of the simulated broker call things by.
namespace vegadesk::tests
{

inline constexpr market::InstrumentType option = market::InstrumentType::EquityOption;
inline constexpr market::InstrumentType shares = market::InstrumentType::Equity;

/// What the broker does is looked at, not what the gate lets through.
inline const risk::Limits wide = testing::wideLimits(risk::Tolerance::Moderate);

inline base::Decimal decimal(const char* text)
{
    return base::Decimal::parse(text).value();
}

} // namespace vegadesk::tests

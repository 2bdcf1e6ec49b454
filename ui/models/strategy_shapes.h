#pragma once

#include "ui/models/staged_order.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <span>

namespace vegadesk::ui
{

/// What traders call these legs ("Iron condor", "Put credit spread"), from a table of shapes; empty when no shape fits.
/// Sizes count per unit, stock per 100 shares, strikes and expirations by their order.
QString strategyName(std::span<const StagedLeg> legs);

/// How many times the legs hold their strategy; none when no shape fits.
std::optional<std::int64_t> strategyUnits(std::span<const StagedLeg> legs);

/// What an order does, by the strategy it does it to: "Iron condor" for one that opens it, "Closes iron condor", "Reduces long
/// call", "Rolls short put", "Closes short call, opens long put". Empty when no shape fits one that opens, or when it
/// closes and the effect is not known yet.
QString orderName(std::span<const StagedLeg> legs, std::optional<portfolio::OrderEffect> effect);

} // namespace vegadesk::ui

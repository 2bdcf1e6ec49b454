#pragma once

#include "ui/models/staged_order.h"

#include <QString>

#include <span>

namespace vegadesk::ui
{

/// What traders call these legs ("Iron condor", "Put credit spread"), from a table of shapes; empty when no shape fits.
/// Sizes count per unit, stock per 100 shares, strikes and expirations by their order.
QString strategyName(std::span<const StagedLeg> legs);

} // namespace vegadesk::ui

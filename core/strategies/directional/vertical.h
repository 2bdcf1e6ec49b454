#pragma once

#include "base/parameters.h"
#include "strategies/strategy.h"
#include "strategies/structure/structure.h"

#include <vector>

namespace vegadesk::strategies
{

enum class Direction : std::uint8_t { Up, Down };

/// Deltas of a vertical's legs: of one that is sold for a credit, and of one that is paid for.
void addVerticalSpecs(std::vector<base::ParameterSpec>& specs);
/// Two options of one right and expiry. Up for a credit is a put spread sold below the spot, up for a debit a call spread bought
/// around it; down is the mirror.
Structure verticalOf(const base::Parameters& parameters, Direction direction, bool isCredit);

/// A view on direction whose loss is bounded.
///
/// Arithmetic  credit: maximum profit = credit, maximum loss = width − credit; debit: maximum loss = debit, maximum profit = width − debit.
/// Source      the domain reference, C5: credits of 25 to 40 delta at 30 to 45 days, half of the credit, 21 days; debits of about 55
///             against 30 delta. Its third of the width as the least credit is out of reach where skew spreads the strikes.
StrategyInfo vertical();

} // namespace vegadesk::strategies

#pragma once

#include "history/basket_source.h"
#include "history/market_generator.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace vegadesk::history
{

/// SPX, or the fund that follows it, with chains of its heaviest constituents at the same moments.
///
/// Weights      SimulatedUnderlying::indexWeight: they are the same at all times and their sum is below 1.
/// Correlation  every return is beta times the market factor plus a part of the name's own; the index is the factor alone. Two names
///              therefore correlate by β₁β₂σ_F² / σ₁σ₂, jumps and intraday paths included, and options know the same variances. That
///              holds of the index and of each name by itself: the index' price is not the weighted sum of its members', whose betas
///              and trends differ from its own. The exact implied correlation of the members shown differs from the pairs' for
///              that reason, by a nearly constant amount.
/// Errors       those of GeneratedChainSource::make(); an underlying that has no constituents here; fewer than 2 names, or more than
///              it has.
base::Result<std::unique_ptr<BasketSource>> generatedBasket(std::string_view underlying, base::Date from, base::Date to,
                                                            std::uint64_t seed, std::size_t names,
                                                            int snapshotsPerDay = 1,
                                                            CorporateEvents events = CorporateEvents::Ignored);

} // namespace vegadesk::history

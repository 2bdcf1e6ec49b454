#pragma once

#include "history/chain_source.h"
#include "trading/loop.h"

#include <optional>
#include <span>

namespace vegadesk::backtest
{

/// What an underlying's calendar still holds, as it is known on a day.
struct ComingEvents {
    std::optional<trading::ComingDividend> dividend;
    std::optional<base::Date> report;
};

/// The nearest ex-date after `today`, with all that is paid by it, and the nearest report on it or later. Known is what was announced
/// on a day before: tables name days and no hours, and the announcement may come after today's last quotes.
/// Requires  both ascending, by ex-date and by date.
ComingEvents comingEvents(std::span<const history::CashPayment> payments,
                          std::span<const history::ExpectedReport> reports, base::Date today);
/// The same of a source's underlying, for the loop.
void noteComing(const history::ChainSource& source, base::Date today, trading::RiskMeasures& measures);

} // namespace vegadesk::backtest

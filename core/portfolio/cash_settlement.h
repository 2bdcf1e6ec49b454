#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "market/instrument.h"

#include <map>

namespace vegadesk::portfolio
{

/// The day on which the cash of a trade changes hands. Options: the next trading day. Shares: the third after the trade until
/// 2017-09-04, the second until 2024-05-27, the next one since.
/// Source: SEC rule 15c6-1 as amended in 2017 and 2023; the OCC's rules for options.
base::Date cashSettlesOn(base::Date traded, market::InstrumentType type);

/// Cash of trades that is not settled yet. What leaves has to be there when it leaves: payments count at once, receipts on their
/// day.
class UnsettledCash
{
public:
    /// Of one trade, signed: positive is received.
    void add(base::Date traded, market::InstrumentType type, base::Decimal amount);
    /// What has settled by the morning of `today` leaves.
    void settle(base::Date today);
    /// Receipts that have not settled, >= 0.
    base::Decimal pending() const;

private:
    std::map<base::Date, base::Decimal> m_receipts; ///< by the day they settle
};

} // namespace vegadesk::portfolio

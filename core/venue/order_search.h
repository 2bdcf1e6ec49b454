#pragma once

#include "base/error.h"
#include "tastytrade/wire/order.h"

#include <QStringList>
#include <QUrlQuery>

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// All values of a parameter that may come more than once: "status[]=Live&status[]=Filled", decoded.
QStringList valuesOf(const QUrlQuery& query, const char* key);

/// What a client looks for among its orders. Parameters: start-date, end-date (New York dates, both included), start-at,
/// end-at (moments), underlying-symbol, underlying-instrument-type, futures-symbol, status[], sort (Desc, Asc); of those that
/// are missing anything fits. Dates and moments are of when the order was received.
class OrderSearch
{
public:
    /// Errors: a date, a moment, a status or a direction that is none.
    static base::Result<OrderSearch> parse(const QUrlQuery& query);

    bool fits(const tastytrade::wire::Order& order) const;
    /// Those of `newestFirst` that fit, in the direction asked for.
    std::vector<const tastytrade::wire::Order*>
    among(const std::vector<const tastytrade::wire::Order*>& newestFirst) const;

private:
    std::optional<base::Instant> m_from, m_to; ///< [m_from, m_to)
    std::string m_underlying, m_future;
    std::optional<market::InstrumentType> m_underlyingType;
    std::vector<tastytrade::wire::OrderState> m_states;
    bool m_isAscending = false;
};

} // namespace vegadesk::venue

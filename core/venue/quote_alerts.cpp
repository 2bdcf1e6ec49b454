#include "venue/quote_alerts.h"

#include "market/calendar.h"

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

/// NaN where there is none.
double figureOf(const wire::QuoteAlert& alert, MarketModel& market, base::Instant at)
{
    const market::Instrument* const instrument = market.find(alert.symbol, market::newYorkDate(at));
    if (instrument == nullptr)
        return market::unknown;
    if (alert.field == "IV" && !instrument->isOption())
        return market.monthVolatility(*instrument, at);
    const market::MarketData data = market.data(*instrument, at);
    return alert.field == "IV"    ? data.greeks.volatility
           : alert.field == "Bid" ? data.quote.bid
           : alert.field == "Ask" ? data.quote.ask
                                  : data.trade.price;
}

} // namespace

std::vector<AlertOutcome> alertsOver(std::span<const wire::QuoteAlert> alerts, MarketModel& market, base::Instant at)
{
    std::vector<AlertOutcome> over;
    for (const wire::QuoteAlert& alert : alerts) {
        const bool isExpired = alert.expiresAt && *alert.expiresAt <= at;
        const double figure = isExpired ? market::unknown : figureOf(alert, market, at);
        const double threshold = alert.threshold.toDouble();
        const bool isFired = alert.comparison == ">" ? figure > threshold : figure < threshold; // never, for a NaN
        if (isExpired || isFired)
            over.push_back({alert.id, isFired});
    }
    return over;
}

} // namespace vegadesk::venue

#include "market/quote.h"

namespace vegadesk::market
{

QuoteFlags classify(const Quote& quote, base::Instant now, base::Nanos staleAfter)
{
    QuoteFlags flags;
    // NaN compares false, so these see only numbers that are there.
    const auto isBad = [](double value) { return value < 0 || std::isinf(value); };
    if (isBad(quote.bid) || isBad(quote.ask) || isBad(quote.bidSize) || isBad(quote.askSize))
        flags.set(QuoteFlag::Invalid);
    // Nobody sells for nothing: feeds write an ask of 0 where there is no offer.
    if (std::isnan(quote.bid) || std::isnan(quote.ask) || quote.ask == 0)
        flags.set(QuoteFlag::OneSided);
    if (quote.bid > quote.ask)
        flags.set(QuoteFlag::Crossed);
    if (quote.bid == quote.ask)
        flags.set(QuoteFlag::Locked);
    if (quote.bid == 0)
        flags.set(QuoteFlag::ZeroBid);
    if (staleAfter > base::Nanos{0} && now - quote.time > staleAfter)
        flags.set(QuoteFlag::Stale);
    return flags;
}

} // namespace vegadesk::market

#include "pricing/surface/smile_quotes.h"

#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::pricing
{

void SmileQuotes::add(double logMoneyness, double bidVol, double midVol, double askVol, double midError)
{
    k.push_back(logMoneyness);
    bid.push_back(bidVol);
    mid.push_back(midVol);
    ask.push_back(askVol);
    error.push_back(midError);
}

SmileQuotes quotesForFit(const market::Expiration& expiration, const ExpirationAnalytics& analytics)
{
    SmileQuotes out;
    if (analytics.forwardOrigin == ForwardOrigin::None)
        return out;
    out.years = analytics.years;
    out.forward = analytics.forward;
    out.discount = analytics.discount;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const double strike = expiration.strikes[row];
        const Right right = strike >= analytics.forward ? Right::Call : Right::Put;
        const market::OptionColumns& side = expiration.side(right);
        if (std::isnan(side.bid[row]) && std::isnan(side.ask[row]))
            continue;
        const auto vol = [&](double price) {
            return impliedVolatility(right, analytics.market, strike, analytics.years, price);
        };
        const double mid = analytics.side(right).iv[row];
        if (market::isTradable(side.flags[row]) && !side.flags[row].has(market::QuoteFlag::ZeroBid) && mid > 0) {
            const double bid = vol(side.bid[row]), ask = vol(side.ask[row]);
            if (bid > 0 && ask >= bid) {
                out.add(std::log(strike / analytics.forward), bid, mid, ask,
                        std::max(leastQuoteError, 0.5 * (ask - bid)));
                continue;
            }
        }
        ++out.leftOut;
    }
    return out;
}

} // namespace vegadesk::pricing

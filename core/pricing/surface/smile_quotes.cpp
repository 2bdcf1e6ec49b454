#include "pricing/surface/smile_quotes.h"

#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

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

namespace
{

/// Quotes of one side that the flags let through.
struct SideQuotes {
    std::vector<double> strikes, bid, mid, ask; // dollars, and vols once toVolatility() has been there

    void toVolatility(Right right, const ExpirationAnalytics& analytics,
                      const WithoutEarlyExercise& withoutEarlyExercise)
    {
        std::vector<double> european(strikes.size());
        for (auto* column : {&bid, &mid, &ask}) {
            if (withoutEarlyExercise) {
                withoutEarlyExercise(right, analytics.market, analytics.years, strikes, *column, european);
                column->swap(european);
            }
            impliedVolatilityStrip(right, analytics.market, analytics.years, strikes, *column, european);
            column->swap(european);
        }
    }
};

} // namespace

SmileQuotes quotesForFit(const market::Expiration& expiration, const ExpirationAnalytics& analytics,
                         const WithoutEarlyExercise& withoutEarlyExercise)
{
    SmileQuotes out;
    if (analytics.forwardOrigin == ForwardOrigin::None)
        return out;
    out.years = analytics.years;
    out.forward = analytics.forward;
    out.discount = analytics.discount;
    for (const Right right : {Right::Put, Right::Call}) { // puts below the forward: k ascends
        SideQuotes quotes;
        const market::OptionColumns& side = expiration.side(right);
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            const bool isAbove = expiration.strikes[row] >= analytics.forward;
            if (isAbove != (right == Right::Call) || (std::isnan(side.bid[row]) && std::isnan(side.ask[row])))
                continue;
            if (!market::isTradable(side.flags[row]) || side.flags[row].has(market::QuoteFlag::ZeroBid)) {
                ++out.leftOut;
                continue;
            }
            quotes.strikes.push_back(expiration.strikes[row]);
            quotes.bid.push_back(side.bid[row]);
            quotes.mid.push_back(side.quoteAt(row).mid());
            quotes.ask.push_back(side.ask[row]);
        }
        quotes.toVolatility(right, analytics, withoutEarlyExercise);
        for (std::size_t i = 0; i < quotes.strikes.size(); ++i) {
            const double bid = quotes.bid[i], mid = quotes.mid[i], ask = quotes.ask[i];
            if (bid > 0 && mid >= bid && ask >= mid)
                out.add(std::log(quotes.strikes[i] / analytics.forward), bid, mid, ask,
                        std::max(leastQuoteError, 0.5 * (ask - bid)));
            else
                ++out.leftOut;
        }
    }
    return out;
}

std::vector<SmileQuotes> quotesForFit(const market::OptionChain& chain, const ChainAnalytics& analytics,
                                      const WithoutEarlyExercise& withoutEarlyExercise)
{
    assert(chain.expirations.size() == analytics.expirations.size());
    std::vector<SmileQuotes> out;
    for (std::size_t i = 0; i < chain.expirations.size(); ++i) {
        if (!(analytics.expirations[i].years > 0))
            continue;
        SmileQuotes quotes = quotesForFit(chain.expirations[i], analytics.expirations[i], withoutEarlyExercise);
        if (quotes.size() > 0)
            out.push_back(std::move(quotes));
    }
    // Expirations ascend by date, and a day has a morning and an afternoon.
    std::ranges::stable_sort(out, [](const SmileQuotes& left, const SmileQuotes& right) {
        return left.years != right.years ? left.years < right.years : left.size() > right.size();
    });
    const auto repeated = std::ranges::unique(out, {}, &SmileQuotes::years);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

} // namespace vegadesk::pricing

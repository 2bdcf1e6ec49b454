#include "pricing/surface/smile_quotes.h"

#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <utility>

namespace vegadesk::pricing
{

std::size_t LeftOut::total() const
{
    return oneSided + crossed + stale + invalid + zeroBid + noVolatility + expired + noForward + sameInstant;
}

LeftOut& LeftOut::operator+=(const LeftOut& other)
{
    for (const auto each :
         {&LeftOut::oneSided, &LeftOut::crossed, &LeftOut::stale, &LeftOut::invalid, &LeftOut::zeroBid,
          &LeftOut::noVolatility, &LeftOut::expired, &LeftOut::noForward, &LeftOut::sameInstant})
        this->*each += other.*each;
    return *this;
}

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

bool isQuoted(const market::OptionColumns& side, std::size_t row)
{
    return !std::isnan(side.bid[row]) || !std::isnan(side.ask[row]);
}

/// Null where the flags let a quote through. Of several reasons the one that a reader would give first.
std::size_t LeftOut::* reasonAgainst(market::QuoteFlags flags)
{
    using market::QuoteFlag;
    if (flags.has(QuoteFlag::Invalid))
        return &LeftOut::invalid;
    if (flags.has(QuoteFlag::OneSided))
        return &LeftOut::oneSided;
    if (flags.has(QuoteFlag::Crossed))
        return &LeftOut::crossed;
    if (flags.has(QuoteFlag::Stale))
        return &LeftOut::stale;
    return flags.has(QuoteFlag::ZeroBid) ? &LeftOut::zeroBid : nullptr;
}

/// All that an expiry without a smile has: without a forward there is no side to choose.
std::size_t quotedStrikes(const market::Expiration& expiration)
{
    std::size_t count = 0;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row)
        count += isQuoted(expiration.calls, row) || isQuoted(expiration.puts, row) ? 1 : 0;
    return count;
}

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
    if (analytics.forwardOrigin == ForwardOrigin::None) {
        out.leftOut.noForward = quotedStrikes(expiration);
        return out;
    }
    out.years = analytics.years;
    out.forward = analytics.forward;
    out.discount = analytics.discount;
    for (const Right right : {Right::Put, Right::Call}) { // puts below the forward: k ascends
        SideQuotes quotes;
        const market::OptionColumns& side = expiration.side(right);
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            const bool isAbove = expiration.strikes[row] >= analytics.forward;
            if (isAbove != (right == Right::Call) || !isQuoted(side, row))
                continue;
            if (const auto reason = reasonAgainst(side.flags[row])) {
                ++(out.leftOut.*reason);
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
                ++out.leftOut.noVolatility;
        }
    }
    return out;
}

std::vector<SmileQuotes> quotesForFit(const market::OptionChain& chain, const ChainAnalytics& analytics,
                                      const WithoutEarlyExercise& withoutEarlyExercise, LeftOut* leftOut)
{
    LeftOut all;
    assert(chain.expirations.size() == analytics.expirations.size());
    std::vector<SmileQuotes> out;
    for (std::size_t i = 0; i < chain.expirations.size(); ++i) {
        if (!(analytics.expirations[i].years > 0)) {
            const market::Expiration& expiration = chain.expirations[i];
            (expiration.expiresAt <= analytics.at ? all.expired : all.noForward) += quotedStrikes(expiration);
            continue;
        }
        SmileQuotes quotes = quotesForFit(chain.expirations[i], analytics.expirations[i], withoutEarlyExercise);
        all += quotes.leftOut;
        if (quotes.size() > 0)
            out.push_back(std::move(quotes));
    }
    // Expirations ascend by date, and a day has a morning and an afternoon.
    std::ranges::stable_sort(out, [](const SmileQuotes& left, const SmileQuotes& right) {
        return left.years != right.years ? left.years < right.years : left.size() > right.size();
    });
    for (auto each = out.begin(); each != out.end();) {
        if (each == out.begin() || std::prev(each)->years != each->years) {
            ++each;
            continue;
        }
        all.sameInstant += each->size();
        each = out.erase(each);
    }
    if (leftOut)
        *leftOut = all;
    return out;
}

} // namespace vegadesk::pricing

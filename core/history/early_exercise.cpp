#include "history/market_generator.h"
#include "history/surface_model.h"
#include "pricing/american/american.h"

#include <cmath>

/// What the right to exercise early is worth in the simulated market.

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;
using market::Right;
using market::Settlement;

constexpr std::size_t premiumsKept = 200'000;

} // namespace

pricing::Greeks MarketGenerator::europeanOf(const SimulatedUnderlying& name, const NameState& state,
                                            const ExpiryState& expiry, Right right, double strike) const
{
    const bool isLive = expiry.years > 0 && expiry.atTheMoney > 0;
    const double volatility =
        isLive ? std::sqrt(smileVariance(name, expiry.atTheMoney, std::log(strike / expiry.forward)) / expiry.years)
               : 0;
    return pricing::blackScholes(right, {state.spot, state.rate, expiry.yield}, strike, expiry.years, volatility);
}

/// A call on a share that pays cash is exercised on the eve of an ex-date or never, a put deep in the money right after one. What
/// the option that ends on the best of these days is worth, or `held`: Black (1975), "Fact and fantasy in the use of options".
pricing::Greeks MarketGenerator::bestAroundDividends(const SimulatedUnderlying& name, const NameState& state,
                                                     const Contract& contract, const pricing::Greeks& held)
{
    pricing::Greeks best = held;
    const bool isCall = contract.right == Right::Call;
    if (!isCall && contract.strike < state.spot)
        return best;
    const Date today = m_path.dateOf(state.position.day);
    for (const CashPayment& payment :
         between(m_path.agenda(name).payments, &CashPayment::exDate, today, contract.expiry)) {
        const Date end = isCall ? market::previousTradingDay(payment.exDate) : payment.exDate;
        const ExpiryState expiry =
            expiryState(name, state, end, market::expiryInstant(end, Settlement::PM), Settlement::PM);
        if (expiry.years <= 0)
            continue; // the intrinsic value, which every American option has at least
        const pricing::Greeks then = europeanOf(name, state, expiry, contract.right, contract.strike);
        if (then.price > best.price)
            best = then;
    }
    return best;
}

const pricing::Greeks& MarketGenerator::earlyExercise(const SimulatedUnderlying& name, const Contract& contract,
                                                      Instant at)
{
    const auto minute = std::chrono::floor<std::chrono::minutes>(at);
    if (m_premiums.size() > premiumsKept)
        m_premiums.clear(); // contracts that have expired are not asked for again
    Premium& kept = m_premiums[contract.stream];
    if (kept.minute == minute)
        return kept.worth;
    const NameState then = state(name, minute);
    const ExpiryState expiry = expiryState(name, then, contract.expiry, contract.expiresAt, contract.settlement);
    pricing::Greeks worth{0, 0, 0, 0, 0, 0};
    if (expiry.years > 0 && expiry.atTheMoney > 0) {
        const pricing::MarketPoint market{then.spot, then.rate, expiry.yield};
        const double variance = smileVariance(name, expiry.atTheMoney, std::log(contract.strike / expiry.forward));
        const double volatility = std::sqrt(variance / expiry.years);
        const auto [right, strike] = std::pair(contract.right, contract.strike);
        const pricing::Greeks european = pricing::blackScholes(right, market, strike, expiry.years, volatility);
        if (m_events == CorporateEvents::Scheduled)
            worth = bestAroundDividends(
                name, then, contract,
                right == Right::Call ? european : pricing::american(right, market, strike, expiry.years, volatility));
        else
            worth = pricing::american(right, market, strike, expiry.years, volatility);
        worth.price -= european.price;
        worth.delta -= european.delta;
        worth.gamma -= european.gamma;
        worth.vega -= european.vega;
        worth.theta -= european.theta;
        worth.rho -= european.rho;
    }
    kept = {minute, worth};
    return kept.worth;
}

} // namespace vegadesk::history

#pragma once

#include "market/option_chain.h"
#include "pricing/american/american_boundaries.h"
#include "pricing/black_scholes.h"
#include "pricing/forward.h"
#include "pricing/smile.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace vegadesk::pricing
{

/// One side of an expiration; one entry a strike, NaN where not known.
struct SideAnalytics {
    std::vector<double> iv; ///< from this side's own mid, where its quote can say
    std::vector<double> price, delta, gamma, vega, theta,
        rho; ///< at the strike's volatility; theta per year, vega per 1.00

    void resize(std::size_t count);
    Greeks at(std::size_t row) const { return {price[row], delta[row], gamma[row], vega[row], theta[row], rho[row]}; }
};

/// How the right to exercise early is counted.
enum class EarlyExercise : std::uint8_t {
    Ignored, ///< every option as European: the fast way, and what backtests run on
    AsListed ///< with the solver of american.h where the expiration is American
};

/// Figures of one expiration, in the layout of its market::Expiration.
struct ExpirationAnalytics {
    double years = std::numeric_limits<double>::quiet_NaN();
    base::Instant at{}; ///< by the market's clock: years count from there
    double forward = std::numeric_limits<double>::quiet_NaN();
    double discount = std::numeric_limits<double>::quiet_NaN();
    ForwardOrigin forwardOrigin = ForwardOrigin::None;
    market::ExerciseStyle style = market::ExerciseStyle::European;   ///< of its volatilities and Greeks
    double atmVolatility = std::numeric_limits<double>::quiet_NaN(); ///< of the smile at the forward
    MarketPoint market;                   ///< spot, rate and yield that give this forward and discount
    std::vector<double> volatility;       ///< one a strike, shared by both sides' Greeks
    std::vector<VolatilityOrigin> origin; ///< where that volatility is from
    SideAnalytics calls, puts;
    bool isOld = false; ///< no quote is new enough any more: as things stood at `at`

    const SideAnalytics& side(Right right) const { return right == Right::Call ? calls : puts; }
    SideAnalytics& side(Right right) { return right == Right::Call ? calls : puts; }
    /// One standard deviation of the spot to expiry, dollars.
    double expectedMove() const;
};

/// Figures of a chain's expirations, in its order: all there from the start, or each made when it is first asked for, which
/// is what a backtest needs, whose strategy looks at two expirations of forty. The figures are the same either way.
///
/// Thread  where they are made when asked for, one thread alone may read them.
class ExpirationList
{
public:
    using Make = std::function<ExpirationAnalytics(std::size_t)>;
    using iterator = std::vector<ExpirationAnalytics>::iterator;
    using const_iterator = std::vector<ExpirationAnalytics>::const_iterator;

    ExpirationList() = default;
    /// `make` is called at most once an expiration, at any time while the list lives.
    ExpirationList(std::size_t count, Make make) : m_figures(count), m_isDue(count, 1), m_make(std::move(make)) {}

    std::size_t size() const { return m_figures.size(); }
    bool empty() const { return m_figures.empty(); }
    void reserve(std::size_t count) { m_figures.reserve(count); }
    /// Of a list that is all there.
    void push_back(ExpirationAnalytics figures) { m_figures.push_back(std::move(figures)); }

    const ExpirationAnalytics& operator[](std::size_t index) const { return made(index); }
    ExpirationAnalytics& operator[](std::size_t index) { return made(index); }
    const ExpirationAnalytics& front() const { return made(0); }
    const ExpirationAnalytics& back() const { return made(size() - 1); }
    /// To walk along all of them makes all of them.
    const_iterator begin() const { return makeAll().begin(); }
    const_iterator end() const { return makeAll().end(); }
    iterator begin() { return makeAll().begin(); }
    iterator end() { return makeAll().end(); }
    /// Whether any is old; makes none: those that are yet to be made are as of the chain's own time.
    bool hasOld() const;

private:
    ExpirationAnalytics& made(std::size_t index) const
    {
        if (!m_isDue.empty() && m_isDue[index] != 0)
            make(index);
        return m_figures[index];
    }
    void make(std::size_t index) const;
    std::vector<ExpirationAnalytics>& makeAll() const;

    mutable std::vector<ExpirationAnalytics> m_figures;
    mutable std::vector<std::uint8_t> m_isDue; // empty: none is
    Make m_make;
};

/// Figures of a whole chain; expirations in the chain's order.
struct ChainAnalytics {
    base::Instant at{};
    double spot = std::numeric_limits<double>::quiet_NaN();
    bool isSpotImplied = false; ///< by parity: the chain has no price of its underlying
    ExpirationList expirations;
};

/// Implied volatilities and Greeks of an expiration as a desk reads them.
///
/// Forward parity first, see forward.h.
/// IV      of a side: from its own mid against that forward. NaN unless the quote is tradable, has a bid, and
/// its bid
///         is above the discounted intrinsic value: below it the quote's own width holds every volatility.
/// Greeks  of both sides from one volatility a strike, the out-of-the-money side's, because a call and a put
/// of one
///         strike are one risk. Strikes that have none take it from the smile of the others: total variance
///         linear in log-moneyness between them, flat beyond; `origin` says which.
/// Limits  European values unless early exercise is asked for; its premium is a matter of cents near the money and grows
///         with the depth in the money and the carry. Asked for, the forward is estimateAmericanForward()'s, the
///         volatilities are American ones of mids whose bid is above the intrinsic value on the spot too, and the Greeks
///         American too, all by AmericanBoundaries: about a millisecond an expiration.
/// Errors  NaN throughout when the forward is not known or the expiry has passed.
ExpirationAnalytics analyse(const market::Expiration& expiration, base::Instant now, double spot, const Rates& rates,
                            EarlyExercise earlyExercise = EarlyExercise::Ignored);

/// analyse() as listed, with the exercise boundaries of this expiration kept from call to call. European ones leave them alone.
ExpirationAnalytics analyse(const market::Expiration& expiration, base::Instant now, double spot, const Rates& rates,
                            AmericanBoundaries& boundaries);

/// What analyse() would say of an expiration after some quotes and the spot have moved, in a fraction of its time: the strikes
/// of `rows` get new volatilities, all strikes their place on the new smile and Greeks at the new spot and time.
///   spotRatio  the spot now over the one before
/// Keeps      rate and yield, so that the forward moves with the spot: let analyse() estimate them anew now and then.
/// Requires   `analytics` to be of the same strikes, and `boundaries` to be of this expiration alone.
/// Errors     false, and nothing changed, where there is nothing to go on from: no forward, or past expiry.
[[nodiscard]] bool refresh(ExpirationAnalytics& analytics, const market::Expiration& expiration, base::Instant now,
                           double spotRatio, std::span<const std::size_t> rows, AmericanBoundaries& boundaries);

/// Every expiration; the spot is the chain's own, else the one that parity implies.
ChainAnalytics analyse(const market::OptionChain& chain, base::Instant now, const Rates& rates,
                       EarlyExercise earlyExercise = EarlyExercise::Ignored);

/// The same figures, an expiration's when it is first asked for. The chain is kept, and must stay as it is until then.
ChainAnalytics analyseOnDemand(std::shared_ptr<const market::OptionChain> chain, base::Instant now, const Rates& rates);

/// The spot analyse() would use.
double spotOf(const market::OptionChain& chain, base::Instant now, const Rates& rates);

} // namespace vegadesk::pricing

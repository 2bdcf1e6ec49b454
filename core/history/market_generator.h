#pragma once

#include "base/error.h"
#include "history/chain_source.h"
#include "history/listing.h"
#include "history/price_path.h"
#include "market/option_chain.h"
#include "pricing/chain_analytics.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vegadesk::history
{

/// Everything a feed would say about one simulated option at one moment.
struct SimulatedOption {
    market::Quote quote;
    market::FeedGreeks greeks; ///< theta per day, vega and rho per 1 %, as data vendors print them
    double last = market::unknown;
    double dayVolume = 0;    ///< since the open; never falls within a session
    double openInterest = 0; ///< of the evening before: the same for a whole session
};

/// The simulated market: prices, chains and candles of simulatedUniverse(), at any moment since
/// firstSimulatedDate.
///
/// The same seed and moment give the same numbers, in whatever order they are asked for. Options are priced
/// at the surface of surface_model.h by Black-Scholes-Merton with simulatedRate() and the name's yield. Where events are
/// scheduled, the yield of an expiry is the one that gives the forward less the dividends until then, and reports until then
/// add their variance. Not thread-safe: every user makes its own (it starts in microseconds).
class MarketGenerator
{
public:
    /// Early exercise ignored, American options are worth their European value and at least the intrinsic one: a chain of
    /// thousands then takes two milliseconds, not thirty, which is what backtests need. AsListed, what early exercise was
    /// worth at the last full minute comes on top.
    explicit MarketGenerator(std::uint64_t seed, pricing::EarlyExercise earlyExercise = pricing::EarlyExercise::Ignored,
                             CorporateEvents events = CorporateEvents::Ignored);

    std::uint64_t seed() const { return m_seed; }
    PricePath& path() { return m_path; }

    /// Errors: NotFound for a name outside the universe, BadInput for a date outside the simulated years.
    base::Result<const SimulatedUnderlying*> find(std::string_view symbol, base::Date date) const;

    /// Price at `at`: the close before it outside the session.
    double spot(const SimulatedUnderlying& name, base::Instant at);
    market::Quote underlyingQuote(const SimulatedUnderlying& name, base::Instant at);
    market::Summary underlyingSummary(const SimulatedUnderlying& name, base::Instant at);
    /// What options of about 30 days are worth in volatility at the money, per year: an index of it.
    double impliedIndex(const SimulatedUnderlying& name, base::Instant at);
    /// Shares traded since the open.
    double underlyingVolume(const SimulatedUnderlying& name, base::Instant at);
    /// Daily bars of the trading days in [from, to]; of the last one as it will have been in the evening.
    std::vector<market::Candle> dailyCandles(const SimulatedUnderlying& name, base::Date from, base::Date to);
    /// Bars of `period` (5 s to a day) within the sessions of [from, to); the last may still grow.
    std::vector<market::Candle> candles(const SimulatedUnderlying& name, std::chrono::seconds period,
                                        base::Instant from, base::Instant to);

    /// The underlying and every contract listed on the morning of `date`.
    market::ChainDefinition definition(const SimulatedUnderlying& name, base::Date date);
    /// The whole chain at `at`, reusing the memory of `chain`. Contracts that have expired by then are not in
    /// it.
    void snapshot(const SimulatedUnderlying& name, base::Instant at, market::OptionChain& chain);
    /// One contract; `terms` need not be listed.
    SimulatedOption option(const SimulatedUnderlying& name, const market::OptionTerms& terms,
                           market::Settlement settlement, base::Instant at);
    /// Opening value (AM) or close (PM) of that day.
    double settlementPrice(const SimulatedUnderlying& name, base::Date date, market::Settlement settlement);

private:
    struct Layout {
        ListedExpiration listed;
        market::Expiration columns; ///< symbols and strikes; no prices
        std::vector<std::uint64_t> callStreams, putStreams;
        std::vector<double> callPopularity, putPopularity;
        CloseRange closes;
        base::Date updatedOn{};
        std::vector<double> eveningMoneyness; ///< standardised, at the close before `eveningOf`; empty: not known yet
        std::size_t eveningOf = 0;
    };
    /// What all options of a name share at one moment.
    struct NameState {
        base::Instant at{};
        DayPosition position;
        double spot = 0, instantVariance = 0, longRunVariance = 0, stress = 1, dayProgress = 0;
        double rate = 0;
        bool isValid = false;
    };
    struct ExpiryState {
        double years = 0, atTheMoney = 0, forward = 0, atTheMoneyPrice = 0;
        double yield = 0; ///< per year, continuous
    };
    using LayoutKey = std::pair<std::string, base::Date>;

    Layout& layout(const SimulatedUnderlying& name, const ListedExpiration& listed, base::Date today);
    const std::vector<ListedExpiration>& expirations(const SimulatedUnderlying& name, base::Date today);
    const NameState& state(const SimulatedUnderlying& name, base::Instant at);
    /// At the close before trading day `day`. Open interest is counted overnight: what it hangs on must not move by day.
    NameState evening(const SimulatedUnderlying& name, std::size_t day);
    void fillEvening(const SimulatedUnderlying& name, std::size_t day, Layout& layout);
    ExpiryState expiryState(const SimulatedUnderlying& name, const NameState& state, base::Date expiry,
                            base::Instant expiresAt, market::Settlement settlement);
    void fill(const SimulatedUnderlying& name, const NameState& state, Layout& layout, market::Expiration& out);
    void fillSide(const SimulatedUnderlying& name, const NameState& state, const ExpiryState& expiry,
                  const Layout& layout, market::Right right, market::Expiration& out);

    /// What tells one option from the others of its name; `stream` is its key.
    struct Contract {
        std::uint64_t stream = 0;
        base::Date expiry{};
        base::Instant expiresAt{};
        market::Settlement settlement{};
        market::Right right{};
        double strike = 0;
    };
    struct Premium {
        std::chrono::sys_time<std::chrono::minutes> minute{};
        pricing::Greeks worth;
    };
    /// American less European, at the full minute before `at`: an exchange asks for its resting orders' prices every second.
    /// Invalidates what state() returned.
    const pricing::Greeks& earlyExercise(const SimulatedUnderlying& name, const Contract& contract, base::Instant at);
    pricing::Greeks europeanOf(const SimulatedUnderlying& name, const NameState& state, const ExpiryState& expiry,
                               market::Right right, double strike) const;
    pricing::Greeks bestAroundDividends(const SimulatedUnderlying& name, const NameState& state,
                                        const Contract& contract, const pricing::Greeks& held);

    std::uint64_t m_seed;
    pricing::EarlyExercise m_earlyExercise;
    CorporateEvents m_events;
    Noise m_noise;
    PricePath m_path;
    std::map<LayoutKey, Layout> m_layouts; // by root and expiry
    std::map<std::string, std::pair<base::Date, std::vector<ListedExpiration>>, std::less<>> m_expirations;
    std::map<std::string, NameState, std::less<>> m_states;
    std::unordered_map<std::uint64_t, Premium> m_premiums;     // of the last minute asked for
    std::vector<double> m_prices, m_volatilities, m_moneyness; // scratch of fill()
};

/// Chains of one simulated underlying for every trading day in [from, to].
///
/// Where events are scheduled, shares pay their dividends on the days of their agenda and companies report, and the prices know
/// of both; otherwise they pay a yield continuously.
/// One snapshot a day is taken at 15:45 in New York (15 minutes before the close on half days); with n > 1
/// they are spread evenly from 15 minutes after the open to 15 minutes before the close.
class GeneratedChainSource final : public ChainSource
{
public:
    /// Errors: an unknown underlying, from after to, dates outside the simulated years, snapshotsPerDay
    /// outside 1 to 390.
    static base::Result<std::unique_ptr<GeneratedChainSource>> make(std::string_view underlying, base::Date from,
                                                                    base::Date to, std::uint64_t seed,
                                                                    int snapshotsPerDay = 1,
                                                                    CorporateEvents events = CorporateEvents::Ignored);

    const std::string& underlying() const override { return m_name.symbol; }
    std::string description() const override;
    bool isSimulated() const override { return true; }
    std::size_t snapshotCount() const override { return m_times.size(); }
    base::Result<bool> next(market::OptionChain& chain) override;
    void rewind() override { m_next = 0; }
    base::Result<void> seek(base::Instant at) override;
    std::vector<DailyClose> closes(base::Date from, base::Date to) override;
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override;
    std::optional<double> riskFreeRate(base::Date date) const override { return simulatedRate(date); }
    std::optional<double> dividendYield() const override { return m_payments.empty() ? m_name.dividendYield : 0; }
    std::span<const CashPayment> payments() const override { return m_payments; }
    std::span<const ExpectedReport> reports() const override { return m_reports; }

private:
    GeneratedChainSource(const SimulatedUnderlying& name, std::uint64_t seed, CorporateEvents events);

    const SimulatedUnderlying& m_name;
    MarketGenerator m_generator;
    CorporateEvents m_events;
    std::vector<CashPayment> m_payments; ///< where events are scheduled
    std::vector<ExpectedReport> m_reports;
    std::vector<base::Instant> m_times;
    std::size_t m_next = 0;
};

} // namespace vegadesk::history

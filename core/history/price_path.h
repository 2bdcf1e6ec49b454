#pragma once

#include "base/time.h"
#include "history/corporate_events.h"
#include "history/noise.h"
#include "history/universe.h"
#include "market/calendar.h"
#include "market/quote.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// First day that can be asked for; the paths begin there, whatever the run asks.
inline constexpr base::Date firstSimulatedDate = base::makeDate(2015, 1, 2);
/// Later prices could grow beyond what an option's symbol can say.
inline constexpr base::Date lastSimulatedDate = base::makeDate(2049, 12, 31);

/// Where a moment lies among the trading days.
struct DayPosition {
    std::size_t day = 0; ///< index of the trading day that `fraction` of has passed
    double fraction = 1; ///< of the day's variance, 0 at the close before, 1 at its own close
};
/// The share of a day's variance that passes overnight, before the open. French and Roll (1986) find small
/// shares for stocks; index futures show a quarter.
inline constexpr double overnightShare = 0.25;

/// Simulated prices of every name, daily and within the day, from one seed.
///
/// Model   one market factor with Heston variance (Euler, full truncation), leverage and rare jumps; each
/// name
///         moves by beta times the factor and by a path of its own with log-normal volatility. The log price
///         reverts weakly to an exponential trend, so that every seed stays near plausible levels.
///         Within a day prices follow a Brownian bridge between the closes, built by midpoint displacement.
/// Events  where they are scheduled, a price opens an ex-date lower by the dividend and gains as much again until the next one
///         (so the trend is that of the price), and opens after a report with a move of its own. Prices are as traded, not
///         adjusted.
/// Errors  dates before firstSimulatedDate or after lastSimulatedDate must not be asked for; callers check with covers().
/// Not thread-safe: days are simulated when first needed. Each user makes its own.
class PricePath
{
public:
    explicit PricePath(std::uint64_t seed, CorporateEvents events = CorporateEvents::Ignored);
    ~PricePath();
    PricePath(const PricePath&) = delete;
    PricePath& operator=(const PricePath&) = delete;

    static bool covers(base::Date date);
    DayPosition position(base::Instant at);
    base::Date dateOf(std::size_t day);
    /// The trading day on or before `date`.
    std::size_t dayOnOrBefore(base::Date date);
    /// Trading-day units from `from` to the settlement of an option on `expiry`; 0 when past.
    double tradingDaysUntil(DayPosition from, base::Date expiry, market::Settlement settlement);

    double close(const SimulatedUnderlying& name, std::size_t day);
    double open(const SimulatedUnderlying& name, std::size_t day);
    double price(const SimulatedUnderlying& name, DayPosition at);
    /// Open, high, low and close of a day. High and low are those of the sampled path.
    market::Candle dailyCandle(const SimulatedUnderlying& name, std::size_t day);
    /// Shares traded in the whole session.
    double dailyVolume(const SimulatedUnderlying& name, std::size_t day) const;
    /// Variance per year of the name's returns at that moment.
    double instantVariance(const SimulatedUnderlying& name, DayPosition at);
    /// Its long-run level.
    double longRunVariance(const SimulatedUnderlying& name) const;
    /// Empty where events are ignored.
    const Agenda& agenda(const SimulatedUnderlying& name);
    /// How the price takes a report, in reportDeviation(): standard normal.
    double surprise(const SimulatedUnderlying& name, const CompanyReport& report) const;

private:
    struct FactorDay {
        double level = 0;    ///< log deviation from the trend, at the close
        double variance = 0; ///< per year, at the close
    };
    struct OwnDay {
        double level = 0;      ///< log deviation of the name's own part, reports included
        double volatility = 0; ///< per year, of the own part from here on
        double paid = 0;       ///< log of what the last dividend took and has not grown back
        double opening = 0;    ///< log move at the open: dividend and report
    };
    struct Own {
        std::vector<OwnDay> days;
        double logVolatility = 0;
        Agenda agenda;
    };

    void extendTo(std::size_t day);
    void extendTo(base::Date date);
    const OwnDay& own(const SimulatedUnderlying& name, std::size_t day);
    void addEvents(const SimulatedUnderlying& name, std::size_t day, Own& path, OwnDay& fresh);
    double logClose(const SimulatedUnderlying& name, std::size_t day);
    double bridge(std::uint64_t stream, std::size_t day, double fraction) const;

    Noise m_noise;
    CorporateEvents m_events;
    std::vector<base::Date> m_dates;
    std::vector<FactorDay> m_factor;
    std::vector<std::unique_ptr<Own>> m_own; // by place in the universe
};

} // namespace vegadesk::history

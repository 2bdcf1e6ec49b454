#pragma once

#include "desk/views.h"
#include "monitoring/alert_rules.h"

#include <array>

/// The risk of what is held, worked out beside trading every few seconds. As in views.h: dollars, signed, a loss is negative
/// unless it says so; fractions are of 1; what is not known is NaN.
namespace vegadesk::desk
{

/// One way to reckon value at risk. Losses are positive.
struct ValueAtRiskRow {
    std::string id; ///< "delta_normal", "cornish_fisher", "historical", "filtered_historical", "monte_carlo"
    double valueAtRisk = unknown, expectedShortfall = unknown;
    double standardError = unknown; ///< of the value at risk; simulations only
    std::string note;               ///< why there is no figure, or what speaks against it; empty for a good one
};
struct RiskContribution {
    std::string underlying;
    double valueAtRisk = unknown; ///< its part; all add up to the row's, where it has parts
};
struct ValueAtRiskView {
    double level = 0.95;
    int horizonDays = 1;
    int historyDays = 0; ///< that the methods draw from
    std::vector<ValueAtRiskRow> rows;
    std::size_t shown = 0;  ///< the one that the gauge goes by
    bool disagrees = false; ///< one method differs from it by more than a quarter
    std::vector<RiskContribution> contributions;
    std::vector<std::string> leftOut;            ///< positions that have no figure
    std::vector<std::string> modelledVolatility; ///< underlyings whose volatility's moves are not measured
    std::string why;                             ///< why there are no rows
};

/// Today's book under past days: what each day would have made of it, against the value at risk of the evening before.
struct RiskBacktestTest {
    std::string id;               ///< "kupiec", "christoffersen", "conditional_coverage", "acerbi_szekely"
    double statistic = unknown;   ///< likelihood ratio, or Z2
    double probability = unknown; ///< of a statistic no better if the model is right
    bool isRejected = false;      ///< at 5 %
};
struct RiskBacktestView {
    std::string method; ///< a ValueAtRiskRow's id
    double level = 0.95;
    std::vector<base::Date> dates;
    std::vector<double> profits;            ///< dollars
    std::vector<double> valuesAtRisk;       ///< positive
    std::vector<double> expectedShortfalls; ///< positive
    int hits = 0;                           ///< days that lost more than the value at risk
    double expectedHits = unknown;
    std::string zone; ///< "green", "yellow", "red"; the Basel traffic light
    std::vector<RiskBacktestTest> tests;
    std::string why; ///< why there is none: "needs 60 more days of history"
};

struct StressCellView {
    std::size_t spot = 0, volatility = 0, day = 0; ///< into StressView's axes
    double profit = unknown;
};
struct StressLeg {
    std::string symbol;
    double profit = unknown;
};
/// A day of the past, put on the book of now.
struct HistoricalStress {
    std::string title; ///< "19 October 1987"
    double spotMove = unknown, volatilityMove = unknown;
    double profit = unknown;
};
struct StressView {
    std::vector<double> spotMoves;       ///< relative, ascending: -0.30 … +0.25
    std::vector<double> volatilityMoves; ///< relative, ascending: -0.5 … +1.0
    std::vector<int> days;               ///< forward
    std::vector<double> profits;         ///< [day][volatility][spot], flat; dollars
    StressCellView worst;
    std::vector<StressLeg> worstLegs; ///< of that cell, worst first
    double liquidation = unknown;     ///< profit of closing everything there across the spread
    int withoutSpread = 0; ///< positions whose bid or ask is not known: leaving them costs nothing in `liquidation`
    bool isMarginCallKnown = false; ///< a position that is not known has a requirement all the same
    double marginCallMove =
        unknown; ///< relative move of every spot at which no buying power is left; NaN: none within the grid
    std::vector<HistoricalStress> historical; ///< oldest first
    double seconds = unknown;                 ///< what it took
    std::vector<std::string> leftOut;
    std::string why;

    double profit(std::size_t day, std::size_t volatility, std::size_t spot) const
    {
        return profits[(day * volatilityMoves.size() + volatility) * spotMoves.size() + spot];
    }
};

/// How the market has behaved: regimes of the reference index, by what was known the evening before each date.
struct RegimeView {
    std::string index;                              ///< "SPY"
    std::vector<std::string> names;                 ///< by variance, lowest first: "calm", "normal", "stressed"
    std::vector<base::Date> dates;                  ///< ascending
    std::vector<std::vector<double>> probabilities; ///< [regime][date]
    std::vector<int> regime;                        ///< in force on each date, with the hysteresis; -1: none yet
    std::vector<double> closes;                     ///< of the index
    double sizeMultiplier = unknown;                ///< of new strategy trades, by tolerance and regime
    std::string why;                                ///< why none are shown
};

/// Where a profit came from. The parts add up to `total` to the cent.
struct AttributionRow {
    enum class Level : std::uint8_t { Book, Underlying, Group, Position };
    Level level = Level::Book;
    std::string title; ///< "SPY", a group's name, a contract's symbol; empty for the book
    std::string underlying;
    /// In the order delta, gamma, theta, vega, rho, vanna, volga, trades, settlements, fees,
    /// unexplained.
    std::array<double, 11> parts{};
    double total = unknown;
    int unknownCount =
        0; ///< positions of which something is not known, so that their profit is not, or not wholly, in it
};
inline constexpr std::array<const char*, 11> attributionParts{
    "delta", "gamma", "theta", "vega", "rho", "vanna", "volga", "trades", "settlements", "fees", "unexplained"};
struct AttributionView {
    std::vector<AttributionRow> today,
        sinceEntry;            ///< the book first, then each underlying with its groups and positions
    base::Instant todayFrom{}; ///< when today's began
    /// It began between the previous close and the opening: today's is the day's. Otherwise the program was not running then.
    bool isWholeDay = false;
    std::string why;
};

/// Greeks of one underlying's options of one expiration, or of its shares.
struct ExposureRow {
    std::string underlying;
    std::optional<base::Date> expiry; ///< empty: shares
    int daysLeft = 0;
    GreekSums greeks;
    double betaDelta = unknown; ///< in dollars of the reference index
    int contracts = 0;          ///< absolute sum; shares count as 0
};
struct ExposureUnderlying {
    std::string underlying;
    double beta = unknown; ///< to ExposureView::index; NaN: too little history
    GreekSums greeks;
    double betaDelta = unknown;
    double margin = unknown;          ///< Reg-T requirement, ours
    double portfolioMargin = unknown; ///< estimate with the broker's house moves
    std::vector<ExposureRow> rows;    ///< shares first, then by expiry
};
/// What a hedge would be, for a person or a strategy to send.
struct HedgeProposal {
    std::string underlying;
    double deltaShares = unknown, bandShares = unknown; ///< net, and how far it may wander
    std::optional<portfolio::OrderIntent> intent;       ///< empty: inside the band
    std::string reason;
};
struct ExposureView {
    std::string index; ///< that betas are to: "SPY"
    std::vector<ExposureUnderlying> underlyings;
    GreekSums greeks;
    double betaDelta = unknown;
    double margin = unknown, portfolioMargin = unknown; ///< ours
    double brokerMargin = unknown;                      ///< the broker's
    std::vector<HedgeProposal> hedges;
};

/// What a position brings by itself: an assignment, an ex-date, an expiry.
struct PositionAlarm {
    std::string id; ///< the same for the same thing
    std::string text;
};

/// Made on the analytics side from the account's positions and the market of one moment.
struct RiskView {
    std::uint64_t version = 0;
    base::Instant at{};    ///< by the market's clock
    bool isOld = false;    ///< quotes have stopped: of the last moment when they were new
    std::string tolerance; ///< "low", "moderate", "high"
    ValueAtRiskView valueAtRisk;
    std::vector<RiskBacktestView> backtests; ///< one a method
    StressView stress;
    RegimeView regimes;
    AttributionView attribution;
    ExposureView exposure;
    std::vector<PositionAlarm> alarms;
};

/// A figure that an alert rule can watch.
struct AlertMeasure {
    std::string id, title, unit; ///< unit: "fraction", "dollars", "multiple", "price", "count", "seconds"
    bool wantsSubject = false;
    double lowest = unknown, highest = unknown; ///< of the threshold
};
struct AlertLine {
    std::uint64_t id = 0;
    base::Instant at{};
    NoticeLevel level = NoticeLevel::Warning;
    std::string rule; ///< monitoring::AlertRule::id; empty for the alarms that are always on: assignment, ex-dividend
    std::string text;
    bool isSeen = false;
};
struct AlertsView {
    std::uint64_t version = 0;
    std::vector<AlertLine> lines; ///< newest first
    std::vector<monitoring::AlertRule> rules;
    std::vector<AlertMeasure> measures;
    std::string webhook;    ///< the host of the address that rules call, which itself is a secret; empty: none
    std::string webhookWhy; ///< what went wrong with the last call; empty: nothing
    int unseen = 0;
};

} // namespace vegadesk::desk

#pragma once

#include "base/time.h"
#include "desk/dispersion_basket.h"
#include "desk/views.h"
#include "market/quote.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Implied against realised correlation of a basket, and what is held in it. As in views.h: volatilities per year, dollars, signed;
/// what is not known is NaN. The formulas are those of strategies/volatility/implied_correlation.h.
namespace vegadesk::desk
{

/// Why nothing is known of a name's implied volatility.
enum class DispersionGap : std::uint8_t {
    None,
    Listing,  ///< its listing has not come yet
    NotKnown, ///< the broker does not know it
    NoOptions,
    Quotes ///< its options have no quotes yet
};

/// What is held in one underlying.
struct HeldGreeks {
    GreekSums greeks;
    double betaDelta = unknown; ///< in dollars of the reference index
};

struct DispersionRow {
    std::string symbol;
    double weight = unknown;          ///< of a member, as the basket says
    double share = unknown;           ///< of all weight of the members that are known; NaN: it is in no correlation
    double implied = unknown;         ///< at the money of 30 days
    double realisedMonth = unknown;   ///< of the last 21 completed days
    double realisedQuarter = unknown; ///< of 63
    DispersionGap gap = DispersionGap::None;
    bool hasDays = false;           ///< its daily bars have come
    bool isOld = false;             ///< no quote of its options is new enough
    std::optional<HeldGreeks> held; ///< empty: nothing
};

/// Correlations of one completed day.
struct DispersionDay {
    base::Date date{};
    double exact = unknown, proxy = unknown; ///< implied, at its end
    double realised = unknown;               ///< of the 21 days up to it, by the exact formula
};
using DispersionHistory = std::vector<DispersionDay>;

/// What is left of all positions in index and members when they are taken together.
struct DispersionResidual {
    double dollarDelta = unknown;                     ///< dollars per 100 % move of every name
    double betaDelta = unknown;                       ///< in dollars of the reference index
    double gamma = unknown;                           ///< dollars of dollarDelta that a move of every name by 1 % adds
    double theta = unknown;                           ///< of the next calendar day
    double indexVega = unknown, memberVega = unknown; ///< per vol point
    /// Members' vega a dollar of the index's, > 0 where they are opposed; NaN without any of the index's.
    double vegaRatio = unknown;
    double thetaRatio = unknown; ///< what it would be with the theta of both legs alike: σ_I / Σwσ now
    int unknownCount = 0;        ///< positions that are in none of these, because a figure is not known
    bool hasPositions = false;
};

struct DispersionView {
    static constexpr int impliedDays = 30; ///< calendar days
    static constexpr std::size_t monthDays = 21, quarterDays = 63;

    base::Instant at{}; ///< by the market's clock
    DispersionRow index;
    std::vector<DispersionRow> members; ///< in the basket's order; empty: not looked at yet

    double exact = unknown, proxy = unknown; ///< implied, now
    double coverage = 0;                     ///< part of the members' weight that they are of, 0 to 1
    std::size_t known = 0;                   ///< members that they are of
    double realisedMonth = unknown, realisedQuarter = unknown;
    double pairwiseMonth = unknown, pairwiseQuarter = unknown; ///< average of pairs, which needs no index
    double percentile = unknown;                               ///< of `exact` within the history's last year, 0 to 1
    double median = unknown;                                   ///< of that year

    std::shared_ptr<const DispersionHistory> history = std::make_shared<const DispersionHistory>(); ///< never null
    DispersionResidual residual;
};

/// What a name is known by at one moment.
struct DispersionName {
    DispersionGap gap = DispersionGap::Listing;
    double implied = unknown, spot = unknown;
    bool isOld = false;
    std::optional<HeldGreeks> held;
};
using DispersionNames = std::map<std::string, DispersionName>;
/// Completed days by symbol, each ascending.
using DispersionDays = std::map<std::string, std::vector<market::Candle>>;
/// Implied correlations as they were last seen on a date.
using DispersionRecord = std::map<base::Date, std::pair<double, double>>; ///< exact, proxy

/// The last three years that the index has days of. Implied correlation is of the volatilities that the bars carry; where they
/// carry too few, what the session itself saw on that date.
DispersionHistory dispersionHistory(const DispersionBasket& basket, const DispersionDays& days,
                                    const DispersionRecord& seen);
/// All of it but the moment. A name that is missing from `names` waits for its listing.
DispersionView dispersionView(const DispersionBasket& basket, const DispersionNames& names, const DispersionDays& days,
                              std::shared_ptr<const DispersionHistory> history);

} // namespace vegadesk::desk

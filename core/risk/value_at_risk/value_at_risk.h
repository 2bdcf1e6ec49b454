#pragma once

#include "base/error.h"
#include "base/sentence.h"
#include "risk/risk_book.h"
#include "risk/stress/revaluation.h"
#include "risk/value_at_risk/factor_history.h"
#include "risk/value_at_risk/volatility_filter.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

/// What a book can lose by a horizon with a given probability, by five methods that make different mistakes.
namespace vegadesk::risk
{

enum class VarMethod : std::uint8_t {
    DeltaNormal,        ///< spots alone, to first order, normal: a quick gauge, blind to gamma and to volatility
    CornishFisher,      ///< delta, gamma, vega, vanna and volga, normal moves, by the first four moments
    Historical,         ///< the window's moves as they were, full revaluation
    FilteredHistorical, ///< each over its day's forecast deviation, times the next one's; full revaluation. The one to show
    MonteCarlo          ///< moves of spots and volatilities together by Student's t, full revaluation
};
inline constexpr std::array varMethods{VarMethod::DeltaNormal, VarMethod::CornishFisher, VarMethod::Historical,
                                       VarMethod::FilteredHistorical, VarMethod::MonteCarlo};
inline constexpr VarMethod shownMethod = VarMethod::FilteredHistorical;
/// "delta_normal", "cornish_fisher", "historical", "filtered_historical", "monte_carlo"
std::string_view toText(VarMethod method);

/// With fewer days of history nothing is measured.
inline constexpr std::size_t leastHistory = 60;

struct VarSettings {
    double level = 0.95;    ///< probability that the loss is not exceeded; 0.5 to 0.999
    int horizon = 1;        ///< trading days, 1 to 252: moves grow with its root
    std::size_t days = 500; ///< of history, at least leastHistory
    VolatilityFilter filter = VolatilityFilter::Ewma;
    double decay = 0.94;        ///< of VolatilityFilter::Ewma, 0.8 to 0.999
    std::size_t paths = 20'000; ///< of the Monte Carlo, 200 to 1,000,000
    std::uint64_t seed = 1;
    /// Of Student's t in the Monte Carlo, above 2; infinite: normal; 0: by the kurtosis of the history.
    double freedom = 0;
    bool passesTime = false; ///< the horizon's calendar days pass as well; otherwise everything happens at once
};
/// Names the first setting out of range.
base::Result<void> checkSettings(const VarSettings& settings);

/// Part of a figure that one underlying adds; they add up to it.
struct VarContribution {
    std::size_t underlying = 0; ///< index into RiskBook::underlyings
    double valueAtRisk = 0, expectedShortfall = 0;
};

struct VarFigure {
    VarMethod method = VarMethod::DeltaNormal;
    double valueAtRisk = 0, expectedShortfall = 0; ///< cash; positive is a loss
    double standardError = 0, shortfallError = 0;  ///< of the Monte Carlo; 0 of the others, which draw nothing
    std::vector<VarContribution> contributions;    ///< none of Cornish-Fisher
    bool isMonotone = true; ///< false: the expansion is no quantile function here, not to be relied on
    bool disagrees = false; ///< with the shown one, by more than disagreementMost
};

/// Of the larger of the two.
inline constexpr double disagreementMost = 0.25;
bool isDisagreeing(double one, double other);

struct RefusedMethod {
    VarMethod method;
    base::Sentence why;
};

struct VarReport {
    VarSettings settings;
    std::vector<VarFigure> figures; ///< in the order of varMethods; without those refused
    std::vector<RefusedMethod> refused;
    /// Positions that no figure contains: a value that is needed is not known, or there is no history of their underlying.
    std::vector<UnknownPosition> unknown;
    std::vector<base::Sentence> warnings; ///< what else a reader must know
    std::size_t days = 0;                 ///< of history that were used
    base::Date first{}, last{};
    double freedom = 0;         ///< of the Monte Carlo; infinite: normal
    bool isDisagreeing = false; ///< some method disagrees with the shown one

    const VarFigure* find(VarMethod method) const;
};

/// Profits are revalued as Revaluation does. The moves that every method draws from are ln of spots and of volatilities, the latter
/// the same for all options of an underlying. Their mean is taken to be 0.
///
/// Delta-normal    z √(δ'Σδ), Σ the correlation of the standardised moves with the next day's forecast deviations.
/// Cornish-Fisher  moments of δ'x + x'Γx/2 with those Σ. Refused where an option's volatility has no history: a delta-gamma figure
///                 without vega would look like a whole one.
/// Historical      VaR is the least loss that at most (1 - level) of the days exceed, the shortfall the mean of the worst
///                 (1 - level) of them, the last one in part.
/// Filtered        Barone-Adesi, Giannopoulos and Vosper (1999), spots and volatilities alike.
/// Monte Carlo     Student's t with one mixing variable for all factors (a t copula with t margins), scaled to those Σ. What a
///                 book's underlyings gain is read from ProfitSurface. Control variate: the delta-gamma profit, whose tail is
///                 known from five times as many paths; standard errors are those of two-phase sampling. The same seed gives the
///                 same digits. Source: Hesterberg and Nelson, "Control variates for probability and quantile estimation" (1998).
/// Contributions   Euler's: of delta-normal exact, of the samples the means of the underlyings' losses over the same tail, for
///                 VaR over the hundredth of the sample that is nearest to it, scaled to the figure.
/// Errors          BadInput for a setting out of range, and for a history shorter than leastHistory days on which all of the book's
///                 underlyings moved. A book without a position that can be measured has no figures; an empty one has zeros.
base::Result<VarReport> valueAtRisk(const RiskBook& book, const FactorHistory& history,
                                    const VarSettings& settings = {});

} // namespace vegadesk::risk

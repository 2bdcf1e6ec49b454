#pragma once

#include "base/time.h"
#include "market/quote.h"
#include "risk/limits.h"
#include "risk/regimes/gaussian_mixture.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace vegadesk::risk
{

enum class Regime : std::uint8_t { Calm, Normal, Stressed };
std::string_view toText(Regime regime);

/// A day of the market as it stood at its close.
struct MarketDay {
    base::Date date{};
    double close = market::unknown; ///< of the index or underlying, > 0
    double impliedVolatility =
        market::unknown; ///< of its options, about 30 days, per year (0.2 is 20 %); NaN: not known
};

/// What a day is told by, each from that day's close and what came before. Levels and not logarithms: those of volatility lie so
/// close to one Gaussian that there is nothing to part.
enum class RegimeFeature : std::uint8_t {
    MonthVolatility,       ///< realised, of 21 days, per year
    VolatilityChange,      ///< realised of 5 days less that of 21
    Trend,                 ///< ln of the close over that of 63 days before
    ImpliedPremium,        ///< implied volatility less the realised of 21 days
    VolatilityOfVolatility ///< of 21 daily moves of implied volatility, per year
};
inline constexpr std::array featuresOfCloses{RegimeFeature::MonthVolatility, RegimeFeature::Trend,
                                             RegimeFeature::VolatilityChange};
/// Those that are told by implied volatilities too. A full covariance sees implied volatility itself in premium and realised.
inline constexpr std::array featuresWithImplied{RegimeFeature::MonthVolatility, RegimeFeature::Trend,
                                                RegimeFeature::ImpliedPremium};
std::string_view toText(RegimeFeature feature);

struct RegimeSettings {
    std::vector<RegimeFeature> features{featuresOfCloses.begin(), featuresOfCloses.end()}; ///< each once
    MixtureSettings mixture{.shareLeast = 0.05}; ///< its newShare is set by fitStride
    std::size_t daysLeast = 504;                 ///< of features before the first fit
    std::size_t daysMost = 0;                    ///< that a fit looks back on; 0: all there are
    std::size_t refitDays = 63;                  ///< between fits
    std::size_t fitStride = 5;       ///< every so many days is a point of the fit: neighbours share most of their month
    double enter = 0.7, leave = 0.3; ///< probabilities that switch a regime on and off, after
    int enterDays = 2, leaveDays = 5; ///< so many days in a row
};

/// How many closes come before the first fit, by which the days after it are judged.
std::size_t closesBeforeFirstFit(const RegimeSettings& settings);

/// Of each feature, over all days so far.
struct FeatureScale {
    std::vector<double> medians;
    std::vector<double> spreads; ///< median absolute deviation × 1.4826; 1 of a feature that does not move
};

/// What the days between two fits are judged by.
struct RegimeFit {
    base::Date at{}; ///< its newest day
    FeatureScale scale;
    MixtureFit fit;                   ///< of the scaled features; components ascend by volatility
    std::vector<double> volatilities; ///< realised, of each component: root of its days' mean variance
    double holdOutGain = 0;           ///< ln likelihood of a held-out point above a single Gaussian's
    /// Several components that explain days they have not seen better than one: else there are no regimes to speak of.
    bool isConvincing() const { return fit.mixture.components().size() > 1 && holdOutGain > 0; }
};

/// What is known at a day's close: for the next session.
struct RegimeDay {
    base::Date date{};
    std::array<double, 3> probabilities{market::unknown, market::unknown, market::unknown}; ///< by Regime; NaN: none
    std::optional<Regime> regime; ///< after hysteresis; empty: no regimes
    /// The row of the tolerance profile that sizes go by: rises with the regime at once, and falls by one row a day. Normal where
    /// no regime is known.
    Regime sizedFor = Regime::Normal;
};

/// The row to size by after `before`, in a market of `wanted`: rougher at once, calmer by one step.
Regime sizingStep(Regime before, Regime wanted);

/// Regimes of a market, day by day. A day is judged once, when it comes, by what came until then, and never again.
///
/// Fit       a Gaussian mixture of robust z-scores, anew every refitDays days over the last daysMost; the number of components
///           by BIC, in which points that share most of a month count as the part of them that is news. Components by volatility: the
///           lowest is calm, the highest stressed, all between are normal. The first by BIC that explains held-out
///           quarters of years better than one Gaussian; none where a single one has the lower BIC.
/// Filter    probabilities are the mixture's at that day's features: no later day has a part in them.
/// Switches  the same rule for "stressed" and for "not calm": on when its probability is above `enter` for enterDays days, off when
///           below `leave` for leaveDays.
/// Gaps      a day without an implied volatility goes by the last one, for five days; then its probabilities are not known.
/// Cost      a day is a few microseconds, a fit tens of milliseconds. Same settings and days, same bits.
/// Source    the domain reference, D4.
class RegimeFilter
{
public:
    /// Errors: a setting out of range, named.
    static base::Result<RegimeFilter> create(const RegimeSettings& settings);

    /// Errors: a date not after the last one, a close or an implied volatility that is not positive. The day is then left out.
    base::Result<void> add(const MarketDay& day);

    const RegimeSettings& settings() const { return m_settings; }
    const std::vector<RegimeDay>& days() const { return m_days; }
    /// The one in force; null before the first. Its regimes are shown only where it isConvincing().
    const RegimeFit* fit() const { return m_fit ? &*m_fit : nullptr; }

private:
    struct Switch {
        bool isOn = false;
        int days = 0; ///< in a row that speak for the other side
        void see(double probability, const RegimeSettings& settings);
    };

    explicit RegimeFilter(const RegimeSettings& settings) : m_settings(settings) {}
    bool appendFeatures();
    void refit();
    void judge(RegimeDay& day);
    FeatureScale scaleOfAll() const;
    std::vector<double> scaled(const FeatureScale& scale, std::size_t row) const;

    RegimeSettings m_settings;
    std::vector<RegimeDay> m_days;
    std::vector<double> m_logCloses, m_implied; ///< by day; NaN: not known
    std::vector<double> m_rows;                 ///< features of the days that have all of them
    std::vector<double> m_rowVariances;         ///< realised over 21 days, of the same days
    std::optional<RegimeFit> m_fit;
    std::size_t m_fits = 0;
    std::optional<std::array<Switch, 2>> m_switches; ///< not calm, stressed; empty until a fit convinces
};

/// By how much a tolerance profile scales sizes in a regime.
double sizeIn(Regime regime, const SizeMultipliers& multipliers);

} // namespace vegadesk::risk

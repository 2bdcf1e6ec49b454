#pragma once

#include "base/error.h"
#include "learning/signals/history_table.h"
#include "risk/regimes/regimes.h"

#include <span>
#include <string_view>
#include <vector>

/// What a signal is told. A feature is worked out from days that have closed and from nothing else: its function is handed those
/// days alone, so that none can reach for a later one.
namespace vegadesk::learning::market_signals
{

/// Raise it whenever a feature of the same name means something else: models of another version are refused.
inline constexpr int featureVersion = 1;

/// Days until the close of t−1, oldest first, for a decision in the session t.
struct PastDays {
    std::span<const HistoryDay> days;                       ///< never empty
    std::span<const double> closes, implied, longer, skews; ///< of the same days
    const risk::RegimeDay* regime = nullptr; ///< of the last of them, by what came until then; never null
    base::Date session{};                    ///< t: the exchange's next session, by its calendar
};

/// What a feature needs of the data.
enum class FeatureNeed : std::uint8_t { Closes, Range, Implied, TermStructure, Skew };

struct FeatureSpec {
    std::string_view name;  ///< "realised_21"
    std::string_view about; ///< one sentence
    std::string_view lag;   ///< the days it is made of: "closes of t-22 to t-1"
    FeatureNeed need = FeatureNeed::Closes;
    double (*value)(const PastDays&) = nullptr; ///< NaN: not known
};

/// All of them, in the order of a schema.
std::span<const FeatureSpec> featureSpecs();

/// Those whose data `table` has.
std::vector<const FeatureSpec*> featuresOf(const HistoryTable& table);
/// By name. Errors: a name that is none, or that no version of ours has.
base::Result<std::vector<const FeatureSpec*>> featuresNamed(std::span<const std::string> names);

/// Whether one of them is told by chains alone. Names that are none are passed over.
bool needChains(std::span<const std::string> names);

/// How regimes are told apart for a feature: by the closes and, where `hasImplied`, by implied volatilities; fitted anew each quarter to the past.
risk::RegimeSettings regimeSettings(bool hasImplied);

/// Features day by day, as they come. The same days give the same bits, whatever follows them.
class FeatureBuilder
{
public:
    /// `hasImplied`: regimes are told by implied volatilities too.
    FeatureBuilder(std::vector<const FeatureSpec*> specs, bool hasImplied);

    /// Errors: checkDay()'s. The day is then left out.
    base::Result<void> add(const HistoryDay& day);

    std::span<const HistoryDay> days() const { return m_days; }
    /// The regime in force for the session after the last day; null before the first day.
    const risk::RegimeDay* regime() const { return m_regimes.days().empty() ? nullptr : &m_regimes.days().back(); }
    /// The session that features() are for. Requires a day.
    base::Date session() const;
    /// One a spec, NaN where not known. Requires a day.
    std::vector<double> features() const;

private:
    std::vector<const FeatureSpec*> m_specs;
    risk::RegimeFilter m_regimes;
    std::vector<HistoryDay> m_days;
    std::vector<double> m_closes, m_implied, m_longer, m_skews;
};

} // namespace vegadesk::learning::market_signals

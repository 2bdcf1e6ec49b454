#pragma once

#include "base/sentence.h"
#include "base/time.h"
#include "monitoring/alert_rules.h"

#include <map>
#include <string>
#include <vector>

namespace vegadesk::monitoring
{

/// A rule that has come true.
struct Alert {
    AlertRule rule;
    double value = market::unknown;
    base::Instant at{};
    base::Sentence sentence; ///< for the user
};

/// Fires a rule when its figure goes beyond the threshold, once, and again only after the figure was back by a margin: one that
/// trembles at its threshold is one alert and not fifty.
///
/// Margin   backFraction of the threshold; of a figure with a sign, which may tremble at 0, at least ten dollars or a tenth of a
///          percent.
/// Unknown  a figure that is not known fires nothing and changes nothing.
class AlertEvaluator
{
public:
    static constexpr double backFraction = 0.02;

    /// Rules that checked() refuses, and those that are off, never fire. One that was there before with the same terms stays
    /// fired.
    void setRules(std::vector<AlertRule> rules);
    std::vector<Alert> evaluate(const Figures& figures, base::Instant now);

private:
    struct Watched {
        AlertRule rule;
        bool isBeyond = false;
    };
    std::vector<Watched> m_watched;
};

} // namespace vegadesk::monitoring

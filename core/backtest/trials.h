#pragma once

#include "backtest/engine.h"

#include <string>
#include <string_view>
#include <vector>

/// How many runs a result was picked from, and what that makes of it.
namespace vegadesk::backtest
{

/// One thing that decided a run, in words: for reports and for its content hash.
struct Setting {
    std::string name, value, unit;
};
/// Everything of a config that changes what is decided or filled: parameters too, in their order. Not what is only reported.
std::vector<Setting> settingsOf(const Config& config);

/// Of the settings that say which model a signal's name stood for; the name follows.
inline constexpr std::string_view signalModelPrefix = "signal_model ";

/// Part of every content hash. Raise it whenever fills, fees or figures come out differently for the same settings and data: what
/// was kept until then is no longer known, and runs again.
inline constexpr int engineVersion = 1;
/// Equal for runs that must come out the same: same settings, same rules, same data, same engine. See DataHash.
std::string contentHash(const Config& config, std::string_view dataHash);

/// Whose trials are counted together: those of a strategy in one underlying on recorded quotes of any folder, or on one simulated
/// market, whatever the dates. `origin` is the source's. A rules file is the same however its path is spelled and whatever it said before.
std::string familyOf(std::string_view strategy, std::string_view underlying, std::string_view origin);

/// Per day, not annualised; NaN where the run has none.
double dailySharpe(const Report& report);

/// Days that trades are held for, in trading days: 252 of 365 calendar days. 0 without a trade; one open at the end counts until then.
struct HoldingPeriod {
    double mean = 0, longest = 0;
};
HoldingPeriod holdingPeriod(const Report& report);

/// What counts for trials is `report.trials`: sets the figures "trials" and "deflated_sharpe" by it, and the line that says so.
/// Again where the count has grown.
void judge(Report& report, const TrialCount& trials);
/// The line.
std::string sentenceOf(const TrialCount& trials, double deflatedSharpe);

/// The intervals of a run, in blocks as long as its mean holding period.
Bootstrap bootstrapOf(const Report& report, const std::stop_token& stop = {});

} // namespace vegadesk::backtest

#pragma once

#include "desk/sweep_views.h"

#include <QString>

/// Words for sweeps and their runs.
namespace vegadesk::ui
{

QString axisTitle(const desk::SweepAxis& axis); ///< "Short delta"
QString axisValueText(const desk::SweepAxis& axis,
                      std::size_t place); ///< "0.2" in the window's language; a word as it is
/// "Short delta 0.2, Profit target 0.5".
QString runWords(const desk::SweepReport& report, std::size_t run);
/// "Short delta 0.2, Profit target 0.5" of what a fold picked.
QString pickedWords(const desk::SweepReport& report, const desk::FoldView& fold);
/// "Sweep 3 · Iron condor · SPY, 3 Jan 23 to 29 Dec 23 · 25 settings"; `strategy` is its title.
QString sweepTitle(const desk::SweepReport& report, const QString& strategy);
/// What of the best run is to be said before anything else: how it was picked, out of how many, and whether it stands alone.
struct SweepVerdict {
    QString words;
    bool isWarning = false;
};
SweepVerdict verdictOf(const desk::SweepReport& report, std::size_t metric);
/// The same of a walk-forward: how much of what was picked for is left.
SweepVerdict verdictOf(const desk::SweepReport& report, const desk::WalkForwardView& walked);

} // namespace vegadesk::ui

#pragma once

#include "desk/backtest_views.h"

#include <QString>

#include <memory>

namespace vegadesk::ui
{

/// A backtest that ran in this session.
struct BacktestRun {
    std::shared_ptr<const desk::BacktestReport> report;
    QString strategy; ///< its title
    int number = 0;   ///< counted from the session's first
};

} // namespace vegadesk::ui

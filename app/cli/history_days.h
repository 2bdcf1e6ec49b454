#pragma once

#include "base/time.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::cli
{

/// The days of one history, and what is missing in it by the exchange's calendar.
struct HistoryDays {
    std::string name; ///< "SPY", a file's
    std::size_t days = 0;
    base::Date first{}, last{};
    struct Gap {
        base::Date after{}, before{};
        int missing = 0; ///< trading days between them
    };
    std::vector<Gap> gaps;     ///< oldest first
    std::optional<int> behind; ///< trading days that were over and have no close at its end; empty: not asked for

    int missing() const; ///< in all gaps
};

/// `dates` ascending, not empty. With `until`, the New York date up to which days are over, it says how far behind they end.
HistoryDays historyDaysOf(std::string name, std::span<const base::Date> dates, std::optional<base::Date> until = {});

/// "SPY: 520 closes from 2024-10-28 to 2026-11-19".
std::string toText(const HistoryDays& history);
/// What a person should know before trusting a figure that comes of it; nothing where nothing is missing.
std::vector<std::string> warningsOf(const HistoryDays& history);

} // namespace vegadesk::cli

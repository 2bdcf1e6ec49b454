#pragma once

#include "backtest/engine.h"
#include "history/corporate_events.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>

namespace vegadesk::cli
{

/// The options of a backtest that say what besides prices happens to the account.
class RealismOptions
{
public:
    /// `data` is the option that takes the simulated market's place.
    void describe(CLI::App& app, CLI::Option* data);
    /// Errors: a word that is none of those allowed, what was given and cannot count beside the others. Ranges are checked with
    /// the whole.
    base::Result<void> apply(backtest::Config& config) const;

    history::CorporateEvents events() const;
    /// With the file of --events, where there is one.
    base::Result<std::unique_ptr<history::ChainSource>> withEvents(std::unique_ptr<history::ChainSource> source) const;

private:
    base::Result<void> checkUse(const backtest::Config& config) const;

    backtest::Realism m_realism;
    CLI::Option *m_assignmentTimeValue = nullptr, *m_pinDeviation = nullptr, *m_seed = nullptr;
    std::optional<double> m_spread, m_passiveChance;
    std::string m_fills = "broker", m_marginCall = "next-day", m_eventFile;
    bool m_withoutDividendAssignment = false, m_leavesLongs = false, m_hasDividendDates = false, m_takesAnySize = false;
};

} // namespace vegadesk::cli

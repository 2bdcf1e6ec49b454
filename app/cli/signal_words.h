#pragma once

#include "learning/doors/signal_library.h"
#include "strategies/signal_filter.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace vegadesk::cli
{

/// Where a signal's days come from, in the words of a command line.
class SignalHistoryWords
{
public:
    void describe(CLI::App& app);
    /// `withChains`: of the simulated market the days that its chains tell, which know term structure and skew.
    /// Errors: none or several of the places, dates that cannot be read.
    base::Result<learning::market_signals::HistoryRequest> request(bool withChains) const;

private:
    std::string m_bars, m_volatility, m_folder, m_underlying, m_generated, m_from = "2015-01-02", m_to = "2024-12-31";
    std::uint64_t m_marketSeed = 1;
};

/// A trained signal that entries wait for, and what it must say.
class SignalFilterWords
{
public:
    void describe(CLI::App& app);
    const std::string& name() const { return m_name; } ///< empty: none
    strategies::Words words() const;

private:
    std::string m_name;
    std::optional<double> m_least, m_most;
};

/// Of the data folder, which is the window's unless given.
std::string signalsFolder(const std::string& dataFolder);

} // namespace vegadesk::cli

#pragma once

#include "backtest_realism.h"
#include "signal_words.h"

#include "backtest/engine.h"
#include "desk/report_files.h"
#include "storage/trial_store.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::cli
{

/// What a backtest is to be of, in the words of a command line: strategy, parameters, data, costs.
class BacktestWords
{
public:
    void describe(CLI::App& app);
    base::Result<backtest::Config> config() const;
    /// How often the command line gives this parameter a value.
    std::size_t sets(std::string_view parameter) const;
    bool isRecorded() const { return !m_dataFolder.empty(); }
    base::Result<std::unique_ptr<history::ChainSource>> source(const backtest::Config& config) const;
    /// Reads and follows the models that entries wait for.
    base::Result<void> follow(backtest::Config& config, const std::stop_token& stop) const;
    /// Where runs are counted; its folder is made where there is none. Needs a QCoreApplication.
    base::Result<std::unique_ptr<storage::TrialStore>> trials() const;

private:
    base::Result<risk::Tolerance> tolerance() const;

    std::string m_strategy, m_start, m_end, m_underlying, m_tolerance = "moderate", m_dataFolder, m_folder;
    std::optional<double> m_capital;
    double m_slippage = 0.001, m_latencySeconds = 0, m_riskFree = 0, m_interestRate = 0;
    RealismOptions m_realism;
    std::uint64_t m_seed = 1;
    int m_snapshotsPerDay = 1;
    std::vector<std::string> m_parameters;
    SignalFilterWords m_filter;
    std::string m_signalBars, m_signalVolatility;
    bool m_withoutSensitivity = false;
};

using desk::writeFile;

} // namespace vegadesk::cli

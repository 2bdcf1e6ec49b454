#pragma once

#include "backtest/engine.h"
#include "backtest/shared_chains.h"

#include <cstddef>
#include <string>
#include <vector>

/// Runs of stretches that follow each other, as one account: each begins with what the one before left, and without positions.
namespace vegadesk::backtest
{

/// Their reports as one, with the config of the first.
class JoinedRuns
{
public:
    explicit JoinedRuns(const Config& base) : m_report(base) {}

    void add(const Report& part);
    /// Dollars that the next stretch begins with.
    double equity() const;
    /// Why stretches ended before their days did, in words, in their order.
    const std::vector<std::string>& stops() const { return m_stops; }
    /// All figures anew, `rows` among them. `data`: what was replayed.
    Report finish(const SharedChains& data, std::vector<SensitivityRow> rows);

private:
    void addCounts(const Report& part);
    void addAttribution(const RunAttribution& part);

    Report m_report;
    std::size_t m_orders = 0, m_fills = 0, m_refusals = 0;
    std::vector<std::string> m_stops;
};

/// One row of the sensitivity through all stretches: an account of its own, which is left with what its own fills leave.
class JoinedRow
{
public:
    /// `row`: which fills, as a run of `base` has them in its report.
    JoinedRow(const SensitivityRow& row, const Config& base);

    bool isOwn() const { return m_isOwn; } ///< the fills of the base itself
    /// A stretch of the base at these fills, with what is left.
    Config configFor(const Config& stretch) const;
    void add(const Report& part);
    double equity() const { return m_curve.empty() ? m_capital : m_curve.back().equity; } ///< dollars left
    std::size_t stretches() const { return m_stretches; }                                 ///< traded so far
    SensitivityRow row() const;

private:
    SensitivityRow m_row;
    bool m_isOwn;
    double m_capital, m_riskFreeRate;
    std::size_t m_stretches = 0;
    std::vector<EquityPoint> m_curve;
};

} // namespace vegadesk::backtest

#include "risk/value_at_risk/var_sample.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vegadesk::risk
{

namespace
{

/// Scenarios of the tail: `whole` ones that count in full, and one more in part.
struct Tail {
    std::size_t whole = 0;
    double part = 0;
};

/// The scenario at index `whole`, worst first, is the value at risk.
Tail tailOf(std::size_t scenarios, double tail)
{
    // A little more than rounding, so that 5 % of 500 are 25 and not 24.999…
    const double count = tail * static_cast<double>(scenarios) * (1 + 1e-12);
    const std::size_t whole = std::min(static_cast<std::size_t>(count), scenarios - 1);
    return {whole, std::max(0.0, count - static_cast<double>(whole))};
}

/// Scales parts so that they add up to `total`; where they cancel out, the difference is shared alike.
void addUpTo(double total, Eigen::VectorXd& parts)
{
    const double sum = parts.sum();
    if (sum * total > 0 && std::abs(sum) > 1e-3 * parts.cwiseAbs().sum())
        parts *= total / sum;
    else
        parts.array() += (total - sum) / static_cast<double>(parts.size());
}

} // namespace

TailLoss sampleLoss(std::span<const double> profits, double tail)
{
    if (profits.empty())
        return {};
    const auto [whole, part] = tailOf(profits.size(), tail);
    std::vector<double> sorted(profits.begin(), profits.end());
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(whole);
    std::ranges::nth_element(sorted, at);
    const double beyond = std::accumulate(sorted.begin(), at, 0.0);
    const double count = static_cast<double>(whole) + part;
    return {-*at, count > 0 ? -(beyond + part * *at) / count : -*at};
}

VarFigure sampleFigure(VarMethod method, const Eigen::MatrixXd& byUnderlying, double tail,
                       const std::vector<std::size_t>& underlyings)
{
    VarFigure out;
    out.method = method;
    const auto scenarios = static_cast<std::size_t>(byUnderlying.rows());
    if (scenarios == 0 || underlyings.empty())
        return out;
    const Eigen::VectorXd totals = byUnderlying.rowwise().sum();
    const TailLoss loss = sampleLoss({totals.data(), scenarios}, tail);
    out.valueAtRisk = loss.valueAtRisk;
    out.expectedShortfall = loss.expectedShortfall;

    const auto [whole, part] = tailOf(scenarios, tail);
    const std::size_t reach = scenarios / 200; // a hundredth of the sample, half of it to each side
    const std::size_t nearFirst = whole - std::min(whole, reach), nearLast = std::min(scenarios - 1, whole + reach);
    std::vector<Eigen::Index> order(scenarios);
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(nearLast + 1), order.end(),
                      [&](Eigen::Index a, Eigen::Index b) { return totals(a) < totals(b); });
    Eigen::VectorXd beyond = Eigen::VectorXd::Zero(byUnderlying.cols()), near = beyond;
    for (std::size_t i = 0; i <= nearLast; ++i) {
        const auto row = byUnderlying.row(order[i]).transpose();
        if (i <= whole)
            beyond -= (i < whole ? 1.0 : part) * row;
        if (i >= nearFirst)
            near -= row;
    }
    addUpTo(loss.expectedShortfall, beyond);
    addUpTo(loss.valueAtRisk, near);
    for (std::size_t u = 0; u < underlyings.size(); ++u) {
        const auto at = static_cast<Eigen::Index>(u);
        out.contributions.push_back({underlyings[u], near(at), beyond(at)});
    }
    return out;
}

} // namespace vegadesk::risk

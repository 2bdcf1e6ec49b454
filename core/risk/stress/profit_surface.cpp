#include "risk/stress/profit_surface.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

/// Nodes at scale · sinh(k · step), k from -half to half.
struct Axis {
    double scale, reach;
    int half;

    double step() const { return std::asinh(reach / scale) / half; }
    double node(int k) const { return scale * std::sinh(k * step()); }
};
constexpr Axis spotAxis{0.015, 1, 100};
constexpr Axis volatilityAxis{0.05, 2, 16};

/// Where a move lies on an axis: the first of four neighbours, and their weights.
struct Place {
    Eigen::Index first;
    std::array<double, 4> weights;
};

Place placeOf(const Axis& axis, double step, double move)
{
    const double at = std::asinh(std::clamp(move, -axis.reach, axis.reach) / axis.scale) / step + axis.half;
    const int last = 2 * axis.half;
    const int first = std::clamp(static_cast<int>(std::isnan(at) ? 0 : at) - 1, 0, last - 3);
    const double t = at - first; // 0 to 3, mostly 1 to 2
    return {first,
            {-(t - 1) * (t - 2) * (t - 3) / 6, t * (t - 2) * (t - 3) / 2, -t * (t - 1) * (t - 3) / 2,
             t * (t - 1) * (t - 2) / 6}};
}

} // namespace

ProfitSurface::ProfitSurface(Revaluation& revaluation, double days)
{
    const RiskBook& book = revaluation.book();
    const std::size_t width = book.underlyings.size();
    const Eigen::Index rows = 2 * spotAxis.half + 1, columns = 2 * volatilityAxis.half + 1;
    m_nodes.assign(width, Eigen::MatrixXd::Zero(rows, columns));
    // Volatility by volatility, as one boundary serves all spots of one.
    std::vector<FactorMove> moves;
    moves.reserve(static_cast<std::size_t>(rows) * width);
    const std::vector<double> dates(static_cast<std::size_t>(rows), days);
    Eigen::VectorXd profits(rows);
    for (Eigen::Index column = 0; column < columns; ++column) {
        moves.clear();
        const double factor = std::exp(volatilityAxis.node(static_cast<int>(column) - volatilityAxis.half));
        for (Eigen::Index row = 0; row < rows; ++row)
            moves.insert(moves.end(), width,
                         {std::expm1(spotAxis.node(static_cast<int>(row) - spotAxis.half)), factor});
        for (std::size_t i = 0; i < book.positions.size(); ++i) {
            if (!revaluation.isKnown(i))
                continue;
            revaluation.profitsOf(i, {dates, moves}, {profits.data(), static_cast<std::size_t>(rows)});
            m_nodes[book.positions[i].underlying].col(column) += profits;
        }
    }
}

double ProfitSurface::profit(std::size_t underlying, double spotMove, double volatilityMove) const
{
    static const double spotStep = spotAxis.step(), volatilityStep = volatilityAxis.step();
    const Eigen::MatrixXd& nodes = m_nodes[underlying];
    const Place spot = placeOf(spotAxis, spotStep, spotMove);
    const Place volatility = placeOf(volatilityAxis, volatilityStep, volatilityMove);
    double sum = 0;
    for (std::size_t j = 0; j < 4; ++j) {
        const double* const column = &nodes(spot.first, volatility.first + static_cast<Eigen::Index>(j));
        sum += volatility.weights[j] * (spot.weights[0] * column[0] + spot.weights[1] * column[1] +
                                        spot.weights[2] * column[2] + spot.weights[3] * column[3]);
    }
    return sum;
}

Eigen::MatrixXd ProfitSurface::profits(const Eigen::MatrixXd& moves) const
{
    Eigen::MatrixXd out(moves.rows(), static_cast<Eigen::Index>(m_nodes.size()));
    for (Eigen::Index u = 0; u < out.cols(); ++u) {
        for (Eigen::Index row = 0; row < out.rows(); ++row)
            out(row, u) = profit(static_cast<std::size_t>(u), moves(row, 2 * u), moves(row, 2 * u + 1));
    }
    return out;
}

} // namespace vegadesk::risk

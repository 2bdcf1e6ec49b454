#include "risk/value_at_risk/var_parametric.h"

#include "pricing/american/american.h"
#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

/// Derivatives of one share's worth to spot and volatility.
struct Derivatives {
    double delta = 1, gamma = 0, vega = 0, vanna = 0, volga = 0;
};

Derivatives europeanOf(const RiskPosition& position, const pricing::MarketPoint& market, double years)
{
    const double strike = position.option->strike.toDouble();
    const auto first = pricing::blackScholes(position.option->right, market, strike, years, position.volatility);
    const auto higher = pricing::higherGreeks(position.option->right, market, strike, years, position.volatility);
    return {first.delta, first.gamma, first.vega, higher.vanna, higher.volga};
}

Derivatives americanOf(const RiskPosition& position, const pricing::MarketPoint& market, double years)
{
    constexpr double bumpShare = 0.01;
    const double bump = bumpShare * position.volatility;
    const auto at = [&](double volatility) {
        return pricing::american(position.option->right, market, position.option->strike.toDouble(), years, volatility);
    };
    const pricing::Greeks here = at(position.volatility), up = at(position.volatility + bump),
                          down = at(position.volatility - bump);
    return {here.delta, here.gamma, here.vega, (up.delta - down.delta) / (2 * bump),
            (up.vega - down.vega) / (2 * bump)};
}

Derivatives derivativesOf(const RiskPosition& position, const RiskUnderlying& underlying)
{
    if (!position.option)
        return {};
    const pricing::MarketPoint market = marketOf(position, underlying);
    const double years = yearsLeft(position, 0);
    if (years == 0) { // settled at its intrinsic value
        const double strike = position.option->strike.toDouble();
        const bool isCall = position.option->right == market::Right::Call;
        const bool isInside = isCall ? underlying.spot > strike : underlying.spot < strike;
        return {.delta = isInside ? (isCall ? 1.0 : -1.0) : 0.0};
    }
    return position.style == market::ExerciseStyle::American ? americanOf(position, market, years)
                                                             : europeanOf(position, market, years);
}

} // namespace

double DeltaGamma::profit(const Eigen::VectorXd& move) const
{
    return gradient.dot(move) + 0.5 * move.dot(curvature * move);
}

DeltaGamma deltaGammaOf(const RiskBook& book)
{
    const auto factors = static_cast<Eigen::Index>(2 * book.underlyings.size());
    DeltaGamma out{Eigen::VectorXd::Zero(factors), Eigen::MatrixXd::Zero(factors, factors)};
    for (const RiskPosition& position : book.positions) {
        const RiskUnderlying& underlying = book.underlyings[position.underlying];
        const Derivatives by = derivativesOf(position, underlying);
        const double shares = position.shares();
        const double spot = underlying.spot;
        const double volatility = by.vega == 0 ? 0 : position.volatility; // an expired one may have none
        const auto s = static_cast<Eigen::Index>(2 * position.underlying), v = s + 1;
        out.gradient(s) += shares * by.delta * spot;
        out.gradient(v) += shares * by.vega * volatility;
        // Second derivatives to a logarithm have the first one in them.
        out.curvature(s, s) += shares * (by.gamma * spot * spot + by.delta * spot);
        out.curvature(v, v) += shares * (by.volga * volatility * volatility + by.vega * volatility);
        out.curvature(s, v) += shares * by.vanna * spot * volatility;
        out.curvature(v, s) = out.curvature(s, v);
    }
    return out;
}

VarFigure deltaNormal(const DeltaGamma& book, const Eigen::MatrixXd& covariance, double level,
                      const std::vector<std::size_t>& underlyings)
{
    VarFigure out;
    out.method = VarMethod::DeltaNormal;
    Eigen::VectorXd spots = book.gradient;
    for (Eigen::Index v = 1; v < spots.size(); v += 2)
        spots(v) = 0;
    const Eigen::VectorXd by = covariance * spots;
    const double deviation = std::sqrt(std::max(0.0, spots.dot(by)));
    const double z = normalQuantile(level);
    const double m = pricing::normalDensity(z) / (1 - level);
    out.valueAtRisk = z * deviation;
    out.expectedShortfall = m * deviation;
    for (std::size_t u = 0; u < underlyings.size(); ++u) {
        const auto s = static_cast<Eigen::Index>(2 * u);
        const double part = deviation > 0 ? spots(s) * by(s) / deviation : 0;
        out.contributions.push_back({underlyings[u], z * part, m * part});
    }
    return out;
}

Moments momentsOf(const DeltaGamma& book, const Eigen::MatrixXd& covariance)
{
    const Eigen::MatrixXd a = book.curvature * covariance;
    const Eigen::MatrixXd a2 = a * a;
    const Eigen::VectorXd d1 = covariance * book.gradient; // Σδ, then Σ times powers of ΓΣ on δ
    const Eigen::VectorXd d2 = covariance * (book.curvature * d1);
    const Eigen::VectorXd d3 = covariance * (book.curvature * d2);
    const auto traceOf = [](const Eigen::MatrixXd& one, const Eigen::MatrixXd& other) {
        return one.cwiseProduct(other.transpose()).sum();
    };
    const double variance = book.gradient.dot(d1) + 0.5 * a2.trace();
    const double third = 3 * book.gradient.dot(d2) + traceOf(a2, a);
    const double fourth = 12 * book.gradient.dot(d3) + 3 * traceOf(a2, a2);
    Moments out;
    out.mean = 0.5 * a.trace();
    out.deviation = std::sqrt(std::max(0.0, variance));
    if (out.deviation > 0) {
        out.skewness = third / (variance * out.deviation);
        out.excessKurtosis = fourth / (variance * variance);
    }
    return out;
}

base::Sentence vegaRefusal()
{
    return {base::translatable("Core", "Delta-gamma without vega is not given: the volatilities have no history")};
}

base::Result<VarFigure> cornishFisherFigure(const DeltaGamma& book, const Eigen::MatrixXd& covariance, double level)
{
    for (Eigen::Index v = 1; v < book.gradient.size(); v += 2) {
        const bool matters = book.gradient(v) != 0 || book.curvature(v, v) != 0;
        if (matters && !(covariance(v, v) > 0))
            return base::fail(base::ErrorKind::Refused, "volatilities", "", "have no history", vegaRefusal().english());
    }
    VarFigure out;
    out.method = VarMethod::CornishFisher;
    const Moments moments = momentsOf(book, covariance);
    out.valueAtRisk = out.expectedShortfall = -moments.mean;
    if (moments.deviation > 0) {
        const TailLoss loss = cornishFisherTailLoss(level, moments);
        out.valueAtRisk = loss.valueAtRisk;
        out.expectedShortfall = loss.expectedShortfall;
        out.isMonotone = isCornishFisherMonotone(moments.skewness, moments.excessKurtosis);
    }
    return out;
}

} // namespace vegadesk::risk

#include "learning/pricer/neural_american_heston.h"

#include "learning/pricer/network_pricer.h"
#include "learning/teachers/american_heston_form.h"
#include "pricing/heston/american_heston.h"

#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::learning
{

namespace
{

namespace formulas = american_heston_form;
using pricing::HestonParameters;
using pricing::MarketPoint;
using pricing::Right;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t block = 64;
constexpr std::size_t featureCount = formulas::featureCount;

/// What derivatives are taken by; the spot's is by its logarithm.
enum Input : std::size_t { spot, years, rate, dividendYield, v0, theta, kappa, sigma, rho, inputCount };
using Slopes = Eigen::Matrix<double, static_cast<int>(inputCount), 1>;
/// A number that carries its derivatives: the chain rule is the library's.
using Dual = Eigen::AutoDiffScalar<Slopes>;

/// What the strikes of one strip share: a spot at the strike stands for each.
struct Shared {
    std::array<Dual, featureCount> features;
    Dual deviation, weight, carry;

    Shared(Right right, const MarketPoint& market, double life, const HestonParameters& p)
    {
        const auto dual = [](double value, Input input) { return Dual(value, inputCount, static_cast<int>(input)); };
        const formulas::Inputs<Dual> in{
            dual(0, spot),   dual(life, years),    dual(market.rate, rate), dual(market.dividendYield, dividendYield),
            dual(p.v0, v0),  dual(p.theta, theta), dual(p.kappa, kappa),    dual(p.sigma, sigma),
            dual(p.rho, rho)};
        features = formulas::features<Dual>(in);
        weight = formulas::weight<Dual>(right, in);
        using std::sqrt;
        deviation = sqrt(formulas::variance<Dual>(in));
        carry = (in.rate - in.dividendYield) * in.years;
    }
};

/// Columns on the stack.
struct Block {
    std::array<double, block> deviations;
    std::array<double, block> said, second;
    std::array<std::array<double, block>, featureCount> slopes;
    std::array<std::array<double, block>, inputCount + 2> european; ///< by Input, then price and gamma
};

/// The premium over the strike with its derivatives by Input, and the second by the spot's logarithm.
struct Premium {
    double value = 0, curve = 0;
    Slopes slopes = Slopes::Zero();
};

Premium premiumOf(const Shared& shared, Right right, double moneyness, const Block& in, std::size_t lane)
{
    const bool isPut = right == Right::Put;
    const double scale = isPut ? 1 : moneyness; // of the weight, which was taken at the strike
    const double weight = scale * shared.weight.value(), said = in.said[lane];
    Slopes weightSlopes = scale * shared.weight.derivatives();
    Slopes saidSlopes = Slopes::Zero();
    for (std::size_t k = 1; k < featureCount; ++k)
        saidSlopes += in.slopes[k][lane] * shared.features[k].derivatives();
    // Of the deviations, (ln spot + carry) / deviation; the shared ones were taken at the strike's spot.
    const double perDeviation = 1 / shared.deviation.value();
    Slopes byDeviations =
        perDeviation * (shared.carry.derivatives() - in.deviations[lane] * shared.deviation.derivatives());
    byDeviations[spot] = perDeviation;
    saidSlopes += in.slopes[0][lane] * byDeviations;
    Premium out;
    out.value = weight * said;
    out.slopes = said * weightSlopes + weight * saidSlopes;
    const double weightSlope = weightSlopes[spot];
    out.curve = weightSlope * said + 2 * weightSlope * saidSlopes[spot] +
                weight * in.second[lane] * perDeviation * perDeviation;
    return out;
}

bool wantsDerivatives(const NeuralHestonView& out)
{
    return !(out.delta.empty() && out.gamma.empty() && out.theta.empty() && out.rho.empty() && out.byV0.empty() &&
             out.byKappa.empty() && out.byTheta.empty() && out.bySigma.empty() && out.byRho.empty());
}

std::array<std::span<double>, 11> columnsOf(const NeuralHestonView& out)
{
    return {out.price,   out.delta,   out.gamma,   out.theta, out.rho,  out.byV0,
            out.byKappa, out.byTheta, out.bySigma, out.byRho, out.bound};
}

void put(std::span<double> column, std::size_t row, double value)
{
    if (!column.empty())
        column[row] = value;
}

} // namespace

struct NeuralAmericanHeston::Parts {
    std::shared_ptr<const NetworkPricer> puts, calls;

    const NetworkPricer& of(Right right) const { return right == Right::Put ? *puts : *calls; }
    static std::array<double, inputCount> sampleOf(const MarketPoint& market, double life, const HestonParameters& p,
                                                   double deviations)
    {
        return {deviations, life, market.rate, market.dividendYield, p.v0, p.theta, p.kappa, p.sigma, p.rho};
    }
    static void priceBlock(const NetworkPricer& network, const Shared& shared, Right right, const MarketPoint& market,
                           double life, const HestonParameters& p, std::span<const double> strikes, std::size_t from,
                           const NeuralHestonView& out) noexcept;
};

void NeuralAmericanHeston::Parts::priceBlock(const NetworkPricer& network, const Shared& shared, Right right,
                                             const MarketPoint& market, double life, const HestonParameters& p,
                                             std::span<const double> strikes, std::size_t from,
                                             const NeuralHestonView& out) noexcept
{
    const std::size_t count = strikes.size();
    const bool isPut = right == Right::Put, isWithSlopes = wantsDerivatives(out);
    Block in;
    for (std::size_t i = 0; i < count; ++i)
        in.deviations[i] = (std::log(market.spot / strikes[i]) + shared.carry.value()) / shared.deviation.value();
    const auto first = [count](auto& column) { return std::span<double>(column).first(count); };
    std::array<double, featureCount> alike;
    std::array<std::span<const double>, featureCount> columns;
    std::array<std::span<double>, featureCount> slopes;
    std::array<double, featureCount> direction{1};
    for (std::size_t k = 0; k < featureCount; ++k) {
        alike[k] = shared.features[k].value();
        columns[k] = std::span<const double>(alike).subspan(k, 1);
        slopes[k] = first(in.slopes[k]);
    }
    columns[0] = first(in.deviations);
    auto& european = in.european;
    std::array<double, block>&price = european[inputCount], &gamma = european[inputCount + 1];
    pricing::HestonView view;
    view.price = first(price);
    if (isWithSlopes) {
        network.network().differentiate(columns, direction, {first(in.said), slopes, first(in.second)});
        view.delta = first(european[spot]);
        view.gamma = first(gamma);
        view.theta = first(european[years]);
        view.rho = first(european[rate]);
        view.byV0 = first(european[v0]);
        view.byKappa = first(european[kappa]);
        view.byTheta = first(european[theta]);
        view.bySigma = first(european[sigma]);
        view.byRho = first(european[rho]);
    } else {
        network.network().evaluate(columns, first(in.said));
    }
    pricing::hestonStrip(right, market, life, p, strikes, view);
    const InputRange& box = network.teacher().inputs()[0];
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = from + i;
        const double strike = strikes[i], moneyness = market.spot / strike;
        const bool isInBox = in.deviations[i] >= box.low && in.deviations[i] <= box.high && std::isfinite(in.said[i]);
        if (!isInBox) {
            for (const std::span<double> column : columnsOf(out))
                put(column, row, none);
            continue;
        }
        const double exercise = isPut ? strike - market.spot : market.spot - strike;
        // Exercise at the end at least, on every day at best: the premium is of neither sign and no more than what it earns.
        const double most = strike * (isPut ? 1 : moneyness) * shared.weight.value();
        if (isWithSlopes && in.said[i] >= 1) { // what is cut off has no slope
            for (auto& column : in.slopes)
                column[i] = 0;
            in.second[i] = 0;
        }
        in.said[i] = std::clamp(in.said[i], 0.0, 1.0);
        Premium premium;
        if (isWithSlopes && in.said[i] > 0)
            premium = premiumOf(shared, right, moneyness, in, i);
        else
            premium.value = most / strike * in.said[i];
        const double value = price[i] + strike * premium.value;
        const bool isExercised = value <= exercise;
        put(out.price, row, isExercised ? exercise : value);
        put(out.bound, row, strike * boundAt(network.recipe().errors, in.deviations[i], life));
        if (!isWithSlopes)
            continue;
        if (isExercised) {
            for (const std::span<double> column :
                 {out.gamma, out.theta, out.rho, out.byV0, out.byKappa, out.byTheta, out.bySigma, out.byRho})
                put(column, row, 0);
            put(out.delta, row, isPut ? -1 : 1);
            continue;
        }
        put(out.delta, row, european[spot][i] + strike * premium.slopes[spot] / market.spot);
        put(out.gamma, row, gamma[i] + strike * (premium.curve - premium.slopes[spot]) / (market.spot * market.spot));
        put(out.theta, row, european[years][i] - strike * premium.slopes[years]);
        put(out.rho, row, european[rate][i] + strike * premium.slopes[rate]);
        put(out.byV0, row, european[v0][i] + strike * premium.slopes[v0]);
        put(out.byKappa, row, european[kappa][i] + strike * premium.slopes[kappa]);
        put(out.byTheta, row, european[theta][i] + strike * premium.slopes[theta]);
        put(out.bySigma, row, european[sigma][i] + strike * premium.slopes[sigma]);
        put(out.byRho, row, european[rho][i] + strike * premium.slopes[rho]);
    }
}

NeuralAmericanHeston::NeuralAmericanHeston(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
NeuralAmericanHeston::~NeuralAmericanHeston() = default;

base::Result<std::shared_ptr<const NeuralAmericanHeston>> NeuralAmericanHeston::open(const std::string& folder)
{
    auto puts = NetworkPricer::open("american_heston_put", folder);
    if (!puts)
        return tl::make_unexpected(puts.error());
    auto calls = NetworkPricer::open("american_heston_call", folder);
    if (!calls)
        return tl::make_unexpected(calls.error());
    auto parts = std::make_unique<Parts>(std::move(*puts), std::move(*calls));
    return std::shared_ptr<const NeuralAmericanHeston>(new NeuralAmericanHeston(std::move(parts)));
}

void NeuralAmericanHeston::strip(Right right, const MarketPoint& market, double life, const HestonParameters& p,
                                 std::span<const double> strikes, const NeuralHestonView& out) const noexcept
{
    if (pricing::exerciseNeverPays(right, market)) {
        pricing::hestonStrip(right, market, life, p, strikes,
                             {out.price, out.delta, out.gamma, out.theta, out.rho, out.byV0, out.byKappa, out.byTheta,
                              out.bySigma, out.byRho});
        for (std::size_t i = 0; i < out.bound.size(); ++i)
            out.bound[i] = strikes[i] > 0 && std::isfinite(strikes[i]) ? 0 : none;
        return;
    }
    const NetworkPricer& network = m_parts->of(right);
    if (!network.isInBox(Parts::sampleOf(market, life, p, 0)) || !(market.spot > 0 && std::isfinite(market.spot))) {
        for (const std::span<double> column : columnsOf(out))
            std::ranges::fill(column, none);
        return;
    }
    const Shared shared(right, market, life, p);
    for (std::size_t from = 0; from < strikes.size(); from += block)
        Parts::priceBlock(network, shared, right, market, life, p,
                          strikes.subspan(from, std::min(block, strikes.size() - from)), from, out);
}

base::Result<void> NeuralAmericanHeston::checkBox(Right right, const MarketPoint& market, double strike, double life,
                                                  const HestonParameters& p) const
{
    if (const auto usable = pricing::checkInputs(market, strike, life, p); !usable)
        return usable;
    if (pricing::exerciseNeverPays(right, market))
        return {};
    const Teacher& teacher = m_parts->of(right).teacher();
    if (const auto ok = learning::checkBox(teacher, Parts::sampleOf(market, life, p, 0)); !ok)
        return ok;
    const formulas::Inputs<double> in{std::log(market.spot / strike),
                                      life,
                                      market.rate,
                                      market.dividendYield,
                                      p.v0,
                                      p.theta,
                                      p.kappa,
                                      p.sigma,
                                      p.rho};
    return learning::checkBox(teacher, Parts::sampleOf(market, life, p, formulas::deviations(in)));
}

} // namespace vegadesk::learning

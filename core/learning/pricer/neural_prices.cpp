#include "learning/pricer/neural_prices.h"

#include "learning/pricer/network_greeks.h"
#include "learning/teachers/american_form.h"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::learning
{

using pricing::Greeks;
using pricing::MarketPoint;
using pricing::Right;

namespace
{

NeuralValue valueOf(const NetworkPricer& pricer, const SampleAt& sampleAt, const GreekPoint& point, double strike)
{
    std::vector<double> sample(pricer.teacher().inputs().size());
    sampleAt(point, sample);
    const Greeks over = networkGreeks(pricer, sampleAt, point);
    return {.greeks = {strike * over.price, over.delta, over.gamma / strike, strike * over.vega, strike * over.theta,
                       strike * over.rho},
            .bound = strike * pricer.boundAt(sample),
            .network = std::string(pricer.teacher().id())};
}

base::Result<NeuralValue> checkedValue(const NetworkPricer& pricer, const SampleAt& sampleAt, const GreekPoint& point,
                                       double strike)
{
    std::vector<double> sample(pricer.teacher().inputs().size());
    sampleAt(point, sample);
    if (const auto ok = checkBox(pricer.teacher(), sample); !ok)
        return tl::make_unexpected(ok.error());
    return valueOf(pricer, sampleAt, point, strike);
}

/// The put of the same terms.
Greeks byParity(const Greeks& call, const MarketPoint& market, double strike, double years)
{
    const double spot = std::exp(-market.dividendYield * years), money = strike * std::exp(-market.rate * years);
    return {.price = call.price - market.spot * spot + money,
            .delta = call.delta - spot,
            .gamma = call.gamma,
            .vega = call.vega,
            .theta = call.theta - market.dividendYield * market.spot * spot + market.rate * money,
            .rho = call.rho - years * money};
}

} // namespace

base::Result<std::shared_ptr<const NetworkPricer>> NeuralPrices::network(std::string_view teacher)
{
    if (const auto known = m_networks.find(teacher); known != m_networks.end())
        return known->second;
    auto opened = NetworkPricer::open(teacher, m_folder);
    if (opened)
        m_networks.emplace(teacher, *opened);
    return opened;
}

base::Result<NeuralValue> NeuralPrices::blackScholes(Right right, const MarketPoint& market, double strike,
                                                     double years, double vol)
{
    if (const auto usable = pricing::checkInputs(market, strike, years, vol); !usable)
        return tl::make_unexpected(usable.error());
    const auto pricer = network("black_scholes");
    if (!pricer)
        return tl::make_unexpected(pricer.error());
    const auto sampleAt = [&](const GreekPoint& point, std::span<double> sample) {
        sample[0] = point.spot;
        sample[1] = point.years;
        sample[2] = point.rate;
        sample[3] = market.dividendYield;
        sample[4] = point.vol;
    };
    auto value = checkedValue(**pricer, sampleAt, {market.spot / strike, years, market.rate, vol}, strike);
    const double carry = (market.rate - market.dividendYield) * years;
    if (value && std::abs(std::log(market.spot / strike) + carry) < 3e-4) {
        // The closed form has a kink where the forward is the strike, and differences over it say nothing: those beside it do.
        const GreekPoint beside{std::exp(5e-4 - carry), years, market.rate, vol};
        value->greeks.gamma = networkGreeks(**pricer, sampleAt, beside).gamma / strike;
    }
    if (value && right == Right::Put)
        value->greeks = byParity(value->greeks, market, strike, years);
    return value;
}

base::Result<NeuralValue> NeuralPrices::heston(Right right, const MarketPoint& market, double strike, double years,
                                               const pricing::HestonParameters& parameters)
{
    if (const auto usable = pricing::checkInputs(market, strike, years, parameters); !usable)
        return tl::make_unexpected(usable.error());
    const double volNow = std::sqrt(parameters.v0);
    const auto pricer = network("heston");
    if (!pricer)
        return tl::make_unexpected(pricer.error());
    const auto sampleAt = [&](const GreekPoint& point, std::span<double> sample) {
        sample[0] = point.spot * std::exp(-market.dividendYield * point.years);
        sample[1] = point.years;
        sample[2] = point.rate;
        sample[3] = point.vol == volNow ? parameters.v0 : point.vol * point.vol;
        sample[4] = parameters.theta;
        sample[5] = parameters.kappa;
        sample[6] = parameters.sigma;
        sample[7] = parameters.rho;
    };
    auto value =
        checkedValue(**pricer, sampleAt, {market.spot / strike, years, market.rate, std::sqrt(parameters.v0)}, strike);
    if (value && right == Right::Put)
        value->greeks = byParity(value->greeks, market, strike, years);
    return value;
}

base::Result<NeuralValue> NeuralPrices::american(Right right, const MarketPoint& market,
                                                 std::span<const pricing::CashDividend> dividends, double strike,
                                                 double years, double vol)
{
    if (const auto usable = pricing::checkInputs(market, strike, years, vol); !usable)
        return tl::make_unexpected(usable.error());
    if (const auto usable = pricing::checkDividends(dividends); !usable)
        return tl::make_unexpected(usable.error());
    // None is one of nothing, wherever.
    pricing::CashDividend paid{0.5 * years, 0};
    int count = 0;
    for (const pricing::CashDividend& each : dividends) {
        if (each.years > 0 && each.years < years && each.amount > 0) {
            paid = each;
            ++count;
        }
    }
    if (count > 1)
        return base::badInput("dividends", fmt::format("{} before expiry", count),
                              "one at most, what the net was trained on");
    const auto pricer = network(right == Right::Put ? "american_put" : "american_call");
    if (!pricer)
        return tl::make_unexpected(pricer.error());
    const auto sampleAt = [&](const GreekPoint& point, std::span<double> sample) {
        // As time passes life and ex-date come nearer together; what is not paid stays in the middle.
        const double exDate = paid.amount > 0 ? paid.years + (point.years - years) : 0.5 * point.years;
        const american_form::Inputs<double> in{point.spot,           point.years, point.rate,
                                               market.dividendYield, point.vol,   paid.amount / strike,
                                               exDate / point.years};
        sample[0] = american_form::logForward(in) / (in.vol * std::sqrt(in.years));
        sample[1] = in.years;
        sample[2] = in.rate;
        sample[3] = in.dividendYield;
        sample[4] = in.vol;
        sample[5] = in.dividend;
        sample[6] = in.dividendAt;
    };
    return checkedValue(**pricer, sampleAt, {market.spot / strike, years, market.rate, vol}, strike);
}

base::Result<NeuralValue> NeuralPrices::americanHeston(Right right, const MarketPoint& market, double strike,
                                                       double years, const pricing::HestonParameters& parameters)
{
    if (!m_americanHeston) {
        auto opened = NeuralAmericanHeston::open(m_folder);
        if (!opened)
            return tl::make_unexpected(opened.error());
        m_americanHeston = std::move(*opened);
    }
    if (const auto ok = m_americanHeston->checkBox(right, market, strike, years, parameters); !ok)
        return tl::make_unexpected(ok.error());
    NeuralValue out;
    out.network = right == Right::Put ? "american_heston_put" : "american_heston_call";
    Greeks& greeks = out.greeks;
    NeuralHestonView view;
    view.price = {&greeks.price, 1};
    view.delta = {&greeks.delta, 1};
    view.gamma = {&greeks.gamma, 1};
    view.theta = {&greeks.theta, 1};
    view.rho = {&greeks.rho, 1};
    view.byV0 = {&greeks.vega, 1};
    view.bound = {&out.bound, 1};
    m_americanHeston->strip(right, market, years, parameters, {&strike, 1}, view);
    greeks.vega *= 2 * std::sqrt(parameters.v0);
    return out;
}

} // namespace vegadesk::learning

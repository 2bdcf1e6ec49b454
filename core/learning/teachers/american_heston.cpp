#include "pricing/heston/american_heston.h"
#include "learning/teachers/american_heston_form.h"
#include "learning/teachers/entries.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::learning
{

namespace
{

namespace formulas = american_heston_form;
using pricing::Right;

/// Grids are laid for one variance and one life: prices near by are as good.
constexpr double nearbyVariance = 0.25; ///< of its logarithm, either way
constexpr double nearbyLife = 0.75;

class AmericanHestonTeacher final : public Teacher
{
public:
    explicit AmericanHestonTeacher(Right right);

    std::string_view id() const override { return isPut() ? "american_heston_put" : "american_heston_call"; }
    std::string_view about() const override
    {
        return isPut() ? "American puts under Heston, by finite differences; the net learns what early exercise is "
                         "worth beyond the European price, over the interest on the strike."
                       : "American calls under Heston, by finite differences; the net learns what early exercise is "
                         "worth beyond the European price, over the dividends of the share.";
    }
    int version() const override { return 2; }
    std::span<const InputRange> inputs() const override { return m_inputs; }
    std::size_t featureCount() const override { return formulas::featureCount; }
    bool weighsErrors() const override { return true; }
    std::size_t familySize() const override { return 8; }
    std::span<const std::size_t> slopeInputs() const override { return m_slopes; }

    void features(Sample sample, std::span<double> out) const noexcept override
    {
        std::ranges::copy(formulas::features(of(sample)), out.begin());
    }
    PriceForm form(Sample sample) const noexcept override
    {
        const double spot = spotOf(sample), weight = formulas::weight(m_right, of(sample)),
                     european = pricing::hestonPrice(m_right, marketOf(sample), 1, sample[years], lawOf(sample));
        return {.baseline = european,
                .weight = weight,
                .least = std::max(european, isPut() ? 1 - spot : spot - 1),
                .most = european + weight};
    }
    double price(Sample sample) const noexcept override
    {
        return pricing::americanHeston(m_right, marketOf(sample), 1, sample[years], lawOf(sample)).price;
    }
    void family(std::span<double> rows, base::Generator& chance, std::span<double> prices,
                std::span<double> slopes) const override;

private:
    enum : std::size_t { deviations, years, rate, dividendYield, v0, theta, kappa, sigma, rho, inputCount };

    bool isPut() const { return m_right == Right::Put; }
    static formulas::Inputs<double> of(Sample sample)
    {
        formulas::Inputs<double> out{0,          sample[years], sample[rate],  sample[dividendYield],
                                     sample[v0], sample[theta], sample[kappa], sample[sigma],
                                     sample[rho]};
        out.logMoneyness =
            sample[deviations] * std::sqrt(formulas::variance(out)) - (out.rate - out.dividendYield) * out.years;
        return out;
    }
    static double spotOf(Sample sample) { return std::exp(of(sample).logMoneyness); }
    static pricing::MarketPoint marketOf(Sample sample)
    {
        return {spotOf(sample), sample[rate], sample[dividendYield]};
    }
    static pricing::HestonParameters lawOf(Sample sample)
    {
        return {.v0 = sample[v0],
                .kappa = sample[kappa],
                .theta = sample[theta],
                .sigma = sample[sigma],
                .rho = sample[rho]};
    }

    Right m_right;
    std::array<InputRange, inputCount> m_inputs;
    static constexpr std::array<std::size_t, 2> m_slopes{deviations, v0};
};

AmericanHestonTeacher::AmericanHestonTeacher(Right right)
    : m_right(right),
      m_inputs{{{"deviations", "", -4, 4, "Forward over strike: its logarithm, in deviations of the expected variance"},
                {"years", "years", 0.02, 2, "Time to expiry", true},
                {"rate", "per year", 0, 0.1, "Continuous risk-free rate"},
                {"dividend_yield", "per year", 0, 0.1, "Continuous dividend yield"},
                {"v0", "per year", 0.01, 0.5, "Variance now", true},
                {"theta", "per year", 0.01, 0.5, "Variance it returns to", true},
                {"kappa", "per year", 0.3, 10, "Speed of its return", true},
                {"sigma", "per year", 0.05, 2.5, "Volatility of the variance"},
                {"rho", "", -0.95, 0, "Correlation of the variance with the share"}}}
{
    // Without what early exercise earns there is nothing to learn, and the European price is the answer.
    m_inputs[isPut() ? rate : dividendYield].low = 0.001;
}

void AmericanHestonTeacher::family(std::span<double> rows, base::Generator& chance, std::span<double> prices,
                                   std::span<double> slopes) const
{
    const Sample first = rows.first(inputCount);
    const double shorter = std::max(m_inputs[years].low, nearbyLife * first[years]);
    const std::array<double, 2> lives{shorter, first[years]};
    const bool isShort = !(shorter < first[years]);
    thread_local pricing::AmericanHestonSolution solution; // keeps its memory
    const bool isSolved =
        solution
            .solve(m_right, first[rate], first[dividendYield], std::span(lives).subspan(isShort ? 1 : 0), lawOf(first))
            .has_value();
    for (std::size_t member = 0; member < prices.size(); ++member) {
        const std::span<double> row = rows.subspan(member * inputCount, inputCount);
        if (member > 0) {
            std::ranges::copy(first, row.begin());
            row[deviations] = chance.uniform(m_inputs[deviations].low, m_inputs[deviations].high);
            row[v0] = std::clamp(first[v0] * std::exp(chance.uniform(-nearbyVariance, nearbyVariance)),
                                 m_inputs[v0].low, m_inputs[v0].high);
            row[years] = lives[isShort || member % 2 == 0 ? 1 : 0];
        }
        const std::size_t time = isShort || member % 2 == 0 ? solution.timeCount() - 1 : 0;
        const double spot = spotOf(row), deviation = std::sqrt(formulas::variance(of(row)));
        const pricing::AmericanHestonValue value =
            isSolved ? solution.at(spot, row[v0], time) : pricing::AmericanHestonValue{};
        prices[member] = value.price;
        const double pull = row[kappa] * row[years];
        // At the same deviations a higher variance is another spot too.
        const double deviationByV0 = -std::expm1(-pull) / pull * row[years] / (2 * deviation);
        const bool isExercised = value.byV0 == 0 && value.theta == 0;
        slopes[2 * member] = isExercised ? std::nan("") : value.delta * spot * deviation;
        slopes[2 * member + 1] =
            isExercised ? std::nan("") : value.byV0 + value.delta * spot * row[deviations] * deviationByV0;
    }
}

} // namespace

std::unique_ptr<const Teacher> americanHestonTeacher(Right right)
{
    return std::make_unique<AmericanHestonTeacher>(right);
}

} // namespace vegadesk::learning

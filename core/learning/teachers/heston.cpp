#include "pricing/heston/heston.h"
#include "learning/teachers/entries.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::learning
{

namespace
{

using pricing::Right;

/// (1 - e^-x) / x, near 0 too.
double decay(double x) noexcept
{
    return x < 1e-8 ? 1 - 0.5 * x : -std::expm1(-x) / x;
}

/// The box of Liu, Oosterlee and Bohte (2019), table 7.
class HestonTeacher final : public Teacher
{
public:
    std::string_view id() const override { return "heston"; }
    std::string_view about() const override
    {
        return "European calls under Heston; the net learns what the undiscounted price has beyond Black's at the mean "
               "of the expected "
               "variance.";
    }
    int version() const override { return 1; }
    std::span<const InputRange> inputs() const override { return m_inputs; }
    std::size_t featureCount() const override { return 7; }

    void features(Sample sample, std::span<double> out) const noexcept override
    {
        const Inputs in = of(sample);
        out[0] = std::log(in.moneyness) + in.rate * in.years;
        out[1] = in.years;
        out[2] = in.heston.v0;
        out[3] = in.heston.theta;
        out[4] = in.heston.kappa;
        out[5] = in.heston.sigma;
        out[6] = in.heston.rho;
    }

    PriceForm form(Sample sample) const noexcept override
    {
        const Inputs in = of(sample);
        const double mean = in.heston.theta + (in.heston.v0 - in.heston.theta) * decay(in.heston.kappa * in.years);
        return {.baseline = pricing::blackScholesPrice(Right::Call, {in.moneyness, in.rate, 0}, 1, in.years,
                                                       std::sqrt(std::max(mean, 0.0))),
                .weight = std::exp(-in.rate * in.years)};
    }

    double price(Sample sample) const noexcept override
    {
        const Inputs in = of(sample);
        return pricing::hestonPrice(Right::Call, {in.moneyness, in.rate, 0}, 1, in.years, in.heston);
    }

private:
    struct Inputs {
        double moneyness, years, rate;
        pricing::HestonParameters heston;
    };
    static Inputs of(Sample sample)
    {
        return {sample[0],
                sample[1],
                sample[2],
                {.v0 = sample[3], .kappa = sample[5], .theta = sample[4], .sigma = sample[6], .rho = sample[7]}};
    }

    const std::array<InputRange, 8> m_inputs{
        {{"moneyness", "", 0.6, 1.4, "Spot over strike"},
         {"years", "years", 0.1, 1.4, "Time to expiry"},
         {"rate", "per year", 0, 0.1, "Continuous risk-free rate; there is no yield"},
         {"v0", "per year", 0.05, 0.5, "Variance now"},
         {"theta", "per year", 0, 0.5, "Variance it returns to"},
         {"kappa", "per year", 0, 2, "Speed of its return"},
         {"sigma", "per year", 0, 0.5, "Volatility of the variance"},
         {"rho", "", -0.95, 0, "Correlation of the variance with the share"}}};
};

} // namespace

std::unique_ptr<const Teacher> hestonTeacher()
{
    return std::make_unique<HestonTeacher>();
}

} // namespace vegadesk::learning

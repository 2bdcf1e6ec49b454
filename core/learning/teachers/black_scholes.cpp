#include "pricing/black_scholes.h"
#include "learning/teachers/entries.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::learning
{

namespace
{

using pricing::Right;

/// The box of Liu, Oosterlee and Bohte (2019), table 4, "wide", with a yield beside the rate.
class BlackScholesTeacher final : public Teacher
{
public:
    std::string_view id() const override { return "black_scholes"; }
    std::string_view about() const override
    {
        return "European calls under Black-Scholes; the net learns the time value over the square root of the forward "
               "and the deviation.";
    }
    int version() const override { return 1; }
    std::span<const InputRange> inputs() const override { return m_inputs; }
    std::size_t featureCount() const override { return 7; }

    void features(Sample sample, std::span<double> out) const noexcept override
    {
        const Inputs in = of(sample);
        const double away = std::abs(in.logForward()) / in.deviation(); // of the forward from the strike, in deviations
        out[0] = in.logForward();
        out[1] = in.years;
        out[2] = in.rate;
        out[3] = in.dividendYield;
        out[4] = in.vol;
        out[5] = in.deviation();
        out[6] = away / std::sqrt(1 + away * away / 9); // beyond three of them little happens
    }

    PriceForm form(Sample sample) const noexcept override
    {
        const Inputs in = of(sample);
        return {.baseline = std::max(
                    in.moneyness * std::exp(-in.dividendYield * in.years) - std::exp(-in.rate * in.years), 0.0),
                .weight = std::exp(0.5 * in.logForward() - in.rate * in.years) * in.deviation()};
    }

    double price(Sample sample) const noexcept override
    {
        const auto [moneyness, years, rate, dividendYield, vol] = of(sample);
        return pricing::blackScholesPrice(Right::Call, {moneyness, rate, dividendYield}, 1, years, vol);
    }

private:
    struct Inputs {
        double moneyness, years, rate, dividendYield, vol;

        double logForward() const { return std::log(moneyness) + (rate - dividendYield) * years; }
        double deviation() const { return vol * std::sqrt(years); }
    };
    static Inputs of(Sample sample) { return {sample[0], sample[1], sample[2], sample[3], sample[4]}; }

    const std::array<InputRange, 5> m_inputs{{{"moneyness", "", 0.4, 1.6, "Spot over strike"},
                                              {"years", "years", 0.2, 1.1, "Time to expiry"},
                                              {"rate", "per year", 0.02, 0.1, "Continuous risk-free rate"},
                                              {"dividend_yield", "per year", 0, 0.05, "Continuous dividend yield"},
                                              {"vol", "per year", 0.01, 1, "Volatility"}}};
};

} // namespace

std::unique_ptr<const Teacher> blackScholesTeacher()
{
    return std::make_unique<BlackScholesTeacher>();
}

} // namespace vegadesk::learning

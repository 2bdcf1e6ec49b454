#include "learning/teachers/american_form.h"
#include "learning/teachers/entries.h"
#include "pricing/american/cash_dividends.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::learning
{

namespace
{

namespace formulas = american_form;
using pricing::Right;

class AmericanTeacher final : public Teacher
{
public:
    explicit AmericanTeacher(Right right) : m_right(right) {}

    std::string_view id() const override { return isPut() ? "american_put" : "american_call"; }
    std::string_view about() const override
    {
        return isPut() ? "American puts on shares with a yield and one cash dividend, by finite differences; the net "
                         "learns what is beyond a European price with the dividend shared out between spot and strike."
                       : "American calls on shares with a yield and one cash dividend, by finite differences; the net "
                         "learns what is beyond a European price with the dividend shared out between spot and strike.";
    }
    int version() const override { return 1; }
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
        const formulas::Inputs<double> in = of(sample);
        return {.baseline = formulas::europeanPrice(m_right, in),
                .weight = formulas::weight(m_right, in),
                .least = exercise(in.moneyness),
                .most = isPut() ? 1 : in.moneyness};
    }
    double price(Sample sample) const noexcept override
    {
        const formulas::Inputs<double> in = of(sample);
        const pricing::CashDividend dividend{in.dividendAt * in.years, in.dividend};
        return pricing::americanPriceWithDividends(m_right, {in.moneyness, in.rate, in.dividendYield}, {&dividend, 1},
                                                   1, in.years, in.vol);
    }
    void family(std::span<double> rows, base::Generator& chance, std::span<double> prices,
                std::span<double> slopes) const override;

private:
    enum : std::size_t { deviations, years, rate, dividendYield, vol, dividend, dividendAt, inputCount };

    bool isPut() const { return m_right == Right::Put; }
    double exercise(double spot) const { return std::max(0.0, isPut() ? 1 - spot : spot - 1); }
    static formulas::Inputs<double> of(Sample sample)
    {
        formulas::Inputs<double> out{0,           sample[years],    sample[rate],      sample[dividendYield],
                                     sample[vol], sample[dividend], sample[dividendAt]};
        out.moneyness = formulas::moneynessAt(sample[deviations], out);
        return out;
    }

    Right m_right;
    static constexpr std::array<std::size_t, 1> m_slopes{deviations};
    const std::array<InputRange, inputCount> m_inputs{
        {{"deviations", "", -4, 4, "Forward over strike: its logarithm, in deviations"},
         {"years", "years", 0.02, 2, "Time to expiry", true},
         {"rate", "per year", 0.001, 0.1, "Continuous risk-free rate"},
         {"dividend_yield", "per year", 0, 0.1, "Continuous dividend yield"},
         {"vol", "per year", 0.05, 0.8, "Volatility", true},
         {"dividend", "", 0, 0.03, "Cash dividend over strike; 0: none"},
         {"dividend_at", "", 0.02, 0.98, "Time to its ex-date over time to expiry"}}};
};

void AmericanTeacher::family(std::span<double> rows, base::Generator& chance, std::span<double> prices,
                             std::span<double> slopes) const
{
    const Sample first = rows.first(inputCount);
    std::vector<double> spots, deltas(prices.size());
    for (std::size_t member = 0; member < prices.size(); ++member) {
        const std::span<double> row = rows.subspan(member * inputCount, inputCount);
        if (member > 0) {
            std::ranges::copy(first, row.begin());
            row[deviations] = chance.uniform(m_inputs[deviations].low, m_inputs[deviations].high);
        }
        spots.push_back(of(row).moneyness);
    }
    const formulas::Inputs<double> in = of(first);
    const pricing::CashDividend paid{in.dividendAt * in.years, in.dividend};
    pricing::americanPricesWithDividends(m_right, {1, in.rate, in.dividendYield}, {&paid, 1}, 1, in.years, in.vol,
                                         spots, prices, deltas);
    for (std::size_t member = 0; member < prices.size(); ++member) {
        const Sample row = rows.subspan(member * inputCount, inputCount);
        const bool isExercised = prices[member] <= exercise(of(row).moneyness);
        slopes[member] = isExercised ? std::nan("") : deltas[member] * formulas::spotByDeviation(of(row));
    }
}

} // namespace

std::unique_ptr<const Teacher> americanTeacher(Right right)
{
    return std::make_unique<AmericanTeacher>(right);
}

} // namespace vegadesk::learning

#include "pricing/models/entries.h"
#include "pricing/models/strip_blocks.h"

namespace vegadesk::pricing
{

namespace
{

class BlackScholes final : public Model
{
public:
    explicit BlackScholes(double vol) : m_vol(vol) {}
    void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                    const GreeksView& out) const noexcept override
    {
        stripAtOneVol([](const auto&... inputs) { blackScholesStrip(inputs...); }, right, market, years, strikes, m_vol,
                      out);
    }

private:
    double m_vol;
};

} // namespace

ModelInfo blackScholesModel()
{
    return {.id = "black_scholes",
            .title = "Black-Scholes",
            .about = "One volatility for every strike and date; exercise at expiry only.",
            .styles = {market::ExerciseStyle::European},
            .parameters = {volatilitySpec()},
            .make = [](const base::Parameters& parameters) -> std::unique_ptr<Model> {
                return std::make_unique<BlackScholes>(parameters["volatility"]);
            }};
}

} // namespace vegadesk::pricing

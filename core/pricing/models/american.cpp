#include "pricing/american/american.h"
#include "pricing/models/entries.h"
#include "pricing/models/strip_blocks.h"

namespace vegadesk::pricing
{

namespace
{

class American final : public Model
{
public:
    explicit American(double vol) : m_vol(vol) {}
    void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                    const GreeksView& out) const noexcept override
    {
        stripAtOneVol([](const auto&... inputs) { americanStrip(inputs...); }, right, market, years, strikes, m_vol,
                      out);
    }

private:
    double m_vol;
};

} // namespace

ModelInfo americanModel()
{
    return {.id = "american",
            .title = "American",
            .about = "Black-Scholes with exercise on any day, by collocation of the exercise boundary.",
            .styles = {market::ExerciseStyle::American},
            .parameters = {volatilitySpec()},
            .make = [](const base::Parameters& parameters) -> std::unique_ptr<Model> {
                return std::make_unique<American>(parameters["volatility"]);
            }};
}

} // namespace vegadesk::pricing

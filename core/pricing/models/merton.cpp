#include "pricing/jump/merton.h"
#include "pricing/models/entries.h"

namespace vegadesk::pricing
{

namespace
{

class Merton final : public Model
{
public:
    explicit Merton(const MertonParameters& parameters) : m_parameters(parameters) {}
    void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                    const GreeksView& out) const noexcept override
    {
        MertonView view;
        view.price = out.price;
        view.delta = out.delta;
        view.gamma = out.gamma;
        view.vega = out.vega;
        view.theta = out.theta;
        view.rho = out.rho;
        mertonStrip(right, market, years, m_parameters, strikes, view);
    }

private:
    MertonParameters m_parameters;
};

} // namespace

ModelInfo mertonModel()
{
    std::vector<base::ParameterSpec> parameters{volatilitySpec()};
    for (base::ParameterSpec& each : jumpSpecs())
        parameters.push_back(std::move(each));
    return {.id = "merton",
            .title = "Merton",
            .about = "Black-Scholes with jumps of random size; vega is to the diffusion's volatility.",
            .styles = {market::ExerciseStyle::European},
            .parameters = std::move(parameters),
            .make = [](const base::Parameters& p) -> std::unique_ptr<Model> {
                return std::make_unique<Merton>(
                    MertonParameters{p["volatility"], p["jump_intensity"], p["jump_mean"], p["jump_deviation"]});
            }};
}

} // namespace vegadesk::pricing

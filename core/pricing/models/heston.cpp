#include "pricing/heston/heston.h"

#include "pricing/heston/american_heston.h"
#include "pricing/heston/bates.h"
#include "pricing/models/entries.h"

#include <cmath>

namespace vegadesk::pricing
{

namespace
{

HestonParameters hestonOf(const base::Parameters& p)
{
    return {p["v0"], p["kappa"], p["theta"], p["sigma"], p["rho"]};
}

/// Vega is to the volatility now: 2 sqrt(v0) d price / d v0.
template<class View, class Kernel>
void priceWithVega(Kernel kernel, double v0, const GreeksView& out)
{
    View view;
    view.price = out.price;
    view.delta = out.delta;
    view.gamma = out.gamma;
    view.theta = out.theta;
    view.rho = out.rho;
    view.byV0 = out.vega;
    kernel(view);
    for (double& vega : out.vega)
        vega *= 2 * std::sqrt(v0);
}

class Heston final : public Model
{
public:
    explicit Heston(const HestonParameters& parameters) : m_parameters(parameters) {}
    void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                    const GreeksView& out) const noexcept override
    {
        priceWithVega<HestonView>(
            [&](const HestonView& view) { hestonStrip(right, market, years, m_parameters, strikes, view); },
            m_parameters.v0, out);
    }

private:
    HestonParameters m_parameters;
};

class AmericanHeston final : public Model
{
public:
    explicit AmericanHeston(const HestonParameters& parameters) : m_parameters(parameters) {}
    void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                    const GreeksView& out) const noexcept override
    {
        priceWithVega<AmericanHestonView>(
            [&](const AmericanHestonView& view) {
                americanHestonStrip(right, market, years, m_parameters, strikes, view);
            },
            m_parameters.v0, out);
    }

private:
    HestonParameters m_parameters;
};

class Bates final : public Model
{
public:
    explicit Bates(const BatesParameters& parameters) : m_parameters(parameters) {}
    void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                    const GreeksView& out) const noexcept override
    {
        priceWithVega<BatesView>(
            [&](const BatesView& view) { batesStrip(right, market, years, m_parameters, strikes, view); },
            m_parameters.heston.v0, out);
    }

private:
    BatesParameters m_parameters;
};

} // namespace

ModelInfo hestonModel()
{
    return {.id = "heston",
            .title = "Heston",
            .about = "Variance that returns to a mean and moves with the share; vega is to the volatility now.",
            .styles = {market::ExerciseStyle::European},
            .parameters = hestonSpecs(),
            .make = [](const base::Parameters& p) -> std::unique_ptr<Model> {
                return std::make_unique<Heston>(hestonOf(p));
            }};
}

ModelInfo americanHestonModel()
{
    return {.id = "american_heston",
            .title = "American Heston",
            .about = "Heston with exercise on any day, by finite differences; vega is to the volatility now.",
            .styles = {market::ExerciseStyle::American},
            .parameters = hestonSpecs(),
            .make = [](const base::Parameters& p) -> std::unique_ptr<Model> {
                return std::make_unique<AmericanHeston>(hestonOf(p));
            }};
}

ModelInfo batesModel()
{
    std::vector<base::ParameterSpec> parameters = hestonSpecs();
    for (base::ParameterSpec& each : jumpSpecs())
        parameters.push_back(std::move(each));
    return {.id = "bates",
            .title = "Bates",
            .about = "Heston's variance and Merton's jumps; vega is to the volatility now.",
            .styles = {market::ExerciseStyle::European},
            .parameters = std::move(parameters),
            .make = [](const base::Parameters& p) -> std::unique_ptr<Model> {
                return std::make_unique<Bates>(
                    BatesParameters{hestonOf(p), p["jump_intensity"], p["jump_mean"], p["jump_deviation"]});
            }};
}

} // namespace vegadesk::pricing

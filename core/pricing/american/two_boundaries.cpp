#include "pricing/american/two_boundaries.h"

#include "pricing/american/log_grid.h"

#include <algorithm>

namespace vegadesk::pricing::american_detail
{

namespace
{

constexpr GridSize size{1600, 200};

GridValue onGrid(const PutInputs& inputs, double spot)
{
    GridProblem problem;
    problem.market = {spot, inputs.rate, inputs.yield};
    problem.strike = 1;
    problem.years = inputs.years;
    problem.vol = inputs.vol;
    return valueOnGrid(problem, size);
}

} // namespace

double putPriceOnGrid(const PutInputs& inputs, double spot) noexcept
{
    return std::max({onGrid(inputs, spot).price, 1 - spot, 0.0}); // the grid rounds to either side of nothing
}

PutValue putOnGrid(const PutInputs& inputs, double spot, RateGreek rate) noexcept
{
    const GridValue value = onGrid(inputs, spot);
    if (value.price <= 1 - spot)
        return {1 - spot, -1, 0, 0, 0, 0};
    PutValue out{std::max(value.price, 0.0), value.delta, value.gamma, 0, 0, 0};
    out.theta = inputs.rate * out.price - (inputs.rate - inputs.yield) * spot * out.delta -
                0.5 * inputs.vol * inputs.vol * spot * spot * out.gamma;
    const auto slope = [&](double PutInputs::* field, double move) {
        PutInputs up = inputs, down = inputs;
        up.*field += move;
        down.*field -= move;
        return (putPriceOnGrid(up, spot) - putPriceOnGrid(down, spot)) / (2 * move);
    };
    out.vega = slope(&PutInputs::vol, 0.01 * inputs.vol);
    out.rho = slope(rate == RateGreek::Rate ? &PutInputs::rate : &PutInputs::yield, 1e-4);
    return out;
}

} // namespace vegadesk::pricing::american_detail

#include "pricing/models/entries.h"

namespace vegadesk::pricing
{

base::ParameterSpec volatilitySpec()
{
    return {.name = "volatility",
            .unit = "per year",
            .about = "Standard deviation of the yearly log return, 0.2 for 20 %.",
            .minimum = 0,
            .maximum = 10,
            .fallback = 0.2};
}

std::vector<base::ParameterSpec> jumpSpecs()
{
    return {{.name = "jump_intensity",
             .unit = "a year",
             .about = "Jumps that are expected in a year.",
             .minimum = 0,
             .maximum = 1000,
             .fallback = 1},
            {.name = "jump_mean",
             .about = "Mean of a jump's logarithm, -0.1 for a tenth down.",
             .minimum = -3,
             .maximum = 3,
             .fallback = -0.1},
            {.name = "jump_deviation",
             .about = "Standard deviation of a jump's logarithm.",
             .minimum = 0,
             .maximum = 3,
             .fallback = 0.15}};
}

std::vector<base::ParameterSpec> hestonSpecs()
{
    return {{.name = "v0",
             .unit = "per year",
             .about = "Variance now, 0.04 for a volatility of 20 %.",
             .minimum = 0,
             .maximum = 25,
             .fallback = 0.04},
            {.name = "kappa",
             .unit = "per year",
             .about = "Speed at which the variance returns to its mean.",
             .minimum = 0,
             .maximum = 100,
             .fallback = 2},
            {.name = "theta",
             .unit = "per year",
             .about = "The variance's long-run mean.",
             .minimum = 0,
             .maximum = 25,
             .fallback = 0.04},
            {.name = "sigma", .about = "Volatility of the variance.", .minimum = 0, .maximum = 25, .fallback = 0.4},
            {.name = "rho",
             .about = "Correlation of the variance with the share.",
             .minimum = -1,
             .maximum = 1,
             .fallback = -0.6}};
}

} // namespace vegadesk::pricing

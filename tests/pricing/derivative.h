#pragma once

#include <functional>

/// d f / d x by four points, to the fourth order of the step.
inline double derivative(const std::function<double(double)>& f, double x, double step)
{
    return (8 * (f(x + step) - f(x - step)) - (f(x + 2 * step) - f(x - 2 * step))) / (12 * step);
}

#include "desk/sweep_axes.h"

#include "backtest/sweep.h"

#include <algorithm>

namespace vegadesk::desk
{

base::Result<std::vector<std::string>> axisRange(const base::ParameterSpec& spec, double first, double last,
                                                 double step)
{
    base::Parameters bounds({spec});
    for (const double end : {first, last}) {
        if (const auto set = bounds.set(spec.name, end); !set)
            return tl::make_unexpected(set.error());
    }
    const auto texts = backtest::valuesFrom(first, last, step);
    if (!texts)
        return base::badInput(spec.name + ", " + texts.error().field, texts.error().value, texts.error().allowed);
    return axisValues(spec, *texts);
}

base::Result<std::vector<std::string>> axisValues(const base::ParameterSpec& spec, std::span<const std::string> texts)
{
    if (texts.empty())
        return base::badInput(spec.name, "nothing", "at least one value");
    base::Parameters parameters({spec});
    std::vector<std::string> values;
    for (const std::string& each : texts) {
        if (const auto set = parameters.setText(spec.name, each); !set)
            return tl::make_unexpected(set.error());
        std::string value = parameters.toText(spec.name);
        if (std::ranges::find(values, value) != values.end())
            return base::badInput(spec.name, each, "each value once");
        values.push_back(std::move(value));
    }
    return values;
}

} // namespace vegadesk::desk

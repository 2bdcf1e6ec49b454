#pragma once

#include "strategies/strategy.h"

#include <QtGlobal>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

/// A registered strategy with these parameters, as texts, and the others at their fallbacks.
inline std::unique_ptr<strategies::Strategy> make(std::string_view name,
                                                  const std::vector<std::pair<std::string, std::string>>& set = {})
{
    const strategies::StrategyInfo& info = *strategies::find(name).value();
    base::Parameters parameters(info.parameters);
    for (const auto& [parameter, text] : set) {
        if (const auto done = parameters.setText(parameter, text); !done)
            qFatal("%s", done.error().message().c_str());
    }
    return info.make(std::move(parameters));
}

} // namespace vegadesk::tests

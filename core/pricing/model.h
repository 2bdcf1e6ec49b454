#pragma once

#include "base/error.h"
#include "base/parameters.h"
#include "pricing/black_scholes.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::pricing
{

/// A pricing model with its parameters set. Immutable: any thread may use it.
class Model
{
public:
    virtual ~Model() = default;

    /// Values and Greeks for strikes that share one expiry and side, in blackScholes()' units. Vega is to the model's
    /// own volatility, as its kernel's header says.
    /// Shapes  each column of `out` is empty or as long as the strikes.
    /// Errors  a bad lane is NaN, its neighbours are not touched by it. No allocation.
    virtual void priceStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                            const GreeksView& out) const noexcept = 0;
};

/// A model as forms, command lines and pickers show it.
struct ModelInfo {
    std::string id{};    ///< "black_scholes"
    std::string title{}; ///< "Black-Scholes"
    std::string about{}; ///< one sentence
    std::vector<market::ExerciseStyle> styles{};
    std::vector<base::ParameterSpec> parameters{};
    /// From a value for every spec, each within its bounds.
    std::function<std::unique_ptr<Model>(const base::Parameters&)> make{};
};

/// Every model, in the order users see them.
std::span<const ModelInfo> models();
base::Result<const ModelInfo*> findModel(std::string_view id);

struct ParameterValue {
    std::string_view name;
    double value = 0;
};

/// Parameters that are not named keep their defaults.
/// Errors  BadInput for an unknown model or parameter, and for a value outside its range, which it says.
base::Result<std::unique_ptr<Model>> makeModel(std::string_view id, std::span<const ParameterValue> values);

} // namespace vegadesk::pricing

#pragma once

#include "portfolio/order_intent.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vegadesk::portfolio
{

/// Oco: what fills of one order cancels the other. Oto: the trigger's fill releases an order. Otoco: it releases such a pair.
enum class ComplexKind : std::uint8_t { Oco, Oto, Otoco };

std::string_view toWire(ComplexKind kind); ///< the broker's word: "OCO"
base::Result<ComplexKind> complexKindFromWire(std::string_view text);

/// Orders that depend on each other, at the broker.
struct ComplexIntent {
    ComplexKind kind = ComplexKind::Oco;
    std::optional<OrderIntent> trigger; ///< of Oto and Otoco
    std::vector<OrderIntent> orders;    ///< two; of Oto one

    friend bool operator==(const ComplexIntent&, const ComplexIntent&) = default;
};
/// The trigger first, where there is one.
std::vector<OrderIntent> partsOf(const ComplexIntent& intent);
/// The one that goes first: the trigger, or the first of two. Empty where there is none.
OrderIntent firstPartOf(const ComplexIntent& intent);

} // namespace vegadesk::portfolio

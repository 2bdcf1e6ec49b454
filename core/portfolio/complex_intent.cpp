#include "portfolio/complex_intent.h"

#include <array>
#include <utility>

namespace vegadesk::portfolio
{

namespace
{

constexpr std::array<std::pair<ComplexKind, std::string_view>, 3> kindNames{
    {{ComplexKind::Oco, "OCO"}, {ComplexKind::Oto, "OTO"}, {ComplexKind::Otoco, "OTOCO"}}};

} // namespace

std::string_view toWire(ComplexKind kind)
{
    for (const auto& [known, name] : kindNames) {
        if (known == kind)
            return name;
    }
    return {};
}

base::Result<ComplexKind> complexKindFromWire(std::string_view text)
{
    for (const auto& [known, name] : kindNames) {
        if (name == text)
            return known;
    }
    return base::badInput("complex order type", text.substr(0, 40), "OCO, OTO or OTOCO");
}

std::vector<OrderIntent> partsOf(const ComplexIntent& intent)
{
    std::vector<OrderIntent> parts;
    if (intent.trigger)
        parts.push_back(*intent.trigger);
    parts.insert(parts.end(), intent.orders.begin(), intent.orders.end());
    return parts;
}

OrderIntent firstPartOf(const ComplexIntent& intent)
{
    if (intent.trigger)
        return *intent.trigger;
    return intent.orders.empty() ? OrderIntent{} : intent.orders.front();
}

} // namespace vegadesk::portfolio

#include "portfolio/profit_parts.h"

namespace vegadesk::portfolio
{

std::string_view toText(ProfitSource source)
{
    static constexpr std::array<std::string_view, profitSourceCount> names{
        "delta", "gamma", "theta", "vega", "rho", "vanna", "volga", "trades", "settlements", "fees", "unexplained"};
    return names[static_cast<std::size_t>(source)];
}

base::Decimal ProfitParts::total() const
{
    base::Decimal sum;
    for (const base::Decimal part : parts)
        sum += part;
    return sum;
}

base::Decimal ProfitParts::gross() const
{
    base::Decimal sum;
    for (const base::Decimal part : parts)
        sum += part.abs();
    return sum;
}

double ProfitParts::unexplainedShare() const
{
    const base::Decimal all = gross();
    return all.isZero() ? 0 : (*this)[ProfitSource::Unexplained].abs().toDouble() / all.toDouble();
}

ProfitParts& ProfitParts::operator+=(const ProfitParts& other)
{
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i] += other.parts[i];
    return *this;
}

} // namespace vegadesk::portfolio

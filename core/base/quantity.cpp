#include "base/quantity.h"

#include <numeric>
#include <stdexcept>

namespace vegadesk::base
{

void Quantity::overflow()
{
    throw std::overflow_error("a quantity left the range of ±92 billion");
}

Result<Quantity> Quantity::parse(std::string_view text)
{
    Result<Decimal> read = Decimal::parse(text);
    if (!read) {
        read.error().field = "quantity";
        return tl::make_unexpected(std::move(read.error()));
    }
    return fromUnits(read->units());
}

std::string Quantity::toString() const
{
    return isWhole() ? std::to_string(whole()) : Decimal::fromUnits(m_units).toString();
}

Quantity Quantity::flooredTo(int decimals) const
{
    std::int64_t step = unitsPerOne;
    for (int place = 0; place < decimals; ++place)
        step /= 10;
    return fromUnits(Decimal::fromUnits(m_units).flooredTo(Decimal::fromUnits(step)).units());
}

Decimal Quantity::times(Decimal price) const
{
    if (isWhole())
        return price * whole();
    const __int128 product = static_cast<__int128>(price.units()) * m_units;
    const __int128 magnitude = ((product < 0 ? -product : product) + unitsPerOne / 2) / unitsPerOne;
    return Decimal::fromUnits(narrow(product < 0 ? -magnitude : magnitude));
}

Quantity commonMeasure(Quantity a, Quantity b)
{
    return Quantity::fromUnits(std::gcd(a.units(), b.units()));
}

} // namespace vegadesk::base

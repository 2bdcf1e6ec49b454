#include "market/instrument.h"

#include <array>
#include <utility>

namespace vegadesk::market
{

namespace
{

/// An index is quoted under the broker's "Equity", so that word reads back as an equity.
constexpr std::array<std::pair<InstrumentType, std::string_view>, 6> wireNames{{
    {InstrumentType::Equity, "Equity"},
    {InstrumentType::EquityOption, "Equity Option"},
    {InstrumentType::Future, "Future"},
    {InstrumentType::FutureOption, "Future Option"},
    {InstrumentType::Cryptocurrency, "Cryptocurrency"},
    {InstrumentType::Index, "Equity"},
}};

} // namespace

std::string_view toWire(InstrumentType type)
{
    for (const auto& [known, name] : wireNames) {
        if (known == type)
            return name;
    }
    return {};
}

base::Result<InstrumentType> instrumentTypeFromWire(std::string_view text)
{
    for (const auto& [known, name] : wireNames) {
        if (name == text)
            return known;
    }
    return base::badInput("instrument-type", text.substr(0, 40),
                          "Equity, Equity Option, Future, Future Option or Cryptocurrency");
}

base::Decimal tickAt(const TickTable& table, base::Decimal price)
{
    if (table.empty())
        return base::Decimal::fromUnits(base::Decimal::unitsPerOne / 100);
    const base::Decimal magnitude = price.abs();
    for (const TickRung& rung : table) {
        if (!rung.below || magnitude < *rung.below)
            return rung.tick;
    }
    return table.back().tick;
}

} // namespace vegadesk::market

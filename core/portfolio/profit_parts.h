#pragma once

#include "base/decimal.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vegadesk::portfolio
{

/// Where a profit came from, in the order in which it is shown.
enum class ProfitSource : std::uint8_t {
    Delta,
    Gamma,
    Theta,
    Vega,
    Rho, ///< rates and dividend yields
    Vanna,
    Volga,
    Trades,      ///< what was bought and sold against its mark
    Settlements, ///< expiry, exercise and assignment against the mark, dividends and other cash
    Fees,
    Unexplained
};
inline constexpr std::size_t profitSourceCount = 11;
/// "delta", …, "unexplained".
std::string_view toText(ProfitSource source);

/// A profit by its sources, in cash. Positive is earned, so fees are negative.
struct ProfitParts {
    std::array<base::Decimal, profitSourceCount> parts{};

    base::Decimal& operator[](ProfitSource source) { return parts[static_cast<std::size_t>(source)]; }
    base::Decimal operator[](ProfitSource source) const { return parts[static_cast<std::size_t>(source)]; }
    base::Decimal total() const;
    /// Sum of what each source earned or cost, without its sign.
    base::Decimal gross() const;
    /// Of the gross; 0 where nothing was earned or lost.
    double unexplainedShare() const;
    ProfitParts& operator+=(const ProfitParts& other);
    friend bool operator==(const ProfitParts&, const ProfitParts&) = default;
};

} // namespace vegadesk::portfolio

#pragma once

#include "portfolio/margin_pairing.h"

namespace vegadesk::portfolio
{

/// Ways to use options against the stock of the same underlying: which are tried, and what each asks for.
///
/// Shapes  `lots` as for Pairing, and outlive the object.
class StockUses
{
public:
    /// `stock` in shares, signed and not 0.
    StockUses(std::span<const MarginLot> lots, double stock, double spot, ProtectedStock protectedStock,
              std::pmr::memory_resource& memory);

    /// Goes to the next way that can matter; false when there is none. The first uses no option at all.
    bool next();

    /// What the stock and the options used with it ask for.
    const Margin& margin() const { return m_margin; }
    /// What is left of each lot, signed.
    std::span<const double> left() const { return m_left; }

private:
    enum class Step : std::uint8_t { None, Collars, CoversNearestIn, CoversFurthestOut, Protects };
    struct Way {
        Step first, second, third;
    };
    /// Options to use with a share, and what all of it asks for.
    struct Use {
        double requirement = 0; ///< per share
        std::size_t lot = 0, other = 0;
    };
    using Uses = std::pmr::vector<Use>;

    static std::span<const Way> ways();
    void findCovers();
    void findProtection();
    bool isPossible(const Way& way) const;
    void take(Step step);
    void take(const Use& use, bool isCollar);

    std::span<const MarginLot> m_lots;
    double m_stock, m_spot;
    std::size_t m_nextWay = 0;
    Uses m_covers;   ///< the nearest in first
    Uses m_protects; ///< these two: the cheapest first
    Uses m_collars;  ///< `lot` is long, `other` short
    double m_unused = 0;
    Margin m_margin;
    std::pmr::vector<double> m_left;
};

} // namespace vegadesk::portfolio

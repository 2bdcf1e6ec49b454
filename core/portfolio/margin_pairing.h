#pragma once

#include "portfolio/margin.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

namespace vegadesk::portfolio
{

/// What a book holds of one option series, after its legs have been netted.
struct MarginLot {
    ExpiryMoment ends;
    market::Right right = market::Right::Call;
    double strike = 0;
    double mark = 0;
    double shares = 0;     ///< signed
    double contract = 100; ///< shares that one is of: fewer of the stock neither cover nor protect it
};

/// Looks for the grouping of options in one underlying that needs least.
///
/// Per expiry and kind the shorts stay in a set with the longs, or are paired one by one with longs that live as long, or
/// stand naked; every mixture of these is tried where there are few, and else one expiry after the other is bettered. Only
/// groupings that the rules allow are looked at, so the least found is never below the rules' own least.
///
/// Shapes  `lots` are sorted by expiry, then calls before puts, then strike, each once, and outlive the object.
class Pairing
{
public:
    Pairing(std::span<const MarginLot> lots, double spot, bool isBroadIndex, std::pmr::memory_resource& memory);

    /// For these holdings of the lots, signed; the rest of them is used elsewhere.
    Margin least(std::span<const double> shares);

private:
    /// What becomes of one kind's shorts at one expiry. In the first two as many stay in the set as there are longs.
    enum class Fit : std::uint8_t { LeavesFurthestOut, LeavesNearestIn, Pairs, Naked };
    struct Side {
        std::size_t first = 0, last = 0; ///< its lots
        market::Right right = market::Right::Call;
        double longs = 0, shorts = 0; ///< shares, both positive
        Fit fit = Fit::LeavesFurthestOut, bestFit = Fit::LeavesFurthestOut;
        std::array<Fit, 4> choices{};
        std::size_t choiceCount = 1;
    };
    struct Pair {
        std::size_t shortLot = 0, longLot = 0;
        double requirement = 0, saving = 0; ///< per share
    };

    void findSides();
    void findPairs();
    void pairWith(std::size_t sold, std::span<const std::size_t> longs);
    void findChoices();
    void findChoices(std::size_t side, bool isBestInSet);
    bool isBestInSet(const Side& calls, const Side& puts) const;
    bool hasLaterLongs(std::size_t side, bool isSpareOnly) const;
    std::size_t mixtures(std::size_t firstSide, std::size_t lastSide) const;
    bool improve(std::size_t firstSide, std::size_t lastSide);
    void startFromOneFit();

    Margin evaluate();
    void divide(const Side& side);
    Margin pairLoose();
    double nakedShorts(std::span<const double> shares, double sign, std::size_t first, std::size_t last) const;
    Margin setMargin(const Side& calls, const Side& puts);
    double lossAtExpiry(const Side& calls, const Side& puts) const;
    double boxSurcharge(const Side& calls, const Side& puts);

    std::span<const MarginLot> m_lots;
    std::span<const double> m_shares;
    Margin m_best;
    int m_trials = 0;                                        ///< left for this answer
    std::pmr::vector<Side> m_sides;                          ///< calls and puts of each expiry in turn
    std::pmr::vector<double> m_naked;                        ///< requirement per share, by lot
    std::pmr::vector<std::size_t> m_shortCalls, m_shortPuts; ///< lots, those first that are dearest where naked
    std::pmr::vector<Pair> m_pairs; ///< those that save something, the most first; found when first asked for
    bool m_hasPairs = false;
    // One grouping, by lot: what of it is in its set (signed), loose (of shorts), spare (of longs), and whether it may pair.
    std::pmr::vector<double> m_inSet, m_loose, m_spare;
    std::pmr::vector<double> m_unboxed;
    std::pmr::vector<std::uint8_t> m_mayPair;
};

} // namespace vegadesk::portfolio

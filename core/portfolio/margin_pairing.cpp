#include "portfolio/margin_pairing.h"

#include "portfolio/margin_rules.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace vegadesk::portfolio
{

using market::Right;

namespace
{

/// Where there are more mixtures than this, they are not all tried.
constexpr std::size_t mixturesMax = 16;
/// Mixtures tried for one answer, beyond which next to nothing was found in random books.
constexpr int trialsMax = 40;

} // namespace

Pairing::Pairing(std::span<const MarginLot> lots, double spot, bool isBroadIndex, std::pmr::memory_resource& memory)
    : m_lots(lots), m_sides(&memory), m_naked(lots.size(), &memory), m_shortCalls(&memory), m_shortPuts(&memory),
      m_pairs(&memory), m_inSet(lots.size(), &memory), m_loose(lots.size(), &memory), m_spare(lots.size(), &memory),
      m_unboxed(lots.size(), &memory), m_mayPair(lots.size(), &memory)
{
    m_shortCalls.reserve(lots.size());
    m_shortPuts.reserve(lots.size());
    for (std::size_t i = 0; i < lots.size(); ++i) {
        m_naked[i] = nakedRequirement(lots[i].right, lots[i].strike, lots[i].mark, spot, isBroadIndex);
        if (lots[i].shares < 0)
            (lots[i].right == Right::Call ? m_shortCalls : m_shortPuts).push_back(i);
    }
    for (auto* shorts : {&m_shortCalls, &m_shortPuts}) {
        std::ranges::sort(*shorts, [this](std::size_t a, std::size_t b) {
            return std::tie(m_naked[b], m_lots[b].mark, a) < std::tie(m_naked[a], m_lots[a].mark, b);
        });
    }
    findSides();
}

void Pairing::findSides()
{
    m_sides.reserve(2 * m_lots.size());
    for (std::size_t first = 0; first < m_lots.size();) {
        const ExpiryMoment ends = m_lots[first].ends;
        for (const Right right : {Right::Call, Right::Put}) {
            Side side{.first = first, .last = first, .right = right};
            while (side.last < m_lots.size() && m_lots[side.last].ends == ends && m_lots[side.last].right == right)
                ++side.last;
            first = side.last;
            m_sides.push_back(side);
        }
    }
}

void Pairing::pairWith(std::size_t sold, std::span<const std::size_t> longs)
{
    const MarginLot& lot = m_lots[sold];
    for (const std::size_t held : longs) {
        const double requirement = spreadRequirement(lot.right, lot.strike, m_lots[held].strike);
        if (requirement < m_naked[sold])
            m_pairs.push_back({sold, held, requirement, m_naked[sold] - requirement});
    }
}

void Pairing::findPairs()
{
    // By kind, later expiries first: a book of thousands of lots has few that a short may pair with.
    for (const Right right : {Right::Call, Right::Put}) {
        std::pmr::vector<std::size_t> longs(m_pairs.get_allocator().resource());
        for (std::size_t side = m_sides.size(); side-- > 0;) {
            const Side& at = m_sides[side];
            if (at.right != right)
                continue;
            for (std::size_t j = at.first; j < at.last; ++j) {
                if (m_lots[j].shares > 0)
                    longs.push_back(j);
            }
            for (std::size_t i = at.first; i < at.last; ++i) {
                if (m_lots[i].shares < 0)
                    pairWith(i, longs);
            }
        }
    }
    std::ranges::sort(m_pairs, [](const Pair& a, const Pair& b) {
        return std::tie(b.saving, a.requirement, a.shortLot, a.longLot) <
               std::tie(a.saving, b.requirement, b.shortLot, b.longLot);
    });
    m_hasPairs = true;
}

Margin Pairing::least(std::span<const double> shares)
{
    m_shares = shares;
    findChoices();
    m_best.held = std::numeric_limits<double>::infinity();
    m_best = evaluate();
    if (m_best.held <= 0 || mixtures(0, m_sides.size()) == 1)
        return m_best;
    m_trials = trialsMax;
    if (mixtures(0, m_sides.size()) <= mixturesMax) {
        improve(0, m_sides.size());
        return m_best;
    }
    startFromOneFit();
    bool isBetter = true;
    while (isBetter) {
        isBetter = false;
        for (std::size_t calls = 0; calls < m_sides.size(); calls += 2)
            isBetter = improve(calls, calls + 2) || isBetter;
    }
    return m_best;
}

void Pairing::findChoices()
{
    for (Side& side : m_sides) {
        side.longs = side.shorts = 0;
        for (std::size_t i = side.first; i < side.last; ++i)
            (m_shares[i] > 0 ? side.longs : side.shorts) += std::abs(m_shares[i]);
        side.fit = side.bestFit = Fit::LeavesFurthestOut;
    }
    for (std::size_t calls = 0; calls < m_sides.size(); calls += 2) {
        const bool isBest = isBestInSet(m_sides[calls], m_sides[calls + 1]);
        findChoices(calls, isBest);
        findChoices(calls + 1, isBest);
    }
}

void Pairing::findChoices(std::size_t index, bool isBestInSet)
{
    Side& side = m_sides[index];
    side.choices[0] = Fit::LeavesFurthestOut;
    side.choiceCount = 1;
    // What is best in its set leaves it for longs alone that no other short needs.
    const bool mayPairLater = side.shorts > 0 && hasLaterLongs(index, isBestInSet);
    const auto add = [&side](Fit fit) { side.choices[side.choiceCount++] = fit; };
    if (side.shorts <= 0 || (side.longs <= 0 && !mayPairLater))
        return;
    if (side.longs > 0 && side.longs < side.shorts)
        add(Fit::LeavesNearestIn);
    if (side.longs > 0 && (!isBestInSet || mayPairLater))
        add(Fit::Pairs);
    // Without a pair a short is better off only beside one of the other kind, as a strangle.
    const Right other = side.right == Right::Call ? Right::Put : Right::Call;
    const bool mayRide = std::ranges::any_of(
        m_sides, [&](const Side& one) { return one.right == other && one.shorts > (isBestInSet ? one.longs : 0); });
    if (mayRide)
        add(Fit::Naked);
}

/// No short has to leave for less than it can lose at any strike.
bool Pairing::isBestInSet(const Side& calls, const Side& puts) const
{
    if (calls.shorts > calls.longs || puts.shorts > puts.longs)
        return false;
    double lowest = std::numeric_limits<double>::infinity(), highest = 0;
    for (std::size_t i = calls.first; i < puts.last; ++i) {
        if (m_shares[i] != 0) {
            lowest = std::min(lowest, m_lots[i].strike);
            highest = std::max(highest, m_lots[i].strike);
        }
    }
    for (std::size_t i = calls.first; i < puts.last; ++i) {
        const double reach = i < calls.last ? highest - m_lots[i].strike : m_lots[i].strike - lowest;
        if (m_shares[i] < 0 && m_naked[i] < reach)
            return false;
    }
    return true;
}

bool Pairing::hasLaterLongs(std::size_t side, bool isSpareOnly) const
{
    for (std::size_t later = side + 2; later < m_sides.size(); later += 2) {
        if (m_sides[later].longs > (isSpareOnly ? m_sides[later].shorts : 0))
            return true;
    }
    return false;
}

std::size_t Pairing::mixtures(std::size_t firstSide, std::size_t lastSide) const
{
    std::size_t count = 1;
    for (std::size_t i = firstSide; i < lastSide && count <= mixturesMax; ++i)
        count *= m_sides[i].choiceCount;
    return count;
}

/// Tries every mixture of these sides' choices; says whether one was better and leaves the sides at the best.
bool Pairing::improve(std::size_t firstSide, std::size_t lastSide)
{
    const std::size_t count = mixtures(firstSide, lastSide);
    bool isBetter = false;
    for (std::size_t mixture = 0; mixture < count && count > 1 && m_trials > 0; ++mixture, --m_trials) {
        std::size_t rest = mixture;
        for (std::size_t i = firstSide; i < lastSide; ++i) {
            m_sides[i].fit = m_sides[i].choices[rest % m_sides[i].choiceCount];
            rest /= m_sides[i].choiceCount;
        }
        const Margin margin = evaluate();
        if (margin.requirement() < m_best.requirement()) {
            m_best = margin;
            isBetter = true;
            for (Side& side : m_sides)
                side.bestFit = side.fit;
        }
    }
    for (Side& side : m_sides)
        side.fit = side.bestFit;
    return isBetter;
}

/// Begins where one fit for all sides is least.
void Pairing::startFromOneFit()
{
    for (const Fit fit : {Fit::LeavesNearestIn, Fit::Pairs, Fit::Naked}) {
        for (Side& side : m_sides) {
            const auto end = side.choices.begin() + static_cast<std::ptrdiff_t>(side.choiceCount);
            side.fit = std::find(side.choices.begin(), end, fit) == end ? Fit::LeavesFurthestOut : fit;
        }
        const Margin margin = evaluate();
        if (margin.requirement() < m_best.requirement()) {
            m_best = margin;
            for (Side& side : m_sides)
                side.bestFit = side.fit;
        }
    }
    for (Side& side : m_sides)
        side.fit = side.bestFit;
}

/// The margin of this grouping, or as much of it as shows that it is not better than the best.
Margin Pairing::evaluate()
{
    std::ranges::copy(m_shares, m_inSet.begin());
    std::ranges::fill(m_loose, 0.0);
    std::ranges::fill(m_spare, 0.0);
    bool isAnyLoose = false;
    for (const Side& side : m_sides) {
        divide(side);
        isAnyLoose = isAnyLoose || (side.shorts > 0 && (side.shorts > side.longs || side.fit >= Fit::Pairs));
    }
    Margin margin;
    if (isAnyLoose)
        margin = pairLoose();
    for (std::size_t i = 0; i < m_lots.size(); ++i)
        m_inSet[i] += m_spare[i];
    if (isAnyLoose)
        margin.held += nakedShorts(m_loose, 1, 0, m_lots.size());
    for (std::size_t calls = 0; calls < m_sides.size() && margin.requirement() < m_best.requirement(); calls += 2) {
        const Margin set = setMargin(m_sides[calls], m_sides[calls + 1]);
        margin.held += set.held;
        margin.paid += set.paid;
    }
    return margin;
}

/// Takes the side's loose shorts and spare longs out of its set.
void Pairing::divide(const Side& side)
{
    const bool staysInSet = side.fit == Fit::LeavesFurthestOut || side.fit == Fit::LeavesNearestIn;
    double shorts = staysInSet ? std::max(0.0, side.shorts - side.longs) : side.shorts;
    double longs = staysInSet ? std::max(0.0, side.longs - side.shorts) : side.longs;
    // Calls are further out the higher, puts the lower.
    const bool isHighestFirst = (side.right == Right::Call) == (side.fit != Fit::LeavesNearestIn);
    for (std::size_t k = side.first; k < side.last; ++k) {
        const std::size_t i = isHighestFirst ? side.last - 1 - (k - side.first) : k;
        m_mayPair[i] = side.fit != Fit::Naked;
        if (m_shares[i] < 0) {
            m_loose[i] = std::min(shorts, -m_shares[i]);
            m_inSet[i] += m_loose[i];
            shorts -= m_loose[i];
        } else {
            m_spare[i] = std::min(longs, m_shares[i]);
            m_inSet[i] -= m_spare[i];
            longs -= m_spare[i];
        }
    }
}

Margin Pairing::pairLoose()
{
    if (!m_hasPairs)
        findPairs();
    Margin margin;
    for (const Pair& pair : m_pairs) {
        double& loose = m_loose[pair.shortLot];
        double& spare = m_spare[pair.longLot];
        if (loose <= 0 || spare <= 0 || m_mayPair[pair.shortLot] == 0)
            continue;
        const double shares = std::min(loose, spare);
        margin.held += shares * pair.requirement;
        margin.paid += shares * std::max(0.0, m_lots[pair.longLot].mark - m_lots[pair.shortLot].mark);
        loose -= shares;
        spare -= shares;
    }
    return margin;
}

/// Of short calls and puts together the dearer ones count in full, the others with their marks, share by share. `sign` times
/// `shares` is what is short.
double Pairing::nakedShorts(std::span<const double> shares, double sign, std::size_t first, std::size_t last) const
{
    struct Dearest {
        std::span<const std::size_t> next; ///< lots
        double left = 0;                   ///< shares of the first of them
    };
    const auto find = [&](Dearest& one) {
        while (one.left <= 0 && !one.next.empty()) {
            const std::size_t i = one.next.front();
            one.left = i >= first && i < last ? std::max(0.0, sign * shares[i]) : 0;
            if (one.left <= 0)
                one.next = one.next.subspan(1);
        }
        return one.left > 0;
    };
    const auto take = [](Dearest& one, double count) {
        one.left -= count;
        if (one.left <= 0)
            one.next = one.next.subspan(1);
    };
    Dearest call{m_shortCalls}, put{m_shortPuts};
    double requirement = 0;
    while (find(call) && find(put)) {
        const std::size_t i = call.next.front(), j = put.next.front();
        const double count = std::min(call.left, put.left);
        requirement += count * (m_naked[i] >= m_naked[j] ? m_naked[i] + m_lots[j].mark : m_naked[j] + m_lots[i].mark);
        take(call, count);
        take(put, count);
    }
    for (Dearest* one : {&call, &put}) {
        while (find(*one)) {
            requirement += one->left * m_naked[one->next.front()];
            take(*one, one->left);
        }
    }
    return requirement;
}

Margin Pairing::setMargin(const Side& calls, const Side& puts)
{
    Margin margin;
    bool hasShort = false;
    for (std::size_t i = calls.first; i < puts.last; ++i) {
        margin.paid += m_inSet[i] * m_lots[i].mark;
        hasShort = hasShort || m_inSet[i] < 0;
    }
    margin.paid = std::max(0.0, margin.paid);
    if (!hasShort)
        return margin;
    const double loss = lossAtExpiry(calls, puts) + boxSurcharge(calls, puts);
    if (loss > 0)
        margin.held = std::min(loss, nakedShorts(m_inSet, -1, calls.first, puts.last));
    return margin;
}

/// The most that a set can lose whose calls are covered: above its last strike it gains or stays. Goes from strike to strike
/// with the slope in between.
double Pairing::lossAtExpiry(const Side& calls, const Side& puts) const
{
    double value = 0, slope = 0; // at and above a price of 0
    for (std::size_t i = puts.first; i < puts.last; ++i) {
        value += m_inSet[i] * m_lots[i].strike;
        slope -= m_inSet[i];
    }
    double worst = std::min(0.0, value), spot = 0;
    for (std::size_t call = calls.first, put = puts.first; call < calls.last || put < puts.last;) {
        const bool isCall = put == puts.last || (call < calls.last && m_lots[call].strike <= m_lots[put].strike);
        const std::size_t i = isCall ? call++ : put++;
        value += slope * (m_lots[i].strike - spot);
        spot = m_lots[i].strike;
        slope += m_inSet[i];
        worst = std::min(worst, value);
    }
    return -worst;
}

/// What boxes that were sold ask for beyond their width. A box pays the same everywhere, so its width is in the set's loss.
double Pairing::boxSurcharge(const Side& calls, const Side& puts)
{
    std::copy(m_inSet.begin() + static_cast<std::ptrdiff_t>(calls.first),
              m_inSet.begin() + static_cast<std::ptrdiff_t>(puts.last),
              m_unboxed.begin() + static_cast<std::ptrdiff_t>(calls.first));
    const auto putAt = [&](double strike) {
        std::size_t i = puts.first;
        while (i < puts.last && m_lots[i].strike != strike)
            ++i;
        return i;
    };
    double surcharge = 0;
    for (std::size_t low = calls.first; low < calls.last; ++low) {
        const std::size_t lowPut = m_unboxed[low] < 0 ? putAt(m_lots[low].strike) : puts.last;
        if (lowPut == puts.last || m_unboxed[lowPut] <= 0)
            continue;
        for (std::size_t high = low + 1; high < calls.last; ++high) {
            const std::size_t highPut = m_unboxed[high] > 0 ? putAt(m_lots[high].strike) : puts.last;
            if (highPut == puts.last || m_unboxed[highPut] >= 0)
                continue;
            const double shares = std::min({-m_unboxed[low], m_unboxed[high], m_unboxed[lowPut], -m_unboxed[highPut]});
            const double width = m_lots[high].strike - m_lots[low].strike;
            const double cost = m_lots[low].mark - m_lots[high].mark + m_lots[highPut].mark - m_lots[lowPut].mark;
            surcharge += shares * (shortBoxRequirement(width, cost) - width);
            m_unboxed[low] += shares;
            m_unboxed[high] -= shares;
            m_unboxed[lowPut] -= shares;
            m_unboxed[highPut] += shares;
        }
    }
    return surcharge;
}

} // namespace vegadesk::portfolio

#include "portfolio/margin.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

namespace vegadesk::portfolio
{

namespace
{

using market::Right;

/// Part of an option leg. Shares are positive; the list it is in says long or short.
struct Lot {
    Right right = Right::Call;
    double strike = 0;
    ExpiryMoment ends;
    double mark = 0;
    double shares = 0;
};
using Lots = std::vector<Lot>;

/// Which shorts stay without a long when there are more of them.
enum class Leftover { FurthestOut, NearestIn };

/// One way to group options. Leaving a side unmatched can need less: its shorts then ride on the other side's in strangles.
struct Grouping {
    Leftover leftover;
    bool matchesCalls, matchesPuts;
};

bool isFurtherOut(const Lot& a, const Lot& b)
{
    return a.right == Right::Call ? a.strike > b.strike : a.strike < b.strike;
}

double intrinsic(const Lot& lot, double spot)
{
    return std::max(0.0, lot.right == Right::Call ? spot - lot.strike : lot.strike - spot);
}

double totalShares(const Lots& lots, Right right)
{
    double shares = 0;
    for (const Lot& lot : lots)
        shares += lot.right == right ? lot.shares : 0;
    return shares;
}

/// Moves `shares` of one right out of `from`, beginning at one end of the strikes.
Lots takeOut(Lots& from, Right right, double shares, Leftover first)
{
    std::ranges::stable_sort(from, [first](const Lot& a, const Lot& b) {
        return first == Leftover::FurthestOut ? isFurtherOut(a, b) : isFurtherOut(b, a);
    });
    Lots taken;
    for (Lot& lot : from) {
        if (lot.right != right || shares <= 0)
            continue;
        Lot part = lot;
        part.shares = std::min(lot.shares, shares);
        lot.shares -= part.shares;
        shares -= part.shares;
        taken.push_back(part);
    }
    std::erase_if(from, [](const Lot& lot) { return lot.shares <= 0; });
    return taken;
}

/// Options of one expiry. After splitting, no side has more shorts than longs.
struct ExpiryGroup {
    Lots longs, shorts;
};

/// Least value at the group's expiry; only for groups whose calls are covered.
double worstValue(const ExpiryGroup& group)
{
    std::vector<double> spots{0.0};
    for (const Lots* lots : {&group.longs, &group.shorts}) {
        for (const Lot& lot : *lots)
            spots.push_back(lot.strike);
    }
    double worst = 0; // above the last strike a covered group gains or stays; the last strike itself is in the list
    bool isFirst = true;
    for (const double spot : spots) {
        double value = 0;
        for (const Lot& lot : group.longs)
            value += lot.shares * intrinsic(lot, spot);
        for (const Lot& lot : group.shorts)
            value -= lot.shares * intrinsic(lot, spot);
        worst = isFirst ? value : std::min(worst, value);
        isFirst = false;
    }
    return worst;
}

double nakedPerShare(const Lot& lot, double spot, bool isBroadIndex)
{
    const double rate = isBroadIndex ? 0.15 : 0.20;
    const bool isPut = lot.right == Right::Put;
    const double outOfMoney = std::max(0.0, isPut ? spot - lot.strike : lot.strike - spot);
    return lot.mark + std::max(rate * spot - outOfMoney, 0.10 * (isPut ? lot.strike : spot));
}

/// Naked shorts: the dearer side counts in full, the other with its marks, share by share.
double nakedRequirement(const Lots& shorts, double spot, bool isBroadIndex)
{
    struct Priced {
        double perShare, mark, shares;
    };
    std::vector<Priced> sides[2];
    for (const Lot& lot : shorts)
        sides[lot.right == Right::Call ? 0 : 1].push_back(
            {nakedPerShare(lot, spot, isBroadIndex), lot.mark, lot.shares});
    for (std::vector<Priced>& side : sides)
        std::ranges::stable_sort(side, [](const Priced& a, const Priced& b) {
            return std::tie(b.perShare, b.mark) < std::tie(a.perShare, a.mark);
        });

    double requirement = 0;
    auto call = sides[0].begin();
    auto put = sides[1].begin();
    while (call != sides[0].end() && put != sides[1].end()) {
        const double shares = std::min(call->shares, put->shares);
        const Priced& dearer = call->perShare >= put->perShare ? *call : *put;
        const Priced& other = call->perShare >= put->perShare ? *put : *call;
        requirement += shares * (dearer.perShare + other.mark);
        call->shares -= shares;
        put->shares -= shares;
        if (call->shares <= 0)
            ++call;
        if (put->shares <= 0)
            ++put;
    }
    for (; call != sides[0].end(); ++call)
        requirement += call->shares * call->perShare;
    for (; put != sides[1].end(); ++put)
        requirement += put->shares * put->perShare;
    return requirement;
}

/// Short calls against long stock, short puts against short stock; `stock` keeps what covers nothing.
double coveredRequirement(Lots& shorts, double& stock, double spot)
{
    const Right covered = stock > 0 ? Right::Call : Right::Put;
    Lots candidates;
    for (const Lot& lot : shorts) {
        if (lot.right == covered)
            candidates.push_back(lot);
    }
    Lots covers =
        takeOut(shorts, covered, std::min(std::abs(stock), totalShares(candidates, covered)), Leftover::NearestIn);
    double requirement = 0;
    for (const Lot& lot : covers) {
        // Stock that may be called away lends at no more than the strike.
        const double stockPart = covered == Right::Call ? 0.5 * std::min(spot, lot.strike) : 0.5 * spot;
        requirement += lot.shares * (stockPart + intrinsic(lot, spot));
        stock += stock > 0 ? -lot.shares : lot.shares;
    }
    return requirement;
}

/// Shorts that outlast no long of their kind pair with longer-dated ones; what stays in `naked` found no
/// partner.
Margin calendarMargin(Lots& naked, Lots& spareLongs, double spot, bool isBroadIndex)
{
    Margin margin;
    for (Lot& shortLot : naked) {
        for (Lot& longLot : spareLongs) {
            if (longLot.right != shortLot.right || longLot.ends < shortLot.ends || longLot.shares <= 0)
                continue;
            const double against =
                longLot.right == Right::Call ? longLot.strike - shortLot.strike : shortLot.strike - longLot.strike;
            const double perShare = std::max(0.0, against);
            if (perShare >= nakedPerShare(shortLot, spot, isBroadIndex))
                continue;
            const double shares = std::min(longLot.shares, shortLot.shares);
            margin.held += shares * perShare;
            margin.paid += shares * std::max(0.0, longLot.mark - shortLot.mark);
            longLot.shares -= shares;
            shortLot.shares -= shares;
        }
    }
    const auto isEmpty = [](const Lot& lot) { return lot.shares <= 0; };
    std::erase_if(naked, isEmpty);
    std::erase_if(spareLongs, isEmpty);
    return margin;
}

double netWorth(const Lots& longs, const Lots& shorts)
{
    double worth = 0;
    for (const Lot& lot : longs)
        worth += lot.shares * lot.mark;
    for (const Lot& lot : shorts)
        worth -= lot.shares * lot.mark;
    return worth;
}

void append(Lots& to, const Lots& from)
{
    to.insert(to.end(), from.begin(), from.end());
}

Margin optionMargin(const Lots& longs, const Lots& shorts, double spot, bool isBroadIndex, const Grouping& grouping)
{
    std::map<ExpiryMoment, ExpiryGroup> groups;
    for (const Lot& lot : longs)
        groups[lot.ends].longs.push_back(lot);
    for (const Lot& lot : shorts)
        groups[lot.ends].shorts.push_back(lot);
    Lots naked;
    Lots spareLongs;
    for (auto& [ends, group] : groups) {
        for (const Right right : {Right::Call, Right::Put}) {
            const double covered = (right == Right::Call ? grouping.matchesCalls : grouping.matchesPuts)
                                       ? totalShares(group.longs, right)
                                       : 0;
            const double excess = totalShares(group.shorts, right) - covered;
            if (excess > 0)
                append(naked, takeOut(group.shorts, right, excess, grouping.leftover));
            else if (excess < 0)
                append(spareLongs, takeOut(group.longs, right, -excess, Leftover::FurthestOut));
        }
    }
    Margin margin = calendarMargin(naked, spareLongs, spot, isBroadIndex);
    for (const Lot& lot : spareLongs)
        groups[lot.ends].longs.push_back(lot);

    for (const auto& [ends, group] : groups) {
        const double lossAtExpiry = std::max(0.0, -worstValue(group));
        margin.held += std::min(lossAtExpiry, nakedRequirement(group.shorts, spot, isBroadIndex));
        margin.paid += std::max(0.0, netWorth(group.longs, group.shorts));
    }
    margin.held += nakedRequirement(naked, spot, isBroadIndex);
    return margin;
}

} // namespace

Margin marginOf(std::span<const MarginLeg> legs, double spot, bool isBroadIndex)
{
    const Margin unknownMargin{market::unknown, market::unknown};
    double stock = 0;
    std::map<std::tuple<ExpiryMoment, Right, double>, Lot> netted;
    for (const MarginLeg& leg : legs) {
        if (leg.quantity == 0)
            continue;
        if (!leg.isOption) {
            stock += leg.shares();
            continue;
        }
        if (!std::isfinite(leg.mark) || !std::isfinite(leg.strike))
            return unknownMargin;
        Lot& lot = netted[{leg.ends(), leg.right, leg.strike}];
        lot = {leg.right, leg.strike, leg.ends(), leg.mark, lot.shares + leg.shares()};
    }
    Lots longs;
    Lots shorts;
    for (const auto& [key, lot] : netted) {
        if (lot.shares > 0)
            longs.push_back(lot);
        else if (lot.shares < 0)
            shorts.push_back({lot.right, lot.strike, lot.ends, lot.mark, -lot.shares});
    }
    if (stock == 0 && longs.empty() && shorts.empty())
        return {};
    if (!std::isfinite(spot) || spot <= 0)
        return unknownMargin;

    Margin stockMargin;
    stockMargin.held += coveredRequirement(shorts, stock, spot);
    stockMargin.held += 0.5 * spot * std::abs(stock);

    Margin best{market::unknown, market::unknown};
    for (const Leftover leftover : {Leftover::FurthestOut, Leftover::NearestIn}) {
        for (const bool matchesCalls : {true, false}) {
            for (const bool matchesPuts : {true, false}) {
                const Margin margin =
                    optionMargin(longs, shorts, spot, isBroadIndex, {leftover, matchesCalls, matchesPuts});
                if (std::isnan(best.held) || margin.requirement() < best.requirement())
                    best = margin;
            }
        }
    }
    return {stockMargin.held + best.held, best.paid};
}

} // namespace vegadesk::portfolio

#include "ui/models/strategy_shapes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <vector>

namespace vegadesk::ui
{

namespace
{
enum class Kind : std::uint8_t { Stock, Call, Put };

/// Rungs count distinct strikes and expirations from the lowest, 0 first; a stock leg has none.
struct LegShape {
    Kind kind = Kind::Call;
    int lots = 0;
    int strikeRung = 0;
    int expiryRung = 0;

    friend auto operator<=>(const LegShape&, const LegShape&) = default;
};

/// `mirrored` names the same legs with every sign turned; null when that has no name of its own.
struct Shape {
    const char* name;
    const char* mirrored;
    std::vector<LegShape> legs;
};

constexpr auto context = "StrategyShapes";
constexpr Kind S = Kind::Stock, C = Kind::Call, P = Kind::Put;

const std::vector<Shape>& shapes()
{
    static const std::vector<Shape> table{
        {QT_TRANSLATE_NOOP("StrategyShapes", "Long stock"), QT_TRANSLATE_NOOP("StrategyShapes", "Short stock"), {{S, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Long call"), QT_TRANSLATE_NOOP("StrategyShapes", "Short call"), {{C, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Long put"), QT_TRANSLATE_NOOP("StrategyShapes", "Short put"), {{P, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Call debit spread"), QT_TRANSLATE_NOOP("StrategyShapes", "Call credit spread"),
         {{C, 1, 0}, {C, -1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Put debit spread"), QT_TRANSLATE_NOOP("StrategyShapes", "Put credit spread"),
         {{P, -1, 0}, {P, 1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Long straddle"), QT_TRANSLATE_NOOP("StrategyShapes", "Short straddle"),
         {{C, 1, 0}, {P, 1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Long strangle"), QT_TRANSLATE_NOOP("StrategyShapes", "Short strangle"),
         {{P, 1, 0}, {C, 1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Risk reversal"), QT_TRANSLATE_NOOP("StrategyShapes", "Reverse risk reversal"),
         {{P, -1, 0}, {C, 1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Synthetic long stock"),
         QT_TRANSLATE_NOOP("StrategyShapes", "Synthetic short stock"), {{C, 1, 0}, {P, -1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Call backspread"), QT_TRANSLATE_NOOP("StrategyShapes", "Call ratio spread"),
         {{C, -1, 0}, {C, 2, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Put backspread"), QT_TRANSLATE_NOOP("StrategyShapes", "Put ratio spread"),
         {{P, 2, 0}, {P, -1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Call calendar"), QT_TRANSLATE_NOOP("StrategyShapes", "Short call calendar"),
         {{C, -1, 0, 0}, {C, 1, 0, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Put calendar"), QT_TRANSLATE_NOOP("StrategyShapes", "Short put calendar"),
         {{P, -1, 0, 0}, {P, 1, 0, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Call diagonal"), QT_TRANSLATE_NOOP("StrategyShapes", "Short call diagonal"),
         {{C, 1, 0, 1}, {C, -1, 1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Put diagonal"), QT_TRANSLATE_NOOP("StrategyShapes", "Short put diagonal"),
         {{P, -1, 0, 0}, {P, 1, 1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Call butterfly"), QT_TRANSLATE_NOOP("StrategyShapes", "Short call butterfly"),
         {{C, 1, 0}, {C, -2, 1}, {C, 1, 2}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Put butterfly"), QT_TRANSLATE_NOOP("StrategyShapes", "Short put butterfly"),
         {{P, 1, 0}, {P, -2, 1}, {P, 1, 2}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Jade lizard"), nullptr, {{P, -1, 0}, {C, -1, 1}, {C, 1, 2}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Iron condor"), QT_TRANSLATE_NOOP("StrategyShapes", "Reverse iron condor"),
         {{P, 1, 0}, {P, -1, 1}, {C, -1, 2}, {C, 1, 3}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Iron butterfly"), QT_TRANSLATE_NOOP("StrategyShapes", "Reverse iron butterfly"),
         {{P, 1, 0}, {P, -1, 1}, {C, -1, 1}, {C, 1, 2}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Call condor"), QT_TRANSLATE_NOOP("StrategyShapes", "Short call condor"),
         {{C, 1, 0}, {C, -1, 1}, {C, -1, 2}, {C, 1, 3}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Put condor"), QT_TRANSLATE_NOOP("StrategyShapes", "Short put condor"),
         {{P, 1, 0}, {P, -1, 1}, {P, -1, 2}, {P, 1, 3}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Box"), QT_TRANSLATE_NOOP("StrategyShapes", "Short box"),
         {{C, 1, 0}, {P, -1, 0}, {C, -1, 1}, {P, 1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Covered call"), nullptr, {{S, 1}, {C, -1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Covered put"), nullptr, {{S, -1}, {P, -1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Protective put"), nullptr, {{S, 1}, {P, 1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Protective call"), nullptr, {{S, -1}, {C, 1, 0}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Collar"), nullptr, {{S, 1}, {P, 1, 0}, {C, -1, 1}}},
        {QT_TRANSLATE_NOOP("StrategyShapes", "Conversion"), QT_TRANSLATE_NOOP("StrategyShapes", "Reversal"),
         {{S, 1}, {P, 1, 0}, {C, -1, 0}}},
    };
    return table;
}

template<class T>
int rungOf(const std::set<T>& rungs, const T& value)
{
    return static_cast<int>(std::distance(rungs.begin(), rungs.find(value)));
}

/// The legs in the table's terms, sorted; empty when they cannot be (odd lots beside options).
std::vector<LegShape> shapeOf(std::span<const StagedLeg> legs)
{
    constexpr std::int64_t sharesPerLot = 100;
    std::set<base::Decimal> strikes;
    std::set<base::Date> expiries;
    bool hasOption = false;
    for (const StagedLeg& leg : legs) {
        if (!leg.option)
            continue;
        hasOption = true;
        strikes.insert(leg.option->strike);
        expiries.insert(leg.option->expiry);
    }
    std::vector<LegShape> shape;
    std::int64_t units = 0;
    for (const StagedLeg& leg : legs) {
        if (!leg.option && hasOption && leg.quantity % sharesPerLot != 0)
            return {};
        const std::int64_t lots = !leg.option && hasOption ? leg.quantity / sharesPerLot : leg.quantity;
        units = std::gcd(units, lots);
        LegShape each{S, static_cast<int>(lots), 0, 0};
        if (leg.option) {
            each.kind = leg.option->right == market::Right::Call ? C : P;
            each.strikeRung = rungOf(strikes, leg.option->strike);
            each.expiryRung = rungOf(expiries, leg.option->expiry);
        }
        shape.push_back(each);
    }
    if (units == 0)
        return {};
    for (LegShape& leg : shape)
        leg.lots /= static_cast<int>(units);
    std::ranges::sort(shape);
    return shape;
}
} // namespace

QString strategyName(std::span<const StagedLeg> legs)
{
    const std::vector<LegShape> wanted = shapeOf(legs);
    if (wanted.empty())
        return {};
    for (const Shape& shape : shapes()) {
        std::vector<LegShape> sorted = shape.legs;
        std::ranges::sort(sorted);
        if (sorted == wanted)
            return QCoreApplication::translate(context, shape.name);
        for (LegShape& leg : sorted)
            leg.lots = -leg.lots;
        std::ranges::sort(sorted);
        if (shape.mirrored && sorted == wanted)
            return QCoreApplication::translate(context, shape.mirrored);
    }
    return {};
}

} // namespace vegadesk::ui

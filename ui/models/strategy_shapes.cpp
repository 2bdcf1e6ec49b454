#include "ui/models/strategy_shapes.h"

#include <QCoreApplication>
#include <QLocale>

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

/// Legs in the table's terms, of one unit, sorted.
struct Shaped {
    std::vector<LegShape> legs;
    std::int64_t units = 0;
};

/// No legs when they cannot be said in the table's terms (odd lots beside options, fractions).
Shaped shapeOf(std::span<const StagedLeg> legs)
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
    Shaped shaped;
    for (const StagedLeg& leg : legs) {
        if (!leg.quantity.isWhole() || (!leg.option && hasOption && leg.quantity % sharesPerLot != 0))
            return {};
        const std::int64_t lots = !leg.option && hasOption ? leg.quantity / sharesPerLot : leg.quantity.whole();
        shaped.units = std::gcd(shaped.units, lots);
        LegShape each{S, static_cast<int>(lots), 0, 0};
        if (leg.option) {
            each.kind = leg.option->right == market::Right::Call ? C : P;
            each.strikeRung = rungOf(strikes, leg.option->strike);
            each.expiryRung = rungOf(expiries, leg.option->expiry);
        }
        shaped.legs.push_back(each);
    }
    if (shaped.units == 0)
        return {};
    for (LegShape& leg : shaped.legs)
        leg.lots /= static_cast<int>(shaped.units);
    std::ranges::sort(shaped.legs);
    return shaped;
}

/// Of the table, in English; null when no shape fits.
const char* nameOf(const Shaped& shaped)
{
    if (shaped.legs.empty())
        return nullptr;
    for (const Shape& shape : shapes()) {
        std::vector<LegShape> sorted = shape.legs;
        std::ranges::sort(sorted);
        if (sorted == shaped.legs)
            return shape.name;
        for (LegShape& leg : sorted)
            leg.lots = -leg.lots;
        std::ranges::sort(sorted);
        if (shape.mirrored && sorted == shaped.legs)
            return shape.mirrored;
    }
    return nullptr;
}

QString say(const char* words)
{
    return QCoreApplication::translate(context, words);
}

/// Inside a sentence; German writes its nouns with a capital there too.
QString nameWithin(std::span<const StagedLeg> legs)
{
    QString name = strategyName(legs);
    if (name.isEmpty())
        return say(QT_TRANSLATE_NOOP("StrategyShapes", "position"));
    if (QLocale().language() != QLocale::German)
        name[0] = name[0].toLower();
    return name;
}
} // namespace

QString strategyName(std::span<const StagedLeg> legs)
{
    const char* const name = nameOf(shapeOf(legs));
    return name ? say(name) : QString();
}

std::optional<std::int64_t> strategyUnits(std::span<const StagedLeg> legs)
{
    const Shaped shaped = shapeOf(legs);
    return nameOf(shaped) ? std::optional(shaped.units) : std::nullopt;
}

QString orderName(std::span<const StagedLeg> legs, std::optional<portfolio::OrderEffect> effect)
{
    std::vector<StagedLeg> closed, opened;
    for (const StagedLeg& leg : legs) {
        if (leg.isClosing) {
            closed.push_back(leg);
            closed.back().quantity = -leg.quantity; // as it is held
        } else {
            opened.push_back(leg);
        }
    }
    if (closed.empty())
        return strategyName(legs);
    if (!effect)
        return {};
    switch (*effect) {
    case portfolio::OrderEffect::Opens: // the answer was for another order
        return {};
    case portfolio::OrderEffect::Reduces:
        return say(QT_TRANSLATE_NOOP("StrategyShapes", "Reduces %1")).arg(nameWithin(closed));
    case portfolio::OrderEffect::Closes:
        return say(QT_TRANSLATE_NOOP("StrategyShapes", "Closes %1")).arg(nameWithin(closed));
    case portfolio::OrderEffect::Rolls:
        return say(QT_TRANSLATE_NOOP("StrategyShapes", "Rolls %1")).arg(nameWithin(closed));
    case portfolio::OrderEffect::Changes:
        break;
    }
    return say(QT_TRANSLATE_NOOP("StrategyShapes", "Closes %1, opens %2")).arg(nameWithin(closed), nameWithin(opened));
}

} // namespace vegadesk::ui

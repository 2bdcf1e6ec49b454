#include "ui/models/limit_words.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
struct LimitWords {
    Q_DECLARE_TR_FUNCTIONS(LimitWords)
};

enum class Unit : std::uint8_t { Percent, Multiple, Count, Factor };

struct Entry {
    std::string_view id;
    Unit unit;
    std::string_view gauge; ///< whose value is what is used of it; empty: none
    const char* word;
    const char* help;
};

constexpr std::array entries{
    Entry{"position", Unit::Percent, "largest_position", QT_TRANSLATE_NOOP("LimitWords", "Largest position"),
          QT_TRANSLATE_NOOP("LimitWords", "All of one underlying: the largest of its stress loss, margin and premium "
                                          "paid, of net liquidation.")},
    Entry{"daily-loss-no-new-risk", Unit::Percent, "daily_loss",
          QT_TRANSLATE_NOOP("LimitWords", "Daily loss: no new risk"),
          QT_TRANSLATE_NOOP("LimitWords", "From this loss of the day on nothing is opened, until it has shrunk.")},
    Entry{"daily-loss-stop", Unit::Percent, "daily_loss", QT_TRANSLATE_NOOP("LimitWords", "Daily loss: stop"),
          QT_TRANSLATE_NOOP("LimitWords", "From this loss of the day on there are only closes until the next session, "
                                          "whatever the market does and whatever is set here.")},
    Entry{"leverage", Unit::Multiple, "leverage", QT_TRANSLATE_NOOP("LimitWords", "Leverage"),
          QT_TRANSLATE_NOOP("LimitWords",
                            "The dollar deltas of all underlyings, each without its sign, over net liquidation.")},
    Entry{
        "strategy-positions",
        Unit::Count,
        {},
        QT_TRANSLATE_NOOP("LimitWords", "Strategies' positions"),
        QT_TRANSLATE_NOOP("LimitWords", "How many strategies may have open at once; one made by hand counts as none.")},
    Entry{"trade-loss",
          Unit::Percent,
          {},
          QT_TRANSLATE_NOOP("LimitWords", "Loss of one trade"),
          QT_TRANSLATE_NOOP("LimitWords",
                            "The most that one trade may lose, of net liquidation; strategies size theirs "
                            "by it.")},
    Entry{"buying-power-used", Unit::Percent, "buying_power", QT_TRANSLATE_NOOP("LimitWords", "Buying power used"),
          QT_TRANSLATE_NOOP("LimitWords", "What positions and orders bind, of net liquidation.")},
    Entry{"stress", Unit::Percent, "stress", QT_TRANSLATE_NOOP("LimitWords", "Stress loss"),
          QT_TRANSLATE_NOOP("LimitWords",
                            "The loss if every underlying fell by 15 % and every volatility rose by half, "
                            "of net liquidation.")},
    Entry{"value-at-risk", Unit::Percent, "value_at_risk", QT_TRANSLATE_NOOP("LimitWords", "Value at risk"),
          QT_TRANSLATE_NOOP("LimitWords", "One day in twenty loses more than this, of net liquidation.")},
    Entry{"credit-stop-loss",
          Unit::Multiple,
          {},
          QT_TRANSLATE_NOOP("LimitWords", "Stop loss of a credit trade"),
          QT_TRANSLATE_NOOP("LimitWords", "A strategy leaves a trade that has lost so many times the credit it took.")},
    Entry{"size-calm",
          Unit::Factor,
          {},
          QT_TRANSLATE_NOOP("LimitWords", "Size in a calm market"),
          QT_TRANSLATE_NOOP("LimitWords", "What of their usual size strategies trade while the market is calm.")},
    Entry{"size-normal",
          Unit::Factor,
          {},
          QT_TRANSLATE_NOOP("LimitWords", "Size in a normal market"),
          QT_TRANSLATE_NOOP("LimitWords", "What of their usual size strategies trade while the market is normal.")},
    Entry{"size-stressed",
          Unit::Factor,
          {},
          QT_TRANSLATE_NOOP("LimitWords", "Size in a stressed market"),
          QT_TRANSLATE_NOOP("LimitWords", "What of their usual size strategies trade while the market is stressed.")},
};

const Entry& entryOf(std::string_view id)
{
    const auto found = std::ranges::find(entries, id, &Entry::id);
    Q_ASSERT(found != entries.end());
    return *found;
}

/// "25", "2.5": as many decimals as it has, up to the unit's.
QString shortest(double value, int decimals)
{
    int shown = 0;
    while (shown < decimals &&
           !isShownAlike(value, std::round(value * std::pow(10.0, shown)) / std::pow(10.0, shown), decimals))
        ++shown;
    return number(value, shown);
}
} // namespace

QString limitWord(std::string_view id)
{
    return QCoreApplication::translate("LimitWords", entryOf(id).word);
}

QString limitHelp(std::string_view id)
{
    return QCoreApplication::translate("LimitWords", entryOf(id).help);
}

LimitUnit limitUnit(std::string_view id)
{
    switch (entryOf(id).unit) {
    case Unit::Percent:
        return {100, 2, QStringLiteral("\u2009%")};
    case Unit::Multiple:
        return {1, 2, QStringLiteral("x")};
    case Unit::Factor:
        return {1, 2, {}};
    case Unit::Count:
        break;
    }
    return {1, 0, {}};
}

QString limitText(std::string_view id, double value)
{
    const LimitUnit unit = limitUnit(id);
    return std::isnan(value) ? number(value, 0) : shortest(unit.scale * value, unit.decimals) + unit.suffix;
}

double limitUsed(std::string_view id, const desk::TradingView& trading, const desk::RiskView& risk)
{
    const Entry& entry = entryOf(id);
    if (!entry.gauge.empty()) {
        const auto gauge = std::ranges::find(trading.gauges, entry.gauge, &desk::Gauge::id);
        return gauge == trading.gauges.end() ? desk::unknown : gauge->value;
    }
    if (id == "strategy-positions")
        return trading.gauges.empty() ? desk::unknown : trading.strategyPositions;
    const desk::RegimeView& regimes = risk.regimes;
    const bool isSized = entry.unit == Unit::Factor && !regimes.regime.empty() && regimes.regime.back() >= 0;
    if (isSized && id == "size-" + regimes.names[static_cast<std::size_t>(regimes.regime.back())])
        return regimes.sizeMultiplier;
    return desk::unknown;
}

QString limitProblem(const risk::LimitField& field, const risk::Limits& limits)
{
    const double most = field.most(limits);
    const QString found = limitText(field.id, field.value(limits));
    if (most < field.cap)
        return LimitWords::tr("%1: %2 is not allowed, but more than 0 and at most %3, which is your figure of “%4”.")
            .arg(limitWord(field.id), found, limitText(field.id, most), limitWord(field.below));
    return LimitWords::tr("%1: %2 is not allowed, but more than 0 and at most %3.")
        .arg(limitWord(field.id), found, limitText(field.id, most));
}

} // namespace vegadesk::ui

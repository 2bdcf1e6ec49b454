#include "desk/rolling.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vegadesk::desk
{

namespace
{
constexpr std::size_t rolledMax = 2; ///< each takes two of an order's four legs

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Rolling)
};

tl::unexpected<base::Error> no(const QString& why)
{
    return base::fail(base::ErrorKind::Refused, Words::tr("Not rolled").toStdString(), {}, why.toStdString());
}

portfolio::OrderLeg closingLeg(const portfolio::Position& position)
{
    const bool isLong = position.quantity > 0;
    return {position.symbol, position.type, isLong ? portfolio::Action::SellToClose : portfolio::Action::BuyToClose,
            position.quantity.abs()};
}

/// The next expiration of the option's root; null when there is none.
const market::Expiration* nextAfter(const market::OptionChain& layout, const market::OptionTerms& option)
{
    const auto next = std::ranges::find_if(layout.expirations, [&](const market::Expiration& expiration) {
        return expiration.root == option.root && expiration.date > option.expiry;
    });
    return next == layout.expirations.end() ? nullptr : &*next;
}

/// The symbol listed nearest to the strike; of two as near, the lower. Empty when nothing is listed.
std::string nearestSymbol(const market::Expiration& expiration, market::Right right, double strike)
{
    std::string best;
    double least = 0;
    const auto& symbols = expiration.side(right).symbols;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const double distance = std::abs(expiration.strikes[row] - strike);
        if (!symbols[row].empty() && (best.empty() || distance < least)) {
            best = symbols[row];
            least = distance;
        }
    }
    return best;
}
} // namespace

portfolio::OrderIntent closingIntent(std::span<const PositionRow> held)
{
    portfolio::OrderIntent intent;
    intent.origin = "close";
    for (const PositionRow& row : held) {
        intent.underlying = row.position.underlying;
        intent.legs.push_back(closingLeg(row.position));
    }
    if (held.size() != 1)
        return intent;
    if (!held.front().position.quantity.isWhole()) {
        intent.type = portfolio::OrderType::Market; // the broker takes fractions no other way
        return intent;
    }
    const bool isLong = held.front().position.quantity > 0;
    const double natural = isLong ? held.front().bid : held.front().ask;
    const auto price = base::Decimal::fromDouble(natural);
    if (price && natural > 0) {
        intent.price = *price;
        intent.effect = isLong ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
    }
    return intent;
}

bool isRollable(std::span<const PositionRow> held)
{
    return !held.empty() && held.size() <= rolledMax && std::ranges::all_of(held, [&](const PositionRow& row) {
        return row.option && row.position.quantity != 0 && held.front().option &&
               row.option->expiry == held.front().option->expiry && row.option->root == held.front().option->root;
    });
}

base::Result<portfolio::OrderIntent> rollingIntent(std::span<const PositionRow> held, const market::OptionChain& layout)
{
    if (!isRollable(held))
        return no(Words::tr("one or two options of one expiration can be rolled in one order. Roll leg by leg."));
    const market::Expiration* const next = nextAfter(layout, *held.front().option);
    if (!next)
        return no(Words::tr("%1 has no later expiration.").arg(QString::fromStdString(held.front().option->root)));

    portfolio::OrderIntent intent;
    intent.underlying = held.front().position.underlying;
    intent.origin = "ticket"; // it opens risk, whatever it closes
    for (const PositionRow& row : held)
        intent.legs.push_back(closingLeg(row.position));
    for (const PositionRow& row : held) {
        const bool isLong = row.position.quantity > 0;
        const std::string symbol = nearestSymbol(*next, row.option->right, row.option->strike.toDouble());
        const bool isTaken = std::ranges::find(intent.legs, symbol, &portfolio::OrderLeg::symbol) != intent.legs.end();
        if (symbol.empty() || isTaken)
            return no(Words::tr("the next expiration lists no strike of its own for each leg."));
        intent.legs.push_back({symbol, row.position.type,
                               isLong ? portfolio::Action::BuyToOpen : portfolio::Action::SellToOpen,
                               row.position.quantity.abs()});
    }
    return intent;
}

} // namespace vegadesk::desk

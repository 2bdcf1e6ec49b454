#include "ui/models/words.h"

#include "market/symbols.h"
#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

int decimalsOf(base::Quantity quantity)
{
    const std::string text = quantity.toString();
    const std::size_t point = text.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(text.size() - point) - 1;
}

std::optional<market::OptionTerms> termsOf(const std::string& symbol, market::InstrumentType type)
{
    if (type != market::InstrumentType::EquityOption)
        return std::nullopt;
    const auto terms = market::parseOccSymbol(symbol);
    return terms ? std::optional(*terms) : std::nullopt;
}
} // namespace

QDate toQDate(base::Date date)
{
    const std::chrono::year_month_day day(date);
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

QString actionWord(portfolio::Action action)
{
    switch (action) {
    case portfolio::Action::BuyToOpen:
        return Words::tr("Buy open");
    case portfolio::Action::SellToOpen:
        return Words::tr("Sell open");
    case portfolio::Action::BuyToClose:
        return Words::tr("Buy close");
    case portfolio::Action::SellToClose:
        return Words::tr("Sell close");
    }
    return {};
}

QString typeWord(portfolio::OrderType type)
{
    switch (type) {
    case portfolio::OrderType::Limit:
        return Words::tr("Limit");
    case portfolio::OrderType::Market:
        return Words::tr("Market");
    case portfolio::OrderType::Stop:
        return Words::tr("Stop");
    case portfolio::OrderType::StopLimit:
        return Words::tr("Stop limit");
    case portfolio::OrderType::NotionalMarket:
        return Words::tr("Amount", "order at the market for so many dollars");
    }
    return {};
}

QString timeInForceWord(portfolio::TimeInForce timeInForce)
{
    switch (timeInForce) {
    case portfolio::TimeInForce::Day:
        return Words::tr("Day");
    case portfolio::TimeInForce::Gtc:
        return Words::tr("GTC", "good till cancelled");
    case portfolio::TimeInForce::Gtd:
        return Words::tr("GTD", "good till date");
    case portfolio::TimeInForce::Ioc:
        return Words::tr("IOC", "immediate or cancel");
    }
    return {};
}

QString timeText(const portfolio::OrderIntent& intent)
{
    const QString word = timeInForceWord(intent.timeInForce);
    return intent.gtcDate ? word + u' ' + dateText(*intent.gtcDate) : word;
}

QString statusWord(execution::OrderStatus status)
{
    using execution::OrderStatus;
    switch (status) {
    case OrderStatus::Intent:
        return Words::tr("recorded");
    case OrderStatus::Sent:
        return Words::tr("sent");
    case OrderStatus::Working:
        return Words::tr("working");
    case OrderStatus::PartiallyFilled:
        return Words::tr("partly filled");
    case OrderStatus::CancelRequested:
        return Words::tr("cancelling");
    case OrderStatus::ReplaceRequested:
        return Words::tr("changing", "order");
    case OrderStatus::Contingent:
        return Words::tr("waiting", "order");
    case OrderStatus::Filled:
        return Words::tr("filled");
    case OrderStatus::Cancelled:
        return Words::tr("cancelled");
    case OrderStatus::Rejected:
        return Words::tr("rejected");
    case OrderStatus::Expired:
        return Words::tr("expired");
    case OrderStatus::NotPlaced:
        return Words::tr("not placed");
    case OrderStatus::Unknown:
        return Words::tr("unknown");
    }
    return {};
}

QString modelWord(std::string_view id)
{
    if (id == "black_scholes")
        return Words::tr("Black-Scholes");
    if (id == "broker")
        return Words::tr("broker's", "Greeks");
    if (id == "surface")
        return Words::tr("surface", "model of prices");
    if (id == "merton")
        return Words::tr("Merton");
    if (id == "heston")
        return Words::tr("Heston");
    if (id == "american_heston")
        return Words::tr("American Heston");
    if (id == "neural")
        return Words::tr("Neural", "prices by neural networks");
    return id == "quantlib" ? Words::tr("Reference (QuantLib)") : text(id);
}

QString statusHelp(execution::OrderStatus status)
{
    using execution::OrderStatus;
    switch (status) {
    case OrderStatus::Intent:
        return Words::tr("Written to the journal and not sent yet. No money has moved.");
    case OrderStatus::Sent:
        return Words::tr("On its way to the broker, who has not answered yet.");
    case OrderStatus::Working:
        return Words::tr("The broker has it and it may fill at any moment.");
    case OrderStatus::PartiallyFilled:
        return Words::tr("Part of it is done; the rest may still fill.");
    case OrderStatus::CancelRequested:
        return Words::tr("A cancel is on its way. Until the broker confirms, it may still fill.");
    case OrderStatus::ReplaceRequested:
        return Words::tr(
            "An order with other terms is to take its place. Until the broker confirms, it may still fill.");
    case OrderStatus::Contingent:
        return Words::tr("The broker has it, and it waits for another order to end or to fill.");
    case OrderStatus::Filled:
        return Words::tr("Done. It is in your positions.");
    case OrderStatus::Cancelled:
        return Words::tr("Cancelled. What had filled before stays filled.");
    case OrderStatus::Rejected:
        return Words::tr("The broker refused it. No money has moved.");
    case OrderStatus::Expired:
        return Words::tr("Its time ran out. What had filled before stays filled.");
    case OrderStatus::NotPlaced:
        return Words::tr("It is certain that the broker never had it. No money has moved.");
    case OrderStatus::Unknown:
        return Words::tr(
            "No answer came back, so it may be working, filled, or lost. It is never sent again by itself; "
            "the broker is being asked. Look at the broker's own page before you trade this again.");
    }
    return {};
}

QString rightLetter(market::Right right)
{
    return right == market::Right::Call ? Words::tr("C", "call, one letter") : Words::tr("P", "put, one letter");
}

QString strikeText(base::Decimal strike)
{
    int decimals = 0;
    while (decimals < 3 &&
           !strike.isMultipleOf(base::Decimal::fromUnits(decimals == 0   ? base::Decimal::unitsPerOne
                                                         : decimals == 1 ? base::Decimal::unitsPerOne / 10
                                                                         : base::Decimal::unitsPerOne / 100)))
        ++decimals;
    return number(strike.toDouble(), decimals);
}

QString dateText(base::Date date)
{
    return QLocale().toString(toQDate(date), Words::tr("d MMM yy", "date format, as in 18 Dec 26"));
}

QString shortDateText(base::Date date)
{
    return QLocale().toString(toQDate(date), Words::tr("d MMM", "date format, as in 18 Dec"));
}

QString newYorkText(base::Instant at, const QString& format)
{
    if (at == base::Instant{})
        return {};
    static const QTimeZone newYork("America/New_York");
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(base::toUnixMillis(at), newYork), format);
}

QString oldWords(base::Instant at)
{
    return Words::tr("as of %1").arg(newYorkText(at, QStringLiteral("HH:mm:ss")));
}

QString openingText(base::Instant at)
{
    return newYorkText(at, Words::tr("ddd d MMM HH:mm", "date format, as in Fri 27 Nov 09:30"));
}

QString closedMarketText(const desk::StatusView& status)
{
    return status.isMarketOpen
               ? QString()
               : Words::tr("The market is closed and opens %1, New York time. Nothing can be sent until then.")
                     .arg(openingText(status.opensAt));
}

QString contractText(const std::string& symbol, const std::optional<market::OptionTerms>& option, bool withDate)
{
    if (!option)
        return text(symbol);
    const QString contract = strikeText(option->strike) + u' ' + rightLetter(option->right);
    return withDate ? dateText(option->expiry) + u' ' + contract : contract;
}

QString quantityText(base::Quantity quantity)
{
    return number(quantity.toDouble(), decimalsOf(quantity));
}

QString legsText(const portfolio::OrderIntent& intent)
{
    QStringList parts;
    std::optional<base::Date> date; // said before the legs that share it
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const std::optional<market::OptionTerms> terms = termsOf(leg.symbol, leg.type);
        if (terms && (!date || *date != terms->expiry)) {
            date = terms->expiry;
            parts << dateText(*date);
        }
        const base::Quantity quantity = portfolio::signedQuantity(leg.action, leg.quantity);
        parts << (intent.value ? Words::tr("%1 dollars of")
                                     .arg(signedNumber(
                                         (portfolio::isBuy(leg.action) ? *intent.value : -*intent.value).toDouble(), 2))
                               : signedNumber(quantity.toDouble(), decimalsOf(quantity))) +
                     u' ' + contractText(leg.symbol, terms, false);
    }
    return parts.join(QStringLiteral("  "));
}

QString maxLossText(double maxLoss)
{
    return std::isinf(maxLoss) ? Words::tr("unlimited") : money(-maxLoss);
}

QString netPriceText(double net)
{
    if (std::isnan(net) || net == 0)
        return number(net, 2);
    return net < 0 ? Words::tr("%1 cr", "credit: we receive this price").arg(number(-net, 2))
                   : Words::tr("%1 db", "debit: we pay this price").arg(number(net, 2));
}

std::vector<StagedLeg> stagedLegs(const portfolio::OrderIntent& intent)
{
    std::vector<StagedLeg> legs;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const base::Quantity quantity = intent.value ? 1 : leg.quantity; // for an amount it says only the side
        legs.push_back({leg.symbol, intent.underlying, leg.type, termsOf(leg.symbol, leg.type),
                        portfolio::signedQuantity(leg.action, quantity), !portfolio::isOpening(leg.action)});
    }
    return legs;
}

} // namespace vegadesk::ui

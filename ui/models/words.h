#pragma once

#include "base/time.h"
#include "desk/views.h"
#include "portfolio/order_intent.h"
#include "ui/models/staged_order.h"

#include <QDate>
#include <QString>

#include <span>

/// The window's words for orders, contracts and times, translated; numbers are format.h's.
namespace vegadesk::ui
{

QString actionWord(portfolio::Action action); ///< "Buy open"
QString typeWord(portfolio::OrderType type);
QString timeInForceWord(portfolio::TimeInForce timeInForce);
/// "GTC"; of an order good till a date with that date.
QString timeText(const portfolio::OrderIntent& intent);
QString statusWord(execution::OrderStatus status);
/// "Black-Scholes", "broker's", …, of a model's word in the settings.
QString modelWord(std::string_view id);
/// What the status means for the user's money, one sentence.
QString statusHelp(execution::OrderStatus status);

QString rightLetter(market::Right right); ///< "C", "P"
QString strikeText(base::Decimal strike); ///< "585", "62.5"
QString dateText(base::Date date);        ///< "18 Dec 26"
QString shortDateText(base::Date date);   ///< "18 Dec"
/// In New York, with a QDateTime format ("HH:mm:ss"); empty for the epoch, which means "never".
QString newYorkText(base::Instant at, const QString& format);

/// "Fri 27 Nov 09:30", New York: when the market opens.
QString openingText(base::Instant at);
/// Why nothing can be sent while the market is closed, and until when; empty while it is open.
QString closedMarketText(const desk::StatusView& status);
/// "as of 16:00:05": of figures that no newer quote has changed.
QString oldWords(base::Instant at);

/// "18 Dec 26  +1 545 P  −1 555 P"; a date is said once for the legs in a row that share it, and stock by its symbol.
QString legsText(const portfolio::OrderIntent& intent);
/// "585 C", "18 Dec 26 585 C" with its date, or the symbol of what is no option.
QString contractText(const std::string& symbol, const std::optional<market::OptionTerms>& option, bool withDate);

/// The most that can be lost, in dollars and positive where it is a loss: "−420.00", "unlimited", an en dash when not known.
QString maxLossText(double maxLoss);
/// A net price per unit, positive is paid: "2.11 cr", "1.05 db", "0.00"; an en dash when not known.
QString netPriceText(double net);

QDate toQDate(base::Date date);
/// "100", "0.52341": as many decimals as it has.
QString quantityText(base::Quantity quantity);
/// Legs as the ticket stages them, from an intent's.
std::vector<StagedLeg> stagedLegs(const portfolio::OrderIntent& intent);

inline QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

} // namespace vegadesk::ui

// What the cells of the chain say: their numbers, their names, and the tooltips' reasons.
#include "ui/models/chain_model.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QStringList>

#include <cmath>

namespace vegadesk::ui
{

using desk::ChainCell;

double ChainModel::valueOf(const ChainCell& cell, ChainField field)
{
    switch (field) {
    case ChainField::OpenInterest:
        return cell.openInterest;
    case ChainField::Volume:
        return cell.volume;
    case ChainField::Last:
        return cell.last;
    case ChainField::Touch:
        return 100 * cell.touch;
    case ChainField::InTheMoney:
        return 100 * cell.inTheMoney;
    case ChainField::Vega:
        return cell.vega;
    case ChainField::Theta:
        return cell.theta;
    case ChainField::Gamma:
        return cell.gamma;
    case ChainField::Delta:
        return cell.delta;
    case ChainField::Iv:
        return 100 * cell.iv;
    case ChainField::Theo:
        return cell.theo;
    case ChainField::Mark:
        return cell.mark;
    case ChainField::Bid:
        return cell.bid;
    case ChainField::Ask:
        return cell.ask;
    case ChainField::Count:
        break;
    }
    return desk::unknown;
}

int ChainModel::decimalsOf(ChainField field)
{
    switch (field) {
    case ChainField::OpenInterest:
    case ChainField::Volume:
        return 0;
    case ChainField::Iv:
    case ChainField::Touch:
    case ChainField::InTheMoney:
        return 1;
    case ChainField::Gamma:
        return 3;
    default:
        return 2;
    }
}

QString ChainModel::strikeText(double strike)
{
    // Strikes are whole thousandths; most are whole.
    const bool isWhole = std::fabs(strike - std::round(strike)) < 1e-6;
    return number(strike, isWhole ? 0 : (std::fabs(strike * 10 - std::round(strike * 10)) < 1e-6 ? 1 : 2));
}
QString ChainModel::fieldName(ChainField field)
{
    switch (field) {
    case ChainField::OpenInterest:
        return tr("OI");
    case ChainField::Volume:
        return tr("volume");
    case ChainField::Last:
        return tr("last");
    case ChainField::Touch:
        return tr("P touch");
    case ChainField::InTheMoney:
        return tr("P ITM");
    case ChainField::Vega:
        return tr("vega");
    case ChainField::Theta:
        return QString(QChar(0x0398));
    case ChainField::Gamma:
        return QString(QChar(0x0393));
    case ChainField::Delta:
        return QString(QChar(0x0394));
    case ChainField::Iv:
        return tr("IV");
    case ChainField::Theo:
        return tr("theo");
    case ChainField::Mark:
        return tr("mark");
    case ChainField::Bid:
        return tr("bid");
    case ChainField::Ask:
        return tr("ask");
    case ChainField::Count:
        break;
    }
    return {};
}

QString ChainModel::fieldTitle(ChainField field)
{
    switch (field) {
    case ChainField::OpenInterest:
        return tr("Open interest");
    case ChainField::Volume:
        return tr("Volume today");
    case ChainField::Last:
        return tr("Last trade");
    case ChainField::Touch:
        return tr("Probability that the underlying trades at the strike before expiry, percent");
    case ChainField::InTheMoney:
        return tr("Probability to end in the money, percent");
    case ChainField::Vega:
        return tr("Vega, dollars per vol point");
    case ChainField::Theta:
        return tr("Theta, dollars over the next calendar day, in the time to expiry of the settings");
    case ChainField::Gamma:
        return tr("Gamma");
    case ChainField::Delta:
        return tr("Delta");
    case ChainField::Iv:
        return tr("Implied volatility, percent");
    case ChainField::Theo:
        return tr("Theoretical price by the chosen model");
    case ChainField::Mark:
        return tr("Mark (middle of bid and ask)");
    case ChainField::Bid:
        return tr("Bid");
    case ChainField::Ask:
        return tr("Ask");
    case ChainField::Count:
        break;
    }
    return {};
}

QString ChainModel::flagText(market::QuoteFlags flags)
{
    using market::QuoteFlag;
    QStringList reasons;
    if (flags.has(QuoteFlag::Invalid))
        reasons << tr("the quote is not a valid price");
    if (flags.has(QuoteFlag::Crossed))
        reasons << tr("crossed: the bid is above the ask");
    if (flags.has(QuoteFlag::OneSided))
        reasons << tr("one-sided: a bid or an ask is missing");
    if (flags.has(QuoteFlag::Stale))
        reasons << tr("stale: no fresh quote has arrived");
    if (flags.has(QuoteFlag::ZeroBid))
        reasons << tr("zero bid: nobody offers to buy");
    if (flags.has(QuoteFlag::Locked))
        reasons << tr("locked: the bid equals the ask");
    return reasons.join(QStringLiteral("; "));
}

/// How far the networks' price can be relied on, where the chain is by them.
QString ChainModel::networksText(const ChainCell& cell) const
{
    if (!m_view->networks || !std::isfinite(cell.theo))
        return {};
    constexpr int decimals = 3; // bounds are parts of a cent
    if (cell.isTheoSolved)
        return tr("outside what the networks were trained for: by finite differences");
    const QString price =
        tr("%1 %2 ± %3", "model, its price, its greatest error")
            .arg(modelWord(m_view->model), number(cell.theo, decimals), number(cell.theoBound, decimals));
    if (!std::isfinite(cell.theoGap))
        return price;
    const QString classical = number(cell.theo - cell.theoGap, decimals);
    const QString apart = number(std::fabs(cell.theoGap), decimals);
    const QString words = price + QStringLiteral("; ") +
                          (cell.theoGap < 0 ? tr("finite differences %1: it is %2 below").arg(classical, apart)
                                            : tr("finite differences %1: it is %2 above").arg(classical, apart));
    return cell.isTheoDisputed
               ? words + QLatin1Char('\n') + tr("▲ that is more than the networks' bound: do not rely on it")
               : words;
}

/// Ours and the broker's beside each other, with the age of the latter: which of them the columns show is the picker's.
QString ChainModel::greeksText(const ChainCell& cell) const
{
    QStringList lines;
    if (std::isfinite(cell.theo))
        lines << tr("%1: theo %2, Δ %3, Γ %4, Θ %5, vega %6")
                     .arg(modelWord(cell.isTheoSolved ? "american_heston" : std::string_view(m_view->model)),
                          number(cell.theo, 2), number(cell.delta, 3), number(cell.gamma, 4), number(cell.theta, 3),
                          number(cell.vega, 3));
    const market::FeedGreeks& broker = cell.broker;
    if (std::isfinite(broker.delta)) {
        const double age = base::seconds(m_view->at - broker.time);
        const QString when = age >= 1 ? tr("%1 s old").arg(number(age, 0)) : tr("new");
        lines << tr("broker: theo %1, IV %2, Δ %3, Γ %4, Θ %5, vega %6 (%7)")
                     .arg(number(broker.price, 2), number(100 * broker.volatility, 1), number(broker.delta, 3),
                          number(broker.gamma, 4), number(broker.theta, 3), number(broker.vega, 3), when);
    }
    return lines.join(QLatin1Char('\n'));
}

QString ChainModel::help(const ChainCell& cell) const
{
    QStringList lines{QString::fromStdString(cell.symbol)};
    lines << tr("bid %1 × %2, ask %3 × %4")
                 .arg(number(cell.bid, 2), number(cell.bidSize, 0), number(cell.ask, 2), number(cell.askSize, 0));
    if (cell.position != 0)
        lines << tr("position %1").arg(signedNumber(static_cast<double>(cell.position), 0));
    if (const QString reason = flagText(cell.flags); !reason.isEmpty())
        lines << reason;
    if (std::isfinite(cell.inTheMoney))
        lines << tr("by the fitted surface: %1 to end in the money, %2 to touch the strike before expiry")
                     .arg(percent(cell.inTheMoney), percent(cell.touch));
    if (const QString figures = greeksText(cell); !figures.isEmpty())
        lines << figures;
    if (const QString networks = networksText(cell); !networks.isEmpty())
        lines << networks;
    if (cell.isTheoOutside)
        lines << tr("the model's price %1 is outside bid and ask").arg(number(cell.theo, 2));
    if (cell.isSmileInterpolated)
        lines << tr("Greeks from the neighbouring strikes' volatility: these quotes give none");
    return lines.join(QLatin1Char('\n'));
}

} // namespace vegadesk::ui

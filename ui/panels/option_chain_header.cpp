// What the chain's header says of the market, and what of it goes where there is no room.
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/option_chain.h"
#include "ui/theme/format.h"

#include <QEvent>
#include <QLabel>
#include <QLayout>
#include <QToolButton>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
/// A label that gets the same text again must not be laid out and painted again.
void setText(QLabel& label, const QString& text)
{
    if (label.text() != text)
        label.setText(text);
}
} // namespace

void OptionChainPanel::showHeader(const desk::ChainView& view)
{
    setText(*m_symbol, QString::fromStdString(view.underlying));
    m_symbol->setToolTip(QString::fromStdString(view.description));
    setText(*m_spot, view.underlying.empty() ? QString() : number(view.spot, 2));
    const bool hasChange = !std::isnan(view.change);
    setText(*m_change,
            hasChange ? arrowed(view.change, 2) + QStringLiteral(" · ") + percent(std::fabs(view.changeFraction), 2)
                      : QString());
    setLook(*m_change, "tone", QString::fromLatin1(signTone(view.change)));
    setText(*m_volatility, std::isnan(view.atmVolatility) ? QString()
                           : view.isTradingTime           ? tr("IV %1 trading time").arg(percent(view.atmVolatility))
                                                          : tr("IV %1").arg(percent(view.atmVolatility)));
    const QString years =
        tr("At-the-money implied volatility of the shown expiration. Time to expiry: %1 years")
            .arg(number(view.years, 4)) +
        (view.isTradingTime ? tr(" by the calendar, %1 in trading time, in which this volatility is quoted")
                                  .arg(number(view.varianceYears, 4))
                            : QString());
    if (m_volatility->toolTip() != years)
        m_volatility->setToolTip(years);
    setText(*m_move,
            std::isnan(view.expectedMove) ? QString() : tr("expected move ±%1").arg(number(view.expectedMove, 2)));
    setText(*m_age, view.oldSince == base::Instant{} ? QString() : oldWords(view.oldSince));
    m_age->setVisible(!m_age->text().isEmpty());
    const QString model = modelWord(view.model.empty() ? chosenModel().toStdString() : view.model);
    QString words = tr("%1 ▾").arg(model);
    if (view.modelStrikes < view.modelStrikesAsked)
        words = tr("%1 · %2 of %3 ▾", "strikes that it has priced")
                    .arg(model)
                    .arg(view.modelStrikes)
                    .arg(view.modelStrikesAsked);
    else if (!view.modelNote.empty() && view.model != chosenModel().toStdString())
        words = tr("%1 for %2 ▾", "what is shown, in place of what was chosen")
                    .arg(model, modelWord(chosenModel().toStdString()));
    else if (view.networks && view.networks->disputed > 0)
        words =
            tr("%1 · %n disputed ▾", "prices by networks that finite differences contradict", view.networks->disputed)
                .arg(model);
    else if (view.theosOutside > 0)
        words = tr("%1 · %n outside ▾", "theoretical prices outside bid and ask", view.theosOutside).arg(model);
    const QString help = words + QLatin1Char('\n') + modelHelp(view);
    m_modelWords = words;
    m_modelChoice->setAccessibleName(words);
    if (m_modelChoice->toolTip() != help)
        m_modelChoice->setToolTip(help);
    const QString strikes = tr("strikes ±%1 ▾").arg(strikesAround());
    if (m_strikes->text() != strikes)
        m_strikes->setText(strikes);
    fitHeader();
}

void OptionChainPanel::fitHeader()
{
    const QLayout& layout = *m_header->layout();
    const QFontMetrics metrics = m_modelChoice->fontMetrics();
    const int modelWidth = m_modelChoice->sizeHint().width() + metrics.horizontalAdvance(m_modelWords) -
                           metrics.horizontalAdvance(m_modelChoice->text());
    int needed = 0;
    for (int i = 0; i < layout.count(); ++i)
        if (const QWidget* const part = layout.itemAt(i)->widget(); part && (part != m_age || !m_age->text().isEmpty()))
            needed += (part == m_modelChoice ? modelWidth : part->sizeHint().width()) + layout.spacing();
    // What the strip of expirations or the watchlist say too goes first, whole: half a number is a wrong one.
    for (QLabel* const spare : {m_move, m_volatility, m_change}) {
        const bool hasRoom = needed <= m_header->width();
        if (!hasRoom)
            needed -= spare->sizeHint().width() + layout.spacing();
        spare->setVisible(hasRoom);
    }
    // Then the model's name, which the tooltip says too.
    const QString shown = needed <= m_header->width() ? m_modelWords : tr("model ▾");
    if (m_modelChoice->text() != shown)
        m_modelChoice->setText(shown);
}

bool OptionChainPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_header && event->type() == QEvent::Resize)
        fitHeader();
    return Panel::eventFilter(watched, event);
}

QString OptionChainPanel::modelHelp(const desk::ChainView& view) const
{
    const QString model = modelWord(view.model);
    if (!view.modelNote.empty())
        return tr("%1 is %2; shown by %3 meanwhile")
            .arg(modelWord(chosenModel().toStdString()), QString::fromStdString(view.modelNote), model);
    QStringList lines{tr("What Greeks and theoretical prices are reckoned with, here and in the panel Greeks")};
    if (view.modelAt != base::Instant{})
        lines
            << tr("QuantLib's prices of %1, of %2 of the %3 strikes around the money, one after the other; what it has "
                  "not priced stays empty. The largest difference to ours by the same inputs is %4 dollars")
                   .arg(newYorkText(view.modelAt, QStringLiteral("HH:mm:ss")))
                   .arg(view.modelStrikes)
                   .arg(view.modelStrikesAsked)
                   .arg(number(view.modelGap, 5));
    if (view.model == "american_heston")
        lines << tr(
            "Heston's model with the right to exercise early, by finite differences: one solution a side of the "
            "shown expiration, read at the price of now");
    if (view.networks)
        lines << networksHelp(*view.networks);
    if (view.modelAt == base::Instant{} && view.theosOutside > 0)
        lines
            << tr("%n theoretical price(s) by %1 lie outside the quote's bid and ask by more than half a cent: in the "
                  "column "
                  "theo they are drawn in the warning colour",
                  nullptr, view.theosOutside)
                   .arg(model);
    return lines.join(QLatin1Char('\n'));
}

QStringList OptionChainPanel::networksHelp(const desk::NetworkFigures& networks)
{
    constexpr int decimals = 3; // bounds are parts of a cent
    QStringList lines;
    if (networks.solved < networks.options)
        lines << tr("Prices by networks that finite differences taught, at parameters fitted to the chain's American "
                    "prices. They promise an error of %1 dollars at most")
                     .arg(number(networks.largestBound, decimals));
    if (std::isfinite(networks.largestGap))
        lines << tr("The largest difference to finite differences at the same inputs is %1 dollars")
                     .arg(number(networks.largestGap, decimals));
    if (networks.solved > 0)
        lines << tr("%1 of %2 options are outside what the networks were trained for, and priced by finite differences")
                     .arg(networks.solved)
                     .arg(networks.options);
    if (networks.disputed > 0)
        lines << tr("▲ %n price(s) by networks differ from finite differences by more than is promised: in the column "
                    "theo they are drawn in the warning colour",
                    nullptr, networks.disputed);
    return lines;
}

} // namespace vegadesk::ui

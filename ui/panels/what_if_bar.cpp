#include "ui/panels/what_if_bar.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace vegadesk::ui
{

namespace
{
constexpr int spotSteps = 40;        ///< either way
constexpr double spotStep = 0.005;   ///< of the spot now
constexpr int volatilityPoints = 25; ///< either way
} // namespace

WhatIfBar::WhatIfBar(QWidget* parent)
    : QWidget(parent), m_toggle(new QPushButton(tr("what if ▾"), this)), m_reset(new QPushButton(tr("reset"), this)),
      m_profit(makeLabel({}, "strong", this)), m_body(new QWidget(this))
{
    m_toggle->setObjectName(QStringLiteral("what_if_toggle"));
    m_toggle->setProperty("kind", QStringLiteral("flat"));
    m_toggle->setCheckable(true);
    m_toggle->setToolTip(tr("Move the underlying, its volatility and the date, and see the order there (Ctrl+I)"));
    m_toggle->setAccessibleName(tr("what if"));
    m_reset->setObjectName(QStringLiteral("what_if_reset"));
    m_reset->setProperty("kind", QStringLiteral("flat"));
    m_reset->setToolTip(tr("Back to now"));
    m_profit->setObjectName(QStringLiteral("what_if_profit"));
    m_profit->setToolTip(tr("What the order has made or lost there, against its price"));

    m_spotRow = makeRow("what_if_spot", tr("what if: price of the underlying"),
                        tr("Price of the underlying, up to 20 % either way"));
    m_volatilityRow = makeRow("what_if_volatility", tr("what if: implied volatility"),
                              tr("Points added to the implied volatility of every leg"));
    m_dateRow = makeRow("what_if_date", tr("what if: date"), tr("From now to the first expiry"));
    m_spotRow.slider->setRange(-spotSteps, spotSteps);
    m_spotRow.slider->setPageStep(spotSteps / 8);
    m_volatilityRow.slider->setRange(-volatilityPoints, volatilityPoints);
    m_volatilityRow.slider->setPageStep(volatilityPoints / 5);
    m_dateRow.slider->setRange(0, 0);
    m_dateRow.slider->setPageStep(7);

    auto* const head = new QHBoxLayout;
    head->setSpacing(Theme::unit);
    head->addWidget(m_toggle);
    head->addStretch(1);
    head->addWidget(m_profit);
    head->addWidget(m_reset);
    auto* const grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    int column = 0;
    for (const Row& row : {m_spotRow, m_volatilityRow, m_dateRow}) {
        grid->addWidget(row.label, 0, column);
        grid->addWidget(row.slider, 1, column);
        grid->setColumnStretch(column++, 1);
    }
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_body);

    connect(m_toggle, &QPushButton::toggled, this, &WhatIfBar::setOpen);
    connect(m_reset, &QPushButton::clicked, this, &WhatIfBar::reset);
    setOpen(false);
}

WhatIfBar::Row WhatIfBar::makeRow(const char* name, const QString& accessibleName, const QString& help)
{
    const Row row{makeLabel({}, "label", m_body), new QSlider(Qt::Horizontal, m_body)};
    row.slider->setObjectName(QString::fromLatin1(name));
    row.slider->setAccessibleName(accessibleName);
    row.slider->setMinimumWidth(64);
    row.label->setMinimumWidth(64); // the longest text must not push the other sliders about
    row.label->setBuddy(row.slider);
    for (QWidget* const part : std::initializer_list<QWidget*>{row.label, row.slider})
        part->setToolTip(help);
    connect(row.slider, &QSlider::valueChanged, this, &WhatIfBar::changed);
    return row;
}

bool WhatIfBar::isOpen() const
{
    return m_toggle->isChecked();
}

void WhatIfBar::setOpen(bool isOpen)
{
    const QSignalBlocker quiet(m_toggle);
    m_toggle->setChecked(isOpen);
    m_toggle->setText(isOpen ? tr("what if ▴") : tr("what if ▾"));
    for (QWidget* const part : std::initializer_list<QWidget*>{m_body, m_profit, m_reset})
        part->setVisible(isOpen);
    if (!isOpen)
        reset();
    draw();
}

desk::WhatIf WhatIfBar::whatIf() const
{
    return {m_spotRow.slider->value() * spotStep, m_volatilityRow.slider->value() / 100.0, m_dateRow.slider->value()};
}

void WhatIfBar::reset()
{
    if (whatIf().isNow())
        return;
    for (const Row& row : {m_spotRow, m_volatilityRow, m_dateRow}) {
        const QSignalBlocker quiet(row.slider);
        row.slider->setValue(0);
    }
    changed();
}

void WhatIfBar::changed()
{
    draw();
    Q_EMIT asked(whatIf());
}

void WhatIfBar::setTicket(const desk::TicketView& ticket, base::Date today)
{
    m_spot = ticket.spot;
    m_today = today;
    m_answer = ticket.whatIf ? ticket.whatIf->profit : desk::unknown;
    m_dateRow.slider->setMaximum(std::max(0, ticket.daysToExpiry)); // asks again when it moves the value
    m_dateRow.slider->setEnabled(ticket.daysToExpiry > 0);
    draw();
}

void WhatIfBar::draw()
{
    if (!isOpen())
        return;
    const desk::WhatIf asked = whatIf();
    const double spot = m_spot * (1 + asked.spotChange);
    m_spotRow.label->setText(tr("%1  %2", "what if: price of the underlying, change")
                                 .arg(number(spot, spot < 1000 ? 2 : 0), signedPercent(asked.spotChange)));
    m_volatilityRow.label->setText(
        tr("vol. %1 pts", "what if: volatility points").arg(signedNumber(100 * asked.volatilityChange, 0)));
    if (asked.days == 0)
        m_dateRow.label->setText(tr("today"));
    else if (asked.days >= m_dateRow.slider->maximum())
        m_dateRow.label->setText(tr("at expiry"));
    else
        m_dateRow.label->setText(
            tr("%1 · in %n day(s)", nullptr, asked.days).arg(shortDateText(m_today + std::chrono::days(asked.days))));
    for (const Row& row : {m_spotRow, m_volatilityRow, m_dateRow})
        row.slider->setAccessibleDescription(row.label->text());
    m_reset->setEnabled(!asked.isNow());
    m_profit->setText(asked.isNow() ? QString() : tr("P&L %1").arg(signedMoney(m_answer)));
    setLook(*m_profit, "tone", QString::fromLatin1(asked.isNow() ? "strong" : signTone(m_answer)));
}

} // namespace vegadesk::ui

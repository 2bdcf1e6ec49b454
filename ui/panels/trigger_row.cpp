#include "ui/panels/trigger_row.h"

#include "ui/elided_label.h"
#include "ui/models/order_choices.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/typed_boxes.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::ui
{

namespace
{

constexpr double triggerMax = 100'000, valueMax = 10'000'000, valueStep = 50;

} // namespace

TriggerRow::TriggerRow(QWidget* parent)
    : QWidget(parent), m_triggerName(makeLabel(tr("trigger"), "label", this)),
      m_valueName(makeLabel(tr("for"), "label", this)), m_dateName(makeLabel(tr("good till"), "label", this)),
      m_trigger(new QDoubleSpinBox(this)), m_value(new QDoubleSpinBox(this)), m_note(new ElidedLabel(this)),
      m_date(new QDateEdit(this)), m_typed(new TypedBoxes(this)), m_mark(std::numeric_limits<double>::quiet_NaN())
{
    m_trigger->setObjectName(QStringLiteral("ticket_trigger"));
    m_trigger->setAccessibleName(tr("trigger"));
    m_trigger->setToolTip(
        tr("The order is sent to the market once the middle of the quote comes here; until then it waits at "
           "the broker."));
    m_trigger->setRange(0.01, triggerMax);
    m_trigger->setDecimals(2);
    m_trigger->setSingleStep(0.01);
    m_trigger->setKeyboardTracking(false);
    m_trigger->setAlignment(Qt::AlignRight);
    m_value->setObjectName(QStringLiteral("ticket_value"));
    m_value->setAccessibleName(tr("amount in dollars"));
    m_value->setToolTip(
        tr("What is to be spent, or to come in. How many shares that is, to five decimals, the market says when "
           "the order gets there."));
    m_value->setRange(portfolio::notionalLeast.toDouble(), valueMax);
    m_value->setDecimals(2);
    m_value->setSingleStep(valueStep);
    m_value->setPrefix(QStringLiteral("$ "));
    m_value->setGroupSeparatorShown(true);
    m_value->setKeyboardTracking(false);
    m_value->setAlignment(Qt::AlignRight);
    m_note->setObjectName(QStringLiteral("ticket_trigger_note"));
    m_date->setObjectName(QStringLiteral("ticket_good_till"));
    m_date->setAccessibleName(tr("good till"));
    m_date->setCalendarPopup(true);
    m_date->setKeyboardTracking(false);
    m_date->setDisplayFormat(tr("d MMM yyyy", "date that an order is good till"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_triggerName);
    row->addWidget(m_trigger);
    row->addWidget(m_valueName);
    row->addWidget(m_value);
    row->addWidget(m_note, 1);
    row->addWidget(m_dateName);
    row->addWidget(m_date);
    m_typed->add(*m_trigger, [this] { return m_trigger->textFromValue(m_trigger->value()); });
    m_typed->add(*m_date, [this] { return m_date->date().toString(m_date->displayFormat()); });
    m_typed->add(*m_value, [this] { return m_value->prefix() + m_value->textFromValue(m_value->value()); });
    connect(m_trigger, &QDoubleSpinBox::valueChanged, this, &TriggerRow::editTrigger);
    connect(m_value, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (const auto dollars = base::Decimal::fromDouble(value))
            Q_EMIT valueEdited(dollars->roundedTo(base::Decimal::cent()));
    });
    connect(m_date, &QDateEdit::dateChanged, this, [this](const QDate& date) {
        Q_EMIT dateChosen(
            base::makeDate(date.year(), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())));
    });
}

void TriggerRow::setMarket(double mark, const market::TickTable& ticks)
{
    m_mark = mark;
    m_ticks = ticks;
    const double tick = market::tickAt(m_ticks, m_shown.value_or(base::Decimal())).toDouble();
    if (m_trigger->singleStep() != tick && !TypedBoxes::isBeingTyped(*m_trigger))
        m_trigger->setSingleStep(tick); // writes the text anew
    drawNote();
}

void TriggerRow::setDates(base::Date first, base::Date last)
{
    const QSignalBlocker quiet(m_date);
    m_date->setDateRange(toQDate(first), toQDate(std::max(first, last)));
}

void TriggerRow::setTerms(const StagedOrder& staged)
{
    const bool hasTrigger = needsTrigger(staged.type());
    const bool hasDate = staged.timeInForce() == portfolio::TimeInForce::Gtd;
    for (QWidget* const part : std::initializer_list<QWidget*>{m_triggerName, m_trigger})
        part->setVisible(hasTrigger);
    const bool hasValue = staged.value().has_value();
    for (QWidget* const part : std::initializer_list<QWidget*>{m_valueName, m_value})
        part->setVisible(hasValue);
    for (QWidget* const part : std::initializer_list<QWidget*>{m_dateName, m_date})
        part->setVisible(hasDate);
    setVisible(hasTrigger || hasValue || hasDate);
    if (hasValue && !TypedBoxes::isBeingTyped(*m_value)) {
        const QSignalBlocker quiet(m_value);
        m_value->setValue(staged.value()->toDouble());
    }
    m_buys = !staged.legs().empty() && staged.legs().front().quantity > 0;
    m_shown = hasTrigger ? staged.trigger() : std::nullopt;
    if (m_shown && !TypedBoxes::isBeingTyped(*m_trigger)) {
        const QSignalBlocker quiet(m_trigger);
        m_trigger->setValue(m_shown->toDouble());
    }
    if (staged.gtcDate() && !TypedBoxes::isBeingTyped(*m_date)) {
        const QSignalBlocker quiet(m_date);
        m_date->setDate(toQDate(*staged.gtcDate()));
    }
    drawNote();
}

void TriggerRow::commit()
{
    m_typed->commit();
}

void TriggerRow::editTrigger(double value)
{
    const auto price = base::Decimal::fromDouble(value);
    if (!price)
        return;
    const base::Decimal tick = market::tickAt(m_ticks, *price);
    const base::Decimal onGrid = std::max(price->roundedTo(tick), tick);
    if (onGrid != *price) {
        const QSignalBlocker quiet(m_trigger);
        m_trigger->setValue(onGrid.toDouble());
    }
    Q_EMIT triggerEdited(onGrid);
}

void TriggerRow::drawNote()
{
    m_refusal = m_shown ? triggerRefusal(*m_shown, m_buys, m_mark) : QString();
    const bool isKnown = m_shown && std::isfinite(m_mark) && m_mark > 0;
    const QString words = isKnown ? signedPercent(m_shown->toDouble() / m_mark - 1, 0) : QString();
    m_note->setHelp(
        isKnown ? tr("How far the trigger is from the market: %1 is the middle of the quote.").arg(number(m_mark, 2))
                : QString());
    m_note->setWords(m_refusal.isEmpty() ? words : m_refusal);
    setLook(*m_note, "tone", m_refusal.isEmpty() ? QStringLiteral("label") : QStringLiteral("warning"));
}

} // namespace vegadesk::ui

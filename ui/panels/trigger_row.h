#pragma once

#include "ui/models/staged_order.h"

#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QWidget>

class QLabel;

namespace vegadesk::ui
{

class ElidedLabel;
class TypedBoxes;

/// The trigger of a stop with what the market says of it, the dollars of an order for an amount, and the day that an order is
/// good till. Hidden where the order has none of them.
class TriggerRow : public QWidget
{
    Q_OBJECT

public:
    explicit TriggerRow(QWidget* parent = nullptr);

    /// Of one share or contract, by the middle of its quote; NaN where it is not known.
    void setMarket(double mark, const market::TickTable& ticks);
    /// The days that may be chosen.
    void setDates(base::Date first, base::Date last);
    void setTerms(const StagedOrder& staged);
    /// Takes over what is typed but not yet entered.
    void commit();
    /// Why the trigger cannot be; empty when it can, or there is none.
    const QString& refusal() const { return m_refusal; }

Q_SIGNALS:
    void triggerEdited(vegadesk::base::Decimal trigger);
    void valueEdited(vegadesk::base::Decimal value);
    void dateChosen(vegadesk::base::Date date);

private:
    void editTrigger(double value);
    void drawNote();

    QLabel *m_triggerName, *m_valueName, *m_dateName;
    QDoubleSpinBox *m_trigger, *m_value;
    ElidedLabel* m_note;
    QDateEdit* m_date;
    TypedBoxes* m_typed;
    market::TickTable m_ticks;
    double m_mark;
    bool m_buys = true;
    std::optional<base::Decimal> m_shown; ///< trigger of the staged order
    QString m_refusal;
};

} // namespace vegadesk::ui

#include "ui/dialogs/parameter_form.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QWheelEvent>

namespace vegadesk::ui
{

namespace
{
/// "short_delta" → "Short delta".
QString titleOf(const std::string& name)
{
    QString title = text(name).replace(u'_', u' ');
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

int decimalsFor(const base::ParameterSpec& spec)
{
    const double width = spec.maximum - spec.minimum;
    if (width <= 0.1)
        return 4;
    return width <= 1 ? 3 : 2;
}

/// Wheel events scroll the form; they do not change a figure that happens to be under the pointer.
template<class Box>
class CalmBox : public Box
{
public:
    using Box::Box;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};
} // namespace

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setVerticalSpacing(6);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

ParameterForm::Field ParameterForm::makeField(const base::ParameterSpec& spec)
{
    QWidget* widget = nullptr;
    Field field{spec.name, {}};
    QString range;
    if (spec.kind == base::ParameterKind::Choice) {
        auto* const box = new CalmBox<QComboBox>(this);
        for (const std::string& choice : spec.choices)
            box->addItem(text(choice));
        box->setCurrentIndex(static_cast<int>(spec.fallback));
        field.value = [box] { return static_cast<double>(box->currentIndex()); };
        widget = box;
    } else {
        const bool isInteger = spec.kind == base::ParameterKind::Integer;
        const int decimals = isInteger ? 0 : decimalsFor(spec);
        auto* const box = new CalmBox<QDoubleSpinBox>(this);
        box->setDecimals(decimals);
        box->setRange(spec.minimum, spec.maximum);
        box->setValue(spec.fallback);
        if (isInteger)
            box->setSingleStep(1);
        else
            box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        box->setAlignment(Qt::AlignRight);
        field.value = [box] { return box->value(); };
        range = tr("%1 to %2").arg(number(spec.minimum, decimals), number(spec.maximum, decimals));
        widget = box;
    }
    QString help = text(spec.about);
    if (!range.isEmpty())
        help += u'\n' + range;
    widget->setFocusPolicy(Qt::StrongFocus);
    widget->setToolTip(help);
    widget->setObjectName(QStringLiteral("parameter_") + text(spec.name));
    QString name = titleOf(spec.name);
    widget->setAccessibleName(name);
    // "Days to expiry" needs no ", days".
    if (!spec.unit.empty() && !name.contains(text(spec.unit), Qt::CaseInsensitive))
        name += QStringLiteral(", ") + text(spec.unit);
    QLabel* const label = makeLabel(name, "dim", this);
    label->setToolTip(help);
    label->setWordWrap(true);
    label->setBuddy(widget);
    m_form->addRow(label, widget);
    return field;
}

void ParameterForm::setSpecs(const std::vector<base::ParameterSpec>& specs)
{
    m_fields.clear();
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    for (const base::ParameterSpec& spec : specs)
        m_fields.push_back(makeField(spec));
}

std::vector<std::pair<std::string, double>> ParameterForm::values() const
{
    std::vector<std::pair<std::string, double>> values;
    for (const Field& field : m_fields)
        values.emplace_back(field.name, field.value());
    return values;
}

} // namespace vegadesk::ui

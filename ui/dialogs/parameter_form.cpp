#include "ui/dialogs/parameter_form.h"

#include "ui/dialogs/calm_box.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

QString parameterTitle(const std::string& name)
{
    QString title = text(name).replace(u'_', u' ');
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

int parameterDecimals(const base::ParameterSpec& spec)
{
    if (spec.kind == base::ParameterKind::Integer)
        return 0;
    const double width = spec.maximum - spec.minimum;
    const int decimals = width <= 0.1 ? 4 : width <= 1 ? 3 : 2;
    // A smallest value that rounds to nothing would not be allowed.
    return spec.minimum > 0 ? std::max(decimals, static_cast<int>(std::ceil(-std::log10(spec.minimum)))) : decimals;
}

QString parameterLabel(const base::ParameterSpec& spec)
{
    QString name = parameterTitle(spec.name);
    // "Days to expiry" needs no ", days".
    if (!spec.unit.empty() && !name.contains(text(spec.unit), Qt::CaseInsensitive))
        name += QStringLiteral(", ") + text(spec.unit);
    return name;
}

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
        const int decimals = parameterDecimals(spec);
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
    widget->setAccessibleName(parameterTitle(spec.name));
    QLabel* const label = makeLabel(parameterLabel(spec), "dim", this);
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

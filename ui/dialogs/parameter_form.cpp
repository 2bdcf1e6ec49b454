#include "ui/dialogs/parameter_form.h"

#include "ui/dialogs/calm_box.h"
#include "ui/models/parameter_words.h"
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

int parameterDecimals(const base::ParameterSpec& spec)
{
    if (spec.kind == base::ParameterKind::Integer)
        return 0;
    const double width = spec.maximum - spec.minimum;
    const int decimals = width <= 0.1 ? 4 : width <= 1 ? 3 : 2;
    // A smallest value that rounds to nothing would not be allowed.
    return spec.minimum > 0 ? std::max(decimals, static_cast<int>(std::ceil(-std::log10(spec.minimum)))) : decimals;
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
    Field field;
    field.spec = spec;
    QString range;
    if (spec.kind == base::ParameterKind::Choice) {
        auto* const box = new CalmBox<QComboBox>(this);
        for (const std::string& choice : spec.choices)
            box->addItem(choiceWord(choice));
        box->setCurrentIndex(static_cast<int>(spec.fallback));
        field.value = [box] { return static_cast<double>(box->currentIndex()); };
        field.set = [box](double value) { box->setCurrentIndex(static_cast<int>(value)); };
        connect(box, &QComboBox::currentIndexChanged, this, &ParameterForm::mark);
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
        field.set = [box](double value) { box->setValue(value); };
        connect(box, &QDoubleSpinBox::valueChanged, this, &ParameterForm::mark);
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
    field.label = label;
    return field;
}

void ParameterForm::setSpecs(const std::vector<base::ParameterSpec>& specs)
{
    m_fields.clear();
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    for (const base::ParameterSpec& spec : specs)
        m_fields.push_back(makeField(spec));
    Q_EMIT changed();
}

void ParameterForm::setValues(const std::vector<std::pair<std::string, double>>& values)
{
    for (const auto& [name, value] : values) {
        const auto field = std::ranges::find(m_fields, name, [](const Field& each) { return each.spec.name; });
        if (field != m_fields.end())
            field->set(value);
    }
}

void ParameterForm::useUsual()
{
    for (const Field& field : m_fields)
        field.set(field.spec.fallback);
}

std::vector<std::pair<std::string, double>> ParameterForm::values() const
{
    std::vector<std::pair<std::string, double>> values;
    for (const Field& field : m_fields)
        values.emplace_back(field.spec.name, field.value());
    return values;
}

QString ParameterForm::Field::shown(double value) const
{
    if (spec.kind == base::ParameterKind::Choice)
        return choiceWord(spec.choices[static_cast<std::size_t>(value)]);
    return number(value, parameterDecimals(spec));
}

/// As far as it can be seen: a field rounds to what it shows.
bool ParameterForm::Field::isUsual() const
{
    return shown(value()) == shown(spec.fallback);
}

QStringList ParameterForm::differences() const
{
    QStringList words;
    for (const Field& field : m_fields) {
        if (!field.isUsual())
            words << tr("%1 %2 (usually %3)", "parameter, value, usual value")
                         .arg(parameterTitle(field.spec.name), field.shown(field.value()),
                              field.shown(field.spec.fallback));
    }
    return words;
}

void ParameterForm::mark()
{
    for (const Field& field : m_fields)
        setLook(*field.label, "tone", QString::fromLatin1(field.isUsual() ? "dim" : "strong"));
    Q_EMIT changed();
}

} // namespace vegadesk::ui

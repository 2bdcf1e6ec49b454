#include "ui/dialogs/sweep_grid_form.h"

#include "desk/sweep_axes.h"
#include "ui/dialogs/calm_box.h"
#include "ui/dialogs/parameter_form.h"
#include "ui/models/parameter_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double rangeSteps = 4; ///< of the range that is offered first
constexpr int modeWidth = 104;

/// Numbers of a list in the window's language, as base::Parameters reads them; words as they are.
std::vector<std::string> listOf(const QString& typed)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::RejectGroupSeparator); // "0.150" is no hundred and fifty
    // Where the comma is the decimal point it separates nothing.
    static const QRegularExpression withComma(QStringLiteral("[\\s;,]+")), withoutComma(QStringLiteral("[\\s;]+"));
    const bool isDecimal = locale.decimalPoint() == QLatin1String(",");
    const QStringList parts = typed.split(isDecimal ? withoutComma : withComma, Qt::SkipEmptyParts);
    std::vector<std::string> values;
    for (const QString& part : parts) {
        bool isNumber = false;
        const double value = locale.toDouble(part, &isNumber);
        values.push_back((isNumber ? QString::number(value, 'g', QLocale::FloatingPointShortest) : part).toStdString());
    }
    return values;
}
} // namespace

/// One parameter: its name, how many values it takes, and the fields for them.
class SweepGridForm::Row : public QObject
{
public:
    enum Mode { One, Range, List };

    Row(const base::ParameterSpec& spec, SweepGridForm* form) : QObject(form), m_spec(spec)
    {
        const bool isChoice = spec.kind == base::ParameterKind::Choice;
        QString help = text(spec.about);
        if (!isChoice)
            help += u'\n' + SweepGridForm::tr("%1 to %2").arg(shown(spec.minimum), shown(spec.maximum));
        m_name = makeLabel(parameterLabel(spec), "dim", form);
        m_name->setWordWrap(true);
        m_name->setToolTip(help);

        m_mode = new CalmBox<QComboBox>(form);
        m_mode->setObjectName(QStringLiteral("sweep_mode_") + text(spec.name));
        m_mode->setAccessibleName(SweepGridForm::tr("%1: one value or several").arg(parameterTitle(spec.name)));
        m_mode->setFocusPolicy(Qt::StrongFocus);
        m_mode->setFixedWidth(modeWidth);
        m_mode->addItem(SweepGridForm::tr("one value"), One);
        if (!isChoice)
            m_mode->addItem(SweepGridForm::tr("a range"), Range);
        m_mode->addItem(isChoice ? SweepGridForm::tr("several") : SweepGridForm::tr("a list"), List);

        m_editors = new QStackedWidget(form);
        m_editors->setToolTip(help);
        m_editors->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        isChoice ? addChoices(*form) : addNumbers(*form);
        connect(m_mode, &QComboBox::currentIndexChanged, form, [this, form] {
            m_editors->setCurrentIndex(m_mode->currentIndex());
            Q_EMIT form->changed();
        });
    }
    ~Row() override
    {
        delete m_name;
        delete m_mode;
        delete m_editors;
    }

    void place(QGridLayout& grid, int row)
    {
        grid.addWidget(m_name, 2 * row, 0);
        grid.addWidget(m_mode, 2 * row, 1);
        grid.addWidget(m_editors, 2 * row + 1, 0, 1, 2);
        m_name->setBuddy(m_mode);
    }

    const base::ParameterSpec& spec() const { return m_spec; }
    bool isAxis() const { return mode() != One; }
    double one() const
    {
        if (isAxis())
            return m_spec.fallback;
        return m_choice ? m_choice->currentIndex() : m_value->value();
    }
    base::Result<std::vector<std::string>> values() const
    {
        if (mode() == Range)
            return desk::axisRange(m_spec, m_from->value(), m_to->value(), m_step->value());
        if (m_list)
            return desk::axisValues(m_spec, listOf(m_list->text()));
        std::vector<std::string> words;
        for (std::size_t i = 0; i < m_boxes.size(); ++i) {
            if (m_boxes[i]->isChecked())
                words.push_back(m_spec.choices[i]);
        }
        return desk::axisValues(m_spec, words);
    }
    void setList(const std::vector<std::string>& values)
    {
        m_mode->setCurrentIndex(m_mode->findData(List));
        QStringList words;
        for (const std::string& value : values)
            words << text(value);
        if (m_list) {
            for (QString& word : words)
                word = QLocale().toString(word.toDouble(), 'g', QLocale::FloatingPointShortest);
            m_list->setText(words.join(QStringLiteral("; ")));
        }
        for (std::size_t i = 0; i < m_boxes.size(); ++i)
            m_boxes[i]->setChecked(words.contains(text(m_spec.choices[i])));
    }

private:
    Mode mode() const { return static_cast<Mode>(m_mode->currentData().toInt()); }
    QString shown(double value) const { return number(value, parameterDecimals(m_spec)); }
    QString partName(const char* part) const
    {
        return QStringLiteral("sweep_%1_").arg(QString::fromLatin1(part)) + text(m_spec.name);
    }

    void addChoices(SweepGridForm& form)
    {
        m_choice = new CalmBox<QComboBox>(m_editors);
        m_choice->setFocusPolicy(Qt::StrongFocus);
        m_choice->setObjectName(partName("one"));
        m_choice->setAccessibleName(parameterTitle(m_spec.name));
        auto* const several = new QWidget(m_editors);
        auto* const column = new QVBoxLayout(several);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        for (const std::string& choice : m_spec.choices) {
            m_choice->addItem(choiceWord(choice));
            auto* const box = m_boxes.emplace_back(new QCheckBox(choiceWord(choice), several));
            box->setObjectName(partName("list") + u'_' + text(choice));
            box->setChecked(true);
            column->addWidget(box);
            connect(box, &QCheckBox::toggled, &form, &SweepGridForm::changed);
        }
        m_choice->setCurrentIndex(static_cast<int>(m_spec.fallback));
        m_editors->addWidget(m_choice);
        m_editors->addWidget(several);
        connect(m_choice, &QComboBox::currentIndexChanged, &form, &SweepGridForm::changed);
    }

    QDoubleSpinBox* addNumber(const char* part, double low, double high, double value, SweepGridForm& form)
    {
        auto* const box = new CalmBox<QDoubleSpinBox>(m_editors);
        box->setObjectName(partName(part));
        box->setFocusPolicy(Qt::StrongFocus);
        box->setDecimals(parameterDecimals(m_spec));
        box->setRange(low, high);
        box->setValue(value);
        if (m_spec.kind == base::ParameterKind::Integer)
            box->setSingleStep(1);
        else
            box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        box->setAlignment(Qt::AlignRight);
        connect(box, &QDoubleSpinBox::valueChanged, &form, &SweepGridForm::changed);
        return box;
    }

    void addNumbers(SweepGridForm& form)
    {
        m_value = addNumber("one", m_spec.minimum, m_spec.maximum, m_spec.fallback, form);
        m_value->setAccessibleName(parameterTitle(m_spec.name));
        m_editors->addWidget(m_value);

        // Around the fallback, as far as half of it or a quarter of what is allowed.
        const double width = m_spec.maximum - m_spec.minimum;
        const double reach =
            m_spec.fallback != 0 ? std::min(0.5 * std::abs(m_spec.fallback), 0.25 * width) : 0.25 * width;
        const double unit = std::pow(10, -parameterDecimals(m_spec));
        const double step = std::max(unit, std::round(2 * reach / rangeSteps / unit) * unit);
        const double first = std::max(m_spec.minimum, m_spec.fallback - 0.5 * rangeSteps * step);
        const double last = std::min(m_spec.maximum, m_spec.fallback + 0.5 * rangeSteps * step);
        auto* const range = new QWidget(m_editors);
        auto* const row = new QHBoxLayout(range);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(Theme::unit / 2);
        const auto add = [&](const char* part, const QString& words, double low, double high, double value) {
            QDoubleSpinBox* const box = addNumber(part, low, high, value, form);
            box->setButtonSymbols(QAbstractSpinBox::NoButtons);
            box->setAccessibleName(parameterTitle(m_spec.name) + QStringLiteral(": ") + words);
            row->addWidget(makeLabel(words, "faint", range));
            row->addWidget(box, 1);
            return box;
        };
        m_from = add("from", SweepGridForm::tr("from"), m_spec.minimum, m_spec.maximum, first);
        m_to = add("to", SweepGridForm::tr("to"), m_spec.minimum, m_spec.maximum, last);
        m_step = add("step", SweepGridForm::tr("step"), 0, std::max(width, unit), step);
        m_editors->addWidget(range);

        m_list = new QLineEdit(m_editors);
        m_list->setObjectName(partName("list"));
        m_list->setAccessibleName(SweepGridForm::tr("%1: values").arg(parameterTitle(m_spec.name)));
        m_list->setPlaceholderText(shown(first) + QStringLiteral("; ") + shown(last));
        connect(m_list, &QLineEdit::textChanged, &form, &SweepGridForm::changed);
        m_editors->addWidget(m_list);
    }

    const base::ParameterSpec m_spec;
    QLabel* m_name = nullptr;
    QComboBox* m_mode = nullptr;
    QStackedWidget* m_editors = nullptr;
    QComboBox* m_choice = nullptr; ///< of a choice, with m_boxes; the rest of a number
    std::vector<QCheckBox*> m_boxes;
    QDoubleSpinBox *m_value = nullptr, *m_from = nullptr, *m_to = nullptr, *m_step = nullptr;
    QLineEdit* m_list = nullptr;
};

SweepGridForm::SweepGridForm(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Theme::unit);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(0, 1);
}

SweepGridForm::~SweepGridForm() = default;

void SweepGridForm::setSpecs(const std::vector<base::ParameterSpec>& specs)
{
    qDeleteAll(m_rows);
    m_rows.clear();
    for (const base::ParameterSpec& spec : specs) {
        Row* const row = m_rows.emplace_back(new Row(spec, this));
        row->place(*m_grid, static_cast<int>(m_rows.size()) - 1);
    }
    Q_EMIT changed();
}

std::vector<std::pair<std::string, double>> SweepGridForm::fixed() const
{
    std::vector<std::pair<std::string, double>> values;
    for (const Row* row : m_rows)
        values.emplace_back(row->spec().name, row->one());
    return values;
}

base::Result<std::vector<desk::SweepAxis>> SweepGridForm::axes() const
{
    std::vector<desk::SweepAxis> axes;
    for (const Row* row : m_rows) {
        if (!row->isAxis())
            continue;
        auto values = row->values();
        if (!values)
            return tl::make_unexpected(values.error());
        axes.push_back({row->spec().name, std::move(*values)});
    }
    return axes;
}

void SweepGridForm::setList(const std::string& name, const std::vector<std::string>& values)
{
    for (Row* row : m_rows) {
        if (row->spec().name == name)
            row->setList(values);
    }
}

} // namespace vegadesk::ui

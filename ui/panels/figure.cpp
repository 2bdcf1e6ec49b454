#include "ui/panels/figure.h"

#include "ui/theme/format.h"

#include <QLabel>
#include <QVBoxLayout>

namespace vegadesk::ui
{

QLabel* makeLabel(const QString& text, const char* tone, QWidget* parent)
{
    auto* const label = new QLabel(text, parent);
    label->setProperty("tone", QString::fromLatin1(tone));
    label->setTextFormat(Qt::PlainText);
    return label;
}

const char* signTone(double value, int decimals)
{
    const int sign = shownSign(value, decimals);
    if (sign > 0)
        return "gain";
    return sign < 0 ? "loss" : "strong";
}

Figure::Figure(const QString& name, QWidget* parent)
    : QWidget(parent), m_name(makeLabel(name, "label", this)), m_value(makeLabel({}, "strong", this))
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_name);
    column->addWidget(m_value);
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void Figure::setName(const QString& name)
{
    m_name->setText(name);
}

void Figure::setValue(const QString& value, const char* tone)
{
    m_value->setText(value);
    m_value->setToolTip(value);
    setLook(*m_value, "tone", QString::fromLatin1(tone));
}

} // namespace vegadesk::ui

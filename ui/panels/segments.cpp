#include "ui/panels/segments.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace vegadesk::ui
{

Segments::Segments(const QString& accessibleName, QWidget* parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_group(new QButtonGroup(this))
{
    setAccessibleName(accessibleName);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(2);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::chosenByUser);
}

void Segments::setChoices(const std::vector<Choice>& choices)
{
    if (choices == m_choices)
        return;
    const int before = chosen();
    m_choices = choices;
    qDeleteAll(m_group->buttons());
    for (std::size_t place = 0; place < choices.size(); ++place) {
        auto* const button = new QPushButton(choices[place].words, this);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setProperty("dense", true);
        button->setCheckable(true);
        button->setToolTip(choices[place].help);
        button->setAccessibleDescription(choices[place].help);
        m_group->addButton(button, static_cast<int>(place));
        m_row->addWidget(button);
    }
    choose(before);
}

int Segments::chosen() const
{
    return m_group->checkedId();
}

void Segments::choose(int place)
{
    if (m_choices.empty())
        return;
    QAbstractButton* const button = m_group->button(std::clamp(place, 0, static_cast<int>(m_choices.size()) - 1));
    button->setChecked(true);
    setFocusProxy(button);
}

} // namespace vegadesk::ui

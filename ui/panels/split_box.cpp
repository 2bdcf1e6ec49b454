#include "ui/panels/split_box.h"

#include "ui/theme/theme.h"

#include <QBoxLayout>
#include <QResizeEvent>

#include <algorithm>

namespace vegadesk::ui
{

SplitBox::SplitBox(QWidget* first, int firstStretch, QWidget* second, int secondStretch, int sideBySideFrom,
                   QWidget* parent)
    : QWidget(parent), m_first(first), m_second(second), m_sideBySideFrom(sideBySideFrom),
      m_box(new QBoxLayout(QBoxLayout::TopToBottom, this))
{
    m_box->setContentsMargins(0, 0, 0, 0);
    m_box->setSpacing(Theme::unit);
    m_box->setSizeConstraint(QLayout::SetNoConstraint); // or the wide arrangement would keep the panel wide
    m_box->addWidget(first, firstStretch);
    m_box->addWidget(second, secondStretch);
}

bool SplitBox::isSideBySide() const
{
    return m_box->direction() == QBoxLayout::LeftToRight;
}

QSize SplitBox::minimumSizeHint() const
{
    // Of the narrow arrangement: the wide one comes with the room for it.
    const QSize first = m_first->minimumSizeHint(), second = m_second->minimumSizeHint();
    return {std::max(first.width(), second.width()), first.height() + second.height() + m_box->spacing()};
}

void SplitBox::arrange(int width)
{
    m_box->setDirection(width >= m_sideBySideFrom ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void SplitBox::resizeEvent(QResizeEvent* event)
{
    arrange(event->size().width());
    QWidget::resizeEvent(event);
}

} // namespace vegadesk::ui

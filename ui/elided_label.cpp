#include "ui/elided_label.h"

#include <QEvent>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
constexpr int leastLetters = 6;
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidedLabel::setWords(const QString& words)
{
    if (words == m_words)
        return;
    m_words = words;
    updateGeometry();
    elide();
}

void ElidedLabel::setHelp(const QString& help)
{
    m_help = help;
    elide();
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins around = contentsMargins();
    return {fontMetrics().horizontalAdvance(m_words) + around.left() + around.right() + 1,
            QLabel::minimumSizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * leastLetters), sizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_words, Qt::ElideRight, contentsRect().width());
    if (shown != text())
        setText(shown);
    setToolTip(shown == m_words ? m_help : m_words + QLatin1Char('\n') + m_help);
}

} // namespace vegadesk::ui

#include "ui/dock_title.h"

#include "ui/elided_label.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace vegadesk::ui
{

namespace
{
constexpr int titleHeight = 31;

/// Two signs in lines, because fonts disagree about the characters for them.
class SignButton : public QAbstractButton
{
public:
    enum class Sign : std::uint8_t { Float, Close };

    SignButton(Sign sign, const QString& help) : m_sign(sign)
    {
        setToolTip(help);
        setAccessibleName(help);
        setFocusPolicy(Qt::NoFocus); // the menu and the palette do the same by keyboard
        setFixedSize(20, 20);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(underMouse() ? QPalette::Text : QPalette::PlaceholderText), 1.3));
        const QRectF box = QRectF(rect()).adjusted(6, 6, -6, -6);
        if (m_sign == Sign::Close) {
            painter.drawLine(box.topLeft(), box.bottomRight());
            painter.drawLine(box.topRight(), box.bottomLeft());
        } else {
            painter.drawRect(box);
            painter.drawLine(box.center(), box.topRight());
        }
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    Sign m_sign;
};
} // namespace

DockTitle::DockTitle(QDockWidget* dock, ui::Panel* panel)
    : QFrame(dock), m_title(new ElidedLabel), m_buttons(new QWidget)
{
    setProperty("kind", QStringLiteral("title"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::unit + 2, 0, Theme::unit / 2, 0);
    layout->setSpacing(Theme::unit);
    m_title->setProperty("tone", QStringLiteral("strong"));
    m_title->setWords(dock->windowTitle());
    layout->addWidget(m_title);
    QWidget* const extras = panel->titleExtras();
    if (extras) {
        layout->addSpacing(Theme::unit);
        layout->addWidget(extras, 1);
        m_title->setVisible(!extras->property("replacesTitle").toBool());
    } else {
        layout->addStretch(1);
    }

    auto* const room = new QHBoxLayout(m_buttons);
    room->setContentsMargins(0, 0, 0, 0);
    room->setSpacing(0);
    auto* const floating = new SignButton(SignButton::Sign::Float, tr("Float or dock this panel"));
    auto* const closing = new SignButton(SignButton::Sign::Close, tr("Close this panel"));
    room->addWidget(floating);
    room->addWidget(closing);
    layout->addWidget(m_buttons);
    // Its room stays when it is hidden: nothing moves away under the mouse.
    QSizePolicy policy = m_buttons->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_buttons->setSizePolicy(policy);
    m_buttons->hide();
    connect(floating, &QAbstractButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    connect(closing, &QAbstractButton::clicked, dock, &QDockWidget::close);
    connect(dock, &QDockWidget::windowTitleChanged, m_title, &ElidedLabel::setWords);
}

void DockTitle::enterEvent(QEnterEvent* event)
{
    m_buttons->show();
    QFrame::enterEvent(event);
}

void DockTitle::leaveEvent(QEvent* event)
{
    m_buttons->hide();
    QFrame::leaveEvent(event);
}

void DockTitle::setFolded(bool isFolded)
{
    if (isFolded == m_isFolded)
        return;
    m_isFolded = isFolded;
    setMaximumHeight(isFolded ? 0 : QWIDGETSIZE_MAX);
    updateGeometry();
}

QSize DockTitle::sizeHint() const
{
    return {QFrame::sizeHint().width(), m_isFolded ? 0 : titleHeight};
}

QSize DockTitle::minimumSizeHint() const
{
    return {std::min(120, QFrame::minimumSizeHint().width()), m_isFolded ? 0 : titleHeight};
}

} // namespace vegadesk::ui

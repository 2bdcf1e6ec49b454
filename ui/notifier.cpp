#include "ui/notifier.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>
#include <QSystemTrayIcon>
#include <QWidget>

namespace vegadesk::ui
{

namespace
{
constexpr int iconSize = 64, messageMs = 15'000;

/// The installed one, or, run from a build folder, a letter on the accent's ground.
QIcon icon()
{
    QPixmap drawn(iconSize, iconSize);
    drawn.fill(Qt::transparent);
    QPainter painter(&drawn);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette palette = QApplication::palette();
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.color(QPalette::Highlight));
    painter.drawRoundedRect(drawn.rect(), iconSize / 5, iconSize / 5);
    QFont font = QApplication::font();
    font.setPixelSize(iconSize * 3 / 5);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(palette.color(QPalette::HighlightedText));
    painter.drawText(drawn.rect(), Qt::AlignCenter, QStringLiteral("V"));
    painter.end();
    return QIcon::fromTheme(QStringLiteral("vegadesk"), QIcon(drawn));
}
} // namespace

DesktopNotifier::DesktopNotifier(QWidget& window) : Notifier(&window), m_window(&window) {}

void DesktopNotifier::show(const QString& title, const QString& text)
{
    if (m_window)
        QApplication::alert(m_window); // does nothing while the window is the active one
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray) {
        m_tray = new QSystemTrayIcon(icon(), this);
        m_tray->setToolTip(QApplication::applicationDisplayName());
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, &Notifier::clicked);
        connect(m_tray, &QSystemTrayIcon::activated, this, &Notifier::clicked);
        m_tray->show();
    }
    m_tray->showMessage(title, text, QSystemTrayIcon::Warning, messageMs);
}

void DesktopNotifier::playSound()
{
    QApplication::beep();
}

} // namespace vegadesk::ui

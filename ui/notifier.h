#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

class QSystemTrayIcon;
class QWidget;

namespace vegadesk::ui
{

/// Where an alert is seen and heard outside of the window.
class Notifier : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void show(const QString& title, const QString& text) = 0;
    virtual void playSound() = 0;

Q_SIGNALS:
    void clicked(); ///< on what was shown
};

/// The desktop's messages, where there is a tray for them; otherwise the window asks for attention in the task bar. The sound is
/// the desktop's own.
class DesktopNotifier : public Notifier
{
    Q_OBJECT

public:
    explicit DesktopNotifier(QWidget& window);

    void show(const QString& title, const QString& text) override;
    void playSound() override;

private:
    QPointer<QWidget> m_window;
    QSystemTrayIcon* m_tray = nullptr; ///< made with the first message
};

} // namespace vegadesk::ui

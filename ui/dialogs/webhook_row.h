#pragma once

#include "desk/desk.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace vegadesk::ui
{

/// The address that rules call: set, taken away, and tried. It is a secret, so that only its host is shown.
class WebhookRow : public QWidget
{
    Q_OBJECT

public:
    explicit WebhookRow(desk::Desk& desk, QWidget* parent = nullptr);

private:
    void showState();
    /// False, with the reason shown, for what is no address.
    bool keepTyped();
    void test();
    void say(const char* tone, const QString& text);

    desk::Desk& m_desk;
    QLabel *m_state, *m_outcome;
    QLineEdit* m_address;
    QPushButton *m_keep, *m_remove, *m_test;
    bool m_isTesting = false;
};

} // namespace vegadesk::ui

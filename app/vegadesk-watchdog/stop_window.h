#pragma once

#include "watchdog/watchdog.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace vegadesk::watchdog
{

/// One big red button, above all windows, and what became of it. It takes no keys until a person goes to it: who writes into
/// another window must not stop trading by that. F12 and Return press the button then, Escape puts the window away.
class StopWindow : public QDialog
{
    Q_OBJECT

public:
    StopWindow();

    /// Comes up, changes or goes away.
    void draw(const View& view);
    /// Puts it away as Escape does, and the window's own cross.
    void reject() override;

Q_SIGNALS:
    void stopAsked();
    void dismissed();

private:
    void showWhat(const View& view);
    void showStop(const View& view);
    void showButtons(const View& view);
    void fit();

    QLabel* m_title = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_what = nullptr;
    QLabel* m_outcome = nullptr;
    QLabel* m_details = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace vegadesk::watchdog

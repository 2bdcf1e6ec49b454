#pragma once

#include "ui/panels/panel.h"

#include <QDockWidget>
#include <QFrame>


namespace vegadesk::ui
{

class ElidedLabel;

/// A dock's title bar: the title, what the panel adds to it, and small signs to float and close,
/// seen under the mouse. A dock that is a tab
/// among others needs none: its tab is its title, and the bar folds away.
class DockTitle : public QFrame
{
    Q_OBJECT

public:
    DockTitle(QDockWidget* dock, ui::Panel* panel);

    void setFolded(bool isFolded);
    bool isFolded() const { return m_isFolded; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    ElidedLabel* m_title;
    QWidget* m_buttons;
    bool m_isFolded = false;
};

} // namespace vegadesk::ui

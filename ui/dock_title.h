#pragma once

#include "ui/panels/panel.h"

#include <QDockWidget>
#include <QFrame>

class QLabel;

namespace vegadesk::ui
{

/// A dock's title bar: the title, what the panel adds to it, and small words to float and close. A dock that is a tab
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

private:
    QDockWidget* m_dock;
    QLabel* m_title;
    bool m_isFolded = false;
};

} // namespace vegadesk::ui

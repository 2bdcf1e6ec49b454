#pragma once

#include "ui/workspaces.h"

#include <QWidget>

#include <vector>

class QMenu;
class QPushButton;
class QToolButton;

namespace vegadesk::ui
{

/// The shipped workspaces as buttons in a row, and a menu of all of them and of what can be done with them. Where the row has no
/// room, or one of the user's own is shown, the menu's button says which one that is.
class WorkspaceSwitch : public QWidget
{
    Q_OBJECT

public:
    explicit WorkspaceSwitch(const Workspaces& workspaces, QWidget* parent = nullptr);

    /// Filled by whoever knows what can be done, when it is about to be shown.
    QMenu& menu() { return *m_menu; }
    bool isFolded() const { return m_isFolded; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void asked(const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showCurrent();
    int rowWidth() const;

    const Workspaces& m_workspaces;
    std::vector<QPushButton*> m_buttons; ///< of the shipped ones
    QToolButton* m_menuButton;
    QMenu* m_menu;
    bool m_isFolded = false;
};

} // namespace vegadesk::ui

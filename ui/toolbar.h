#pragma once

#include "desk/views.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace vegadesk::ui
{

class Workspaces;
class WorkspaceSwitch;

/// The strip above everything: where orders go, whose account, what it is worth, whether prices flow, and the way out.
class Toolbar : public QFrame
{
    Q_OBJECT

public:
    /// Empty, below the strip, so that the docks keep their distance. The window paints what is behind both.
    static constexpr int bottomGap = 6;

    /// Both outlive it.
    Toolbar(const Theme& theme, const Workspaces& workspaces, QWidget* parent);

    void show(const desk::StatusView& status, const desk::TradingView& trading, double staleSeconds);
    using QWidget::show;
    QMenu& menu() { return *m_menu; }
    QMenu& workspaceMenu();

Q_SIGNALS:
    void sandboxAsked();
    void liveAsked();
    void paletteAsked();
    void stopAsked();
    void resumeAsked();
    void armAsked();
    void disarmAsked();
    void workspaceAsked(const QString& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintWordmark();
    QLabel* addFigure(QHBoxLayout& layout, const QString& label, const char* objectName);
    void showEnvironment(desk::Environment environment);
    void showArming(const desk::TradingView& trading);
    void showLight(const desk::StatusView& status, double staleSeconds);

    const Theme& m_theme;
    QLabel* m_wordmark;
    QPushButton* m_sandbox;
    QPushButton* m_live;
    QPushButton* m_arm; ///< of LIVE alone
    WorkspaceSwitch* m_workspaces;
    QLabel* m_account;
    QLabel* m_netLiquidation;
    QLabel* m_dayProfit;
    QLabel* m_buyingPower;
    QLabel* m_light;
    QPushButton* m_resume;
    QPushButton* m_stop;
    QToolButton* m_menuButton;
    QMenu* m_menu;
    desk::Environment m_environment = desk::Environment::Venue;
    bool m_isArmed = false;
};

} // namespace vegadesk::ui

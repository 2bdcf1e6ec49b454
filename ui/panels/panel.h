#pragma once

#include "desk/desk.h"
#include "ui/models/staged_order.h"
#include "ui/theme/theme.h"
#include "ui/workspaces.h"

#include <QWidget>

#include <functional>
#include <span>
#include <vector>

namespace vegadesk::ui
{

/// What every panel may use. All outlive the panels.
struct PanelContext {
    desk::Desk& desk;
    Theme& theme;
    StagedOrder& staged;
};

/// The content of one dock. The main window's frame timer calls refresh() each period while the panel is visible;
/// it pulls the desk's latest view and touches only what changed. A hidden panel is never called.
class Panel : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    virtual void refresh() = 0;
    /// Shown in the dock's title bar, after the title, while the dock is not a tab: a summary, a chip, a menu.
    /// Made once, owned by the panel until the window takes it; null for none.
    virtual QWidget* titleExtras() { return nullptr; }
    /// Said behind the title where the dock is a tab ("3" of "Orders 3"); empty for nothing.
    virtual QString titleCount() const { return {}; }

Q_SIGNALS:
    /// The user wants to be told when a figure shown here goes beyond a value: `rule` is a first draft, with a measure and
    /// without an id. Without a measure: to see the rules there are.
    void alertAsked(const vegadesk::monitoring::AlertRule& rule);
    /// To see the limits and change them.
    void limitsAsked();
    /// To run a strategy over the past, or over many of its parameters.
    void backtestAsked();
    void sweepAsked();
};

struct PanelInfo {
    const char* id;    ///< stable: object name of the dock, file name of its screenshots
    const char* title; ///< QT_TRANSLATE_NOOP("Panels", …)
    int periodMs;      ///< shortest time between two refreshes
    std::function<Panel*(const PanelContext&, QWidget* parent)> make;
    std::vector<Place> places; ///< where it is shown as shipped; in other workspaces its dock waits, closed
};

/// Every panel, in the order of the menu; one line each in panels/registry.cpp.
std::span<const PanelInfo> panels();

} // namespace vegadesk::ui

// What the window does with an alert: says it, and leads to where it is listed and to the rules.
#include "ui/dialogs/alert_rules_dialog.h"
#include "ui/main_window.h"
#include "ui/models/words.h"
#include "ui/notice_area.h"
#include "ui/notifier.h"

namespace vegadesk::ui
{

void MainWindow::setNotifier(Notifier* notifier)
{
    m_notifier = notifier;
    connect(notifier, &Notifier::clicked, this, [this] {
        setWindowState(windowState() & ~Qt::WindowMinimized);
        raise();
        activateWindow();
        showPanel(QStringLiteral("alerts"));
    });
}

void MainWindow::tellAlert(const desk::AlertLine& line, bool showsDesktop, bool playsSound)
{
    m_notices->add({line.level, line.at, line.text}, {tr("Show"), [this] { showPanel(QStringLiteral("alerts")); }});
    placeNotices();
    if (!m_notifier)
        return;
    if (showsDesktop)
        m_notifier->show(tr("Vegadesk: alert"), text(line.text));
    if (playsSound)
        m_notifier->playSound();
}

QDialog* MainWindow::openAlertRules(const monitoring::AlertRule& rule)
{
    QDialog* const dialog =
        openOnce(m_alertRulesDialog, [this] { return new AlertRulesDialog(m_desk, m_theme, this); });
    if (!rule.measure.empty())
        static_cast<AlertRulesDialog*>(dialog)->add(rule);
    return dialog;
}

} // namespace vegadesk::ui

// Each workspace, in a large window and in a small one, and alerts with their rules.
#include "ui/models/alert_words.h"
#include "ui/notice_area.h"
#include "ui/screenshots.h"

#include <QDialog>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr QSize smallWindow(1366, 728); ///< of 1366×768, less a task bar
}

void Screenshots::addAlerts()
{
    addStep("alerts", 10'000, false, [this] {
        if (!m_desk.alerts()->lines.empty())
            return Progress::Done;
        if (m_desk.alerts()->rules.empty()) {
            std::vector<monitoring::AlertRule> rules = suggestedAlertRules(m_desk.trading()->gauges);
            monitoring::AlertRule price;
            price.measure = "price";
            price.subject = m_desk.chain()->underlying;
            price.threshold = std::floor(m_desk.chain()->spot) - 1; // it speaks at once
            rules.push_back(price);
            if (!m_desk.setAlertRules(std::move(rules)))
                return Progress::Failed;
        }
        return Progress::Waiting;
    });
}

void Screenshots::addWorkspaces(const QString& suffix)
{
    const auto before = std::make_shared<QSize>();
    for (const bool isSmall : {false, true}) {
        for (const ShippedWorkspace& each : shippedWorkspaces()) {
            const QString id = QString::fromLatin1(each.id);
            addStep("show workspace", 1000, true, [this, id, isSmall, before] {
                if (!isSmall)
                    *before = m_window.size();
                m_window.showWorkspace(id);
                m_window.resize(isSmall ? smallWindow : *before);
                m_window.resetLayout(); // the other size's widths are of another window
                if (id == QLatin1String("backtest"))
                    m_window.openBacktest()->hide(); // it has a picture of its own
                m_window.notices().clear();
                return Progress::Done;
            });
            addStep("risk of the book", 20'000, false,
                    [this] { return m_desk.risk()->stress.profits.empty() ? Progress::Waiting : Progress::Done; });
            addSettle();
            addStep(each.id, 1000, true, [this, id, suffix, isSmall] {
                return save(&m_window, QStringLiteral("workspace_") + id +
                                           (isSmall ? QStringLiteral("_small") : QString()) + suffix);
            });
        }
    }
    addStep("first workspace again", 1000, true, [this, before] {
        m_window.showWorkspace(QString::fromLatin1(shippedWorkspaces().front().id));
        m_window.resize(*before);
        m_window.resetLayout();
        return Progress::Done;
    });
    addSettle();
}

} // namespace vegadesk::ui

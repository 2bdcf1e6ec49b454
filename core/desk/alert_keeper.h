#pragma once

#include "desk/keychain.h"
#include "desk/risk_views.h"
#include "desk/settings.h"
#include "desk/webhook.h"
#include "monitoring/alert_evaluator.h"

#include <QObject>

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The user's alert rules, what came of them, and what positions bring by themselves: kept, told and sent on. On the GUI thread;
/// nothing waits.
class AlertKeeper : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t linesKept = 500;
    static constexpr std::size_t rulesMost = 200;

    /// Rules are read from the settings; those that cannot be read are left out and said in the log. Settings outlive it.
    ///   keychainService  where the webhook's address is kept; empty: nowhere, it is good for this run
    AlertKeeper(Settings& settings, const QString& keychainService, QObject* parent = nullptr);

    struct Moment {
        const TradingView& trading;
        const RiskView& risk;
        const WatchView& watch;
        const StatusView& status;
    };
    /// About once a second. Where no account is connected, figures of the account are not known.
    void look(const Moment& moment);
    /// Another account: what was beyond a threshold there is nothing here.
    void beginAnew();

    std::shared_ptr<const AlertsView> view() const { return m_view; }
    /// Replaces all, kept in the settings. Errors: the first rule that monitoring::checked() refuses, too many, an id twice;
    /// then nothing changes. Rules without an id get one.
    base::Result<void> setRules(std::vector<monitoring::AlertRule> rules);
    /// Empty: none. Errors: no address of http or https. Where it cannot be kept AlertsView::webhookWhy says so, and it is good
    /// for this run.
    base::Result<void> setWebhook(const QString& address);
    void markSeen();
    /// Of the last look(); NaN when it was not known.
    double figure(const std::string& measure, const std::string& subject) const
    {
        return m_figures.of(measure, subject);
    }
    /// Says a sentence to the webhook; webhookAnswered() follows. Errors: there is no address.
    base::Result<void> testWebhook();

Q_SIGNALS:
    /// `rule` says where it wants to be heard; alarms of positions want the desktop.
    void alerted(const vegadesk::desk::AlertLine& line, const vegadesk::monitoring::AlertRule& rule);
    /// What came of a call, a test's or an alert's; empty: it was taken.
    void webhookAnswered(const QString& why);

private:
    static monitoring::Figures figuresOf(const Moment& moment);
    void readRules();
    void add(AlertLine line, const monitoring::AlertRule& rule);
    void send(const AlertLine& line);
    void post(const QString& text, const QString& rule, base::Instant at);
    void publish();

    Settings& m_settings;
    Keychain m_keychain;
    Webhook m_webhook;
    std::vector<monitoring::AlertRule> m_rules;
    monitoring::AlertEvaluator m_evaluator;
    monitoring::Figures m_figures; ///< as looked at last
    std::deque<AlertLine> m_lines; ///< newest first
    std::set<std::string> m_told;  ///< alarms of positions, by id
    base::Secret m_address;        ///< of the webhook
    QString m_webhookWhy;
    std::uint64_t m_lastLine = 0, m_lastRule = 0, m_version = 0;
    std::shared_ptr<const AlertsView> m_view = std::make_shared<const AlertsView>();
};

} // namespace vegadesk::desk

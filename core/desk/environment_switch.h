#pragma once

#include "base/error.h"
#include "desk/accounts.h"
#include "desk/desk_options.h"
#include "desk/environment_session.h"
#include "desk/settings.h"
#include "desk/venue_process.h"
#include "risk/limits.h"
#include "watchdog/messages.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>

namespace vegadesk::desk
{

/// Which environment is at work. Owns the venue's process and the one session, and replaces them whole. What ends does so
/// on its own threads: the next session begins when nothing of the last one runs any more, and nobody waits for it.
class EnvironmentSwitch : public QObject
{
    Q_OBJECT

public:
    /// The references outlive the switch.
    EnvironmentSwitch(const DeskOptions& options, const Accounts& accounts, Settings& settings,
                      std::shared_ptr<MarketViews> market, std::shared_ptr<TradingViews> trading);
    ~EnvironmentSwitch() override;

    void startVenue();
    /// Refused, with the reason, for an environment whose credentials do not exist; an earlier one goes on then.
    base::Result<void> switchTo(Environment environment);

    /// Null until the venue is ready, and between two environments.
    EnvironmentSession* session() const { return m_session.get(); }
    /// Stops the simulated exchange's clock, or lets it go on. A notice says why not.
    void setMarketPaused(bool isPaused);
    /// Sets it ahead. The session begins anew there: what happened in between it has not seen.
    void setMarketTime(base::Instant to);
    qint64 venueProcessId() const { return m_venue.processId(); }
    StatusView status() const;

Q_SIGNALS:
    /// A session stands and streams; `replayed` are the underlyings of a recording, empty elsewhere.
    void opened(const QStringList& replayed);
    /// Where orders go from now on, or that its account is known.
    void placeChanged(std::shared_ptr<const vegadesk::watchdog::Place> place);
    void noticed(const vegadesk::desk::Notice& notice);
    void journalRead(const std::vector<vegadesk::desk::JournalLine>& lines);
    void chainStreamed();
    /// The broker answered that it has no such instrument.
    void symbolUnknown(const QString& symbol);

private:
    void onVenueReady(const VenueAddress& address);
    void openVenue(const VenueAddress& address);
    void followTolerance();
    void tellPutAside(const PutAsideAccount& account);
    void openBroker(EnvironmentSetup setup, EnvironmentSession::SessionKeys keys);
    void open(EnvironmentSetup setup, EnvironmentSession::SessionKeys keys, const QStringList& replayed);
    EnvironmentSetup brokerSetup(Environment environment) const;
    /// Once it is open, which takes them away.
    std::shared_ptr<watchdog::Place> placeOf(const EnvironmentSetup& setup, const tastytrade::Credentials& keys) const;
    /// Ends the session; `then` runs when it, and the venue where that stops too, have ended. The newest call wins.
    void leave(std::function<void()> then);
    void goOn();
    void notice(NoticeLevel level, const QString& text, NoticeTopic topic = NoticeTopic::None);

    const DeskOptions& m_options;
    const Accounts& m_accounts;
    Settings& m_settings;
    std::shared_ptr<MarketViews> m_market;
    std::shared_ptr<TradingViews> m_trading;
    VenueProcess m_venue;
    QString m_venueWhy;
    VenueAddress m_venueAddress; ///< of the open session's venue
    bool m_isTimeAsked = false;  ///< the venue was asked to set its clock
    std::shared_ptr<MarketClock> m_clock = std::make_shared<MarketClock>();
    Environment m_wanted = Environment::Venue;
    risk::Tolerance m_tolerance = risk::Tolerance::Moderate; ///< of the open session
    std::uint64_t m_seed = 0;                                ///< of the simulated market
    std::unique_ptr<EnvironmentSession> m_session;
    std::unique_ptr<EnvironmentSession> m_ending;
    std::function<void()> m_next;
    bool m_areKeysNew = false; ///< since the open session began
};

} // namespace vegadesk::desk

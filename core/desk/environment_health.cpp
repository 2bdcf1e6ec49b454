#include "desk/environment_session.h"

#include <algorithm>
#include <cmath>

/// How each way to the broker does.
namespace vegadesk::desk
{

namespace
{

double secondsSince(base::Instant then, base::Instant now)
{
    return then == base::Instant{} ? unknown : base::seconds(now - then);
}

} // namespace

ConnectionsView EnvironmentSession::connections() const
{
    ConnectionsView view;
    if (m_marketData)
        addRows(*m_marketData, view);
    addRows(*m_connection, view);
    const auto trading = m_tradingViews->trading.load();
    view.reconciledAt = trading->reconciledAt;
    view.differences = trading->differences.size();
    view.clockAhead = m_connection->counters().clockAhead;
    return view;
}

/// Told when it becomes so, and when it is over.
void EnvironmentSession::watchClock()
{
    const double ahead = m_connection->counters().clockAhead;
    const bool isApart = std::abs(ahead) > clockApartSeconds;
    if (std::isnan(ahead) || isApart == m_isClockApart)
        return;
    m_isClockApart = isApart;
    if (!isApart)
        return notice(NoticeLevel::Info, tr("This computer's clock and the broker's agree again."), NoticeTopic::Clock);
    const QString seconds = QString::number(std::abs(ahead), 'f', 0);
    notice(NoticeLevel::Warning,
           (ahead > 0
                ? tr("This computer's clock is %1 s behind the broker's. Set it: from 5 s on, nothing is opened in "
                     "options that expire today.")
                : tr("This computer's clock is %1 s ahead of the broker's. Set it: from 5 s on, nothing is opened "
                     "in options that expire today."))
               .arg(seconds),
           NoticeTopic::Clock);
}

void EnvironmentSession::addRows(const tastytrade::Connection& connection, ConnectionsView& view) const
{
    const tastytrade::CounterValues counters = connection.counters();
    const base::Instant now = m_wallClock.now();
    const std::string rest = connection.endpoints().rest.host().toStdString();
    const bool hasQuotes = &connection == &marketData(), hasAccount = &connection == m_connection.get();
    if (hasQuotes) {
        ConnectionRow row;
        row.kind = ConnectionRow::Kind::Quotes;
        row.place = rest;
        row.light = lightOf(m_feedState);
        row.why = m_feedWhy.toStdString();
        row.silentSeconds = secondsSince(counters.lastFeedEvent, now);
        row.messages = counters.feedEvents;
        row.messagesPerSecond = counters.feedEventsPerSecond;
        row.reconnects = counters.reconnects - counters.streamerReconnects;
        row.gaps = counters.gaps;
        view.rows.push_back(std::move(row));
    }
    if (hasAccount) {
        ConnectionRow row;
        row.kind = ConnectionRow::Kind::Account;
        row.place = connection.endpoints().accountStreamer.host().toStdString();
        row.light = lightOf(connection.accountState());
        row.why = m_accountWhy.toStdString();
        row.silentSeconds = secondsSince(counters.lastStreamerMessage, now);
        row.latencySeconds = counters.streamerSeconds;
        row.messages = counters.streamerMessages;
        row.reconnects = counters.streamerReconnects;
        view.rows.push_back(std::move(row));
    }
    ConnectionRow row;
    row.kind = ConnectionRow::Kind::Requests;
    row.place = rest;
    const bool wasAnswered = !std::isnan(counters.answerSeconds);
    row.light = counters.unanswered > 0 ? Light::Down : wasAnswered ? Light::Live : Light::Connecting;
    if (counters.unanswered > 0)
        row.why = tr("%n request(s) in a row without an answer", nullptr, static_cast<int>(counters.unanswered))
                      .toStdString();
    row.latencySeconds = counters.answerSeconds;
    row.messages = counters.requests;
    view.rows.push_back(std::move(row));

    view.quarantinedCount += counters.quarantined;
    auto entries = connection.quarantined();
    std::ranges::reverse(entries);
    for (auto& entry : entries)
        view.quarantined.push_back({std::move(entry.source), std::move(entry.reason), std::move(entry.text)});
}

} // namespace vegadesk::desk

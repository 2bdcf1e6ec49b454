#pragma once

#include "base/error.h"

#include <QJsonObject>

#include <chrono>

namespace vegadesk::venue
{

/// What the venue does wrong on purpose, so that clients can be tested against what real brokers do.
struct Faults {
    std::chrono::milliseconds answerDelay{0}; ///< every REST answer comes this much later
    int failingStatus = 0; ///< 429 or 5xx for the next `failingCount` requests; 5xx come as a web page
    int failingCount = 0;
    int lostOrderAnswers = 0;     ///< so many accepted orders whose answer never arrives: the connection is cut instead
    int lostOrderRequests = 0;    ///< so many order requests that are cut before they are looked at
    bool isFeedSilent = false;    ///< dxLink stays connected and sends nothing, not even KEEPALIVE
    bool isAccountSilent = false; ///< the account streamer likewise
    bool hasDoubledNotices = false; ///< every account notice comes twice
    bool isSessionOffline = false;  ///< orders are rejected with "Session offline"
};

/// Reads the fields that are present into `faults`: "answer-delay-ms", "failing-status", "failing-count",
/// "lost-order-answers", "lost-order-requests", "feed-silent", "account-silent", "doubled-notices", "session-offline".
/// Errors: a field that is not known, a wrong type, a status other than 429 and 500 to 599.
base::Result<void> readFaults(const QJsonObject& object, Faults& faults);
QJsonObject toJson(const Faults& faults);

} // namespace vegadesk::venue

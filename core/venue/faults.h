#pragma once

#include "base/error.h"

#include <QJsonObject>

#include <chrono>

namespace vegadesk::venue
{

/// What the venue does wrong on purpose, so that clients can be tested against what real brokers do.
struct Faults {
    std::chrono::milliseconds answerDelay{0}; ///< every REST answer comes this much later
    int failingStatus = 0; ///< 401, 429 or 5xx for the next `failingCount` requests; 5xx come as a web page
    int failingCount = 0;
    bool isFailingPage = false; ///< 401 and 429 come as a web page too, as from a proxy before the broker
    int droppedRequests = 0;    ///< so many requests of any kind that are cut before they are looked at
    int lostOrderAnswers = 0;   ///< so many accepted orders whose answer never arrives: the connection is cut instead
    int lostOrderRequests = 0;  ///< so many order requests that are cut before they are looked at
    bool isHalfOpen = false;    ///< connections stay and new ones are taken, nothing is heard on them and nothing said
    bool isFeedSilent = false;  ///< dxLink stays connected and sends nothing, not even KEEPALIVE
    bool isAccountSilent = false;     ///< the account streamer likewise
    bool hasDoubledNotices = false;   ///< every account notice comes twice
    bool hasReorderedNotices = false; ///< account notices come in pairs, the later one first
    int nanQuotes = 0;                ///< of a client's quotes every n-th has "NaN" for its prices; 0: none
    int crossedQuotes = 0;            ///< and every n-th has its bid above its ask; 0: none
    bool hasSchemaDrift = false;      ///< see drifted()
    bool isSessionOffline = false;    ///< orders are rejected with "Session offline"
};

/// Reads the fields that are present into `faults`: "answer-delay-ms", "failing-status", "failing-count", "failing-page",
/// "dropped-requests", "lost-order-answers", "lost-order-requests", "half-open", "feed-silent", "account-silent",
/// "doubled-notices", "reordered-notices", "nan-quotes", "crossed-quotes", "schema-drift", "session-offline".
/// Errors: a field that is not known, a wrong type, a status other than 401, 429 and 500 to 599. `faults` is then unchanged.
base::Result<void> readFaults(const QJsonObject& object, Faults& faults);
/// Every field.
QJsonObject toJson(const Faults& faults);

} // namespace vegadesk::venue

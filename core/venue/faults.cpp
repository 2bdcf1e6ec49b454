#include "venue/faults.h"

#include <QJsonValue>

#include <functional>
#include <map>

namespace vegadesk::venue
{

namespace
{

using Reader = std::function<bool(const QJsonValue&)>;

Reader count(int& target)
{
    return [&target](const QJsonValue& value) {
        target = value.toInt(-1);
        return target >= 0;
    };
}

Reader flag(bool& target)
{
    return [&target](const QJsonValue& value) {
        target = value.toBool();
        return value.isBool();
    };
}

} // namespace

base::Result<void> readFaults(const QJsonObject& object, Faults& faults)
{
    Faults changed = faults;
    int delay = static_cast<int>(changed.answerDelay.count());
    const std::map<QString, Reader> readers{
        {QStringLiteral("answer-delay-ms"), count(delay)},
        {QStringLiteral("failing-status"), count(changed.failingStatus)},
        {QStringLiteral("failing-count"), count(changed.failingCount)},
        {QStringLiteral("lost-order-answers"), count(changed.lostOrderAnswers)},
        {QStringLiteral("lost-order-requests"), count(changed.lostOrderRequests)},
        {QStringLiteral("feed-silent"), flag(changed.isFeedSilent)},
        {QStringLiteral("account-silent"), flag(changed.isAccountSilent)},
        {QStringLiteral("doubled-notices"), flag(changed.hasDoubledNotices)},
        {QStringLiteral("session-offline"), flag(changed.isSessionOffline)},
    };
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto reader = readers.find(field.key());
        if (reader == readers.end())
            return base::badInput("fault", field.key().toStdString(), "a field of /venue/faults");
        if (!reader->second(field.value()))
            return base::badInput(field.key().toStdString(), field.value().toVariant().toString().toStdString(),
                                  "a whole number from 0 up, or true or false");
    }
    const bool isStatus =
        changed.failingStatus == 0 || changed.failingStatus == 429 || changed.failingStatus / 100 == 5;
    if (!isStatus)
        return base::badInput("failing-status", std::to_string(changed.failingStatus), "429, or 500 to 599");
    changed.answerDelay = std::chrono::milliseconds(delay);
    faults = changed;
    return {};
}

QJsonObject toJson(const Faults& faults)
{
    return {{QStringLiteral("answer-delay-ms"), static_cast<int>(faults.answerDelay.count())},
            {QStringLiteral("failing-status"), faults.failingStatus},
            {QStringLiteral("failing-count"), faults.failingCount},
            {QStringLiteral("lost-order-answers"), faults.lostOrderAnswers},
            {QStringLiteral("lost-order-requests"), faults.lostOrderRequests},
            {QStringLiteral("feed-silent"), faults.isFeedSilent},
            {QStringLiteral("account-silent"), faults.isAccountSilent},
            {QStringLiteral("doubled-notices"), faults.hasDoubledNotices},
            {QStringLiteral("session-offline"), faults.isSessionOffline}};
}

} // namespace vegadesk::venue

#include "venue/faults.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>
#include <QStringList>

#include <functional>
#include <map>

namespace vegadesk::venue
{

namespace
{

struct Reader {
    std::function<bool(const QJsonValue&)> read;
    const char* allowed;
};

Reader count(int& target)
{
    return {[&target](const QJsonValue& value) {
                target = value.toInt(-1);
                return target >= 0;
            },
            "a whole number from 0 up"};
}

Reader flag(bool& target)
{
    return {[&target](const QJsonValue& value) {
                target = value.toBool();
                return value.isBool();
            },
            "true or false"};
}

/// As it stands in the file: a list too has no other text.
std::string found(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().toStdString();
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2).toStdString();
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
        {QStringLiteral("failing-page"), flag(changed.isFailingPage)},
        {QStringLiteral("dropped-requests"), count(changed.droppedRequests)},
        {QStringLiteral("lost-order-answers"), count(changed.lostOrderAnswers)},
        {QStringLiteral("lost-order-requests"), count(changed.lostOrderRequests)},
        {QStringLiteral("half-open"), flag(changed.isHalfOpen)},
        {QStringLiteral("feed-silent"), flag(changed.isFeedSilent)},
        {QStringLiteral("account-silent"), flag(changed.isAccountSilent)},
        {QStringLiteral("doubled-notices"), flag(changed.hasDoubledNotices)},
        {QStringLiteral("reordered-notices"), flag(changed.hasReorderedNotices)},
        {QStringLiteral("nan-quotes"), count(changed.nanQuotes)},
        {QStringLiteral("crossed-quotes"), count(changed.crossedQuotes)},
        {QStringLiteral("schema-drift"), flag(changed.hasSchemaDrift)},
        {QStringLiteral("session-offline"), flag(changed.isSessionOffline)},
    };
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto reader = readers.find(field.key());
        if (reader == readers.end()) {
            QStringList known;
            for (const auto& entry : readers)
                known.append(entry.first);
            return base::badInput("fault", field.key().toStdString(), known.join(QStringLiteral(", ")).toStdString());
        }
        if (!reader->second.read(field.value()))
            return base::badInput(field.key().toStdString(), found(field.value()), reader->second.allowed);
    }
    const int status = changed.failingStatus;
    if (status != 0 && status != 401 && status != 429 && status / 100 != 5)
        return base::badInput("failing-status", std::to_string(status), "401, 429, or 500 to 599; 0 for none");
    changed.answerDelay = std::chrono::milliseconds(delay);
    faults = changed;
    return {};
}

QJsonObject toJson(const Faults& faults)
{
    return {{QStringLiteral("answer-delay-ms"), static_cast<int>(faults.answerDelay.count())},
            {QStringLiteral("failing-status"), faults.failingStatus},
            {QStringLiteral("failing-count"), faults.failingCount},
            {QStringLiteral("failing-page"), faults.isFailingPage},
            {QStringLiteral("dropped-requests"), faults.droppedRequests},
            {QStringLiteral("lost-order-answers"), faults.lostOrderAnswers},
            {QStringLiteral("lost-order-requests"), faults.lostOrderRequests},
            {QStringLiteral("half-open"), faults.isHalfOpen},
            {QStringLiteral("feed-silent"), faults.isFeedSilent},
            {QStringLiteral("account-silent"), faults.isAccountSilent},
            {QStringLiteral("doubled-notices"), faults.hasDoubledNotices},
            {QStringLiteral("reordered-notices"), faults.hasReorderedNotices},
            {QStringLiteral("nan-quotes"), faults.nanQuotes},
            {QStringLiteral("crossed-quotes"), faults.crossedQuotes},
            {QStringLiteral("schema-drift"), faults.hasSchemaDrift},
            {QStringLiteral("session-offline"), faults.isSessionOffline}};
}

} // namespace vegadesk::venue

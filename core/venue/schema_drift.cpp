#include "venue/schema_drift.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace vegadesk::venue
{

namespace
{

constexpr std::array missing{"automated-source", "deliverables", "dividend-frequency",
                             "earnings",         "fixing-price", "liquidity-running-state",
                             "mark-price",       "preflight-id", "source"};
constexpr std::array newWords{"account-type-name", "close-price-type", "destination-venue", "option-chain-type",
                              "prev-close-price-type"};

template<class Names>
bool isAmong(const QString& key, const Names& names)
{
    return std::ranges::any_of(names, [&](const char* name) { return key == QLatin1String(name); });
}

QJsonValue changed(const QJsonValue& value);

QJsonObject changed(const QJsonObject& object)
{
    QJsonObject result{{QStringLiteral("brand-new"), QJsonArray{1, QStringLiteral("two")}}};
    for (auto field = object.begin(); field != object.end(); ++field) {
        if (isAmong(field.key(), newWords) && field.value().isString())
            result.insert(field.key(), QStringLiteral("Unheard Of"));
        else if (!isAmong(field.key(), missing))
            result.insert(field.key(), changed(field.value()));
    }
    return result;
}

QJsonValue changed(const QJsonValue& value)
{
    if (value.isObject())
        return changed(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray result;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& item : array)
        result.append(changed(item));
    return result;
}

} // namespace

QByteArray drifted(const QByteArray& message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message);
    return document.isObject() ? QJsonDocument(changed(document.object())).toJson(QJsonDocument::Compact) : message;
}

QByteArray unknownNotice()
{
    return R"({"type":"WeatherReport","data":{"sky":"overcast"},"timestamp":1})";
}

QByteArray unknownFeedMessage()
{
    return R"({"type":"FEED_WEATHER","channel":0,"sky":"overcast"})";
}

} // namespace vegadesk::venue

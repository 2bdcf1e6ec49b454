#include "venue/clock_change.h"

#include "market/calendar.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

namespace vegadesk::venue
{

namespace
{

using base::Instant;

constexpr double longestSkip = 366.0 * 86'400; ///< seconds

std::string found(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().toStdString();
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2).toStdString();
}

base::Result<Instant> momentOf(const QJsonValue& value, Instant now)
{
    const auto at = base::parseInstant(value.toString().toStdString());
    const auto wrong = [&] {
        return base::badInput("to", found(value),
                              "a moment as 2026-01-05T15:00:00Z, from 1998 to 2099 and at most 366 days ahead");
    };
    if (!at || base::seconds(*at - now) > longestSkip)
        return wrong();
    const auto year = std::chrono::year_month_day(market::newYorkDate(*at)).year();
    return market::isKnownYear(static_cast<int>(year)) ? base::Result<Instant>(*at) : wrong();
}

} // namespace

base::Result<ClockChange> parseClockChange(const QJsonObject& object, Instant now)
{
    const QStringList known{QStringLiteral("advance-seconds"), QStringLiteral("to"), QStringLiteral("speed"),
                            QStringLiteral("paused")};
    const std::string fields = known.join(QStringLiteral(", ")).toStdString();
    ClockChange change;
    for (auto field = object.begin(); field != object.end(); ++field) {
        const QJsonValue& value = field.value();
        switch (known.indexOf(field.key())) {
        case 0: {
            const double seconds = value.toDouble(-1);
            if (!(seconds >= 0 && seconds <= longestSkip))
                return base::badInput("advance-seconds", found(value), "0 to a year");
            change.to = now + base::Nanos(static_cast<std::int64_t>(seconds * 1e9));
            break;
        }
        case 1: {
            if (change.to)
                return base::badInput("to", found(value), "one of advance-seconds and to");
            const auto at = momentOf(value, now);
            if (!at)
                return tl::make_unexpected(at.error());
            change.to = *at;
            break;
        }
        case 2:
            change.speed = value.toDouble(-1);
            if (!(*change.speed > 0 && *change.speed <= 100'000))
                return base::badInput("speed", found(value), "above 0, up to 100000");
            break;
        case 3:
            if (!value.isBool())
                return base::badInput("paused", found(value), "true or false");
            change.isPaused = value.toBool();
            break;
        default:
            return base::badInput("clock", field.key().toStdString(), fields);
        }
    }
    if (object.isEmpty())
        return base::badInput("clock", {}, "at least one of " + fields);
    return change;
}

} // namespace vegadesk::venue

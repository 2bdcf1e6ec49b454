#include "market/calendar.h"
#include "venue/feed_session.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

/// Event types that the client's own parser does not know: their fields are read from the message itself.

namespace vegadesk::venue
{

namespace
{

namespace dxlink = tastytrade::wire::dxlink;
using base::Instant;

constexpr std::chrono::seconds tradesEvery{1}, figuresEvery{60};

QByteArray message(const char* type, int channel, QJsonObject rest)
{
    rest.insert(QLatin1String("type"), QLatin1String(type));
    rest.insert(QLatin1String("channel"), channel);
    return QJsonDocument(rest).toJson(QJsonDocument::Compact);
}

} // namespace

void FeedSession::readOtherFields(const QByteArray& frame, int number)
{
    const auto found = m_channels.find(number);
    if (found == m_channels.end())
        return;
    const QJsonObject asked =
        QJsonDocument::fromJson(frame).object().value(QLatin1String("acceptEventFields")).toObject();
    for (auto entry = asked.begin(); entry != asked.end(); ++entry) {
        const std::string type = entry.key().toStdString();
        if (!OtherEvents::isType(type))
            continue;
        std::vector<std::string> names;
        for (const QJsonValue& name : entry.value().toArray())
            names.push_back(name.toString().toStdString());
        found->second.otherFields.insert_or_assign(type, std::move(names));
        found->second.otherAnnounced.erase(type);
    }
}

void FeedSession::addOther(int number, Channel& channel, const dxlink::Subscription& item)
{
    const Instant now = m_now();
    const market::Instrument* const instrument = m_market.find(item.symbol, market::newYorkDate(now));
    if (instrument == nullptr || instrument->streamerSymbol != item.symbol)
        return;
    std::erase_if(channel.others,
                  [&](const OtherStream& other) { return other.type == item.type && other.symbol == item.symbol; });
    channel.others.push_back({item.type, item.symbol, *instrument, now, market::unknown});
    sendOther(number, channel, channel.others.back(), now);
}

void FeedSession::streamOthers(int number, Channel& channel, Instant at)
{
    for (OtherStream& stream : channel.others) {
        if (stream.nextAt <= at)
            sendOther(number, channel, stream, at);
    }
}

void FeedSession::sendOther(int number, Channel& channel, OtherStream& stream, Instant at)
{
    const bool isOfTrades = stream.type == "TimeAndSale";
    const bool isPrice = isOfTrades || stream.type == "TheoPrice";
    stream.nextAt = at + (isPrice ? tradesEvery : figuresEvery);
    std::vector<QJsonObject> events;
    if (!isOfTrades) {
        events = m_others.events(stream.type, stream.instrument, stream.symbol, at);
    } else {
        const double volume = m_market.data(stream.instrument, at).trade.dayVolume;
        if (volume == stream.lastVolume)
            return; // nothing was traded
        events = m_others.events(stream.type, stream.instrument, stream.symbol, at);
        const double traded =
            std::isfinite(stream.lastVolume) && volume > stream.lastVolume ? volume - stream.lastVolume : 1;
        for (QJsonObject& event : events)
            event.insert(QLatin1String("size"), static_cast<qint64>(traded));
        stream.lastVolume = volume;
    }
    if (events.empty())
        return;
    std::vector<std::string>& fields = channel.otherFields[stream.type];
    if (fields.empty())
        fields = OtherEvents::fields(stream.type);
    const QString type = QString::fromStdString(stream.type);
    const bool isCompact = channel.format == dxlink::DataFormat::Compact;
    if (channel.otherAnnounced.insert(stream.type).second) {
        QJsonArray names;
        for (const std::string& name : fields)
            names.append(QString::fromStdString(name));
        m_send(message("FEED_CONFIG", number,
                       {{QStringLiteral("dataFormat"), isCompact ? QStringLiteral("COMPACT") : QStringLiteral("FULL")},
                        {QStringLiteral("aggregationPeriod"), channel.aggregationPeriod},
                        {QStringLiteral("eventFields"), QJsonObject{{type, names}}}}));
    }
    m_eventCount += events.size();
    QJsonArray data;
    if (isCompact) {
        data = {type, OtherEvents::compact(events, fields)};
    } else {
        for (const QJsonObject& event : events)
            data.append(event);
    }
    m_send(message("FEED_DATA", number, {{QStringLiteral("data"), data}}));
}

} // namespace vegadesk::venue

// dxLink: every line of the input is a message of one connection, read as DxLinkSession reads it.

#include "tastytrade/wire/dxlink.h"
#include "require.h"
#include "target.h"
#include "tastytrade/wire/feed_reader.h"

#include <QByteArrayList>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

/// What was read and printed is read as the same again.
template<class Events>
void checkPrinted(const Events& events)
{
    if (events.empty())
        return;
    dxlink::FeedData data;
    data.events.assign(events.begin(), events.end());
    for (const Event& event : data.events)
        VEGADESK_REQUIRE(!std::visit([](const auto& values) { return values.symbol; }, event).empty());
    for (const auto format : {dxlink::DataFormat::Compact, dxlink::DataFormat::Full}) {
        const QByteArray text = dxlink::print(data, format, fullLayouts());
        const auto again = dxlink::parse(text, fullLayouts());
        VEGADESK_REQUIRE(again && std::holds_alternative<dxlink::FeedData>(*again));
        const auto& read = std::get<dxlink::FeedData>(*again);
        VEGADESK_REQUIRE(read.refusals.count == 0 && dxlink::print(read, format, fullLayouts()) == text);
    }
}

void readAsData(const QByteArray& line, FeedReader& reader, EventLayouts& layouts, FeedBatch& batch)
{
    if (!reader.read({line.constData(), static_cast<std::size_t>(line.size())}, layouts, batch)) {
        VEGADESK_REQUIRE(batch.eventCount() == 0 && batch.refusals.count == 0);
        return;
    }
    VEGADESK_REQUIRE(batch.refusals.count == 0 || !batch.refusals.first->message().empty());
    std::apply([](const auto&... lists) { (checkPrinted(lists.view()), ...); }, batch.events);
}

void readAsMessage(const QByteArray& line, EventLayouts& layouts)
{
    const auto message = dxlink::parse(line, layouts);
    if (!message) {
        VEGADESK_REQUIRE(!message.error().message().empty());
        return;
    }
    if (const auto* data = std::get_if<dxlink::FeedData>(&*message))
        return checkPrinted(data->events);
    if (const auto* config = std::get_if<dxlink::FeedConfig>(&*message)) {
        for (std::size_t i = 0; i < eventTypeCount; ++i) {
            const auto type = static_cast<EventType>(i);
            if (config->layouts.has(type))
                layouts.set(type, config->layouts.names(type));
        }
    }
    std::visit(
        [&]<class T>(const T& value) {
            if constexpr (!std::is_same_v<T, dxlink::FeedData> && !std::is_same_v<T, dxlink::OtherMessage>) {
                const auto again = dxlink::parse(dxlink::print(value), layouts);
                VEGADESK_REQUIRE(again && std::holds_alternative<T>(*again));
            }
        },
        *message);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static FeedReader reader; // its memory is kept between messages, as in the session
    static FeedBatch batch;
    EventLayouts layouts = clientLayouts();
    const QByteArray input(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    for (const QByteArray& line : input.split('\n')) {
        readAsData(line, reader, layouts, batch);
        readAsMessage(line, layouts);
    }
    return 0;
}

#include "venue/feed_session.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
namespace dxlink = wire::dxlink;
using base::Instant;
using wire::Event;
using wire::EventType;

constexpr std::size_t rowsPerFrame = 500;
constexpr std::uint32_t fullEvery = 5;     // visits of an option until its Greeks and trade come again
constexpr std::uint32_t summaryEvery = 50; // visits until a summary comes again
constexpr std::uint32_t candleEvery = 50;  // calls of stream() until a candle grows

std::size_t indexOf(EventType type)
{
    return static_cast<std::size_t>(type);
}

std::int64_t dayId(base::Date date)
{
    return date.time_since_epoch().count();
}

bool differs(double a, double b)
{
    return a != b && !(std::isnan(a) && std::isnan(b));
}

} // namespace

FeedSession::FeedSession(const Credentials& credentials, MarketModel& market, Now now, Send send)
    : m_credentials(credentials), m_market(market), m_others(market), m_now(std::move(now)), m_send(std::move(send))
{
}

void FeedSession::protocolError(int channel, std::string error, std::string message)
{
    m_send(dxlink::print(dxlink::ProtocolError{channel, std::move(error), std::move(message)}));
}

void FeedSession::receive(const QByteArray& frame)
{
    const auto message = dxlink::parse(frame, wire::EventLayouts{});
    if (!message) {
        protocolError(0, "INVALID_MESSAGE", message.error().message());
        return;
    }
    const bool mayPass = std::holds_alternative<dxlink::Setup>(*message) ||
                         std::holds_alternative<dxlink::Keepalive>(*message) ||
                         (m_isSetUp && (m_isAuthorized || std::holds_alternative<dxlink::Auth>(*message)));
    if (!mayPass) {
        const auto bytes = static_cast<std::size_t>(frame.size());
        if (m_waiting.size() == mostWaiting || bytes > mostWaitingBytes - m_waitingBytes) {
            protocolError(0, "BAD_ACTION", "Too many messages before authorisation.");
            return;
        }
        m_waitingBytes += bytes;
        m_waiting.push_back(*message);
        return;
    }
    handle(*message);
    if (const auto* setup = std::get_if<dxlink::FeedSetup>(&*message))
        readOtherFields(frame, setup->channel);
}

void FeedSession::handle(const dxlink::Message& message)
{
    if (const auto* setup = std::get_if<dxlink::Setup>(&message))
        onSetup(*setup);
    else if (const auto* auth = std::get_if<dxlink::Auth>(&message))
        onAuth(*auth);
    else if (const auto* request = std::get_if<dxlink::ChannelRequest>(&message))
        onChannelRequest(*request);
    else if (const auto* feedSetup = std::get_if<dxlink::FeedSetup>(&message))
        onFeedSetup(*feedSetup);
    else if (const auto* change = std::get_if<dxlink::FeedSubscription>(&message))
        onSubscription(*change);
    else if (const auto* cancel = std::get_if<dxlink::ChannelCancel>(&message)) {
        if (m_channels.erase(cancel->channel) != 0)
            m_send(dxlink::print(dxlink::ChannelClosed{cancel->channel}));
    }
}

void FeedSession::onSetup(const dxlink::Setup& setup)
{
    dxlink::Setup answer;
    answer.version = "1.0-vegadesk-venue";
    answer.keepaliveTimeout = 60;
    answer.acceptKeepaliveTimeout = setup.keepaliveTimeout;
    m_send(dxlink::print(answer));
    if (m_isSetUp)
        return;
    m_isSetUp = true;
    m_send(dxlink::print(dxlink::AuthState{false, {}}));
    const auto early = std::ranges::find_if(
        m_waiting, [](const dxlink::Message& message) { return std::holds_alternative<dxlink::Auth>(message); });
    if (early != m_waiting.end()) {
        const dxlink::Auth auth = std::get<dxlink::Auth>(*early);
        m_waiting.erase(early);
        onAuth(auth);
    }
}

void FeedSession::onAuth(const dxlink::Auth& auth)
{
    if (m_isAuthorized)
        return;
    if (auth.token != m_credentials.quoteToken()) {
        m_send(dxlink::print(dxlink::AuthState{false, {}}));
        return;
    }
    m_isAuthorized = true;
    m_send(dxlink::print(dxlink::AuthState{true, "simulated"}));
    const std::vector<dxlink::Message> waiting = std::exchange(m_waiting, {});
    for (const dxlink::Message& message : waiting)
        handle(message);
}

void FeedSession::onChannelRequest(const dxlink::ChannelRequest& request)
{
    if (request.channel % 2 == 0) {
        protocolError(0, "BAD_ACTION", "Protocol violation with an even channel usage.");
        return;
    }
    if (request.service != "FEED") {
        protocolError(request.channel, "BAD_ACTION", "Only the service FEED is offered.");
        return;
    }
    m_channels.try_emplace(request.channel);
    dxlink::ChannelOpened opened;
    opened.channel = request.channel;
    opened.contract = request.contract;
    m_send(dxlink::print(opened));
}

void FeedSession::onFeedSetup(const dxlink::FeedSetup& setup)
{
    const auto found = m_channels.find(setup.channel);
    if (found == m_channels.end()) {
        protocolError(setup.channel, "BAD_ACTION", "The channel is not open.");
        return;
    }
    Channel& channel = found->second;
    if (setup.format)
        channel.format = *setup.format;
    if (setup.aggregationPeriod)
        channel.aggregationPeriod = *setup.aggregationPeriod;
    dxlink::FeedConfig config;
    config.channel = setup.channel;
    config.format = channel.format;
    config.aggregationPeriod = channel.aggregationPeriod;
    for (std::size_t i = 0; i < wire::eventTypeCount; ++i) {
        const auto type = static_cast<EventType>(i);
        if (!setup.layouts.has(type))
            continue;
        channel.layouts.set(type, setup.layouts.names(type));
        config.layouts.set(type, setup.layouts.names(type));
        channel.isAnnounced[i] = true;
    }
    m_send(dxlink::print(config));
}

std::size_t FeedSession::subscriptionCount() const
{
    std::size_t count = 0;
    for (const auto& [number, channel] : m_channels) {
        count += channel.underlyings.subscriptionCount() + channel.options.subscriptionCount() +
                 channel.candles.size() + channel.others.size();
    }
    return count;
}

std::size_t FeedSession::optionCount() const
{
    std::size_t count = 0;
    for (const auto& [number, channel] : m_channels)
        count += channel.options.size();
    return count;
}

void FeedSession::onSubscription(const dxlink::FeedSubscription& change)
{
    const auto found = m_channels.find(change.channel);
    if (found == m_channels.end()) {
        protocolError(change.channel, "BAD_ACTION", "The channel is not open.");
        return;
    }
    Channel& channel = found->second;
    if (change.reset) {
        channel.underlyings.clear();
        channel.options.clear();
        channel.candles.clear();
        channel.others.clear();
    }
    for (const dxlink::Subscription& item : change.remove)
        remove(channel, item);
    channel.underlyings.sweep();
    channel.options.sweep();
    const std::size_t room = mostSubscriptions - std::min(mostSubscriptions, subscriptionCount());
    if (change.add.size() > room)
        protocolError(change.channel, "BAD_ACTION", "Your subscription size is too big");
    Batch first;
    for (std::size_t i = 0; i < std::min(room, change.add.size()); ++i) {
        if (change.add[i].type == wire::toWire(EventType::Candle))
            addCandles(change.channel, channel, change.add[i]);
        else if (OtherEvents::isType(change.add[i].type))
            addOther(change.channel, channel, change.add[i]);
        else
            add(channel, change.add[i], first);
    }
    flush(change.channel, channel, first);
}

void FeedSession::add(Channel& channel, const dxlink::Subscription& item, Batch& first)
{
    const auto type = wire::eventTypeFromWire(item.type);
    const Instant now = m_now();
    const market::Instrument* instrument = m_market.find(item.symbol, market::newYorkDate(now));
    if (!type || instrument == nullptr || instrument->streamerSymbol != item.symbol)
        return;
    if (*type == EventType::Greeks && !instrument->isOption())
        return;
    FeedStreams& streams = channel.streamsOf(*instrument);
    FeedStream* known = streams.find(item.symbol);
    FeedStream& stream = known != nullptr ? *known : streams.add(item.symbol, *instrument);
    stream.wants[indexOf(*type)] = true;
    append(stream, *type, now, first);
}

void FeedSession::remove(Channel& channel, const dxlink::Subscription& item)
{
    const auto type = wire::eventTypeFromWire(item.type);
    if (!type) {
        std::erase_if(channel.others,
                      [&](const OtherStream& other) { return other.type == item.type && other.symbol == item.symbol; });
        return;
    }
    if (*type == EventType::Candle) {
        std::erase_if(channel.candles, [&](const CandleStream& candle) { return candle.symbol == item.symbol; });
        return;
    }
    for (FeedStreams* streams : {&channel.underlyings, &channel.options}) {
        if (FeedStream* stream = streams->find(item.symbol))
            stream->wants[indexOf(*type)] = false;
    }
}

void FeedSession::appendQuote(FeedStream& stream, Instant at, Batch& batch)
{
    market::Quote quote = m_market.quote(stream.instrument, at);
    ++m_quoteCount;
    const auto isDue = [this](int every) { return every > 0 && m_quoteCount % static_cast<std::uint64_t>(every) == 0; };
    if (m_faults != nullptr && isDue(m_faults->crossedQuotes))
        std::swap(quote.bid, quote.ask);
    if (m_faults != nullptr && isDue(m_faults->nanQuotes))
        quote.bid = quote.ask = market::unknown;
    batch[indexOf(EventType::Quote)].push_back(
        wire::QuoteEvent{stream.symbol, quote.bid, quote.ask, quote.bidSize, quote.askSize});
}

void FeedSession::append(FeedStream& stream, EventType type, Instant at, Batch& batch)
{
    if (type == EventType::Quote)
        return appendQuote(stream, at, batch);
    std::vector<Event>& events = batch[indexOf(type)];
    const market::MarketData data = m_market.data(stream.instrument, at);
    const std::int64_t today = dayId(market::newYorkDate(at));
    if (type == EventType::Trade) {
        wire::TradeEvent event;
        event.symbol = stream.symbol;
        event.price = stream.lastTrade = data.trade.price;
        event.size = data.trade.size;
        event.dayVolume = stream.lastVolume = data.trade.dayVolume;
        event.time = std::isfinite(event.price) ? base::toUnixMillis(data.trade.time) : 0;
        event.dayId = today;
        events.push_back(std::move(event));
    } else if (type == EventType::Summary) {
        wire::SummaryEvent event;
        event.symbol = stream.symbol;
        event.dayOpenPrice = data.summary.dayOpen;
        event.dayHighPrice = data.summary.dayHigh;
        event.dayLowPrice = data.summary.dayLow;
        event.prevDayClosePrice = data.summary.previousClose;
        event.openInterest = data.summary.openInterest;
        event.dayId = today;
        event.prevDayId = dayId(market::previousTradingDay(market::newYorkDate(at)));
        events.push_back(std::move(event));
    } else if (type == EventType::Greeks && std::isfinite(data.greeks.volatility)) {
        wire::GreeksEvent event;
        event.symbol = stream.symbol;
        event.time = base::toUnixMillis(at);
        event.index = wire::eventIndex(event.time);
        event.price = data.greeks.price;
        event.volatility = data.greeks.volatility;
        event.delta = data.greeks.delta;
        event.gamma = data.greeks.gamma;
        event.theta = data.greeks.theta;
        event.rho = data.greeks.rho;
        event.vega = data.greeks.vega;
        events.push_back(std::move(event));
    }
}

void FeedSession::visit(FeedStream& stream, Instant at, Batch& batch)
{
    const std::uint32_t visit = stream.visits++;
    const auto wants = [&](EventType type) { return stream.wants[indexOf(type)]; };
    if (wants(EventType::Quote))
        append(stream, EventType::Quote, at, batch);
    if (stream.instrument.isOption() && visit % fullEvery != 0)
        return;
    if (wants(EventType::Greeks))
        append(stream, EventType::Greeks, at, batch);
    if (wants(EventType::Trade)) {
        const market::Trade trade = m_market.data(stream.instrument, at).trade;
        if (differs(trade.price, stream.lastTrade) || differs(trade.dayVolume, stream.lastVolume))
            append(stream, EventType::Trade, at, batch);
    }
    if (wants(EventType::Summary) && visit % summaryEvery == 0)
        append(stream, EventType::Summary, at, batch);
}

void FeedSession::stream(std::size_t options)
{
    const Instant now = m_now();
    const std::uint32_t call = m_calls++;
    const std::size_t total = optionCount();
    for (auto& [number, channel] : m_channels) {
        Batch batch;
        if (call % underlyingEvery == 0) {
            for (std::size_t i = 0; i < channel.underlyings.size(); ++i)
                visit(channel.underlyings.at(i), now, batch);
        }
        if (channel.options.size() > 0) {
            const std::size_t share = (options * channel.options.size() + total - 1) / total;
            const std::size_t count = std::min(share, channel.options.size());
            for (std::size_t i = 0; i < count; ++i) {
                channel.next = channel.next < channel.options.size() ? channel.next : 0;
                visit(channel.options.at(channel.next++), now, batch);
            }
        }
        flush(number, channel, batch);
        if (call % underlyingEvery == 0)
            streamOthers(number, channel, now);
        if (call % candleEvery == 0) {
            for (CandleStream& candle : channel.candles)
                growCandle(number, channel, candle, now);
        }
    }
}

void FeedSession::flush(int number, Channel& channel, Batch& batch)
{
    for (std::size_t i = 0; i < wire::eventTypeCount; ++i) {
        std::vector<Event>& events = batch[i];
        if (events.empty())
            continue;
        const auto type = static_cast<EventType>(i);
        if (!channel.layouts.has(type))
            channel.layouts.set(type, wire::fullLayouts().names(type));
        if (!channel.isAnnounced[i]) {
            channel.isAnnounced[i] = true;
            dxlink::FeedConfig config;
            config.channel = number;
            config.format = channel.format;
            config.aggregationPeriod = channel.aggregationPeriod;
            config.layouts.set(type, channel.layouts.names(type));
            m_send(dxlink::print(config));
        }
        m_eventCount += events.size();
        for (std::size_t from = 0; from < events.size(); from += rowsPerFrame) {
            const std::size_t to = std::min(from + rowsPerFrame, events.size());
            dxlink::FeedData data;
            data.channel = number;
            data.events.assign(std::make_move_iterator(events.begin() + static_cast<std::ptrdiff_t>(from)),
                               std::make_move_iterator(events.begin() + static_cast<std::ptrdiff_t>(to)));
            m_send(dxlink::print(data, channel.format, channel.layouts));
        }
    }
}

void FeedSession::sendKeepalive()
{
    m_send(dxlink::print(dxlink::Keepalive{}));
}

} // namespace vegadesk::venue

#include "random_messages.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

template<class T>
T read(const QByteArray& text, const EventLayouts& layouts = clientLayouts())
{
    const auto message = dxlink::parse(text, layouts);
    if (!message || !std::holds_alternative<T>(*message))
        qFatal("not the expected message: %s", text.constData());
    return std::get<T>(*message);
}

EventLayouts columns(EventType type, std::vector<std::string> names)
{
    EventLayouts layouts;
    layouts.set(type, std::move(names));
    return layouts;
}

} // namespace

class WireStreamsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheHandshakeOfTheReference();
    void readsCompactRows();
    void numbersThatAreNotNumbers();
    void indexKeepsAllItsBits();
    void unknownColumnsAreSkippedAndPrintedAsNull();
    void malformedFramesAreErrors_data();
    void malformedFramesAreErrors();
    void unknownTypesArePassedOver();
    void fullFormat();
    void strictClientsGetEveryColumnFilled();
    void candleSymbols_data();
    void candleSymbols();
    void dxlinkMessagesAreReadBack();
    void feedDataIsReadBack();

    void readsTheStreamerExamplesOfTheReference();
    void batchesOfNotifications();
    void brokenOrderNoticeIsIdentified();
    void streamerMessagesAreReadBack();
};

void WireStreamsTest::readsTheHandshakeOfTheReference()
{
    const auto setup = read<dxlink::Setup>(
        R"({"type":"SETUP","channel":0,"keepaliveTimeout":60,"acceptKeepaliveTimeout":45,"version":"1.0-1.2.1-20240722-153442"})");
    QCOMPARE(setup.acceptKeepaliveTimeout, 45.0);
    QVERIFY(!read<dxlink::AuthState>(R"({"type":"AUTH_STATE","channel":0,"state":"UNAUTHORIZED"})").isAuthorized);
    QVERIFY(
        read<dxlink::AuthState>(R"({"type":"AUTH_STATE","channel":0,"state":"AUTHORIZED","userId":"u"})").isAuthorized);
    const auto request = read<dxlink::ChannelRequest>(
        R"({"type":"CHANNEL_REQUEST","channel":1,"service":"FEED","parameters":{"contract":"AUTO"}})");
    QCOMPARE(request.service, std::string("FEED"));
    const auto opened = read<dxlink::ChannelOpened>(
        R"({"type":"CHANNEL_OPENED","channel":1,"service":"FEED","parameters":{"contract":"AUTO","subFormat":"LIST"}})");
    QCOMPARE(opened.contract, std::string("AUTO"));
    const auto feedSetup = read<dxlink::FeedSetup>(
        R"({"type":"FEED_SETUP","channel":1,"acceptAggregationPeriod":0.1,"acceptDataFormat":"COMPACT",
            "acceptEventFields":{"Quote":["eventSymbol","bidPrice","askPrice","bidSize","askSize"],"Profile":["beta"]}})");
    QCOMPARE(*feedSetup.aggregationPeriod, 0.1);
    QVERIFY(feedSetup.layouts.has(EventType::Quote) && !feedSetup.layouts.has(EventType::Trade));
    const auto config = read<dxlink::FeedConfig>(
        R"({"type":"FEED_CONFIG","channel":1,"dataFormat":"COMPACT","aggregationPeriod":0.1})");
    QCOMPARE(config.format, dxlink::DataFormat::Compact);
    QVERIFY(!config.layouts.has(EventType::Quote));
    const auto subscription = read<dxlink::FeedSubscription>(
        R"({"type":"FEED_SUBSCRIPTION","channel":1,"add":[{"type":"Quote","symbol":"SPY"},{"type":"Candle","symbol":"SPY{=5m}","fromTime":1795185528049}]})");
    QCOMPARE(subscription.add.size(), 2U);
    QCOMPARE(*subscription.add[1].fromTime, 1795185528049);
    const auto error = read<dxlink::ProtocolError>(
        R"({"type":"ERROR","channel":0,"error":"BAD_ACTION","message":"Protocol violation with an even channel usage."})");
    QCOMPARE(error.error, std::string("BAD_ACTION"));
}

void WireStreamsTest::readsCompactRows()
{
    const auto data = read<dxlink::FeedData>(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",599.98,600.02,300.0,500.0,"AAPL",1,2,"NaN","NaN"]]})");
    QCOMPARE(data.channel, 1);
    QCOMPARE(data.events.size(), 2U);
    const auto& spy = std::get<QuoteEvent>(data.events[0]);
    QCOMPARE(spy.symbol, std::string("SPY"));
    QCOMPARE(spy.bidPrice, 599.98);
    QCOMPARE(spy.askSize, 500.0);
    QVERIFY(std::isnan(std::get<QuoteEvent>(data.events[1]).bidSize));
}

void WireStreamsTest::numbersThatAreNotNumbers()
{
    const auto layouts = columns(EventType::Trade, {"eventType", "eventSymbol", "price", "dayVolume", "size"});
    const auto data = read<dxlink::FeedData>(
        R"({"type":"FEED_DATA","channel":1,"data":["Trade",["Trade","SPY",599.36,1.3743299E7,100.0, "Trade","BTC/USD:CXTALP",98356.71,"NaN",null,
            "Trade","X","Infinity","-Infinity","NaN"]]})",
        layouts);
    QCOMPARE(data.events.size(), 3U);
    QCOMPARE(std::get<TradeEvent>(data.events[0]).dayVolume, 13743299.0);
    QVERIFY(std::isnan(std::get<TradeEvent>(data.events[1]).size));
    QCOMPARE(std::get<TradeEvent>(data.events[2]).price, std::numeric_limits<double>::infinity());
    QCOMPARE(std::get<TradeEvent>(data.events[2]).dayVolume, -std::numeric_limits<double>::infinity());
    const QByteArray printed = dxlink::print(data, dxlink::DataFormat::Compact, layouts);
    QVERIFY(printed.contains(R"("X","Infinity","-Infinity","NaN")"));
}

void WireStreamsTest::indexKeepsAllItsBits()
{
    constexpr std::int64_t index = 7'235'129'486'797'176'833; // odd: a double would round it
    CandleEvent candle;
    candle.symbol = "SPY{=d}";
    candle.index = index;
    const QByteArray text = dxlink::print(dxlink::FeedData{1, {candle}}, dxlink::DataFormat::Compact, clientLayouts());
    QVERIFY(text.contains("7235129486797176833"));
    QCOMPARE(std::get<CandleEvent>(read<dxlink::FeedData>(text).events[0]).index, index);
    QCOMPARE(eventIndex(1'684'556'789'012, 7) >> 32, 1'684'556'789);
    QCOMPARE((eventIndex(1'684'556'789'012, 7) >> 22) & 0x3ff, 12);
}

void WireStreamsTest::unknownColumnsAreSkippedAndPrintedAsNull()
{
    const auto layouts = columns(EventType::Candle, {"eventSymbol", "vwap", "close"});
    const auto data =
        read<dxlink::FeedData>(R"({"type":"FEED_DATA","channel":1,"data":["Candle",["SPY{=d}",[1,2],5.5]]})", layouts);
    QCOMPARE(std::get<CandleEvent>(data.events[0]).close, 5.5);
    QVERIFY(dxlink::print(data, dxlink::DataFormat::Compact, layouts).contains(R"(["SPY{=d}",null,5.5])"));
}

void WireStreamsTest::malformedFramesAreErrors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut") << QByteArray(R"({"type":"FEED_DATA","channel":1,"da)");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("no type") << QByteArray(R"({"channel":1})");
    QTest::newRow("channel is a text") << QByteArray(R"({"type":"KEEPALIVE","channel":"x"})");
    QTest::newRow("row too short") << QByteArray(R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3]]})");
    QTest::newRow("price is a word") << QByteArray(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY","one",2,3,4]]})");
    QTest::newRow("price is a list") << QByteArray(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",[],2,3,4]]})");
    QTest::newRow("no symbol") << QByteArray(R"({"type":"FEED_DATA","channel":1,"data":["Quote",[1,1,2,3,4]]})");
    QTest::newRow("values without type") << QByteArray(R"({"type":"FEED_DATA","channel":1,"data":[["SPY",1,2,3,4]]})");
    QTest::newRow("type without values") << QByteArray(R"({"type":"FEED_DATA","channel":1,"data":["Quote"]})");
    QTest::newRow("unknown auth state") << QByteArray(R"({"type":"AUTH_STATE","channel":0,"state":"MAYBE"})");
    QTest::newRow("subscription without symbol")
        << QByteArray(R"({"type":"FEED_SUBSCRIPTION","channel":1,"add":[{"type":"Quote"}]})");
}

void WireStreamsTest::malformedFramesAreErrors()
{
    QFETCH(QByteArray, text);
    const auto message = dxlink::parse(text, clientLayouts());
    QVERIFY(!message);
    QVERIFY(!message.error().message().empty());
}

void WireStreamsTest::unknownTypesArePassedOver()
{
    QCOMPARE(read<dxlink::OtherMessage>(R"({"type":"DOM_CONFIG","channel":3,"depthLimit":10})").type,
             std::string("DOM_CONFIG"));
    const auto data = read<dxlink::FeedData>(
        R"({"type":"FEED_DATA","channel":1,"data":["Profile",["SPY","x",1],"Quote",["SPY",1,2,3,4]],"extra":{}})");
    QCOMPARE(data.events.size(), 1U);
}

void WireStreamsTest::fullFormat()
{
    const auto data = read<dxlink::FeedData>(
        R"({"type":"FEED_DATA","channel":1,"data":[{"eventType":"Quote","eventSymbol":"SPY","bidPrice":599.98,"askPrice":"NaN","news":1},
            {"eventType":"Profile","eventSymbol":"SPY"}]})");
    QCOMPARE(data.events.size(), 1U);
    const auto& quote = std::get<QuoteEvent>(data.events[0]);
    QCOMPARE(quote.bidPrice, 599.98);
    QVERIFY(std::isnan(quote.askPrice) && std::isnan(quote.bidSize));
    const QByteArray printed = dxlink::print(data, dxlink::DataFormat::Full, clientLayouts());
    QVERIFY(printed.contains(R"("eventType":"Quote")"));
    QCOMPARE(read<dxlink::FeedData>(printed).events.size(), 1U);
}

void WireStreamsTest::strictClientsGetEveryColumnFilled()
{
    SummaryEvent summary;
    summary.symbol = "SPY";
    summary.openInterest = 12;
    const auto layouts =
        columns(EventType::Summary, {"eventSymbol", "eventTime", "dayId", "dayClosePriceType", "openInterest"});
    QVERIFY(dxlink::print(dxlink::FeedData{1, {summary}}, dxlink::DataFormat::Compact, layouts)
                .contains(R"(["SPY",0,0,"REGULAR",12])"));
}

void WireStreamsTest::candleSymbols_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed"); // empty: refused
    QTest::newRow("five minutes") << "SPY{=5m}" << "SPY{=5m}";
    QTest::newRow("one is dropped") << "SPY{=1d}" << "SPY{=d}";
    QTest::newRow("attributes") << "SPY&Q{=1h,tho=true,a=s}" << "SPY&Q{=h,tho=true,a=s}";
    QTest::newRow("months") << ".SPY261218C600{=mo}" << ".SPY261218C600{=mo}";
    QTest::newRow("future") << "/ESZ26:XCME{=15m}" << "/ESZ26:XCME{=15m}";
    QTest::newRow("no period") << "SPY" << "";
    QTest::newRow("no unit") << "SPY{=5}" << "";
    QTest::newRow("no symbol") << "{=5m}" << "";
    QTest::newRow("unknown unit") << "SPY{=5x}" << "";
}

void WireStreamsTest::candleSymbols()
{
    QFETCH(QString, text);
    QFETCH(QString, printed);
    const auto symbol = parseCandleSymbol(text.toStdString());
    QCOMPARE(symbol.has_value(), !printed.isEmpty());
    if (symbol)
        QCOMPARE(QString::fromStdString(print(*symbol)), printed);
}

void WireStreamsTest::dxlinkMessagesAreReadBack()
{
    base::Generator chance(7);
    for (int i = 0; i < 2000; ++i) {
        std::visit(
            [](const auto& message) {
                using T = std::decay_t<decltype(message)>;
                if constexpr (!std::is_same_v<T, dxlink::FeedData> && !std::is_same_v<T, dxlink::OtherMessage>) {
                    const QByteArray text = dxlink::print(message);
                    QVERIFY2(read<T>(text) == message, text.constData());
                }
            },
            random::dxlinkMessage(chance));
    }
}

void WireStreamsTest::feedDataIsReadBack()
{
    base::Generator chance(8);
    for (int i = 0; i < 1000; ++i) {
        const dxlink::FeedData data = random::feedData(chance);
        for (const auto format : {dxlink::DataFormat::Compact, dxlink::DataFormat::Full}) {
            const QByteArray text = dxlink::print(data, format, fullLayouts());
            const auto again = read<dxlink::FeedData>(text, fullLayouts());
            QCOMPARE(again.events.size(), data.events.size());
            QCOMPARE(dxlink::print(again, format, fullLayouts()), text); // NaN has no ==; texts do
        }
    }
}

void WireStreamsTest::readsTheStreamerExamplesOfTheReference()
{
    const auto request = parseStreamerRequest(
        R"({"action": "connect", "value": ["5WX00042"], "auth-token": "Bearer eyJhbGciOi...", "request-id": 1, "source": "desk/1.0"})");
    QVERIFY(request);
    QCOMPARE(request->accounts, std::vector<std::string>{"5WX00042"});
    const auto plain = parseStreamerRequest(
        R"({"action": "connect", "value": "5WX00042", "auth-token": "Bearer x", "request-id": "7"})");
    QCOMPARE(plain->accounts, std::vector<std::string>{"5WX00042"});
    QVERIFY(plain->requestId == RequestId("7"));

    const auto acks = parseStreamerMessages(
        R"({"status": "error", "action": "connect", "web-socket-session-id": "5b6e2799", "message": "failed"})");
    QCOMPARE(acks->size(), 1U);
    const auto& ack = std::get<StreamerAck>(acks->front());
    QVERIFY(!ack.isOk && !ack.requestId);
    QCOMPARE(ack.message, std::string("failed"));
    const auto other =
        parseStreamerMessages(R"({"type": "TradingStatus", "data": {}, "timestamp": 1795185530620, "ws-sequence": 4})");
    QCOMPARE(std::get<OtherNotice>(other->front()).type, std::string("TradingStatus"));
}

void WireStreamsTest::batchesOfNotifications()
{
    base::Generator chance(9);
    const Order order = random::order(chance);
    const QByteArray one = print(OrderNotice{order, base::fromUnixMillis(1795185530620)});
    const auto messages = parseStreamerMessages(R"({"results":[)" + one + "," + one + "]}");
    QVERIFY(messages);
    QCOMPARE(messages->size(), 2U);
    QVERIFY(std::get<OrderNotice>(messages->at(1)).order == order);
}

void WireStreamsTest::brokenOrderNoticeIsIdentified()
{
    const auto messages = parseStreamerMessages(
        R"({"type": "Order", "data": {"id": 270561, "external-identifier": "desk-7", "status": "Live"}, "timestamp": 1})");
    QVERIFY(messages);
    const auto& broken = std::get<BrokenNotice>(messages->front());
    QCOMPARE(broken.order->externalId, std::string("desk-7"));
    QVERIFY(!parseStreamerMessages(R"({"type": "Order", "timestamp": 99999999999999})"));
}

void WireStreamsTest::streamerMessagesAreReadBack()
{
    base::Generator chance(10);
    for (int i = 0; i < 500; ++i) {
        const StreamerRequest request = random::streamerRequest(chance);
        QVERIFY(*parseStreamerRequest(print(request)) == request);
        const StreamerAck ack = random::streamerAck(chance);
        QVERIFY(std::get<StreamerAck>(parseStreamerMessages(print(ack))->front()) == ack);
        const OrderNotice order{random::order(chance), random::instant(chance)};
        const auto read = parseStreamerMessages(print(order));
        QVERIFY(std::get<OrderNotice>(read->front()).order == order.order);
        QCOMPARE(std::get<OrderNotice>(read->front()).at, order.at);
        const PositionNotice position{random::position(chance), random::instant(chance)};
        QCOMPARE(print(std::get<PositionNotice>(parseStreamerMessages(print(position))->front())), print(position));
        const BalanceNotice balance{random::balance(chance), random::instant(chance)};
        QCOMPARE(print(std::get<BalanceNotice>(parseStreamerMessages(print(balance))->front())), print(balance));
    }
}

QTEST_GUILESS_MAIN(WireStreamsTest)
#include "wire_streams.moc"

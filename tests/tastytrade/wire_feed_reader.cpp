#include "random_messages.h"
#include "tastytrade/wire/feed_reader.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;

namespace
{

/// A reader and what it read last.
struct Reading {
    EventLayouts layouts = clientLayouts();
    FeedReader reader;
    FeedBatch batch;

    bool read(std::string_view text) { return reader.read(text, layouts, batch); }
    /// Of the array of a type, in a message of its own.
    bool readData(std::string_view data)
    {
        return read(R"({"type":"FEED_DATA","channel":1,"data":[)" + std::string(data) + "]}");
    }
    std::span<const QuoteEvent> quotes() { return batch.of<QuoteEvent>().view(); }
};

/// Events by type, as text: NaN has no ==.
template<class Events>
QByteArray printed(const Events& events)
{
    dxlink::FeedData data;
    data.events.assign(events.begin(), events.end());
    return dxlink::print(data, dxlink::DataFormat::Compact, fullLayouts());
}
QByteArray printed(const FeedBatch& batch)
{
    return std::apply([](const auto&... lists) { return (printed(lists.view()) + ...); }, batch.events);
}
QByteArray printed(const dxlink::FeedData& data)
{
    QByteArray text;
    for (std::size_t type = 0; type < eventTypeCount; ++type) {
        std::vector<Event> ofType;
        std::ranges::copy_if(data.events, std::back_inserter(ofType),
                             [&](const Event& event) { return event.index() == type; });
        text += printed(ofType);
    }
    return text;
}

} // namespace

class WireFeedReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRowsOfSeveralTypes();
    void numbersThatAreNotNumbers();
    void indexKeepsAllItsBits();
    void fieldsMayStandInAnyOrder();
    void oneBadRowCostsNoOther_data();
    void oneBadRowCostsNoOther();
    void arrayOfAnotherLengthIsLeftOut();
    void columnsMayComeWithTheData();
    void otherMessagesAreNotForIt_data();
    void otherMessagesAreNotForIt();
    void whatWasReadBeforeIsGone();
    void readsWhatTheSlowParserReads();
    void damagedTextsAreReadAlikeOrNot();
};

void WireFeedReaderTest::readsRowsOfSeveralTypes()
{
    Reading reading;
    QVERIFY(reading.readData(R"("Quote",["SPY",599.98,600.02,300.0,500.0,".SPXW261218C6000",1,2,3,4],
        "Profile",["SPY","x",[1,{"a":2}]],"Trade",["SPY",0,600.01,5,1.3743299E7],"Quote",["QQQ",1,2,3,4])"));
    QCOMPARE(reading.batch.channel, 1);
    QCOMPARE(reading.batch.eventCount(), 4U);
    QCOMPARE(reading.quotes()[0].symbol, std::string("SPY"));
    QCOMPARE(reading.quotes()[0].bidPrice, 599.98);
    QCOMPARE(reading.quotes()[0].askSize, 500.0);
    QCOMPARE(reading.quotes()[1].symbol, std::string(".SPXW261218C6000"));
    QCOMPARE(reading.quotes()[2].symbol, std::string("QQQ"));
    QCOMPARE(reading.batch.of<TradeEvent>().view()[0].dayVolume, 13743299.0);
    QCOMPARE(reading.batch.refusals.count, 0U);
}

void WireFeedReaderTest::numbersThatAreNotNumbers()
{
    Reading reading;
    QVERIFY(reading.readData(
        R"("Quote",["A","NaN",null,"Infinity","-Infinity"],"Trade",["A","NaN",1,2,3,"B",null,1,2,3])"));
    const QuoteEvent& quote = reading.quotes()[0];
    QVERIFY(std::isnan(quote.bidPrice) && std::isnan(quote.askPrice));
    QCOMPARE(quote.bidSize, std::numeric_limits<double>::infinity());
    QCOMPARE(quote.askSize, -std::numeric_limits<double>::infinity());
    QCOMPARE(reading.batch.of<TradeEvent>().size(), 2U); // an integer that is not known is 0
    QCOMPARE(reading.batch.of<TradeEvent>().view()[0].time, 0);
}

void WireFeedReaderTest::indexKeepsAllItsBits()
{
    Reading reading;
    QVERIFY(reading.readData(R"("Candle",["SPY{=d}",4,7235129486797176833,1795185000000,1.0,1,2,3,4,5])"));
    const CandleEvent& candle = reading.batch.of<CandleEvent>().view()[0];
    QCOMPARE(candle.index, 7'235'129'486'797'176'833); // odd: a double would round it
    QCOMPARE(candle.count, 1);                         // a whole number with a point is one
    QCOMPARE(candle.eventFlags, 4);
}

void WireFeedReaderTest::fieldsMayStandInAnyOrder()
{
    Reading reading;
    QVERIFY(reading.read(R"({"extra":[1],"data":["Quote",["SPY",1,2,3,4]],"channel":3,"more":{},"type":"FEED_DATA"})"));
    QCOMPARE(reading.batch.channel, 3);
    QCOMPARE(reading.quotes().size(), 1U);
}

void WireFeedReaderTest::oneBadRowCostsNoOther_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("field");
    QTest::newRow("price is a word") << R"("BAD","one",2,3,4)" << "Quote.bidPrice \"\"one\"\"";
    QTest::newRow("price is a list") << R"("BAD",1,[2,3,["x"]],3,4)" << "Quote.askPrice";
    QTest::newRow("size is an object") << R"("BAD",1,2,{"a":[1,2]},4)" << "Quote.bidSize";
    QTest::newRow("size is a flag") << R"("BAD",1,2,true,4)" << "Quote.bidSize \"true\"";
    QTest::newRow("last size is a word") << R"("BAD",1,2,3,"")" << "Quote.askSize";
    QTest::newRow("symbol is a number") << R"(7,1,2,3,4)" << "Quote.eventSymbol \"7\"";
    QTest::newRow("symbol is empty") << R"("",1,2,3,4)" << "Quote.eventSymbol";
    QTest::newRow("symbol is null") << R"(null,1,2,3,4)" << "Quote.eventSymbol \"null\"";
}

void WireFeedReaderTest::oneBadRowCostsNoOther()
{
    QFETCH(QString, row);
    QFETCH(QString, field);
    Reading reading;
    const std::string text =
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["A",1,2,3,4,)" + row.toStdString() + R"(,"B",5,6,7,8]]})";
    QVERIFY(reading.read(text));
    QCOMPARE(reading.quotes().size(), 2U);
    QCOMPARE(reading.quotes()[0].symbol, std::string("A"));
    QCOMPARE(reading.quotes()[1].symbol, std::string("B"));
    QCOMPARE(reading.quotes()[1].bidPrice, 5.0);
    QCOMPARE(reading.batch.refusals.count, 1U);
    const QString why = QString::fromStdString(reading.batch.refusals.first->message());
    QVERIFY2(why.startsWith(field), qPrintable(why));
    const auto slow = dxlink::parse(QByteArray::fromStdString(text), clientLayouts());
    QCOMPARE(printed(std::get<dxlink::FeedData>(*slow)), printed(reading.batch));
    QCOMPARE(std::get<dxlink::FeedData>(*slow).refusals.count, 1U);
}

void WireFeedReaderTest::arrayOfAnotherLengthIsLeftOut()
{
    Reading reading;
    // Where a row begins cannot be known, so neither good nor bad ones of the array count; other arrays do.
    QVERIFY(
        reading.readData(R"("Quote",["A",1,2,3,4,"B","one",6,7],"Trade",["SPY",0,600.01,5,7],"Quote",["C",1,2,3,4])"));
    QCOMPARE(reading.quotes().size(), 1U);
    QCOMPARE(reading.quotes()[0].symbol, std::string("C"));
    QCOMPARE(reading.batch.of<TradeEvent>().size(), 1U);
    QCOMPARE(reading.batch.refusals.count, 1U);
    QCOMPARE(reading.batch.refusals.first->value, std::string("9 values"));
    reading.layouts = EventLayouts{};
    QVERIFY(reading.readData(R"("Quote",["A",1,2,3,4])"));
    QCOMPARE(reading.batch.eventCount(), 0U);
    QCOMPARE(reading.batch.refusals.count, 1U);
}

void WireFeedReaderTest::columnsMayComeWithTheData()
{
    Reading reading;
    QVERIFY(reading.readData(
        R"(["Quote",["askPrice","eventSymbol","mood","bidPrice"]],[600.02,"SPY","good",599.98],["Profile",["beta"]],[1])"));
    QCOMPARE(reading.quotes().size(), 1U);
    QCOMPARE(reading.quotes()[0].askPrice, 600.02);
    QVERIFY(std::isnan(reading.quotes()[0].bidSize));
    QVERIFY(reading.readData(R"("Quote",[7,"SPY","bad",6])")); // and stay
    QCOMPARE(reading.quotes()[0].bidPrice, 6.0);
    QCOMPARE(reading.batch.refusals.count, 0U);
    for (const char* odd : {R"(["Quote",[7]],["SPY",1])", R"(["SPY",1,2,3,4])", R"("Quote")", R"("Quote","Trade",[])",
                            "1", R"([],"Trade",[])"}) {
        QVERIFY2(reading.readData(odd), odd);
        QVERIFY2(reading.batch.refusals.count > 0, odd);
        QCOMPARE(reading.batch.eventCount(), 0U);
    }
}

void WireFeedReaderTest::otherMessagesAreNotForIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a web page") << QByteArray("<html><body>502</body></html>");
    QTest::newRow("a list") << QByteArray(R"(["FEED_DATA"])");
    QTest::newRow("keepalive") << QByteArray(R"({"type":"KEEPALIVE","channel":0})");
    QTest::newRow("no channel") << QByteArray(R"({"type":"FEED_DATA","data":[]})");
    QTest::newRow("channel below 0") << QByteArray(R"({"type":"FEED_DATA","channel":-1,"data":[]})");
    QTest::newRow("no data") << QByteArray(R"({"type":"FEED_DATA","channel":1})");
    QTest::newRow("FULL") << QByteArray(
        R"({"type":"FEED_DATA","channel":1,"data":[{"eventType":"Quote","eventSymbol":"SPY","bidPrice":1}]})");
    QTest::newRow("cut in a row") << QByteArray(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,4,"QQ)");
    QTest::newRow("cut after a row") << QByteArray(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2,3,4])");
    QTest::newRow("comma missing") << QByteArray(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1 2,3,4]]})");
}

void WireFeedReaderTest::otherMessagesAreNotForIt()
{
    QFETCH(QByteArray, text);
    Reading reading;
    QVERIFY(!reading.read(text.toStdString()));
    QCOMPARE(reading.batch.eventCount(), 0U);
    QCOMPARE(reading.batch.refusals.count, 0U);
}

void WireFeedReaderTest::whatWasReadBeforeIsGone()
{
    Reading reading;
    QVERIFY(reading.readData(R"("Quote",["A",1,2,3,4,"B",1,2,3,4])"));
    reading.layouts.set(EventType::Quote, {"eventSymbol", "bidPrice"});
    QVERIFY(reading.readData(R"("Quote",["C",9])"));
    QCOMPARE(reading.quotes().size(), 1U);
    QVERIFY(std::isnan(reading.quotes()[0].askPrice)); // not that of A
    QVERIFY(!reading.read("{}"));
    QCOMPARE(reading.quotes().size(), 0U);
}

void WireFeedReaderTest::readsWhatTheSlowParserReads()
{
    base::Generator chance(11);
    Reading reading;
    reading.layouts = fullLayouts();
    for (int i = 0; i < 3000; ++i) {
        const dxlink::FeedData data = random::feedData(chance);
        const QByteArray text = dxlink::print(data, dxlink::DataFormat::Compact, fullLayouts());
        QVERIFY2(reading.read(text.toStdString()), text.constData());
        QCOMPARE(printed(reading.batch), printed(data));
        QCOMPARE(reading.batch.channel, data.channel);
    }
}

void WireFeedReaderTest::damagedTextsAreReadAlikeOrNot()
{
    // What both read must be the same, but for rows whose numbers or escapes JSON does not have: Qt is lenient with some.
    base::Generator chance(12);
    Reading reading;
    int both = 0, refused = 0, stricter = 0;
    for (int i = 0; i < 10'000; ++i) {
        QByteArray text = dxlink::print(random::feedData(chance), dxlink::DataFormat::Compact, fullLayouts());
        for (std::int64_t edits = chance.integer(1, 3); edits > 0; --edits) {
            const auto at = static_cast<qsizetype>(chance.integer(0, text.size() - 1));
            static const QByteArray signs = "0123456789.,:-+eE\"[]{}nulNatrfs ";
            text[at] = signs[static_cast<qsizetype>(chance.integer(0, signs.size() - 1))];
        }
        reading.layouts = fullLayouts();
        const bool isRead = reading.read(text.toStdString());
        const auto slow = dxlink::parse(text, fullLayouts());
        const auto* data = slow ? std::get_if<dxlink::FeedData>(&*slow) : nullptr;
        if (!isRead || !data)
            continue;
        ++both;
        refused += data->refusals.count > 0 ? 1 : 0;
        QVERIFY2(reading.batch.eventCount() + reading.batch.refusals.count ==
                     data->events.size() + data->refusals.count,
                 text.constData());
        if (reading.batch.refusals.count > data->refusals.count)
            ++stricter;
        else
            QVERIFY2(printed(reading.batch) == printed(*data), text.constData());
    }
    QVERIFY2(both > 1500 && refused > 400 && 20 * stricter < both,
             qPrintable(QString("%1 read, %2 with bad rows, %3 more strictly").arg(both).arg(refused).arg(stricter)));
}

QTEST_GUILESS_MAIN(WireFeedReaderTest)
#include "wire_feed_reader.moc"

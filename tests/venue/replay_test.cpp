#include "venue/order_helper.h"
#include "venue/replayed_market.h"
#include "venue/venue.h"

#include <QDir>
#include <QTest>

#include <cmath>

using namespace venue_test;
using namespace std::chrono_literals;

namespace
{

const std::string ownFolder = VEGADESK_TEST_DATA "/history/minute";
const std::string goog = VEGADESK_SOURCE_DIR "/../shared/data/goog_minute_20151224";
const base::Instant ten = market::fromNewYork(base::makeDate(2015, 12, 24), 10h);

} // namespace

class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotesWalkFromOneRecordingToTheNext()
    {
        const auto market = venue::makeReplayedMarket(ownFolder);
        QVERIFY(market);
        const market::Instrument call = *(*market)->find("ABC   151231C00095000", base::makeDate(2015, 12, 24));
        const auto quote = [&](base::Nanos after) { return (*market)->quote(call, ten + after); };
        QCOMPARE(quote(0min).bid, 5.1);
        QCOMPARE(quote(60min).bid, 5.6);
        QCOMPARE(quote(60min).ask, 5.9);
        QCOMPARE(quote(5h).bid, 5.6);    // the last recording stays
        QCOMPARE(quote(-1h).bid, 5.1);   // as does the first, before it
        QCOMPARE(quote(30min).bid, 5.3); // half of the way is 5.35: bids round down
        QCOMPARE(quote(30min).ask, 5.7); // and asks up, to a tick of 0.10
        QVERIFY(std::isnan(quote(30min).bidSize));
        double last = 0;
        for (int minute = 0; minute <= 60; ++minute) {
            const market::Quote now = quote(std::chrono::minutes(minute));
            QVERIFY(now.bid >= last && now.bid < now.ask);
            last = now.bid;
        }
        // A side that was never quoted stays so.
        const market::Instrument put = *(*market)->find("ABC   151231P00095000", base::makeDate(2015, 12, 24));
        QVERIFY(std::isnan((*market)->quote(put, ten + 30min).bid));
    }

    void parityGivesTheUnderlying()
    {
        const auto market = venue::makeReplayedMarket(ownFolder);
        QVERIFY(market);
        QCOMPARE((*market)->suggestedStart(base::Instant{}), ten);
        const market::Instrument stock = *(*market)->find("ABC", base::makeDate(2015, 12, 24));
        const market::Quote quote = (*market)->quote(stock, ten);
        QVERIFY(quote.ask > quote.bid);
        QVERIFY(std::abs(quote.mid() - 100) < 0.2);
        QVERIFY((*market)->find("ABC   151231C00096000", base::makeDate(2015, 12, 24)) == nullptr);
        QVERIFY((*market)->find("ABC   151231C00095000", base::makeDate(2016, 1, 4)) == nullptr); // expired
    }

    void feedGreeksComeFromTheMid()
    {
        const auto market = venue::makeReplayedMarket(ownFolder);
        const market::Instrument call = *(*market)->find("ABC   160115C00100000", base::makeDate(2015, 12, 24));
        const market::FeedGreeks greeks = (*market)->data(call, ten).greeks;
        QVERIFY(greeks.volatility > 0.1 && greeks.volatility < 0.6);
        QVERIFY(greeks.delta > 0.4 && greeks.delta < 0.6);
    }

    void ordersFillAgainstTheRecording()
    {
        const auto market = venue::makeReplayedMarket(ownFolder);
        venue::ExchangeSettings settings;
        venue::Exchange exchange(settings, **market, ten);
        QVERIFY(exchange.positions(false).empty()); // no examples in somebody's real data
        const auto answer = exchange.place(limitOrder({optionLeg("ABC   151231C00095000", Action::BuyToOpen, 2)}, "6.0",
                                                      portfolio::PriceEffect::Debit));
        QVERIFY(answer);
        exchange.advanceTo(ten + 1s);
        const wire::Order& order = *exchange.order(answer->order.id);
        QCOMPARE(order.state, wire::OrderState::Filled);
        QCOMPARE(order.legs[0].fills[0].price, dollars("5.5")); // 5.4 and a second's walk, rounded up to the tick
        QCOMPARE(order.legs[0].fills[0].quantity, 2);
    }

    void theVenueStartsInTheRecordedSession()
    {
        venue::VenueSettings settings;
        settings.replayFolder = ownFolder;
        settings.speed = 60;
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        QVERIFY(venue.now() >= ten && venue.now() < ten + 1h);
        QVERIFY(venue.readyLine().contains("\"simulated\":false"));
        venue::VenueSettings missing;
        missing.replayFolder = "/nowhere";
        QVERIFY(!venue::Venue(missing).start());
    }

    void realGoogle()
    {
        if (!QDir(QString::fromStdString(goog)).exists())
            QSKIP("the shared data set goog_minute_20151224 is not here");
        const auto market = venue::makeReplayedMarket(goog);
        QVERIFY(market);
        const base::Date day = base::makeDate(2015, 12, 24);
        const base::Instant open = (*market)->suggestedStart({});
        const market::ChainDefinition* chain = (*market)->definition("GOOG", day);
        QVERIFY(chain->options.size() > 2100);
        std::size_t moved = 0, priced = 0, finite = 0;
        for (const market::Instrument& option : chain->options) {
            const market::Quote before = (*market)->quote(option, open), after = (*market)->quote(option, open + 40min);
            moved += before.mid() != after.mid() && std::isfinite(before.mid()) ? 1 : 0;
            if (std::isfinite(before.mid()) && before.bid > 0) {
                ++priced;
                finite += std::isfinite((*market)->data(option, open).greeks.volatility) ? 1 : 0;
            }
        }
        QVERIFY2(moved > 800, qPrintable(QString::number(moved)));
        // The rest are deep in the money, where the mid lies below the intrinsic value.
        QVERIFY2(finite > priced * 8 / 10, qPrintable(QStringLiteral("%1 of %2").arg(finite).arg(priced)));

        // The day's own expiry settles at the shortened session's close.
        venue::ExchangeSettings settings;
        venue::Exchange exchange(settings, **market, open);
        const auto answer = exchange.place(limitOrder({optionLeg("GOOG  151224C00700000", Action::BuyToOpen, 1)},
                                                      "90.0", portfolio::PriceEffect::Debit));
        QVERIFY2(answer, answer ? "" : answer.error().body.reasons.front().message.c_str());
        exchange.advanceTo(open + 1min);
        QCOMPARE(exchange.order(answer->order.id)->state, wire::OrderState::Filled);
        exchange.advanceTo(open + 5h);
        const auto positions = exchange.positions(false);
        QCOMPARE(positions.size(), std::size_t{1});
        QCOMPARE(positions.front().values.symbol, std::string("GOOG"));
        QCOMPARE(positions.front().values.quantity, 100);
        QCOMPARE(positions.front().values.averageOpenPrice, dollars("700.0"));
    }
};

QTEST_GUILESS_MAIN(ReplayTest)
#include "replay_test.moc"

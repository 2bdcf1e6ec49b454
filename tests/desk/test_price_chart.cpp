#include "desk/price_chart.h"

#include "market/calendar.h"

#include <QTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using desk::ChartSpan;
using desk::PriceChart;

namespace
{

/// Answers when the test says so.
class LateHistory final : public market::ReferenceData
{
public:
    struct Question {
        std::string symbol, period;
        base::Instant from;
        Done<std::vector<market::Candle>> done;
    };
    std::vector<Question> questions;

    void optionChain(const std::string&, Done<market::ChainDefinition>) override {}
    void candles(const std::string& symbol, const std::string& period, base::Instant from,
                 Done<std::vector<market::Candle>> done) override
    {
        questions.push_back({symbol, period, from, std::move(done)});
    }
    std::shared_ptr<void> followCandles(const std::string& symbol, const std::string& period, base::Instant from,
                                        std::function<void(market::CandleUpdate)> changed) override
    {
        followed.push_back({symbol, period, from, std::move(changed), {}});
        auto handle = std::make_shared<int>();
        followed.back().handle = handle;
        return handle;
    }
    struct Followed {
        std::string symbol, period;
        base::Instant from;
        std::function<void(market::CandleUpdate)> changed;
        std::weak_ptr<void> handle;
    };
    std::vector<Followed> followed;
};

market::Candle bar(base::Instant time, double close)
{
    return {time, close, close, close, close, 1000, 0.2};
}

class Rig
{
public:
    std::shared_ptr<const desk::ChartView> shown() const { return view->load(); }

    LateHistory history;
    // A Friday, an hour and a half into the session.
    std::shared_ptr<base::ManualClock> clock =
        std::make_shared<base::ManualClock>(market::fromNewYork(base::makeDate(2026, 11, 20), 11h));
    std::shared_ptr<desk::Published<desk::ChartView>> view = std::make_shared<desk::Published<desk::ChartView>>();
    PriceChart chart{history, clock, view};
};

} // namespace

class PriceChartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realisedVolatilityIsOfTheLastReturns()
    {
        // A return of +-1 % a day: 0.01 sqrt(252), whatever the mean.
        std::vector<double> closes{100};
        for (int i = 0; i < 40; ++i)
            closes.push_back(closes.back() * std::exp(i % 2 == 0 ? 0.01 : -0.01));
        const auto volatility = desk::realisedVolatility(closes, 20, 252);
        QCOMPARE(volatility.size(), closes.size());
        QVERIFY(std::isnan(volatility[19]));
        QVERIFY(std::fabs(volatility[20] - 0.01 * std::sqrt(252)) < 1e-12);
        QVERIFY(std::fabs(volatility[40] - 0.01 * std::sqrt(252)) < 1e-12);
        closes[25] = market::unknown; // a gap: unknown while it is in the window, and no longer
        const auto gap = desk::realisedVolatility(closes, 20, 252);
        QVERIFY(std::isfinite(gap[24]));
        QVERIFY(std::isnan(gap[25]));
        QVERIFY(std::isnan(desk::realisedVolatility(closes, 5, 252)[30]));
        QVERIFY(std::isfinite(desk::realisedVolatility(closes, 5, 252)[31]));
        QVERIFY(std::isnan(desk::realisedVolatility(closes, 0, 252)[3]));
        QVERIFY(desk::realisedVolatility({}, 20, 252).empty());
    }

    void spansAskForTheirBars_data()
    {
        QTest::addColumn<int>("span");
        QTest::addColumn<QString>("period");
        QTest::addColumn<int>("days");
        QTest::newRow("day") << static_cast<int>(ChartSpan::Day) << "1m,tho=true,a=s" << 1;
        QTest::newRow("week") << static_cast<int>(ChartSpan::Week) << "5m,tho=true,a=s" << 7;
        QTest::newRow("month") << static_cast<int>(ChartSpan::Month) << "30m,tho=true,a=s" << 30;
        QTest::newRow("quarter") << static_cast<int>(ChartSpan::Quarter) << "1h,tho=true,a=s" << 91;
        QTest::newRow("half a year") << static_cast<int>(ChartSpan::HalfYear) << "2h,tho=true,a=s" << 182;
        QTest::newRow("year") << static_cast<int>(ChartSpan::Year) << "1d,tho=true" << 365;
        QTest::newRow("three years") << static_cast<int>(ChartSpan::ThreeYears) << "1d,tho=true" << 3 * 365;
    }
    void spansAskForTheirBars()
    {
        QFETCH(int, span);
        QFETCH(QString, period);
        QFETCH(int, days);
        Rig rig;
        rig.chart.show("SPY", static_cast<ChartSpan>(span));
        QCOMPARE(rig.history.questions.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(rig.history.questions[0].period), period);
        QCOMPARE(rig.history.followed.size(), std::size_t{1}); // the same bars, so that one subscription does for both
        QCOMPARE(rig.history.followed[0].period, rig.history.questions[0].period);
        QCOMPARE(rig.history.followed[0].from, rig.history.questions[0].from);
        const auto reach = rig.clock->now() - rig.history.questions[0].from;
        QVERIFY(reach >= std::chrono::days(days));
        QVERIFY(reach <= std::chrono::days(days + 45)); // and what the first volatility needs
    }

    void aDayBeginsWithItsSession()
    {
        Rig rig;
        rig.chart.show("SPY", ChartSpan::Day);
        std::vector<market::Candle> bars;
        for (const base::Date date : {base::makeDate(2026, 11, 19), base::makeDate(2026, 11, 20)}) {
            for (int minute = 0; minute < 60; ++minute)
                bars.push_back(bar(market::sessionOn(date)->open + std::chrono::minutes(minute), 100 + 0.01 * minute));
        }
        rig.history.questions[0].done(bars);
        QCOMPARE(rig.shown()->bars.size(), std::size_t{60});
        QCOMPARE(rig.shown()->bars.front().candle.time, market::sessionOn(base::makeDate(2026, 11, 20))->open);
        QVERIFY(std::isfinite(rig.shown()->bars.front().realisedVolatility)); // from the day before
    }

    void theLastBarGrows()
    {
        Rig rig;
        rig.chart.show("SPY", ChartSpan::Week);
        const base::Instant open = market::sessionOn(base::makeDate(2026, 11, 20))->open;
        const auto tell = [&](bool isWhole, std::vector<market::Candle> candles) {
            rig.history.followed[0].changed({isWhole, std::move(candles)});
        };
        tell(true, {bar(open + 80min, 100), bar(open + 85min, 101)}); // before the question's answer
        QCOMPARE(rig.shown()->bars.size(), std::size_t{2});
        rig.history.questions[0].done(std::vector{bar(open + 80min, 100), bar(open + 85min, 101)});
        const auto before = rig.shown()->version;
        tell(false, {bar(open + 85min, 103), bar(open + 90min, 104)});
        tell(false, {bar(open + 90min, 105)});
        QCOMPARE(rig.shown()->version, before); // drawn at a person's pace
        rig.chart.tick();
        QCOMPARE(rig.shown()->version, before + 1);
        QCOMPARE(rig.shown()->bars.size(), std::size_t{3});
        QCOMPARE(rig.shown()->bars[1].candle.close, 103.0);
        QCOMPARE(rig.shown()->bars[2].candle.close, 105.0);
        rig.chart.tick(); // nothing traded: nothing to draw
        QCOMPARE(rig.shown()->version, before + 1);
        tell(false, {bar(open + 75min, 99)}); // one that was missing
        rig.chart.tick();
        QCOMPARE(rig.shown()->bars[0].candle.close, 99.0);
        tell(true, {bar(open + 90min, 106)}); // all of them, after a new connection
        QCOMPARE(rig.shown()->bars.size(), std::size_t{1});
        QCOMPARE(rig.shown()->bars[0].candle.close, 106.0);
    }

    void whatIsNotShownIsNotFollowed()
    {
        Rig rig;
        rig.chart.show("SPY", ChartSpan::Week);
        QVERIFY(!rig.history.followed[0].handle.expired());
        rig.chart.show("SPY", ChartSpan::Year);
        QVERIFY(rig.history.followed[0].handle.expired());
        QVERIFY(!rig.history.followed[1].handle.expired());
        rig.chart.show("", ChartSpan::Year);
        QVERIFY(rig.history.followed[1].handle.expired());
        QCOMPARE(rig.history.questions.size(), std::size_t{2});
    }

    void theNewestQuestionWins()
    {
        Rig rig;
        rig.chart.show("SPY", ChartSpan::Year);
        rig.chart.show("QQQ", ChartSpan::Year);
        rig.chart.show("QQQ", ChartSpan::Year); // the same: not asked twice
        QCOMPARE(rig.history.questions.size(), std::size_t{2});
        rig.history.questions[0].done(std::vector{bar(rig.clock->now() - 48h, 100)});
        QVERIFY(rig.shown()->bars.empty());
        rig.history.questions[1].done(std::vector{bar(rig.clock->now() - 48h, 200)});
        QCOMPARE(rig.shown()->symbol, std::string("QQQ"));
        QCOMPARE(rig.shown()->bars.back().candle.close, 200.0);
    }

    void aFailureIsSaidAndTriedAgain()
    {
        Rig rig;
        rig.chart.show("SPY", ChartSpan::Year);
        QVERIFY(rig.shown()->isLoading);
        rig.history.questions[0].done(base::fail(base::ErrorKind::Network, "candles", "SPY", "no answer in time"));
        QVERIFY(!rig.shown()->isLoading);
        QVERIFY(rig.shown()->why.find("no answer") != std::string::npos);
        rig.chart.tick();
        QCOMPARE(rig.history.questions.size(), std::size_t{1});
        rig.clock->advance(PriceChart::askAgain);
        rig.chart.tick();
        QCOMPARE(rig.history.questions.size(), std::size_t{2});
        rig.history.questions[1].done(std::vector{bar(rig.clock->now() - 48h, 100)});
        QCOMPARE(rig.shown()->bars.size(), std::size_t{1});
        // It is followed from now on.
        rig.clock->advance(10 * PriceChart::askAgain);
        rig.chart.tick();
        QCOMPARE(rig.history.questions.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(PriceChartTest)
#include "test_price_chart.moc"

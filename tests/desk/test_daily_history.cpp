#include "desk/daily_history.h"

#include "base/log.h"

#include <QTest>

#include <map>

using namespace std::chrono_literals;
using namespace vegadesk;
using desk::DailyHistory;

namespace
{

/// Answers when the test says so.
class LateHistory final : public market::ReferenceData
{
public:
    struct Question {
        std::string symbol;
        Done<std::vector<market::Candle>> done;
    };
    std::vector<Question> questions;

    void optionChain(const std::string&, Done<market::ChainDefinition>) override {}
    void candles(const std::string& symbol, const std::string&, base::Instant,
                 Done<std::vector<market::Candle>> done) override
    {
        questions.push_back({symbol, std::move(done)});
    }
    std::shared_ptr<void> followCandles(const std::string&, const std::string&, base::Instant,
                                        std::function<void(market::CandleUpdate)>) override
    {
        return {};
    }
    void answer(std::size_t question, base::Result<std::vector<market::Candle>> candles)
    {
        questions[question].done(std::move(candles));
    }
};

market::Candle bar(const char* day, double close)
{
    market::Candle candle;
    candle.time = *base::parseInstant(std::string(day) + "T00:00:00Z");
    candle.close = close;
    return candle;
}

struct Rig {
    std::shared_ptr<base::ManualClock> market =
        std::make_shared<base::ManualClock>(*base::parseInstant("2026-11-19T15:00:00Z"));
    std::shared_ptr<base::ManualClock> wall = std::make_shared<base::ManualClock>(base::Instant{});
    LateHistory reference;
    std::map<std::string, std::vector<market::Candle>> arrived;
    DailyHistory history{reference, market, wall,
                         [this](const std::string& symbol, std::vector<market::Candle> candles) {
                             arrived[symbol] = std::move(candles);
                         }};
};

const base::Error down{base::ErrorKind::Network, "candles", {}, "nobody answers", {}};

} // namespace

class DailyHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void todaysBarIsNotOver()
    {
        Rig rig;
        rig.history.want({"SPY"});
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), 1U);
        rig.reference.answer(0, std::vector{bar("2026-11-17", 1), bar("2026-11-18", 2), bar("2026-11-19", 3)});
        QCOMPARE(rig.arrived["SPY"].size(), 2U);
        QCOMPARE(rig.arrived["SPY"].back().close, 2.0);
    }

    void isAskedOnceADay()
    {
        Rig rig;
        rig.history.want({"SPY"});
        rig.history.tick();
        rig.history.tick(); // the answer is on its way
        rig.reference.answer(0, std::vector{bar("2026-11-18", 2)});
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), 1U);
        rig.market->advance(24h);
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), 2U);
    }

    void aFailureIsTriedAgainLater()
    {
        Rig rig;
        rig.history.want({"SPY"});
        rig.history.tick();
        rig.reference.answer(0, tl::make_unexpected(down));
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), 1U);
        rig.wall->advance(DailyHistory::askAgain);
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), 2U);
        QVERIFY(rig.arrived.empty());
    }

    void fewAreAskedAtOnce()
    {
        Rig rig;
        rig.history.want({"AAPL", "NVDA", "SPY", "XOM"});
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), DailyHistory::askedAtOnce);
        rig.reference.answer(0, std::vector<market::Candle>{});
        rig.history.tick();
        QCOMPARE(rig.reference.questions.size(), DailyHistory::askedAtOnce + 1);
        QCOMPARE(rig.reference.questions.back().symbol, std::string("SPY"));
    }

    void aLateAnswerFindsItGone()
    {
        LateHistory reference;
        {
            Rig rig;
            rig.history.want({"SPY"});
            rig.history.tick();
            reference.questions = std::move(rig.reference.questions);
        }
        reference.answer(0, std::vector{bar("2026-11-18", 2)}); // into nothing
    }
};

QTEST_GUILESS_MAIN(DailyHistoryTest)
#include "test_daily_history.moc"

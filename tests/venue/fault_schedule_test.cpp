#include "venue/order_helper.h"

#include "base/clock.h"
#include "venue/fault_schedule.h"

#include <QTemporaryDir>
#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using venue::FaultAction;
using venue::Faults;
using venue::FaultSchedule;

namespace
{

/// A schedule on a clock that a test moves.
struct Run {
    explicit Run(const char* text) : schedule(FaultSchedule::parse(js(text)).value()) {}

    void to(base::Nanos elapsed)
    {
        clock.set(start + elapsed);
        for (const FaultSchedule::Event& event : schedule.advanceTo(clock.now() - start, faults, actions))
            told.push_back(std::to_string(event.at / 1ms) + " " + event.text);
    }

    base::Instant start = thursday();
    base::ManualClock clock{start};
    FaultSchedule schedule;
    Faults faults;
    std::vector<FaultAction> actions;
    std::vector<std::string> told;
};

constexpr const char* drawn = "{'seed':7,'faults':[{'at':{'every':10,'chance':0.3},'do':'cut-connections'},"
                              "{'at':{'every':7,'chance':0.5},'for':2,'set':{'half-open':true}}]}";

} // namespace

/// Faults that a file announces: what it may say, and when they come.
class FaultScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("allowed"); // a part of it
        const auto row = [](const char* name, const char* text, const char* field, const char* value,
                            const char* allowed) {
            QTest::newRow(name) << js(text) << QString::fromLatin1(field) << QString::fromLatin1(value)
                                << QString::fromLatin1(allowed);
        };
        row("no JSON", "{'faults':", "faults file", "", "at byte 10");
        row("a list", "[]", "faults file", "", "an object with");
        row("unknown field", "{'faults':[],'sead':1}", "faults file", "sead", "seed, faults");
        row("seed below 0", "{'seed':-1,'faults':[]}", "seed", "-1", "0 to 2^53");
        row("seed in words", "{'seed':'one','faults':[]}", "seed", "\"one\"", "a whole number");
        row("no faults", "{'seed':1}", "faults", "nothing", "a list");
        row("faults that are none", "{'faults':{}}", "faults", "{}", "a list");
        row("a fault that is none", "{'faults':[3]}", "faults[0].at", "nothing", "seconds since the start");
        row("unknown in a fault", "{'faults':[{'at':1,'untill':2,'do':'expire-tokens'}]}", "faults[0]", "untill",
            "at, for, set, do");
        row("before the start", "{'faults':[{'at':-1,'do':'expire-tokens'}]}", "faults[0].at", "-1", "0 to 10000000");
        row("too often", "{'faults':[{'at':{'every':0.01},'do':'expire-tokens'}]}", "faults[0].at.every", "0.01",
            "0.1 to 10000000");
        row("no period", "{'faults':[{'at':{'chance':1},'do':'expire-tokens'}]}", "faults[0].at.every", "nothing",
            "seconds");
        row("chance above 1", "{'faults':[{'at':{'every':1,'chance':1.5},'do':'expire-tokens'}]}",
            "faults[0].at.chance", "1.5", "0 to 1");
        row("unknown in at", "{'faults':[{'at':{'each':1},'do':'expire-tokens'}]}", "faults[0].at", "each",
            "every, chance");
        row("lasts no time", "{'faults':[{'at':1,'for':0,'set':{'half-open':true}}]}", "faults[0].for", "0",
            "0.001 to 10000000");
        row("neither", "{'faults':[{'at':1}]}", "faults[0]", "", "one of");
        row("both", "{'faults':[{'at':1,'do':'expire-tokens','set':{}}]}", "faults[0]", "set and do", "one of");
        row("done for a while", "{'faults':[{'at':1,'for':3,'do':'expire-tokens'}]}", "faults[0].for", "3",
            "only with");
        row("unknown action", "{'faults':[{'at':1,'do':'explode'}]}", "faults[0].do", "\"explode\"",
            "cut-connections, expire-tokens, reset-account");
        row("sets nothing", "{'faults':[{'at':1,'set':{}}]}", "faults[0].set", "{}", "at least one");
        row("the second", "{'faults':[{'at':1,'do':'expire-tokens'},{'at':1,'set':{'smoke':true}}]}", "faults[1].set",
            "smoke", "answer-delay-ms, crossed-quotes");
        row("wrong type", "{'faults':[{'at':1,'set':{'half-open':1}}]}", "faults[0].set.half-open", "1",
            "true or false");
        row("half a quote", "{'faults':[{'at':1,'set':{'nan-quotes':0.5}}]}", "faults[0].set.nan-quotes", "0.5",
            "a whole number from 0 up");
        row("no such status", "{'faults':[{'at':1,'set':{'failing-status':404}}]}", "faults[0].set.failing-status",
            "404", "401, 429");
    }
    void refusals()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, allowed);
        const auto schedule = FaultSchedule::parse(text);
        QVERIFY(!schedule);
        QCOMPARE(QString::fromStdString(schedule.error().field), field);
        QCOMPARE(QString::fromStdString(schedule.error().value), value);
        QVERIFY2(QString::fromStdString(schedule.error().allowed).contains(allowed),
                 schedule.error().message().c_str());
    }

    void everyFaultCanBeSet()
    {
        const QJsonObject all = venue::toJson(Faults{});
        QCOMPARE(all.size(), 16);
        for (auto field = all.begin(); field != all.end(); ++field) {
            const QJsonValue value = field.value().isBool()                           ? QJsonValue(true)
                                     : field.key() == QLatin1String("failing-status") ? QJsonValue(429)
                                                                                      : QJsonValue(3);
            Faults faults;
            QVERIFY2(venue::readFaults({{field.key(), value}}, faults), qPrintable(field.key()));
            QCOMPARE(venue::toJson(faults).value(field.key()), value);
        }
    }

    void faultsBeginAndEndOnTime()
    {
        Run run("{'faults':[{'at':10,'for':5,'set':{'feed-silent':true,'answer-delay-ms':250}},"
                "{'at':12.5,'set':{'lost-order-answers':2}},{'at':12,'do':'expire-tokens'},"
                "{'at':12,'do':'cut-connections'}]}");
        run.to(9999ms);
        QVERIFY(run.told.empty() && !run.faults.isFeedSilent);
        run.to(10s);
        QVERIFY(run.faults.isFeedSilent);
        QCOMPARE(run.faults.answerDelay, 250ms);
        QCOMPARE(run.faults.lostOrderAnswers, 0);
        run.to(14s);
        QCOMPARE(run.faults.lostOrderAnswers, 2);
        QVERIFY(run.actions == (std::vector{FaultAction::ExpireTokens, FaultAction::CutConnections}));
        run.to(15s);
        QVERIFY(!run.faults.isFeedSilent);
        QCOMPARE(run.faults.answerDelay, 0ms);
        QCOMPARE(run.faults.lostOrderAnswers, 2); // stays until it is used up
        run.to(1000s);
        QCOMPARE(run.told, (std::vector<std::string>{"10000 set {\"answer-delay-ms\":250,\"feed-silent\":true}",
                                                     "12000 expire-tokens", "12000 cut-connections",
                                                     "12500 set {\"lost-order-answers\":2}",
                                                     "15000 end {\"answer-delay-ms\":0,\"feed-silent\":false}"}));
    }

    void aFaultThatStillLastsHolds()
    {
        Run run("{'faults':[{'at':1,'for':4,'set':{'nan-quotes':3}},{'at':2,'for':1,'set':{'nan-quotes':1}}]}");
        run.to(2s);
        QCOMPARE(run.faults.nanQuotes, 1);
        run.to(3s);
        QCOMPARE(run.faults.nanQuotes, 3);
        run.to(5s);
        QCOMPARE(run.faults.nanQuotes, 0);
    }

    void periodsRepeat()
    {
        Run run("{'faults':[{'at':{'every':60},'for':10,'set':{'half-open':true}}]}");
        run.to(59s);
        QVERIFY(!run.faults.isHalfOpen);
        run.to(60s);
        QVERIFY(run.faults.isHalfOpen);
        run.to(70s);
        QVERIFY(!run.faults.isHalfOpen);
        run.to(3600s);
        QCOMPARE(run.told.size(), std::size_t{2 * 60 - 1}); // the sixtieth has not ended
    }

    /// A busy machine asks seldom: it must see what a quick one sees.
    void stepsAndSeedsDecideNothingElse()
    {
        Run once(drawn), often(drawn);
        once.to(1h);
        for (base::Nanos elapsed{}; elapsed <= 1h; elapsed += 170ms)
            often.to(elapsed);
        often.to(1h);
        QCOMPARE(once.told, often.told);
        QVERIFY(once.actions == often.actions);
        // 360 draws of 0.3: five deviations are 44.
        QVERIFY2(once.actions.size() > 64 && once.actions.size() < 152,
                 qPrintable(QString::number(once.actions.size())));
        Run other(QByteArray(drawn).replace("'seed':7", "'seed':8").constData());
        other.to(1h);
        QVERIFY(other.told != once.told);
    }

    void anotherFaultChangesNoDraws()
    {
        Run alone("{'seed':3,'faults':[{'at':{'every':5,'chance':0.5},'do':'expire-tokens'}]}");
        Run two("{'seed':3,'faults':[{'at':{'every':5,'chance':0.5},'do':'expire-tokens'},"
                "{'at':{'every':1,'chance':0.5},'for':0.5,'set':{'half-open':true}}]}");
        alone.to(10min);
        two.to(10min);
        std::erase_if(two.told, [](const std::string& line) { return !line.ends_with("expire-tokens"); });
        QVERIFY(alone.told.size() > 20);
        QCOMPARE(two.told, alone.told);
    }

    void filesAreRead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("faults.json"));
        const auto missing = FaultSchedule::open(path.toStdString());
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, base::ErrorKind::Storage);
        QCOMPARE(missing.error().value, path.toStdString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(js(drawn)) > 0 && file.flush());
        QCOMPARE(FaultSchedule::open(path.toStdString()).value().size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(FaultScheduleTest)
#include "fault_schedule_test.moc"

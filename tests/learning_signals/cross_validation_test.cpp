#include "learning/signals/cross_validation.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

/// One a day, but for gaps as skipped days make them.
std::vector<Example> examples(std::size_t count)
{
    std::vector<Example> out;
    for (std::size_t at = 0, day = 260; at < count; ++at, day += at % 97 == 0 ? 9 : 1) {
        Example example;
        example.known = day;
        example.labelEnd = day + labelDays;
        out.push_back(example);
    }
    return out;
}

/// Days that an example's features end on or that its answer hangs on.
bool sharesADay(const Example& a, const Example& b)
{
    return a.known <= b.labelEnd && b.known <= a.labelEnd;
}

} // namespace

class CrossValidationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingLearntFromSharesADay()
    {
        const std::vector<Example> all = examples(1000);
        const auto folds = purgedFolds(all, 5, {.embargoDays = 21});
        const auto steps = walkForward(all, 6, 0.4, {.embargoDays = 21});
        QVERIFY(folds && steps);
        for (const auto& splits : {*folds, *steps})
            for (const Split& split : splits)
                for (const std::size_t train : split.train)
                    for (const std::size_t test : split.test)
                        QVERIFY(train != test && !sharesADay(all[train], all[test]));
    }

    void embargoKeepsWhatFollows()
    {
        const std::vector<Example> all = examples(1000);
        const auto folds = purgedFolds(all, 4, {.embargoDays = 30});
        for (const Split& split : *folds)
            for (const std::size_t train : split.train)
                if (train > split.test.back())
                    QVERIFY(all[train].known > all[split.test.back()].labelEnd + 30);
        const auto free = purgedFolds(all, 4, {.embargoDays = 0});
        QVERIFY((*free)[1].train.size() > (*folds)[1].train.size());
    }

    void foldsJudgeEachExampleOnce()
    {
        std::multiset<std::size_t> judged;
        const auto folds = purgedFolds(examples(1003), 5, {});
        for (const Split& split : *folds)
            judged.insert(split.test.begin(), split.test.end());
        QCOMPARE(judged.size(), std::size_t{1003});
        QCOMPARE(*judged.rbegin(), std::size_t{1002});
        QVERIFY(std::ranges::adjacent_find(judged) == judged.end());
    }

    void walkingForwardLearnsFromThePast()
    {
        const std::vector<Example> all = examples(1000);
        const auto steps = walkForward(all, 6, 0.4, {});
        QCOMPARE(steps->front().test.front(), std::size_t{400});
        QCOMPARE(steps->back().test.back(), std::size_t{999});
        std::size_t learnt = 0;
        for (const Split& split : *steps) {
            QVERIFY(all[split.train.back()].labelEnd < all[split.test.front()].known);
            QVERIFY(split.train.size() > learnt);
            learnt = split.train.size();
        }
    }

    void holdsOutTheNewest()
    {
        const std::vector<Example> all = examples(500);
        std::vector<std::size_t> train(400);
        std::iota(train.begin(), train.end(), std::size_t{50});
        const auto split = holdOutNewest(all, train, 0.25, {});
        QVERIFY(split);
        QCOMPARE(split->test.size(), std::size_t{100});
        QCOMPARE(split->test.back(), std::size_t{449});
        QVERIFY(all[split->train.back()].labelEnd < all[split->test.front()].known);
    }

    void namesWhatIsOutOfRange()
    {
        const std::vector<Example> all = examples(100);
        QVERIFY(!purgedFolds(all, 1, {}) && !purgedFolds(all, 21, {}));
        QVERIFY(!walkForward(all, 0, 0.4, {}) && !walkForward(all, 5, 0.95, {}));
        const std::vector<std::size_t> some{1, 2, 3};
        QVERIFY(!holdOutNewest(all, some, 0.4, {}) && !holdOutNewest(all, some, 0.9, {}));
        const auto few = purgedFolds(examples(30), 2, {.embargoDays = 21}); // each fold is within reach of the other
        QVERIFY(few ? true : few.error().allowed.find("fold") != std::string::npos);
        const auto none = walkForward(examples(20), 5, 0.5, {});
        QVERIFY(!none && none.error().allowed.find("step") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(CrossValidationTest)
#include "cross_validation_test.moc"

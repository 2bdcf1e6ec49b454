#include "learning/signals/boosted_trees.h"

#include "base/random.h"

#include <QtTest>

#include <cmath>
#include <functional>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

/// Three features of which the second alone says how likely yes is.
TrainingRows rows(std::size_t count, std::uint64_t seed, double strength = 2)
{
    base::Generator generator(seed);
    TrainingRows out;
    out.width = 3;
    for (std::size_t row = 0; row < count; ++row) {
        const double told = generator.normal();
        for (const double value : {generator.normal(), told, generator.normal()})
            out.features.push_back(static_cast<float>(value));
        out.answers.push_back(generator.uniform() < 1 / (1 + std::exp(-strength * told)) ? 1.0F : 0.0F);
    }
    return out;
}

} // namespace

class BoostedTreesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatTells()
    {
        const auto trees = BoostedTrees::train(rows(1500, 1), rows(500, 2), {});
        QVERIFY(trees);
        QVERIFY(trees->rounds() > 10);
        const auto scores = trees->logOdds(std::vector<float>{0, -2, 0, 0, 2, 0});
        QVERIFY((*scores)[0] < -1 && (*scores)[1] > 1);
        const auto importance = trees->importance();
        QVERIFY((*importance)[1] > 0.8);
        QVERIFY(std::abs((*importance)[0] + (*importance)[1] + (*importance)[2] - 1) < 1e-6);
    }

    void sameSeedSameTrees()
    {
        const TrainingRows known = rows(800, 1), held = rows(300, 2);
        const std::string first = BoostedTrees::train(known, held, {})->text().value();
        QCOMPARE(BoostedTrees::train(known, held, {})->text().value(), first);
        QVERIFY(BoostedTrees::train(known, held, {.seed = 2})->text().value() != first);
    }

    void noiseIsTheBaseRate()
    {
        const TrainingRows known = rows(600, 1, 0);
        const auto trees = BoostedTrees::trainRounds(known, 0, {});
        QVERIFY(trees);
        const auto scores = trees->logOdds(known.features);
        const double rate =
            static_cast<double>(std::ranges::count(known.answers, 1.0F)) / static_cast<double>(known.size());
        for (const double score : *scores)
            QVERIFY(std::abs(1 / (1 + std::exp(-score)) - rate) < 1e-5);
        QCOMPARE(*trees->importance(), (std::vector<double>{0, 0, 0}));
        const auto again = BoostedTrees::fromText(trees->text().value(), 3);
        QVERIFY(again);
        QCOMPARE(again->rounds(), 0);
        QCOMPARE(*again->logOdds(known.features), *scores);
    }

    void comesBackFromItsText()
    {
        const auto trees = BoostedTrees::train(rows(800, 1), rows(300, 2), {});
        const std::string text = trees->text().value();
        const auto again = BoostedTrees::fromText(text, 3);
        QVERIFY(again);
        QCOMPARE(again->rounds(), trees->rounds());
        const TrainingRows asked = rows(50, 3);
        QCOMPARE(*again->logOdds(asked.features), *trees->logOdds(asked.features));
        QCOMPARE(*again->importance(), *trees->importance());
        QVERIFY(!BoostedTrees::fromText(text, 4));
        QVERIFY(!BoostedTrees::fromText(std::string_view(text).substr(0, text.size() / 2), 3));
        QVERIFY(!BoostedTrees::fromText("", 3));
        QVERIFY(!trees->logOdds(std::vector<float>{1, 2}));
    }

    void namesWhatIsOutOfRange_data()
    {
        QTest::addColumn<std::function<void(BoostingSettings&)>>("spoil");
        const auto row = [](const char* name, std::function<void(BoostingSettings&)> spoil) {
            QTest::newRow(name) << std::move(spoil);
        };
        row("rounds", [](BoostingSettings& settings) { settings.roundsMost = 0; });
        row("patience", [](BoostingSettings& settings) { settings.patience = 0; });
        row("depth", [](BoostingSettings& settings) { settings.depth = 11; });
        row("rate", [](BoostingSettings& settings) { settings.rate = std::nan(""); });
        row("rows", [](BoostingSettings& settings) { settings.rowShare = 1.5; });
        row("columns", [](BoostingSettings& settings) { settings.columnShare = 0; });
        row("leaf", [](BoostingSettings& settings) { settings.leafLeast = -1; });
        row("ridge", [](BoostingSettings& settings) { settings.ridge = -1; });
    }
    void namesWhatIsOutOfRange()
    {
        QFETCH(const std::function<void(BoostingSettings&)>, spoil);
        BoostingSettings settings;
        spoil(settings);
        const auto refused = BoostedTrees::train(rows(100, 1), rows(50, 2), settings);
        QVERIFY(!refused && refused.error().kind == base::ErrorKind::BadInput && !refused.error().allowed.empty());
    }

    void refusesRowsThatTeachNothing()
    {
        TrainingRows oneAnswer = rows(100, 1);
        std::ranges::fill(oneAnswer.answers, 1.0F);
        QVERIFY(!BoostedTrees::train(oneAnswer, rows(50, 2), {}));
        QVERIFY(!BoostedTrees::train({}, rows(50, 2), {}));
        QVERIFY(!BoostedTrees::train(rows(100, 1), {}, {}));
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = BoostedTrees::train(rows(100, 1), rows(50, 2), {}, stop.get_token());
        QVERIFY(!stopped && stopped.error().kind == base::ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(BoostedTreesTest)
#include "boosted_trees_test.moc"

#include "learning/signals/training.h"

#include "history/market_generator.h"
#include "learning_signals/made_markets.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

/// Skews are known of chains alone: here those of the simulated market, whose skew hangs on its volatility.
class SkewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLearntFromChains()
    {
        const auto source =
            history::GeneratedChainSource::make("BAC", base::makeDate(2015, 1, 2), base::makeDate(2022, 12, 30), 5);
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        const auto table = tableOfChains(**source);
        QVERIFY(table);
        const auto known = std::ranges::count_if(table->days, [](const HistoryDay& day) { return day.skew > 0; });
        QVERIFY(static_cast<double>(known) > 0.995 * static_cast<double>(table->days.size()));
        const auto trained = trainSignal(*table, Target::SkewReverts, tests::quickSettings());
        QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
        const std::vector<std::string>& features = trained->report.schema.features;
        QVERIFY(std::ranges::find(features, "skew_score") != features.end());
        QVERIFY(std::ranges::find(features, "term_slope") != features.end());
        QVERIFY(trained->report.isDemonstration);
        qInfo("%s", verdictOf(trained->report).c_str());
    }
};

QTEST_GUILESS_MAIN(SkewTest)
#include "skew_test.moc"

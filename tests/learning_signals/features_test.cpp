#include "learning/signals/features.h"

#include "learning/signals/dataset.h"
#include "learning_signals/made_markets.h"

#include <QtTest>

#include <cmath>
#include <map>
#include <set>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

std::vector<const FeatureSpec*> allSpecs()
{
    std::vector<const FeatureSpec*> specs;
    for (const FeatureSpec& spec : featureSpecs())
        specs.push_back(&spec);
    return specs;
}

/// With everything that a day can know.
HistoryTable wholeMarket(std::size_t count)
{
    HistoryTable table = tests::plantedMarket(count, 5);
    base::Generator generator(9);
    for (HistoryDay& day : table.days) {
        day.open = day.close * generator.uniform(0.99, 1.01);
        day.high = std::max(day.open, day.close) * 1.003;
        day.low = std::min(day.open, day.close) * 0.996;
        day.impliedLonger = day.implied + generator.uniform(-0.01, 0.02);
        day.skew = generator.uniform(0.02, 0.08);
    }
    return table;
}

/// Rows by day.
std::vector<std::vector<double>> featuresOfDays(const std::vector<HistoryDay>& days)
{
    FeatureBuilder builder(allSpecs(), true);
    std::vector<std::vector<double>> rows;
    for (const HistoryDay& day : days) {
        if (!builder.add(day))
            qFatal("a day was refused");
        rows.push_back(builder.features());
    }
    return rows;
}

bool isSame(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

std::map<std::string_view, double> lastRow(const std::vector<HistoryDay>& days)
{
    const std::vector<double> row = featuresOfDays(days).back();
    std::map<std::string_view, double> byName;
    for (std::size_t at = 0; at < row.size(); ++at)
        byName[featureSpecs()[at].name] = row[at];
    return byName;
}

} // namespace

class FeaturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachSaysWhatItIs()
    {
        std::set<std::string_view> names;
        for (const FeatureSpec& spec : featureSpecs()) {
            QVERIFY(names.insert(spec.name).second);
            QVERIFY(spec.about.ends_with('.') && !spec.lag.empty() && spec.value != nullptr);
            const std::string_view lag = spec.lag;
            QVERIFY2(lag.find("t-1") != lag.npos || lag == "the calendar", spec.name.data());
            QVERIFY(lag.find("t+") == lag.npos);
        }
    }

    void theFutureChangesNone()
    {
        const HistoryTable table = wholeMarket(1100);
        const auto rows = featuresOfDays(table.days);
        QVERIFY(std::ranges::none_of(rows.back(), [](double value) { return std::isnan(value); }));
        for (const std::size_t known : {300UL, 700UL, 1000UL}) {
            const std::vector<HistoryDay> cut(table.days.begin(),
                                              table.days.begin() + static_cast<std::ptrdiff_t>(known));
            QVERIFY(isSame(featuresOfDays(cut).back(), rows[known - 1]));
            // Nor does another one.
            std::vector<HistoryDay> other = table.days;
            for (std::size_t at = known; at < other.size(); ++at) {
                for (double HistoryDay::* price :
                     {&HistoryDay::close, &HistoryDay::open, &HistoryDay::high, &HistoryDay::low})
                    other[at].*price *= 3;
                other[at].implied *= 2;
                other[at].skew = -1;
            }
            const auto changed = featuresOfDays(other);
            for (std::size_t at = 0; at < known; ++at)
                QVERIFY(isSame(changed[at], rows[at]));
            QVERIFY(!isSame(changed[known], rows[known]));
        }
    }

    void answersOfExamplesBeginAfterWhatIsKnown()
    {
        const HistoryTable table = tests::plantedMarket(1600, 2);
        const auto data = datasetOf(table, Target::VolatilityBeatsImplied);
        QVERIFY(data);
        for (const Example& example : data->examples) {
            QVERIFY(example.session > table.days[example.known].date);
            QCOMPARE(example.labelEnd, example.known + labelDays);
        }
        QCOMPARE(data->lastKnown, table.days.back().date);
        // An example's features are those of the days until t-1 alone.
        FeatureBuilder builder(featuresNamed(data->schema.features).value(), true);
        for (std::size_t day = 0; day <= data->examples[100].known; ++day)
            QVERIFY(builder.add(table.days[day]));
        QVERIFY(isSame(builder.features(), {data->row(100).begin(), data->row(100).end()}));
        QCOMPARE(builder.session(), data->examples[100].session);
    }

    void figuresAreWhatTheyAreCalled()
    {
        HistoryTable table = wholeMarket(300);
        std::vector<HistoryDay>& days = table.days;
        const auto row = lastRow(days);
        const double last = days[299].close;
        QCOMPARE(row.at("return_1"), std::log(last / days[298].close));
        QCOMPARE(row.at("return_21"), std::log(last / days[278].close));
        QCOMPARE(row.at("har_day"), std::abs(row.at("return_1")) * std::sqrt(252.0));
        double squares = 0;
        for (std::size_t at = 295; at < 300; ++at)
            squares += std::pow(std::log(days[at].close / days[at - 1].close), 2);
        QVERIFY(std::abs(row.at("realised_5") - std::sqrt(squares * 252 / 5)) < 1e-12);
        QCOMPARE(row.at("implied"), days[299].implied);
        QCOMPARE(row.at("implied_change_5"), days[299].implied - days[294].implied);
        QCOMPARE(row.at("term_slope"), days[299].impliedLonger - days[299].implied);
        QVERIFY(row.at("drawdown") <= 0 && row.at("implied_rank") >= 0 && row.at("implied_rank") <= 1);
        double ranges = 0;
        for (std::size_t at = 279; at < 300; ++at)
            ranges += std::pow(std::log(days[at].high / days[at].low), 2);
        QVERIFY(std::abs(row.at("parkinson_21") - std::sqrt(ranges / (4 * std::log(2.0)) * 252 / 21)) < 1e-12);
        days[290].high = market::unknown;
        QVERIFY(std::isnan(lastRow(days).at("garman_klass_21"))); // not known is not made up
    }

    void calendarIsOfTheNextSession()
    {
        HistoryDay friday;
        friday.date = base::makeDate(2024, 1, 12); // Monday is a holiday
        friday.close = 1;
        const auto row = lastRow({friday});
        QCOMPARE(row.at("weekday"), 2.0);
        QCOMPARE(row.at("days_to_expiry"), 3.0); // Friday the 19th
        friday.date = base::makeDate(2024, 1, 19);
        QCOMPARE(lastRow({friday}).at("days_to_expiry"), 25.0); // from the 22nd to February 16
    }

    void dataSayWhichThereAre()
    {
        HistoryTable table = tests::noiseMarket(5, 1);
        const auto has = [&](std::string_view name) {
            return std::ranges::any_of(featuresOf(table), [&](const FeatureSpec* spec) { return spec->name == name; });
        };
        QVERIFY(has("implied") && has("return_1") && !has("skew") && !has("parkinson_21") && !has("term_slope"));
        table.days[0].skew = 0.03;
        QVERIFY(has("skew"));
        const std::vector<std::string> unknown{"implied", "tomorrow"};
        const auto refused = featuresNamed(unknown);
        QVERIFY(!refused && refused.error().value == "tomorrow");
    }

    void refusesADayThatCannotFollow()
    {
        FeatureBuilder builder(allSpecs(), false);
        HistoryDay day = tests::noiseMarket(1, 1).days.front();
        QVERIFY(builder.add(day));
        QVERIFY(!builder.add(day));
        day.date += std::chrono::days(1);
        day.close = market::unknown;
        QVERIFY(!builder.add(day));
        QCOMPARE(builder.days().size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(FeaturesTest)
#include "features_test.moc"

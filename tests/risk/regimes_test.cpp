#include "risk/regimes/regimes.h"

#include "base/random.h"
#include "history/csv_file.h"

#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

using namespace vegadesk;
using namespace vegadesk::risk;

namespace
{

constexpr std::array<double, 3> levels{0.08, 0.17, 0.45};

struct Simulated {
    std::vector<MarketDay> days;
    std::vector<std::size_t> levels; ///< of each day
};

/// Quarters of a year in one level of volatility each, in no order, with implied volatilities that follow within days.
Simulated simulate(std::size_t count, std::uint64_t seed, std::size_t levelCount = 3)
{
    base::Generator generator(seed);
    Simulated out;
    double close = 1000, implied = levels[0];
    std::size_t level = 0;
    for (std::size_t day = 0; day < count; ++day) {
        if (day % 80 == 0)
            level = static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(levelCount) - 1));
        close *= std::exp(levels[level] / std::sqrt(252.0) * generator.normal() + (level == 2 ? -0.001 : 0.0004));
        implied += 0.4 * (1.1 * levels[level] + 0.005 * generator.normal() - implied);
        out.days.push_back({base::makeDate(2000, 1, 3) + std::chrono::days(day), close, std::max(implied, 0.03)});
        out.levels.push_back(level);
    }
    return out;
}

RegimeSettings quickSettings()
{
    RegimeSettings settings;
    settings.features.assign(featuresWithImplied.begin(), featuresWithImplied.end());
    settings.refitDays = 250;
    settings.mixture.starts = 2;
    return settings;
}

RegimeFilter filtered(const RegimeSettings& settings, std::span<const MarketDay> days)
{
    RegimeFilter filter = RegimeFilter::create(settings).value();
    for (const MarketDay& day : days)
        if (!filter.add(day))
            qFatal("a day of the simulation was refused");
    return filter;
}

/// NaN is the same as NaN.
bool isSame(const RegimeDay& a, const RegimeDay& b)
{
    const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    return a.date == b.date && a.regime == b.regime && a.sizedFor == b.sizedFor &&
           std::ranges::equal(a.probabilities, b.probabilities, same);
}

std::vector<MarketDay> readIndex(const QString& folder)
{
    std::map<base::Date, double> volatilities;
    auto vix = history::CsvFile::read((folder + "/vix_daily_1990_2019.csv.gz").toStdString()).value();
    while (vix.next())
        volatilities[vix.date(0).value()] = vix.number(vix.column("close").value()).value() / 100;
    auto index = history::CsvFile::read((folder + "/sp500_daily_1999_2018.csv.gz").toStdString()).value();
    std::vector<MarketDay> days;
    while (index.next()) {
        const base::Date date = index.date(0).value();
        const auto found = volatilities.find(date);
        days.push_back({date, index.number(index.column("close").value()).value(),
                        found == volatilities.end() ? market::unknown : found->second});
    }
    return days;
}

} // namespace

class RegimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void simulatedRegimesAreFound_data()
    {
        QTest::addColumn<bool>("hasImplied");
        QTest::newRow("closes and implied volatility") << true;
        QTest::newRow("closes alone") << false;
    }
    void simulatedRegimesAreFound()
    {
        QFETCH(const bool, hasImplied);
        const Simulated simulated = simulate(2600, 4);
        RegimeSettings settings = quickSettings();
        if (!hasImplied)
            settings.features.assign(featuresOfCloses.begin(), featuresOfCloses.end());
        const RegimeFilter filter = filtered(settings, simulated.days);
        QVERIFY(filter.fit()->isConvincing());
        QVERIFY(std::ranges::is_sorted(filter.fit()->volatilities));
        // A level is looked for where it has lasted for the month that features look back on, and where there is a fit.
        int looked = 0, right = 0, opposite = 0;
        for (std::size_t day = 1400; day < simulated.days.size(); ++day) {
            if (simulated.levels[day] != simulated.levels[day - 30] || !filter.days()[day].regime)
                continue;
            ++looked;
            const auto found = static_cast<std::size_t>(*filter.days()[day].regime);
            right += found == simulated.levels[day] ? 1 : 0;
            opposite += found + 2 == simulated.levels[day] || found == simulated.levels[day] + 2 ? 1 : 0;
        }
        QVERIFY2(looked > 400, qPrintable(QString::number(looked)));
        QVERIFY2(right > 0.8 * looked, qPrintable(QString("%1 of %2").arg(right).arg(looked)));
        QCOMPARE(opposite, 0);
    }

    void theFutureChangesNoPastDay()
    {
        Simulated simulated = simulate(1300, 6);
        const RegimeFilter whole = filtered(quickSettings(), simulated.days);
        for (const std::size_t length : {850, 1100}) {
            const RegimeFilter prefix = filtered(quickSettings(), std::span(simulated.days).first(length));
            QVERIFY(std::ranges::equal(prefix.days(), std::span(whole.days()).first(length), isSame));
        }
        for (std::size_t day = 900; day < simulated.days.size(); ++day) // another future
            simulated.days[day].close *= day % 2 == 0 ? 0.5 : 1.5;
        const RegimeFilter other = filtered(quickSettings(), simulated.days);
        QVERIFY(std::ranges::equal(std::span(other.days()).first(900), std::span(whole.days()).first(900), isSame));
        QVERIFY(!std::ranges::equal(other.days(), whole.days(), isSame));
    }

    /// Other starts may find another number of components, and calm next to normal; what is calm to one is never stressed to
    /// the other.
    void namesDoNotHangOnWhereAFitStarted()
    {
        const Simulated simulated = simulate(2100, 4);
        const RegimeFilter first = filtered(quickSettings(), simulated.days);
        std::array<int, 3> shown{};
        for (const std::uint64_t seed : {99, 5}) {
            RegimeSettings settings = quickSettings();
            settings.mixture.seed = seed;
            const RegimeFilter second = filtered(settings, simulated.days);
            for (std::size_t day = 0; day < simulated.days.size(); ++day) {
                const auto one = first.days()[day].regime, other = second.days()[day].regime;
                if (!one || !other)
                    continue;
                ++shown[static_cast<std::size_t>(*one)];
                QVERIFY(std::abs(static_cast<int>(*one) - static_cast<int>(*other)) < 2);
            }
        }
        QVERIFY(shown[0] > 50 && shown[2] > 50);
    }

    /// The rule of D4, told again from the probabilities that are shown.
    void regimesSwitchByTheRule()
    {
        const Simulated simulated = simulate(2600, 4);
        const RegimeSettings settings = quickSettings();
        const RegimeFilter filter = filtered(settings, simulated.days);
        const std::vector<RegimeDay>& days = filter.days();
        int entered = 0, left = 0;
        for (std::size_t day = 5; day < days.size(); ++day) {
            if (!days[day].regime || !days[day - 5].regime)
                continue;
            const bool is = days[day].regime == Regime::Stressed, was = days[day - 1].regime == Regime::Stressed;
            const auto stressed = [&](std::size_t back) { return days[day - back].probabilities[2]; };
            const bool rises = stressed(0) > 0.7 && stressed(1) > 0.7;
            bool falls = true;
            for (std::size_t back = 0; back < 5; ++back)
                falls = falls && stressed(back) < 0.3;
            QCOMPARE(is, was ? !falls : rises);
            entered += is && !was ? 1 : 0;
            left += was && !is ? 1 : 0;
        }
        QVERIFY(entered >= 3 && left >= 3);
        for (std::size_t day = 1; day < days.size(); ++day) {
            const Regime wanted = days[day].regime.value_or(Regime::Normal);
            QVERIFY(days[day].sizedFor >= wanted);
            QVERIFY(static_cast<int>(days[day - 1].sizedFor) - static_cast<int>(days[day].sizedFor) <= 1);
        }
    }

    void sizesTightenAtOnceAndLoosenByARow()
    {
        using enum Regime;
        QCOMPARE(sizingStep(Calm, Stressed), Stressed);
        QCOMPARE(sizingStep(Calm, Calm), Calm);
        QCOMPARE(sizingStep(Stressed, Calm), Normal);
        QCOMPARE(sizingStep(Normal, Calm), Calm);
        const SizeMultipliers moderate{1, 0.75, 0.4};
        QCOMPARE(sizeIn(Calm, moderate), 1.0);
        QCOMPARE(sizeIn(Normal, moderate), 0.75);
        QCOMPARE(sizeIn(Stressed, moderate), 0.4);
    }

    void aMarketOfOneKindHasNoRegimes()
    {
        const Simulated simulated = simulate(1400, 8, 1);
        const RegimeFilter filter = filtered(quickSettings(), simulated.days);
        const auto shown =
            std::ranges::count_if(filter.days(), [](const RegimeDay& day) { return day.regime.has_value(); });
        QCOMPARE(shown, 0);
        QVERIFY(
            std::ranges::all_of(filter.days(), [](const RegimeDay& day) { return day.sizedFor == Regime::Normal; }));
    }

    void aPriceThatStandsStillIsNoError()
    {
        std::vector<MarketDay> days = simulate(900, 1).days;
        for (MarketDay& day : days)
            day.close = 100, day.impliedVolatility = 0.2;
        const RegimeFilter filter = filtered(quickSettings(), days);
        QVERIFY(filter.fit() && !filter.fit()->isConvincing());
        QVERIFY(std::isfinite(filter.fit()->fit.bic));
        QVERIFY(!filter.days().back().regime);
    }

    void gapsInImpliedVolatilityAreBridgedForAWeek()
    {
        Simulated simulated = simulate(1300, 4);
        const auto knownAt = [&](const RegimeFilter& filter, std::size_t day) {
            return !std::isnan(filter.days()[day].probabilities[0]);
        };
        const RegimeFilter whole = filtered(quickSettings(), simulated.days);
        const std::size_t hole = 1100;
        for (std::size_t day = hole - 2; day < hole + 8; ++day)
            QVERIFY(knownAt(whole, day));
        for (std::size_t day = hole; day < hole + 7; ++day)
            simulated.days[day].impliedVolatility = market::unknown;
        const RegimeFilter filter = filtered(quickSettings(), simulated.days);
        QVERIFY(knownAt(filter, hole + 4));
        QVERIFY(!knownAt(filter, hole + 5));
        QVERIFY(!filter.days()[hole + 5].regime);
        QCOMPARE(filter.days()[hole + 5].sizedFor, Regime::Normal);
    }

    void namesWhatIsWrongWithADay()
    {
        RegimeFilter filter = RegimeFilter::create(quickSettings()).value();
        const base::Date date = base::makeDate(2020, 1, 2);
        QVERIFY(filter.add({date, 100, 0.2}));
        QCOMPARE(filter.add({date, 100, 0.2}).error().field, std::string("date"));
        QCOMPARE(filter.add({date + std::chrono::days(1), 0, 0.2}).error().field, std::string("close of 2020-01-03"));
        QVERIFY(!filter.add({date + std::chrono::days(1), market::unknown, 0.2}));
        QVERIFY(!filter.add({date + std::chrono::days(1), 100, -0.2}));
        QCOMPARE(filter.days().size(), std::size_t{1});
        QVERIFY(filter.add({date + std::chrono::days(1), 100, market::unknown}));
    }

    void namesWhatIsWrongWithASetting_data()
    {
        QTest::addColumn<std::function<void(RegimeSettings&)>>("spoil");
        const auto row = [](const char* name, std::function<void(RegimeSettings&)> spoil) {
            QTest::newRow(name) << std::move(spoil);
        };
        row("no features", [](RegimeSettings& settings) { settings.features.clear(); });
        row("stride", [](RegimeSettings& settings) { settings.fitStride = 0; });
        row("refit", [](RegimeSettings& settings) { settings.refitDays = 0; });
        row("too few days", [](RegimeSettings& settings) { settings.daysLeast = 100; });
        row("window below the first fit's", [](RegimeSettings& settings) { settings.daysMost = 300; });
        row("enter below leave", [](RegimeSettings& settings) { settings.enter = 0.2; });
        row("days", [](RegimeSettings& settings) { settings.leaveDays = 0; });
    }
    void namesWhatIsWrongWithASetting()
    {
        QFETCH(const std::function<void(RegimeSettings&)>, spoil);
        RegimeSettings settings = quickSettings();
        QVERIFY(RegimeFilter::create(settings));
        spoil(settings);
        const auto refused = RegimeFilter::create(settings);
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == base::ErrorKind::BadInput && !refused.error().allowed.empty());
    }

    void theIndexsOwnHistory()
    {
        const QString folder = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/index_history");
        if (!QFileInfo::exists(folder + "/sp500_daily_1999_2018.csv.gz"))
            QSKIP("the index's daily history is not beside the source tree");
        RegimeSettings settings = quickSettings();
        settings.refitDays = 126;
        const RegimeFilter filter = filtered(settings, readIndex(folder));
        const auto share = [&](base::Date from, base::Date to, Regime regime) {
            int days = 0, those = 0;
            for (const RegimeDay& day : filter.days()) {
                if (day.date < from || day.date > to)
                    continue;
                ++days;
                those += day.regime == regime ? 1 : 0;
            }
            return static_cast<double>(those) / days;
        };
        using base::makeDate;
        QVERIFY(share(makeDate(2008, 10, 1), makeDate(2009, 3, 31), Regime::Stressed) == 1);
        QVERIFY(share(makeDate(2013, 1, 1), makeDate(2013, 12, 31), Regime::Calm) > 0.9);
        QVERIFY(share(makeDate(2017, 1, 1), makeDate(2017, 12, 31), Regime::Calm) > 0.95);
        QVERIFY(share(makeDate(2018, 2, 12), makeDate(2018, 3, 30), Regime::Calm) == 0);
    }
};

QTEST_GUILESS_MAIN(RegimesTest)
#include "regimes_test.moc"

#include "learning/signals/targets.h"

#include "market/calendar.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

/// A close that moves by `step` up and down in turn.
std::vector<HistoryDay> zigzag(std::size_t count, double step, double implied)
{
    std::vector<HistoryDay> days;
    base::Date date = base::makeDate(2010, 1, 4);
    for (std::size_t at = 0; at < count; ++at, date = market::nextTradingDay(date)) {
        HistoryDay day;
        day.date = date;
        day.close = at % 2 == 0 ? 100 : 100 * std::exp(step);
        day.implied = implied;
        days.push_back(day);
    }
    return days;
}

risk::RegimeDay calm()
{
    risk::RegimeDay day;
    day.regime = risk::Regime::Calm;
    return day;
}

} // namespace

class TargetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesRealisedWithImpliedAtEntry()
    {
        const double step = 0.01, realised = step * std::sqrt(252.0);
        std::vector<HistoryDay> days = zigzag(40, step, realised * 1.01);
        const auto ask = [&] { return answerOf(Target::VolatilityBeatsImplied, days, 5, {}); };
        QCOMPARE(ask(), std::optional(false));
        days[6].implied = realised * 0.99; // of the close of t, a day after what is known
        QCOMPARE(ask(), std::optional(true));
        days[5].implied = days[7].implied = 9; // others do not matter
        QCOMPARE(ask(), std::optional(true));
        days[6].implied = market::unknown;
        QVERIFY(!ask());
    }

    void looksAt21DaysAfterTheClose()
    {
        std::vector<HistoryDay> days = zigzag(40, 0.001, 0.1);
        const auto ask = [&] { return answerOf(Target::VolatilityBeatsImplied, days, 5, {}).value(); };
        QVERIFY(!ask());
        for (std::size_t at = 0; at <= 6; ++at) // a crash until the close of t is not in it
            days[at].close = at < 6 ? 200 : 100;
        QVERIFY(!ask());
        for (std::size_t at = 28; at < 40; ++at) // nor is one after the 21 days
            days[at].close *= 0.5;
        QVERIFY(!ask());
        days[27].close *= 0.5; // the last of them
        QVERIFY(ask());
        days.resize(27);
        QVERIFY(!answerOf(Target::VolatilityBeatsImplied, days, 5, {}));
    }

    void premiumPaysWithinTheCredit()
    {
        const double credit = straddleCredit(0.2, 21);
        QVERIFY(std::abs(credit - std::sqrt(2 / 3.14159265358979) * 0.2 * std::sqrt(21 / 252.0)) < 1e-4);
        std::vector<HistoryDay> days = zigzag(40, 0.0, 0.2);
        const auto ask = [&](const risk::RegimeDay& regime) { return answerOf(Target::PremiumPays, days, 5, regime); };
        QCOMPARE(ask(calm()), std::optional(true));
        QVERIFY(!ask({})); // the regime is not known: not asked
        days[27].close = 100 * (1 - credit * 0.94);
        QCOMPARE(ask(calm()), std::optional(true));
        days[27].close = 100 * (1 - credit * 0.96); // within the credit, but for costs
        QCOMPARE(ask(calm()), std::optional(false));
        days[15].close = 50; // not hedged, and held to the end
        days[27].close = 101;
        QCOMPARE(ask(calm()), std::optional(true));
    }

    void skewRevertsByHalf()
    {
        std::vector<HistoryDay> days = zigzag(400, 0.001, 0.2);
        for (std::size_t at = 0; at < days.size(); ++at)
            days[at].skew = 0.045 + 0.005 * static_cast<double>(at % 3);
        const std::size_t known = 300, entry = 301, end = 322;
        const auto ask = [&] { return answerOf(Target::SkewReverts, days, known, {}); };
        days[entry].skew = 0.085;
        days[end].skew = 0.06;
        QCOMPARE(ask(), std::optional(true));
        days[end].skew = 0.08;
        QCOMPARE(ask(), std::optional(false));
        days[end].skew = 0.0; // gone through it and as far away: not reverted
        QCOMPARE(ask(), std::optional(false));
        days[entry].skew = 0.0515; // nothing unusual
        QVERIFY(!ask());
        days[entry].skew = market::unknown;
        QVERIFY(!ask());
    }

    void areFoundByName()
    {
        for (const TargetInfo& info : targets())
            QVERIFY(targetNamed(info.name) == info.target && &infoOf(info.target) == &info);
        const auto refused = targetNamed("profit");
        QVERIFY(!refused && refused.error().allowed.find("premium_pays") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TargetsTest)
#include "targets_test.moc"

#include "learning/doors/signal_series.h"

#include "market/calendar.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

/// Says the close's hundredth; its first day lacks features, its second is in sample.
class ShamStream final : public SignalStream
{
public:
    base::Result<Prediction> add(const HistoryDay& day) override
    {
        if (!(day.close > 0))
            return base::badInput("close", "0", "a positive number");
        Prediction out;
        out.session = market::nextTradingDay(day.date);
        ++m_count;
        out.isInSample = m_count == 2;
        if (m_count == 1)
            out.missing = {"month", "quarter", "year", "decade"};
        else
            out.probability = day.close / 100;
        return out;
    }

private:
    int m_count = 0;
};

class ShamSignal final : public Signal
{
public:
    explicit ShamSignal(bool isDemonstration)
    {
        m_info.trainedUntil = base::makeDate(2024, 1, 4);
        m_info.isDemonstration = isDemonstration;
    }
    const SignalInfo& info() const override { return m_info; }
    std::unique_ptr<SignalStream> follow() const override { return std::make_unique<ShamStream>(); }
    std::string importanceSvg() const override { return {}; }

private:
    SignalInfo m_info;
};

std::vector<HistoryDay> days()
{
    std::vector<HistoryDay> out;
    for (base::Date date = base::makeDate(2024, 1, 2); out.size() < 4; date = market::nextTradingDay(date)) {
        HistoryDay day;
        day.date = date;
        day.close = 50 + static_cast<double>(out.size());
        out.push_back(day);
    }
    return out;
}

} // namespace

class SignalSeriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSessionGoesByTheDayBefore();
    void whyThereIsNoProbabilityIsSaid();
    void aDemonstrationSaysNothingLive();
    void whatCannotBeFollowedIsAnError();
    void aNameIsAFileOfTheFolder();
};

void SignalSeriesTest::aSessionGoesByTheDayBefore()
{
    const auto series = followed(ShamSignal(false), days());
    QVERIFY(series);
    const SignalReading reading = readingOf(*series, base::makeDate(2024, 1, 5), false);
    QVERIFY(reading.gap.empty());
    QCOMPARE(reading.probability, 0.52); // the close of the fourth of January
}

void SignalSeriesTest::whyThereIsNoProbabilityIsSaid()
{
    const auto series = followed(ShamSignal(false), days());
    QVERIFY(series);
    const auto gap = [&](int day) {
        const SignalReading reading = readingOf(*series, base::makeDate(2024, 1, static_cast<unsigned>(day)), false);
        return std::isnan(reading.probability) ? QString::fromStdString(reading.gap) : QString();
    };
    QCOMPARE(gap(3), QStringLiteral("the days before do not tell month, quarter, year and more"));
    QCOMPARE(gap(4), QStringLiteral("it was trained on days until 2024-01-04: no forecast"));
    QCOMPARE(gap(12), QStringLiteral("the session before is not among its days"));
}

void SignalSeriesTest::aDemonstrationSaysNothingLive()
{
    const auto series = followed(ShamSignal(true), days());
    QVERIFY(series);
    QCOMPARE(readingOf(*series, base::makeDate(2024, 1, 5), false).probability, 0.52);
    const SignalReading live = readingOf(*series, base::makeDate(2024, 1, 5), true);
    QVERIFY(std::isnan(live.probability) && live.gap.find("demonstration") != std::string::npos);
}

void SignalSeriesTest::whatCannotBeFollowedIsAnError()
{
    std::vector<HistoryDay> bad = days();
    bad[2].close = 0;
    const auto refused = followed(ShamSignal(false), bad);
    QVERIFY(!refused && refused.error().field == "close");
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = followed(ShamSignal(false), days(), stop.get_token());
    QVERIFY(!stopped && stopped.error().kind == base::ErrorKind::Cancelled);
}

void SignalSeriesTest::aNameIsAFileOfTheFolder()
{
    QCOMPARE(signalFile("/data/signals", "calm"), std::string("/data/signals/calm.signal"));
    QCOMPARE(signalFile("/data/signals", "./calm"), std::string("./calm"));
    QCOMPARE(signalFile("/data/signals", "calm.signal"), std::string("calm.signal"));
}

QTEST_APPLESS_MAIN(SignalSeriesTest)
#include "signal_series_test.moc"

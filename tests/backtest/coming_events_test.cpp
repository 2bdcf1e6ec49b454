#include "backtest/broker_words.h"
#include "backtest/coming_events.h"
#include "backtest/data_hash.h"
#include "backtest/scripted_condors.h"

#include <QTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::ComingEvents;
using base::Date;
using base::makeDate;
using history::CashPayment;
using history::ExpectedReport;

namespace
{

const std::vector<double> quiet{500, 501, 500, 502, 501, 500};

backtest::Report runOn(ScriptedSource& source, const backtest::Config& config)
{
    auto report = backtest::run(config, source);
    if (!report)
        qFatal("%s", report.error().message().c_str());
    return *std::move(report);
}

std::vector<backtest::Decision> until(const backtest::Report& report, base::Instant last)
{
    std::vector<backtest::Decision> decisions;
    std::ranges::copy_if(report.decisions, std::back_inserter(decisions),
                         [last](const backtest::Decision& each) { return each.at <= last; });
    return decisions;
}

} // namespace

/// What a backtest's strategies know of dividends and reports, and since when.
class ComingEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsAheadByTheDay_data();
    void whatIsAheadByTheDay();
    void aDividendIsUnknownUntilItIsAnnounced();
    void theEveOfAKnownExDateIsSeen_data();
    void theEveOfAKnownExDateIsSeen();
    void aReportIsAvoidedOnceItIsKnown();
    void nothingIsKnownBeforeItsAnnouncement_data();
    void nothingIsKnownBeforeItsAnnouncement();
    void simulatedSharesPayOnTheirDays();
    void simulatedCompaniesNameTheirNextReport();
    void withoutReportsTheRunSaysSo();
};

void ComingEventsTest::whatIsAheadByTheDay_data()
{
    QTest::addColumn<int>("day"); // of March 2023
    QTest::addColumn<int>("exDay");
    QTest::addColumn<double>("amount"); // 0: none is known
    QTest::addColumn<int>("report");    // 0: none is known
    QTest::newRow("before everything") << 1 << 0 << 0.0 << 0;
    QTest::newRow("on the day of the announcement") << 2 << 0 << 0.0 << 0;
    QTest::newRow("the day after") << 3 << 10 << 0.5 << 8;
    QTest::newRow("an earlier one is announced later") << 7 << 9 << 0.25 << 8;
    QTest::newRow("on the day of the report") << 8 << 9 << 0.25 << 8;
    QTest::newRow("on an ex-date the next one counts") << 9 << 10 << 1.5 << 20; // with the special one of that day
    QTest::newRow("after all of them") << 21 << 0 << 0.0 << 0;
}

void ComingEventsTest::whatIsAheadByTheDay()
{
    QFETCH(int, day);
    const auto march = [](int date) { return makeDate(2023, 3, static_cast<unsigned>(date)); };
    const auto paying = [&](int exDay, const char* amount, int announced) {
        return CashPayment{march(exDay), march(exDay + 10), decimal(amount), march(announced)};
    };
    const std::vector<CashPayment> payments{paying(9, "0.25", 6), paying(10, "0.5", 2), paying(10, "1", 8)};
    const std::vector<ExpectedReport> reports{{march(8), march(2)}, {march(20), march(8)}};
    const ComingEvents coming = backtest::comingEvents(payments, reports, march(day));
    QFETCH(double, amount);
    QCOMPARE(coming.dividend.has_value(), amount > 0);
    if (coming.dividend) {
        QTEST(coming.dividend->amount, "amount");
        QFETCH(int, exDay);
        QCOMPARE(coming.dividend->exDate, march(exDay));
    }
    QFETCH(int, report);
    QCOMPARE(coming.report, report > 0 ? std::optional(march(report)) : std::nullopt);
}

/// What is announced on its ex-date made nobody exercise the day before.
void ComingEventsTest::aDividendIsUnknownUntilItIsAnnounced()
{
    const auto assignedWhen = [](base::Date announced) {
        ScriptedSource source(days({500, 560, 560, 560}));
        const base::Date exDate = base::makeDate(2023, 3, 3);
        source.dividends.push_back({exDate, exDate, decimal("3"), announced});
        backtest::Config config = condor(200'000);
        config.realism.assignmentChance = 0;
        const auto report = backtest::run(config, source);
        if (!report || report->trades.empty())
            qFatal("it did not trade: %s", !report                        ? report.error().message().c_str()
                                           : report->decisions.size() > 1 ? report->decisions[1].text.c_str()
                                                                          : report->noEntries[0].reason.c_str());
        return report->assignedEarly;
    };
    QVERIFY(assignedWhen(base::makeDate(2023, 3, 2)) > 0); // the evening before is in time
    QCOMPARE(assignedWhen(base::makeDate(2023, 3, 3)), base::Quantity(0));
}

void ComingEventsTest::theEveOfAKnownExDateIsSeen_data()
{
    QTest::addColumn<int>("announced"); // day of the run
    QTest::addColumn<bool>("isSeen");
    QTest::newRow("before the eve") << 1 << true;
    QTest::newRow("on the eve itself") << 2 << false;
}

void ComingEventsTest::theEveOfAKnownExDateIsSeen()
{
    const std::vector<TestMarket> markets = days({500, 560, 560, 560});
    ScriptedSource source(markets);
    QFETCH(int, announced);
    source.dividends.push_back(
        {markets[3].today, markets[3].today, decimal("3"), markets[static_cast<std::size_t>(announced)].today});
    backtest::Config config = condor(200'000);
    config.realism.dividendAssignment = false;
    config.realism.assignmentChance = 0;
    if (const auto set = config.parameters.setText("ex_dividend", "close"); !set)
        qFatal("%s", set.error().message().c_str());
    const backtest::Report report = runOn(source, config);
    const auto eve = std::ranges::find_if(report.decisions, [](const backtest::Decision& each) {
        return each.text.find("in the money on the eve of the ex-date") != std::string::npos;
    });
    QTEST(eve != report.decisions.end(), "isSeen");
    if (eve != report.decisions.end())
        QCOMPARE(eve->at, markets[2].now());
}

void ComingEventsTest::aReportIsAvoidedOnceItIsKnown()
{
    const std::vector<TestMarket> markets = days(quiet);
    const auto entriesWhen = [&](Date announced, const char* rule) {
        ScriptedSource source(markets);
        source.expected.push_back({makeDate(2023, 3, 20), announced});
        backtest::Config config = condor(200'000);
        if (const auto set = config.parameters.setText("earnings", rule); !set)
            qFatal("%s", set.error().message().c_str());
        return countOf(runOn(source, config), "entry");
    };
    const Date before = market::previousTradingDay(markets[0].today);
    QCOMPARE(entriesWhen(before, "avoid"), std::size_t(0));
    QCOMPARE(entriesWhen(before, "ignore"), std::size_t(1));
    QCOMPARE(entriesWhen(markets[0].today, "avoid"), std::size_t(1)); // who entered on the day, could not know
}

void ComingEventsTest::nothingIsKnownBeforeItsAnnouncement_data()
{
    QTest::addColumn<int>("day");
    for (int day = 0; day < static_cast<int>(quiet.size()); ++day)
        QTest::addRow("day %d", day) << day;
}

/// Events that a day announces change no decision up to its end, whatever they are.
void ComingEventsTest::nothingIsKnownBeforeItsAnnouncement()
{
    QFETCH(int, day);
    const std::vector<TestMarket> markets = days({500, 530, 560, 545, 560, 560});
    const TestMarket& announcing = markets[static_cast<std::size_t>(day)];
    backtest::Config config = condor(200'000);
    config.realism.assignmentChance = 0;
    if (const auto set = config.parameters.setText("ex_dividend", "close"); !set)
        qFatal("%s", set.error().message().c_str());
    ScriptedSource without(markets), with(markets);
    const Date next = market::nextTradingDay(announcing.today);
    with.dividends.push_back({market::nextTradingDay(next), makeDate(2023, 3, 24), decimal("5"), announcing.today});
    with.expected.push_back({next, announcing.today});
    const auto plain = until(runOn(without, config), announcing.now());
    QVERIFY(!plain.empty());
    QVERIFY(until(runOn(with, config), announcing.now()) == plain);
}

void ComingEventsTest::simulatedSharesPayOnTheirDays()
{
    const auto source =
        history::GeneratedChainSource::make("SPY", base::makeDate(2023, 3, 1), base::makeDate(2023, 3, 31), 1, 1,
                                            history::CorporateEvents::Scheduled)
            .value();
    const auto payments = source->payments();
    const auto march =
        std::ranges::find(payments, base::makeDate(2023, 3, 17), &history::CashPayment::exDate); // the third Friday
    QVERIFY(march != payments.end());
    QVERIFY(march->announced < march->exDate && march->payDate > march->exDate);
    QCOMPARE(*source->dividendYield(), 0.0);
    const backtest::Config config = configFor("gamma_scalping");
    const auto report = backtest::run(config, *source);
    QVERIFY(report);
    QVERIFY(report->hasDividends);
    QCOMPARE(countOf(*report, "dividend"), std::size_t(report->flows.dividends != 0 ? 1 : 0));
    QVERIFY(report->flows.dividends != 0); // it hedges with shares
}

void ComingEventsTest::simulatedCompaniesNameTheirNextReport()
{
    const auto source = history::GeneratedChainSource::make("KO", makeDate(2023, 1, 3), makeDate(2023, 4, 28), 1, 1,
                                                            history::CorporateEvents::Scheduled)
                            .value();
    const auto reports = source->reports();
    QVERIFY(reports.size() > 100);
    for (std::size_t i = 1; i < reports.size(); ++i)
        QCOMPARE(reports[i].announced, reports[i - 1].date);
    for (Date day = makeDate(2023, 1, 3); day < makeDate(2023, 4, 28); day = market::nextTradingDay(day)) {
        const auto coming = backtest::comingEvents(source->payments(), reports, day);
        QVERIFY(coming.report && *coming.report >= day && *coming.report < day + std::chrono::days(110));
    }
    const auto report = backtest::run(configFor("iron_condor", {{"earnings", "avoid"}}), *source);
    QVERIFY(report && report->hasReports);
    QVERIFY(std::ranges::any_of(report->noEntries, [](const backtest::NoEntryCount& each) {
        return each.reason.find("report") != std::string::npos;
    }));
    backtest::DataHash with, without;
    with.add(reports);
    QVERIFY(with.text() != without.text());
    with = {};
    with.add(std::span<const ExpectedReport>());
    QCOMPARE(with.text(), without.text());
}

void ComingEventsTest::withoutReportsTheRunSaysSo()
{
    const auto saysSo = [](std::string_view underlying, const char* rule) {
        TestMarket market;
        market.underlying = underlying;
        ScriptedSource source({market});
        const auto report = runOn(source, configFor("iron_condor", {{"earnings", rule}}));
        return std::ranges::any_of(report.honesty, [](const std::string& line) {
            return line.starts_with("The data name no days of reports");
        });
    };
    QVERIFY(saysSo("AAPL", "avoid"));
    QVERIFY(!saysSo("AAPL", "ignore"));
    QVERIFY(!saysSo("SPX", "avoid")); // an index reports nothing
}

QTEST_GUILESS_MAIN(ComingEventsTest)
#include "coming_events_test.moc"

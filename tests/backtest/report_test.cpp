#include "backtest/data_hash.h"
#include "backtest/engine_runs.h"
#include "backtest/report/html_report.h"
#include "backtest/report/svg_plots.h"
#include "backtest/report/trades_csv.h"
#include "backtest/scripted_source.h"
#include "backtest/trials.h"
#include "base/escaped_text.h"
#include "market/calendar.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

using namespace vegadesk;
using namespace vegadesk::backtest;
using namespace vegadesk::tests;
using portfolio::ProfitSource;

class ReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void attributionAddsUpToTheCent_data();
    void attributionAddsUpToTheCent();
    void aMoveOfTheSpotIsDeltaAndGamma();
    void anExpiryIsASettlement();
    void theDataHashSeesEveryQuote();
    void theDataHashSeesTermsAndFlags();
    void theDataHashSeesWhatTheSourceSays();
    void figuresOfARunHangTogether();
    void thePageNeedsNothingElse();
    void thePageEscapesWhatItIsTold();
    void anEmptyRunHasAPageToo();
    void csvQuotesWhatItMust();
    void tradesAreALineEach();
    void plotsAreWellFormed_data();
    void plotsAreWellFormed();
    void stepsAreRound_data();
    void stepsAreRound();
    void dollarsAreReadable();

private:
    Report m_condors = runOver(configFor("iron_condor"), january, base::makeDate(2023, 4, 28));
};

namespace
{

bool isCents(base::Decimal amount)
{
    return amount == amount.roundedTo(base::Decimal::cent());
}

void checkSums(const Report& report)
{
    const RunAttribution& from = report.attribution;
    portfolio::ProfitParts sum = from.other;
    QCOMPARE(from.trades.size(), report.trades.size());
    for (std::size_t i = 0; i < from.trades.size(); ++i) {
        sum += from.trades[i].parts;
        QCOMPARE(from.trades[i].group, report.trades[i].group);
        QVERIFY(near(from.trades[i].parts.total().toDouble(), report.trades[i].profit, 0.01));
        QVERIFY(near(-from.trades[i].parts[ProfitSource::Fees].toDouble(), report.trades[i].fees, 0.011));
        for (const base::Decimal part : from.trades[i].parts.parts)
            QVERIFY(isCents(part));
    }
    QVERIFY(sum == from.total);
    const auto net = base::Decimal::fromDouble(report.metric("net_profit")).value();
    QCOMPARE(from.total.total().toString(), net.roundedTo(base::Decimal::cent()).toString());
}

} // namespace

void ReportTest::initTestCase()
{
    QVERIFY(m_condors.trades.size() >= 2);
}

void ReportTest::attributionAddsUpToTheCent_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<QString>("underlying");
    QTest::newRow("condors") << "iron_condor"
                             << "SPY";
    QTest::newRow("gamma scalping with shares") << "gamma_scalping"
                                                << "SPY";
    QTest::newRow("index condors") << "iron_condor"
                                   << "SPX";
}

void ReportTest::attributionAddsUpToTheCent()
{
    QFETCH(QString, strategy);
    QFETCH(QString, underlying);
    Config config = configFor(strategy.toStdString());
    config.withSensitivity = config.withBootstrap = false;
    config.capital = 1e6;
    const Report report = runOver(config, january, base::makeDate(2023, 3, 31), underlying.toStdString());
    QVERIFY(!report.trades.empty());
    checkSums(report);
    QCOMPARE(report.attribution.unknownCount, std::size_t(0));
    // Most of what moved is explained by the Greeks: quotes of a simulated market sit on a smile.
    QVERIFY2(report.attribution.total.unexplainedShare() < 0.1,
             qPrintable(QString::number(report.attribution.total.unexplainedShare())));
}

void ReportTest::aMoveOfTheSpotIsDeltaAndGamma()
{
    TestMarket first;
    TestMarket moved = first;
    moved.today = market::nextTradingDay(first.today);
    moved.spot = first.spot * 1.01;
    Config config = configFor(
        "iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}, {"max_contracts", "1"}});
    config.withSensitivity = false;
    ScriptedSource source({first, moved});
    const auto report = backtest::run(config, source);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    checkSums(*report);
    const portfolio::ProfitParts& made = report->attribution.total;
    QVERIFY(made[ProfitSource::Gamma].toDouble() < 0); // short options
    QVERIFY(made[ProfitSource::Theta].toDouble() > 0);
    QVERIFY(made[ProfitSource::Trades].toDouble() < 0); // the spread that the entry crossed
    QVERIFY(near(-made[ProfitSource::Trades].toDouble(), report->costs.spread + report->costs.slippage, 0.02));
    QVERIFY(near(-made[ProfitSource::Fees].toDouble(), report->costs.fees, 0.011));
    QVERIFY(made[ProfitSource::Settlements].isZero());
}

void ReportTest::anExpiryIsASettlement()
{
    const TestMarket first;
    TestMarket last = first;
    last.today = first.expiries[1] + std::chrono::days(3); // the Monday after
    ScriptedSource source({first, last});
    source.settlements[first.expiries[1]] = first.spot;
    Config config = configFor(
        "iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}, {"max_contracts", "1"}});
    config.withSensitivity = false;
    const auto report = backtest::run(config, source);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    checkSums(*report);
    QVERIFY(!report->trades.at(0).isOpen);
    QVERIFY(report->attribution.trades.at(0).parts[ProfitSource::Settlements].toDouble() > 0); // it expired worthless
}

void ReportTest::theDataHashSeesEveryQuote()
{
    const TestMarket market;
    const auto hashOf = [](const market::OptionChain& chain) {
        DataHash hash;
        hash.add(chain);
        return hash.text();
    };
    const market::OptionChain chain = market.chain();
    QCOMPARE(hashOf(chain), hashOf(market.chain()));
    market::OptionChain other = chain;
    other.expirations[1].puts.ask.back() += 0.01;
    QVERIFY(hashOf(other) != hashOf(chain));
    other = chain;
    other.at += base::Nanos(1);
    QVERIFY(hashOf(other) != hashOf(chain));
    DataHash twice;
    twice.add(chain);
    twice.add(chain);
    QVERIFY(twice.text() != hashOf(chain));
    other = chain;
    other.expirations[0].calls.bid[0] = market::unknown;
    market::OptionChain negative = other;
    negative.expirations[0].calls.bid[0] = -market::unknown; // the same nothing
    QCOMPARE(hashOf(other), hashOf(negative));
}

void ReportTest::theDataHashSeesTermsAndFlags()
{
    using Change = std::function<void(market::OptionChain&)>;
    std::set<std::string> seen;
    for (const Change& change : std::vector<Change>{
             [](market::OptionChain&) {}, [](market::OptionChain& chain) { chain.isSpotStale = true; },
             [](market::OptionChain& chain) { chain.underlyingFlags.set(market::QuoteFlag::OneSided); },
             [](market::OptionChain& chain) { chain.underlyingQuote.askSize += 1; },
             [](market::OptionChain& chain) { chain.expirations[0].settlement = market::Settlement::AM; },
             [](market::OptionChain& chain) { chain.expirations[0].style = market::ExerciseStyle::European; },
             [](market::OptionChain& chain) { chain.expirations[0].multiplier = 10; },
             [](market::OptionChain& chain) {
                 chain.expirations[0].ticks.back().tick = base::Decimal::parse("0.05").value();
             },
             [](market::OptionChain& chain) { chain.expirations[0].calls.openInterest[0] = 7; },
             [](market::OptionChain& chain) {
                 market::QuoteFlags& flags = chain.expirations[0].puts.flags[0];
                 flags.bits = static_cast<std::uint8_t>(flags.bits ^ 1U);
             },
             [](market::OptionChain& chain) { chain.expirations[0].puts.symbols[0].clear(); }}) {
        market::OptionChain chain = TestMarket().chain();
        change(chain);
        DataHash hash;
        hash.add(chain);
        QVERIFY(seen.insert(hash.text()).second);
    }
}

void ReportTest::theDataHashSeesWhatTheSourceSays()
{
    TestMarket market;
    market.expiries.insert(market.expiries.begin(), market.today);
    const auto hashOf = [&](const std::function<void(ScriptedSource&)>& change,
                            const std::vector<history::DailyClose>& closes = {}, double weight = 0) {
        ScriptedSource source({market});
        change(source);
        DataHash hash;
        hash.add(market.chain());
        hash.add(source, closes, weight);
        return hash.text();
    };
    const auto asItIs = [](ScriptedSource&) {};
    const base::Date before = market.today - std::chrono::days(1);
    const std::set<std::string> different{
        hashOf(asItIs),
        hashOf([&](ScriptedSource& source) { source.settlements[market.today] = 501; }),
        hashOf([](ScriptedSource& source) { source.rate = 0.04; }),
        hashOf([&](ScriptedSource& source) { source.dividends = {{before, before, base::Decimal(), before}}; }),
        hashOf([&](ScriptedSource& source) { source.expected = {{before, before}}; }),
        hashOf(asItIs, {{before, 499}}),
        hashOf(asItIs, {{before, 498}}),
        hashOf(asItIs, {{before, 498, 0.2}}),
        hashOf(asItIs, {}, 0.1)};
    QCOMPARE(different.size(), std::size_t(9));
    // What is settled after the last chain nobody was told.
    QCOMPARE(hashOf([&](ScriptedSource& source) { source.settlements[market.expiries.back()] = 501; }), hashOf(asItIs));
}

void ReportTest::figuresOfARunHangTogether()
{
    double byRegime = 0, byMonth = 0;
    std::size_t days = 0;
    for (const RegimeProfit& band : m_condors.regimes) {
        byRegime += band.profit;
        days += band.days;
        QVERIFY(band.name != "not known"); // chains say what they imply
    }
    for (const PeriodProfit& month : profitByMonth(m_condors.equity))
        byMonth += month.profit;
    QVERIFY(near(byRegime, m_condors.metric("net_profit"), 1e-6));
    QVERIFY(near(byMonth, m_condors.metric("net_profit"), 1e-6));
    QCOMPARE(days, m_condors.snapshots);
    QVERIFY(near(m_condors.metric("days"), static_cast<double>(m_condors.snapshots), 0));
    const Bootstrap& drawn = m_condors.bootstrap;
    QVERIFY(drawn.sharpe.low < m_condors.metric("sharpe") && m_condors.metric("sharpe") < drawn.sharpe.high);
    QVERIFY(drawn.maxDrawdown.low >= 0 && drawn.maxDrawdown.low < drawn.maxDrawdown.high);
    QVERIFY(near(drawn.settings.meanBlock, std::round(holdingPeriod(m_condors).mean), 0));
    QVERIFY(holdingPeriod(m_condors).longest >= holdingPeriod(m_condors).mean);
    QVERIFY(m_condors.metric("notional_leverage") > m_condors.metric("max_buying_power_use"));
}

void ReportTest::thePageNeedsNothingElse()
{
    const QString page = QString::fromStdString(htmlReport(m_condors));
    // Nothing is fetched: no script, no style sheet or picture from elsewhere, and no address but SVG's own name.
    QString bare = page;
    bare.remove(QStringLiteral("http://www.w3.org/2000/svg"));
    for (const char* const wrong :
         {"http:", "https:", "<script", "<link", "<img", "<iframe", "url(", "@import", "src=", "href="})
        QVERIFY2(!bare.contains(QLatin1String(wrong)), wrong);
    QCOMPARE(page.count(QStringLiteral("<svg ")), 4); // equity, drawdown, attribution, distribution
    for (const char* const part :
         {"iron_condor on SPY", "Months", "To keep in mind", "Assumptions", "Trials: 1,", "short_delta",
          "Where the profit came from", "Worst periods", "spread paid", "Simulated market"})
        QVERIFY2(page.contains(QLatin1String(part)), part);
    QVERIFY(page.contains(QString::fromStdString(m_condors.dataHash)));
    for (const std::string& line : m_condors.honesty)
        QVERIFY2(page.contains(QString::fromStdString(base::xmlText(line))), line.c_str());
    for (const Setting& setting : settingsOf(m_condors.config))
        QVERIFY2(page.contains(QString::fromStdString(setting.name)), setting.name.c_str());
}

void ReportTest::thePageEscapesWhatItIsTold()
{
    Report report = m_condors;
    report.data = "<b>\"folder\" & co</b>";
    report.trades[0].title = "1 < 2";
    const QString page = QString::fromStdString(htmlReport(report));
    QVERIFY(!page.contains(QStringLiteral("<b>\"folder")));
    QVERIFY(page.contains(QStringLiteral("&lt;b&gt;&quot;folder&quot; &amp; co&lt;/b&gt;")));
    QVERIFY(page.contains(QStringLiteral("1 &lt; 2")));
}

void ReportTest::anEmptyRunHasAPageToo()
{
    Report nothing(m_condors.config);
    nothing.isCancelled = true;
    const QString page = QString::fromStdString(htmlReport(nothing));
    QVERIFY(page.contains(QStringLiteral("(cancelled)")) && page.contains(QStringLiteral("None.")));
    QVERIFY(!page.contains(QStringLiteral("<svg ")) && !page.contains(QStringLiteral("nan")));
    QCOMPARE(QString::fromStdString(tradesCsv(nothing)).count(QStringLiteral("\r\n")), 1);
}

void ReportTest::csvQuotesWhatItMust()
{
    const std::vector<std::string> cells{"plain", "a,b", "say \"x\"", "two\nlines", ""};
    QCOMPARE(csvLine(cells), std::string("plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\r\n"));
}

void ReportTest::tradesAreALineEach()
{
    const QStringList lines =
        QString::fromStdString(tradesCsv(m_condors)).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), static_cast<qsizetype>(m_condors.trades.size()) + 1);
    const QStringList header = lines[0].split(',');
    QVERIFY(header.contains(QStringLiteral("fees")) && header.contains(QStringLiteral("from_fees")));
    QVERIFY(header.contains(QStringLiteral("profit")) && header.contains(QStringLiteral("from_vega")));
    QCOMPARE(QSet<QString>(header.begin(), header.end()).size(), header.size());
    static const QRegularExpression quoted(QStringLiteral("\"[^\"]*\""));
    double profit = 0, parts = 0;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QStringList cells = QString(lines[i]).remove(quoted).split(',');
        QCOMPARE(cells.size(), header.size());
        profit += cells[header.indexOf(QStringLiteral("profit"))].toDouble();
        for (qsizetype c = header.indexOf(QStringLiteral("from_delta")); c < cells.size(); ++c)
            parts += cells[c].toDouble();
    }
    QVERIFY(near(profit, m_condors.metric("net_profit"), 0.01 * static_cast<double>(lines.size())));
    QVERIFY(near(parts, profit, 0.01 * static_cast<double>(lines.size())));
}

void ReportTest::plotsAreWellFormed_data()
{
    QTest::addColumn<QString>("plot");
    const auto curve = [](std::size_t count, double step, std::chrono::minutes apart) {
        std::vector<PlotPoint> points;
        for (std::size_t i = 0; i < count; ++i)
            points.push_back({market::fromNewYork(january, std::chrono::hours(16)) + apart * static_cast<int>(i),
                              i % 7 == 3 && step > 1 ? market::unknown : std::sin(static_cast<double>(i)) * step});
        return points;
    };
    const auto add = [](const char* name, const std::string& plot) {
        QTest::newRow(name) << QString::fromStdString(plot);
    };
    add("days", timePlot(curve(5, 1, std::chrono::hours(24)), PlotUnit::Dollars, false, "a < b"));
    add("years with gaps", timePlot(curve(900, 1e6, std::chrono::hours(48)), PlotUnit::Dollars, false, ""));
    add("a hundred thousand points", timePlot(curve(100'000, 1, std::chrono::minutes(1)), PlotUnit::Percent, true, ""));
    add("flat", timePlot(curve(20, 0, std::chrono::hours(24)), PlotUnit::Percent, true, ""));
    add("one value", distributionPlot(std::vector<double>{3}, ""));
    add("both signs", distributionPlot(std::vector<double>{-250, -3, 5, 8, 8, 1000, market::unknown}, ""));
    add("bars", barPlot(std::vector<PlotBar>{{"delta", -3}, {"a & b", 5}, {"nothing", market::unknown}}, ""));
}

void ReportTest::plotsAreWellFormed()
{
    QFETCH(QString, plot);
    QXmlStreamReader reader(plot);
    int shapes = 0;
    static const QRegularExpression numbers(QStringLiteral("-?\\d+(\\.\\d+)?"));
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        const bool isShape = reader.name() == QLatin1String("path") || reader.name() == QLatin1String("rect");
        shapes += isShape ? 1 : 0;
        if (reader.name() != QLatin1String("text") && !isShape)
            continue;
        QVERIFY(!reader.attributes().value(QLatin1String("d")).contains(QLatin1String("nan")));
        // Within the paper.
        QVERIFY(reader.attributes().value(QLatin1String("x")).toDouble() >= 0);
        QVERIFY(reader.attributes().value(QLatin1String("x")).toDouble() <= 900);
        QVERIFY(reader.attributes().value(QLatin1String("y")).toDouble() >= 0);
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(shapes > 0);
    QVERIFY2(plot.size() < 80'000, qPrintable(QString::number(plot.size())));
}

void ReportTest::stepsAreRound_data()
{
    QTest::addColumn<double>("range");
    QTest::addColumn<double>("step");
    QTest::newRow("ten") << 50.0 << 10.0;
    QTest::newRow("two") << 7.0 << 2.0;
    QTest::newRow("half") << 2.4 << 0.5;
    QTest::newRow("large") << 130'000.0 << 50'000.0;
    QTest::newRow("small") << 0.0042 << 0.001;
}

void ReportTest::stepsAreRound()
{
    QFETCH(double, range);
    QFETCH(double, step);
    QVERIFY2(near(roundStep(range, 5), step, 1e-9 * step), qPrintable(QString::number(roundStep(range, 5))));
}

void ReportTest::dollarsAreReadable()
{
    QCOMPARE(dollarText(1234567.891), std::string("$1,234,567.89"));
    QCOMPARE(dollarText(-1000, 0), std::string("-$1,000"));
    QCOMPARE(dollarText(999.999), std::string("$1,000.00"));
    QCOMPARE(dollarText(-0.001), std::string("$0.00"));
    QCOMPARE(dollarText(market::unknown), std::string("not known"));
}

QTEST_GUILESS_MAIN(ReportTest)
#include "report_test.moc"

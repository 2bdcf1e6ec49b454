#include "backtest/engine_runs.h"
#include "backtest/report/html_report.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::backtest;
using namespace vegadesk::tests;
using portfolio::ProfitSource;

namespace
{

/// The cells of the first table after `words`, row by row.
QList<QStringList> tableAfter(const QString& page, const QString& words)
{
    const qsizetype from = page.indexOf(QStringLiteral("<tbody>"), page.indexOf(words));
    const QString body = page.mid(from, page.indexOf(QStringLiteral("</tbody>"), from) - from);
    static const QRegularExpression cell(QStringLiteral("<td[^>]*>(.*?)</td>"));
    QList<QStringList> rows;
    for (const QString& row : body.split(QStringLiteral("</tr>"))) {
        QStringList cells;
        for (auto match = cell.globalMatch(row); match.hasNext();)
            cells << match.next().captured(1);
        if (!cells.isEmpty())
            rows << cells;
    }
    return rows;
}

base::Decimal dollars(QString text)
{
    const auto amount = base::Decimal::parse(text.remove(u'$').remove(u',').toStdString());
    if (!amount)
        qFatal("no amount: %s", qPrintable(text));
    return *amount;
}

/// Every column adds up to the last row, but for the rounding of each line.
void checkColumns(const QList<QStringList>& rows, double perLine)
{
    QVERIFY(rows.size() >= 2);
    for (qsizetype column = 1; column < rows.last().size(); ++column) {
        base::Decimal sum;
        for (qsizetype row = 0; row + 1 < rows.size(); ++row) {
            QCOMPARE(rows[row].size(), rows.last().size());
            sum += dollars(rows[row][column]);
        }
        const double away = std::abs((sum - dollars(rows.last()[column])).toDouble());
        QVERIFY2(away <= perLine * static_cast<double>(rows.size()), qPrintable(rows.last().join(u'|')));
    }
}

/// The same trades again and again, so that there are `count` of each.
Report repeated(const Report& report, std::size_t count)
{
    Report out = report;
    out.trades.clear();
    out.hedgeLedgers.clear();
    out.attribution.trades.clear();
    out.attribution.total = out.attribution.other;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t from = i % report.trades.size();
        out.trades.push_back(report.trades[from]);
        out.attribution.trades.push_back(report.attribution.trades[from]);
        out.attribution.total += report.attribution.trades[from].parts;
        if (!report.hedgeLedgers.empty())
            out.hedgeLedgers.push_back(report.hedgeLedgers[from]);
    }
    return out;
}

/// Gamma scalping that is always in, hedged each day.
Report scalped()
{
    Config config = configFor("gamma_scalping", {{"entry", "always"}, {"hedge", "fixed_time"}, {"quiet_minutes", "0"}});
    config.withSensitivity = config.withBootstrap = false;
    return runOver(config, january, base::makeDate(2023, 4, 28));
}

} // namespace

/// The page's tables of many trades: short, and still adding up.
class ReportTablesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAttributionOfThePageAddsUp_data();
    void theAttributionOfThePageAddsUp();
    void theHedgeLedgersOfThePageTie_data();
    void theHedgeLedgersOfThePageTie();
    void hedgesOfAPageAreCounted();

private:
    Report m_condors = runOver(configFor("iron_condor"), january, base::makeDate(2023, 4, 28));
};

void ReportTablesTest::theAttributionOfThePageAddsUp_data()
{
    QTest::addColumn<int>("trades");
    QTest::addColumn<int>("lines"); // one by one, those in a sum, and the sum of all
    QTest::newRow("all") << 3 << 4;
    QTest::newRow("as many as are shown") << 25 << 26;
    QTest::newRow("more") << 60 << 27;
}

void ReportTablesTest::theAttributionOfThePageAddsUp()
{
    QFETCH(int, trades);
    QFETCH(int, lines);
    Report report = repeated(m_condors, static_cast<std::size_t>(trades));
    report.attribution.other = {};
    report.attribution.total = {};
    for (const TradeAttribution& trade : report.attribution.trades)
        report.attribution.total += trade.parts;
    const auto rowsOf = [](const Report& of) {
        return tableAfter(QString::fromStdString(htmlReport(of)), QStringLiteral("<th>trade</th>"));
    };
    const QList<QStringList> rows = rowsOf(report);
    QCOMPARE(rows.size(), lines);
    checkColumns(rows, 0);
    QCOMPARE(rows[rows.size() - 2][0].endsWith(QStringLiteral("smaller ones")), trades > 25);
    if (trades > 25)
        QCOMPARE(rows[rows.size() - 2][0], QStringLiteral("35 smaller ones"));
    QCOMPARE(dollars(rows.last().last()).toString(), report.attribution.total.total().toString());
    report.attribution.other[ProfitSource::Settlements] = base::Decimal::fromInteger(7);
    report.attribution.total += report.attribution.other;
    const QList<QStringList> withOther = rowsOf(report);
    QCOMPARE(withOther.size(), lines + 1);
    checkColumns(withOther, 0);
}

void ReportTablesTest::theHedgeLedgersOfThePageTie_data()
{
    QTest::addColumn<int>("trades");
    QTest::newRow("few") << 2;
    QTest::newRow("more than are shown") << 40;
}

void ReportTablesTest::theHedgeLedgersOfThePageTie()
{
    QFETCH(int, trades);
    const Report report = repeated(scalped(), static_cast<std::size_t>(trades));
    const QString page = QString::fromStdString(htmlReport(report));
    double bySheet = 0, residual = 0;
    for (const portfolio::HedgeLedger& ledger : report.hedgeLedgers) {
        bySheet += ledger.total().profit() - ledger.total().financing;
        residual += ledger.total().residual();
    }
    const QList<QStringList> books = tableAfter(page, QStringLiteral("<th>by the books</th>"));
    const QList<QStringList> reasons = tableAfter(page, QStringLiteral("<th>by the reasons</th>"));
    QCOMPARE(books.size(), std::min(trades, 26) + 1);
    QCOMPARE(reasons.size(), books.size());
    checkColumns(books, 0.01);
    checkColumns(reasons, 0.01);
    for (const QStringList& line : books)
        QVERIFY2(std::abs(dollars(line.last()).toDouble()) < 0.01, qPrintable(line.join(u'|'))); // both say the same
    QVERIFY(near(dollars(books.last()[5]).toDouble(), bySheet, 0.01));
    QVERIFY(near(dollars(reasons.last()[5]).toDouble(), residual, 0.01));
    QCOMPARE(page.contains(QStringLiteral("15 smaller ones")), trades == 40);
    QCOMPARE(page.count(QStringLiteral("<h3>Opened on ")), std::min(trades, 3));
    QVERIFY2(page.size() < 400'000, qPrintable(QString::number(page.size())));
    QVERIFY(!QString::fromStdString(htmlReport(m_condors)).contains(QStringLiteral("Hedge ledgers")));
}

/// However many hedges there were: what is not shown is in the profit of the rows that are.
void ReportTablesTest::hedgesOfAPageAreCounted()
{
    Report report = scalped();
    portfolio::HedgeLedger ledger("a trade", "SPY");
    portfolio::MarkedPosition shares;
    shares.symbol = shares.underlying = "SPY";
    shares.multiplier = 1;
    for (int step = 0; step < 300; ++step) {
        shares.mark = shares.spot = 500 + step % 7;
        const base::Instant at = report.equity.front().at + std::chrono::hours(step);
        ledger.mark(at, std::span(&shares, 1));
        portfolio::HedgeTrade hedge;
        hedge.traded = shares;
        hedge.price = shares.mark;
        hedge.event = portfolio::HedgeEvent::Hedge;
        hedge.traded.quantity = 1 + step % 50;
        ledger.trade(at, hedge);
    }
    report.hedgeLedgers = {ledger};
    report.trades[0].group = ledger.group();
    const QString page = QString::fromStdString(htmlReport(report));
    QVERIFY(page.contains(QStringLiteral("The 40 largest of 300 events")));
    const QList<QStringList> rows = tableAfter(page, QStringLiteral("<h3>Opened on "));
    QVERIFY(rows.size() == 41 || rows.size() == 42); // a last row where the trade goes on after the last one shown
    base::Decimal profit;
    for (qsizetype row = 0; row + 1 < rows.size(); ++row)
        profit += dollars(rows[row][7]);
    QVERIFY(near(profit.toDouble(), ledger.total().profit(), 0.005 * static_cast<double>(rows.size())));
    QVERIFY(near(dollars(rows.last()[1]).toDouble(), ledger.total().profit(), 0.005));
}

QTEST_GUILESS_MAIN(ReportTablesTest)
#include "report_tables_test.moc"

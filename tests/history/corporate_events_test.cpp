#include "history/event_table.h"
#include "history/simulated_chains.h"

#include "market/calendar.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace vegadesk;
using namespace vegadesk::history;
using namespace vegadesk::tests;
using namespace std::chrono_literals;
using base::Date;
using base::makeDate;
using market::Right;

namespace
{

constexpr std::uint64_t usualSeed = 11;

/// The market as the venue shows it.
struct WholeMarket : MarketGenerator {
    explicit WholeMarket(std::uint64_t which = usualSeed)
        : MarketGenerator(which, pricing::EarlyExercise::AsListed, CorporateEvents::Scheduled)
    {
    }
};

double fair(MarketGenerator& market, const char* symbol, Date expiry, Right right, double strike, base::Instant at)
{
    const market::OptionTerms terms{symbol, expiry, right, base::Decimal::fromDouble(strike).value()};
    return market.option(name(symbol), terms, market::Settlement::PM, at).greeks.price;
}

double volatility(MarketGenerator& market, const char* symbol, Date expiry, double strike, base::Instant at)
{
    const market::OptionTerms terms{symbol, expiry, Right::Call, base::Decimal::fromDouble(strike).value()};
    return market.option(name(symbol), terms, market::Settlement::PM, at).greeks.volatility;
}

/// The first report of a name after `date`.
CompanyReport reportAfter(MarketGenerator& market, const char* symbol, Date date)
{
    return between(market.path().agenda(name(symbol)).reports, &CompanyReport::date, date, makeDate(2090, 1, 1))
        .front();
}

CashPayment paymentAfter(MarketGenerator& market, const char* symbol, Date date)
{
    return between(market.path().agenda(name(symbol)).payments, &CashPayment::exDate, date, makeDate(2090, 1, 1))
        .front();
}

} // namespace

class CorporateEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsChangeWhatAContractDelivers()
    {
        using enum CorporateActionKind;
        const auto after = [](CorporateActionKind kind, int newShares, int oldShares, const char* cash) {
            return adjusted({}, {kind, {}, {}, newShares, oldShares, base::Decimal::parse(cash).value()});
        };
        const base::Decimal none;
        const Deliverable apple{100, none, 1.0 / 7, 7}; // 7 for 1, June 2014
        QVERIFY(after(Split, 7, 1, "0") == apple);
        const Deliverable half{150, none, 1, 1};
        QVERIFY(after(Split, 3, 2, "0") == half);
        const Deliverable reverse{12, none, 1, 1}; // 12.5: the half is paid in cash
        QVERIFY(after(Split, 1, 8, "0") == reverse);
        const Deliverable special{100, base::Decimal::fromInteger(300), 1, 1};
        QVERIFY(after(SpecialDividend, 1, 1, "3") == special);
        const Deliverable bought{0, base::Decimal::fromInteger(5420), 1, 1};
        QVERIFY(after(Merger, 1, 1, "54.20") == bought);
        for (const CorporateActionKind kind : {Merger, SpinOff, SymbolChange, Delisting})
            QVERIFY(!after(kind, 1, 1, "0"));
        QCOMPARE(describe({Split, {}, {}, 3, 2, {}}),
                 std::string("3-for-2 split: each contract delivers 150 shares and 0.00 dollars at its old strike"));
        QCOMPARE(describe({SpinOff, {}, {}, 1, 1, {}}),
                 std::string("spin-off: only the exchange's memo says what a contract becomes"));
    }

    void eventsAreReadFromATable_data()
    {
        QTest::addColumn<QByteArray>("line"); // after the header, beside a good one
        QTest::addColumn<QString>("message"); // empty: it is read
        const auto row = [](const char* name, const char* line, const char* message) {
            QTest::newRow(name) << QByteArray(line) << QString::fromUtf8(message);
        };
        row("another name's", "MSFT,nonsense,,,,,,", "");
        row("kind", "AAPL,rumour,2014-05-01,2014-05-08,,,,",
            "is not allowed: dividend, report, split, special dividend");
        row("a report before its announcement", "AAPL,report,2014-05-09,2014-05-08,,,,",
            "is not allowed: not after the date that it is of");
        row("late", "AAPL,split,2014-06-10,2014-06-09,,,7,1", "is not allowed: not after the date that it is of");
        row("no shares", "AAPL,split,2014-04-23,2014-06-09,,,,1", "new_shares");
        row("none", "AAPL,split,2014-04-23,2014-06-09,,,0,1", "1 to 10000");
        row("no amount", "AAPL,dividend,2014-04-23,2014-05-08,2014-05-15,0,,", "an amount above 0");
        row("no day to pay on", "AAPL,dividend,2014-04-23,2014-05-08,,3.29,,", "pay_date");
        row("paid before", "AAPL,dividend,2014-04-23,2014-05-08,2014-05-07,3.29,,", "not before the ex-date");
    }

    void eventsAreReadFromATable()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, message);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("events.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("underlying,kind,announced,effective,pay_date,amount,new_shares,old_shares\n"
                   "AAPL,split,2014-04-23,2014-06-09,,,7,1\n"
                   "AAPL,report,2014-06-26,2014-07-22,,,,\n"
                   "AAPL,report,2014-04-01,2014-04-23,,,,\n"
                   "AAPL,dividend,2014-04-23,2014-05-08,2014-05-15,3.29,,\n");
        file.write(line + "\n");
        file.close();
        const auto table = readEventTable(file.fileName().toStdString(), "AAPL");
        if (!message.isEmpty()) {
            QVERIFY(!table);
            const QString said = QString::fromStdString(table.error().message());
            QVERIFY2(said.contains(message) && said.contains(QStringLiteral("events.csv")), qPrintable(said));
            return;
        }
        QVERIFY(table);
        QCOMPARE(table->payments.size(), std::size_t(1));
        QCOMPARE(table->payments[0].amount, base::Decimal::parse("3.29").value());
        QVERIFY(table->payments[0].announced == makeDate(2014, 4, 23) &&
                table->payments[0].exDate == makeDate(2014, 5, 8));
        QCOMPARE(table->reports.size(), std::size_t(2)); // in the order of their days
        QVERIFY(table->reports[0].date == makeDate(2014, 4, 23) && table->reports[1].date == makeDate(2014, 7, 22));
        QVERIFY(table->reports[1].announced == makeDate(2014, 6, 26));
        QCOMPARE(table->actions.size(), std::size_t(1));
        QCOMPARE(table->actions[0].newShares, 7);
    }

    void whatATableLacksStaysTheSources()
    {
        const auto paying = [] {
            return GeneratedChainSource::make("KO", makeDate(2023, 1, 3), makeDate(2023, 1, 4), usualSeed, 1,
                                              CorporateEvents::Scheduled)
                .value();
        };
        EventTable reports;
        reports.reports.push_back({makeDate(2023, 1, 20), makeDate(2022, 12, 1)});
        const SourceWithEvents source(paying(), reports);
        QCOMPARE(source.reports().size(), std::size_t(1));
        QCOMPARE(source.payments().size(), paying()->payments().size());
        const SourceWithEvents bare(paying(), {});
        QVERIFY(bare.reports().size() > 100);
    }

    void agendasAreQuarterly()
    {
        for (const SimulatedUnderlying& one : simulatedUniverse()) {
            const Agenda agenda = makeAgenda(one);
            const Date from = makeDate(2020, 12, 31), to = makeDate(2025, 12, 31);
            const auto payments = between(agenda.payments, &CashPayment::exDate, from, to);
            const auto reports = between(agenda.reports, &CompanyReport::quarterEnd, from, to);
            QCOMPARE(payments.size(), std::size_t{one.dividendYield > 0 && !one.isIndex() ? 20U : 0U});
            QCOMPARE(reports.size(), std::size_t{one.isCompany ? 20U : 0U});
            double paid = 0;
            for (const CashPayment& payment : payments) {
                QVERIFY(market::isTradingDay(payment.exDate) && market::isTradingDay(payment.payDate));
                QVERIFY(payment.payDate > payment.exDate && payment.amount.isMultipleOf(base::Decimal::cent()));
                paid += payment.amount.toDouble() / std::exp(logTrend(one, payment.exDate)) / 5;
            }
            if (!payments.empty()) // to half a cent of each
                QVERIFY2(std::abs(paid - one.dividendYield) < 4 * 0.0051 / one.anchorPrice * 3, one.symbol.c_str());
            for (const CompanyReport& report : reports) {
                QVERIFY(market::isTradingDay(report.date) && market::isTradingDay(report.reaction));
                QVERIFY(report.reaction == (report.isBeforeOpen ? report.date : market::nextTradingDay(report.date)));
                QVERIFY(report.date - report.quarterEnd >= std::chrono::days(14) &&
                        report.date - report.quarterEnd <= std::chrono::days(50));
            }
        }
    }

    void pricesOpenWithoutTheDividend_data()
    {
        QTest::addColumn<QByteArray>("symbol");
        for (const char* symbol : {"SPY", "IWM", "QQQ"}) // without reports nothing else is between both markets
            QTest::newRow(symbol) << QByteArray(symbol);
    }

    void pricesOpenWithoutTheDividend()
    {
        QFETCH(QByteArray, symbol);
        WholeMarket whole;
        MarketGenerator plain(usualSeed);
        const SimulatedUnderlying& fund = name(symbol.constData());
        for (const CashPayment& payment : between(whole.path().agenda(fund).payments, &CashPayment::exDate,
                                                  makeDate(2019, 1, 1), makeDate(2026, 1, 1))) {
            const std::size_t day = plain.path().dayOnOrBefore(payment.exDate);
            QCOMPARE(whole.path().dayOnOrBefore(payment.exDate), day);
            const double eve = whole.path().close(fund, day - 1), amount = payment.amount.toDouble();
            QCOMPARE(eve, plain.path().close(fund, day - 1)); // grown back by then
            const double expected = plain.path().open(fund, day) * (eve - amount) / eve;
            QVERIFY(std::abs(whole.path().open(fund, day) - expected) < 0.02); // it has begun to grow back
            // The bars tell the same: as traded, not adjusted.
            const auto bars = whole.dailyCandles(fund, payment.exDate, payment.exDate);
            QCOMPARE(bars.front().open, whole.path().open(fund, day));
        }
    }

    void reportsMoveThePriceAsMuchAsOptionsSay()
    {
        double squares = 0, count = 0;
        for (std::uint64_t which = 1; which <= 6; ++which) {
            WholeMarket whole(which);
            MarketGenerator plain(which);
            const SimulatedUnderlying& company = name("AMZN"); // it pays no dividend
            for (const CompanyReport& report : between(whole.path().agenda(company).reports, &CompanyReport::reaction,
                                                       makeDate(2016, 1, 1), makeDate(2026, 1, 1))) {
                const std::size_t day = plain.path().dayOnOrBefore(report.reaction);
                const auto gap = [&](PricePath& path) {
                    return std::log(path.open(company, day) / path.close(company, day - 1));
                };
                const double move = gap(whole.path()) - gap(plain.path());
                squares += move * move;
                ++count;
                const double seen = move / reportDeviation(company);
                QVERIFY2(std::abs(seen - whole.path().surprise(company, report)) < 0.06,
                         base::formatDate(report.reaction).c_str());
            }
        }
        QCOMPARE(count, 240.0);
        QVERIFY(std::abs(std::sqrt(squares / count) / reportDeviation(name("AMZN")) - 1) < 0.12);
    }

    void volatilityRisesBeforeAReportAndFallsAfter_data()
    {
        QTest::addColumn<QByteArray>("symbol");
        for (const char* symbol : {"AAPL", "NVDA", "KO", "JPM"})
            QTest::newRow(symbol) << QByteArray(symbol);
    }

    void volatilityRisesBeforeAReportAndFallsAfter()
    {
        QFETCH(QByteArray, symbol);
        WholeMarket market;
        const CompanyReport report = reportAfter(market, symbol.constData(), makeDate(2025, 4, 2));
        const Date before = market::previousTradingDay(report.reaction);
        const base::Instant eve = market::sessionOn(before)->close - 5min;
        const base::Instant after = market::sessionOn(report.reaction)->open + 5min;
        const SimulatedUnderlying& company = name(symbol.constData());
        Date friday = report.reaction + std::chrono::days(4);
        const double near = volatility(market, symbol.constData(), friday, std::round(market.spot(company, eve)), eve);
        const double far = volatility(market, symbol.constData(), friday + std::chrono::days(90),
                                      std::round(market.spot(company, eve)), eve);
        const double fallen =
            volatility(market, symbol.constData(), friday, std::round(market.spot(company, after)), after);
        QVERIFY2(near > 1.15 * far && near > 1.05 * fallen,
                 qPrintable(QString("%1 %2 %3").arg(near).arg(far).arg(fallen)));
        // What ends before the news does not know of it.
        const base::Instant days =
            market::sessionOn(before - std::chrono::days(7))
                ? market::sessionOn(before - std::chrono::days(7))->open + 1h
                : market::sessionOn(market::previousTradingDay(before - std::chrono::days(7)))->open + 1h;
        const double strike = std::round(market.spot(company, days));
        QVERIFY(volatility(market, symbol.constData(), report.reaction, strike, days) >
                1.1 * volatility(market, symbol.constData(), before, strike, days));
    }

    void noStaticArbitrage_data()
    {
        QTest::addColumn<QByteArray>("symbol");
        QTest::addColumn<int>("daysBefore"); // the next ex-date (or, where it pays nothing, report)
        for (const char* symbol : {"KO", "PFE", "CVX", "SPY", "AAPL", "AMZN"}) {
            for (const int days : {0, 1, 12})
                QTest::addRow("%s %d", symbol, days) << QByteArray(symbol) << days;
        }
    }

    /// Of American options: each side falls (rises) with the strike by no more than the strike, is convex in it, worth at least
    /// its intrinsic value, and no later expiry is worth less by what a tick could show.
    void noStaticArbitrage()
    {
        QFETCH(QByteArray, symbol);
        QFETCH(int, daysBefore);
        WholeMarket market;
        const SimulatedUnderlying& one = name(symbol.constData());
        const Date event = one.dividendYield > 0
                               ? paymentAfter(market, symbol.constData(), makeDate(2025, 2, 1)).exDate
                               : reportAfter(market, symbol.constData(), makeDate(2025, 2, 1)).reaction;
        Date day = event;
        for (int i = 0; i < daysBefore; ++i)
            day = market::previousTradingDay(day);
        const base::Instant at = market::sessionOn(day)->close - 10min;
        const double spot = market.spot(one, at);
        const double step = std::round(25 * spot) / 1000;
        std::vector<Date> expiries;
        for (const ListedExpiration& listed : listedExpirations(one, day)) {
            if (listed.expiresAt > at && listed.date - day < std::chrono::days(300))
                expiries.push_back(listed.date);
        }
        QVERIFY(expiries.size() > 6);
        for (const Right right : {Right::Call, Right::Put}) {
            const double sign = right == Right::Call ? 1 : -1;
            std::map<int, double> earlier;
            for (const Date expiry : expiries) {
                std::vector<double> prices;
                for (int i = 28; i <= 52; ++i) {
                    const double strike = step * i;
                    const double price = fair(market, symbol.constData(), expiry, right, strike, at);
                    const auto where = QString("%1 %2 %3: %4")
                                           .arg(QString::fromStdString(base::formatDate(expiry)))
                                           .arg(strike)
                                           .arg(int(sign))
                                           .arg(price);
                    QVERIFY2(price >= sign * (spot - strike) - 1e-9 && price > 0, qPrintable(where));
                    QVERIFY2(price >= earlier[i] - 0.005, qPrintable(where + QString(" before %1").arg(earlier[i])));
                    earlier[i] = price;
                    prices.push_back(price);
                    const std::size_t n = prices.size();
                    if (n < 2)
                        continue;
                    const double slope = sign * (prices[n - 2] - prices[n - 1]);
                    QVERIFY2(slope >= -1e-6 * spot && slope <= step * (1 + 1e-3), qPrintable(where));
                    if (n > 2)
                        QVERIFY2(prices[n - 3] + prices[n - 1] - 2 * prices[n - 2] >= -1e-5 * spot, qPrintable(where));
                }
            }
        }
    }

    /// European parity across an ex-date: the forward is the spot less what is paid, carried on.
    void forwardsKnowTheDividend()
    {
        WholeMarket market;
        const CashPayment payment = paymentAfter(market, "KO", makeDate(2025, 2, 1));
        const Date eve = market::previousTradingDay(payment.exDate);
        const base::Instant at = market::sessionOn(eve)->open + 2h;
        const double spot = market.spot(name("KO"), at);
        const double strike = std::round(spot);
        const auto gap = [&](Date expiry) {
            return fair(market, "KO", expiry, Right::Call, strike, at) -
                   fair(market, "KO", expiry, Right::Put, strike, at) - spot + strike;
        };
        const double without = gap(eve), with = gap(payment.exDate);
        QVERIFY(std::abs(without) < 0.01);
        // The call may be exercised on the eve, so it keeps a part of what the forward loses.
        QVERIFY2(with < -0.4 * payment.amount.toDouble() && with > -1.05 * payment.amount.toDouble(),
                 qPrintable(QString::number(with)));
    }

    /// On the eve of an ex-date a call deep in the money is worth what exercise gives; a day before it is worth more.
    void callsAreWorthExercisingOnTheEve()
    {
        WholeMarket market;
        const CashPayment payment = paymentAfter(market, "CVX", makeDate(2025, 2, 1));
        const Date eve = market::previousTradingDay(payment.exDate);
        const base::Instant close = market::sessionOn(eve)->close;
        const double spot = market.spot(name("CVX"), close), strike = std::round(0.8 * spot);
        const Date expiry = payment.exDate + std::chrono::days(14);
        QVERIFY(std::abs(fair(market, "CVX", expiry, Right::Call, strike, close) - (spot - strike)) < 1e-9);
        const base::Instant earlier = market::sessionOn(market::previousTradingDay(eve))->close;
        QVERIFY(fair(market, "CVX", expiry, Right::Call, strike, earlier) > market.spot(name("CVX"), earlier) - strike);
        const base::Instant after = market::sessionOn(payment.exDate)->open + 1min;
        QVERIFY(fair(market, "CVX", expiry, Right::Call, strike, after) > market.spot(name("CVX"), after) - strike);
    }
};

QTEST_GUILESS_MAIN(CorporateEventsTest)
#include "corporate_events_test.moc"

#include "desk/backtest_details.h"
#include "desk/backtest_runner.h"
#include "desk/backtest_view.h"
#include "desk/chain_recording.h"
#include "history/market_generator.h"
#include "strategies/rules/rules_file.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

using namespace vegadesk;
using desk::BacktestReport;
using desk::TradeMoment;

namespace
{

constexpr int patienceMs = 60'000;
using Picture = std::shared_ptr<const desk::TradePicture>;

desk::BacktestRequest condors()
{
    desk::BacktestRequest request;
    request.strategy = "iron_condor";
    request.start = base::makeDate(2023, 1, 3);
    request.end = base::makeDate(2023, 6, 30);
    return request;
}

std::shared_ptr<const BacktestReport> ran(const desk::BacktestRequest& request)
{
    return std::make_shared<const BacktestReport>(desk::runBacktest(request, {}, [](double) {}));
}

} // namespace

class BacktestDetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_report = ran(condors());
        QVERIFY2(m_report->failure.empty(), m_report->failure.c_str());
        QVERIFY(!m_report->trades.empty());
        QVERIFY(!m_report->trades.front().isOpen);
    }

    void aTradeIsSeenAsItWas_data()
    {
        QTest::addColumn<bool>("isExit");
        QTest::newRow("entry") << false;
        QTest::newRow("exit") << true;
    }

    void aTradeIsSeenAsItWas()
    {
        QFETCH(bool, isExit);
        const desk::BacktestTrade& trade = m_report->trades.front();
        const desk::BacktestBook& book = isExit ? trade.exit : trade.entry;
        const Picture picture = read(m_report, 0, isExit ? TradeMoment::Exit : TradeMoment::Entry);
        QVERIFY2(picture && picture->failure.empty(), picture ? picture->failure.c_str() : "no answer");
        QCOMPARE(picture->at, isExit ? trade.closed : trade.opened);
        QCOMPARE(picture->legs.size(), std::size_t(4));
        QCOMPARE(picture->expiries.size(), std::size_t(1));
        double mids = 0;
        for (const desk::TradePicture::Leg& leg : picture->legs) {
            QVERIFY(leg.bid <= leg.ask);
            QVERIFY(leg.iv > 0.02 && leg.iv < 2);
            const bool isCall = leg.held.option->right == market::Right::Call;
            QCOMPARE(leg.delta > 0, isCall);
            mids += leg.held.quantity.toDouble() * leg.held.multiplier * (leg.bid + leg.ask) / 2;
            // Its strike is in the chain, with what was held of it beside it.
            const auto& rows = picture->expiries.front().rows;
            const auto row = std::ranges::find(rows, leg.held.option->strike.toDouble(), &desk::ChainRow::strike);
            QVERIFY(row != rows.end());
            const desk::ChainCell& cell = isCall ? row->call : row->put;
            QCOMPARE(cell.symbol, leg.held.symbol);
            QCOMPARE(cell.position, leg.held.quantity.whole());
            QCOMPARE(cell.bid, leg.bid);
            if (!isExit) // it was sold at the bid or bought at the ask, and a little worse
                QVERIFY(leg.held.quantity < 0 ? leg.held.price <= leg.bid : leg.held.price >= leg.ask);
        }
        QVERIFY(std::ranges::is_sorted(picture->expiries.front().rows, {}, &desk::ChainRow::strike));

        // A condor sold for a credit: all of that at best, and what it makes on that day at that price is its worth less the cost.
        QVERIFY(book.cost < 0);
        QVERIFY(std::abs(picture->payoff.maxProfit + book.cost) < 1e-6);
        QVERIFY(std::isfinite(picture->payoff.maxLoss) && picture->payoff.maxLoss > 0);
        QCOMPARE(picture->payoff.breakEvens.size(), std::size_t(2));
        const std::vector<double>& spots = picture->payoff.spots;
        const auto place =
            static_cast<std::size_t>(std::ranges::lower_bound(spots, picture->payoff.spot) - spots.begin());
        QVERIFY(place > 0 && place < spots.size());
        const double share = (picture->payoff.spot - spots[place - 1]) / (spots[place] - spots[place - 1]);
        const double now = picture->payoff.today[place - 1] +
                           share * (picture->payoff.today[place] - picture->payoff.today[place - 1]);
        QVERIFY2(std::abs(now - (mids - book.cost)) < 0.02 * std::abs(mids) + 5,
                 qPrintable(QStringLiteral("%1 against %2").arg(now).arg(mids - book.cost)));
        if (isExit) // the last fills cross the spreads and pay fees: they make less of it than the mids say
            QVERIFY(trade.profit <= mids - book.cost);
    }

    /// Each leg has the quotes of its own underlying, and what hangs on several prices has no payoff over one.
    void aTradeInSeveralUnderlyingsIsSeenToo()
    {
        desk::BacktestRequest request;
        request.strategy = "dispersion";
        request.capital = 2'000'000;
        request.start = base::makeDate(2023, 3, 1);
        request.end = base::makeDate(2023, 3, 6);
        request.parameters = {{"entry", 1}, {"min_open_interest", 0}, {"hedge", 0}, {"hedge_hours", 1}};
        const auto report = ran(request);
        QVERIFY2(report->failure.empty(), report->failure.c_str());
        QVERIFY(!report->trades.empty());
        const Picture picture = read(report, 0, TradeMoment::Exit);
        QVERIFY2(picture && picture->failure.empty(), picture ? picture->failure.c_str() : "no answer");
        std::set<std::string> options, shares;
        for (const desk::TradePicture::Leg& leg : picture->legs) {
            QVERIFY2(leg.bid <= leg.ask, leg.held.symbol.c_str());
            (leg.held.option ? options : shares).insert(leg.held.option ? leg.held.option->root : leg.held.symbol);
            if (leg.held.option)
                QVERIFY(leg.iv > 0.02 && leg.iv < 3);
            else if (leg.held.symbol != "SPY")
                QVERIFY(std::abs(leg.bid / picture->payoff.spot - 1) > 0.01); // no other's price
        }
        QVERIFY(options.contains("SPY") && options.size() > 4);
        QVERIFY(!shares.empty());
        QVERIFY(picture->isSeveral && picture->payoff.spots.empty());
    }

    /// At the close there are no quotes: those of a quarter of an hour before it are shown.
    void whatSettledIsSeenBefore()
    {
        const auto report = std::make_shared<BacktestReport>(*m_report);
        report->trades.front().exit.at += std::chrono::minutes(15);
        const Picture picture = read(report, 0, TradeMoment::Exit);
        QVERIFY2(picture && picture->failure.empty(), picture ? picture->failure.c_str() : "no answer");
        QCOMPARE(picture->at, report->trades.front().closed);
        QCOMPARE(picture->legs.size(), std::size_t(4));
    }

    /// A put is sold and assigned, its shares are sold: nobody ordered the assignment, and it is the trade's all the same.
    void aSettlementIsOfItsTrade()
    {
        const auto at = [](int minutes) { return m_opened + std::chrono::minutes(minutes); };
        const auto order = [&](const char* group, const char* origin, bool isExternal,
                               std::vector<portfolio::Fill> fills) {
            execution::Order made;
            made.intent.group = group;
            made.intent.origin = origin;
            made.intent.underlying = "SPY";
            made.isExternal = isExternal;
            made.fills = std::move(fills);
            return made;
        };
        const std::string put = "SPY   230120P00400000";
        const auto fill = [&](const char* id, const std::string& symbol, portfolio::Action action, int quantity,
                              int price, int minutes) {
            return portfolio::Fill{id, id, symbol, action, quantity, base::Decimal::fromInteger(price), at(minutes)};
        };
        using portfolio::Action;
        backtest::Report report(backtest::configure("cash_secured_put").value());
        report.orders = {
            order("one", "strategy", false, {fill("1", put, Action::SellToOpen, 2, 5, 0)}),
            order("other", "strategy", false, {fill("2", put, Action::SellToOpen, 7, 5, 0)}),
            order("", "settlement", true,
                  {fill("3", put, Action::BuyToClose, 2, 0, 10), fill("4", "SPY", Action::BuyToOpen, 200, 400, 10)}),
            order("one", "strategy", false, {fill("5", "SPY", Action::SellToClose, 200, 390, 20)}),
            order("", "settlement", true, {fill("6", put, Action::BuyToClose, 7, 0, 30)}), // after it
        };
        desk::BacktestTrade trade;
        trade.group = "one";
        trade.opened = at(0);
        trade.closed = at(20);
        desk::addBooks(trade, report);
        QCOMPARE(trade.entry.legs.size(), std::size_t(1));
        QCOMPARE(trade.entry.legs.front().quantity, base::Quantity(-2));
        QCOMPARE(trade.entry.legs.front().price, 5.0);
        QCOMPARE(trade.entry.legs.front().multiplier, 100);
        QVERIFY(std::abs(trade.entry.cost + 1000) < 10); // the premium, less fees
        QCOMPARE(trade.exit.legs.size(), std::size_t(1));
        QVERIFY(!trade.exit.legs.front().option);
        QCOMPARE(trade.exit.legs.front().quantity, base::Quantity(200));
        QVERIFY(std::abs(trade.exit.cost - 79'000) < 10);
        QCOMPARE(trade.exit.at, at(20));
    }

    void hedgesAreInTheBook()
    {
        desk::BacktestRequest request = condors();
        request.strategy = "gamma_scalping";
        request.tolerance = risk::Tolerance::High;
        request.capital = 1'000'000;
        const auto report = ran(request);
        QVERIFY(!report->trades.empty());
        const desk::BacktestTrade& trade = report->trades.front();
        QCOMPARE(trade.exit.legs.size(), std::size_t(3)); // a straddle and its shares
        QVERIFY(!trade.exit.legs.back().option);
        QCOMPARE(trade.exit.legs.back().multiplier, 1);
        const Picture picture = read(report, 0, TradeMoment::Exit);
        QVERIFY2(picture && picture->failure.empty(), picture ? picture->failure.c_str() : "no answer");
        QCOMPARE(picture->legs.back().delta, 1.0);
        QVERIFY(picture->payoff.spots.size() > 1);
    }

    void dataThatAreGoneAreSaid()
    {
        QTemporaryDir folder;
        const base::Date day = base::makeDate(2023, 1, 10);
        const auto market = history::GeneratedChainSource::make("SPY", day, day + std::chrono::days(3), 1, 2).value();
        {
            desk::ChainRecording recording(folder.path().toStdString(), base::Nanos{0});
            market::OptionChain chain;
            while (market->next(chain).value()) {
                desk::ChainSnapshot snapshot;
                snapshot.at = chain.at;
                snapshot.chain = std::make_shared<const market::OptionChain>(chain);
                recording.take(std::make_shared<const desk::ChainSnapshot>(snapshot));
            }
        }
        desk::BacktestRequest request = condors();
        request.start = request.end = {};
        request.parameters = {{"min_credit", 0}};
        request.dataFolder = folder.path().toStdString();
        const auto report = ran(request);
        QVERIFY2(report->failure.empty(), report->failure.c_str());
        QVERIFY(!report->trades.empty());
        QVERIFY(report->trades.front().isOpen);
        const Picture there = read(report, 0, TradeMoment::Exit);
        QVERIFY2(there && there->failure.empty(), there ? there->failure.c_str() : "no answer");
        QCOMPARE(there->at, report->times.back());
        QVERIFY(folder.remove());
        const Picture gone = read(report, 0, TradeMoment::Entry);
        QVERIFY(gone);
        QVERIFY2(gone->failure.find(request.dataFolder) != std::string::npos, gone->failure.c_str());
        QVERIFY(gone->legs.empty());
    }

    void whatIsForgottenHasNoAnswer()
    {
        desk::BacktestDetails details(m_folder.path());
        QSignalSpy read(&details, &desk::BacktestDetails::tradeRead);
        const quint64 first = details.readTrade(m_report, 0, TradeMoment::Entry);
        const quint64 second = details.readTrade(m_report, 0, TradeMoment::Exit);
        details.forget(first);
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, patienceMs);
        QCOMPARE(read.front().front().toULongLong(), second);
        const quint64 third = details.readTrade(m_report, 0, TradeMoment::Entry);
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 2, patienceMs);
        QCOMPARE(read.back().front().toULongLong(), third);
    }

    void runsThatWereCountedAreRead()
    {
        const QTemporaryDir folder;
        desk::BacktestDetails details(folder.path());
        QSignalSpy read(&details, &desk::BacktestDetails::trialsRead);
        details.readTrials(10);
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, patienceMs);
        QVERIFY(read.front().at(1).value<desk::TrialsView>().trials.empty());

        desk::BacktestRequest request = condors();
        request.end = base::makeDate(2023, 1, 20);
        const auto work = desk::BacktestRunner::countedIn(folder.path());
        const desk::BacktestReport first = work(request, {}, [](double) {});
        request.parameters = {{"short_delta", 0.2}};
        const desk::BacktestReport second = work(request, {}, [](double) {});
        details.readTrials(10);
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 2, patienceMs);
        const auto kept = read.back().at(1).value<desk::TrialsView>();
        QVERIFY2(kept.failure.empty(), kept.failure.c_str());
        QCOMPARE(kept.trials.size(), std::size_t(2));
        QCOMPARE(kept.trials[0].content, second.trial.content); // the newest first
        QCOMPARE(kept.trials[1].content, first.trial.content);
        QCOMPARE(kept.trials[0].settings, second.trial.settings);
        QCOMPARE(kept.trials[0].strategy, std::string("iron_condor"));
        QCOMPARE(kept.trials[0].underlying, std::string("SPY"));
        QCOMPARE(kept.trials[0].last, std::string("2023-01-20"));
        QCOMPARE(kept.trials[0].metrics.size(), second.metrics.size());

        const QTemporaryDir broken;
        QFile file(broken.filePath(QStringLiteral("trials.db")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no database, but words that are longer than a header");
        file.close();
        desk::BacktestDetails other(broken.path());
        QSignalSpy failed(&other, &desk::BacktestDetails::trialsRead);
        other.readTrials(10);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QVERIFY(!failed.front().at(1).value<desk::TrialsView>().failure.empty());
    }

    void reportsAreSaved_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("page") << static_cast<int>(desk::ReportFormat::Page) << QByteArray("</html>");
        QTest::newRow("json") << static_cast<int>(desk::ReportFormat::Json) << QByteArray("\"decision_hash\"");
        QTest::newRow("trades") << static_cast<int>(desk::ReportFormat::Trades) << QByteArray("group,title,opened");
    }

    void reportsAreSaved()
    {
        QFETCH(int, format);
        QFETCH(QByteArray, part);
        const QString name = m_folder.filePath(QStringLiteral("report %1").arg(format));
        const auto saved = save(m_report, static_cast<desk::ReportFormat>(format), name);
        QCOMPARE(saved.first, name);
        QCOMPARE(saved.second, QString());
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains(part));
        if (static_cast<desk::ReportFormat>(format) == desk::ReportFormat::Json) {
            const QJsonObject json = QJsonDocument::fromJson(text).object();
            QCOMPARE(json.value(QStringLiteral("trades")).toArray().size(),
                     static_cast<qsizetype>(m_report->trades.size()));
        }
    }

    void whereNothingCanBeWrittenIsSaid()
    {
        const QString name = m_folder.filePath(QStringLiteral("no such folder/report.html"));
        const auto saved = save(m_report, desk::ReportFormat::Page, name);
        QVERIFY2(saved.second.contains(name), qPrintable(saved.second));
        const auto nothing = save(std::make_shared<BacktestReport>(), desk::ReportFormat::Json,
                                  m_folder.filePath(QStringLiteral("nothing.json")));
        QVERIFY(!nothing.second.isEmpty());
        QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("nothing.json"))));
    }

    void rulesAreAStrategyOrTheirError()
    {
        desk::BacktestDetails details(m_folder.path());
        QSignalSpy opened(&details, &desk::BacktestDetails::rulesOpened);
        const QString sample = QStringLiteral(VEGADESK_SOURCE_DIR "/docs/samples/iron_condor.json");
        details.openRules(sample);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patienceMs);
        const auto good = opened.front().at(1).value<desk::OpenedRules>();
        QVERIFY2(good.failure.empty(), good.failure.c_str());
        QCOMPARE(good.option.name, "rules:" + sample.toStdString());
        QVERIFY(!good.option.title.empty() && !good.option.parameters.empty());

        QFile file(m_folder.filePath(QStringLiteral("bad.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"title": "mine", "unit": "x", "units": "xs", "flow": "sideways"})");
        file.close();
        details.openRules(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 2, patienceMs);
        const auto bad = opened.back().at(1).value<desk::OpenedRules>();
        const auto said = strategies::loadRules("rules:" + file.fileName().toStdString());
        QVERIFY(!said);
        QCOMPARE(bad.failure, said.error().message());
    }

private:
    Picture read(const std::shared_ptr<const BacktestReport>& report, std::size_t trade, TradeMoment moment)
    {
        desk::BacktestDetails details(m_folder.path());
        QSignalSpy read(&details, &desk::BacktestDetails::tradeRead);
        const quint64 question = details.readTrade(report, trade, moment);
        if (!QTest::qWaitFor([&] { return !read.isEmpty(); }, patienceMs) ||
            read.front().front().toULongLong() != question)
            return nullptr;
        return read.front().at(1).value<Picture>();
    }

    /// The file and what was said.
    std::pair<QString, QString> save(const std::shared_ptr<const BacktestReport>& report, desk::ReportFormat format,
                                     const QString& file)
    {
        desk::BacktestDetails details(m_folder.path());
        QSignalSpy saved(&details, &desk::BacktestDetails::saved);
        details.save(report, format, file);
        if (!QTest::qWaitFor([&] { return !saved.isEmpty(); }, patienceMs))
            return {};
        return {saved.front().at(1).toString(), saved.front().at(2).toString()};
    }

    static constexpr base::Instant m_opened{std::chrono::hours(24 * 365 * 53)};
    QTemporaryDir m_folder;
    std::shared_ptr<const BacktestReport> m_report;
};

QTEST_GUILESS_MAIN(BacktestDetailsTest)
#include "test_backtest_details.moc"

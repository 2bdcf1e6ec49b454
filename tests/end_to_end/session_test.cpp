#include "running_desk.h"

#include <QTest>

#include <csignal>
#include <set>

using namespace vegadesk;
using execution::OrderStatus;
using portfolio::Action;
using tests::limitOrder;
using tests::optionLeg;
using tests::RunningDesk;

namespace
{
constexpr int patienceMs = 120'000;
}

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChainStreamsAndAVerticalFills()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        const std::uint64_t version = running.desk().chain()->version;
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().chain()->version > version + 5, patienceMs);

        const desk::ChainRow bought = running.rowNear(1.01);
        const desk::ChainRow sold = running.rowNear(1.03);
        auto intent = limitOrder(
            "SPY", {optionLeg(bought.call.symbol, Action::BuyToOpen), optionLeg(sold.call.symbol, Action::SellToOpen)},
            1);
        const std::uint64_t staged = running.desk().stageTicket(intent);
        QTRY_VERIFY_WITH_TIMEOUT(
            running.desk().ticket()->request == staged && std::isfinite(running.desk().ticket()->natural), patienceMs);
        // Half of what the gate lets pass: the market may move either way until the order is there.
        intent = limitOrder("SPY", intent.legs, 1.05 * running.desk().ticket()->natural);
        const std::uint64_t restaged = running.desk().stageTicket(intent);
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().ticket()->request == restaged && running.desk().ticket()->isAllowed,
                                 patienceMs);

        const std::uint64_t asked = running.desk().requestDryRun(intent);
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().dryRun()->request == asked && running.desk().dryRun()->isDone,
                                 patienceMs);
        QVERIFY2(running.desk().dryRun()->result.has_value(), running.desk().dryRun()->failure.c_str());
        QVERIFY(running.desk().dryRun()->result->errors.empty());

        const auto isFilled = [&] { // at the price of the moment
            const double natural = running.desk().ticket()->natural;
            return std::isfinite(natural) && running.fills(limitOrder("SPY", intent.legs, 1.05 * natural));
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isFilled(), qPrintable(running.whatHappened()), patienceMs);
        // Of each leg the broker tells for itself.
        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf(bought.call.symbol), std::int64_t{1}, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf(sold.call.symbol), std::int64_t{-1}, patienceMs);
    }

    void theMarketStandsStillAndIsSetAhead()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain(), patienceMs);
        const auto status = [&running] { return *running.desk().status(); };
        running.desk().setMarketPaused(true);
        QTRY_VERIFY_WITH_TIMEOUT(status().isMarketPaused, patienceMs);
        const base::Instant still = status().marketTime;
        const std::uint64_t events = status().events;
        QTRY_VERIFY_WITH_TIMEOUT(status().events > events + 500, patienceMs); // the quotes are those of that moment
        QCOMPARE(status().marketTime, still);
        const base::Instant ahead = still + std::chrono::minutes(15);
        running.desk().setMarketTime(ahead);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(base::seconds(status().marketTime - ahead)) < 0.001, patienceMs);
        running.desk().setMarketTime(still); // the account is kept, and what happened to it stays
        QTRY_COMPARE_WITH_TIMEOUT(running.notices().filter(QStringLiteral("clock stays as it is")).size(), 1,
                                  patienceMs);
        running.desk().setMarketPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(!status().isMarketPaused && status().marketTime > ahead, patienceMs);
        const std::uint64_t version = running.desk().chain()->version;
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().chain()->version > version + 5, patienceMs);
    }

    /// What was held over a night that nobody saw pass: the day's profit is the rows', from the close that the broker names.
    void aDayThatWasJumpedToBeginsAtTheClose()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain() && running.hasAccount(), patienceMs);
        const base::Instant opening = running.desk().status()->opensAt;
        running.desk().setMarketTime(opening + std::chrono::minutes(30));
        const auto rowsDay = [&] {
            const auto view = running.desk().trading();
            double sum = view->groups.empty() ? std::nan("") : 0;
            for (const desk::PositionGroup& group : view->groups)
                sum += group.dayProfit;
            return sum;
        };
        constexpr double readApart = 100; // dollars: the broker marks at moments of its own
        const auto agrees = [&] {
            return running.desk().status()->marketTime > opening && running.hasStreamingChain() &&
                   running.hasAccount() && std::abs(running.desk().trading()->dayProfit - rowsDay()) < readApart;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(
            agrees(),
            qPrintable(QStringLiteral("%1, the rows %2").arg(running.desk().trading()->dayProfit).arg(rowsDay())),
            patienceMs);
        QVERIFY(running.desk().trading()->differences.empty());
    }

    void ourBuyingPowerIsTheBrokersWhileAnOrderWorks()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain() && running.hasAccount(), patienceMs);
        // A share that is cheap enough for an uncovered option to pass the limit of one trade.
        running.desk().showChain(QStringLiteral("KO"));
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().chain()->underlying == "KO" && running.hasStreamingChain(), patienceMs);
        // A put that nobody buys at that price; of a strangle only the dearer side takes margin.
        const desk::ChainRow below = running.rowNear(0.97), above = running.rowNear(1.03);
        QTRY_VERIFY_WITH_TIMEOUT(running.rowNear(0.97).put.bid > 0 && running.rowNear(1.03).call.bid > 0, patienceMs);
        const auto sale = [](const std::string& symbol, double credit) {
            return limitOrder("KO", {optionLeg(symbol, Action::SellToOpen)}, -std::round(20 * credit) / 20); // its tick
        };
        const auto resting = sale(below.put.symbol, running.rowNear(0.97).put.bid + 3);
        const std::uint64_t first = running.desk().stageTicket(resting);
        QTRY_VERIFY2_WITH_TIMEOUT(running.desk().ticket()->request == first && running.desk().ticket()->isAllowed,
                                  qPrintable(running.whatHappened()), patienceMs);
        running.desk().send(resting);
        const auto isWorking = [&] {
            const auto view = running.desk().trading();
            return !view->orders.empty() && view->orders.front().status == OrderStatus::Working;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWorking(), patienceMs);

        const auto staged = sale(above.call.symbol, running.rowNear(1.03).call.bid + 3);
        const std::uint64_t request = running.desk().stageTicket(staged);
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().ticket()->request == request, patienceMs);
        const std::uint64_t asked = running.desk().requestDryRun(staged);
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().dryRun()->request == asked && running.desk().dryRun()->isDone,
                                 patienceMs);
        QVERIFY2(running.desk().dryRun()->result.has_value(), running.desk().dryRun()->failure.c_str());
        const double brokers = running.desk().dryRun()->result->changeInBuyingPower.toDouble();
        constexpr double marketMoves = 50; // dollars between the two answers; without the put it is hundreds
        QTRY_VERIFY2_WITH_TIMEOUT(std::abs(running.desk().ticket()->buyingPowerEffect - brokers) < marketMoves,
                                  qPrintable(QStringLiteral("ours %1, the broker's %2")
                                                 .arg(running.desk().ticket()->buyingPowerEffect)
                                                 .arg(brokers)),
                                  patienceMs);
    }

    void aSymbolNobodyKnowsIsNotKept()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain(), patienceMs);
        const QStringList before = running.desk().watchedSymbols();
        running.desk().selectExpiration(2);
        QTRY_COMPARE_WITH_TIMEOUT(running.desk().chain()->selected, std::size_t{2}, patienceMs);
        running.desk().setWatchlist(before + QStringList{QStringLiteral("ZZZZ")});
        running.desk().showChain(QStringLiteral("ZZZZ"));
        QTRY_COMPARE_WITH_TIMEOUT(running.desk().watchedSymbols(), before, patienceMs);
        QCOMPARE(running.desk().settings().watchlist(), before);
        QVERIFY(running.notices().join(u' ').contains(QStringLiteral("ZZZZ is not known here")));
        QTRY_COMPARE_WITH_TIMEOUT(running.desk().chain()->underlying, std::string("SPY"), patienceMs);
        QCOMPARE(running.desk().chain()->selected, std::size_t{2}); // what was chosen stays chosen
        // Asked for once more, it is refused once more.
        running.desk().setWatchlist(before + QStringList{QStringLiteral("ZZZZ")});
        QTRY_COMPARE_WITH_TIMEOUT(running.notices().filter(QStringLiteral("ZZZZ")).size(), 2, patienceMs);
        QCOMPARE(running.desk().watchedSymbols(), before);
    }

    void aSymbolNobodyKnowsIsNotKeptFromAnEarlierRun_data()
    {
        QTest::addColumn<bool>("hasBroker");
        QTest::newRow("nobody else may know it") << false;
        QTest::newRow("a broker may know it") << true;
    }
    void aSymbolNobodyKnowsIsNotKeptFromAnEarlierRun()
    {
        QFETCH(bool, hasBroker);
        base::Environment keys;
        if (hasBroker) {
            keys.clientSecret = base::Secret("a-client-secret-of-nobody");
            keys.refreshToken = base::Secret("a-refresh-token-of-nobody");
        }
        const QStringList stored{QStringLiteral("SPY"), QStringLiteral("ZZZZ"), QStringLiteral("KO")};
        RunningDesk running({}, std::move(keys), [&](const QString& directory) {
            desk::Settings(directory + QStringLiteral("/settings.ini")).setWatchlist(stored);
        });
        QTRY_COMPARE_WITH_TIMEOUT(running.notices().filter(QStringLiteral("ZZZZ is not known here")).size(), 1,
                                  patienceMs);
        const QStringList kept = hasBroker ? stored : QStringList{QStringLiteral("SPY"), QStringLiteral("KO")};
        QCOMPARE(running.desk().watchedSymbols(), kept);
        QCOMPARE(running.desk().settings().watchlist(), kept);
    }

    void aChangeOfTheLimitsIsJournalledWithWhatChanged()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        QString text;
        connect(&running.desk(), &desk::Desk::journalRead, this, [&](const std::vector<desk::JournalLine>& lines) {
            for (const desk::JournalLine& line : lines)
                text += QString::fromStdString(line.kind + " " + line.text + "\n");
        });
        QVERIFY(running.desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("low")));
        const auto isJournalled = [&] {
            running.desk().readJournal(20);
            return text.contains(QStringLiteral("tolerance in the settings: moderate to low"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(isJournalled(), patienceMs);
        QVERIFY(text.contains(QStringLiteral("limits {\"before\":{\"position\":0.25,")));
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
